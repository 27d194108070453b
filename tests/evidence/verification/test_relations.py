"""The relations C1 to C21 hold; those of distributions are tried over fewer seeds than docs/verification.md reports."""

import pytest

from kastje.evidence.verification.bookkeeping import NOT_MEASURED
from kastje.evidence.verification.finding import Check
from kastje.evidence.verification.relations import RELATIONS, relations

SEEDS = 120


def test_every_relation_is_there_once():
    assert [check.id for check in RELATIONS] == [f"C{k}" for k in range(1, 22)]


@pytest.mark.parametrize("check", relations(SEEDS), ids=lambda check: check.id)
def test_the_relation_holds(engine, check: Check):
    findings = check.run()
    assert findings
    if all(finding.found.startswith(NOT_MEASURED) for finding in findings):
        pytest.skip(findings[0].found)
    for finding in findings:
        assert finding.check == check.id
        assert finding.holds, f"{finding.system}: expected {finding.expected}, found {finding.found}"
