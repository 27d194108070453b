"""`kastje dashboard`: start the dashboard."""

import errno
from contextlib import suppress
from socket import AF_INET, AF_INET6, create_server
from typing import Annotated

import typer

from kastje.commands.options import whole
from kastje.commands.phrase import phrase
from kastje.model import InputError

REASONS = {errno.EADDRINUSE: "problem.taken", errno.EACCES: "problem.forbidden"}
"""Why an address cannot be listened on; anything else is that it is no address of this computer."""


def dashboard(
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; 0.0.0.0 for the whole network.")
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option("--port", parser=whole(0, 65535), metavar="N", help="The port to listen on; 0 takes a free one."),
    ] = 8765,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
) -> None:
    """Start the dashboard and open it in a browser.

    Example: kastje dashboard --port 9000 --no-open
    """
    _insist_on_free_port(host, port)
    # Here, because loading the pages takes seconds that no other command should wait for.
    from kastje.dashboard.server.application import serve

    with suppress(KeyboardInterrupt):  # Ctrl-C is how a dashboard is meant to end.
        serve(host=host, port=port, open_browser=not no_open)


def _insist_on_free_port(host: str, port: int) -> None:
    """Raise InputError when the address cannot be listened on: the server would only say so after it has started."""
    try:
        create_server((host, port), family=AF_INET6 if ":" in host else AF_INET).close()
    except OSError as error:
        why = REASONS.get(error.errno or 0, "problem.elsewhere")
        raise InputError(phrase(why, host=host, port=port)) from None
