"""The circumstances of a choice beside its lessons, in words: how busy it is, and how many people there are."""

from kastje.dashboard.texts import Texts
from kastje.experiments.designs.staff import team_size
from kastje.model.profile import Department

SHARES = {"vulnerable_share": ("resident.vulnerable_share", 60), "outside_growth": ("renew.outside_growth", 50)}
"""Circumstances that are a share: parameter and end of the slider in %; more can be typed where the model allows it."""
LOAD_WORDS = ((0.85, "calm"), (0.98, "easy"), (1.02, "now"), (1.225, "busy"), (9.0, "crowded"))


def load_text(value: float, texts: Texts) -> str:
    """A load as number and word."""
    word = next(word for below, word in LOAD_WORDS if value < below)
    return texts("lessons.load_value", value=texts.number(value, 2), word=texts(f"load.{word}"))


def people_words(department: Department, percent: float, texts: Texts) -> str:
    """How many people a department has at this size, and how many in the profile when that differs."""
    people = sum(team.staff for team in department.teams)
    then = sum(team_size(team, percent / 100) for team in department.teams)
    if then == people:
        return texts("context.people_same", people=people)
    return texts("context.people", people=then, now=people)
