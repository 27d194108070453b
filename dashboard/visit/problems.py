"""What was wrong with a link or a scenario file, in the reader's language."""

from kastje.dashboard.texts import Texts
from kastje.dashboard.visit.state import Problem


def sentence(problem: Problem, texts: Texts) -> str:
    """What was wrong with a part of a link, in the reader's language."""
    if problem.name == "unknown":
        return texts("url.unknown", name=problem.value)
    expected = {
        name: part if isinstance(part, str) else texts.number(part, 0 if part == round(part) else 1)
        for name, part in problem.expected.items()
    }
    if problem.name == "pin":
        return texts("pins.not_read", value=problem.value, **expected)
    return texts(f"url.{problem.name}", value=problem.value, **expected)
