"""By what is a difference judged? Which way is an improvement, and the smallest difference that matters."""

from dataclasses import dataclass

from kastje.model import OUTCOMES

ACT = "act."
"""Before the name of an act: the share of its occasions at which it was done."""


@dataclass(frozen=True)
class Yardstick:
    """Laid down before any run. `better`: -1 lower is an improvement, 1 higher is, 0 neither. `matters`: the smallest
    difference that matters, in the figure's own numbers; 0 where every one does, so that none is hardly any."""

    better: int
    matters: float = 0.0


PLAIN = Yardstick(0)
"""Of what is neither good nor bad, and any size of which counts."""

OF_ACTS = Yardstick(0, 0.02)
"""Of an act: two in a hundred occasions. More of it is a way to something, and no improvement by itself."""

FIGURES = {
    "utilisation": Yardstick(OUTCOMES["staff_utilisation"].improves, OUTCOMES["staff_utilisation"].matters),
    "backlog_hours": Yardstick(-1, 8.0),
    "staff": PLAIN,
    "weeks_until_back": Yardstick(-1, 1.0),
    "worst_ratio": Yardstick(-1, 0.1),
    "not_back_within_a_year": Yardstick(-1, 0.05),
    "collapse": Yardstick(-1, 0.05),
    "tipping_ratio_calm": Yardstick(OUTCOMES["tipping_ratio"].improves, OUTCOMES["tipping_ratio"].matters),
}
"""Of figures that are no outcome, by name. Backlog: a working day of one employee; recovery: a week, a tenth of the
calm lead time, one run in twenty. Status of each: assumed, as in model/outcomes.toml."""


def yardstick(name: str) -> Yardstick:
    """The yardstick of an outcome, of `act.NAME`, or of another figure. Raises KeyError for one that does not exist."""
    if name in OUTCOMES:
        return Yardstick(OUTCOMES[name].improves, OUTCOMES[name].matters)
    return OF_ACTS if name.startswith(ACT) else FIGURES[name]
