"""Under which circumstances a claim is tested, and that no run is made twice for it."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from kastje.evidence.documents.verdicts import CHANGED, USUAL
from kastje.experiments.studies.claims import Study, chosen
from kastje.experiments.studies.claims.arms import arm_of
from kastje.experiments.studies.claims.cells import (
    DIMENSIONS,
    FAR,
    FIRST,
    STRUCTURE,
    Cell,
    cells_of,
)
from kastje.experiments.studies.claims.claim import Where
from kastje.experiments.studies.claims.organisations import (
    named,
    organisation,
    relabelled,
    with_people,
)
from kastje.experiments.studies.claims.study import ALONE, FAR_AWAY, TODAY, arms_of
from kastje.model import LESSONS, Scenario

PLACE = Where(profiles=("tilburg", "owo"))


def test_the_usual_design_tries_each_alternative_by_itself_at_the_load_nearest_to_one() -> None:
    cells = cells_of(PLACE)
    base, others = cells[:6], cells[6:]
    assert {(c.profile, c.load) for c in base} == {(p, x) for p in ("tilburg", "owo") for x in (0.85, 1.0, 1.15)}
    assert len(others) == 2 * 6
    for cell in others:
        usual = Cell(cell.profile, cell.load)
        assert cell.load == 1.0
        assert sum(a != b for a, b in zip(cell.structure, usual.structure, strict=True)) == 1
    assert len(set(cells)) == len(cells)


def test_quick_leaves_the_alternatives_out_and_full_crosses_all() -> None:
    assert cells_of(PLACE, "quick") == cells_of(PLACE)[:6]
    full = cells_of(PLACE, "full")
    assert len(set(full)) == len(full) == 6 * 3 * 2 * 2 * 2 * 2
    assert set(cells_of(PLACE)) < set(full)


def test_the_first_of_a_list_is_the_usual_case() -> None:
    where = Where(profiles=("tilburg",), loads=(1.15,), act_rules=("product", "minimum"), seeds="first", labels="plain")
    assert [(c.act_rule, c.load) for c in cells_of(where)] == [("product", 1.15), ("minimum", 1.15)] + [
        ("product", 1.15)
    ] * 2


def test_every_run_is_made_once_however_many_claims_need_it() -> None:
    study = Study(tuple(chosen(None)), alone=True)
    for seeds in (FIRST, FAR):
        design = study.design(seeds)
        assert design is not None
        assert not design.points.duplicated().any()
        profiles = design.profiles()
        worth = [design.scenario(arm, profiles).key() for arm in design.arms.to_dict("records")]
        assert [key for key, count in Counter(worth).items() if count > 1] == []
    separate = sum(len(study.cells(one)) * len(arms_of(one)) for one in study.claims)
    assert len(study.points(FIRST)) + len(study.points(FAR)) < separate / 2


def test_an_arm_becomes_the_scenario_that_it_names() -> None:
    one = chosen(["all-eight-surge"])[0]
    study = Study((one,))
    design = study.design(FIRST)
    assert design is not None
    cell = next(c for c in study.cells(one) if c.act_rule == "minimum" and c.profile == "owo")
    place = study.points(FIRST).index(study.point(cell, arms_of(one)[0]))
    scenario = design.scenario(design.arms.iloc[place], design.profiles())
    by_hand = Scenario.load("owo").with_lessons(all=1.0)
    by_hand = by_hand.with_parameters(form=2, load=1.0, surge_extra=1, surge_weeks=8, horizon_days=448)
    assert scenario.key() == by_hand.key()


def test_an_arm_that_does_not_set_a_parameter_keeps_the_profiles_own() -> None:
    """Groningen has an internal mobility of its own; a claim that sets it in one arm leaves it alone in the other."""
    study = Study((chosen(["ownership-stalls"])[0].model_copy(update={"id": "x"}),), "quick")
    claim = study.claims[0]
    contrast = claim.contrast.model_copy(update={"of": {"mobility": 0.2}})
    study = replace(study, claims=(claim.model_copy(update={"contrast": contrast}),))
    design = study.design(FIRST)
    assert design is not None
    column = design.points.set_index("profile")["staff.mobility"]
    assert set(column["groningen"]) == {0.2, 0.032}
    assert set(column["tilburg"]) == {0.2, 0.097}


def test_seeds_far_away_are_a_design_of_their_own() -> None:
    study = Study((chosen(["ownership-stalls"])[0],), replications=7, seed=3)
    first, far = study.design(FIRST), study.design(FAR)
    assert first is not None
    assert far is not None
    assert (first.seed, far.seed) == (3, 3 + FAR_AWAY)
    assert len(far) == 5 * 2
    assert first.replications.first == far.replications.first == 7


def test_each_lesson_alone_is_there_in_every_profile_and_load() -> None:
    study = Study(tuple(chosen(["ownership-stalls"])), alone=True)
    assert len(study.base) == 15
    points = set(study.points(FIRST))
    assert list(ALONE) == [*LESSONS, "all"]
    assert all(study.point(cell, arm) in points for cell in study.base for arm in (TODAY, *ALONE.values()))


@pytest.mark.parametrize("name", Scenario.profiles())
def test_a_relabelled_organisation_is_the_same_one_in_another_order(name: str) -> None:
    before = Scenario.load(name).profile
    after = relabelled(before)

    def listed(profile):
        return [team.id for _, team in profile.teams()]

    assert listed(after) != listed(before)
    assert sorted(listed(after)) == sorted(listed(before))
    assert {t.id: t for _, t in after.teams()} == {t.id: t for _, t in before.teams()}
    assert {d.id: d.organisation for d in after.departments} == {d.id: d.organisation for d in before.departments}
    assert after.processes == before.processes


@pytest.mark.parametrize("name", Scenario.profiles())
def test_relabelling_leaves_everybody_their_manager(name: str) -> None:
    """Who is above whom is decided by who is listed first: that has to stay as it was."""
    one, other = Scenario.load(name), organisation(named(name, {}, relabelled=True))

    def bosses(scenario):
        from kastje.model.simulate import world_of

        world = world_of(scenario)
        led = {int(row["manager"]): world.teams[at].id for at, row in enumerate(world.arrays.teams)}
        return {world.teams[at].id: led.get(int(row["boss"])) for at, row in enumerate(world.arrays.teams)}

    assert bosses(one) == bosses(other)
    assert one.world_key() != other.world_key()


def test_owners_and_keepers_are_those_of_the_process() -> None:
    before = Scenario.load("tilburg").profile

    def raised(who: str) -> set[str]:
        after = with_people(before, who, 0.9)
        return {new.id for (_, new), (_, old) in zip(after.teams(), before.teams(), strict=True) if new != old}

    assert raised("owners.ownership") == {"events"}
    assert raised("keepers.ownership") == {"safety", "enforcement", "legal"}


def test_an_organisation_comes_back_from_its_name() -> None:
    name = named("tilburg", {"owners.ownership": 0.85}, relabelled=True)
    found = organisation(name).profile
    assert {t.ownership for _, t in found.teams() if "events" in t.roles} == {0.85}
    assert found.departments[1].id == "legal"
    assert organisation("tilburg").key() == Scenario.load("tilburg").key()


def test_an_arm_is_the_same_however_it_is_written() -> None:
    assert arm_of({"load": 1.2, "ownership": 1}) == arm_of({"ownership": 1.0, "lived_vision": 0}, {"work.load": 1.2})
    assert dict(arm_of({"all": 1}, {"ownership": 0})).keys() == set(LESSONS) - {"ownership"}


def test_every_dimension_has_its_words_in_the_document() -> None:
    assert tuple(CHANGED) == STRUCTURE == DIMENSIONS[2:]
    assert Cell("tilburg", 1.0).structure == USUAL


def test_what_the_cell_says_is_what_is_run() -> None:
    cell = Cell("tilburg", 1.15, "minimum", False, False)
    assert cell.parameters == {
        "work.load": 1.15,
        "act.form": 2.0,
        "act.pressure": 0.0,
        "resident.disconfirmation": 0.0,
    }
    assert np.isclose(Scenario.load("tilburg").with_parameters(**cell.parameters).value("form"), 2.0)
