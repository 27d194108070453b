"""Attitudes, support and learning against their closed forms (B1, B3, B4, B6, B7, B8, B9).

The rules are those that the engine calls; B3 and B7 are also done in the engine, with a team that has no work.
"""

import math

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from kastje.agents.attitudes import equilibrium, friedkin_johnsen, hegselmann_krause
from kastje.agents.employee import learning_factor
from kastje.agents.manager import support_after_act, support_chance
from kastje.evidence.verification.estimate import identity
from kastje.evidence.verification.finding import Check, Finding
from kastje.evidence.verification.textbook import textbook
from kastje.model import Municipality
from kastje.model.network import MANAGER_WEIGHT
from kastje.model.simulate import drive

Array = NDArray[np.float64]

# Friedkin & Johnsen (1999): who hears whom in their group of four, and what they held at first.
FOUR = np.array(
    [[0.220, 0.120, 0.360, 0.300], [0.147, 0.215, 0.344, 0.294], [0.0, 0.0, 1.0, 0.0], [0.090, 0.178, 0.446, 0.286]]
)
FOUR_ANCHORS = np.array([25.0, 25.0, 75.0, 85.0])
FOUR_SETTLED = np.array([60.020849, 59.983966, 75.0, 74.986205])
PRINTED = 1e-6
"""The figures of B1 are given to six decimals."""
FAR = 400
"""Steps after which what is left of any distance to the fixed point is below 1e-12."""


def step(w: sp.csr_matrix, x: Array, anchor: Array, susceptible: Array, alpha: float) -> Array:
    """One step of the rule that the engine calls."""
    out = np.zeros_like(x)
    friedkin_johnsen(x, anchor, susceptible, alpha, w.indptr, w.indices, w.data, out)
    return out


def settled(w: sp.csr_matrix, anchor: Array, susceptible: Array, alpha: float) -> Array:
    """Where the steps lead to."""
    x = anchor.copy()
    for _ in range(FAR):
        x = step(w, x, anchor, susceptible, alpha)
    return x


def _four() -> list[Finding]:
    w, susceptible = sp.csr_matrix(FOUR), 1.0 - np.diag(FOUR)
    return [
        identity("B1", "four persons, iterated", FOUR_SETTLED, settled(w, FOUR_ANCHORS, susceptible, 1.0), PRINTED),
        identity("B1", "four persons, solved", FOUR_SETTLED, equilibrium(w, FOUR_ANCHORS, susceptible), PRINTED),
    ]


def led(own: float, leader: float, weight: float, susceptible: float) -> float:
    """Where a group settles that hears a fixed leader with this weight and itself for the rest."""
    return ((1.0 - susceptible) * own + susceptible * weight * leader) / (1.0 - susceptible * (1.0 - weight))


def _leader() -> list[Finding]:
    own, leader, weight, susceptible, n = 0.3, 0.9, 0.25, 0.6, 5
    w = np.full((n + 1, n + 1), (1.0 - weight) / (n - 1))
    np.fill_diagonal(w, 0.0)
    w[:, 0] = weight
    w[0] = np.eye(n + 1)[0]
    found = settled(sp.csr_matrix(w), np.r_[leader, [own] * n], np.r_[0.0, [susceptible] * n], 0.3)
    expected = led(own, leader, weight, susceptible)
    return [
        identity("B3", "group with a fixed leader, weight .25", 0.463636, expected, PRINTED),
        identity("B3", "the same, iterated", np.r_[leader, [expected] * n], found),
        _leader_in_engine(own, leader),
    ]


def _leader_in_engine(own: float, leader: float) -> Finding:
    """The same in the engine: a team that hears its manager with the weight that the network gives one."""
    municipality = Municipality(textbook("group"), rng=1)
    people = list(municipality.agents)
    for person, value in zip(people, (leader, *[own] * (len(people) - 1)), strict=True):
        person.lived_vision = person.vision_anchor = value
    municipality.state = drive(municipality.plan, municipality.world, municipality.state, municipality.world.arrays.end)
    expected = led(own, leader, MANAGER_WEIGHT, municipality.plan.value("susceptibility"))
    found = [person.lived_vision for person in people]
    name = f"in the engine: a team and its manager, weight {MANAGER_WEIGHT:g}, after 156 weeks"
    return identity("B3", name, [leader, *[expected] * (len(people) - 1)], found)


def _relaxed() -> list[Finding]:
    """The fixed point for every speed, and how fast an error in the shape of an eigenvector of W goes."""
    rng = np.random.default_rng(4)
    n, susceptible = 6, 0.6
    symmetric = rng.random((n, n))
    w = (symmetric + symmetric.T) / (symmetric + symmetric.T).sum(axis=1, keepdims=True)
    rows, csr = [], sp.csr_matrix(w)
    anchor, lam = rng.random(n), np.full(n, susceptible)
    goal = equilibrium(csr, anchor, lam)
    alphas = (0.05, 0.1, 0.3, 1.0)
    moved = [np.max(np.abs(step(csr, goal, anchor, lam, alpha) - goal)) for alpha in alphas]
    rows.append(identity("B4", "fixed point at alpha .05, .1, .3, 1: moves by", np.zeros(len(alphas)), moved))
    # W is a symmetric matrix with its rows scaled, so its eigenvalues are real.
    values, vectors = np.linalg.eig(w)
    for alpha in (0.1, 1.0):
        factors = []
        for k in range(n):
            error = np.real(vectors[:, k])
            left = step(csr, goal + error, anchor, lam, alpha) - goal
            factors.append(float(left @ error / (error @ error)))
        expected = 1.0 - alpha * (1.0 - susceptible * np.real(values))
        rows.append(identity("B4", f"alpha {alpha:g}: what is left of the six error modes", expected, factors))
    return rows


def _bounded_confidence() -> list[Finding]:
    rng = np.random.default_rng(6)
    x = rng.random(20)
    everybody = sp.csr_matrix(np.ones((20, 20)))
    rows = []
    for name, eps, expected in (
        ("eps = 0: nothing moves", 0.0, x),
        ("eps = the span: the mean in one step", float(np.ptp(x)), np.full(20, x.mean())),
    ):
        out = np.zeros(20)
        hegselmann_krause(x, eps, everybody.indptr, everybody.indices, out)
        rows.append(identity("B6", f"{name} (20 persons; the difference)", np.zeros(20), out - expected))
    apart = np.r_[np.linspace(0.0, 0.1, 10), np.linspace(0.9, 1.0, 10)]
    out = np.zeros(20)
    hegselmann_krause(apart, 0.2, everybody.indptr, everybody.indices, out)
    means = [0.05, 0.95]
    rows.append(identity("B6", "two groups further apart than eps: each at its own mean", means, [out[0], out[-1]]))
    return rows


def _felt_support() -> list[Finding]:
    kappa, rows = 0.1, []
    left = 1.0 - support_after_act(0.0, kappa)
    half_life = math.log(0.5) / math.log(left)
    rows.append(identity("B7", "half-life of lacking support, an act a week, kappa .1: weeks", 6.579, half_life, 5e-4))
    municipality = Municipality(textbook("group"), rng=1)
    for person in municipality.agents:
        person.felt_support = 0.4
    weeks = 20
    municipality.state = drive(municipality.plan, municipality.world, municipality.state, 168.0 * weeks)
    found = [person.felt_support for person in municipality.agents]
    expected = 1.0 - 0.6 * 0.5 ** (weeks / half_life)
    rows.append(identity("B7", f"in the engine: felt support of six people after {weeks} weeks", [expected] * 6, found))
    return rows


def _cascade() -> list[Finding]:
    """Falling dominoes: who acts only when the one above did, and then with chance phi."""
    phi, never = 0.7, -700.0
    passes_on = math.log(phi / (1.0 - phi)) - never
    chance = 1.0
    for _ in range(3):
        with_example = support_chance(never, 0.0, passes_on, 0.0, 0.0, 1.0, 0.0)
        without = support_chance(never, 0.0, passes_on, 0.0, 0.0, 0.0, 0.0)
        chance = chance * with_example + (1.0 - chance) * without
    return [identity("B8", "support passed on with chance .7 over 3 levels", phi**3, chance)]


def _learning() -> list[Finding]:
    exponent = -math.log2(0.8)
    ratio = learning_factor(16.0, 60.0, exponent) / learning_factor(1.0, 60.0, exponent)
    default = textbook("group").with_parameters(learning_exponent=0.32).value("learning_exponent")
    rounded = learning_factor(16.0, 60.0, default) / learning_factor(1.0, 60.0, default)
    return [
        identity("B9", "80 % learning curve, b = -log2 .8: T(16) / T(1)", 0.4096, ratio),
        identity("B9", "the same with the model's b, rounded to .32", 0.4096, rounded, 0.01, relative=True),
    ]


ATTITUDES: tuple[Check, ...] = (
    Check("B1", "Friedkin-Johnsen, the published example", _four),
    Check("B3", "Friedkin-Johnsen with a fixed leader", _leader),
    Check("B4", "Friedkin-Johnsen, relaxed", _relaxed),
    Check("B6", "Bounded confidence (Hegselmann-Krause)", _bounded_confidence),
    Check("B7", "Felt support", _felt_support),
    Check("B8", "Cascade of support", _cascade),
    Check("B9", "Learning curve", _learning),
)
