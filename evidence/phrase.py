"""What is said of evidence that cannot be had, in both languages: `phrase("folder.lacks", name=..)`."""

from kastje.model.phrase import phrases

phrase = phrases("kastje.evidence")
