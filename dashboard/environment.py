"""Prepare Solara before it is imported: no telemetry, no banner, production mode, its own files, fast rendering.

Solara reads its settings from the environment once, at import. `solara run app.py` has imported it before our first
line runs, so settings that were read already are corrected in place as well.
"""

import os
import sys

FORCED = {
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_MODE": "production",
    "SOLARA_THEME_SHOW_BANNER": "false",
}
DEFAULTS = {
    "SOLARA_THEME_LOADER": "plain",
    "SOLARA_THEME_TITLE": "Kastje",
    "SOLARA_THEME_VARIANT": "light",
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "false",
    "SOLARA_THEME_FORCE_REFRESH": "true",  # a page that was given up is made anew from its link
    "SOLARA_KERNEL_CULL_TIMEOUT": "15m",
    "REACTON_FAST": "1",  # a state that changes redraws what shows it, and does not walk through the whole page
}


def prepare() -> None:
    """Write the settings into the environment, and into Solara when it was imported already."""
    os.environ.update(FORCED)
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    settings = sys.modules.get("solara.server.settings")
    if settings is None:
        return
    settings.telemetry.mixpanel_enable = False
    settings.main.mode = "production"
    settings.theme.show_banner = False
    settings.theme.loader = "plain"
    settings.theme.title = "Kastje"
    settings.theme.force_refresh = True
    settings.theme.variant = settings.ThemeVariant.light
    settings.assets.fontawesome_enabled = False


prepare()
