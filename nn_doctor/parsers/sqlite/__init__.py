"""SQLite databases of experiment trackers, read as they lie."""

from nn_doctor.parsers.sqlite.opening import opened
from nn_doctor.parsers.sqlite.runs import recordings_of

__all__ = ["opened", "recordings_of"]
