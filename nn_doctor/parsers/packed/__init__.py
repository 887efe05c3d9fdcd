"""Compressed files and archives, recognised by their first bytes and unpacked in memory, never on the disk."""
