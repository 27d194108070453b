"""What may be said once the outcome is there? A headline, why, a point and a hint, chosen by the runs just made."""

from kastje.dashboard.figures import saying
from kastje.dashboard.figures.figures import label_of, value_text
from kastje.dashboard.present.headline import LEAD_PARTS, Cause, cause_of, headline_of
from kastje.dashboard.present.story import Step
from kastje.dashboard.present.words import with_unit
from kastje.dashboard.texts import Texts
from kastje.dashboard.visit.state import Choice
from kastje.experiments.difference.compare import Comparison
from kastje.experiments.difference.verdict import Word
from kastje.model import OUTCOMES
from kastje.model.acts import ACT_TABLE

HEADLINES: dict[tuple[str, str], str] = {
    ("better", "much"): "present.better_much",
    ("better", "clearly"): "present.better_clearly",
    ("better", "little"): "present.better_little",
    ("worse", "much"): "present.worse_much",
    ("worse", "clearly"): "present.worse_clearly",
    ("worse", "little"): "present.worse_little",
    ("higher", "much"): "present.higher_much",
    ("higher", "clearly"): "present.higher_clearly",
    ("higher", "little"): "present.higher_little",
    ("lower", "much"): "present.lower_much",
    ("lower", "clearly"): "present.lower_clearly",
    ("lower", "little"): "present.lower_little",
    ("same", ""): "present.same",
    ("hardly", ""): "present.hardly",
    ("unclear", ""): "present.unclear",
    ("none", ""): "present.none",
}


def talk(
    step: Step | None, choice: Choice, comparison: Comparison, alternative: Comparison | None, texts: Texts
) -> dict[str, str]:
    """The screen after the outcome: a headline and a sentence with its certainty, why, the point, a hint to discuss."""
    name = choice.show
    hint = step.hint[texts.language] if step else texts("present.own_hint")
    if choice.is_today:
        return {
            "tone": "same",
            "headline": texts("present.today_headline", value=with_unit(name, comparison.baseline[name], texts)),
            "sentence": OUTCOMES[name].definition[texts.language],
            "why": texts("present.today_why"),
            "cost": "",
            "point": "",
            "alternative": "",
            "hint": hint,
        }
    found = headline_of(name, comparison)
    own = step is not None and step.outcome == name
    # What is the same to the last digit is hardly any difference to the room.
    kind = Word.HARDLY if found.word is Word.SAME else found.word
    point = step.points.get(kind, {}).get(texts.language, "") if own and step else ""
    return {
        "tone": str(found.word),
        "headline": texts(HEADLINES[found.word, found.size], label=label_of(name, texts)),
        "sentence": difference_sentence(name, comparison, texts),
        "why": why(cause_of(name, comparison), texts),
        "cost": texts("present.cost", hours=value_text("lever_hours", comparison.scenario["lever_hours"], texts)),
        "point": point,
        "alternative": alternative_sentence(step, name, alternative, texts) if alternative is not None and step else "",
        "hint": hint,
    }


def difference_sentence(name: str, comparison: Comparison, texts: Texts) -> str:
    """From today to the choice, with the interval of the difference, its certainty, and how many runs would tell."""
    difference, found = comparison.difference[name], comparison.verdict(name)
    if difference.n == 0:
        return ""
    today, value = with_unit(name, comparison.baseline[name], texts), with_unit(name, comparison.scenario[name], texts)
    change, low, high = (
        value_text(name, number, texts, sign=True) for number in (difference.mean, difference.low, difference.high)
    )
    points = f" {texts('figure.points')}" if OUTCOMES[name].scale == 100 else ""
    said = texts("present.difference", today=today, value=value, change=change + points, low=low, high=high)
    if found.word in saying.SILENT or OUTCOMES[name].price:
        return said
    sure = "; ".join(filter(None, (saying.certainty(difference, texts), saying.pairs(found, texts))))
    return f"{said} {texts('present.certainty', certainty=sure)}"


def alternative_sentence(step: Step, name: str, alternative: Comparison, texts: Texts) -> str:
    """The same outcome with the second choice of this step, against its own today."""
    if step.alternative is None or alternative.difference[name].n == 0:
        return ""
    word = saying.word(alternative.difference[name], texts)
    today, value = (
        value_text(name, alternative.baseline[name], texts),
        with_unit(name, alternative.scenario[name], texts),
    )
    return texts(
        "present.alternative", label=step.alternative.label[texts.language], today=today, value=value, verdict=word
    )


def why(cause: Cause, texts: Texts) -> str:
    """What changed most in the work, in one sentence."""
    if cause.kind == "part":
        decimals = OUTCOMES[cause.name].decimals
        today, value = (texts.number(number, decimals) for number in (cause.today, cause.choice))
        return texts("present.why_part", part=texts(LEAD_PARTS[cause.name]), today=today, value=value)
    if cause.kind == "act":
        today, value = (texts.number(number * 100) for number in (cause.today, cause.choice))
        return texts(
            "present.why_act", act=ACT_TABLE[cause.name].did.in_language(texts.language), today=today, value=value
        )
    return texts("present.why_around" if cause.kind == "around" else "present.why_nothing")
