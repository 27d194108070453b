"""Who hears whom: ties between employees as a networkx graph, and as the weights of the attitude update.

Ties are mostly inside the own team (silos). Each row of weights sums to one: part for the own team, part for the
manager, part for colleagues elsewhere; working agreements move weight from own to cross.
"""

import networkx as nx
import numpy as np

from kastje.model.chance import Purpose, draw
from kastje.model.occasions import entity_of_employee
from kastje.model.profile import Profile

MANAGER_WEIGHT = 0.2
CROSS_TIES = 4


@np.errstate(over="ignore")  # the keyed hash wraps around on purpose
def ties(profile: Profile) -> nx.DiGraph:
    """A directed graph of employees: an edge i -> j says that i hears j; `own` and `cross` are its weights.

    Cross ties are few, and the same for every seed: they belong to the organisation, not to the run.
    """
    graph: nx.DiGraph = nx.DiGraph()
    row = 0
    members: list[tuple[int, int, str]] = []
    for index, (department, team) in enumerate(profile.teams()):
        for k in range(team.staff):
            boss = row if team.manager and team.staff > 1 else None
            graph.add_node(row + k, team=team.id, department=department.id, manager=boss == row + k)
            members.append((row + k, index, department.id))
        row += team.staff
    by_team: dict[int, list[int]] = {}
    for e, index, _ in members:
        by_team.setdefault(index, []).append(e)
    everyone = [e for e, _, _ in members]
    for e, index, _ in members:
        mates = [m for m in by_team[index] if m != e]
        boss = by_team[index][0]
        led = graph.nodes[boss]["manager"] and boss != e
        peers = [m for m in mates if not (led and m == boss)]
        elsewhere = [x for x in everyone if x not in set(by_team[index])]
        picked = []
        for k in range(min(CROSS_TIES, len(elsewhere))):
            u = draw(0, entity_of_employee(e), np.int64(Purpose.TIE), k)
            picked.append(elsewhere.pop(int(u * len(elsewhere))))
        of_boss = (MANAGER_WEIGHT if peers else 1.0) if led else 0.0
        for m in peers:
            graph.add_edge(e, m, own=(1.0 - of_boss) / len(peers), cross=0.0)
        if led:
            graph.add_edge(e, boss, own=of_boss, cross=0.0)
        for m in picked:
            graph.add_edge(e, m, own=0.0, cross=1.0 / len(picked))
        if not mates and picked:
            for m in picked:
                graph[e][m]["own"] = 1.0 / len(picked)
        if mates and not picked:
            for m in mates:
                graph[e][m]["cross"] = graph[e][m]["own"]
    return graph


def weights(graph: nx.DiGraph) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The ties as CSR arrays: row pointers, columns, own weights, cross weights."""
    n = graph.number_of_nodes()
    own = nx.to_scipy_sparse_array(graph, nodelist=range(n), weight=None, dtype=float, format="csr")
    pointers, columns = own.indptr.astype(np.int64), own.indices.astype(np.int64)
    w_own, w_cross = np.zeros(columns.size), np.zeros(columns.size)
    for i in range(n):
        for k in range(pointers[i], pointers[i + 1]):
            edge = graph[i][int(columns[k])]
            w_own[k], w_cross[k] = edge["own"], edge["cross"]
    return pointers, columns, w_own, w_cross


def departments(graph: nx.DiGraph) -> nx.DiGraph:
    """The departments as a network: nodes with their staff, edges with the mean cross weight between them."""
    result: nx.DiGraph = nx.DiGraph()
    for _, data in graph.nodes(data=True):
        name = data["department"]
        if name not in result:
            result.add_node(name, staff=0)
        result.nodes[name]["staff"] += 1
    for i, j, data in graph.edges(data=True):
        a, b = graph.nodes[i]["department"], graph.nodes[j]["department"]
        if a != b:
            before = result.edges[a, b]["weight"] if result.has_edge(a, b) else 0.0
            result.add_edge(a, b, weight=before + data["cross"])
    return result
