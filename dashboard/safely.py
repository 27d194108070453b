"""What if making a picture fails? The reader sees words; the traceback, with its file paths, goes to the log."""

import logging
from collections.abc import Callable

log = logging.getLogger("kastje.dashboard")


def safely[Made](make: Callable[[], Made], otherwise: Made) -> Made:
    """What `make` makes, or `otherwise` when it raises: Solara would show a traceback to the reader."""
    try:
        return make()
    except Exception:
        log.exception("drawing a part of the page failed")
        return otherwise
