"""Gives the present model a version of its own: `python -m kastje.evidence.documents.release [VERSION]`.

Every place that tells the version is renewed together; without VERSION a changed model raises the second number, and
anything else the third.
"""

import argparse
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kastje.experiments.files import written_aside
from kastje.fingerprint import model_hash
from kastje.version import RELEASES, Release, releases

ROOT = Path(__file__).resolve().parents[2]
NUMBERS = re.compile(r"\d+\.\d+\.\d+")

PLACES: Mapping[str, tuple[tuple[str, str], ...]] = {
    RELEASES: (
        (r"\n\[\[release\]\]", '\n[[release]]\nversion = "{version}"\ndate = {date}\nmodel = "{model}"\n\\g<0>'),
    ),
    "CITATION.cff": (
        (r"\nversion: .*", "\nversion: {version}"),
        (r"\ndate-released: .*", "\ndate-released: {date}"),
    ),
    "publiccode.yml": (
        (r"\nsoftwareVersion: .*", '\nsoftwareVersion: "{version}"'),
        (r"\nreleaseDate: .*", '\nreleaseDate: "{date}"'),
    ),
    "CHANGELOG.md": ((r"\n## \[Unreleased\]", "\n## [{version}] - {date}"),),
}
"""What tells the version, by file: what is looked for, where it stands first, and what takes its place."""


def next_version(newest: Release, model: str) -> str:
    """The number of the next release: the second part goes up with another model, or else the third."""
    major, minor, patch = map(int, newest.version.split("."))
    return f"{major}.{minor}.{patch + 1}" if newest.model == model else f"{major}.{minor + 1}.0"


def released(text: str, name: str, release: Release) -> str:
    """The text of a place as it tells of this release. Raises ValueError when it does not tell the version."""
    told = {"version": release.version, "date": release.date, "model": release.model}
    for found, instead in PLACES[name]:
        text, times = re.subn(found, instead.format(**told), text, count=1)
        if not times:
            raise ValueError(f"{name}: expected a line {found.strip()!r}")
    return text


def release(root: Path, number: str | None, today: date) -> Release:
    """Make the sources in a checkout a release, in all places or in none. Raises ValueError with what is wrong."""
    newest, model = releases(root)[0], model_hash(root)
    made = Release(number or next_version(newest, model), today, model)
    if not NUMBERS.fullmatch(made.version):
        raise ValueError(f"{made.version}: expected a version of three numbers, such as 0.2.0")
    if tuple(map(int, made.version.split("."))) <= tuple(map(int, newest.version.split("."))):
        raise ValueError(f"{made.version}: expected a version above {newest.version}")
    texts = {name: released((root / name).read_text(encoding="utf-8"), name, made) for name in PLACES}
    for name, text in texts.items():
        with written_aside(root / name) as aside:
            aside.write_text(text, encoding="utf-8")
    return made


def main() -> int:
    """Make the release, and say what was made."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("version", nargs="?", help="such as 1.0.0; without it the next one")
    try:
        made = release(ROOT, asked.parse_args().version, date.today())
    except ValueError as error:
        print(f"release: {error}")
        return 2
    print(f"{made.version}, model {made.model}: {', '.join(PLACES)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
