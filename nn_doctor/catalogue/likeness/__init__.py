"""A run beside all runs of the laboratory: its numbers, and the trees that learned from theirs."""
