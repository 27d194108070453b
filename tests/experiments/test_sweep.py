"""Sweeps: the same rows on threads, processes and a cluster, whatever is killed on the way."""

import importlib
import os
import signal
import threading
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from kastje.experiments.designs import Design, Replications
from kastje.experiments.designs.factors import factor_of
from kastje.experiments.difference import paired
from kastje.experiments.runs import carry
from kastje.experiments.runs import work as working
from kastje.experiments.runs.carrier import Carrier
from kastje.experiments.runs.carry import Swept, sweep
from kastje.experiments.runs.places import KEPT_STARTS, Dask, Processes, Threads
from kastje.experiments.runs.store import Store
from kastje.experiments.runs.watch import Watch
from kastje.model import InputError
from kastje.model.simulate import STARTS

SHORT = {"horizon_days": 30.0, "runin_days": 14.0}
PATIENCE = 900.0


def small(replications: int | Replications = 3, ownership: tuple[float, ...] = (0.0, 1.0)) -> Design:
    factors = [factor_of("ownership", list(ownership), "f"), factor_of("load", [1.0, 1.2], "f")]
    return Design.of(factors, fixed=SHORT, replications=replications, name="small")


def on_threads(design: Design, folder: Path, workers: int = 2) -> Swept:
    return sweep(design, folder, Threads(workers))


@pytest.fixture
def undisturbed(tmp_path: Path) -> pd.DataFrame:
    return on_threads(small(12), tmp_path / "undisturbed").store.table()


@pytest.mark.engine
def test_threads_processes_and_one_worker_give_the_same_rows(tmp_path: Path, undisturbed: pd.DataFrame):
    one = on_threads(small(12), tmp_path / "one", workers=1)
    two = sweep(small(12), tmp_path / "processes", Processes(2))
    assert one.complete
    assert two.complete
    pd.testing.assert_frame_equal(one.store.table(), undisturbed, check_exact=True)
    pd.testing.assert_frame_equal(two.store.table(), undisturbed, check_exact=True)


@pytest.mark.engine
def test_rows_are_what_simulate_says(undisturbed: pd.DataFrame):
    from kastje.model import Scenario, simulate

    row = undisturbed[(undisturbed["arm"] == "choice") & (undisturbed["work.load"] == 1.2)].iloc[-1]
    scenario = Scenario.load("tilburg").with_parameters(load=1.2, **SHORT).with_lessons(ownership=1.0)
    said = simulate(scenario, seed=int(row["seed"])).as_dict()
    np.testing.assert_array_equal([row[name] for name in said], list(said.values()))


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", silence_logs=50
    ) as there:
        yield there


@pytest.mark.engine
def test_a_dask_cluster_gives_the_same_rows_though_a_worker_is_killed(
    tmp_path: Path, undisturbed: pd.DataFrame, cluster: object
):
    import distributed

    def kept() -> int:
        from kastje.model.simulate import STARTS

        return STARTS.entries

    killed = []

    def kill_one(done: int, total: int) -> None:
        if done and not killed:
            worker = next(iter(cluster.workers.values()))  # type: ignore[attr-defined]
            killed.append(worker.process.process.pid)
            os.kill(killed[0], signal.SIGKILL)

    there = Dask(cluster.scheduler_address)  # type: ignore[attr-defined]
    swept = sweep(small(12), tmp_path / "dask", there, Watch(kill_one))
    assert killed
    assert swept.complete
    assert swept.failures == {}
    pd.testing.assert_frame_equal(swept.store.table(), undisturbed, check_exact=True)
    # Each worker keeps few run-ins, also the one that came in place of the one that was killed.
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:  # type: ignore[attr-defined]
        client.wait_for_workers(2, timeout=300)
        assert set(client.run(kept).values()) == {KEPT_STARTS}


def test_no_scheduler_at_an_address_is_one_line():
    pytest.importorskip("distributed")
    with (
        pytest.raises(InputError, match=r"scheduler: tcp://127.0.0.1:9: no Dask scheduler"),
        Dask("tcp://127.0.0.1:9").opened(),
    ):
        pass


@pytest.mark.engine
def test_the_manifest_has_the_session_from_its_beginning_and_says_at_once_that_it_is_stopping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """So that it is right too when somebody does not wait until what is under way is finished."""
    seen: list[tuple[str, int]] = []
    stop = Carrier._stop

    def look() -> None:
        manifest = Store(tmp_path / "here").manifest
        seen.append((manifest["status"], len(manifest["sessions"])))

    def stops(*those: object) -> None:
        look()
        stop(*those)

    def end(done: int, total: int) -> None:
        if done and not seen:
            look()
            raise SystemExit(143)

    monkeypatch.setattr(Carrier, "_stop", stops)
    with pytest.raises(SystemExit):
        sweep(small(12), tmp_path / "here", Threads(1), Watch(end))
    assert seen == [("running", 1), ("stopped", 1)]


@pytest.mark.engine
def test_a_part_counts_that_was_written_when_ctrl_c_came(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Between the file's last byte and the next line of ours, that is."""
    put = Store.put

    def interrupted(store: Store, name: str, table: pa.Table) -> None:
        put(store, name, table)
        if len(list(store.parts.glob("*.parquet"))) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Store, "put", interrupted)
    with pytest.raises(KeyboardInterrupt):
        sweep(small(12), tmp_path / "here", Threads(1))
    store = Store(tmp_path / "here")
    rows = len(store.table())
    assert rows > 0
    assert store.manifest["runs"] == store.manifest["sessions"][-1]["runs"] == rows
    monkeypatch.setattr(Store, "put", put)
    again = sweep(small(12), tmp_path / "here", Threads(1))
    assert (again.runs, again.made) == (48, 48 - rows)
    assert [one["runs"] for one in store.manifest["sessions"]] == [rows, 48 - rows]


DYING = """
import os, signal
from kastje.experiments.runs.work import work

def dies(batch):
    if any(seed == 5 and batch.arms[arm]["work.load"] == 1.2 for arm, seed in batch.runs):
        os.kill(os.getpid(), signal.SIGKILL)
    return work(batch)
"""


@pytest.mark.engine
def test_a_worker_that_dies_costs_only_its_own_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "dying.py").write_text(DYING)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(carry, "work", importlib.import_module("dying").dies)
    swept = sweep(small(12), tmp_path / "death", Processes(2))
    table = swept.store.table()
    died = table[table["error"].notna()]
    assert swept.complete
    assert set(died["error"].str.split(":").str[0]) == {"BrokenProcessPool"}
    assert len(table) == 48
    assert len(died) == 8
    assert set(died["work.load"]) == {1.2}
    assert 5 in set(died["seed"])


@pytest.mark.engine
def test_a_run_that_fails_is_a_row_that_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    real = working.simulate

    def failing(scenario, seed):
        if seed == 2 and not scenario.is_baseline:
            raise ArithmeticError("the dog\nate it")
        return real(scenario, seed=seed)

    monkeypatch.setattr(working, "simulate", failing)
    swept = on_threads(small(3), tmp_path / "failing")
    table = swept.store.table()
    wrong = table[table["error"].notna()]
    assert swept.complete
    assert swept.failures == {"ArithmeticError: the dog ate it": 2}
    assert list(wrong["seed"]) == [2, 2]
    assert wrong["lead_time_days_mean"].isna().all()
    found = paired.effects(table, ["contacts_per_case"])
    assert list(found["n"]) == [2, 2]


@pytest.mark.engine
@pytest.mark.parametrize(
    ("other", "said"),
    [
        (small(4), "design.replications is 3 there and 4 here"),
        (small(3, (0.0, 0.5)), r"design.factors.ownership is \[0.0, 1.0\] there and \[0.0, 0.5\] here"),
    ],
)
def test_a_folder_with_another_design_is_refused_and_the_difference_named(tmp_path: Path, other: Design, said: str):
    on_threads(small(3), tmp_path / "here")
    before = (tmp_path / "here" / "manifest.json").read_bytes()
    with pytest.raises(InputError, match=said):
        on_threads(other, tmp_path / "here")
    assert (tmp_path / "here" / "manifest.json").read_bytes() == before


@pytest.mark.engine
def test_a_folder_made_by_another_model_is_refused(tmp_path: Path):
    store = on_threads(small(3), tmp_path / "here").store
    store.note(model="0123456789abcdef")
    with pytest.raises(InputError, match='model is "0123456789abcdef" there'):
        on_threads(small(3), tmp_path / "here")


def test_a_folder_with_other_files_and_a_file_are_refused(tmp_path: Path):
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "love.txt").write_text("x")
    with pytest.raises(InputError, match="holds other files"):
        on_threads(small(1), tmp_path / "letters")
    with pytest.raises(InputError, match="this is a file"):
        on_threads(small(1), tmp_path / "letters" / "love.txt")


@pytest.mark.engine
def test_two_sweeps_do_not_write_in_one_folder(tmp_path: Path):
    refused: list[str] = []

    def meanwhile(done: int, total: int) -> None:
        if not refused:
            with pytest.raises(InputError) as caught:
                on_threads(small(3), tmp_path / "here")
            refused.append(str(caught.value))

    sweep(small(3), tmp_path / "here", Threads(1), Watch(meanwhile))
    assert "another kastje is writing there" in refused[0]


@pytest.mark.engine
def test_more_seeds_go_to_the_points_whose_interval_is_wide(tmp_path: Path):
    several = Replications(first=4, most=20, step=4, outcome="stories_per_case", half_width=0.35)
    swept = on_threads(small(several, (0.0, 0.1, 1.0)), tmp_path / "narrow")
    table = swept.store.table()
    found = paired.effects(table, ["stories_per_case"]).set_index("point")
    narrow = (found["high"] - found["low"]) / 2 <= 0.35
    assert ((found["n"] == 20) | narrow).all()
    assert set(found["n"]) <= {4, 8, 12, 16, 20}
    assert found["n"].min() < found["n"].max(), "points differ in what they need"
    again = on_threads(small(several, (0.0, 0.1, 1.0)), tmp_path / "narrow")
    assert again.made == 0
    assert again.runs == len(table)


@pytest.mark.engine
def test_a_world_may_hold_today_several_times_when_more_seeds_are_asked_for(tmp_path: Path):
    """Without lessons a start day changes nothing: both such points are today's run, and a pair needs it once."""
    factors = [factor_of("ownership", [0.0, 1.0], "f"), factor_of("start_day", [0.0, 10.0], "f")]
    several = Replications(first=2, most=4, step=2, outcome="stories_per_case", half_width=1e-6)
    swept = on_threads(Design.of(factors, fixed=SHORT, replications=several), tmp_path / "twice")
    found = paired.effects(swept.store.table(), ["stories_per_case"])
    assert swept.complete
    assert list(found["n"]) == [4, 4]


@pytest.mark.engine
def test_stopped_on_the_way_it_keeps_what_was_done(tmp_path: Path, undisturbed: pd.DataFrame):
    stop = threading.Event()
    watch = Watch(lambda done, _: done and stop.set(), stop.is_set)
    first = sweep(small(12), tmp_path / "stopped", Threads(1), watch)
    assert not first.complete
    assert 0 < first.runs < 48
    second = on_threads(small(12), tmp_path / "stopped")
    assert second.made == 48 - first.runs
    pd.testing.assert_frame_equal(second.store.table(), undisturbed, check_exact=True)


@pytest.mark.engine
def test_a_sweep_keeps_a_few_run_ins_only(tmp_path: Path):
    """Each is some ten megabytes, and none is asked for again once its runs are done."""
    before = STARTS.entries
    factors = [factor_of("load", [0.8, 0.9, 1.0, 1.1, 1.2, 1.3], "f")]
    STARTS.clear()
    on_threads(Design.of(factors, fixed=SHORT, replications=2), tmp_path / "here", workers=1)
    assert 0 < len(STARTS) <= KEPT_STARTS
    assert STARTS.entries == before


def test_memory_does_not_grow_with_the_number_of_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Traced at the parts: 40 times as many runs take at most a plan's worth (16 bytes a run) more."""

    class Same:
        def as_dict(self):
            return dict.fromkeys(working.OUTCOMES, 1.0)

    monkeypatch.setattr(working, "simulate", lambda scenario, seed: Same())

    def peak(seeds: int) -> int:
        tracemalloc.start()
        sweep(small(seeds), tmp_path / f"{seeds}", Threads(1))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(100)
    less, more = peak(250), peak(10_000)
    assert more - less < 39_000 * 64 + 2_000_000


@pytest.mark.engine
def test_rows_open_in_pandas_polars_and_duckdb(tmp_path: Path):
    duckdb, polars = pytest.importorskip("duckdb"), pytest.importorskip("polars")
    store = on_threads(small(3), tmp_path / "here").store
    ours = store.table()
    with_pandas = pd.read_parquet(store.parts)
    with_polars = polars.read_parquet(store.parts / "*.parquet")
    with_duckdb = duckdb.sql(f"select count(*), avg(fit) from '{store.parts}/*.parquet'").fetchall()[0]
    assert len(with_pandas) == len(with_polars) == with_duckdb[0] == len(ours) == 12
    assert with_polars["fit"].mean() == pytest.approx(ours["fit"].mean())
    assert with_duckdb[1] == pytest.approx(ours["fit"].mean())
