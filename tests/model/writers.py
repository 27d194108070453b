"""Who writes which field of the state: read from the sources of a room, whatever is said of it elsewhere."""

import ast
from collections import defaultdict
from pathlib import Path

from kastje.model import records
from kastje.model.state import State, World

RECORDS = {name.removesuffix("_DTYPE").lower(): getattr(records, name) for name in dir(records) if "_DTYPE" in name}
TABLES = {
    "run": "run",
    "staff": "staff",
    "crews": "crew",
    "lists": "list",
    "streams": "stream",
    "needs": "need",
    "items": "item",
    "contacts": "contact",
    "heap": "event",
    "meetings": "meeting",
    "causes": "cause",
    "weeks": "week",
    "log": "log",
    "steps": "step",
    "processes": "process",
    "channels": "channel",
    "teams": "team",
}
"""The arrays of a state or world that are tables, and whose records they hold."""
ARGUMENTS = {"n": "need", "it": "item", "trust": "state.trust"}
"""What an argument of a rule by this name is."""

Written = dict[tuple[str, str], set[str]]


class Writers(ast.NodeVisitor):
    """Which fields a module writes; `unknown` has what is written by the name of a field of nobody knows what."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.written: Written = defaultdict(set)
        self.unknown: list[str] = []
        self.names: dict[str, list[str]] = {}
        self.held: dict[str, str] = {}

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before = self.held
        self.held = before | {one.arg: ARGUMENTS[one.arg] for one in node.args.args if one.arg in ARGUMENTS}
        self.generic_visit(node)
        self.held = before

    def visit_For(self, node: ast.For) -> None:
        """A name that goes through written-out names of fields stands for each of them."""
        looped = node.iter.args[0] if isinstance(node.iter, ast.Call) and node.iter.args else node.iter
        rows = [row.elts[0] if isinstance(row, ast.Tuple) else row for row in getattr(looped, "elts", ())]
        texts = [one.value for one in rows if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        for one in ast.walk(node.target):
            if isinstance(one, ast.Name):
                self.names[one.id] = texts
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """A state that is made whole, rows that are made whole, and an attribute that a user may set."""
        called = ast.unparse(node.func).rpartition(".")[2]
        if called in ("State", "World"):
            for keyword in node.keywords:
                if keyword.arg is not None:
                    self._note(called.lower(), keyword.arg)
        if called == "_attribute":
            self._note("staff", ast.literal_eval(node.args[0]))
        dtype = next((name for name in RECORDS if f"rec.{name.upper()}_DTYPE" in ast.unparse(node)), None)
        if called == "array" and dtype is not None:
            self._whole(dtype)
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            values = [node.value]
            targets = [target]
            if isinstance(target, ast.Tuple):
                targets = target.elts
                values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value] * len(targets)
            for one, value in zip(targets, values, strict=True):
                if isinstance(one, ast.Name):
                    self.held[one.id] = self._record(value)
                elif isinstance(one, ast.Subscript):
                    self._write(one)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.generic_visit(node)
        if isinstance(node.target, ast.Subscript):
            self._write(node.target)

    def _record(self, node: ast.expr) -> str:
        """Whose record, or which array of plain numbers, an expression is; nothing when it is none of these."""
        if isinstance(node, ast.Attribute) and node.attr in TABLES:
            return TABLES[node.attr]
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("s", "state"):
            return f"state.{node.attr}"
        if isinstance(node, ast.Name):
            return self.held.get(node.id, "")
        if isinstance(node, ast.Subscript) and not self._fields(node):
            return self._record(node.value)
        made = ast.unparse(node)
        if made.startswith("np.zeros("):
            return next((name for name in RECORDS if f"rec.{name.upper()}_DTYPE" in made), "")
        return ""

    def _fields(self, node: ast.Subscript) -> list[str]:
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            return [node.slice.value]
        return self.names.get(node.slice.id, []) if isinstance(node.slice, ast.Name) else []

    def _write(self, target: ast.Subscript) -> None:
        node: ast.expr = target
        while isinstance(node, ast.Subscript):
            record = self._record(node.value)
            fields = self._fields(node)
            if fields and record == "state.par":
                self._note("state", "par")
                return
            if fields and record in RECORDS:
                for field in fields:
                    self._note(record, field)
                return
            if fields and any(field in RECORDS[one].names for one in RECORDS for field in fields):
                self.unknown.append(f"{self.module}: {ast.unparse(target)}")
                return
            node = node.value
        record = self._record(target.value)
        if record in RECORDS and isinstance(target.slice, ast.Name):
            self._whole(record)
        elif record.startswith("state."):
            self._note("state", record.removeprefix("state."))

    def _whole(self, record: str) -> None:
        for field in RECORDS[record].names:
            self._note(record, field)

    def _note(self, record: str, field: str) -> None:
        self.written[record, field].add(self.module)


def written(root: Path) -> tuple[Written, list[str]]:
    """By record and field the modules of `agents/` and `model/` that write it, and what could not be told."""
    found: Written = defaultdict(set)
    unknown: list[str] = []
    for path in sorted([*(root / "agents").glob("*.py"), *(root / "model").glob("*.py")]):
        visitor = Writers(path.stem)
        visitor.visit(ast.parse(path.read_text(encoding="utf-8")))
        for field, modules in visitor.written.items():
            found[field] |= modules
        unknown += visitor.unknown
    return found, unknown


ARRAYS = {"state": State._fields, "world": World._fields}
