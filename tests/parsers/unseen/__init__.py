"""Logs written before the reader was looked at, with what a person reads in them: see ``test_unseen``."""
