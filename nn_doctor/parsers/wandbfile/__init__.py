"""W&B run files: framing of the records, and the few of their fields that make a log."""
