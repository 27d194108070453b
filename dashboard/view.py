"""A view: the browser's part of a component, declared as a function without a body beside its Vue file."""

import inspect
import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import solara

SHARED = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
"""What every Vue file may call as its own: an object of methods. A method that is missing here is one file's affair."""
METHODS = re.findall(r"^  (\w+)\(.*\{$", SHARED, re.MULTILINE)
_EXPORTS = "module.exports = {"


def view[**Given](file: str) -> Callable[[Callable[Given, None]], Callable[Given, solara.Element]]:
    """The component that `file`, beside the module of the decorated function, draws of what the function takes.

    What the function takes becomes the fields of the Vue file, and `event_..` what the browser may tell. Solara gives
    nothing for what is left out; here it is a TypeError, and so is a field that would hide one of the shared METHODS.
    Raises FileNotFoundError at import when there is no such file.
    """

    def made(function: Callable[Given, None]) -> Callable[Given, solara.Element]:
        if not Path(inspect.getfile(function)).with_name(file).is_file():
            raise FileNotFoundError(f"{function.__module__}: {file}: no such file, expected one beside the module")
        taken = inspect.signature(function)
        element: Callable[..., solara.Element] = solara.component_vue(file, vuetify=False)(function)
        if hidden := {name.removeprefix("event_") for name in taken.parameters} & set(METHODS):
            raise TypeError(
                f"{function.__module__}: {file}: {sorted(hidden)}, expected names that view.js does not use"
            )

        @wraps(function)
        def given(*values: Given.args, **named: Given.kwargs) -> solara.Element:
            taken.bind(*values, **named)
            return element(*values, methods=SHARED, **named)

        return given

    return made


def component(path: Path) -> str:
    """A Vue file for use inside others, as the value of its tag in a view's `components`; it may call METHODS too."""
    text = path.read_text(encoding="utf-8")
    if text.count(_EXPORTS) != 1:
        raise ValueError(f"{path.name}: expected one `{_EXPORTS}`")
    return text.replace(_EXPORTS, f"{_EXPORTS} mixins: [{{ methods: {SHARED.strip().rstrip(';')} }}],")
