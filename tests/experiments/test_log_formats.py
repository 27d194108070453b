"""Formats of the event log: what `kastje log` writes, other tools read with the same cases and events."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from kastje.commands import cli
from kastje.experiments.logs.ocel import write_ocel
from kastje.experiments.logs.patterns import measure, read_log
from kastje.experiments.logs.xes import read_xes, write_xes, write_xes_gz
from kastje.model.eventlog import COLUMNS

PM4PY = """
import json, sys
import pm4py
xes, packed, ocel = sys.argv[1:]
found = {}
for name, path in (("xes", xes), ("packed", packed)):
    log = pm4py.read_xes(path)
    found[name] = [len(log), int(log["case:concept:name"].nunique())]
log = pm4py.read_ocel2_json(ocel)
found["ocel"] = [len(log.events), int((log.objects["ocel:type"] == "case").sum())]
found["types"] = sorted(log.objects["ocel:type"].unique())
found["related"] = len(log.relations)
open("found.json", "w").write(json.dumps(found))
"""
"""In a process of its own: it prints, and warns of what is going away in libraries that it uses."""


@pytest.fixture
def log() -> pd.DataFrame:
    """A log as the model gives it, with signs that a format could stumble over."""
    rows = [
        ("p-1", "contact made", "", "chase", "", "", "2026-03-28T23:59:59.999999", 0.5, "p", "A", "web", 4),
        (
            "question-2",
            "answered",
            "",
            "question",
            "e1",
            "desk",
            "2026-03-29T02:30:00",
            3.25,
            "question",
            "",
            "phone",
            0,
        ),
        ("p-1", "step done", '<a> & "b"', "", "e2", "bouw é", "2026-03-29T09:00:00.000001", 9.1, "p", "A", "web", 1),
        ("p-1", "decision", "", "", "e2", "bouw é", "2026-03-30T09:00:00", 33.1, "p", "A", "web", 0),
    ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.assign(timestamp=pd.to_datetime(table["timestamp"], format="ISO8601"))


def test_xes_holds_every_event_as_it_was(log: pd.DataFrame, tmp_path: Path) -> None:
    write_xes(log, tmp_path / "log.xes")
    found = read_xes(tmp_path / "log.xes")
    in_order = log.sort_values("case", key=lambda cases: pd.factorize(cases)[0], kind="stable")
    assert list(found["case:concept:name"]) == list(in_order["case"])
    assert list(found["concept:name"]) == list(in_order["activity"])
    assert list(found["org:resource"].fillna("")) == list(in_order["resource"])
    assert list(found["org:group"].fillna("")) == list(in_order["department"])
    assert list(found["step"].fillna("")) == list(in_order["step"])
    assert list(found["purpose"].fillna("")) == list(in_order["purpose"])
    assert list(found["hours"].astype(float)) == list(in_order["hours"])
    assert list(found["detail"].astype(int)) == list(in_order["detail"])


def test_xes_keeps_to_the_order_and_names_of_the_standard(log: pd.DataFrame, tmp_path: Path) -> None:
    write_xes(log, tmp_path / "log.xes")
    root = ElementTree.parse(tmp_path / "log.xes").getroot()
    assert root.tag == "{http://www.xes-standard.org/}log"
    assert root.get("xes.version") == "1849.2016"
    parts = [child.tag.rpartition("}")[2] for child in root]
    assert list(dict.fromkeys(parts)) == ["extension", "global", "classifier", "string", "trace"]
    declared = {child.get("prefix") for child in root if child.tag.endswith("extension")}
    keys = {str(part.get("key")) for trace in root.iter() for part in trace if part.get("key")}
    assert {key.partition(":")[0] for key in keys if ":" in key} <= declared


def test_elapsed_time_survives_the_night_in_which_the_clocks_go_forward(log: pd.DataFrame, tmp_path: Path) -> None:
    write_xes(log, tmp_path / "log.xes")
    found = read_log(tmp_path / "log.xes")
    expected = log.sort_values("case", key=lambda cases: pd.factorize(cases)[0], kind="stable")["timestamp"]
    assert list(found["clock"]) == list(expected)
    assert list(found["instant"].diff().dropna() * 1000) == [gap.value for gap in expected.diff().dropna()]


def test_packed_xes_is_the_same_bytes_again(log: pd.DataFrame, tmp_path: Path) -> None:
    for name in ("a.xes.gz", "b.xes.gz"):
        write_xes_gz(log, tmp_path / name)
    assert (tmp_path / "a.xes.gz").read_bytes() == (tmp_path / "b.xes.gz").read_bytes()
    write_xes(log, tmp_path / "c.xes")
    pd.testing.assert_frame_equal(read_xes(tmp_path / "a.xes.gz"), read_xes(tmp_path / "c.xes"))


def test_ocel_relates_events_to_cases_employees_and_departments(log: pd.DataFrame, tmp_path: Path) -> None:
    write_ocel(log, tmp_path / "log.json")
    document = json.loads((tmp_path / "log.json").read_text(encoding="utf-8"))
    assert list(document) == ["objectTypes", "eventTypes", "objects", "events", "origin"]
    types = {one["id"]: one["type"] for one in document["objects"]}
    assert list(types.values()) == ["case", "case", "employee", "employee", "department", "department"]
    related = [{types[link["objectId"]] for link in event["relationships"]} for event in document["events"]]
    everybody = {"case", "employee", "department"}
    assert related == [{"case"}, everybody, everybody, everybody]
    declared = {one["name"]: {a["name"] for a in one["attributes"]} for one in document["eventTypes"]}
    for event in document["events"]:
        assert {value["name"] for value in event["attributes"]} <= declared[event["type"]]
    purposes = [{a["name"]: a["value"] for a in event["attributes"]}.get("purpose") for event in document["events"]]
    assert purposes == ["chase", "question", None, None]
    works_in = [one["relationships"] for one in document["objects"] if one["type"] == "employee"]
    assert works_in[1] == [{"objectId": "department-bouw é", "qualifier": "works in"}]


@pytest.fixture(scope="module")
def folder(engine: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run's log in every format, and nothing beside it."""
    folder = tmp_path_factory.mktemp("logs")
    endings = ("csv", "json", "parquet", "xes", "xes.gz")
    for ending in endings:
        assert cli.main(["log", "tilburg", "--days", "28", "--seed", "2", "--out", f"{folder}/log.{ending}"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [f"log.{ending}" for ending in endings]
    return folder


@pytest.mark.engine
class TestWritten:
    """The files of `kastje log`."""

    def test_pm4py_reads_the_same_numbers_of_cases_and_events(self, folder: Path, tmp_path: Path) -> None:
        if find_spec("pm4py") is None:
            pytest.skip("pm4py comes with the extra `test`")
        files = [str(folder / f"log.{ending}") for ending in ("xes", "xes.gz", "json")]
        subprocess.run([sys.executable, "-c", PM4PY, *files], cwd=tmp_path, check=True, capture_output=True)
        found = json.loads((tmp_path / "found.json").read_text())
        log = pd.read_csv(folder / "log.csv", keep_default_na=False)
        counts = [len(log), log["case"].nunique()]
        assert (found["xes"], found["packed"], found["ocel"]) == (counts, counts, counts)
        assert found["types"] == ["case", "department", "employee"]
        assert found["related"] == len(log) + 2 * int((log["resource"] != "").sum())

    def test_the_same_patterns_whatever_the_format(self, folder: Path) -> None:
        as_csv = measure(read_log(folder / "log.csv"))
        assert as_csv["cases"] > 0
        for ending in ("parquet", "xes", "xes.gz"):
            assert str(measure(read_log(folder / f"log.{ending}"))) == str(as_csv), ending
