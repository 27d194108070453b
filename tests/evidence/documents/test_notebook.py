"""The notebook: kept without outputs and places, and it goes through in a small setting with figures that are right."""

import copy
import json
import warnings
from pathlib import Path
from typing import Any

import pytest

from kastje.experiments.difference.compare import compare
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


def test_it_is_kept_without_outputs_and_without_a_machine_in_it(written: Any):
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
        patch.setenv("PYTHONPATH", str(root))
        # Jupyter's own: how its client talks to its kernel.
        warnings.filterwarnings("ignore", module=r"(nbclient|jupyter_client|zmq|tornado|asyncio|traitlets)(\.|$)")
        done = NotebookClient(
            notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
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
