"""What the command line says of wrong options, in both languages: `phrase("option.lesson_form")`."""

from kastje.model.phrase import phrases

phrase = phrases("kastje.commands")
