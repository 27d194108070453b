"""Claims as files: the shipped ones are whole, and a mistake in one is one line that a person can act on."""

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from kastje.experiments.studies.claims import chosen, read_claims, shipped
from kastje.experiments.studies.claims.reading import order, read_claim
from kastje.model import LESSONS, OUTCOMES, InputError

TEXT = """
id: mine
source: own
statement: { nl: Een proef., en: A trial. }
contrast:
  of: { ownership: 1 }
outcomes:
  - { outcome: fit, direction: higher, at_least: 0.02 }
"""


def written(folder: Path, text: str = TEXT, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_there_is_a_claim_for_every_lesson_and_every_hypothesis() -> None:
    sources = {one.source for one in chosen(None)}
    assert sources >= {f"lesson {n}" for n in range(1, 9)} | {f"hypothesis {n}" for n in range(1, 9)} | {"own"}
    assert len(chosen(None)) == len(shipped()) >= 12


def test_the_claims_of_a_lesson_are_about_that_lesson_alone() -> None:
    for one in chosen(None):
        if one.source.startswith("lesson"):
            lesson = LESSONS[int(one.source.split()[1]) - 1]
            assert one.contrast.arms() == {"of": {lesson: 1.0}, "against": {}, "under": {}}, one.id
            assert set(one.where.profiles) >= {"tilburg", "groningen", "owo", "wageningen", "permits"}
            assert one.where.loads == (0.85, 1.0, 1.15)
            assert one.where.act_rules == ("logit", "product", "minimum")


def test_the_smallest_effect_that_matters_is_the_same_in_every_claim_about_an_outcome() -> None:
    """Chosen once for each outcome, and not claim by claim: two claims say in words that they are about more."""
    sizes: dict[str, set[tuple[float, bool]]] = {}
    for one in chosen(None):
        if one.id in ("renew-decisive-when-tight", "told-again-flattered"):
            continue
        for expected in one.outcomes:
            if expected.times is None:
                sizes.setdefault(expected.outcome, set()).add((expected.size.value, expected.size.relative))
    assert {name: found for name, found in sizes.items() if len(found) > 1} == {}
    assert sizes["lead_time_days_mean"] == {(1.0, False)}
    assert sizes["stories_per_case"] == {(5.0, True)}


def test_claims_go_along_when_the_package_is_installed(root: Path) -> None:
    data = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    assert "*.yaml" in data["*"]
    folder = root / "experiments" / "studies" / "claims" / "shipped"
    assert {path.parent.resolve() for path in shipped().values()} == {folder}
    assert version("pyyaml")


def test_claims_come_in_the_order_of_their_sources() -> None:
    sources = [one.source for one in chosen(None)]
    assert sources[0] == "lesson 1"
    assert sources[-1] == "own"
    assert [order(one) for one in chosen(None)] == sorted(order(one) for one in chosen(None))


def test_a_file_a_folder_and_an_id_are_read(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert [one.id for one in chosen(["ownership-stalls", str(path)])] == ["ownership-stalls", "mine"]
    assert [one.id for one in read_claims(tmp_path)] == ["mine"]


def test_what_is_left_out_is_everywhere_and_against_today(tmp_path: Path) -> None:
    one = read_claim(written(tmp_path))
    assert one.contrast.against == ({},)
    assert one.where.disappointment == one.where.pressure == (True, False)
    assert one.note == ""


def test_on_and_off_are_what_yaml_takes_them_for(tmp_path: Path) -> None:
    one = read_claim(written(tmp_path, TEXT + "where: { pressure: [off], disappointment: [on] }\n"))
    assert (one.where.pressure, one.where.disappointment) == ((False,), (True,))


def test_a_profile_of_ones_own_is_seen_from_the_claims_file(tmp_path: Path, root: Path) -> None:
    text = (root / "model" / "profiles" / "permits.toml").read_text(encoding="utf-8")
    (tmp_path / "town.toml").write_text(text, encoding="utf-8")
    one = read_claim(written(tmp_path, TEXT + "where: { profiles: [permits, town.toml] }\n"))
    assert one.where.profiles == ("permits", str(tmp_path / "town.toml"))


WRONG = [
    (("of: { ownership: 1 }", "of: { ownershp: 1 }"), ["contrast.of", "ownershp", "did you mean 'ownership'"]),
    (("of: { ownership: 1 }", "of: { ownership: 2 }"), ["contrast.of", "ownership", "2", "0 to 1"]),
    (("of: { ownership: 1 }", "of: { owner.ownership: 1 }"), ["contrast.of", "did you mean 'owners.ownership'"]),
    (("of: { ownership: 1 }", "of: { keepers.ownership: 7 }"), ["keepers.ownership", "7", "0 to 1"]),
    (("of: { ownership: 1 }", "of: { load: 9 }"), ["contrast.of", "load", "9", "from 0 to 3"]),
    (("of: { ownership: 1 }", "of: { ownership: much }"), ["contrast.of.ownership", "much", "a number"]),
    (("of: { ownership: 1 }", "of: { profile: 1 }"), ["profile", "where.profiles"]),
    (("of: { ownership: 1 }", "oof: { ownership: 1 }"), ["contrast.oof", "did you mean 'of'"]),
    (("outcome: fit", "outcome: fitt"), ["outcomes[1].outcome", "fitt", "did you mean 'fit'"]),
    (("direction: higher", "direction: up"), ["outcomes[1].direction", "up", "lower", "higher", "no_worse"]),
    (("at_least: 0.02", "at_least: little"), ["outcomes[1].at_least", "little", "percentage such as 5 %"]),
    (("at_least: 0.02", "at_least: -1"), ["outcomes[1].at_least", "-1", "greater than 0"]),
    (("at_least: 0.02", "margin: 0.02"), ["outcomes[1]", "at_least", "margin"]),
    ((", at_least: 0.02", ""), ["outcomes[1]", "at_least", "given: none"]),
    (("at_least: 0.02", "times: 2"), ["times", "ratio_to"]),
    (("direction: higher, at_least: 0.02", "direction: negligible, at_least: 0.02"), ["margin", "negligible"]),
    (
        ("fit, direction: higher, at_least: 0.02", "handovers_per_case, direction: no_worse, margin: 1"),
        ["no_worse", "handovers_per_case"],
    ),
    (("source: own", "source: lesson 9"), ["source", "lesson 9", "lesson 8"]),
    (("source: own", "sauce: own"), ["sauce", "did you mean 'source'"]),
    (("statement: { nl: Een proef., en: A trial. }", "statement: { nl: Een proef. }"), ["statement.en", "missing"]),
    (("id: mine", "id: yours"), ["id", "yours", "mine"]),
    (("id: mine", "id: Mine too"), ["id", "Mine too", "small letters"]),
    (("id: mine", "id: [mine"), ["line", "valid YAML"]),
    (("id: mine", "id: mine: too"), ["line 2", "valid YAML", "between quotes"]),
    (("source: own", "\tsource: own"), ["valid YAML", "with spaces, not with tabs"]),
    (("source: own", 'source: "own'), ["valid YAML", "not closed"]),
    (("id: mine", "id: mine\nid: again"), ["line 3", "id is given twice"]),
    (
        ("outcomes:", "where: { profiles: [tilbrug] }\noutcomes:"),
        ["where.profiles", "tilbrug", "did you mean 'tilburg'"],
    ),
    (("outcomes:", "where: { loads: [9] }\noutcomes:"), ["where.loads[1]", "9", "3"]),
    (("outcomes:", "where: { loads: [1, 1] }\noutcomes:"), ["where", "once"]),
    (("outcomes:", "where: { act_rules: [probit] }\noutcomes:"), ["where.act_rules[1]", "probit", "logit"]),
    (("outcomes:", "  parts: [{ ownership: 1 }]\noutcomes:"), ["contrast", "two parts"]),
    (("outcomes:", "where: { loads: [] }\noutcomes:"), ["where", "one or more loads"]),
    (("outcomes:", "  against: []\noutcomes:"), ["contrast", "one arm or more in against"]),
    (("  - { outcome: fit, direction: higher, at_least: 0.02 }", "  []"), ["one or more outcomes"]),
    ((TEXT, "- a\n- list\n"), ["this is no claim", "expected fields such as id"]),
]


@pytest.mark.parametrize(("change", "told"), WRONG)
def test_a_mistake_is_one_line_that_names_file_field_value_and_what_was_expected(
    tmp_path: Path, change: tuple[str, str], told: list[str]
) -> None:
    assert change[0] in TEXT
    path = written(tmp_path, TEXT.replace(*change))
    with pytest.raises(InputError) as caught:
        read_claim(path)
    said = str(caught.value)
    assert "\n" not in said
    assert said.startswith(str(path))
    assert [word for word in told if word not in said] == []


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["ownership-stals"], ["claim", "did you mean 'ownership-stalls'"]),
        (["nowhere.yaml"], ["nowhere.yaml", "no such file"]),
        (["ownership-stalls", "ownership-stalls"], ["ownership-stalls", "twice"]),
    ],
)
def test_a_claim_that_is_not_there_is_told(names: list[str], told: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        chosen(names)
    assert [word for word in told if word not in str(caught.value)] == []


def test_a_folder_without_claims_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no claims"):
        chosen([str(tmp_path)])


def test_the_claim_in_the_guide_can_be_read(root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "claims.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    one = read_claim(written(tmp_path, example, "early-lead-time.yaml"))
    assert one.contrast.of == {"early_participation": 1.0}
    assert set(yaml.safe_load(example)) == set(type(one).model_fields)
    assert set(yaml.safe_load(example)["where"]) == set(type(one.where).model_fields)


def test_the_guide_names_every_direction_and_no_outcome_that_does_not_exist(root: Path) -> None:
    text = (root / "docs" / "claims.md").read_text(encoding="utf-8")
    assert all(f"`{word}`" in text for word in ("lower", "higher", "no_worse", "negligible", "at_least", "margin"))
    assert "lead_time_days_mean" in OUTCOMES
