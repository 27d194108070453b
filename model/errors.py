"""The one error that wrong input gives: a single line that a person can act on, in Dutch and in English."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from kastje.model.numbers import plain
from kastje.model.phrase import Argument, Phrase, phrases

phrase = phrases("kastje.model")

Place = Phrase | Argument | str
"""Where something is wrong: in words, in an argument of a function, or under a name that stands in a file."""


class InputError(ValueError):
    """Input that cannot be used: one line with where (file, field), the value, and what was expected."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(said)
        self.said = said
        """What is wrong, as a phrase that can be said in either language."""

    def in_language(self, language: str) -> str:
        """The line in `nl` or `en`; as a string it is English."""
        return self.said.in_language(language)


def wrong(where: Place, said: Phrase) -> InputError:
    """The error about `where` (a file, an argument) that says this."""
    return InputError(phrase("problem.at", where=where, said=said))


def nearest(name: str, known: Iterable[str]) -> Phrase | str:
    """The question whether the nearest name that exists was meant; nothing where none is near."""
    near = get_close_matches(name, [one for one in known if one != name], n=1, cutoff=0.5)
    return phrase("problem.near", name=repr(near[0])) if near else ""


def missing(where: Place) -> InputError:
    """The error about a field that is required and not there."""
    return InputError(phrase("problem.missing", where=where))


def one_of_two(where: Place, other: Place) -> InputError:
    """The error about two things that exclude each other and were both given."""
    return InputError(phrase("problem.one_of_two", where=where, other=other))


def given_twice(where: Place) -> InputError:
    """The error about something that may be given once."""
    return InputError(phrase("problem.twice", where=where))


def unexpected(where: Place, value: object, expected: Phrase) -> InputError:
    """The error about `where` whose value is not what was expected; the value is shown as a file has it."""
    return InputError(phrase("problem.unexpected", where=where, value=shown(value), expected=expected))


def unknown(where: Place, name: str, known: Sequence[str], *others: Phrase, list_all: bool = True) -> InputError:
    """The error for a name that does not exist: the nearest one that does, and (with `list_all`) all of them."""
    hint = nearest(name, known)
    choices = phrase("problem.choices", known=(*known, *others)) if list_all else ""
    return InputError(phrase("problem.unknown", where=where, name=repr(name), hint=hint, choices=choices))


def part_of(where: Place, name: str) -> Place:
    """Where a named part of something stands: `factors.load` in a file."""
    if isinstance(where, Argument) and not where.of:
        return replace(where, of=name)
    return phrase("place.within", where=where, name=name)


def shown(value: object) -> str:
    """A value as a file has it, cut when it is long."""
    found = plain(value)
    text = str(found).lower() if isinstance(found, bool) else repr(found)
    return text if len(text) <= 60 else text[:57] + "..."
