"""Checks of the model against what is not the model: theory, another code, relations that must hold."""
