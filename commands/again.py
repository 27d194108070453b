"""Carrying out the command line of an old result again, into a folder of its own, and holding what it gives."""

import io
import json
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import typer
from typer.core import TyperCommand, TyperGroup

from kastje.commands.made import arguments
from kastje.commands.terminal import progress
from kastje.experiments.again.held import Held
from kastje.experiments.again.rows import complete, file_of, linked, run_again, sampled, stores
from kastje.experiments.again.told import DOCUMENT, FOLDER, LOG, UNREADABLE, Told, broken, no_figures
from kastje.experiments.designs import read_design
from kastje.experiments.logs.xes import read_xes
from kastje.experiments.runs.places import Threads
from kastje.experiments.runs.results import MANIFEST
from kastje.experiments.runs.watch import Watch

NEVER = ("bench", "dashboard", "reproduce", "cite")
"""Commands whose result is no figure that could be the same again."""

NOT_FIGURES = ("kind", "status", "started", "sessions")
"""What a manifest says of how it came about."""


@dataclass(frozen=True)
class Again:
    """How an old result is made again: by which commands, with which profile in place of its own, how many runs."""

    commands: TyperGroup
    profile: str | None = None
    sample: int | None = 20
    workers: int = 1
    notes: list[str] = field(default_factory=list)
    """What was left out, in words."""

    def held(self, told: Told) -> Held:
        """The result made again, held against what is there. Raises InputError where that cannot be."""
        held = Held()
        with TemporaryDirectory(prefix="kastje-") as folder:
            {FOLDER: self._folder, DOCUMENT: self._document, LOG: self._log}[told.kind](told, held, Path(folder))
        return held

    def _document(self, told: Told, held: Held, folder: Path) -> None:
        command, given = self._asked(told)
        out = folder / given["out"].name if given.get("out") else None
        printed = self._run(command, given, "--json", *(() if out is None else ("--out", str(out))))
        held.data("", told.content, json.loads(printed))

    def _log(self, told: Told, held: Held, folder: Path) -> None:
        command, given = self._asked(told)
        there, again = _events(told.path), folder / told.path.name.removesuffix(_packed(told.path))
        self._run(command, given, "--json", "--out", str(again))
        here = _events(again)
        held.table("events", there, here)

    def _folder(self, told: Told, held: Held, folder: Path) -> None:
        if self.sample is not None:
            for store in stores(told.path):
                rows = sampled(store.runs(), self.sample)
                with progress(f"Runs of {store.folder.name}", max(2, len(rows))) as tick:
                    run_again(store, rows, Threads(self.workers), Watch(tick), held)
        if not told.line or not complete(told.path):
            self.notes.append("tables were left out: " + ("not all runs are there" if told.line else "no command line"))
            return
        command, given = self._asked(told)
        out, design = folder / "out", None
        if "design" in given:
            given["design"] = file_of(stores(told.path)[0], folder)
            design = read_design(given["design"])
        if self.sample is not None:
            linked(told.path, out, design)
        self._run(command, given, "--json", "--out", str(out))
        if self.sample is None:
            for there, here in zip(stores(told.path), stores(out), strict=True):
                held.table(f"{there.folder.name}: runs", there.table(), here.table())
        _hold_tables(told.path, out, held)

    def _asked(self, told: Told) -> tuple[TyperCommand, dict[str, Any]]:
        """The command of a result and the values of its parameters. Raises InputError when it is none of ours."""
        name, *words = told.arguments if told.line else _of_a_comparison(told)
        command = self.commands.commands.get(name)
        if name in NEVER or not isinstance(command, TyperCommand):
            raise no_figures(told.path, name)
        # Values are read as those of a user are: a file that somebody sent may hold anything.
        extra = ["--out", str(told.path)] if any("--out" in one.opts for one in command.params) else []
        with command.make_context(name, [*words, *extra]) as asked:
            given = dict(asked.params)
        if told.kind == DOCUMENT:
            wrote = told.content if isinstance(told.content, dict) else {}
            out = wrote.get("folder") or wrote.get("file")
            given["out"] = Path(str(out)) if out else None
        if self.profile is not None and "profile" in given:
            given["profile"] = self.profile if isinstance(given["profile"], str) else [self.profile]
        return command, given

    def _run(self, command: TyperCommand, given: dict[str, Any], *more: str) -> str:
        """What a command prints, carried out with these values."""
        words = [*arguments(command, given), *more]
        if any("--workers" in one.opts for one in command.params):
            words += ["--workers", str(self.workers)]
        with redirect_stdout(io.StringIO()) as printed:
            try:
                with command.make_context(str(command.name), words) as asked:
                    command.invoke(asked)
            except typer.Exit:
                pass  # As validate --strict, which has printed what it found.
        return printed.getvalue()


def _of_a_comparison(told: Told) -> list[str]:
    """The command line of a comparison from its settings. Raises InputError when it has none, or start days apart."""
    document = told.content if isinstance(told.content, dict) else {}
    settings, seeds = document.get("settings"), document.get("seeds")
    if not isinstance(settings, dict) or not seeds or settings.get("starts"):
        return told.arguments
    options = [("--lesson", f"{name}={value}") for name, value in settings["lessons"].items() if value]
    options += [("--set", f"{name}={value}") for name, value in settings["parameters"].items()]
    options += [(f"--{name.replace('_', '-')}", f"{settings[name]:.0f}") for name in ("start_day", "ramp_days")]
    options += [("--replications", str(len(seeds))), ("--seed", str(seeds[0]))]
    return ["compare", str(settings["profile"]), *(word for option in options for word in option)]


def _hold_tables(there: Path, here: Path, held: Held) -> None:
    for path in sorted(there.glob("*.parquet")):
        again = here / path.name
        if again.is_file():
            held.table(path.stem, pd.read_parquet(path), pd.read_parquet(again))
        else:
            held.value(f"{path.stem}: there", True, False)
    for path in sorted(there.glob("*.json")):
        said, again = (json.loads((one / path.name).read_text(encoding="utf-8")) for one in (there, here))
        if path.name == MANIFEST and said.get("kind") == "sweep":
            continue
        held.data(path.stem, *({n: value for n, value in one.items() if n not in NOT_FIGURES} for one in (said, again)))


def _events(path: Path) -> pd.DataFrame:
    """The events of a log that we wrote, a row each. Raises InputError when it is cut off."""
    try:
        return _read(path, path.name.lower())
    except UNREADABLE:
        raise broken(path) from None


def _packed(path: Path) -> str:
    """What was packed after it was written: `kastje log` itself packs XES alone."""
    return ".gz" if path.name.lower().endswith(".csv.gz") else ""


def _read(path: Path, name: str) -> pd.DataFrame:
    if name.endswith(".parquet"):
        return pd.read_parquet(path)
    if name.endswith((".xes", ".xes.gz")):
        return read_xes(path)
    if name.endswith(".json"):
        document = json.loads(path.read_text(encoding="utf-8"))
        flat = [{k: json.dumps(v) for k, v in one.items()} for part in ("objects", "events") for one in document[part]]
        return pd.DataFrame(flat)
    return pd.read_csv(path, keep_default_na=False)
