"""What a process keeps: the caches are all in one table, are bounded, and are as large as it says."""

import ast
import gzip
import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from solara.server import settings

from kastje.evidence.documents.hosting import HOSTING
from kastje.evidence.documents.markdown import DOCS, renewed
from kastje.experiments.difference.variants import figures_of
from kastje.experiments.logs.film import film_of
from kastje.experiments.logs.patterns.comparison import beside
from kastje.experiments.logs.patterns.real import real
from kastje.experiments.logs.patterns.simulated import simulated
from kastje.experiments.logs.stories.book import book
from kastje.model import Scenario, simulate
from kastje.model.caches import CACHES, Cache, empty
from kastje.model.simulate import start_of, world_of
from kastje.model.state import packed

ROOMS = ("agents", "model", "experiments", "dashboard", "evidence", "commands")


def size(thing: Any, seen: set[int] | None = None) -> int:
    """How many bytes a thing takes with all that it holds, each once; what a scenario reads is not its own."""
    seen = set() if seen is None else seen
    if id(thing) in seen or isinstance(thing, (type, Scenario)):
        return 0
    seen.add(id(thing))
    inner: Iterator[Any] = iter(())
    if isinstance(thing, np.ndarray):
        return int(thing.nbytes) + 112
    if isinstance(thing, Mapping):
        inner = (part for pair in thing.items() for part in pair)
    elif isinstance(thing, (list, tuple, set, frozenset)):
        inner = iter(thing)
    elif is_dataclass(thing):
        inner = (getattr(thing, field.name) for field in fields(thing))
    elif hasattr(thing, "__dict__"):
        inner = iter(vars(thing).values())
    return sys.getsizeof(thing) + sum(size(part, seen) for part in inner)


@pytest.fixture(scope="module")
def nodes(root: Path) -> list[tuple[str, ast.AST]]:
    """All that stands in a source in which anything is kept, with where."""
    found = []
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            source = path.read_text(encoding="utf-8")
            if "cache" in source.lower():
                found += [(path.relative_to(root).as_posix(), node) for node in ast.walk(ast.parse(source))]
    return found


def test_every_cache_stands_in_the_one_table(nodes: list[tuple[str, ast.AST]]) -> None:
    made = [
        where
        for where, node in nodes
        if isinstance(node, ast.Call) and ast.unparse(node.func).split("[")[0].split(".")[-1] == "Cache"
    ]
    assert made == ["model/caches.py"] * len(CACHES)


def test_every_cache_is_used_by_somebody(nodes: list[tuple[str, ast.AST]]) -> None:
    used = {
        ast.literal_eval(node.slice)
        for _, node in nodes
        if isinstance(node, ast.Subscript)
        and ast.unparse(node.value) == "CACHES"
        and isinstance(node.slice, ast.Constant)
    }
    assert used == set(CACHES)


def test_what_a_function_remembers_is_bounded(nodes: list[tuple[str, ast.AST]]) -> None:
    """`functools.cache` keeps everything for good: that will do for a function of nothing, and for no other."""
    unbounded = [
        f"{where}: {node.name}"
        for where, node in nodes
        if isinstance(node, ast.FunctionDef)
        and any(ast.unparse(one) in ("cache", "functools.cache", "lru_cache(None)") for one in node.decorator_list)
        and (node.args.args or node.args.kwonlyargs)
    ]
    assert unbounded == []


@pytest.mark.engine
def test_what_is_kept_is_about_as_large_as_the_table_says() -> None:
    largest: dict[str, float] = dict.fromkeys(CACHES, 0.0)
    largest["assets"] = max(
        len(gzip.compress(path.read_bytes())) / 1000.0
        for path in Path(settings.assets.proxy_cache_dir).glob("@widgetti/*/dist/solara-vuetify-app8.min.js")
    )
    for name in Scenario.profiles():
        today = Scenario.load(name)
        outcomes = simulate(today, seed=1)
        kept = {
            "worlds": world_of(today),
            "starts": packed(start_of(today, 1)),
            "baselines": outcomes,
            "scenarios": outcomes,
            "variants": np.array(list(figures_of(outcomes).values())),
            "films": film_of(today, 1),
            "books": book(today, 1),
        }
        if name == "permits":
            kept["traces"] = beside(list(real().municipalities.values()), [simulated(today, 1)])
        for cache, thing in kept.items():
            largest[cache] = max(largest[cache], size(thing) / 1000.0)
    assert largest == {name: pytest.approx(cache.kilobytes, rel=0.25) for name, cache in CACHES.items()}


def test_the_table_in_hosting_is_that_of_the_code() -> None:
    text = (DOCS / "hosting.md").read_text(encoding="utf-8")
    assert renewed(text, HOSTING) == text, "docs/hosting.md has drifted: make docs"


def test_all_is_forgotten_at_once_or_what_is_named() -> None:
    before = {name: len(cache) for name, cache in CACHES.items()}
    for name, cache in CACHES.items():
        cache.get("test", lambda name=name: name)
    empty("films", "books")
    assert {name: len(cache) for name, cache in CACHES.items() if name in ("films", "books")} == {
        "films": 0,
        "books": 0,
    }
    assert all(len(cache) >= min(before[name], 1) for name, cache in CACHES.items() if name not in ("films", "books"))
    empty()
    assert {len(cache) for cache in CACHES.values()} == {0}


def test_a_cache_that_is_made_smaller_lets_go_of_what_was_used_longest_ago() -> None:
    cache: Cache[int] = Cache("numbers", 3, 0.1)
    for number in (1, 2, 3):
        cache.get(number, lambda number=number: number)
    cache.get(1, lambda: 0)
    cache.entries = 2
    cache.get(4, lambda: 4)
    made: list[int] = []
    for number in (1, 4, 2):
        cache.get(number, lambda number=number: made.append(number) or number)
    assert made == [2]
