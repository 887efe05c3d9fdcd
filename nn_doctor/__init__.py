"""nn-doctor: a doctor for loss curves."""

from nn_doctor.version import __version__

__all__ = ["__version__"]
