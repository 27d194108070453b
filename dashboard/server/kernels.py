"""What Solara keeps for each page on the server, and how that stays bounded and shut to strangers."""

import logging
import threading
from typing import Any

from ipyvue.VueTemplateWidget import VueTemplate
from solara.server import kernel_context, settings
from solara.server.kernel_context import PageStatus

log = logging.getLogger("kastje.dashboard")

_lock = threading.Lock()


def make_room(most: int) -> None:
    """Close the pages that have been without a connection longest until at most `most` are kept."""
    with _lock:
        kept = list(kernel_context.contexts.values())
        asleep = [one for one in kept if PageStatus.CONNECTED not in one.page_status.values() and one.page_status]
        for context in asleep[: max(0, len(kept) - most)]:
            try:
                context.close(reason="cull")
            except Exception:
                log.exception("closing a page that nobody looks at failed")


def keep_for(minutes: int) -> None:
    """How long a page without a connection is kept; then the browser makes it anew from its link."""
    settings.kernel.cull_timeout = f"{minutes}m"


def only_events() -> None:
    """A browser may send the events of our own components and nothing else.

    Ipyvue also lets whoever is connected import any Python module and call what is in it ("create_widget"); no page of
    ours needs that, and on a server it must not be possible.
    """
    handle = VueTemplate._handle_event
    if getattr(handle, "only_events", False):
        return

    def events(self: VueTemplate, sender: Any, content: dict[str, Any], buffers: Any) -> None:
        if isinstance(content, dict) and set(content) <= {"event", "data"}:
            handle(self, sender, content, buffers)
        else:
            log.warning("a message that is no event was ignored")

    events.only_events = True  # type: ignore[attr-defined]
    VueTemplate._handle_event = events
