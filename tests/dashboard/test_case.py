"""The page that follows one case, with no browser: its part of the link, its words, and its parts as they are drawn."""

from dataclasses import replace
from typing import Any

import pytest
import solara

from kastje.dashboard.case import following, page
from kastje.dashboard.case.following import Followed, follow
from kastje.dashboard.case.lines import lines
from kastje.dashboard.case.telling import badge, breath, trouble
from kastje.dashboard.case.wanted import Wanted, read
from kastje.dashboard.case.who import NEEDS, Naming
from kastje.dashboard.case.why import TOTALS, difference_rows, table_rows, total_rows
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.link import read as read_choice
from kastje.dashboard.visit.state import Choice, profile_world
from kastje.experiments.logs.stories import (
    GROUPS,
    KINDS,
    KINDS_OF_STRETCH,
    MEASURE_OF,
    MEASURES,
    PICKS,
)
from kastje.model import Scenario

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("engine")]

TILBURG = profile_world("tilburg").profile
ALL = Choice(steps=(6,) * 8)


def followed_to_the_end(choice: Choice, wanted: Wanted) -> list[Followed]:
    told: list[Followed] = []
    follow(choice, wanted, Ticket(), told.append)
    return told


@pytest.fixture(scope="module")
def gained() -> Followed:
    return followed_to_the_end(ALL, Wanted("event_permit", pick="gained"))[-1]


def test_the_families_are_whole() -> None:
    words = texts("nl")
    assert set(words.group("case_event")) == {*KINDS, "who"}
    assert set(words.group("case_part")) == {*KINDS_OF_STRETCH, "stretch", "stretch_at"}
    assert set(words.group("case_less")) == set(words.group("case_more")) == set(KINDS_OF_STRETCH)
    assert set(words.group("case_diff")) == set(words.group("case_act")) == set(MEASURES)
    assert set(words.group("case_total")) == set(TOTALS)
    assert set(words.group("case_pick")) == set(PICKS)
    assert set(words.group("case_group")) == set(GROUPS)
    assert set(words.group("case_need")) == {*NEEDS.values(), "other"}
    assert set(words.group("case_behind")) == {"lesson", "together", "others"}
    assert set(words.group("case_tone")) == {"better", "worse", "other"}
    assert set(words.group("case_state")) == {"decided", "open", "withdrawn"}
    assert {"lead", *MEASURE_OF.values()} <= set(words.group("case_measure"))
    assert set(words.group("case_unit")) == {"days", "times", "once", "hours", "change"}


def test_there_is_a_need_for_every_kind_of_shipped_application() -> None:
    kinds = {
        (process.id, type_.id)
        for name in Scenario.profiles()
        for process in profile_world(name).profile.processes
        for type_ in process.types
    }
    assert kinds <= set(NEEDS)


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted("event_permit"),
        Wanted("event_permit", "vulnerable", "lost"),
        Wanted("event_permit", "other", case="event_permit-123"),
    ],
)
def test_a_link_carries_the_case(wanted: Wanted) -> None:
    query = Choice().query() + wanted.query()
    assert read(query, TILBURG) == wanted
    choice, problems = read_choice(query)
    assert (choice, problems) == (Choice(), ())


@pytest.mark.parametrize("query", ["", "?who=x&pick=y&case=z", "case=event_permit-1e9", "case=other-3", "who=.."])
def test_a_link_that_cannot_be_is_as_usual(query: str) -> None:
    assert read(query, TILBURG) == Wanted("event_permit")


def test_an_application_for_assistance_comes_first_where_there_is_one() -> None:
    assert read("", profile_world("wageningen").profile).process == "social_assistance"
    assert read("case=event_permit-7", profile_world("wageningen").profile) == Wanted(
        "event_permit", case="event_permit-7"
    )


def test_the_stories_come_first_and_the_reasons_after() -> None:
    told = followed_to_the_end(ALL, Wanted("event_permit"))
    phases = [one.phase for one in told]
    assert phases == ["computing", *["reasons"] * 9, "done", "done"]
    assert [one.done for one in told[1:-2]] == list(range(9))
    assert [one.average is not None for one in told[-2:]] == [False, True]
    assert told[1].today is told[-1].today is not None


def test_a_withdrawn_request_says_nothing_more() -> None:
    ticket, told = Ticket(), []

    def publish(one: Followed) -> None:
        told.append(one.phase)
        if one.phase == "reasons":
            ticket.withdraw()

    follow(ALL, Wanted("event_permit"), ticket, publish)
    assert told == ["computing", "reasons"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_breath_holds_this_cases_numbers(gained: Followed, language: str) -> None:
    naming = Naming(TILBURG, texts(language))
    said = breath(gained, naming)
    assert gained.today is not None
    assert gained.now is not None
    for number in (gained.today.lead_days, gained.now.lead_days, gained.today.counts["stories"]):
        assert texts(language).number(number) in said["answer"]
    name = naming.name(gained.today.resident)
    assert name in said["intro"]
    assert name in said["synthetic"]
    assert "{" not in "".join(said.values())
    assert f"{gained.typical.total}" in said["typical"]


def test_the_middle_case_says_where_the_mean_lies_here_and_on_the_policy_page() -> None:
    last = followed_to_the_end(ALL, Wanted("event_permit"))[-1]
    assert last.typical is not None
    assert last.average is not None
    said = breath(last, Naming(TILBURG, texts("en")))
    for change in (last.typical.median, last.typical.mean):
        assert texts("en").number(change, 1, sign=True) + " days" in said["typical"]
    for run in (last.average.baseline, last.average.scenario):
        assert texts("en").number(run["lead_time_days_mean"], 1) in said["average"]
    lost = replace(last, wanted=Wanted("event_permit", pick="lost"))
    assert "Typical here" not in breath(lost, Naming(TILBURG, texts("en")))["typical"]


def test_without_lessons_both_worlds_are_said_to_be_the_same() -> None:
    last = followed_to_the_end(Choice(), Wanted("event_permit"))[-1]
    naming = Naming(TILBURG, texts("nl"))
    assert last.phase == "done"
    assert last.differences == ()
    assert "nog geen les" in breath(last, naming)["answer"]
    assert [world["name"] for world in lines(last, naming)["worlds"]] == ["today"]


def test_both_lines_are_on_one_scale_and_their_parts_join(gained: Followed) -> None:
    drawn = lines(gained, Naming(TILBURG, texts("nl")))
    ends = [world["stretches"][-1]["to"] for world in drawn["worlds"]]
    assert drawn["days"] == pytest.approx(max(ends))
    for world in drawn["worlds"]:
        at = [block["at"] for block in world["blocks"]]
        assert at == sorted(at)


def test_every_mark_on_a_line_is_a_difference_that_is_told(gained: Followed) -> None:
    naming = Naming(TILBURG, texts("nl"))
    numbers = {row["number"] for row in difference_rows(gained, naming.texts)}
    marks = {
        item["mark"]
        for world in lines(gained, naming)["worlds"]
        for block in world["blocks"]
        for item in block["items"]
    }
    assert marks - {0}
    assert marks - {0} <= numbers
    assert all(row["act"] and row["behind"] for row in difference_rows(gained, naming.texts))


def test_the_table_says_all_that_happened(gained: Followed) -> None:
    rows = table_rows(gained, Naming(TILBURG, texts("en")))
    assert gained.today is not None
    assert sum(row["world"] == "Today" for row in rows) >= len(gained.today.events)
    assert len(total_rows(gained, texts("en"))) == len(TOTALS)


def test_a_number_that_is_not_there_is_said_so() -> None:
    last = followed_to_the_end(ALL, Wanted("event_permit", case="event_permit-99999999"))[-1]
    assert last.phase == "missing"
    assert "99999999" in trouble(last, texts("nl"))
    assert badge(last, texts("nl"))["phase"] == "failed"


def test_a_failure_is_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("/somewhere/of/somebody/file.py")

    monkeypatch.setattr(following, "book", broken)
    last = followed_to_the_end(ALL, Wanted("event_permit"))[-1]
    assert last.phase == "failed"
    assert "file.py" not in trouble(last, texts("nl"))


def test_the_page_follows_what_is_wanted(monkeypatch: pytest.MonkeyPatch, gained: Followed, view, wait_for) -> None:
    asked: list[Wanted] = []

    def made_up(choice: Choice, wanted: Wanted, ticket: Ticket, publish: Any) -> None:
        asked.append(wanted)
        publish(replace(gained, wanted=wanted, choice=replace(choice, steps=(6,) * 8)))

    monkeypatch.setattr(page, "follow", made_up)
    box, context = solara.render(page.Page(), handle_error=False)
    try:
        # What is followed comes on another thread; when that draws the page as somebody acts, it draws that too.
        chooser, header = view(box, "picks"), view(box, "can_undo")
        wait_for(lambda: "pick=typical" in header.query)
        chooser.vue_want({"what": "pick", "value": "lost"})
        wait_for(lambda: "pick=lost" in header.query)
        chooser.vue_want({"what": "group", "value": "vulnerable"})
        wait_for(lambda: "who=event_permit.vulnerable" in header.query)
        chooser.vue_want({"what": "number", "value": "77"})
        wait_for(lambda: "case=event_permit-77" in header.query)
        for wrong in ({"what": "number", "value": "7; drop"}, {"what": "pick", "value": "?"}, {}):
            chooser.vue_want(wrong)
        wait_for(lambda: "case=event_permit-77" in header.query)
        chooser.vue_preset("all_eight")
        wait_for(lambda: "l=shared_information:6,early_participation:6" in header.query)
        assert "case=event_permit-77" in header.query
    finally:
        context.close()
