"""Runs: carried out on threads, processes or a cluster, shared by everybody who asks for them, and kept in folders."""
