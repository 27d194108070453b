"""What an analysis found, as one document, and as tables and pictures beside its runs."""

from typing import Any

from kastje.experiments.runs.carry import Swept
from kastje.experiments.runs.tables import write_tables
from kastje.experiments.studies.sensitivity.answer import Answer
from kastje.experiments.studies.sensitivity.question import Question


def document(asked: Question, found: Answer, swept: Swept) -> dict[str, Any]:
    """Everything that was found, as plain data."""
    design = asked.design
    return {
        **swept.as_dict(),
        "method": asked.method,
        "of": asked.of,
        "profile": design.profile,
        "factors": {factor.name: factor.as_data() for factor in design.factors},
        "fixed": dict(design.fixed),
        "size": design.size,
        "points": len(design),
        "replications": design.replications.first,
        "seed": design.seed,
        "outcomes": found.as_dict(),
    }


def write(asked: Question, found: Answer, swept: Swept) -> list[str]:
    """Write the tables and the pictures beside the runs; gives the pictures' names."""
    from kastje.experiments.studies.sensitivity.picture import draw
    from kastje.experiments.studies.sheet import FOLDER, caption_of

    folder = swept.store.folder
    write_tables(folder, {"indices": found.indices, "figures": found.figures})
    return draw(asked, found, folder / FOLDER, caption_of(swept.store.manifest))
