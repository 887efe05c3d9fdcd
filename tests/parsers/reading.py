"""What the readers make of tables given as text, and of files."""

from __future__ import annotations

from nn_doctor import doctor
from nn_doctor.parsers import delimited
from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.source import Source


def source(text, name="run.csv"):
    return Source(name, given=text if isinstance(text, bytes) else text.encode())


def read(text, name="run.csv"):
    return delimited.read(source(text, name), ReadOptions())


def curves(text, name="run.csv"):
    """The values of each curve of the only run."""
    (recording,) = read(text, name)
    return {c.name: c.y.tolist() for c in recording.channels}


def notes(text):
    return " | ".join(n.text for r in read(text) for n in r.notes)


def runs_of(path):
    """The runs behind a path where nothing fails."""
    found = doctor.read_runs([str(path)], doctor.Settings())
    assert found.failures == []
    return found.runs
