"""The report on accessibility: what axe found, what is looked at otherwise, and what was not tried.

`python -m kastje.evidence.pages.accessibility_report --out docs/accessibility.md` looks at every page and writes it.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from kastje.dashboard.pages import PAGES
from kastje.evidence.pages.accessibility import CHOICE, IMPACTS, Look, looks
from kastje.evidence.pages.browser import SIZES, opened_browser, running_server

AXE, POLICY, CASE, NETWORK, RESEARCH, PRESENT = (
    f"tests/browser/test_{name}.py" for name in ("axe", "policy", "case", "network", "research", "present")
)
CHECKS = (
    (
        "Tab reaches every control of every page, visibly, and leaves the page again",
        AXE,
        "test_tab_reaches_every_control_visibly_and_is_never_trapped",
    ),
    (
        "The keyboard alone makes a choice and reads the answer",
        AXE,
        "test_the_keyboard_alone_makes_a_choice_and_reads_the_answer",
    ),
    ("A small design by keyboard alone", RESEARCH, "test_a_small_design_by_keyboard_alone"),
    ("The next case and a number by keyboard", CASE, "test_the_next_case_and_a_number_by_keyboard_stay_in_the_link"),
    ("The film by keyboard alone", NETWORK, "test_the_keyboard_does_everything"),
    ("The presenter view by keyboard alone", PRESENT, "test_the_whole_story_by_keyboard_in_dutch"),
    ("At 200 % nothing scrolls sideways, on every page", AXE, "test_at_200_and_400_percent_nothing_scrolls_sideways"),
    ("At 400 % nothing scrolls sideways, on every page", AXE, "test_at_200_and_400_percent_nothing_scrolls_sideways"),
    (
        "More room between letters, words and lines cuts nothing off",
        AXE,
        "test_more_room_between_letters_and_lines_cuts_nothing_off",
    ),
    ("Axe on the report that a visitor saves", AXE, "test_axe_finds_nothing_in_the_report"),
    ("A wish for little motion is met", AXE, "test_a_wish_for_little_motion_is_met"),
    (
        "Each page has a title of its own, also on the way",
        POLICY,
        "test_every_page_says_its_name_in_the_browser_also_on_the_way",
    ),
    (
        "What has the focus is not under the row with the hours",
        POLICY,
        "test_the_hours_stay_in_sight_and_cover_nothing",
    ),
)
"""What axe cannot see, and the test that looks at it."""
NOT_TRIED = (
    "No person with a disability has used it, and no screen reader has been listened to (NVDA, JAWS, VoiceOver,\n"
    "  TalkBack): names, roles and live regions are there and are tested; how they sound is not known.",
    "No audit after WCAG-EM by somebody else, which a Dutch public body needs for its accessibility statement.",
    "Chromium only: Firefox, Safari, speech control and high contrast were not tried.",
    "The points of a chart cannot be reached one by one: the same figures are in the table under it.",
)


def document(found: Sequence[Look], made: date) -> str:
    """The whole report."""
    sizes = " and ".join(f"{width} by {height}" for width, height in SIZES.values())
    lines = [
        "# Accessibility",
        "",
        f"Made by `make accessibility` on {made.isoformat()} with axe-core {found[0].version}: {len(PAGES)} pages in",
        f"Dutch and English, light and dark, at {sizes} pixels, {len(found)} looks in all, at the",
        f"choice `?{CHOICE}`. The same looks are tests, which fail on anything that axe finds. The aim is",
        "WCAG 2.1 AA. **This is not a statement of conformity**: axe sees a part of the rules only, and what was not",
        "tried is below.",
        "",
        "## What axe finds",
        "",
        "Places that break a rule, over all looks at a page; the last columns are the rules that were met and that axe",
        "leaves to a person, at most in one look.",
        "",
        "| page | " + " | ".join(IMPACTS) + " | rules met | left to a person |",
        "|---|" + "---|" * (len(IMPACTS) + 2),
    ]
    for name in PAGES:
        mine = [one for one in found if one.page == name]
        cells = [*_counts(mine), max(one.passed for one in mine), max(len(one.undecided) for one in mine)]
        lines.append(f"| {name} | " + " | ".join(map(str, cells)) + " |")
    lines += [f"| **together** | {' | '.join(map(str, _counts(found)))} | | |", "", *_broken(found), ""]
    lines += [*_undecided(found), "## What axe cannot see", "", "| looked at | by |", "|---|---|"]
    lines += [f"| {what} | `{file}`: {test} |" for what, file, test in CHECKS]
    lines += ["", "## Not conformant, not known, or not tried", "", *(f"- {line}" for line in NOT_TRIED), ""]
    return "\n".join(lines)


def _counts(found: Iterable[Look]) -> list[int]:
    total = sum((one.places for one in found), Counter[str]())
    return [total[impact] for impact in IMPACTS]


def _broken(found: Iterable[Look]) -> list[str]:
    """The rules that are broken, the worst first, with the pages."""
    broken: dict[tuple[int, str, str], set[str]] = {}
    for one in found:
        for rule in one.violations:
            key = (IMPACTS.index(rule["impact"]), rule["id"], rule["help"])
            broken.setdefault(key, set()).add(one.page)
    if not broken:
        return ["No rule is broken anywhere."]
    return [
        f"- {IMPACTS[weight]}: `{rule}` ({words}): {', '.join(sorted(pages))}"
        for (weight, rule, words), pages in sorted(broken.items())
    ]


def _undecided(found: Iterable[Look]) -> list[str]:
    """The rules that axe leaves to a person, with the pages."""
    left: dict[str, set[str]] = {}
    for one in found:
        for rule in one.undecided:
            left.setdefault(rule, set()).add(one.page)
    if not left:
        return []
    told = [f"- `{rule}`: {', '.join(sorted(pages))}" for rule, pages in sorted(left.items())]
    return ["Left to a person, since axe cannot tell (such as text over a pattern):", "", *told, ""]


def main() -> None:
    """Command line: --out FILE. Ends with exit code 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m kastje.evidence.pages.accessibility_report", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/accessibility.md"))
    arguments = parser.parse_args()
    found: list[Look] = []
    with running_server() as address, opened_browser() as browser:
        for one in looks(browser, address):
            found.append(one)
            print(one.page, one.lang, one.theme, one.size, dict(one.places), flush=True)
    arguments.out.write_text(document(found, date.today()), encoding="utf-8")
    told = [line for one in found for line in one.told()]
    if told:
        raise SystemExit("\n".join(told))


if __name__ == "__main__":
    main()
