"""What is needed to host it is there, safe by default, and says what the code does."""

import re
from pathlib import Path

import pytest

from kastje.dashboard.server.limits import variables


@pytest.fixture(scope="module")
def container(root: Path) -> str:
    return (root / "Dockerfile").read_text(encoding="utf-8")


def instructions(container: str, name: str) -> list[str]:
    joined = re.sub(r"\\\n\s*", " ", container)
    return re.findall(rf"^{name}\s+(.*)$", joined, re.M)


def test_the_container_has_a_plain_base_and_names_no_other_place(container: str) -> None:
    bases = [line.split()[0] for line in instructions(container, "FROM")]
    assert bases
    assert all(re.fullmatch(r"python:3\.\d+-slim", base) for base in bases)
    assert set(re.findall(r"https?://([\w.:-]+)", container)) <= {"127.0.0.1:8765"}
    assert "index-url" not in container


def test_the_container_runs_without_rights_and_is_watched(container: str) -> None:
    last = container[container.rindex("FROM ") :]
    assert instructions(last, "USER") == ["kastje"]
    assert instructions(last, "EXPOSE") == ["8765"]
    assert "/readyz" in instructions(last, "HEALTHCHECK")[0]
    assert instructions(last, "STOPSIGNAL") == ["SIGTERM"]
    assert '"0.0.0.0"' in instructions(last, "CMD")[0]
    assert last.index("USER kastje") < last.index("HEALTHCHECK") < last.index("CMD [")
    assert not re.search(r"password|secret|token", container, re.I)


def test_what_the_container_copies_exists_and_is_let_through(container: str, root: Path) -> None:
    ignored = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[0] == "*"
    for line in instructions(container, "COPY"):
        if line.startswith("--from"):
            continue
        for name in line.split()[:-1]:
            assert (root / name).exists(), name
            assert f"!{name}" in ignored, name


def test_the_service_cannot_write_and_ends_in_time(root: Path) -> None:
    unit = (root / "deploy" / "kastje.service").read_text(encoding="utf-8")
    for line in ("DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "TimeoutStopSec=15"):
        assert line in unit.splitlines()
    assert "kastje dashboard --host 127.0.0.1" in unit


def test_the_table_of_limits_is_the_codes(root: Path) -> None:
    text = (root / "docs" / "hosting.md").read_text(encoding="utf-8")
    written = re.findall(r"^\| `(KASTJE_\w+)` \| (\d+) \| (\d+) \| (\d+) \| (.+) \|$", text, re.M)
    expected = [
        (name, str(one.default), str(one.metadata["low"]), str(one.metadata["high"]), one.metadata["meaning"])
        for one, name in variables()
    ]
    assert written == expected
    registers = {f"KASTJE_{name}" for name in ("LESSONS", "CHANNELS", "OUTCOMES", "PAGES")}
    others = {"KASTJE_CACHE", "KASTJE_RESULTS"} | registers
    assert set(re.findall(r"KASTJE_\w+", text)) == {name for _, name in variables()} | others
