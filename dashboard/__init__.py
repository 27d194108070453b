"""The dashboard of Kastje: move the lessons, see what residents notice.

Importing this package prepares the environment for Solara, so import it before Solara itself.
"""

from kastje.dashboard import environment as environment
