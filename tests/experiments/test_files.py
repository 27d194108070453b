"""A file is whole or not there."""

from pathlib import Path

import pytest

from kastje.experiments.files import written_aside
from kastje.model import InputError


def test_the_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "log.csv"
    with written_aside(target) as aside:
        aside.write_text("whole")
        assert not target.exists()
    assert target.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_who_stops_halfway_leaves_the_old_file_and_nothing_else(tmp_path: Path, stop: type[BaseException]) -> None:
    target = tmp_path / "log.csv"
    target.write_text("old")

    def stop_halfway() -> None:
        with written_aside(target) as aside:
            aside.write_text("hal")
            raise stop

    with pytest.raises(stop):
        stop_halfway()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_is_not_there_and_a_folder_in_place_of_a_file_are_wrong_input(tmp_path: Path) -> None:
    with (
        pytest.raises(InputError, match=r"there is no folder .*nowhere, expected one that exists"),
        written_aside(tmp_path / "nowhere" / "log.csv"),
    ):
        pass
    with pytest.raises(InputError, match=r"target: .*: this is a folder, expected a file"), written_aside(tmp_path):
        pass
