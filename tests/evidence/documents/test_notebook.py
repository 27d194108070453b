"""The notebooks: kept without outputs and places, and they go through, in a small setting, with right figures."""

import copy
import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from kastje.experiments.difference.compare import compare
from kastje.experiments.logs.patterns.real import real
from kastje.experiments.logs.patterns.simulated import simulated
from kastje.model import LESSONS, Scenario

pytestmark = pytest.mark.long

SMALL = """
PROFILE, SEEDS, LOADS, WORKERS = "wageningen", 3, (1.0, 1.2), 1
FIXED = {"horizon_days": 56, "runin_days": 28}
"""
RULE = ("satisfaction", "lead_time_days_mean", "open_share")
TELL = """
import json
print(json.dumps({"effects": found.to_dict("records"), "verdicts": [[*key, said] for key, said in verdicts.items()]}))
"""


@pytest.fixture(scope="module")
def written(root: Path) -> Any:
    import nbformat

    return nbformat.read(root / "docs" / "notebooks" / "study.ipynb", as_version=4)


@pytest.mark.parametrize("name", ["study", "log"])
def test_it_is_kept_without_outputs_and_without_a_machine_in_it(root: Path, name: str):
    import nbformat

    written = nbformat.read(root / "docs" / "notebooks" / f"{name}.ipynb", as_version=4)
    code = [cell for cell in written.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
    assert set(written.metadata) == {"kernelspec", "language_info"}
    assert dict(written.metadata["language_info"]) == {"name": "python"}
    assert all(set(cell.metadata) <= {"tags"} for cell in written.cells)


@pytest.fixture(scope="module")
def told(root: Path, written: Any, engine: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the notebook found in a small setting, executed by a Jupyter kernel in a folder of its own."""
    import nbformat.v4 as cells
    from nbclient import NotebookClient

    notebook = copy.deepcopy(written)
    (place,) = [at for at, cell in enumerate(written.cells) if "parameters" in cell.metadata.get("tags", [])]
    notebook.cells = [
        *notebook.cells[: place + 1],
        cells.new_code_cell(SMALL),
        *notebook.cells[place + 1 :],
        cells.new_code_cell(TELL),
    ]
    folder = tmp_path_factory.mktemp("notebook")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        patch.setenv("PYTHONPATH", str(root / "src"))
        # Jupyter's own: how its client talks to its kernel.
        warnings.filterwarnings("ignore", module=r"(nbclient|jupyter_client|zmq|tornado|asyncio|traitlets)(\.|$)")
        done = NotebookClient(
            notebook, timeout=1800, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
        )
        done.execute()
    assert (folder / "results" / "study" / "manifest.json").exists()
    assert any(
        "image/png" in output.get("data", {}) for cell in notebook.cells[:-1] for output in cell.get("outputs", [])
    )
    return json.loads(notebook.cells[-1].outputs[0]["text"])


@pytest.mark.engine
class TestExecuted:
    def test_its_effects_are_those_of_a_comparison(self, told: dict[str, Any]):
        (effect,) = [
            row
            for row in told["effects"]
            if (row["ownership"], row["management_support"], row["work.load"]) == (1.0, 1.0, 1.2)
            and row["outcome"] == "satisfaction"
        ]
        scenario = Scenario.load("wageningen").with_parameters(horizon_days=56, runin_days=28, load=1.2)
        choice = scenario.with_lessons(ownership=1.0, management_support=1.0)
        expected = compare(choice, replications=3).difference["satisfaction"]
        assert (effect["mean"], effect["low"], effect["high"], effect["n"]) == pytest.approx(
            (expected.mean, expected.low, expected.high, 3)
        )

    def test_every_package_has_a_verdict_that_follows_from_its_intervals(self, told: dict[str, Any]):
        lessons = {"ownership": (1.0, 0.0), "support": (0.0, 1.0), "both": (1.0, 1.0)}
        assert {(name, load) for name, load, _ in told["verdicts"]} == {(n, x) for n in lessons for x in (1.0, 1.2)}
        assert {"ownership", "management_support"} <= set(LESSONS)
        for name, load, said in told["verdicts"]:
            rows = {
                row["outcome"]: row
                for row in told["effects"]
                if (row["ownership"], row["management_support"], row["work.load"]) == (*lessons[name], load)
            }
            satisfaction, lead, still_open = (rows[one] for one in RULE)
            better = satisfaction["low"] > 0 or lead["high"] < 0 or still_open["high"] < 0
            worse = satisfaction["high"] < 0 or lead["low"] > 0 or still_open["low"] > 0
            expected = {(True, True): "a trade", (True, False): "helps", (False, True): "harms"}
            assert said == expected.get((better, worse), "nothing can be said")


@pytest.fixture(scope="module")
def opened(root: Path, engine: None) -> dict[str, Any]:
    """The names that the notebook of one run, a shorter one, leaves behind."""
    import nbformat

    names: dict[str, Any] = {}
    for cell in nbformat.read(root / "docs" / "notebooks" / "log.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, "docs/notebooks/log.ipynb", "exec"), names)
        if "parameters" in cell.metadata.get("tags", []):
            names["DAYS"] = 120
    return names


@pytest.mark.engine
class TestOneRun:
    def test_the_case_that_it_shows_was_decided_in_both_worlds(self, opened: dict[str, Any]):
        for log in opened["applications"].values():
            done = set(log.loc[log["case"] == opened["case"], "activity"])
            assert {"application filed", "decision"} <= done

    def test_its_figures_are_those_of_the_log_and_stand_beside_all_real_ones(self, opened: dict[str, Any]):
        today = simulated(Scenario.load("permits").with_parameters(horizon_days=120), seed=1)
        assert [opened["measured"]["today"][name] for name in opened["figures"]] == [
            today[name] for name in opened["figures"]
        ]
        assert set(opened["beside"]) == {"today", "choice", *real().municipalities}
        assert opened["beside"].notna().all(axis=None)

    def test_when_nobody_keeps_a_case_fewer_cases_have_one_handler(self, opened: dict[str, Any]):
        kept, not_kept = (opened["measured"][name]["single_handler_share"] for name in ("today", "nobody keeps a case"))
        assert not_kept < kept
