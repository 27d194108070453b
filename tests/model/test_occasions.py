"""Every draw decides one thing: what keeps draws apart stands in one place, and its numbers never meet."""

import ast
import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kastje.agents.acts import Act
from kastje.model import occasions as o
from kastje.model.cases import RETURNS_MOST
from kastje.model.chance import Purpose
from kastje.model.contacts import TRIES_MOST
from kastje.model.network import CROSS_TIES
from kastje.model.parameters import find
from kastje.model.process import MOST_STEPS
from kastje.model.profile import MOST_DEPARTMENTS
from kastje.model.records import CAUSES
from kastje.model.residents import WANTED

Numbers = Sequence[int]
Told = tuple[str, tuple[int, ...], int]
"""What an occasion is of: its kind, what tells it apart within the kind, and its number."""


def upto(high: int, low: int = 0) -> list[int]:
    """Values from `low` to `high`: the first and the last, and those around every power of two, where bits end."""
    around = {(1 << bits) + k for bits in range(high.bit_length()) for k in (-2, -1, 0, 1)}
    return sorted({value for value in {low, low + 1, high - 1, high} | around if low <= value <= high})


YEARS = int(find("horizon_days").high + find("runin_days").high) // 365 + 1
DAYS = 365 * YEARS
RETURNS, STEPS_OF_A_PROCESS, TRIES = range(RETURNS_MOST + 1), range(MOST_STEPS), range(TRIES_MOST + 1)
A_DAY = 4 * DAYS
"""As many contacts and calls as if a resident asked four times a day until the very end."""
OFTEN = 5000
"""As many visits to an item as a step that fails nine hundred and ninety-eight times in a thousand may need."""


def of(kind: str, number: Callable[..., int], *parts: Numbers) -> list[Told]:
    return [(kind, told, int(number(*told))) for told in itertools.product(*parts)]


def within(items: list[Told], number: Callable[..., int], *parts: Numbers) -> list[Told]:
    """Occasions that are made of other ones and more besides."""
    return [
        (kind, (*told, *more), int(number(item, *more)))
        for kind, told, item in items
        for more in itertools.product(*parts)
    ]


STEPS = of("step", o.occasion_of_step, RETURNS, STEPS_OF_A_PROCESS)
CONTACTS = of("contact", o.occasion_of_contact, upto(A_DAY, 1), TRIES)
CALLBACKS = of("callback", o.occasion_of_callback, upto(A_DAY, 1))
ITEMS = [*STEPS, *CONTACTS, *CALLBACKS]
VISITS = within(ITEMS, o.occasion_of_visit, upto(OFTEN, 1))
STEP_VISITS = within(STEPS, o.occasion_of_visit, upto(OFTEN, 1))
REPEATS = within(STEPS, o.occasion_of_repeat, upto(OFTEN))
VOLUNTEERS = [
    # Between two searches of a step it is repeated: each number of repeats has one visit, here every third.
    ("volunteer", (*told, repeat, step), int(o.occasion_of_volunteer(item, 3 * repeat + 1, repeat, step)))
    for _, told, item in STEPS
    for repeat in [*range(9), *upto(255)]
    for step in (-1, *STEPS_OF_A_PROCESS)
]
RULINGS = [("manager", told, int(o.occasion_of_ruling(visit, 1))) for _, told, visit in STEP_VISITS]
SEATS = of("seat", o.occasion_of_seat, range(-1, MOST_STEPS))
PURPOSES: dict[str, list[Told]] = {
    "SERVICE": REPEATS + within(CONTACTS, o.occasion_of_visit, upto(OFTEN, 1)),
    "REPEAT": REPEATS,
    "NOISE": of("salience", o.occasion_of_salience, RETURNS, upto(8 * MOST_DEPARTMENTS)),
    "every act but VOLUNTEER and BEND, and what is drawn once a visit": VISITS,
    "VOLUNTEER": VOLUNTEERS,
    "BEND, of a step that guards criteria and searches": STEP_VISITS + RULINGS,
    "MISROUTE, WRONG_TEAM, TRANSIT": ITEMS + VISITS,
    "DELAY": of("opening", o.occasion_of_opening, upto(A_DAY), TRIES) + ITEMS + VISITS,
    "CHANNEL": [*CONTACTS, ("first", (0,), 0), ("first", (1,), 1)],
    "COLLIDE": of("collision", o.occasion_of_collision, RETURNS, STEPS_OF_A_PROCESS, STEPS_OF_A_PROCESS),
    "FOUND": of(
        "component",
        o.occasion_of_component,
        RETURNS,
        STEPS_OF_A_PROCESS,
        upto(255),
        upto(int(find("discretion_hours").high / 0.5)),
        range(WANTED),
    ),
    "HELPERS": SEATS + of("fellow", o.occasion_of_fellow, STEPS_OF_A_PROCESS),
    "SPARED": within(VISITS, o.occasion_of_cause, range(CAUSES)),
    "DROPPED": within(STEPS, o.occasion_of_day, upto(DAYS)),
    "HEARS": of("listener", o.occasion_of_listener, RETURNS, range(int(find("listeners").high))),
    "LEAVE": of("leave", o.occasion_of_leave, range(YEARS + 1), range(60)),
    "SESSION": of(
        "session", o.occasion_of_session, upto(DAYS // 7), range(int(find("sessions_per_year").high) // 52 + 1)
    ),
    "PAIR": [
        told for told in of("pair", o.occasion_of_pair, *[range(MOST_DEPARTMENTS)] * 2) if told[1][0] <= told[1][1]
    ],
    "TIE": of("tie", lambda k: k, range(CROSS_TIES)) + of("team", o.occasion_of_known_team, upto(8 * MOST_DEPARTMENTS)),
}


@pytest.mark.parametrize("purpose", PURPOSES)
def test_two_occasions_of_a_purpose_have_two_numbers(purpose: str) -> None:
    """Also around the ends of every part's bits, where one would run over into its neighbour."""
    by_number: dict[int, tuple[str, tuple[int, ...]]] = {}
    for kind, told, number in PURPOSES[purpose]:
        assert by_number.setdefault(number, (kind, told)) == (kind, told)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_number_that_has_outgrown_its_bits_stays_apart_from_every_purpose(purpose: str) -> None:
    """An occasion lies beside the purpose, that begins 32 bits up; from bit 40 on there is no purpose."""
    for _, told, number in PURPOSES[purpose]:
        assert 0 <= number < 1 << 63, told
        assert number & ((1 << 40) - 1) < 1 << 32, told


@given(
    st.integers(0, 100),
    st.tuples(st.integers(-1, 60), st.integers(1, 1 << 39)),
    st.integers(0, 100_000),
    st.integers(0, 60_000),
)
def test_two_entities_have_two_numbers(stream: int, need: tuple[int, int], employee: int, resident: int) -> None:
    numbers = [
        o.entity_of_stream(stream),
        o.entity_of_need(*need),
        o.entity_of_employee(employee),
        o.entity_of_resident(resident),
        o.ORGANISATION,
    ]
    assert len(set(map(int, numbers))) == len(numbers)
    assert o.number_of_need(o.entity_of_need(*need)) == need[1]


def test_no_two_purposes_have_one_number_and_every_act_has_one_of_its_own() -> None:
    """Acts have the numbers from ACT on: one too many would have the draws of the purpose that comes after."""
    numbers = [int(p) for p in Purpose if p is not Purpose.ACT] + [Purpose.ACT + act for act in Act]
    assert len(set(numbers)) == len(numbers) == len(Purpose.__members__) + len(Act) - 1
    assert max(numbers) < 1 << 8


def occasions(root: Path) -> Iterator[tuple[str, ast.expr]]:
    """Every expression in the model that says on which occasion something is drawn, with where it stands."""
    last = ("draw", "drawn", "acts", "new_item", "spared", "refers", "send_on", "aim", "member_of", "leaves_fault")
    for path in sorted((root / "model").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in last and node.args:
                yield f"{path.name}:{node.lineno}", node.args[-1]
            elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "occasion":
                yield f"{path.name}:{node.lineno}", node.value


def test_numbers_of_occasions_are_made_in_one_place_only(root: Path) -> None:
    found = list(occasions(root))
    assert len(found) > 80
    assert [where for where, node in found if any(isinstance(part, ast.BinOp) for part in ast.walk(node))] == []


RECORDED = Path(__file__).parent / "recorded_draws.py"
LOOKED_AT_AGAIN = {
    "SERVICE": "the same piece of work, taken up again",
    "NOISE": "how much a case stands out to a team",
    "TEAM": "the team that does a role for a need",
    "HELPERS": "who of a team is asked",
    "SEEN": "whether the intake sees what is missing",
    "DEVIATION": "how far the owner wants to deviate at a step",
    "EXTENDED": "whether a case is one whose term is extended",
    "COLLIDE": "whether two pieces of advice collide",
    "PERMITTED": "whether what is found needs a word from above, after each return",
    "STATUS": "how long an applicant waits before asking for the so many-th time, whoever came back included",
    "DELAY": "how long after the opening a resident calls, however often they meant to before it",
}
"""What is drawn again where the same thing is asked again; in every other purpose a number is used once."""


@pytest.mark.parametrize("demanding", [False, True], ids=["as shipped", "every step searches, guards and repeats"])
def test_no_number_decides_two_things_in_a_run(demanding: bool) -> None:
    """The draws of a run, interpreted, are written down: which purposes draw one number at two moments or places."""
    env = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(
        [sys.executable, str(RECORDED), "demanding" if demanding else "shipped"],
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    counted, *twice = done.stdout.split()
    assert int(counted) > 50_000
    assert set(twice) <= set(LOOKED_AT_AGAIN)


def test_every_draw_is_made_under_the_name_of_its_own_purpose(root: Path) -> None:
    """Whoever takes another's purpose has to call it something else: `_SPARED = Purpose.SIMPLE` was one."""
    taken: set[str] = set()
    for path in sorted((root / "model").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        taken |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_purpose(node)}
        for node in tree.body:
            if not isinstance(node, ast.Assign):
                continue
            names = [ast.unparse(one) for one in ast.walk(node.targets[0]) if isinstance(one, ast.Name)]
            purposes = [one.attr for one in ast.walk(node.value) if isinstance(one, ast.Attribute) and _is_purpose(one)]
            if purposes:
                assert [n for n, p in zip(names, purposes, strict=True) if n.strip("_") not in p] == [], path.name
    assert taken == set(Purpose.__members__)


def _is_purpose(node: ast.Attribute) -> bool:
    return ast.unparse(node.value) == "Purpose"
