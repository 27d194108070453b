"""A municipality of the visitor's own: read from files, kept for whoever has its link, asked for when it is gone."""
