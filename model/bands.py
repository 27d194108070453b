"""The plausibility bands of today's organisation: what is known of real municipalities (docs/model.md 1.3).

They are bands, not fits. A profile that leaves one can say why in its notes, under the name of the band.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from model.scenario import Scenario


@dataclass(frozen=True)
class Band:
    """What is known of one figure: from `low` to `high`, by `source`; `name` is the key in `Outcomes.checks`."""

    name: str
    label: Mapping[str, str]
    low: float
    high: float
    source: str


def _band(name: str, nl: str, en: str, low: float, high: float, source: str) -> Band:
    return Band(name, {"nl": nl, "en": en}, low, high, source)


GENERAL = (
    _band(
        "contacts_per_inhabitant",
        "Contacten per inwoner per jaar",
        "Contacts per inhabitant and year",
        1.1,
        1.4,
        "'s-Hertogenbosch 2019, Almere",
    ),
    _band(
        "calls_per_inhabitant",
        "Telefoontjes per inwoner per jaar",
        "Calls per inhabitant and year",
        0.9,
        1.2,
        "'s-Hertogenbosch 2019: about 1.06",
    ),
    _band(
        "first_contact_resolution",
        "In één keer beantwoord",
        "Answered fully at first contact",
        0.3,
        0.6,
        "2014: 5 % of municipalities reached 0.8, a third handled half",
    ),
    _band(
        "calls_within_25s",
        "Opgenomen binnen 25 seconden",
        "Calls answered within 25 s",
        0.37,
        0.71,
        "'s-Hertogenbosch 2016-2019",
    ),
    _band("calls_abandoned", "Opgehangen", "Calls abandoned", 0.03, 0.19, "'s-Hertogenbosch 2016-2019"),
    _band(
        "avoidable_contact_share",
        "Vermijdbare contacten",
        "Avoidable contacts",
        0.2,
        0.6,
        "practitioners' range (weak)",
    ),
    _band(
        "satisfaction_personal",
        "Cijfer na telefoon en balie",
        "Mark after phone and counter",
        7.0,
        9.0,
        "Groningen 2016, Stichtse Vecht 2018",
    ),
    _band("satisfaction_web", "Cijfer na web", "Mark after the web", 5.5, 6.5, "Groningen 5.9, Stichtse Vecht 6"),
    _band(
        "satisfaction_municipality",
        "Cijfer voor de gemeente",
        "Mark for the municipality",
        6.0,
        7.0,
        "burgerpeiling about 6.8; Ombudsman 2019 a 6",
    ),
    _band("knows_vision", "Kent de visie", "Knows the vision", 0.8, 1.0, "the source publication (in words)"),
    _band(
        "acts_on_vision",
        "Handelt ernaar",
        "Acts on it when the occasion is there",
        0.0,
        0.4,
        "the source publication (in words)",
    ),
    _band("sick_leave", "Ziekteverzuim", "Sick leave", 0.061, 0.067, "Personeelsmonitor 2022-2023, by province"),
    _band("turnover", "Instroom per jaar", "Inflow a year", 0.147, 0.167, "Personeelsmonitor 2022, by province"),
    _band("mobility", "Interne doorstroom per jaar", "Internal mobility a year", 0.03, 0.10, "Personeelsmonitor 2022"),
    _band(
        "busiest_department",
        "Bezetting van de drukste afdeling",
        "Utilisation of the busiest department",
        0.75,
        0.95,
        "design band",
    ),
    _band(
        "pillar_to_post_share",
        "Van het kastje naar de muur",
        "From pillar to post",
        0.005,
        0.25,
        "the source publication: some residents, with a heavy tail",
    ),
    _band(
        "most_bounces",
        "Meeste doorverwijzingen van een inwoner",
        "Most referrals of one resident",
        4.0,
        40.0,
        "the source publication: a heavy tail",
    ),
)
PERMIT = (
    _band(
        "decided_in_56_days",
        "Besloten binnen 56 dagen",
        "Decided within 56 days",
        0.62,
        0.75,
        "event logs of three municipalities",
    ),
    _band(
        "incomplete_share",
        "Onvolledige aanvragen",
        "Incomplete applications",
        0.18,
        0.26,
        "event logs of three municipalities",
    ),
    _band("extended_share", "Verlengd", "Extended", 0.01, 0.13, "event logs of three municipalities"),
)
ASSISTANCE = (
    _band(
        "decided_in_8_weeks",
        "Besloten binnen 8 weken (zonder opschorting)",
        "Decided within 8 weeks (suspension left out)",
        0.89,
        0.92,
        "Groningen 2015, 2016",
    ),
)
BY_PROCESS = {"event_permit": PERMIT, "building_permit": PERMIT, "social_assistance": ASSISTANCE}


def bands_for(scenario: Scenario) -> list[Band]:
    """The bands that apply to a scenario's profile: contacts if it has a front office, terms by its processes."""
    profile = scenario.profile
    bands = list(GENERAL) if profile.front_office else []
    for process in profile.processes:
        for band in BY_PROCESS.get(process.id, ()):
            title = {"nl": f": {process.title.nl}", "en": f": {process.title.en}"} if len(profile.processes) > 1 else {}
            label = {language: text + title.get(language, "") for language, text in band.label.items()}
            bands.append(replace(band, name=f"{band.name}@{process.id}", label=label))
    return bands
