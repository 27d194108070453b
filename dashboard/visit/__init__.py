"""A visit: what somebody has chosen, how it stands in the address, and what is known about it so far."""
