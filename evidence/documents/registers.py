"""The lists of docs/parameters.md and docs/outcomes.md: what the registers of the model hold, in both languages."""

from collections.abc import Mapping

from kastje.evidence.documents.markdown import Made, table
from kastje.model import OUTCOMES, PARAMETERS
from kastje.model.parameters import UNITS_NL
from kastje.model.reading import Text

BETTER = {-1: "lower<br>*lager*", 0: "-", 1: "higher<br>*hoger*"}
PRICE = "a price<br>*een prijs*"


def parameters() -> str:
    """Every parameter by group."""
    head = ("parameter", "what", "unit", "bounds", "default", "status", "source")
    parts = []
    for group in dict.fromkeys(name.split(".")[0] for name in PARAMETERS):
        rows = [
            (
                f"`{p.short}`",
                _both(p.label),
                _both({"en": p.unit, "nl": UNITS_NL[p.unit]}),
                f"{p.low:g} .. {p.high:g}",
                f"{p.default:g}",
                p.status,
                _both(p.source),
            )
            for p in PARAMETERS.values()
            if p.name.startswith(f"{group}.")
        ]
        parts.append(f"## `{group}`\n\n{table(head, rows)}")
    return "\n".join(parts)


def outcomes() -> str:
    """Every outcome with its definition, and the smallest difference of it that matters."""
    head = ("outcome", "what", "unit", "better", "matters from", "which is")
    rows = [
        (
            f"`{o.name}`",
            f"**{o.label['en']}**: {o.definition['en']}<br>***{o.label['nl']}**: {o.definition['nl']}*",
            _both(o.unit),
            PRICE if o.price else BETTER[o.better],
            f"{o.matters * o.scale:g}",
            _both(o.matters_because),
        )
        for o in OUTCOMES.values()
    ]
    return table(head, rows)


def _both(text: Text | Mapping[str, str]) -> str:
    """A text in English, and beneath it in Dutch where that is another."""
    english, dutch = (text.en, text.nl) if isinstance(text, Text) else (text["en"], text["nl"])
    return english if english == dutch else f"{english}<br>*{dutch}*"


REGISTERS: Mapping[str, Made] = {
    "parameters.md": {"parameters": parameters},
    "outcomes.md": {"outcomes": outcomes},
}
"""Every part of these documents, by document."""
