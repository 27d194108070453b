"""The model against theory and against an independent code: the very checks that docs/verification.md shows."""

import re

import pytest

from kastje.evidence.verification import report
from kastje.evidence.verification.estimate import identity, mean, share, two_codes
from kastje.evidence.verification.finding import Check, Finding
from kastje.evidence.verification.theory import THEORY

pytestmark = pytest.mark.long


@pytest.mark.parametrize("check", [pytest.param(check, id=f"{check.id} {check.title}") for check in THEORY])
def test_the_model_does_what_theory_says(engine: None, check: Check) -> None:
    findings = check.run()
    assert {finding.check for finding in findings} == {check.id}
    missed = [f"{f.system}: expected {f.expected}, found {f.found}; {f.tolerance}" for f in findings if not f.holds]
    assert not missed, f"{check.id} {check.title}: " + "; ".join(missed)


def test_every_check_has_an_id_of_its_own_and_a_place_in_the_document() -> None:
    ids = [check.id for check in report.checks()]
    assert len(set(ids)) == len(ids)
    shown = re.findall(r"^\| ([A-D]\d+) \|", report.DOCUMENT.read_text(encoding="utf-8"), flags=re.M)
    assert set(shown) >= {check.id for check in THEORY}, "docs/verification.md lacks a check: make verify"


CLOSE = [0.99, 1.0, 1.01, 1.0]


@pytest.mark.parametrize(
    ("finding", "holds"),
    [
        (mean("A0", "right", 1.0, CLOSE), True),
        (mean("A0", "five standard errors off", 1.03, CLOSE), False),
        (mean("A0", "right, but too few to tell", 1.0, [0.5, 1.5, 0.5, 1.5]), False),
        (share("A0", "right", 0.5, 5_050, 10_000), True),
        (share("A0", "six standard errors off", 0.5, 5_300, 10_000), False),
        (share("A0", "a certainty with an exception", 1.0, 9_999, 10_000), False),
        (identity("B0", "right", [1.0, 2.0], [1.0, 2.0 + 1e-10]), True),
        (identity("B0", "one of two figures off", [1.0, 2.0], [1.0, 2.0 + 1e-8]), False),
        (identity("B0", "no figure", 1.0, float("nan")), False),
        (two_codes("D0", "the same", CLOSE, [1.0, 1.01, 0.99, 1.01], (4, 4)), True),
        (two_codes("D0", "far apart", CLOSE, [1.1, 1.11, 1.09, 1.1], (4, 4)), False),
    ],
    ids=lambda value: value.system if isinstance(value, Finding) else "",
)
def test_a_figure_that_is_off_is_seen(finding: Finding, holds: bool) -> None:
    assert finding.holds is holds


def test_a_check_that_breaks_off_is_a_finding_that_does_not_hold(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> list[Finding]:
        raise ValueError("no queue")

    done = report.run([Check("A0", "broken", broken)])
    assert "1 of 1 missed" in capsys.readouterr().err
    assert "no queue" in report.rows(done)
    assert report.summary(done).startswith("1 findings of 1 checks; 0 hold, 1 do not.")


def test_the_command_knows_its_checks(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main(["B8"]) == 0
    assert "| B8 | Cascade of support |" in capsys.readouterr().out
    assert report.main(["Z9"]) == 2
    assert "'Z9'" in capsys.readouterr().err
