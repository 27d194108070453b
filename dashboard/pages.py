"""Which pages are there, and what has everybody to know of each?

The register is `pages.toml`, and after it the files that the environment variable KASTJE_PAGES names.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import Field

from kastje.dashboard.texts import Texts, phrase
from kastje.model.additions import ID, entries, field_of, own_files
from kastje.model.errors import phrase as of_the_model
from kastje.model.errors import unexpected, wrong
from kastje.model.reading import Record, Text, build, read_toml

FILE = "pages.toml"
OWN_FILES = "KASTJE_PAGES"
"""The environment variable with files of pages that are not shipped, in the form of `pages.toml`."""
ADDRESS = re.compile(r"/([a-z][a-z0-9-]*)?")
FIRST = "policy"
"""The page to which a visitor comes first, and goes back from the others."""


class Page(Record):
    """One page: its title, its address, the parts of a link that are its own, and what is on it in the end."""

    id: str
    title: Text
    address: str
    own: tuple[str, ...]
    ready: tuple[str, ...] = Field(min_length=1)
    about: str = Field(min_length=1)
    page: str | None = None
    """What draws it, as FILE.py:NAME, where it is not shipped."""
    folder: Path
    """Where the file lies that named it."""
    where: str
    """What opens a line about what is wrong with it."""

    def titled(self, texts: Texts) -> str:
        """Its title in the reader's language."""
        return self.title.in_language(texts.language)


def register(files: Iterable[tuple[str, Mapping[str, Any], Path]]) -> dict[str, Page]:
    """The pages in the tables of these files, by id. Raises InputError, one line with the file, page and field."""
    found: dict[str, Page] = {}
    for file, tables, folder in files:
        for where, entry in entries(file, tables, "pages"):
            page = build(Page, entry | {"folder": folder, "where": where}, where)
            if not ID.fullmatch(page.id):
                raise unexpected(field_of(where, "id"), page.id, of_the_model("expected.free_id"))
            if page.id in found:
                raise wrong(where, of_the_model("problem.id_twice"))
            taken = {one.address for one in found.values()}
            if not ADDRESS.fullmatch(page.address) or page.address in taken:
                raise unexpected(field_of(where, "address"), page.address, phrase("wrong.address"))
            found[page.id] = page
    return found


def _load() -> Mapping[str, Page]:
    here = Path(__file__).parent
    shipped = (FILE, read_toml(here / FILE), here)
    return MappingProxyType(
        register([shipped, *((str(path), read_toml(path), path.parent) for path in own_files(OWN_FILES))])
    )


PAGES: Mapping[str, Page] = _load()


def page_at(path: str) -> Page | None:
    """The page at this address; None when there is none."""
    wanted = path.rstrip("/") or "/"
    return next((page for page in PAGES.values() if page.address == wanted), None)


def page_title(page: Page, texts: Texts) -> str:
    """The title of a page in the browser: a tab, a bookmark and a screen reader tell the pages apart by it."""
    return f"{page.titled(texts)} - Kastje"
