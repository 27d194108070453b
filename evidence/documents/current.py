"""The documents of which parts are made from the code at once, without a run: a test holds them to it."""

from collections.abc import Mapping

from kastje.evidence.documents.hosting import HOSTING
from kastje.evidence.documents.markdown import Made
from kastje.evidence.documents.odd import ODD
from kastje.evidence.documents.registers import REGISTERS
from kastje.evidence.documents.state import STATE

CURRENT: Mapping[str, Made] = {"odd.md": ODD, "state.md": STATE, "hosting.md": HOSTING, **REGISTERS}
"""What makes each part, by document."""
