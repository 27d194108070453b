"""What is a choice in a few words? Its municipality, its lessons, and what else is not as usual."""

from collections.abc import Iterable

from kastje.dashboard.own.own import OWN
from kastje.dashboard.texts import Texts
from kastje.dashboard.visit.circumstances import SHARES
from kastje.dashboard.visit.state import Choice

_SHARE_WORDS = {"vulnerable_share": "pins.vulnerable_share", "outside_growth": "pins.outside_growth"}
MARK = 6
"""So many digits of a digest tell two municipalities of the same name apart on a screen, and open nothing."""


def name_of(choice: Choice, texts: Texts) -> str:
    """What the municipality of a choice is called; of an own one it says that it is."""
    if choice.absent:
        return texts("own.absent_name")
    title = choice.world().profile.title.in_language(texts.language)
    return texts("own.named", title=title) if choice.profile == OWN else title


def names_of(choices: Iterable[Choice], texts: Texts) -> dict[str, str]:
    """The names of several by `municipality`; two own ones with the same name get a mark of their files."""
    called = {choice.municipality: name_of(choice, texts) for choice in choices}
    names = list(called.values())
    return {
        key: f"{name} {key.removeprefix(f'{OWN}-')[:MARK]}" if names.count(name) > 1 else name
        for key, name in called.items()
    }


def described(choice: Choice, texts: Texts) -> str:
    """A choice in a few words: its lessons and what else is not as usual."""
    preset = choice.preset
    lessons = [f"{number}:{step}" for number, step in enumerate(choice.steps, start=1) if step]
    words = [texts(f"preset.{preset}") if preset else texts("pins.lessons", lessons=" ".join(lessons))]
    if not choice.is_today and (choice.start, choice.ramp) != (Choice.start, Choice.ramp):
        words.append(texts("pins.timing", start=choice.start, ramp=choice.ramp))
    if choice.load != 1.0:
        words.append(texts("pins.load", load=texts.number(choice.load, 2)))
    return ", ".join([*words, *edits(choice, texts)])


def described_today(choice: Choice, texts: Texts) -> str:
    """The municipality of a choice and what is not as in its profile, the lessons apart."""
    load = [texts("pins.load", load=texts.number(choice.load, 2))] if choice.load != 1.0 else []
    return ", ".join([name_of(choice, texts), *load, *edits(choice, texts)])


def edits(choice: Choice, texts: Texts) -> list[str]:
    """What is not as in the profile, load and lessons apart: shares, other assumptions, staff."""
    words = [
        texts(_SHARE_WORDS[name], value=texts.percent(value)) for name, value in choice.parameters if name in SHARES
    ]
    if others := sum(name not in SHARES for name, _ in choice.parameters):
        words.append(texts("pins.parameter") if others == 1 else texts("pins.parameters", count=others))
    if staff := choice.staff_here():
        words.append(texts("pins.staff", count=len(staff)))
    return words
