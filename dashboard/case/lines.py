"""The two time lines as the browser draws them: stretches to scale, events by day, marked where the worlds differ."""

from typing import Any

from kastje.dashboard.case.following import Followed
from kastje.dashboard.case.who import Naming
from kastje.dashboard.case.why import MARKS, numbered
from kastje.experiments.logs.stories import KINDS_OF_STRETCH, Story

_TICKS = (1, 2, 5, 10, 20, 25, 50, 100)
_MOST_TICKS = 8
QUIET = ("resumed", "filed", "settled", "aligned")
"""What is in the table only: it says nothing that the events around it do not say."""


def lines(followed: Followed, naming: Naming) -> dict[str, Any]:
    """Both worlds on one scale of days; without lessons only today."""
    if followed.today is None or followed.now is None:
        return {}
    both = {"today": followed.today, "now": followed.now}
    if not any(followed.choice.steps):
        both.pop("now")
    longest = max(story.lead_days for story in both.values())
    step = next((tick for tick in _TICKS if longest / tick <= _MOST_TICKS), _TICKS[-1])
    texts = naming.texts
    marks = numbered(followed)
    return {
        "days": longest,
        "scale": texts("case_lines.scale") if len(both) > 1 else "",
        "ticks": [{"day": day, "words": texts("case_lines.day", n=day)} for day in range(0, int(longest) + 1, step)],
        "worlds": [_world(name, story, naming, marks) for name, story in both.items()],
        "kinds": [{"kind": kind, "words": texts(f"case_part.{kind}")} for kind in KINDS_OF_STRETCH],
    }


def _world(name: str, story: Story, naming: Naming, marks: dict[str, int]) -> dict[str, Any]:
    texts = naming.texts
    return {
        "name": name,
        "title": texts(f"case_why.{name}"),
        "total": texts("case_lines.total", days=texts.number(story.lead_days, 1)),
        "state": "" if story.state != "open" else texts("case_lines.at_end"),
        "stretches": [
            {
                "from": s.begin / 24,
                "to": s.end / 24,
                "kind": s.kind,
                "words": texts(f"case_part.{s.kind}"),
                "days": texts.number((s.end - s.begin) / 24, 1),
                "title": _stretch_words(s, naming),
            }
            for s in story.stretches
        ],
        "blocks": _blocks(story, naming, marks),
        "lying": [
            {"kind": kind, "words": texts(f"case_part.{kind}"), "days": texts.number(story.lying[kind], 1)}
            for kind in KINDS_OF_STRETCH
        ],
    }


def _stretch_words(stretch: Any, naming: Naming) -> str:
    texts = naming.texts
    part = texts(f"case_part.{stretch.kind}")
    days = texts.number((stretch.end - stretch.begin) / 24, 1)
    where = ", ".join(naming.department(department) for department in stretch.departments)
    if where and stretch.kind != "with_resident":
        return texts("case_part.stretch_at", part=part, where=where, days=days)
    return texts("case_part.stretch", part=part, days=days)


def _blocks(story: Story, naming: Naming, marks: dict[str, int]) -> list[dict[str, Any]]:
    """The events of each day together, at the moment of the day's first."""
    texts = naming.texts
    blocks: list[dict[str, Any]] = []
    for event in story.events:
        if event.kind in QUIET:
            continue
        date = naming.date(story, event.hours)
        if not blocks or blocks[-1]["date"] != date:
            day = texts("case_lines.day", n=texts.number(int(event.hours / 24)))
            blocks.append({"at": event.hours / 24, "date": date, "day": day, "items": []})
        mark = marks.get(MARKS.get(event.kind, ""), 0)
        words, who = naming.event(event, story), naming.person(event)
        said = texts("case_lines.differs", n=mark) if mark else ""
        last = blocks[-1]["items"][-1] if blocks[-1]["items"] else None
        if (
            event.kind == "told_again"
            and last
            and last["at"] == event.hours
            and last["who"] == who
            and not last["mark"]
        ):
            # Whoever takes it up has the story told again: one thing to the reader.
            last.update({"also": words, "mark": mark, "said": said})
            continue
        item = {"at": event.hours, "kind": event.kind, "words": words, "who": who, "also": ""}
        blocks[-1]["items"].append(item | {"mark": mark, "said": said})
    return blocks
