"""The command line `kastje`: the commands are loaded when one is asked for."""

import signal
import sys
from collections.abc import Sequence

from kastje.commands.exits import READER_GONE, STOPPED, WRONG_INPUT

__all__ = ["READER_GONE", "STOPPED", "entry", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; returns the exit code, and every error is one line on standard error."""
    try:
        # Loading takes seconds, in which somebody may think better of it.
        from kastje.commands.app import carry_out
    except KeyboardInterrupt:
        print("kastje: stopped", file=sys.stderr)
        return STOPPED
    except ValueError as error:
        # A register of the model is read as it is loaded, and the class of its error is not there before that.
        print(f"kastje: {error}", file=sys.stderr)
        return WRONG_INPUT
    return carry_out(arguments)


def entry() -> None:
    """What the installed command `kastje` calls."""
    # Ended from outside, a command still removes the file that it had half written.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    sys.exit(main())
