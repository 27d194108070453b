"""Files wait for whoever has their link: bounded in bytes and in time, opened by their digest and by nothing else."""

import gc
import random
import threading
from collections.abc import Callable

import pytest

from kastje.dashboard.own.own import DIGITS, Absent, Own
from kastje.dashboard.own.uploads import Uploads
from kastje.dashboard.server.limits import Limits
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.header import profiles_for
from kastje.dashboard.visit.history import History
from kastje.dashboard.visit.link import read
from kastje.dashboard.visit.problems import sentence
from kastje.dashboard.visit.state import Choice
from kastje.model import InputError

HOUR = 3600.0


class Clock:
    """A clock that stands still until it is moved, and the alarms that were set on it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.alarms: list[tuple[float, Callable[[], None]]] = []

    def __call__(self) -> float:
        return self.now

    def alarm(self, seconds: float, act: Callable[[], None]) -> None:
        self.alarms.append((self.now + seconds, act))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def room(clock: Clock) -> Uploads:
    return Uploads(hours=12, megabytes=1, clock=clock, alarm=clock.alarm)


def size_of(own: Own) -> int:
    return sum(len(name) + len(text.encode()) for name, text in own.files)


def steps(own: Own, size: int) -> str:
    """The process of an own municipality once more, made long by a comment."""
    text = dict(own.files)["steps.toml"]
    return text + "#" * (size - len(text))


def test_what_was_handed_in_comes_back_as_it_was(room: Uploads, mine) -> None:
    own = mine()
    room.put(own)
    assert room.get(own.digest) is own
    assert room.size == size_of(own)
    digest, key = own.digest, own.world.key()
    del own
    gc.collect()
    again = room.get(digest)
    assert again is not None
    assert (again.digest, again.world.key(), again.main) == (digest, key, "mine.toml")


def test_the_same_files_count_once_whatever_their_order(room: Uploads, mine) -> None:
    own = mine()
    room.put(own)
    room.put(Own(own.digest, own.world, own.files[::-1], own.main))
    assert room.size == size_of(own)
    assert mine().digest == own.digest != mine("Ander dorp").digest
    assert len(own.digest) == DIGITS


def test_what_was_used_least_recently_goes_when_there_is_no_room(room: Uploads, mine) -> None:
    large = [mine(**{f"more{number}.toml": steps(mine(), 240_000)}) for number in range(5)]
    for own in large[:3]:
        room.put(own)
    assert room.get(large[0].digest) is not None
    room.put(large[3])
    room.put(large[4])
    assert [room.get(own.digest) is not None for own in large] == [True, False, True, True, True]
    assert room.size == sum(size_of(own) for own in (large[0], *large[2:])) <= 1e6
    room.bound(hours=12, megabytes=0.3)
    assert [room.get(own.digest) is not None for own in large] == [False, False, False, False, True]


def test_what_nobody_uses_for_twelve_hours_is_gone_and_every_use_counts(room: Uploads, clock: Clock, mine) -> None:
    used, unused = mine(), mine("Ander dorp")
    room.put(used)
    room.put(unused)
    for _ in range(3):
        clock.now += 11 * HOUR
        assert room.get(used.digest) is used
    assert room.get(unused.digest) is None
    clock.now += 12 * HOUR
    assert room.get(used.digest) is None
    assert room.size == 0


def test_it_is_let_go_of_even_when_nobody_comes_by(room: Uploads, clock: Clock, mine) -> None:
    own = mine()
    room.put(own)
    clock.now += 5 * HOUR
    room.keep([own])
    ((when, ring),) = clock.alarms
    clock.now = when
    ring()
    assert room.size == size_of(own)
    when, ring = clock.alarms[-1]
    assert when == clock.now + 5 * HOUR
    clock.now = when
    ring()
    assert room.size == 0
    assert len(clock.alarms) == 2


def test_many_at_once_keep_the_count(room: Uploads, mine) -> None:
    owns = [mine(f"Dorp {number}", **{"more.toml": steps(mine(), 90_000)}) for number in range(16)]

    def come_and_go(seed: int) -> None:
        order = random.Random(seed)
        for _ in range(200):
            own = order.choice(owns)
            if order.random() < 0.5:
                room.put(own)
            else:
                found.append(room.get(own.digest) in (None, own))

    found: list[bool] = []
    threads = [threading.Thread(target=come_and_go, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found
    assert all(found)
    kept = [own for own in owns if room.get(own.digest) is not None]
    assert 0 < room.size == sum(size_of(own) for own in kept) <= 1e6


@pytest.mark.parametrize(
    "digest",
    ["", "0" * 31, "0" * 33, "A" * 32, "g" * 32, "٣" * 32, "../../etc/passwd", "%2e%2e%2f", "' OR 1=1 --",
     "0" * 32 + "%00", "<script>alert(1)</script>", "0" * 100_000, "own", "None"],
)  # fmt: skip
def test_a_digest_that_cannot_be_is_looked_for_nowhere(digest: str) -> None:
    def find(_: str) -> Own | None:
        raise AssertionError("looked for")

    choice, problems = read(f"profile=own&own={digest}&s=10000000", find)
    assert (choice.profile, choice.own) == ("tilburg", None)
    assert [problem.name for problem in problems] == ["own"]
    assert all("<" not in sentence(problems[0], texts(lang)) for lang in LANGUAGES)
    pinned, wrong = read(f"pin=x~s~00000000~profile~own~own~{digest}", find)
    assert pinned.pins == ()
    assert [problem.name for problem in wrong] == ["pin"]


def test_a_digest_that_nobody_sent_becomes_no_other_municipality(mine) -> None:
    query = f"lang=en&profile=own&own={'0' * 32}&l=shared_information:1&staff=somewhere:80&n=2"
    choice, problems = read(query, lambda _: None)
    assert (choice.own, problems) == (Absent("0" * 32), ())
    assert choice.absent
    assert choice.query() == query
    assert choice.given(mine()) == choice
    with pytest.raises(InputError, match="sent again"):
        choice.scenario()


def test_a_digest_beside_a_shipped_municipality_opens_nothing() -> None:
    choice, problems = read(f"profile=groningen&own={'0' * 32}")
    assert choice == Choice(profile="groningen")
    assert [problem.name for problem in problems] == ["unknown"]


def test_who_has_no_link_sees_nothing(uploads: Uploads, mine) -> None:
    own = mine("Geheim dorp")
    uploads.put(own)
    for lang in LANGUAGES:
        listed = profiles_for(History(Choice()), texts(lang))
        assert "Geheim" not in str(listed)
        assert own.digest[:6] not in str(listed)


def test_the_limits_of_the_environment_hold() -> None:
    limits = Limits.from_environment({"KASTJE_OWN_HOURS": "2", "KASTJE_OWN_MEGABYTES": "5"})
    assert (limits.own_hours, limits.own_megabytes) == (2, 5)
    with pytest.raises(ValueError, match="KASTJE_OWN_HOURS"):
        Limits.from_environment({"KASTJE_OWN_HOURS": "0"})
