"""The tables of docs/state.md: every field of every record that the engine works on, and every kind of event."""

from kastje.evidence.documents.markdown import Made, table
from kastje.model.activities import ACTIVITIES
from kastje.model.fields import FIELDS, UNITS, Field

ARRAYS = ("state", "world")


def units() -> str:
    """What stands in a field of each unit."""
    return table(("unit", "what stands there"), [(f"`{name}`", says) for name, says in UNITS.items()])


def arrays() -> str:
    """The arrays of a state and of a world."""
    head = ("array", "what", "one for each", "unit", "range", "written by")
    return "\n".join(
        f"**`{record}`**\n\n{table(head, [_row(field, _shape(field)) for field in FIELDS[record].values()])}"
        for record in ARRAYS
    )


def records() -> str:
    """The fields of each record."""
    head = ("field", "what", "unit", "range", "written by")
    return "\n".join(
        f"**`{record}`**\n\n{table(head, [_row(field) for field in fields.values()])}"
        for record, fields in FIELDS.items()
        if record not in ARRAYS
    )


def activities() -> str:
    """Which columns of the event log each activity fills."""
    rows = [
        (name, "; or ".join(columns.replace(" ", ", ") or "none of them" for columns in one.fills), one.detail or "-")
        for name, one in ACTIVITIES.items()
    ]
    return table(("activity", "resource, step, purpose: filled", "detail"), rows)


def _shape(field: Field) -> str:
    return f"rows of `{field.of}`" if field.of else " × ".join(field.along) or "one number"


def _row(field: Field, *shape: str) -> tuple[str, ...]:
    return (f"`{field.name}`", field.what, *shape, field.unit, field.range, ", ".join(field.by))


STATE: Made = {"units": units, "arrays": arrays, "records": records, "activities": activities}
"""Every part of docs/state.md that is made from the code."""
