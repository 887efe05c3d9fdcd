"""Bytes of one member of a log → channels. One file a format or family of dialects; see base.py."""
