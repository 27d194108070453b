"""What a search found, as one document, and as a picture beside its runs."""

from typing import Any

from kastje.experiments.designs import Design, Factor
from kastje.experiments.runs.carry import Swept
from kastje.experiments.studies.discovery.condition import Condition
from kastje.experiments.studies.discovery.prim import Discovery
from kastje.experiments.studies.discovery.tables import limits_of, shares


def words(conditions: tuple[Condition, ...]) -> str:
    """All conditions as one text."""
    return " and ".join(str(condition) for condition in conditions)


def document(
    design: Design, conditions: tuple[Condition, ...], certain: bool, found: Discovery, swept: Swept
) -> dict[str, Any]:
    """Everything that was found, as plain data."""
    factors = {factor.name: factor for factor in design.factors}
    return {
        **swept.as_dict(),
        "profile": design.profile,
        "where": [str(condition) for condition in conditions],
        "certain": certain,
        "factors": {name: factor.as_data() for name, factor in factors.items()},
        "fixed": dict(design.fixed),
        "points": found.points,
        "interest": found.interest,
        "replications": design.replications.first,
        "seed": design.seed,
        "boxes": [{**shares(box), "limits": limits_of(box, factors)} for box in found.boxes],
        "why_none": found.why,
    }


def picture(found: Discovery, factors: dict[str, Factor], conditions: tuple[Condition, ...], swept: Swept) -> None:
    """Draw the boxes into the folder of the runs; the picture of an earlier question goes."""
    from kastje.experiments.studies.discovery.picture import draw
    from kastje.experiments.studies.sheet import FOLDER, caption_of

    draw(found, factors, words(conditions), swept.store.folder / FOLDER, caption_of(swept.store.manifest))
