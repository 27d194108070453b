"""What can the circles show, and how is it written?"""

from typing import Any

from kastje.dashboard.texts import Texts

METRICS = {
    "waiting": ("metric.waiting", "metric.waiting_help"),
    "utilisation": ("metric.utilisation", "metric.utilisation_help"),
    "ownership": ("metric.ownership", "metric.ownership_help"),
    "lived_vision": ("metric.lived_vision", "metric.lived_vision_help"),
    "felt_support": ("metric.felt_support", "metric.felt_support_help"),
    "known_vision": ("metric.known_vision", "metric.known_vision_help"),
}
"""The words of each, in the order of the list."""
_DECIMALS = {"waiting": 1, "utilisation": 0}


def metrics(texts: Texts) -> list[dict[str, Any]]:
    """Each with its explanation and how a value of it is written: times `scale`, with its `suffix`."""
    return [
        {
            "name": name,
            "label": texts(label),
            "help": texts(meaning),
            "unit": (unit := _unit(name, texts)),
            "suffix": unit if unit in ("", "%") else f"\N{NO-BREAK SPACE}{unit}",
            "decimals": _DECIMALS.get(name, 2),
            "scale": 1 if name == "utilisation" else 0.01,
        }
        for name, (label, meaning) in METRICS.items()
    ]


def written(hundredths: int | None, metric: dict[str, Any], texts: Texts) -> str:
    """A value in words, as the browser writes it too."""
    if hundredths is None:
        return texts("film.not_available")
    return texts.number(hundredths * metric["scale"], metric["decimals"]) + metric["suffix"]


def _unit(name: str, texts: Texts) -> str:
    return texts("metric.hours") if name == "waiting" else "%" if name == "utilisation" else ""
