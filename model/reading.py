"""Reading a TOML file into a validated record, with errors of one line that name file, field, value, expectation."""

import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from model.errors import InputError, unknown


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, allow_inf_nan=False)


class Text(Record):
    """A text in Dutch and in English."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in `nl` or `en`."""
        return self.nl if language == "nl" else self.en


def _both(value: Any) -> Any:
    return {"nl": value, "en": value} if isinstance(value, str) else value


Title = Annotated[Text, BeforeValidator(_both)]
"""A text given as {nl, en}, or as one string that serves for both."""

EXPECTATIONS = {
    "float_parsing": "a number",
    "float_type": "a number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "a text",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a table",
    "model_type": "a table",
}


def input_error(where: str, error: ValidationError, known: dict[str, list[str]] | None = None) -> InputError:
    """The first problem of a pydantic error as one line: where, field, value, what was expected."""
    # A misspelt field is also a missing one: the misspelling says more.
    problem = min(error.errors(include_url=False), key=lambda p: p["type"] != "extra_forbidden")
    field = ""
    for part in problem["loc"]:
        field += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if field else str(part))
    more = "" if error.error_count() == 1 else f" (and {error.error_count() - 1} more)"
    kind = problem["type"]
    if kind == "extra_forbidden":
        name = str(problem["loc"][-1])
        names = sorted({f for fields in (known or {}).values() for f in fields})
        return InputError(f"{unknown(f'{where}: field {field}', name, names, list_all=False)}{more}")
    if kind == "missing":
        return InputError(f"{where}: field {field} is missing, and it is required{more}")
    expected = EXPECTATIONS.get(kind)
    if expected is None:
        text = problem["msg"]
        text = text.removeprefix("Value error, ").removeprefix("Input should be ")
        expected = text[0].lower() + text[1:]
    value = repr(problem["input"])
    value = value if len(value) <= 60 else value[:57] + "..."
    place = f"field {field} is {value}" if field else "as a whole"
    return InputError(f"{where}: {place}, expected {expected}{more}".replace("\n", " "))


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file, or an `InputError` that says why it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file, expected a TOML file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder, expected a TOML file") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(f"{path}: cannot be read ({problem}), expected a TOML file in UTF-8") from None
    except tomllib.TOMLDecodeError as problem:
        raise InputError(f"{path}: is not valid TOML ({problem})") from None


def _fields(model: type[BaseModel], into: dict[str, list[str]]) -> dict[str, list[str]]:
    into[model.__name__] = list(model.model_fields)
    for info in model.model_fields.values():
        for inner in [info.annotation, *getattr(info.annotation, "__args__", ())]:
            if isinstance(inner, type) and issubclass(inner, BaseModel) and inner.__name__ not in into:
                _fields(inner, into)
    return into


def build[R: Record](model: type[R], data: Any, where: str) -> R:
    """A record from plain data; `where` (a file, an argument) opens the error line."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise input_error(where, error, _fields(model, {})) from None
