"""Studies: each asks one question of many runs, and has its design, its analysis and its picture."""
