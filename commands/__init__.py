"""The command line `kastje`, one command a module."""
