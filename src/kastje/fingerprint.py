"""What decides the numbers? A hash of the rules and figures of the model, whatever is said about them.

Comments, docstrings, layout, labels, sources and notes are left out: they can be bettered without making another
model. The same sources give the same hash from a checkout or a wheel, on any machine and any Python from 3.12 on; so
this module, which a build reads before anything else is installed, needs the standard library alone.
"""

import ast
import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent
"""Where the rooms lie: installed, or linked from a checkout."""

MODEL = ("agents", "model")
ANALYSIS = ("experiments",)
"""The rooms that decide the numbers of a run, and those that decide what is worked out from runs."""

JUDGING = ("model/bands.py", "model/bands.toml", "model/outcomes.py", "model/outcomes.toml")
"""What in the model's room no run reads: how figures are shown, and what they are held against."""

SPEAKING = ("phrases.toml", "units.toml", "fields.toml", "fields.py", "phrase.py", "errors.py", "releases.toml")
"""Files that hold words only, in whatever room."""

KEEPING = ("caches.py",)
"""Files that say what a process keeps so as not to work it out again: it comes out the same without them."""

WORDS = frozenset(
    (
        *(
            "title",
            "label",
            "source",
            "notes",
            "note",
            "slice",
            "unit",
            "status",
            "statement",
            "why",
            "citation",
            "matters_because",
        ),
        *("in_sentence", "did", "message", "happens", "cost", "evidence", "mediator", "ways", "definition"),
    )
)
"""The keys of a TOML file under which words stand; the ways of a lesson are names that only its explanation reads."""

DIGITS = 16


def model_hash(package: Path) -> str:
    """The hash of what decides the outcomes and the event log of a run."""
    return _hash(package, (path for path in files(package, MODEL) if path not in JUDGING))


def analysis_hash(package: Path) -> str:
    """The hash of what decides what is worked out from runs: designs, differences, studies, verdicts."""
    return _hash(package, (*files(package, ANALYSIS), *JUDGING))


def files(package: Path, rooms: Iterable[str]) -> Iterator[str]:
    """The files of rooms in which figures or rules can stand, by their names within the package, in order."""
    for room in rooms:
        for path in sorted((package / room).rglob("*")):
            name = path.relative_to(package).as_posix()
            if path.suffix in _READ and path.name not in (*SPEAKING, *KEEPING) and path.is_file():
                yield name


def of_figures(data: Any) -> str:
    """The hash of the figures in plain data, such as a profile of one's own; words do not count."""
    return hashlib.sha256(figures(data).encode()).hexdigest()[:DIGITS]


def _hash(package: Path, names: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for name in sorted(names):
        text = (package / name).read_text(encoding="utf-8")
        digest.update(f"{name}\0{_READ[Path(name).suffix](text)}\0".encode())
    return digest.hexdigest()[:DIGITS]


def rules(source: str) -> str:
    """A module as text in which only what it does is left: no comment, no docstring, no layout.

    Python's own `ast.dump` writes the same tree differently from version to version; this leaves out what is empty.
    """
    return _tree(ast.parse(source))


def _tree(node: Any) -> str:
    if isinstance(node, ast.AST):
        parts = ((name, value) for name, value in ast.iter_fields(node) if value is not None and value != [])
        return f"{type(node).__name__}({','.join(f'{name}={_tree(value)}' for name, value in parts)})"
    if isinstance(node, list):
        return f"[{','.join(_tree(one) for one in node if not _is_said(one))}]"
    # A text as JSON: which letters Python itself writes out changes with its table of letters.
    return json.dumps(node) if isinstance(node, str) else f"{type(node).__name__}:{node!r}"


def _is_said(statement: Any) -> bool:
    """Whether a statement is a docstring, of whatever it stands under."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def figures(data: Any) -> str:
    """Plain data as text without its words, in the order in which it stands."""
    if isinstance(data, dict):
        parts = ((name, value) for name, value in data.items() if name not in WORDS)
        return f"{{{','.join(f'{json.dumps(str(name))}:{figures(value)}' for name, value in parts)}}}"
    if isinstance(data, list | tuple):
        return f"[{','.join(map(figures, data))}]"
    if isinstance(data, date | time):
        return data.isoformat()
    return json.dumps(data)


def _toml(text: str) -> str:
    return figures(tomllib.loads(text))


def _yaml(text: str) -> str:
    # A build, which has no YAML, asks for the model alone.
    import yaml

    return figures(yaml.safe_load(text))


_READ = {".py": rules, ".toml": _toml, ".yaml": _yaml}
