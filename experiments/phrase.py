"""What the experiments say of wrong input, in both languages: `phrase("runs.range", name=..)`."""

from kastje.model.phrase import phrases

phrase = phrases("kastje.experiments")
