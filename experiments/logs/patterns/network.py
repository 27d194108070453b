"""The handover network: who hands over to whom, how often, and the shape that this has."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kastje.experiments.logs.patterns.figures import gini, mean, ratio
from kastje.experiments.logs.patterns.handovers import Transitions

LOUVAIN_SEED = 0

REWIRINGS = 20
MOST_REPAIRS = 1_000
"""How often a rewiring tries to part those who would hand over to themselves; who still does is left out."""

Handovers = NDArray[np.int64]
"""One value a handover: who gives, or who receives."""


def shape(resources: int, moves: Transitions) -> dict[str, float]:
    """The shape of the directed network of `resources`, weighted by handovers, without self-loops.

    Clustering, modularity (Louvain, weighted), centralisation (Freeman, by degree) and assortativity are those of
    the undirected network, in which the weights of both directions add up. The Louvain method depends on the order
    of the resources: that in which they come up, case after case. `modularity_rewired` is the mean modularity of
    random rewirings: what this network would show if nobody cared to whom work goes.
    """
    # Here, because its import is felt by commands that measure nothing.
    import networkx as nx

    givers, receivers = moves.before[moves.handover], moves.after[moves.handover]
    network = _network(resources, givers, receivers)
    mutual = _mutual(network)
    edges = mutual.number_of_edges()
    return {
        "nodes": resources,
        "density": nx.density(network) if resources > 1 else math.nan,
        "clustering": nx.average_clustering(mutual) if resources else math.nan,
        "gini_strength": gini([strength for _, strength in network.degree(weight="weight")]),
        "gini_degree": gini([degree for _, degree in network.degree()]),
        "reciprocity": nx.reciprocity(network) if edges else math.nan,
        "modularity_w": _modularity(mutual) if edges else math.nan,
        "modularity_rewired": mean(_rewired_modularities(resources, givers, receivers)),
        "centralisation": _centralisation([degree for _, degree in mutual.degree()]),
        "assort": _assortativity(mutual),
    }


def rewired(givers: Handovers, receivers: Handovers, seed: int) -> tuple[Handovers, Handovers]:
    """Handovers at random in which everybody gives and receives as often as before; the same seed gives the same.

    Receivers are dealt anew over the handovers. Who would hand over to themselves changes receivers with somebody;
    the few for whom that never comes out, in a network of which one is half, are left out.
    """
    rng = np.random.default_rng(seed)
    dealt = rng.permutation(receivers)
    for _ in range(MOST_REPAIRS):
        own = np.flatnonzero(givers == dealt)
        if not own.size:
            break
        for one, other in zip(own, rng.integers(givers.size, size=own.size), strict=True):
            if givers[one] != dealt[other] and givers[other] != dealt[one]:
                dealt[one], dealt[other] = dealt[other], dealt[one]
    kept = givers != dealt
    return givers[kept], dealt[kept]


def _rewired_modularities(resources: int, givers: Handovers, receivers: Handovers) -> list[float]:
    networks = (_network(resources, *rewired(givers, receivers, seed)) for seed in range(REWIRINGS))
    return [_modularity(_mutual(network)) for network in networks if network.number_of_edges()]


def _network(resources: int, givers: Handovers, receivers: Handovers) -> Any:
    """Who, to whom, how often, as a directed network."""
    import networkx as nx

    network = nx.DiGraph()
    network.add_nodes_from(range(resources))
    pairs, counts = np.unique(givers * resources + receivers, return_counts=True)
    network.add_weighted_edges_from(
        (int(pair // resources), int(pair % resources), int(n)) for pair, n in zip(pairs, counts, strict=True)
    )
    return network


def _mutual(network: Any) -> Any:
    """The undirected network, in which the weights of both directions add up."""
    import networkx as nx

    mutual = nx.Graph()
    mutual.add_nodes_from(network)
    for one, other, weight in network.edges(data="weight"):
        mutual.add_edge(one, other, weight=weight + mutual.get_edge_data(one, other, {"weight": 0})["weight"])
    return mutual


def _modularity(mutual: Any) -> float:
    from networkx.algorithms.community import louvain_communities, modularity

    communities = louvain_communities(mutual, weight="weight", seed=LOUVAIN_SEED)
    return float(modularity(mutual, communities, weight="weight"))


def _centralisation(degrees: list[int]) -> float:
    """1 in a star, 0 when all have the same degree."""
    n = len(degrees)
    return ratio(sum(max(degrees) - degree for degree in degrees), (n - 1) * (n - 2)) if n > 2 else math.nan


def _assortativity(mutual: Any) -> float:
    """The correlation of the degrees at both ends of an edge; NaN when they do not vary."""
    ends = [(mutual.degree[one], mutual.degree[other]) for one, other in mutual.edges]
    both = np.array(ends + [(other, one) for one, other in ends], np.float64).reshape(-1, 2)
    if both.size == 0 or not np.ptp(both[:, 0]):
        return math.nan
    return float(np.corrcoef(both[:, 0], both[:, 1])[0, 1])
