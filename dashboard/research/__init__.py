"""The research page: designs, runs, patterns, results."""
