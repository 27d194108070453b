"""An edited rule takes effect: the cache of compiled code is keyed by the sources that decide it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from kastje.agents.compiled import compiled_sources, sources_hash

ROOT = Path(__file__).parent.parent.parent
CODE = """
from kastje.model.crm import connected
from kastje.agents.employee import bounce_chance

print(bounce_chance(0.5, 0.0, 0.0))
"""


def test_an_edited_rule_is_compiled_anew(tmp_path):
    for room in ("agents", "model"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "src", tmp_path / "src", symlinks=True)

    def answer() -> str:
        env = os.environ | {
            "PYTHONPATH": str(tmp_path / "src"),
            "KASTJE_CACHE": str(tmp_path / "cache"),
            "NUMBA_DISABLE_JIT": "0",
        }
        done = subprocess.run([sys.executable, "-c", CODE], cwd=tmp_path, env=env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    assert answer() == "0.5"
    before = sources_hash(tmp_path)
    path = tmp_path / "agents" / "employee.py"
    text = path.read_text(encoding="utf-8")
    edited = text.replace("return ceiling * (1.0 - ownership)", "return 0.1 + ceiling * (1.0 - ownership)")
    assert edited != text
    path.write_text(edited, encoding="utf-8")
    assert sources_hash(tmp_path) != before
    assert answer() == "0.6"


def test_the_engine_and_all_its_rules_count_as_sources():
    names = {p.name for p in compiled_sources(ROOT)}
    assert {"engine.py", "acts.py", "employee.py", "records.py", "chance.py", "week.py"} <= names
    assert "outcomes.py" not in names
