"""The parts of docs/validation.md: where today's organisation lands, when decisions fall, traces, what is not met."""

from collections.abc import Sequence

from kastje.evidence.documents.markdown import Made, table
from kastje.evidence.documents.traces import LOG_DAYS, Traces
from kastje.evidence.documents.weeks import Weeks
from kastje.experiments.logs.patterns.comparison import CHANCE, TOLERANCE
from kastje.experiments.logs.patterns.network import REWIRINGS
from kastje.experiments.logs.patterns.real import real
from kastje.experiments.runs.runner import Runs
from kastje.experiments.studies.bands import Landing, landings
from kastje.model import Scenario

RUNS = 20
LOGS = 10
LARGE_LOGS = 3
"""Runs of a year of each profile, and simulated logs of permits and of each large profile."""


def validation(runs: int = RUNS, logs: int = LOGS, large_logs: int = LARGE_LOGS) -> Made:
    """What makes each part; everything is run here, at once."""
    found: dict[str, list[Landing]] = {}
    weeks = Weeks()
    for name in Scenario.profiles():
        scenario = Scenario.load(name)
        found[name] = landings(scenario, Runs(runs))
        weeks.add(name, scenario, runs)
    traces = Traces.run(logs, large_logs)
    inside = sum(one.inside is True for landed in found.values() for one in landed)
    met = (
        f"{inside} of {sum(map(len, found.values()))} figures lie in their bands.",
        f"Of the traces: {'; '.join(traces.met()) or 'nothing'}.",
    )
    unmet = [*_outside(found), *weeks.unmet(), *traces.unmet()]
    return {
        "runs": lambda: f"Mean over {runs} runs of a year each, seeds 1 to {runs}, every lesson at 0.\n",
        "landings": lambda: "\n".join(_landed(name, landed) for name, landed in found.items()),
        "complete": lambda: weeks.table(weeks.complete),
        "extended": lambda: weeks.table(weeks.extended),
        "shapes": weeks.shapes,
        "rule": lambda: _rule(logs, large_logs),
        "traces": traces.table,
        "islands": traces.islands,
        "met": lambda: _bullets(met),
        "unmet": lambda: _bullets(unmet) or "Everything is met.\n",
    }


def verdict(landing: Landing) -> str:
    """In a word where a figure lands."""
    return {True: "in", False: "**outside**", None: "not available"}[landing.inside]


def _landed(name: str, found: Sequence[Landing]) -> str:
    rows = []
    for one in found:
        figures = (f"{one.band.low:g} .. {one.band.high:g}", f"{one.value:.3g}", verdict(one))
        rows.append((one.band.label.en, *figures, one.reason.en if one.reason else "", one.band.source.en))
    head = ("figure", "band", "today", "verdict", "what the profile says of it", "source of the band")
    return f"### `{name}`\n\n{Scenario.load(name).profile.slice.en}\n\n{table(head, rows)}"


def _outside(found: dict[str, list[Landing]]) -> list[str]:
    return [
        f"{name}: {one.band.label.en} is {one.value:.3g}, not {one.band.low:g} .. {one.band.high:g}. "
        f"{one.reason.en if one.reason else 'The profile does not say why.'}"
        for name, landed in found.items()
        for one in landed
        if one.inside is not True
    ]


def _rule(logs: int, large_logs: int) -> str:
    """What the tables of traces are made of, and by which rule they are judged."""
    made = (
        f"Real logs: {real().citation}.",
        f"Simulated: {logs} logs of `permits` ({large_logs} of each larger profile) of {LOG_DAYS} days each,",
        "seeds from 1 on, every lesson at 0. Each log is measured and the figures are averaged,",
        "except that decisions by week are added up first. The verdict is on that average;",
        "beside it stands how many of the logs would meet it alone.",
    )
    rule = (
        "One rule for all rows: *met* is inside the range of the real logs, widened either way by",
        f"{100 * TOLERANCE:g} % of the middle of that range; *near* is within twice that.",
        "A correlation can lie around 0, where a share of the middle is nothing: it is never held to less than",
        f"{CHANCE:g}, two standard errors in a log of 1,000 cases. A random rewiring is the mean of {REWIRINGS},",
        "in each of which everybody hands over and receives as often as in the log.",
    )
    return f"{' '.join(made)}\n\n{' '.join(rule)}\n"


def _bullets(lines: Sequence[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)
