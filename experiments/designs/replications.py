"""How many seeds a point gets: a fixed number, or as many as a narrow enough interval takes."""

from dataclasses import dataclass
from typing import Any

from kastje.experiments.phrase import phrase
from kastje.model import OUTCOMES
from kastje.model.errors import missing, unexpected, unknown
from kastje.model.errors import phrase as of_the_model

MOST = 100_000


@dataclass(frozen=True)
class Replications:
    """`first` seeds for every point; with an `outcome`, more (`step` at a time, `most` in all) for the points whose
    95 % interval of that outcome's difference from today is wider than `half_width` to either side."""

    first: int = 20
    """How many seeds every point gets."""
    most: int = 0
    """How many seeds a point gets at most; 0 where the number is fixed."""
    step: int = 10
    """How many more a point gets at a time."""
    outcome: str = ""
    """The outcome whose interval has to be narrow; empty where the number is fixed."""
    half_width: float = 0.0
    """How wide that interval may be to either side, in the outcome's own unit."""

    @classmethod
    def of(cls, data: Any, where: str = "replications") -> "Replications":
        """From a whole number or {first, most, step, outcome, half_width}. Raises InputError with the field."""
        if isinstance(data, int) and not isinstance(data, bool):
            return cls(_whole(data, where, 1))
        if not isinstance(data, dict):
            raise unexpected(where, data, phrase("design.replications"))
        fields = ("first", "most", "step", "outcome", "half_width")
        for key in data:
            if key not in fields:
                raise unknown(where, str(key), fields)
        for key in ("outcome", "half_width"):
            if key not in data:
                raise missing(f"{where}.{key}")
        outcome, width = data["outcome"], data["half_width"]
        if outcome not in OUTCOMES:
            raise unknown(f"{where}.outcome", str(outcome), tuple(OUTCOMES), list_all=False)
        if isinstance(width, bool) or not isinstance(width, (int, float)) or not width > 0.0:
            raise unexpected(f"{where}.half_width", width, phrase("design.half_width"))
        first = _whole(data.get("first", 10), f"{where}.first", 2)
        most = _whole(data.get("most", 100), f"{where}.most", first)
        return cls(first, most, _whole(data.get("step", 10), f"{where}.step", 1), str(outcome), float(width))

    @property
    def is_fixed(self) -> bool:
        """Whether every point gets the same number."""
        return not self.outcome

    def as_data(self) -> int | dict[str, Any]:
        """As it stands in a design's file."""
        if self.is_fixed:
            return self.first
        return {
            "first": self.first,
            "most": self.most,
            "step": self.step,
            "outcome": self.outcome,
            "half_width": self.half_width,
        }


def _whole(value: Any, where: str, low: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= MOST:
        raise unexpected(where, value, of_the_model("expected.whole_within", low=low, high=MOST, unit=""))
    return value
