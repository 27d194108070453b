"""A view: the browser's part of a component, declared as a function without a body beside its Vue file."""

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path

import solara


def view[**Given](file: str) -> Callable[[Callable[Given, None]], Callable[Given, solara.Element]]:
    """The component that `file`, beside the module of the decorated function, draws of what the function takes.

    What the function takes becomes the fields of the Vue file, and `event_..` what the browser may tell. Solara gives
    nothing for what is left out; here it is a TypeError. Raises FileNotFoundError at import when there is no such file.
    """

    def made(function: Callable[Given, None]) -> Callable[Given, solara.Element]:
        if not Path(inspect.getfile(function)).with_name(file).is_file():
            raise FileNotFoundError(f"{function.__module__}: {file}: no such file, expected one beside the module")
        taken, element = inspect.signature(function), solara.component_vue(file, vuetify=False)(function)

        @wraps(function)
        def given(*values: Given.args, **named: Given.kwargs) -> solara.Element:
            taken.bind(*values, **named)
            return element(*values, **named)

        return given

    return made
