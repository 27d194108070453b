"""`kastje patterns`: one JSON document or tables, and wrong logs."""

import json
from pathlib import Path
from typing import Any

import pytest

from kastje.commands import cli


class TestCommand:
    @pytest.fixture
    def log(self, tmp_path: Path) -> Path:
        path = tmp_path / "log.csv"
        path.write_text("case,activity,resource,timestamp\n1,in,a,2024-03-01\n1,out,b,2024-03-05\n", encoding="utf-8")
        return path

    def test_json_is_one_document_with_null_for_what_is_not_available(self, log: Path, capsys: Any) -> None:
        assert cli.main(["patterns", str(log), "--decision", "ou*", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["cases"], found["decision"]["median_days"], found["fano_week"]) == (1, 4, None)
        assert found["decision"]["extended_share"] is None

    def test_a_table_for_people(self, log: Path, capsys: Any) -> None:
        assert cli.main(["patterns", str(log)]) == 0
        shown = capsys.readouterr().out
        assert "handover_rate" in shown
        assert "see --decision" in shown
        assert cli.main(["patterns", str(log), "--decision", "out"]) == 0
        assert "complete_not_extended" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("name", "text", "options", "told"),
        [
            (
                "log.csv",
                "case,activity,who,timestamp\n1,a,b,2024-01-01\n",
                [],
                ["--resource: there is no column resource, org:resource", "who"],
            ),
            (
                "log.csv",
                "case,activity,resource,timestamp\n",
                ["--case", "zaak"],
                ["--case: there is no column zaak", "activity"],
            ),
            ("log.csv", "case,activity,resource,timestamp\n", [], ["no events"]),
            ("log.csv", "", [], ["--case: there is no column case, case:concept:name, case_id", "it has none"]),
            ("log.csv", "case,activity,resource,timestamp\n1,a,b,soon\n", [], ["timestamp", "event 1", "'soon'"]),
            ("log.csv", "case,activity,resource,timestamp\n1,a,b,\n", [], ["timestamp", "event 1", "ISO 8601"]),
            (
                "log.csv",
                "case,activity,resource,timestamp\n1,a,b,2024-01-01T00:00:00Z\n1,a,b,2024-01-01T00:00:00\n",
                [],
                ["timestamp", "event 2", "offset"],
            ),
            ("log.csv", "case,activity,resource,timestamp\n,a,b,2024-01-01\n", [], ["case", "event 1", "empty"]),
            ("log.csv", "case,activity,resource,timestamp\n1,a,b,2024-01-01,c,d\n1\n1,,,,,,,\n", [], ["log.csv"]),
            ("log.csv.gz", "no gzip", [], ["whole csv.gz file"]),
            ("log.parquet", "no parquet", [], ["whole parquet file"]),
            ("log.xes", "<log><trace>", [], ["whole xes file"]),
            ("log.xes", "<html></html>", [], ["<html>", "<log>"]),
            (
                "log.xes",
                "<log></log>",
                [],
                ["--case: there is no column case, case:concept:name, case_id", "it has none"],
            ),
            ("log.xlsx", "", [], [".csv.gz", ".xes"]),
        ],
    )
    def test_wrong_input_is_one_line(
        self, tmp_path: Path, capsys: Any, name: str, text: str, options: list[str], told: list[str]
    ) -> None:
        (tmp_path / name).write_text(text)
        assert cli.main(["patterns", str(tmp_path / name), *options]) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert output.err.count("\n") == 1
        for part in (name, *told):
            assert part in output.err

    def test_no_such_file_and_a_folder(self, tmp_path: Path, capsys: Any) -> None:
        (tmp_path / "folder.csv").mkdir()
        for name in ("nowhere.csv", "folder.csv"):
            assert cli.main(["patterns", str(tmp_path / name)]) == 2
            assert name in capsys.readouterr().err
