"""What a visitor can set: lessons, circumstances, own files and any parameter."""
