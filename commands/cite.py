"""`kastje cite`: how to cite Kastje, or a result that it made."""

from pathlib import Path
from typing import Annotated, Any

import typer

from kastje.commands.options import AsJson
from kastje.commands.terminal import print_json, show
from kastje.experiments.again.told import Told, told
from kastje.experiments.citation import APA, FORMS, Citation, profile_of
from kastje.experiments.designs.levers import load
from kastje.experiments.runs.origin import model_hash
from kastje.model import InputError
from kastje.model.errors import unknown
from kastje.version import version


def cite(
    result: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FOLDER|FILE]", help="A result: cited with what it is of; none is Kastje.", show_default=False
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--form", metavar="|".join(FORMS), help="As text (APA) or for a reference manager.")
    ] = APA,
    as_json: AsJson = False,
) -> None:
    """How to cite Kastje with its version and model, or a result with its profile, its seeds and their sources.

    Example: kastje cite --form bibtex
    """
    if form not in FORMS:
        raise unknown("--form", form, tuple(FORMS))
    found = told(result) if result is not None else None
    made = {"kastje": version(), "model": model_hash()} if found is None else found.origin
    citation = Citation.of(str(made.get("kastje", "?")), str(made["model"]))
    about = {} if found is None else _about(found)
    if as_json:
        print_json({**{name: citation.written(name) for name in FORMS}, **({"result": about} if found else {})})
        return
    show(citation.written(form))
    if about:
        show("", *_lines(about))


def _about(found: Told) -> dict[str, Any]:
    """What a result is of: its command line, its seeds, its profiles with where their figures come from."""
    digests = dict(found.origin.get("profiles") or {})
    profiles = []
    for name, digest in digests.items():
        try:
            profiles.append(profile_of(load(name), name, digest))
        except InputError:
            profiles.append({"name": Path(name).name, "hash": digest})
    return {"file": str(found.path), "made_by": found.line, "seeds": seeds_of(found), "profiles": profiles}


def seeds_of(found: Told) -> str:
    """The seeds of a result in words; empty when it does not say."""
    content = found.content if isinstance(found.content, dict) else {}
    given = content.get("seeds")
    if isinstance(given, list) and given:
        return f"{min(given)} to {max(given)}"
    design = content.get("design") or {}
    words = found.line.split()
    options = {one: words[at + 1] for at, one in enumerate(words[:-1]) if one.startswith("--")}
    first = design.get("seed", options.get("--seed"))
    count = design.get("replications", options.get("--replications", 1))
    if first is None or isinstance(count, dict):
        return "" if first is None else f"{first} and on"
    last = int(first) + int(count) - 1
    return str(first) if last == int(first) else f"{first} to {last}"


def _lines(about: dict[str, Any]) -> list[str]:
    lines = [f"Result: {about['file']}"]
    lines += [f"Made by: {about['made_by']}"] if about["made_by"] else []
    lines += [f"Seeds: {about['seeds']}"] if about["seeds"] else []
    for one in about["profiles"]:
        title = f", {one['title']['en']}" if "title" in one else ""
        lines.append(f"Profile: {one['name']}{title} (hash {one['hash']})")
        lines += [f"  Source: {source['en']}" for source in one.get("sources", ())]
    return lines
