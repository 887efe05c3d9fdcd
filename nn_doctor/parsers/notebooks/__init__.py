"""Jupyter notebooks: what the outputs of their cells hold of text and of tables."""
