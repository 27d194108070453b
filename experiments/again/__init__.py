"""An old result again: what it says of itself, its runs once more, and whether its figures are still the same."""
