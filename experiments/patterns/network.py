"""The handover network: who hands over to whom, how often, and the shape that this has."""

import math
from typing import Any

import numpy as np

from experiments.patterns.figures import gini, ratio
from experiments.patterns.handovers import Transitions

LOUVAIN_SEED = 0


def shape(resources: int, moves: Transitions) -> dict[str, float]:
    """The shape of the directed network of `resources`, weighted by handovers, without self-loops.

    Clustering, modularity (Louvain, weighted), centralisation (Freeman, by degree) and assortativity are those of
    the undirected network, in which the weights of both directions add up. The Louvain method depends on the order
    of the resources: that in which they come up, case after case.
    """
    # Here, because its import is felt by commands that measure nothing.
    import networkx as nx

    network = nx.DiGraph()
    network.add_nodes_from(range(resources))
    network.add_weighted_edges_from(_edges(resources, moves))
    mutual = nx.Graph()
    mutual.add_nodes_from(network)
    for one, other, weight in network.edges(data="weight"):
        mutual.add_edge(one, other, weight=weight + mutual.get_edge_data(one, other, {"weight": 0})["weight"])
    edges = mutual.number_of_edges()
    return {
        "nodes": resources,
        "density": nx.density(network) if resources > 1 else math.nan,
        "clustering": nx.average_clustering(mutual) if resources else math.nan,
        "gini_strength": gini([strength for _, strength in network.degree(weight="weight")]),
        "gini_degree": gini([degree for _, degree in network.degree()]),
        "reciprocity": nx.reciprocity(network) if edges else math.nan,
        "modularity_w": _modularity(mutual) if edges else math.nan,
        "centralisation": _centralisation([degree for _, degree in mutual.degree()]),
        "assort": _assortativity(mutual),
    }


def _edges(resources: int, moves: Transitions) -> list[tuple[int, int, int]]:
    """Who, to whom, how often."""
    pairs, counts = np.unique((moves.before * resources + moves.after)[moves.handover], return_counts=True)
    return [(int(pair // resources), int(pair % resources), int(n)) for pair, n in zip(pairs, counts, strict=True)]


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
