"""The plausibility bands of today's organisation: what is known of real municipalities (docs/model.md 1.3).

They are bands, not fits, and stand in `bands.toml`. A profile that leaves one can say why in its notes.
"""

from importlib import resources

from kastje.model.reading import Record, Text, build, parse_toml
from kastje.model.scenario import Scenario

FILE = "bands.toml"
BY_PROCESS = {"event_permit": "permit", "building_permit": "permit", "social_assistance": "assistance"}


class Band(Record):
    """What is known of one figure: from `low` to `high`, by `source`; `name` is the key in `Outcomes.checks`."""

    name: str
    label: Text
    low: float
    high: float
    source: Text


def registry(text: str, where: str) -> dict[str, tuple[Band, ...]]:
    """The bands in the text of a registry, by what they hold for, or an `InputError` that names the field."""
    return {
        group: tuple(build(Band, band | {"name": name}, f"{where}: {group}.{name}") for name, band in bands.items())
        for group, bands in parse_toml(text, where).items()
    }


BANDS = registry(resources.files("kastje.model").joinpath(FILE).read_text(encoding="utf-8"), FILE)


def bands_for(scenario: Scenario) -> list[Band]:
    """The bands that apply to a scenario's profile: contacts if it has a front office, terms by its processes."""
    profile = scenario.profile
    bands = list(BANDS["general"]) if profile.front_office else []
    for process in profile.processes:
        for band in BANDS.get(BY_PROCESS.get(process.id, ""), ()):
            label, title = band.label, process.title
            if len(profile.processes) > 1:
                label = Text(nl=f"{label.nl}: {title.nl}", en=f"{label.en}: {title.en}")
            bands.append(band.model_copy(update={"name": f"{band.name}@{process.id}", "label": label}))
    return bands
