"""Event logs, real and simulated: what they show, one case as a story, a year as a film, and files for other tools."""
