"""The commands and examples in the documents do what the documents say, and what they write says what made it."""

import gzip
import io
import json
import re
import shlex
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.main import get_command

from kastje.commands import cli
from kastje.commands.app import app
from kastje.experiments.runs.origin import model_hash
from kastje.version import version

pytestmark = pytest.mark.long

DOCUMENTS = ("README.md", "docs/command-line.md")


def blocks(root: Path, language: str) -> list[str]:
    texts = ((root / name).read_text(encoding="utf-8") for name in DOCUMENTS)
    return [block for text in texts for block in re.findall(rf"```{language}\n(.*?)```", text, re.S)]


@dataclass(frozen=True)
class Documented:
    """What the commands of the documents did: their exit codes and what they printed, by line, and their folder."""

    folder: Path
    codes: dict[str, int]
    printed: dict[str, str]


def carried_out(line: str, *more: str) -> tuple[int, str]:
    """A line of a document, and more options: its exit code and what it printed."""
    arguments = shlex.split(line, comments=True)[1:]
    arguments, file = (arguments[:-2], arguments[-1]) if ">" in arguments else (arguments, None)
    with redirect_stdout(io.StringIO()) as printed:
        code = cli.main([*arguments, *more])
    if file is not None:
        Path(file).write_text(printed.getvalue(), encoding="utf-8")
    return code, printed.getvalue()


@pytest.fixture(scope="module")
def documented(root: Path, engine: None, tmp_path_factory: pytest.TempPathFactory) -> Documented:
    """Every command of the documents, carried out in one folder in their order."""
    folder = tmp_path_factory.mktemp("documented")
    for block in blocks(root, "toml"):
        if named := re.match(r"# (\S+\.toml)\n", block):
            (folder / named[1]).write_text(block, encoding="utf-8")
    lines = [line for block in blocks(root, "sh") for line in block.splitlines() if line.startswith("kastje ")]
    with chdir(folder):
        done = {line: carried_out(line) for line in lines}
    return Documented(
        folder, {line: code for line, (code, _) in done.items()}, {line: text for line, (_, text) in done.items()}
    )


@pytest.mark.engine
def test_every_command_in_the_documents_runs(documented: Documented) -> None:
    assert documented.codes
    assert {line: code for line, code in documented.codes.items() if code} == {}


def words_in(path: Path) -> str:
    """All that a file says, of whatever format it is."""
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    schema = pq.read_schema(path).metadata if path.suffix == ".parquet" else {}
    return "\n".join(part.decode("utf-8", "replace") for part in (data, *(schema or {}).values()))


@pytest.mark.engine
def test_every_file_that_a_command_writes_says_of_which_version_and_model_it_is(documented: Documented) -> None:
    """Whatever is there, by whatever command: this test knows no writer."""
    ours = {path for path in documented.folder.rglob("*") if path.is_file() and path.parent != documented.folder}
    ours |= {path for path in documented.folder.glob("*") if path.is_file() and path.suffix != ".toml"}
    files_ = sorted(path for path in ours if not path.name.startswith(".") and path.suffix != ".toml")
    assert {path.suffix for path in files_} >= {".json", ".csv", ".parquet", ".svg", ".pdf", ".gz"}
    for path in files_:
        words = words_in(path)
        if path.suffix == ".csv" and words.count("\n") == 1:
            # A table in which nothing was found says nothing that could be of another model.
            assert words.strip().endswith("kastje,model,made"), path
            continue
        assert version() in words, path
        assert model_hash() in words, path


@pytest.mark.engine
def test_every_document_that_a_command_prints_says_of_which_version_and_model_it_is(documented: Documented) -> None:
    """Each command is carried out once more with --json: its last line in the documents, which is its smallest."""
    seen = set()
    with chdir(documented.folder):
        for line in reversed(documented.printed):
            name = shlex.split(line)[1]
            if name in seen or "--json" not in {one for option in options_of(name) for one in option}:
                continue
            code, printed = carried_out(line.replace("--csv", ""), "--json")
            assert code == 0, line
            found = json.loads(printed)
            for one in found if isinstance(found, list) else [found["origin"]]:
                assert (one["kastje"], one["model"]) == (version(), model_hash()), line
                assert one["made"].startswith(f"kastje {name}"), line
            seen.add(name)
    assert {"run", "compare", "sweep", "claims", "log", "patterns", "validate"} <= seen


def options_of(name: str) -> list[list[str]]:
    """The options of a command."""
    return [parameter.opts for parameter in get_command(app).commands[name].params]


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_every_python_example_in_the_documents_runs(root: Path) -> None:
    examples = blocks(root, "python")
    assert examples
    for example in examples:
        exec(compile(example, "README.md", "exec"), {})
