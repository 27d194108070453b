"""Attitudes against the Friedkin-Johnsen theory: published example, closed forms, speed of convergence."""

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as hs

from kastje.agents.attitudes import (
    anchor_after_week,
    equilibrium,
    friedkin_johnsen,
    known_after_session,
    role_anchor_after_week,
    session_lift,
)


def iterate(w: sp.csr_matrix, anchor: np.ndarray, lam: np.ndarray, alpha: float, weeks: int) -> np.ndarray:
    x = anchor.copy()
    for _ in range(weeks):
        out = np.zeros_like(x)
        friedkin_johnsen(x, anchor, lam, alpha, w.indptr, w.indices, w.data, out)
        x = out
    return x


def test_b1_four_person_example_of_friedkin_and_johnsen_1999():
    w = sp.csr_matrix(
        np.array(
            [[0.220, 0.120, 0.360, 0.300], [0.147, 0.215, 0.344, 0.294], [0, 0, 1.0, 0], [0.090, 0.178, 0.446, 0.286]]
        )
    )
    lam = 1.0 - w.diagonal()
    anchor = np.array([25.0, 25.0, 75.0, 85.0])
    expected = np.array([60.020849, 59.983966, 75.0, 74.986205])
    assert equilibrium(w, anchor, lam) == pytest.approx(expected, abs=1e-5)
    assert iterate(w, anchor, lam, 1.0, 400) == pytest.approx(expected, abs=1e-5)


def test_b3_one_group_with_a_fixed_leader():
    # Everybody hears the leader with weight w and the group for the rest: ((1-l)u + l w L) / (1 - l (1-w)).
    u, leader, weight, lam = 0.3, 0.9, 0.25, 0.6
    n = 5
    w = np.zeros((n + 1, n + 1))
    w[0, 0] = 1.0
    for i in range(1, n + 1):
        w[i, 0] = weight
        w[i, [j for j in range(1, n + 1) if j != i]] = (1 - weight) / (n - 1)
    anchor = np.array([leader] + [u] * n)
    susceptible = np.array([0.0] + [lam] * n)
    x = iterate(sp.csr_matrix(w), anchor, susceptible, 0.3, 500)
    expected = ((1 - lam) * u + lam * weight * leader) / (1 - lam * (1 - weight))
    assert expected == pytest.approx(0.463636, abs=1e-6)
    assert x[1:] == pytest.approx(np.full(n, expected), abs=1e-9)
    assert x[0] == leader


@given(alpha=hs.floats(0.02, 1.0), seed=hs.integers(0, 1000))
def test_b4_relaxation_changes_the_speed_and_not_the_fixed_point(alpha, seed):
    rng = np.random.default_rng(seed)
    n = 6
    w = sp.csr_matrix(rng.dirichlet(np.ones(n), n))
    anchor, lam = rng.random(n), rng.uniform(0.0, 0.9, n)
    goal = equilibrium(w, anchor, lam)
    out = np.zeros(n)
    friedkin_johnsen(goal, anchor, lam, alpha, w.indptr, w.indices, w.data, out)
    assert out == pytest.approx(goal, abs=1e-12)
    # On an eigenvector of L W with eigenvalue mu the error shrinks by 1 - alpha (1 - mu) a step.
    equal = np.full(n, 0.6)
    error = np.ones(n)
    start = equilibrium(w, anchor, equal) + error
    friedkin_johnsen(start, anchor, equal, alpha, w.indptr, w.indices, w.data, out)
    shrunk = out - equilibrium(w, anchor, equal)
    assert shrunk == pytest.approx((1 - alpha * (1 - 0.6)) * error, abs=1e-10)


def test_without_any_anchor_there_is_no_unique_fixed_point():
    with pytest.raises(ValueError, match="susceptibility"):
        equilibrium(sp.identity(3, format="csr"), np.ones(3), np.ones(3))


def test_sessions_lift_and_knowledge_saturates():
    assert session_lift(0.4, 0.2) == pytest.approx(0.52)
    assert known_after_session(known_after_session(0.8)) == pytest.approx(0.95)


@given(u=hs.floats(0, 1), share=hs.floats(0, 1), s=hs.floats(0, 1))
def test_anchors_stay_between_zero_and_one(u, share, s):
    assert 0.0 <= anchor_after_week(u, share, s, 0.2, 0.06, 0.03) <= 1.0


def test_doing_raises_an_anchor_only_with_support():
    assert anchor_after_week(0.5, 1.0, 1.0, 0.2, 0.06, 0.03) == pytest.approx(0.53)
    assert anchor_after_week(0.5, 1.0, 0.0, 0.2, 0.06, 0.03) == pytest.approx(0.5 - 0.03 * 0.3)


def test_a_role_description_raises_low_anchors_and_leaves_high_ones():
    assert role_anchor_after_week(0.2, 0.6, 0.05) == pytest.approx(0.22)
    assert role_anchor_after_week(0.7, 0.6, 0.05) == 0.7
