"""The one error that wrong input gives: a single line that a person can act on."""

from collections.abc import Sequence
from difflib import get_close_matches


class InputError(ValueError):
    """Input that cannot be used; the text is one line: where (file, field), the value, what was expected."""


def unknown(where: str, name: str, known: Sequence[str], *, list_all: bool = True) -> InputError:
    """The error for a name that does not exist: the nearest one that does, and (with `list_all`) all of them."""
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f", did you mean {near[0]!r}?" if near else ""
    choices = f"; expected one of: {', '.join(known)}" if list_all else ""
    return InputError(f"{where}: {name!r} is not known{hint}{choices}")
