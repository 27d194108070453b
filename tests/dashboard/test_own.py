"""An own municipality holds: in the link, in pins, over undo and redo, in every file, and when its files are gone."""

import base64
import csv
import io
import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest
import solara

from kastje.dashboard.inputs.own_panel import OwnPanel
from kastje.dashboard.own.own import OWN, Absent, Own, own_of
from kastje.dashboard.policy.footer import file_of
from kastje.dashboard.policy.pins_panel import rows_of as pin_rows
from kastje.dashboard.report.reproduce import snippet
from kastje.dashboard.routes import Layout
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.answer import Answer
from kastje.dashboard.visit.header import Header
from kastje.dashboard.visit.link import pages_part, read
from kastje.dashboard.visit.notice import Notice
from kastje.dashboard.visit.scenario_file import loaded, scenario_text
from kastje.dashboard.visit.state import Choice
from kastje.experiments.stamp import parquet_metadata
from kastje.model import InputError, Scenario


def sent(own: Own) -> list[dict[str, str]]:
    """Its files as a browser sends them."""
    return [{"name": name, "text": text} for name, text in own.files]


@pytest.fixture
def own(mine) -> Own:
    return mine()


@pytest.fixture
def edited(own: Own) -> Choice:
    """Everything that can be edited is edited."""
    choice = Choice(lang="en", profile=OWN, own=own, steps=(0, 0, 0, 4, 0, 0, 0, 6), load=1.1, start=30, ramp=10)
    return choice.with_parameter("alpha", 0.2).with_parameter("vulnerable_share", 0.3).with_staff("legal", 120)


@pytest.fixture
def router(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """An address bar: `search` is what it says, `pushed` where the page went."""
    pushed: list[str] = []
    found = SimpleNamespace(path="/case", search="", pushed=pushed, push=pushed.append)
    monkeypatch.setattr(solara, "use_router", lambda: found)
    return found


def test_a_link_gives_the_very_same_municipality(uploads, edited: Choice, own: Own) -> None:
    uploads.put(own)
    choice, problems = read(edited.query())
    assert (choice, problems) == (edited, ())
    assert choice.own is own
    assert choice.scenario().key() == edited.scenario().key()


def test_pins_of_several_municipalities_come_back_and_say_whose_they_are(uploads, mine, edited: Choice) -> None:
    twin = mine(**{"steps.toml": dict(mine().files)["steps.toml"] + "# another text\n"})
    other = mine("Ander dorp")
    for one in (edited.own, twin, other):
        uploads.put(one)
    choice = replace(edited.with_pin("hier"), own=twin, staff=()).with_pin("tweeling")
    choice = replace(choice, own=other).with_pin("elders")
    choice = replace(choice, profile="groningen")
    assert choice.own is None
    again, problems = read(choice.query())
    assert (again, problems) == (choice, ())
    assert len({pin.choice.scenario().key() for pin in again.pins}) == 2  # twin differs in a comment only
    assert len({pin.choice.municipality for pin in again.pins}) == 3
    rows = pin_rows(again, Answer(again), {}, texts("nl"))[2:]
    assert [row["about"].split(" · ")[0] for row in rows] == [
        f"Ons dorp (eigen) {edited.own.digest[:6]}",
        f"Ons dorp (eigen) {twin.digest[:6]}",
        "Ander dorp (eigen)",
    ]
    assert all("heeft een ander" in row["about"] for row in rows)


def test_without_its_files_a_pin_waits_and_nothing_is_made_up(a_session, view, mine, edited: Choice) -> None:
    link = replace(edited.with_pin("hier"), profile="groningen", staff=()).query()
    choice, problems = read(link, lambda _: None)
    assert problems == ()
    assert choice.query() == link
    (row,) = pin_rows(choice, Answer(choice), {}, texts("nl"))[2:]
    assert (row["value"], row["change"], row["absent"]) == ("–", "–", True)
    assert "bestanden nodig" in row["about"]
    session = a_session(choice)
    box, context = solara.render(Notice(session, ()), handle_error=False)
    assert "‘hier’" in view(box, "skip").lines[0]
    session.take_pin(0)
    assert session.choice == choice
    session.move({"control": "load", "value": 1.3, "move": 1})
    session.arrived(edited.own)
    assert view(box, "skip").lines == []
    session.undo()
    assert session.choice.pins[0].choice.scenario().key() == edited.scenario().key()
    assert session.choice.query() == link
    context.close()


def test_an_upload_can_be_undone_and_redone(uploads, a_session, view, own: Own) -> None:
    session = a_session(Choice(steps=(1,) * 8))
    session.move({"control": "staff:legal", "value": 80, "move": 1})
    box, context = solara.render(OwnPanel(session), handle_error=False)
    panel = view(box, "result")
    panel.vue_load({"files": sent(own)})
    assert panel.result["good"]
    assert (session.choice.own, session.choice.steps, session.choice.staff) == (own, (1,) * 8, ())
    panel.vue_edit({"name": "alpha", "value": "0,2"})
    after = session.choice
    for _ in range(2):
        session.undo()
    assert (session.choice.profile, session.choice.staff) == ("tilburg", (("legal", 80.0),))
    for _ in range(2):
        session.redo()
    assert session.choice == after
    assert read(after.query()) == (after, ())
    assert after.scenario().value("alpha") == 0.2
    context.close()


def test_the_same_files_bring_the_same_link_back_with_all_that_was_chosen(edited: Choice) -> None:
    absent, _ = read(edited.query(), lambda _: None)
    assert absent.own == Absent(edited.own.digest)
    assert absent.query() == edited.query()
    assert loaded(sent(edited.own), absent)[0] == edited
    saved = [{"name": "s.toml", "text": scenario_text(edited)}]
    assert loaded(saved, absent)[0] == edited
    bare = scenario_text(edited).partition("[files]")[0]
    with pytest.raises(InputError, match="field files is missing"):
        loaded([{"name": "s.toml", "text": bare}], absent)


def shown(view: Any, box: Any, trait: str) -> bool:
    try:
        view(box, trait)
    except StopIteration:
        return False
    return True


def test_in_place_of_a_page_the_files_are_asked_for(uploads, router, view, edited: Choice) -> None:
    router.search = edited.query() + "&case=event_permit-7"
    box, context = solara.render(Layout([solara.Text("the page")]), handle_error=False)
    panel, header = view(box, "absent"), view(box, "query")
    assert panel.absent
    assert header.query == router.search
    assert next(page["name"] for page in header.pages if page["here"]) == "case"
    assert not shown(view, box, "lessons")
    panel.vue_load({"files": [{"name": "mine.toml", "text": "broken"}]})
    assert view(box, "absent").result["good"] is False
    panel.vue_load({"files": sent(edited.own)})
    assert not shown(view, box, "absent")
    assert router.pushed == []
    assert uploads.get(edited.own.digest) == edited.own
    context.close()


def test_other_files_than_the_links_are_another_link(uploads, router, view, mine, edited: Choice) -> None:
    router.search = edited.query() + "&case=event_permit-7"
    _, context = solara.render(Layout([]), handle_error=False)
    other = mine("Ander dorp")
    view(_, "absent").vue_load({"files": sent(other)})
    (pushed,) = router.pushed
    choice, problems = read(pushed.partition("?")[2])
    assert pushed.startswith("/case?")
    assert pages_part(pushed) == "&case=event_permit-7"
    assert (choice.own, choice.steps, problems) == (other, edited.steps, ())
    context.close()


def test_a_tab_sends_by_itself_only_what_the_link_asks_for(uploads, router, view, mine, edited: Choice) -> None:
    router.search = edited.query()
    box, context = solara.render(Layout([solara.Text("the page")]), handle_error=False)
    view(box, "absent").vue_load({"files": sent(mine("Ander dorp")), "restored": True})
    assert view(box, "absent").absent
    assert router.pushed == []
    view(box, "absent").vue_load({"files": sent(edited.own), "restored": True})
    assert not shown(view, box, "absent")
    context.close()


def test_the_head_lists_the_own_municipalities_of_this_page_and_goes_there(
    uploads, router, a_session, view, mine, edited: Choice
) -> None:
    session = a_session(edited)
    session.choose(replace(edited, own=mine("Ander dorp"), staff=()))
    session.choose(replace(session.choice, profile="groningen"))
    box, context = solara.render(Header(session), handle_error=False)
    head = view(box, "profiles")
    titles = {one["name"]: one["title"] for one in head.profiles}
    assert len(titles) == len(Scenario.profiles()) + 2
    assert titles[edited.municipality] == "Ons dorp (own)"
    assert head.profile == "groningen"
    uploads.clear()
    head.vue_go(edited.municipality)
    head.vue_go(f"own-{'0' * 32}")
    (pushed,) = router.pushed
    assert read(pushed.partition("?")[2])[0].own is edited.own
    context.close()


def test_what_is_on_the_page_is_kept_for_longer(uploads, router, a_session, edited: Choice) -> None:
    session = a_session(edited)
    _, context = solara.render(Header(session), handle_error=False)
    assert uploads.get(edited.own.digest) is edited.own
    uploads.clear()
    session.move({"control": "load", "value": 1.3, "move": 1})
    assert uploads.get(edited.own.digest) is edited.own
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_report_csv_parquet_and_program_hold_all_that_was_edited(
    edited: Choice, comparison_of, lang: str, tmp_path, monkeypatch
) -> None:
    edited = replace(edited, lang=lang)
    answer = Answer(edited, "done", 20, 20, comparison_of({}))
    asked = {"kind": "report", "address": "https://kastje.example/"}
    report = file_of(answer, edited, texts(lang), asked)["text"]
    table = file_of(answer, edited, texts(lang), {"kind": "csv"})["text"]
    assert f"own={edited.own.digest}" in report
    assert "mine.toml, steps.toml" in report
    assert "120%" in report
    cells = [row for row in csv.reader(io.StringIO(table), delimiter=";" if lang == "nl" else ",") if len(row) == 2]
    facts = dict(cells)
    assert facts["staff.legal"].replace(",", ".") == "120"
    assert facts["vision.alpha"].replace(",", ".") == "0.2"
    assert f"own={edited.own.digest}" in str(facts)
    made = file_of(answer, edited, texts(lang), {"kind": "parquet"})
    metadata = parquet_metadata(pq.read_schema(io.BytesIO(base64.b64decode(made["data"]))).metadata)
    assert json.loads(metadata["staff"]) == {"legal": 120.0}
    assert json.loads(metadata["files"]) == ["mine.toml", "steps.toml"]
    assert metadata["program"] == snippet(edited)
    for name, text in edited.own.files:
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran: dict[str, Scenario] = {}
    exec(snippet(edited).split("comparison =")[0], ran)
    assert ran["scenario"].key() == edited.scenario().key()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "mine",
            "staff = 6",
            "staff = 60",
            ("veld departments[1].teams[1].staff", "60", "25 of minder"),
        ),
        ("mine", "staff = 6", "staff = ", ("regel 14", "TOML")),
        (
            "mine",
            "[parameters]",
            "[parameters]\nalpha = 9",
            ("vision.alpha", "een getal van 0 tot en met 1"),
        ),
        (
            "mine",
            "[parameters]",
            "[parameters]\nalfa = 1",
            ("veld parameters", "alfa", "bedoelt u", "alpha"),
        ),
        ("steps", 'role = "events"\n', "", ("veld steps[1].role", "ontbreekt")),
        (
            "steps",
            "legal_days = 56",
            "legal_days = 'lang'",
            ("veld legal_days", "'lang'", "een getal"),
        ),
        (
            "steps",
            "legal_days = 56",
            "legal_dags = 56",
            ("veld legal_dags", "bedoelt u", "legal_days"),
        ),
    ],
)
def test_what_is_wrong_is_said_by_file_field_value_and_expectation(
    own: Own, file: str, old: str, new: str, said: tuple[str, ...]
) -> None:
    files = dict(own.files)
    files[f"{file}.toml"] = files[f"{file}.toml"].replace(old, new, 1)
    with pytest.raises(InputError) as caught:
        own_of(files)
    line = caught.value.in_language("nl")
    assert line.startswith(f"{file}.toml")
    assert "\n" not in line
    for words in said:
        assert words in line
