"""Reading a TOML file into a validated record, with errors of one line that name file, field, value, expectation."""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from kastje.model.errors import InputError, missing, phrase, unexpected, unknown, wrong
from kastje.model.phrase import Phrase


class Record(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, allow_inf_nan=False)


class Text(Record):
    """A text in Dutch and in English."""

    nl: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def in_language(self, language: str) -> str:
        """The text in `nl` or `en`."""
        return self.nl if language == "nl" else self.en


def _both(value: Any) -> Any:
    if isinstance(value, str):
        return Text.model_construct(nl=value, en=value)
    if not isinstance(value, (dict, Text)):
        raise ValueError(phrase("expected.both_languages"))
    return value


Title = Annotated[Text, BeforeValidator(_both)]
"""A text given as {nl, en}, or as one string that serves for both."""

EXPECTATIONS = {
    "float_parsing": "number",
    "float_type": "number",
    "finite_number": "finite",
    "int_parsing": "whole_number",
    "int_parsing_size": "whole_number",
    "int_type": "whole_number",
    "int_from_float": "whole_number",
    "string_type": "text",
    "string_too_short": "not_empty",
    "bool_parsing": "truth",
    "bool_type": "truth",
    "list_type": "list",
    "tuple_type": "list",
    "dict_type": "table",
    "model_type": "table",
    "date_type": "date",
    "date_parsing": "date",
    "date_from_datetime_parsing": "date",
    "date_from_datetime_inexact": "date",
}
LIMITS = {
    "greater_than_equal": ("at_least", "ge"),
    "less_than_equal": ("at_most", "le"),
    "greater_than": ("above", "gt"),
    "less_than": ("below", "lt"),
    "too_short": ("fewest", "min_length"),
    "too_long": ("most", "max_length"),
}
"""What pydantic finds wrong, and the phrase of what was expected."""


def input_error(where: str, error: ValidationError, known: dict[str, list[str]] | None = None) -> InputError:
    """The first problem of a pydantic error as one line: where, field, value, what was expected."""
    every = error.errors(include_url=False)
    # A list whose items are wrong is not too short besides.
    below = {p["loc"][:size] for p in every for size in range(len(p["loc"]))}
    problems = [p for p in every if p["type"] != "too_short" or p["loc"] not in below]
    # A misspelt field is also a missing one: the misspelling says more.
    problem = min(problems, key=lambda p: p["type"] != "extra_forbidden")
    found = _said(where, problem, known or {})
    if len(problems) > 1:
        return InputError(phrase("problem.more", said=found.said, count=len(problems) - 1))
    return found


def _said(where: str, problem: Any, known: dict[str, list[str]]) -> InputError:
    field = ""
    for part in problem["loc"]:
        field += f"[{part + 1}]" if isinstance(part, int) else (f".{part}" if field else str(part))
    place = phrase("place.field", file=where, field=field)
    if problem["type"] == "extra_forbidden":
        names = sorted({f for fields in known.values() for f in fields})
        return unknown(place, str(problem["loc"][-1]), names, list_all=False)
    if problem["type"] == "missing":
        return missing(place)
    if not field:
        return InputError(phrase("problem.whole", where=where, expected=_expected(problem)))
    return unexpected(place, problem["input"], _expected(problem))


def _expected(problem: Any) -> Phrase:
    kind, about = problem["type"], problem.get("ctx", {})
    if kind == "value_error":
        said: Phrase = about["error"].args[0]
        return said
    if kind == "literal_error":
        return phrase("expected.one_of", known=about["expected"].replace(" or ", ", "))
    if kind in LIMITS:
        name, limit = LIMITS[kind]
        return phrase(f"expected.{name}", limit=about[limit])
    return phrase(f"expected.{EXPECTATIONS.get(kind, 'other')}")


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file, or an `InputError` that says why it cannot be read."""
    where = str(path)
    try:
        return parse_toml(path.read_text(encoding="utf-8"), where)
    except FileNotFoundError:
        raise wrong(where, phrase("problem.no_file")) from None
    except IsADirectoryError:
        raise wrong(where, phrase("problem.folder")) from None
    except OSError:
        raise wrong(where, phrase("problem.unopened")) from None
    except UnicodeDecodeError:
        raise wrong(where, phrase("problem.unreadable")) from None


TOML_REASONS = {
    "Cannot": "twice",
    "Duplicate": "twice",
    "Expected '='": "equals",
    "Expected ']": "bracket",
    "Expected newline": "newline",
    "Expected": "unclosed",
    "Unclosed": "unclosed",
    "Unterminated": "unclosed",
    "Invalid value": "value",
    "Invalid date": "date",
    "Invalid hex": "backslash",
    "Invalid": "statement",
    "Illegal": "character",
    "Found invalid": "character",
    "Escaped": "backslash",
    "Unescaped": "backslash",
    "": "other",
}
"""How what Python's reader of TOML says begins, and the phrase for it; the first that fits."""


def parse_toml(text: str, where: str) -> dict[str, Any]:
    """The tables in a text that `where` held, or an `InputError` with the line on which it goes wrong."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        said = str(problem)
        at = re.search(r"at line (\d+), column (\d+)", said)
        place = phrase("toml.line", line=at[1], column=at[2]) if at else phrase("toml.end")
        name = next(key for start, key in TOML_REASONS.items() if said.startswith(start))
        raise wrong(where, phrase("problem.not_toml", place=place, reason=phrase(f"toml.{name}"))) from None


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
