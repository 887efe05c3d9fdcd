"""The version of nn-doctor, in one place."""

__version__ = "0.1.0"
