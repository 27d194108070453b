"""Runs of a sweep's folder once more: some of its rows, or all, each from what the row itself says of it."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from kastje.experiments.again.held import Held
from kastje.experiments.designs import Design, Factor
from kastje.experiments.designs.levers import load
from kastje.experiments.runs.loop import finished
from kastje.experiments.runs.origin import model_hash
from kastje.experiments.runs.places import Place
from kastje.experiments.runs.results import MANIFEST
from kastje.experiments.runs.store import COMPLETE, KIND, Store
from kastje.experiments.runs.watch import Watch
from kastje.experiments.runs.work import ERROR
from kastje.experiments.studies.surges.resilience import followed
from kastje.experiments.studies.surges.runs import WEEKLY
from kastje.model import Scenario, simulate


def stores(folder: Path) -> list[Store]:
    """The sweeps in a folder: itself, and those within it."""
    paths = [path for path in (folder / MANIFEST, *sorted(folder.glob(f"*/{MANIFEST}"))) if path.is_file()]
    return [Store(path.parent) for path in paths if json.loads(path.read_text(encoding="utf-8")).get("kind") == KIND]


def complete(folder: Path) -> bool:
    """Whether all runs are there: then its tables can be worked out from them."""
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return all(one.get("status") == COMPLETE for one in (manifest, *(store.manifest for store in stores(folder))))


def sampled(count: int, wanted: int | None) -> list[int]:
    """Which rows are run again: so many of all, without an order that a design could share; None is all."""
    if wanted is None or wanted >= count:
        return list(range(count))
    return sorted(int(one) for one in np.random.default_rng(count).choice(count, wanted, replace=False))


def run_again(store: Store, places: list[int], place: Place, watch: Watch, held: Held) -> None:
    """Carry out these rows of a sweep again, and hold every outcome against what is written there."""
    manifest, rows = store.manifest, store.table()
    design = bare(manifest["design"])
    scenarios = {name: load(name) for name in manifest["profiles"]}
    chosen = [rows.iloc[place].to_dict() for place in places]
    asked = [number for number, row in enumerate(chosen) if row[ERROR] is None or pd.isna(row[ERROR])]

    def again(number: int) -> tuple[int, dict[str, Any]]:
        return number, _outcomes(design, chosen[number], scenarios, WEEKLY in rows)

    for number, found in finished(again, asked, place, watch):
        row = chosen[number]
        for name, value in found.items():
            if name in row:
                there = row[name].tolist() if isinstance(row[name], np.ndarray) else row[name]
                held.value(f"{store.folder.name}: run {row['run']}: {name}", there, value)


def _outcomes(
    design: Design, row: Mapping[str, Any], scenarios: Mapping[str, Scenario], weekly: bool
) -> dict[str, Any]:
    scenario, seed = design.scenario(row, scenarios), int(row["seed"])
    if not weekly:
        return simulate(scenario, seed=seed).as_dict()
    weeks, outcomes = followed(scenario, seed)
    return {**outcomes, WEEKLY: weeks.tolist()}


def bare(data: Mapping[str, Any]) -> Design:
    """A design from a manifest, without its points: enough to make the scenario of a row."""
    factors = tuple(Factor(name, (), 0.0, 0.0) for name in data["factors"])
    points = pd.DataFrame(columns=[one.name for one in factors])
    return Design(data["name"], data["profile"], data["kind"], factors, points, data["fixed"], paired=data["paired"])


def file_of(store: Store, folder: Path) -> Path:
    """The design of a sweep as a file of its own in `folder`, whatever has become of the one that it was read from."""
    import tomli_w

    data = {name: value for name, value in store.manifest["design"].items() if name not in ("points", "table")}
    data["profile"] = _whole_path(data["profile"])
    if store.manifest["design"]["kind"] == "table":
        names, points = list(data.pop("factors")), int(store.manifest["design"]["points"])
        rows = store.table(["point", *names]).drop_duplicates("point").sort_values("point")
        rows[rows["point"] < points][names].to_csv(folder / "points.csv", index=False)
        data["table"] = "points.csv"
    path = folder / "design.toml"
    path.write_text(tomli_w.dumps(data), encoding="utf-8")
    return path


def _whole_path(profile: str) -> str:
    return profile if profile in Scenario.profiles() else str(Path(profile).resolve())


def linked(folder: Path, copy: Path, design: Design | None = None) -> None:
    """A copy of a study's folder with its runs as links and no tables, for the present model to work them out again.

    `design` is that of the sweep when it is read from another place than it was.
    """
    for path in _files(folder):
        target = copy / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.name != MANIFEST:
            os.symlink(path.resolve(), target)
            continue
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if manifest.get("kind") == KIND:
            scenarios = design.profiles() if design else {name: load(name) for name in manifest["profiles"]}
            manifest |= {"model": model_hash(), "profiles": {n: one.world_key() for n, one in scenarios.items()}}
            manifest |= {"design": design.as_data()} if design else {}
        target.write_text(json.dumps(manifest), encoding="utf-8")


def _files(folder: Path) -> Iterator[Path]:
    yield from (path for path in sorted(folder.rglob(MANIFEST)))
    yield from sorted(folder.glob("parts/*.parquet"))
    yield from sorted(folder.glob("*/parts/*.parquet"))
