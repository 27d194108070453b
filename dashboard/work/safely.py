"""What if working out or drawing fails? The reader sees words; the traceback, with its file paths, goes to the log."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kastje.dashboard.texts import Said
from kastje.model import InputError

log = logging.getLogger("kastje.dashboard")


def safely[Made](make: Callable[[], Made], otherwise: Made) -> Made:
    """What `make` makes, or `otherwise` when it raises: Solara would show a traceback to the reader."""
    try:
        return make()
    except Exception:
        log.exception("drawing a part of the page failed")
        return otherwise


@contextmanager
def said(what: str, tell: Callable[[Said], None], otherwise: str = "error.computing") -> Iterator[None]:
    """The block, which never raises: when it fails, `tell` is given the sentence that says so.

    That is the model's own sentence for an input that cannot be used, and else `otherwise`; `what` is for the log.
    """
    try:
        yield
    except InputError as error:
        tell(("error.input", {"message": error.said}))
    except Exception:
        log.exception("%s failed", what)
        tell((otherwise, {}))
