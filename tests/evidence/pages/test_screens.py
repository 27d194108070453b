"""The pictures and the report on accessibility: what is in docs is what the commands make."""

import io
import re
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image

from kastje.dashboard.pages import PAGES
from kastje.dashboard.texts import LANGUAGES
from kastje.evidence.pages.accessibility import Look
from kastje.evidence.pages.accessibility_report import CHECKS, document
from kastje.evidence.pages.browser import SIZES, THEMES
from kastje.evidence.pages.screens import pictures, readme, small


def test_every_page_is_shown_in_both_languages_sizes_and_themes() -> None:
    first = [one for one in pictures() if not one.frame]
    assert len(first) == len(PAGES) * len(LANGUAGES) * len(SIZES) * len(THEMES)
    files = Counter(one.file for one in pictures())
    assert set(files.values()) == {1}


def test_the_folder_holds_these_pictures_and_the_page_that_shows_them_all(root: Path) -> None:
    folder = root / "docs/screens"
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert text == readme()
    shown = re.findall(r"\]\(([^)]+)\)", text)
    assert sorted(shown) == sorted(one.file for one in pictures())
    assert {path.name for path in folder.glob("*.png")} == set(shown)


def test_a_picture_keeps_its_size_and_its_small_spots_of_colour_in_fewer_bytes() -> None:
    noise = np.random.default_rng(1).integers(0, 40, (200, 300, 1))
    whole = np.concatenate([noise, noise + 90, noise + 100], axis=2).astype(np.uint8)
    whole[50:56, 50:56] = (23, 200, 58)
    out = io.BytesIO()
    Image.fromarray(whole).save(out, "PNG")
    made = small(out.getvalue())
    image = np.asarray(Image.open(io.BytesIO(made)).convert("RGB"), dtype=int)
    assert image.shape == whole.shape
    assert np.abs(image - whole).max() <= 8
    assert len(made) < len(out.getvalue())


def a_look(page: str, *broken: tuple[str, str, int]) -> Look:
    rules = tuple(
        {"id": rule, "impact": impact, "help": f"help of {rule}", "nodes": [{"html": "<b>"}] * places}
        for rule, impact, places in broken
    )
    return Look(page, "nl", "light", "phone", rules, ("color-contrast",), 40, "9.9.9")


def test_the_report_counts_what_was_found_and_says_what_was_not_tried() -> None:
    found = [a_look("policy", ("region", "moderate", 2)), a_look("policy", ("label", "critical", 1)), a_look("case")]
    found += [a_look(name) for name in PAGES if name not in ("policy", "case")]
    text = document(found, date(2026, 1, 2))
    assert "axe-core 9.9.9" in text
    assert "2026-01-02" in text
    assert "| policy | 1 | 0 | 2 | 0 | 40 | 1 |" in text
    assert "| **together** | 1 | 0 | 2 | 0 |" in text
    assert text.index("critical: `label`") < text.index("moderate: `region`")
    assert "color-contrast" in text
    assert "No rule is broken" not in text
    assert "No rule is broken" in document([a_look(name) for name in PAGES], date(2026, 1, 2))


def test_every_check_that_the_report_names_exists(root: Path) -> None:
    for _, file, test in CHECKS:
        assert f"def {test}(" in (root / file).read_text(encoding="utf-8"), test
