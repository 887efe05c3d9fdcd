"""Pieces shared by several parsers."""
