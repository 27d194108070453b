"""Pictures for papers: SVG and PDF, text as text, legible in a column, and the same bytes for the same figures."""

from kastje.experiments.studies.pictures.sheet import Caption, Sheet, sheet

__all__ = ["Caption", "Sheet", "sheet"]
