"""What does a reader see when drawing the whole page fails? Words; the traceback goes to the log and nowhere else.

Reacton and Solara put the traceback, with its file paths, on the page, also in production, and know no setting for it.
What they put there comes from `traceback.format_exception`, so both get a module `traceback` that says it in words.
"""

import logging
import types

import reacton.core
import solara.server.app

from kastje.dashboard.texts import LANGUAGES, texts

log = logging.getLogger("kastje.dashboard")


def in_words(_: object, error: BaseException, *__: object) -> list[str]:
    """In place of `traceback.format_exception`: one sentence in each language, since the page's own is not known."""
    log.error("drawing the page failed", exc_info=error)
    return ["\n\n".join(f"{texts(one)('failure.title')}\n{texts(one)('failure.advice')}" for one in LANGUAGES)]


def no_tracebacks() -> None:
    """From now on a page that fails says so in words."""
    words = types.SimpleNamespace(format_exception=in_words)
    for module in (reacton.core, solara.server.app):
        module.traceback = words  # type: ignore[attr-defined]
