"""What `solara run app.py` starts: the dashboard's routes, and nothing of its own."""

from kastje.dashboard.routes import routes as routes
from kastje.dashboard.visit.warmth import WARMTH

WARMTH.start()
