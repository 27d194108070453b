"""The policy page: lessons on the left, what residents notice on the right, and why."""
