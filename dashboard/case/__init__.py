"""Follow one case: one resident in both worlds, side by side."""
