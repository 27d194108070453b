"""What a visitor takes along of the present choice: a report, the data, the program that makes them again."""
