"""The one error that wrong input gives: a single line that a person can act on, in Dutch and in English."""

from collections.abc import Sequence
from difflib import get_close_matches

from kastje.model.numbers import plain
from kastje.model.phrase import Phrase, phrases

phrase = phrases("kastje.model")


class InputError(ValueError):
    """Input that cannot be used: one line with where (file, field), the value, and what was expected.

    Made of a phrase, or of a plain string for who reads English only, on the command line.
    """

    def __init__(self, said: Phrase | str) -> None:
        super().__init__(said)
        self.said = said

    def in_language(self, language: str) -> str:
        """The line in `nl` or `en`; as a string the error is English."""
        return self.said.in_language(language) if isinstance(self.said, Phrase) else self.said


def wrong(where: Phrase | str, said: Phrase | str) -> InputError:
    """The error about `where` (a file, an argument) that says this."""
    return InputError(phrase("problem.at", where=where, said=said))


def unexpected(where: Phrase | str, value: object, expected: Phrase) -> InputError:
    """The error about `where` whose value is not what was expected; the value is shown as a file has it."""
    return InputError(phrase("problem.unexpected", where=where, value=shown(value), expected=expected))


def unknown(where: Phrase | str, name: str, known: Sequence[str], *others: Phrase, list_all: bool = True) -> InputError:
    """The error for a name that does not exist: the nearest one that does, and (with `list_all`) all of them."""
    near = get_close_matches(name, [one for one in known if one != name], n=1, cutoff=0.5)
    hint = phrase("problem.near", name=repr(near[0])) if near else ""
    choices = phrase("problem.choices", known=(*known, *others)) if list_all else ""
    return InputError(phrase("problem.unknown", where=where, name=repr(name), hint=hint, choices=choices))


def shown(value: object) -> str:
    """A value as a file has it, cut when it is long."""
    found = plain(value)
    text = str(found).lower() if isinstance(found, bool) else repr(found)
    return text if len(text) <= 60 else text[:57] + "..."
