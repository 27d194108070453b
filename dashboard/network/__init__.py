"""The network: departments and people, what passes between them, what they hold."""
