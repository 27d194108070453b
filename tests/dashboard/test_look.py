"""One visual language: colours, type sizes, distances, roundings, shadows and paces come from dashboard/tokens.css.

How wide a column or how high a drawing is belongs to the part itself; so do hairlines of up to 1.5 pixel. What grows
with a beamer's type is in em.
"""

import re
from pathlib import Path

import pytest

import kastje.dashboard

FOLDER = Path(kastje.dashboard.__file__).parent
TOKENS = FOLDER / "tokens.css"
STYLES = [path for path in sorted(FOLDER.rglob("*.css")) if path != TOKENS]
VIEWS = sorted(FOLDER.rglob("*.vue"))
DECLARATION = re.compile(r"(?<![-\w])([a-z-]+)\s*:\s*([^;{}]+)(?=[;}])")
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(", re.I)
NAMED = re.compile(r"\b(?:white|black|gr[ae]y|silver|red|green|blue|orange|yellow|teal|navy|purple|pink|brown)\b", re.I)
PIXELS = re.compile(r"(?<![\w.])(\d*\.?\d+)(?:px|rem)\b")
SECONDS = re.compile(r"(?<![\w.])(\d*\.?\d+)m?s\b")
SIZED = re.compile(
    r"font|font-size|letter-spacing|border-radius|box-shadow|(?:padding|margin)(?:-\w+)?|(?:row-|column-)?gap"
)
PACED = re.compile(r"(?:transition|animation)(?:-duration|-delay)?")
HAIRLINE = 1.5


def declarations(path: Path) -> list[tuple[str, str]]:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    return DECLARATION.findall(text)


def tokens() -> set[str]:
    return set(re.findall(r"(--[\w-]+)\s*:", TOKENS.read_text(encoding="utf-8")))


def hard_coded(name: str, value: str) -> bool:
    """Whether a declaration has a colour, a size or a pace of its own."""
    if COLOUR.search(value) or NAMED.search(re.sub(r"var\([^)]*\)|\"[^\"]*\"", "", value)):
        return True
    if SIZED.fullmatch(name) and not value.startswith("inset"):  # an inset shadow is a line
        return any(float(size) > HAIRLINE for size in PIXELS.findall(value))
    return bool(PACED.fullmatch(name)) and any(float(time) > 0 for time in SECONDS.findall(value))


@pytest.mark.parametrize("path", STYLES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_style_has_no_colour_size_or_pace_of_its_own(path: Path) -> None:
    assert [f"{name}: {value}" for name, value in declarations(path) if hard_coded(name, value)] == []


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_view_draws_in_the_colours_and_type_of_the_tokens(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    markup, _, script = text.partition("<script>")
    assert COLOUR.findall(re.sub(r"""(?:href|@\w+|:\w+|v-\w+)="[^"]*\"""", "", markup)) == []
    assert re.findall(r"""["'`](?:#[0-9a-fA-F]{3,8}|(?:rgb|hsl)a?\([^"'`]*)["'`]""", script) == []
    assert re.findall(r"(?:color|Color)\s*:\s*[\"'][a-z]+[\"']", script) == []
    assert re.findall(r"fontSize\s*:\s*[\d.]+", script) == []
    assert "<style" not in text


def test_every_token_that_is_asked_for_exists_and_none_is_idle() -> None:
    own = re.compile(r"--(?:fill|bar|glide|say|side)\b")
    asked: set[str] = set()
    for path in (*STYLES, *VIEWS, TOKENS):
        text = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r"var\((--[\w-]+)", text)) | set(re.findall(r"""token\(["'](--[\w-]+)""", text))
        asked.discard("--text-")  # The plot puts a size behind it.
        asked |= {f"--text-{size}" for size in re.findall(r"""\.size\(["'](\w+)["']\)""", text)}
    asked = {name for name in asked if not own.fullmatch(name)}
    assert asked == tokens()


def test_light_and_dark_have_the_same_colours() -> None:
    text = TOKENS.read_text(encoding="utf-8")
    light, dark = (re.search(pattern, text, re.S)[1] for pattern in (r":root \{(.*?)\n\}", r"\"dark\"\] \{(.*?)\n\}"))
    colours = {name for name, value in re.findall(r"(--[\w-]+)\s*:\s*([^;]+)", light) if value.startswith("#")}
    assert colours <= set(re.findall(r"(--[\w-]+)\s*:", dark))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("color", "#fff"),
        ("background", "rgb(1 2 3)"),
        ("fill", "white"),
        ("font-size", "13px"),
        ("font", "600 12px var(--font)"),
        ("padding", "var(--space-1) 3px"),
        ("border-radius", "4px"),
        ("transition", "width .3s"),
    ],
)
def test_what_is_hard_coded_is_found(name: str, value: str) -> None:
    assert hard_coded(name, value)
    assert not hard_coded("padding", "1px var(--space-2)")
    assert not hard_coded("width", "300px")
    assert not hard_coded("background", "var(--on-accent)")
