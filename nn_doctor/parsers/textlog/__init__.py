"""Plain-text training logs: one general mechanism for key-value text, and a small table of dialects."""
