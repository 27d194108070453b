"""Running every check, and docs/verification.md with what each of them found."""

import sys
from collections.abc import Iterable, Sequence

from kastje.evidence.documents.markdown import DOCS, renewed, table
from kastje.evidence.verification.finding import Check, Finding
from kastje.evidence.verification.relations import RELATIONS
from kastje.evidence.verification.theory import THEORY
from kastje.experiments.files import written_aside

DOCUMENT = DOCS / "verification.md"
Done = tuple[Check, list[Finding]]


def checks() -> tuple[Check, ...]:
    """All checks: against theory and another code, and the relations that must hold."""
    return (*THEORY, *RELATIONS)


def findings(check: Check) -> list[Finding]:
    """What a check finds; one that breaks off finds that, and the others go on."""
    try:
        return check.run()
    except Exception as error:
        return [Finding(check.id, check.title, "an answer", f"{type(error).__name__}: {error}", "-", False)]


def run(todo: Iterable[Check]) -> list[Done]:
    """Run checks one after the other and tell on standard error how each of them ends."""
    done = []
    for check in todo:
        print(f"{check.id} {check.title} ..", end=" ", flush=True, file=sys.stderr)
        found = findings(check)
        missed = sum(not one.holds for one in found)
        print(f"{missed} of {len(found)} missed" if missed else f"{len(found)} held", file=sys.stderr)
        done.append((check, found))
    return done


def rows(done: Sequence[Done]) -> str:
    """The table of what was found."""
    head = ("id", "check", "system", "expected", "found", "tolerance", "holds")
    return table(
        head,
        [
            (f.check, check.title, f.system, f.expected, f.found, f.tolerance, "yes" if f.holds else "**no**")
            for check, found in done
            for f in found
        ],
    )


def summary(done: Sequence[Done]) -> str:
    """How many findings there are, and which of them do not hold."""
    missed = [f for _, found in done for f in found if not f.holds]
    count = sum(len(found) for _, found in done)
    lines = [f"{count} findings of {len(done)} checks; {count - len(missed)} hold, {len(missed)} do not.\n"]
    lines += [f"- {f.check}, {f.system}: expected {f.expected}, found {f.found}.\n" for f in missed]
    return "\n".join(lines[:1]) + ("\n" if missed else "") + "".join(lines[1:])


def document(text: str, done: Sequence[Done]) -> str:
    """The text of docs/verification.md with every table made afresh; a check is in the table of its first letter."""

    def part(letters: str) -> str:
        return rows([one for one in done if one[0].id[0] in letters])

    made = {
        "summary": lambda: summary(done),
        "work": lambda: part("A"),
        "attitudes": lambda: part("B"),
        "docking": lambda: part("D"),
        "relations": lambda: part("C"),
    }
    return renewed(text, made)


def main(arguments: Sequence[str]) -> int:
    """Run the checks with these ids and show what they find; without ids run all and renew docs/verification.md.

    1 when something does not hold, or when the document is not there, as in an installed package.
    """
    everything = checks()
    known = {check.id: check for check in everything}
    unknown = [id_ for id_ in arguments if id_ not in known]
    if unknown:
        print(f"verification: there is no check {unknown[0]!r}, expected one of: {', '.join(known)}", file=sys.stderr)
        return 2
    if not arguments and not DOCUMENT.is_file():
        print(f"{DOCUMENT}: expected the document; name checks to run them without it", file=sys.stderr)
        return 1
    done = run([known[id_] for id_ in arguments] if arguments else everything)
    if arguments:
        print(rows(done), end="")
    else:
        with written_aside(DOCUMENT) as aside:
            aside.write_text(document(DOCUMENT.read_text(encoding="utf-8"), done), encoding="utf-8")
    return int(any(not f.holds for _, found in done for f in found))
