"""The commands of `kastje`, one a module."""
