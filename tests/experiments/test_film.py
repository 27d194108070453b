"""A film changes nothing of what it films, and its figures are those of the run and of its event log."""

import threading

import numpy as np
import pytest

from kastje.experiments.logs import film as filming
from kastje.experiments.logs.film import AWAY, BUSY, VACANT, WEEK, Film, film_of, shoot, trailing
from kastje.model import Scenario, simulate
from kastje.model.caches import empty
from kastje.model.simulate import drive, start_of, world_of
from kastje.model.state import fingerprint

SEED = 3
TODAY = Scenario.load("tilburg")
LATER = TODAY.with_lessons(all=0.7, start_day=10, ramp_days=100)


@pytest.fixture(scope="module")
def film() -> Film:
    """Today's film."""
    return film_of(TODAY, SEED)


@pytest.mark.parametrize("scenario", [TODAY, LATER, Scenario.load("owo").with_lessons(all=1.0)])
def test_stopping_every_week_gives_the_state_of_one_drive(scenario: Scenario) -> None:
    world, state = world_of(scenario), start_of(scenario, SEED)
    state.run["logging"] = 1
    state = drive(scenario, world, state, world.arrays.end)
    assert fingerprint(shoot(scenario, SEED)[1]) == fingerprint(state)


def test_a_film_has_every_full_week_of_everybody(film: Film) -> None:
    staff, teams, departments = TODAY.profile.staff, len(TODAY.profile.teams()), len(TODAY.profile.departments)
    assert film.weeks == 52
    for posts in (film.status, film.worked, film.available, film.own_list, *film.held.values()):
        assert posts.shape == (52, staff)
    assert film.waiting.shape == (52, teams)
    assert film.handovers.shape == (52, departments, departments)
    assert film.open_cases.shape == (52,)


def test_its_last_week_is_what_the_state_holds_then(film: Film) -> None:
    world, state = world_of(TODAY), start_of(TODAY, SEED)
    state = drive(TODAY, world, state, float(state.run["branch"][0]) + 52 * WEEK)
    assert film.held["ownership"][-1].tolist() == state.staff["o"].tolist()
    assert film.held["known_vision"][-1].tolist() == state.staff["k"].tolist()
    assert film.waiting[-1].tolist() == np.maximum(0.0, state.crews["waiting"]).tolist()
    assert film.open_cases[-1] == state.run["open_cases"][0]
    # All hours of the year so far, whoever began them in which week.
    assert film.worked.sum() == pytest.approx(state.staff["worked"].sum())


def test_handovers_are_those_of_the_event_log(film: Film) -> None:
    log = simulate(TODAY, SEED, log=True).event_log
    assert log is not None
    log = log[log["resource"] != ""].sort_values(["case", "hours"], kind="stable")
    before = log.shift(1)
    moves = log[(log["case"] == before["case"]) & (log["resource"] != before["resource"])]
    given = before.loc[moves.index, "department"]
    full = moves["hours"] < 52 * WEEK
    assert film.handovers.sum() == full.sum()
    names = list(film.departments)
    counts = np.zeros((len(names), len(names)), int)
    for one, other in zip(given[full], moves.loc[full, "department"], strict=True):
        counts[names.index(one), names.index(other)] += 1
    assert film.handovers.sum(axis=0).tolist() == counts.tolist()
    first = full & (moves["hours"] < WEEK)
    assert film.handovers[0].sum() == first.sum()


def test_what_posts_are_at_agrees_with_their_hours(film: Film) -> None:
    assert set(np.unique(film.status)) <= set(range(4))
    assert (film.available[film.status == AWAY] == 0).all()
    assert (film.available[film.status == BUSY] > 0).all()
    assert (film.status == VACANT).any()


def test_departments_are_the_sums_and_means_of_their_posts(film: Film) -> None:
    shown = film.by_department()
    mine = film.department_of_post == 2
    assert shown["ownership"][7, 2] == pytest.approx(film.held["ownership"][7, mine].mean())
    assert shown["waiting"][7, 2] == film.waiting[7, film.department_of == 2].sum()
    expected = film.worked[7, mine].sum() / film.available[7, mine].sum()
    assert shown["utilisation"][7, 2] == pytest.approx(expected)
    smooth = film.by_department(4)["utilisation"]
    assert smooth[7, 2] == pytest.approx(film.worked[4:8, mine].sum() / film.available[4:8, mine].sum())
    assert smooth[1, 2] == pytest.approx(film.worked[:2, mine].sum() / film.available[:2, mine].sum())


def test_utilisation_over_the_year_is_about_that_of_the_outcomes(film: Film) -> None:
    outcomes = simulate(TODAY, SEED)
    of, count = film.department_of_post, len(film.departments)
    whole = film.utilisation(of, count, film.weeks)[-1]
    assert whole == pytest.approx([d["utilisation"] for d in outcomes.departments.values()], abs=0.01)


def test_utilisation_is_not_available_where_nobody_was_at_work(film: Film) -> None:
    posts = np.arange(len(film.team_of))
    assert np.isnan(film.utilisation(posts, posts.size)[film.available == 0]).all()


def test_sums_over_the_last_weeks() -> None:
    assert trailing(np.array([[1.0], [2.0], [3.0], [4.0]]), 2).tolist() == [[1.0], [3.0], [5.0], [7.0]]
    assert trailing(np.array([[1.0], [2.0]]), 4).tolist() == [[1.0], [3.0]]


def test_a_film_is_made_once_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(filming, "shoot", lambda scenario, seed, progress: (made.append(seed) or "film", None))
    threads = [threading.Thread(target=film_of, args=(TODAY, 991)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [991]
    empty("films")


def test_progress_is_told_week_by_week() -> None:
    told: list[tuple[int, int]] = []
    shoot(TODAY, SEED, lambda week, weeks: told.append((week, weeks)))
    assert told == [(week, 52) for week in range(1, 53)]
