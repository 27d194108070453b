"""What the benchmark of a room full of people makes of its moves."""

import json
import math
from datetime import date

import pytest

from kastje.evidence.pages.client import Visitor
from kastje.evidence.pages.crowd import Move, percentile, report
from kastje.evidence.pages.pace_report import document
from kastje.evidence.pages.timing import Pace


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile(range(1, 101), 0.95) == 95
    assert math.isnan(percentile([], 0.5))


def test_a_move_without_a_picture_counts_as_late() -> None:
    moves = [Move(0, 0.2, True, 10), Move(0, 0.8, True, 20), Move(1, 0.9, False, 0), Move(1, 4.0, True, 30)]
    found = report(moves, 2, 60, (3, 5))
    assert found["within_1_s"] == pytest.approx(0.5)
    assert found["unanswered"] == 1
    assert found["most_s"] == 4.0


def test_the_page_of_pace_tells_what_was_measured() -> None:
    alone = {"tilburg": Pace(20, [{"first": 200.0, "done": 900.0}, {"first": 400.0, "done": 1100.0}])}
    moves = [Move(0, 0.25, True, 10), Move(1, 0.5, True, 20)]
    wires = {"tilburg": Pace(20, [{"first": 120.0, "done": 700.0}])}
    text = document(alone, wires, [report(moves, 30, 60, (3, 5), roaming=10)], date(2026, 1, 2))
    assert "| tilburg | 0.30 s | 0.40 s | 1.00 s | 1.10 s | 0.12 s | 0.70 s |" in text
    assert "| 20 | 10 | 2 | 0.25 s | 0.50 s | 0.50 s | 100 % | 0 |" in text


def test_a_visitor_sees_what_the_badge_says() -> None:
    visitor = Visitor("http://localhost", "")
    state = {"badge": {"phase": "first", "steps": "1"}}
    opened = {"comm_id": "a", "data": {"state": state}}
    visitor._take(json.dumps({"header": {"msg_type": "status"}, "content": {}}))
    visitor._take(json.dumps({"header": {"msg_type": "comm_open"}, "content": opened}))
    assert [(one.phase, one.steps) for one in visitor.observations] == [("first", "1")]
