"""Pages in a real browser: pictures of them, how accessible they are, and how long visitors wait."""
