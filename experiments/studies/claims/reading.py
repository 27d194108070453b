"""Reading claims: the shipped ones, one file, or a folder of files; errors are one line."""

from collections.abc import Iterable, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from kastje.experiments.studies.claims.arms import arm_of
from kastje.experiments.studies.claims.claim import Claim
from kastje.model import InputError
from kastje.model.errors import unknown
from kastje.model.reading import build

ENDINGS = (".yaml", ".yml")


class _Loader(yaml.SafeLoader):
    """Refuses a key that is given twice, which YAML would pass over."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key, _ in node.value:
        if key.value in seen:
            raise yaml.MarkedYAMLError(problem=f"{key.value} is given twice", problem_mark=key.start_mark)
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_claim(path: Path) -> Claim:
    """The claim in a YAML file. Raises InputError that names file, field, value and what was expected."""
    claim = build(Claim, _document(path), str(path))
    for field, arm in claim.contrast.arms().items():
        arm_of(arm, where=f"{path}: field contrast.{field}")
    if claim.id != path.stem:
        raise InputError(f"{path}: field id is {claim.id!r}, expected the name of the file, {path.stem!r}")
    return _with_profiles(claim, path)


def _with_profiles(claim: Claim, path: Path) -> Claim:
    """The claim with the places of profiles of its own seen from its file."""
    try:
        return claim.at([str(path.parent / x) if x.endswith(".toml") else x for x in claim.where.profiles])
    except InputError as error:
        raise InputError(f"{path}: field where.profiles: {error}") from None


def _document(path: Path) -> Any:
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file, expected a claim in YAML") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error}), expected a claim in YAML") from None
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise InputError(f"{path}: {line}{error.problem}, expected valid YAML") from None
    except yaml.YAMLError as error:
        raise InputError(f"{path}: is not valid YAML ({' '.join(str(error).split())})") from None
    if not isinstance(found, dict):
        raise InputError(f"{path}: expected the fields of a claim, such as id, statement and contrast")
    return found


def read_claims(place: Path) -> list[Claim]:
    """The claims of a file or of all YAML files in a folder. Raises InputError."""
    if not place.is_dir():
        return [read_claim(place)]
    files = sorted(path for path in place.iterdir() if path.suffix in ENDINGS)
    if not files:
        raise InputError(f"{place}: holds no claims, expected files ending in {' or '.join(ENDINGS)}")
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
    raise unknown("claim", name, [*known, "a YAML file or a folder of them"])


def _each_once(claims: Iterable[Claim]) -> None:
    seen: set[str] = set()
    for claim in claims:
        if claim.id in seen:
            raise InputError(f"claim {claim.id!r} is given twice, expected every id once")
        seen.add(claim.id)
