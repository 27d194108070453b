"""The presenter view: large type, a prediction first, then the outcome year by year."""
