"""How attitudes move: Friedkin-Johnsen with anchors that move by experience (docs/model.md 2.3, equation 2.6).

Friedkin & Johnsen (1990, 1999): each person weighs what others hold against an own anchor. The network is a
`scipy.sparse` CSR matrix whose rows sum to one; the weekly update is compiled over that matrix's own arrays, so
that it runs inside the event loop without the interpreter.
"""

import numpy as np
import scipy.sparse as sp
from scipy.sparse.linalg import spsolve

from kastje.agents.compiled import rule


@rule
def relaxed(x, social, anchor, susceptibility, alpha):
    """One relaxed step toward what others hold and the own anchor: x + alpha (lambda s + (1 - lambda) u - x)."""
    target = susceptibility * social + (1.0 - susceptibility) * anchor
    return x + alpha * (target - x)


@rule
def friedkin_johnsen(x, anchor, susceptibility, alpha, indptr, indices, weights, out):
    """One relaxed step for all: out = x + alpha (lambda W x + (1 - lambda) u - x).

    `x`, `anchor` (u), `susceptibility` (lambda) and `out` have one value per person; `indptr`, `indices`,
    `weights` are the CSR arrays of W. A row without entries keeps its own opinion as the social part.
    """
    for i in range(x.size):
        if indptr[i] == indptr[i + 1]:
            social = x[i]
        else:
            social = 0.0
            for k in range(indptr[i], indptr[i + 1]):
                social += weights[k] * x[indices[k]]
        out[i] = relaxed(x[i], social, anchor[i], susceptibility[i], alpha)


@rule
def hegselmann_krause(x, eps, indptr, indices, out):
    """One step of bounded confidence for all: out = the mean of one's own opinion and those heard within `eps`.

    Hegselmann & Krause (2002), remembered literature; a structural alternative to being moved by all whom one hears.
    `x` and `out` have one value per person; `indptr`, `indices` say who hears whom, as the CSR arrays of the network;
    all heard count alike. Who hears nobody near enough keeps the own opinion.
    """
    for i in range(x.size):
        moved = 0.0
        heard = 1
        for k in range(indptr[i], indptr[i + 1]):
            gap = x[indices[k]] - x[i]
            if indices[k] != i and abs(gap) <= eps:
                moved += gap
                heard += 1
        out[i] = x[i] + moved / heard


@rule
def drawn_to_anchor(x, social, anchor, susceptibility, alpha, out):
    """One relaxed step for all toward what others hold (`social`) and one's own anchor, as in `friedkin_johnsen`."""
    for i in range(x.size):
        out[i] = relaxed(x[i], social[i], anchor[i], susceptibility[i], alpha)


def equilibrium(w: sp.csr_matrix, anchor: np.ndarray, susceptibility: np.ndarray) -> np.ndarray:
    """The fixed point x* = (I - L W)^-1 (I - L) u, with L = diag(susceptibility).

    Raises `ValueError` when nobody holds on to an anchor (every susceptibility 1): there is no unique fixed point.
    """
    if np.all(susceptibility >= 1.0):
        raise ValueError("susceptibility: expected at least one person below 1, else there is no unique fixed point")
    lam = sp.diags(susceptibility)
    return np.asarray(spsolve((sp.identity(anchor.size) - lam @ w).tocsc(), (1.0 - susceptibility) * anchor))


@rule
def session_lift(x, eta_f):
    """A lived vision right after a session: a temporary lift that decays toward the anchor afterwards."""
    return x + eta_f * (1.0 - x)


@rule
def known_after_session(k):
    """Knowledge of the vision after one session: k + 0.5 (1 - k), so it saturates fast."""
    return k + 0.5 * (1.0 - k)


@rule
def learned_by_doing(anchor, acted_share, support, eta_d):
    """How far an anchor is raised by a week of doing it with support: eta_d * acted_share * s * (1 - u)."""
    return eta_d * acted_share * support * (1.0 - anchor)


@rule
def anchor_after_week(anchor, acted_share, support, low, eta_d, eta_c):
    """An anchor after a week: doing it with support raises it, doing without support lets it slide to `low`.

    u + eta_d * acted_share * s * (1 - u) - eta_c * (1 - s) * (u - low); rates per week (equation 2.6).
    """
    raised = learned_by_doing(anchor, acted_share, support, eta_d)
    slid = eta_c * (1.0 - support) * max(0.0, anchor - low)
    return min(1.0, max(0.0, anchor + raised - slid))


@rule
def role_anchor_after_week(anchor, target, rate):
    """A low ownership anchor after a week of a role description that asks for `target` (lesson 4)."""
    return anchor + rate * max(0.0, target - anchor)
