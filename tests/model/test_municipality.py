"""The municipality in a researcher's hands: Mesa's AgentSet and DataCollector, and agents that can be set."""

import networkx as nx
import numpy as np
import pytest
from mesa import DataCollector

from kastje.agents import Act, Employee, Manager
from kastje.model import Municipality, Scenario


@pytest.fixture
def municipality(engine) -> Municipality:
    return Municipality(Scenario.load("tilburg").with_parameters(horizon_days=60), rng=1)


def test_agents_are_employees_and_managers(municipality):
    staff = municipality.plan.profile.staff
    assert len(municipality.agents) == staff
    assert len(municipality.agents_by_type[Manager]) == 8
    assert len(municipality.agents_by_type[Employee]) == staff - 8
    mean = municipality.agents_by_type[Employee].agg("ownership", np.mean)
    assert 0.3 < mean < 0.6


def test_a_step_is_a_working_day_and_the_end_stops_the_model(municipality):
    municipality.run_for(5)
    day = municipality.state.run["t"][0] - municipality.world.runin_hours
    # Monday 5 to Friday 9 January 2026, and the weekend that follows.
    assert day == 7 * 24.0
    municipality.run_for(municipality.working_days - 5)
    assert not municipality.running
    assert municipality.state.run["t"][0] == municipality.world.arrays.end


def test_setting_an_attribute_changes_the_run_and_the_chance_of_an_act(engine):
    scenario = Scenario.load("tilburg").with_parameters(horizon_days=60)
    plain, changed = Municipality(scenario, rng=1), Municipality(scenario, rng=1)
    someone = changed.agents_by_type[Employee].to_list()[0]
    before = someone.chance(Act.RECORD)
    for employee in changed.agents_by_type[Employee]:
        employee.lived_vision = 1.0
        employee.vision_anchor = 1.0
    assert someone.chance(Act.RECORD) > before
    plain.run_for(30)
    changed.run_for(30)
    assert changed.outcomes().as_dict()["know_do_gap"] < plain.outcomes().as_dict()["know_do_gap"]
    with pytest.raises(ValueError, match="expected, a number from 0 to 1"):
        someone.ownership = 1.5


def test_a_datacollector_follows_attitudes(municipality):
    collector = DataCollector(
        model_reporters={"support": lambda m: m.agents_by_type[Employee].agg("felt_support", np.mean)},
        agent_reporters={"vision": "lived_vision"},
    )
    for _ in range(10):
        municipality.step()
        collector.collect(municipality)
    table = collector.get_model_vars_dataframe()
    assert len(table) == 10
    assert table["support"].nunique() > 1


def test_the_network_is_a_networkx_graph_of_departments(municipality):
    graph = municipality.network
    assert isinstance(graph, nx.DiGraph)
    assert set(graph) == {d.id for d in municipality.plan.profile.departments}
    assert sum(data["staff"] for _, data in graph.nodes(data=True)) == municipality.plan.profile.staff


def test_people_mostly_hear_their_own_team(municipality):
    for node in municipality.graph:
        own = sum(d["own"] for _, _, d in municipality.graph.out_edges(node, data=True))
        cross = sum(d["cross"] for _, _, d in municipality.graph.out_edges(node, data=True))
        assert own == pytest.approx(1.0)
        assert cross == pytest.approx(1.0)


def test_a_wrong_seed_is_said(engine):
    with pytest.raises(ValueError, match="rng"):
        Municipality(Scenario.load("tilburg"), rng="one")  # type: ignore[arg-type]
