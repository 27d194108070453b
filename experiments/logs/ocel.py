"""OCEL 2.0: event logs in which an event belongs to a case, an employee and a department at once, as JSON."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from kastje.experiments.logs.xes import stamps
from kastje.experiments.stamp import in_json

_OF_CASE = {"kind": "string", "type": "string", "channel": "string"}
_OF_EVENT = {"step": "string", "purpose": "string", "hours": "float", "detail": "integer"}

ALWAYS = "1970-01-01T00:00:00Z"
"""The time of an attribute that does not change, after the standard."""


def write_ocel(log: pd.DataFrame, path: Path) -> None:
    """Write one of our event logs: objects are cases, employees and departments, each event related to its own."""
    log = log.assign(timestamp=stamps(log), department_id=_department(log["department"]))
    document = {
        "objectTypes": [
            {"name": "case", "attributes": _declared(_OF_CASE)},
            {"name": "employee", "attributes": []},
            {"name": "department", "attributes": _declared({"name": "string"})},
        ],
        "eventTypes": [
            {"name": str(activity), "attributes": _declared(_OF_EVENT)} for activity in log["activity"].unique()
        ],
        "objects": [*_cases(log), *_employees(log), *_departments(log)],
        "events": [_event(number, row) for number, row in enumerate(log.to_dict("records"), start=1)],
    }
    path.write_text(json.dumps(in_json(document), ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")


def _declared(attributes: dict[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "type": type_} for name, type_ in attributes.items()]


def _department(names: pd.Series) -> pd.Series:
    """The ids of departments; their bare names could be those of a case or an employee."""
    return ("department-" + names).where(names != "", "")


def _object(id_: str, type_: str, attributes: dict[str, Any], relationships: list[dict[str, str]]) -> dict[str, Any]:
    values = [{"name": name, "time": ALWAYS, "value": value} for name, value in attributes.items()]
    return {"id": id_, "type": type_, "attributes": values, "relationships": relationships}


def _cases(log: pd.DataFrame) -> list[dict[str, Any]]:
    rows = log.drop_duplicates("case").to_dict("records")
    return [_object(row["case"], "case", {n: row[n] for n in _OF_CASE if row[n] != ""}, []) for row in rows]


def _employees(log: pd.DataFrame) -> list[dict[str, Any]]:
    rows = log[log["resource"] != ""].drop_duplicates("resource").to_dict("records")
    return [_object(row["resource"], "employee", {}, _related(("department_id", "works in"), row)) for row in rows]


def _departments(log: pd.DataFrame) -> list[dict[str, Any]]:
    rows = log[log["department"] != ""].drop_duplicates("department").to_dict("records")
    return [_object(row["department_id"], "department", {"name": row["department"]}, []) for row in rows]


def _event(number: int, row: dict[str, Any]) -> dict[str, Any]:
    values = [{"name": name, "value": row[name]} for name in _OF_EVENT if row[name] != ""]
    related = _related(("case", "of"), row) + _related(("resource", "done by"), row)
    return {
        "id": f"event-{number}",
        "type": row["activity"],
        "time": row["timestamp"],
        "attributes": values,
        "relationships": related + _related(("department_id", "in"), row),
    }


def _related(how: tuple[str, str], row: dict[str, Any]) -> list[dict[str, str]]:
    """The relationship with the object in a column, none where there is none."""
    column, qualifier = how
    return [{"objectId": row[column], "qualifier": qualifier}] if row[column] != "" else []
