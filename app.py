"""What `solara run app.py` starts: the dashboard's routes, and nothing of its own."""

from dashboard.routes import routes as routes
from dashboard.warmth import WARMTH

WARMTH.start()
