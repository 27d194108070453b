"""Reading claims: the shipped ones, one file, or a folder of files; errors are one line."""

from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from kastje.experiments.phrase import phrase
from kastje.experiments.studies.claims.arms import arm_of
from kastje.experiments.studies.claims.claim import Claim
from kastje.model import InputError
from kastje.model.errors import phrase as of_the_model
from kastje.model.errors import unexpected, unknown, wrong
from kastje.model.phrase import Phrase
from kastje.model.reading import build

ENDINGS = (".yaml", ".yml")


class _GivenTwice(yaml.MarkedYAMLError):
    """A key that is there already; `problem` is the key."""


class _Loader(yaml.SafeLoader):
    """Refuses a key that is given twice, which YAML would pass over."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise _GivenTwice(problem=key.value, problem_mark=key.start_mark)
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_claim(path: Path) -> Claim:
    """The claim in a YAML file. Raises InputError that names file, field, value and what was expected."""
    claim = build(Claim, _document(path), str(path))
    for field, arm in claim.contrast.arms().items():
        arm_of(arm, where=_field(path, f"contrast.{field}"))
    if claim.id != path.stem:
        raise unexpected(_field(path, "id"), claim.id, phrase("claims.named_after", name=repr(path.stem)))
    return _with_profiles(claim, path)


def _with_profiles(claim: Claim, path: Path) -> Claim:
    """The claim with the places of profiles of its own seen from its file."""
    try:
        return claim.at([str(path.parent / x) if x.endswith(".toml") else x for x in claim.where.profiles])
    except InputError as error:
        raise wrong(_field(path, "where.profiles"), error.said) from None


def _document(path: Path) -> Any:
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError:
        raise wrong(str(path), phrase("claims.no_file")) from None
    except (OSError, UnicodeDecodeError):
        raise wrong(str(path), phrase("claims.unreadable")) from None
    except yaml.YAMLError as error:
        raise wrong(str(path), _invalid(error)) from None
    if not isinstance(found, dict):
        raise wrong(str(path), phrase("claims.no_fields"))
    return found


YAML_REASONS = {
    "mapping values": "colon",
    "found character '\\t'": "tab",
    "could not find expected ':'": "name",
    "found unexpected end of stream": "unclosed",
    "expected ',' or": "unclosed",
    "expected <block end>": "indented",
    "": "other",
}
"""How what PyYAML finds wrong begins, and the phrase for it; the first that fits."""


def _invalid(error: yaml.YAMLError) -> Phrase:
    """What is wrong with a text that is no YAML, and on which line."""
    if isinstance(error, _GivenTwice):
        reason = phrase("yaml.twice", name=error.problem)
    else:
        problem = str(getattr(error, "problem", ""))
        reason = phrase(f"yaml.{next(key for start, key in YAML_REASONS.items() if problem.startswith(start))}")
    mark = getattr(error, "problem_mark", None)
    return phrase("yaml.invalid", line=mark.line + 1, reason=reason) if mark else phrase("yaml.broken", reason=reason)


def _field(path: Path, name: str) -> Phrase:
    return of_the_model("place.field", file=str(path), field=name)


def read_claims(place: Path) -> list[Claim]:
    """The claims of a file or of all YAML files in a folder. Raises InputError."""
    if not place.is_dir():
        return [read_claim(place)]
    files = sorted(path for path in place.iterdir() if path.suffix in ENDINGS)
    if not files:
        raise wrong(str(place), phrase("claims.none_there", endings=ENDINGS))
    return [read_claim(path) for path in files]


def shipped() -> dict[str, Path]:
    """The files of the claims that come with the product, by id, in the order of their names."""
    root = Path(str(resources.files("kastje.experiments.studies.claims").joinpath("shipped")))
    return {path.stem: path for path in sorted(root.glob("*.yaml"))}


def chosen(names: Sequence[str] | None) -> list[Claim]:
    """The claims that a command names: ids of shipped ones, files, folders; none: every shipped one.

    Raises InputError for a name that is none of these, and for an id that comes twice.
    """
    known = shipped()
    claims = [claim for name in names or known for claim in _named(name, known)]
    _each_once(claims)
    return claims if names else sorted(claims, key=order)


def order(claim: Claim) -> tuple[int, str, str]:
    """Lessons first, then hypotheses, then our own."""
    kind = claim.source.split()[0]
    return ("lesson", "hypothesis", "own").index(kind), claim.source, claim.id


def _named(name: str, known: dict[str, Path]) -> list[Claim]:
    if name in known:
        return [read_claim(known[name])]
    if name.endswith(ENDINGS) or Path(name).is_dir():
        return read_claims(Path(name))
    raise unknown(phrase("claims.claim"), name, [*known], phrase("claims.path"))


def _each_once(claims: Iterable[Claim]) -> None:
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            raise InputError(phrase("claims.twice", id=repr(claim.id)))
        seen.add(claim.id)
