"""Held against real municipalities: where today's organisation lands, and simulated traces beside real logs."""

import logging
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import solara
from solara.lab import use_task

from kastje.dashboard.research import sheet
from kastje.dashboard.texts import Texts
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.described import described_today
from kastje.dashboard.visit.session import Session
from kastje.dashboard.visit.state import Choice
from kastje.dashboard.work.safely import safely
from kastje.dashboard.work.turns import ESTIMATE, PICTURE, in_turn
from kastje.experiments.logs.patterns.comparison import Beside, beside
from kastje.experiments.logs.patterns.real import real
from kastje.experiments.logs.patterns.simulated import simulated
from kastje.experiments.runs.runner import Runs
from kastje.experiments.studies.bands import Landing, landings
from kastje.model import Scenario
from kastje.model.caches import CACHES, Cache
from kastje.model.reading import Text

log = logging.getLogger("kastje.dashboard")

RUNS = 20
"""As many as the policy page has run of today's organisation, which are kept."""
PERMITS = "permits"
TRACES: Cache[list[Beside]] = CACHES["traces"]
"""The traces of one simulated log; they are the same for everybody and made once."""
LABELS = {
    "Days to decision, median": "trace.median_days",
    "Days to decision, lognormal sigma": "trace.sigma",
    "Decided within 56 days": "trace.within_56",
    "Decided within 98 days": "trace.within_98",
    "Incomplete applications": "trace.incomplete",
    "Median days if incomplete / if complete": "trace.incomplete_ratio",
    "Extended": "trace.extended",
    "Complete: week 8 / week 7": "trace.week_8_7",
    "Complete: week 9 / week 8": "trace.week_9_8",
    "Extended: week 14 / week 13": "trace.week_14_13",
    "Events per case": "trace.events",
    "Handovers per case": "trace.handovers",
    "Handover rate (handovers / transitions)": "trace.handover_rate",
    "Cases with a single handler": "trace.single",
    "Main handler's share of events": "trace.main_share",
    "Handovers from or to the main handler": "trace.main_handovers",
    "A-B-A triples": "trace.aba",
    "Rework events": "trace.rework_events",
    "Rework cases": "trace.rework_cases",
    "Share of time at handovers": "trace.handover_time",
    "Wait over a day at a handover": "trace.wait_handover",
    "Wait over a day with the same handler": "trace.wait_same",
    "Load and whole duration, correlation": "trace.load_duration",
    "Load and days to decision, correlation": "trace.load_decision",
    "Network: employees": "trace.nodes",
    "Network: density": "trace.density",
    "Network: clustering": "trace.clustering",
    "Network: gini of strength": "trace.gini",
    "Network: reciprocity": "trace.reciprocity",
    "Network: modularity": "trace.modularity",
    "Network: modularity above that of a random rewiring": "trace.excess",
    "Network: centralisation": "trace.centralisation",
    "Network: assortativity": "trace.assortativity",
}
"""The sentence of each figure that is compared, by its name in `kastje.experiments.logs.patterns.comparison`."""
REASONS = {
    "": "",
    "few decisions in the real logs": "trace.note_few",
    "how the log is written": "trace.note_writing",
    "how finely the log tells activities apart": "trace.note_fine",
    "how large the organisation is": "trace.note_size",
}
VERDICTS = {
    "met": ("trace.met", "better"),
    "near": ("trace.near", "neutral"),
    "not met": ("trace.not_met", "worse"),
    "not available": ("figure.not_available", "none"),
}
MARKS = {"better": "✓ ", "worse": "✕ ", "neutral": "≈ ", "none": ""}


@dataclass(frozen=True, eq=False)
class Held:
    """What is known so far about a choice's organisation of today: None where it is still being worked out."""

    today: Choice
    bands: Sequence[Landing] | None = None
    traces: Sequence[Beside] | None = None
    done: int = 0
    failed: bool = False


def hold(today: Choice, ticket: Ticket, publish: Callable[[Held], None]) -> None:
    """Work out bands and traces and publish each when it is there; stops when the ticket is withdrawn."""
    now = Held(today)

    def tell(held: Held) -> None:
        if not ticket.withdrawn():
            publish(held)

    try:
        watch = ticket.watch(lambda done, of: tell(replace(now, done=done)))
        found = landings(today.scenario(), Runs(RUNS, Choice.seed, PICTURE, watch))
        if ticket.withdrawn():
            return
        now = replace(now, bands=found, done=RUNS)
        tell(now)
        beside_ = in_turn(traces, ESTIMATE, ticket.watch())
        if beside_ is not None:
            tell(replace(now, traces=beside_))
    except Exception:
        log.exception("holding %s against real municipalities failed", today.query())
        tell(replace(now, failed=True))


def traces() -> list[Beside]:
    """One simulated log of a year of building permits beside those of the three real municipalities."""
    municipalities = list(real().municipalities.values())
    return TRACES.get(PERMITS, lambda: beside(municipalities, [simulated(Scenario.load(PERMITS), 1)]))


@solara.component
def HeldPanel(session: Session) -> None:
    """The bands of the present organisation and the traces; worked out anew when another "today" is chosen."""
    choice, texts = session.choice, session.texts
    today = replace(choice.today(), replications=RUNS, seed=Choice.seed)
    held = solara.use_reactive(solara.use_memo(lambda: Held(today), []))
    ticket = solara.use_memo(Ticket, [today])
    solara.use_effect(lambda: ticket.withdraw, [ticket])
    use_task(lambda: hold(today, ticket, held.set), dependencies=[ticket])
    now = held.value if held.value.today == today else Held(today)
    nothing: dict[str, Any] = {}
    with solara.Div(classes=["r-held"]):
        if now.failed:
            sheet.problem(texts("research.failed"))
        bands = safely(lambda: bands_table(now.bands or (), today, texts), nothing) if now.bands else nothing
        if bands:
            sheet.note(met_text(now.bands or (), texts))
            sheet.Sheet(**bands, name="bands")
        elif not now.failed:
            sheet.note(texts("held.busy", done=now.done, total=RUNS))
        solara.HTML(tag="h3", unsafe_innerHTML=texts("held.traces"))
        sheet.note(texts("held.traces_text"))
        beside_ = safely(lambda: traces_table(now.traces or (), texts), nothing) if now.traces else nothing
        if beside_:
            sheet.note(traces_text(now.traces or (), texts))
            sheet.Sheet(**beside_, name="traces")
        elif not now.failed:
            sheet.note(texts("held.traces_busy"))


def met_text(found: Sequence[Landing], texts: Texts) -> str:
    """How many bands are met, and how many of the rest the profile accounts for."""
    outside = [one for one in found if one.inside is not True]
    reasons = sum(one.reason is not None for one in outside)
    return texts("held.met", met=len(found) - len(outside), total=len(found), outside=len(outside), reasons=reasons)


def bands_table(found: Sequence[Landing], today: Choice, texts: Texts) -> dict[str, Any]:
    """Each figure with its band, today's value, whether it lies inside, and what the profile says of it."""
    words = {
        True: sheet.cell(MARKS["better"] + texts("held.inside"), tone="better", kind="text"),
        False: sheet.cell(MARKS["worse"] + texts("held.outside"), tone="worse", kind="text"),
        None: sheet.cell(texts("figure.not_available"), kind="text"),
    }
    rows = []

    def said(text: Text | None) -> str:
        return text.in_language(texts.language) if text else ""

    for one in found:
        decimals = _decimals(one.band.high)
        low, high = (texts.number(end, decimals) for end in (one.band.low, one.band.high))
        cells = [
            sheet.cell(texts("figure.range", low=low, high=high)),
            sheet.cell(texts.number(one.value, decimals)),
            words[one.inside],
            sheet.cell(said(one.reason), sub=said(one.band.source), kind="text"),
        ]
        rows.append(sheet.row(one.band.label.in_language(texts.language), cells))
    names = [texts(key) for key in ("held.figure", "held.band", "held.today", "held.verdict", "held.reason")]
    caption = texts("held.bands", profile=described_today(today, texts))
    return {"caption": caption, "head": sheet.head(*names, text=(3, 4)), "rows": rows}


def traces_text(found: Sequence[Beside], texts: Texts) -> str:
    """How many figures are met, nearly met and not met."""
    count = {name: sum(one.verdict == name for one in found) for name in VERDICTS}
    return texts("held.traces_met", met=count["met"], near=count["near"], not_met=count["not met"], total=len(found))


def traces_table(found: Sequence[Beside], texts: Texts) -> dict[str, Any]:
    """Each figure in the three real logs and in the simulated one, with the verdict of the one rule for all."""
    rows = []
    for one in found:
        decimals = _decimals(max((abs(v) for v in (*one.real, one.simulated) if math.isfinite(v)), default=1.0))
        key, tone = VERDICTS[one.verdict]
        values = [sheet.cell(texts.number(value, decimals)) for value in (*one.real, one.simulated)]
        verdict = sheet.cell(MARKS[tone] + texts(key), tone=tone, kind="text")
        label, why = LABELS.get(one.figure.label), REASONS.get(one.figure.note)
        said = texts(why) if why else one.figure.note
        rows.append(sheet.row(texts(label) if label else one.figure.label, [*values, verdict], said))
    places = [texts("held.municipality", number=name.rpartition("_")[2]) for name in real().municipalities]
    names = (texts("held.figure"), *places, texts("held.simulated"), texts("held.verdict"))
    return {"caption": texts("held.traces_caption"), "head": sheet.head(*names, text=(len(names) - 1,)), "rows": rows}


def _decimals(size: float) -> int:
    return 3 if size < 1.0 else 2 if size < 10.0 else 1
