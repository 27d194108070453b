"""A municipality of one's own: what its files hold, and where they wait for whoever has their link."""
