"""The network page without a browser: places, numbers, words, and films that come too late."""

import json
import math

import numpy as np
import pytest
import solara

from kastje.dashboard.network import filming
from kastje.dashboard.network.department import DepartmentPanel, lines_of
from kastje.dashboard.network.film import STATES, FilmPanel, about, shown_of
from kastje.dashboard.network.filming import Films, film
from kastje.dashboard.network.layout import MOST_PEOPLE, layout
from kastje.dashboard.network.look import Look
from kastje.dashboard.network.look import read as read_look
from kastje.dashboard.network.metrics import METRICS as WORDS
from kastje.dashboard.network.page import Page
from kastje.dashboard.network.picture import METRICS, SMOOTH, figures, flows, full, fullest, picture, widest
from kastje.dashboard.network.sentences import legend, people_of, sentences
from kastje.dashboard.texts import LANGUAGES, texts
from kastje.dashboard.visit.computing import Ticket
from kastje.dashboard.visit.link import read as read_choice
from kastje.dashboard.visit.state import Choice, profile_world
from kastje.dashboard.work.countdown import HowFar
from kastje.experiments.logs.film import AWAY, BUSY, FREE, HELD, VACANT, Film
from kastje.model import InputError, Scenario
from kastje.model.errors import phrase

SMALL = 300_000
"""Bytes of JSON that a film may have."""


def a_film(profile: str = "tilburg", weeks: int = 52, ownership: float = 0.5) -> Film:
    """As large as a real one, and made up."""
    world = Scenario.load(profile).profile
    rng = np.random.default_rng(1)
    staff = world.staff
    teams = world.teams()
    count = len(world.departments)
    return Film(
        departments=tuple(d.id for d in world.departments),
        team_of=np.repeat(np.arange(len(teams)), [t.staff for _, t in teams]),
        department_of=np.array([world.departments.index(d) for d, _ in teams]),
        held={name: np.full((weeks, staff), ownership) for name in HELD},
        status=rng.integers(0, 4, (weeks, staff)),
        worked=rng.random((weeks, staff)),
        available=np.ones((weeks, staff)),
        own_list=rng.random((weeks, staff)) * 10,
        waiting=rng.random((weeks, len(teams))) * 100,
        handovers=rng.integers(0, 90, (weeks, count, count)),
        open_cases=rng.integers(0, 90, weeks),
    )


@pytest.fixture
def both() -> Films:
    choice = Choice(steps=(6,) * 8)
    return Films(choice, "done", today=a_film(), chosen=a_film(ownership=0.75))


@pytest.mark.parametrize("profile", Scenario.profiles())
@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_has_a_place_and_no_two_departments_share_one(profile: str, language: str) -> None:
    world = profile_world(profile).profile
    scene = layout(world, language)
    assert scene == layout(world, language)
    assert [d["id"] for d in scene["departments"]] == [d.id for d in world.departments]
    assert len(scene["people"]) == world.staff
    assert all(math.hypot(x, y) <= 1.0 for _, x, y, _ in scene["people"])
    width, height = 600, 500
    circles = [(d["x"] * width, d["y"] * height, d["r"] * height) for d in scene["departments"]]
    for k, (x, y, r) in enumerate(circles):
        assert r + 4 < x < width - r - 4
        assert r + 4 < y < height - r - 50  # Two lines and a value stand below.
        for u, v, q in circles[:k]:
            assert math.hypot(x - u, y - v) > r + q + 10


def test_municipalities_are_rectangles_with_their_own_departments_inside() -> None:
    world = profile_world("owo").profile
    scene = layout(world, "nl")
    assert [g["title"] for g in scene["groups"]] == ["Ooststellingwerf", "Weststellingwerf", "Opsterland", ""]
    names = [o.id for o in world.organisations]
    for department, placed in zip(world.departments, scene["departments"], strict=True):
        group = scene["groups"][names.index(department.organisation) if department.organisation else -1]
        assert group["x"] < placed["x"] < group["x"] + group["width"]
        assert group["y"] < placed["y"] < group["y"] + group["height"]
    assert scene["departments"][0]["short"] == "Klantcontactcentrum"


def test_a_manager_is_known_and_a_crowd_is_not_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    world = profile_world("owo").profile
    managers = sum(person[3] for person in layout(world, "nl")["people"])
    assert managers == sum(team.manager and team.staff > 1 for _, team in world.teams())
    monkeypatch.setattr("kastje.dashboard.network.layout.MOST_PEOPLE", world.staff - 1)
    assert layout(world, "nl")["people"] == []
    assert MOST_PEOPLE == 300


def test_a_film_is_small_and_rounded() -> None:
    shot = a_film("owo")
    shown = picture(shot)
    assert len(json.dumps(shown)) < SMALL
    assert set(shown["people"]) == set(shown["departments"]) == set(METRICS) == set(WORDS)
    assert shown["people"]["ownership"][3][5] == 50
    assert shown["departments"]["waiting"][0][0] == round(shot.waiting[0, shot.department_of == 0].sum() * 100)
    (flow,) = (flow for flow in shown["flows"] if (flow["one"], flow["other"]) == (0, 2))
    counts = shot.handovers[:, 0, 2]
    assert [flow["there"][week] for week in (0, 1, 51)] == [
        100 * counts[0],
        50 * counts[:2].sum(),
        25 * counts[48:].sum(),
    ]
    assert flow["back"][51] == 25 * shot.handovers[48:, 2, 0].sum()
    assert all(flow["one"] < flow["other"] for flow in shown["flows"])


def test_what_is_not_available_is_none() -> None:
    shot = a_film(weeks=8)
    shot.available[:6, 3] = 0
    shot.worked[:6, 3] = 0
    used = [week[3] for week in picture(shot)["people"]["utilisation"]]
    assert used[:6] == [None] * 6
    assert used[7] == round(100 * shot.worked[8 - SMOOTH : 8, 3].sum() / 2)


def test_a_departments_figures_are_those_of_the_picture() -> None:
    shot = a_film()
    shown = picture(shot)
    assert figures(shot, 4) == {name: [week[4] for week in shown["departments"][name]] for name in METRICS}


def test_the_fullest_department_comes_first() -> None:
    shot = a_film()
    names = list(shot.departments)
    assert fullest(None, names) == names[0]
    shot.waiting[:] = 0
    shot.waiting[:, 3] = 1
    assert fullest(shot, names) == names[shot.department_of[3]]


def test_without_lessons_there_is_one_film(both: Films) -> None:
    same = Films(Choice(), "done", today=both.today, chosen=both.today)
    assert set(shown_of(both, texts("nl"))) - set(shown_of(same, texts("nl"))) == {"choice"}
    assert set(lines_of(same, 0)) == {"today"}
    assert shown_of(same, texts("nl"))["when"][::51] == ["Week 1 van 52 (5 januari)", "Week 52 van 52 (28 december)"]
    assert shown_of(both, texts("en"))["when"][::51] == ["Week 1 of 52 (5 January)", "Week 52 of 52 (28 December)"]
    assert shown_of(Films(Choice()), texts("nl")) == lines_of(Films(Choice()), 0) == {}


def test_a_ring_and_a_line_stand_for_the_same_in_both_films_and_all_weeks() -> None:
    few, many = a_film(weeks=8), a_film(weeks=8)
    many.waiting[:] = 0
    many.waiting[3, 0] = 412.0
    many.own_list[:] = 0.3
    few.waiting[:] = few.own_list[:] = 0.5
    most = full([picture(few), picture(many)])
    assert most["waiting"] == {"departments": 50_000, "people": 100}
    assert most["ownership"] == {"departments": 100, "people": 100}
    many.handovers[:] = few.handovers[:] = 0
    assert widest([picture(few), picture(many)]) == 1.0
    many.handovers[2:6, 0, 1], many.handovers[2:6, 1, 0] = 30, 12
    assert widest([picture(few), picture(many)]) == 42.0
    assert legend(most, 42.0, texts("nl"))["edge"].startswith("20 overdrachten")
    assert "500,0\N{NO-BREAK SPACE}uur" in legend(most, 42.0, texts("nl"))["waiting"]["ring"]
    assert legend(most, 3.0, texts("en"))["handovers"] == 1


def test_the_sentence_of_a_week_names_the_busiest_department_and_the_widest_line() -> None:
    shot, profile, words = a_film(weeks=8), profile_world("tilburg").profile, texts("nl")
    titles = [department.title.in_language("nl") for department in profile.departments]
    shot.worked[:] = 0.5
    shot.worked[:, shot.department_of_post == 2] = 0.8
    shot.handovers[:] = 0
    shot.handovers[1:, 4, 1] = 10
    shot.handovers[1:, 1, 3] = 4
    shot.open_cases[:] = 1234
    first, *_, last = sentences(shot, picture(shot), profile, words)
    assert first == words("film.quiet", open="1.234")
    assert last == words(
        "film.sentence",
        department=titles[2],
        utilisation="80%",
        one=titles[1],
        other=titles[4],
        number="10",
        total="14",
        open="1.234",
    )
    assert "tussen" in last
    # In the second week the mean is over two weeks: five, and seven in all.
    assert f"{titles[4]}: 5 per week" in sentences(shot, picture(shot), profile, words)[1]


def test_a_mean_of_a_half_counts_as_one_handover() -> None:
    shot, profile = a_film(weeks=4), profile_world("tilburg").profile
    shot.handovers[:] = 0
    shot.handovers[:2, 0, 1] = (2, 3)
    assert ": 3 per week" in sentences(shot, picture(shot), profile, texts("nl"))[1]
    assert [flow.total[1] for flow in flows(shot)] == [2.5]


def test_people_are_called_by_their_number_and_managers_by_their_post() -> None:
    people = layout(profile_world("tilburg").profile, "nl")["people"]
    called = people_of(people, texts("nl"))
    assert len(set(called)) == len(people)
    assert [name.endswith("leidinggevende") for name in called] == [person[3] == 1 for person in people]


def test_every_state_of_a_post_has_a_word_in_the_order_of_the_film() -> None:
    numbers = {"vacant": VACANT, "away": AWAY, "free": FREE, "busy": BUSY}
    assert [numbers[name] for name, *_ in STATES] == [0, 1, 2, 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_how_far_it_is_what_was_chosen_and_that_it_is_one_run(language: str, both: Films) -> None:
    words, choice = texts(language), both.choice
    done = about(both, choice, words)
    assert done["phase"] == "done"
    assert "6" in done["lessons"]
    assert "1" in done["one_run"]
    busy = about(Films(choice, far=HowFar(26, 104, 9.6)), choice, words)
    assert "26" in busy["badge"]
    assert "104" in busy["badge"]
    assert "10" in busy["badge"]
    assert about(both, Choice(load=1.3), words)["phase"] == "filming"
    failed = Films(choice, "failed", problem=("error.input", {"message": "x"}))
    assert "x" in about(failed, choice, words)["problem"]


def test_the_panels_show_the_same_department(both: Films, view, a_session) -> None:
    session, films, look = a_session(both.choice), solara.Reactive(both), solara.Reactive(Look())
    film_panel, one = solara.render(FilmPanel(session, films, look), handle_error=False)
    panel, other = solara.render(DepartmentPanel(session, films, look), handle_error=False)
    assert view(film_panel, "scene").selected == view(panel, "departments").selected
    view(film_panel, "scene").vue_select("legal")
    assert view(panel, "departments").selected == view(film_panel, "scene").selected == "legal"
    view(panel, "departments").vue_select("nobody")
    assert look.value == Look(department="legal")
    view(film_panel, "scene").vue_look({"week": 12, "shows": "ownership", "view": "today", "else": 1})
    assert look.value == Look(12, "ownership", "today", "legal")
    view(film_panel, "scene").vue_look({"week": "0", "shows": "nothing", "view": None})
    assert look.value == Look(12, "ownership", "today", "legal")
    for context in (one, other):
        context.close()


@pytest.mark.parametrize("look", [Look(), Look(7), Look(52, "ownership", "choice", "legal")])
def test_a_link_carries_what_is_looked_at(look: Look) -> None:
    profile = Choice().world().profile
    query = Choice().query() + look.query()
    assert read_look(query, profile) == (look, ())
    assert read_choice(query) == (Choice(), ())


def test_a_link_that_cannot_be_is_told_and_a_department_of_elsewhere_is_left_out() -> None:
    look, problems = read_look("?week=none&shows=money&view=both&department=nowhere", Choice().world().profile)
    assert look == Look(view="both")
    assert [problem.value for problem in problems] == ["week=none", "shows=money"]


def test_both_films_of_a_choice_are_made_and_only_the_end_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(filming, "film_of", lambda scenario, seed, _: asked.append(scenario.is_baseline) or a_film())
    told: list[Films] = []
    film(Choice(steps=(6,) * 8), Ticket(), told.append)
    assert asked == [True, False]
    assert [films.phase for films in told] == ["done"]
    film(Choice(), Ticket(), told.append)
    assert asked == [True, False, True]
    assert told[-1].today is told[-1].chosen


def test_what_nobody_waits_for_is_stopped_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    ticket, told = Ticket(), []

    def slow(scenario, seed, progress):
        ticket.withdraw()
        progress(1, 52)
        raise AssertionError("it went on")

    monkeypatch.setattr(filming, "film_of", slow)
    film(Choice(), ticket, told.append)
    assert told == []


def test_who_still_waits_makes_the_film_that_somebody_else_gave_up(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, told = [], []

    def given_up_once(scenario, seed, progress):
        calls.append(seed)
        if len(calls) == 1:
            raise filming._Withdrawn
        return a_film()

    monkeypatch.setattr(filming, "film_of", given_up_once)
    film(Choice(), Ticket(), told.append)
    assert [films.phase for films in told] == ["done"]


@pytest.mark.parametrize(
    ("error", "key"), [(InputError(phrase("problem.no_file")), "error.input"), (OSError("disk"), "error.computing")]
)
def test_a_failure_is_words(monkeypatch: pytest.MonkeyPatch, error: Exception, key: str) -> None:
    def fails(*_):
        raise error

    monkeypatch.setattr(filming, "film_of", fails)
    told: list[Films] = []
    film(Choice(), Ticket(), told.append)
    assert told[-1].phase == "failed"
    assert told[-1].problem is not None
    assert told[-1].problem[0] == key


def test_the_page_draws_before_there_is_a_film(monkeypatch: pytest.MonkeyPatch, view) -> None:
    monkeypatch.setattr("kastje.dashboard.network.filming.film", lambda *_: None)
    box, context = solara.render(Page(), handle_error=False)
    assert view(box, "scene").films == {}
    assert view(box, "departments").lines == {}
    context.close()
