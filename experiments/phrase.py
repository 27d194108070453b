"""What the experiments say of wrong input, in both languages: `phrase("runs.range", name=..)`."""

from model.phrase import phrases

phrase = phrases("experiments")
