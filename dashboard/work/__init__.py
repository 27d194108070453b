"""How something is worked out for a visitor: in turn, safely, and with the time left."""
