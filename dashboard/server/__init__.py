"""The server: who is let in, whose turn it is, and what is answered when it cannot be."""
