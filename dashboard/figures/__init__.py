"""Figures as every page shows them: numbers in words, and the surface of every chart."""
