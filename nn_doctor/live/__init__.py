"""Diagnoses while a training still runs: looking again and again, and telling only what has proved to last."""
