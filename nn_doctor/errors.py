"""Every error nn-doctor raises on purpose."""

from __future__ import annotations


class NNDoctorError(Exception):
    """Base of all errors raised on purpose; its text is one line meant for the user."""


class ReadError(NNDoctorError):
    """A log cannot be read.

    Its text is ``WHERE: WHY (HINT)``; control characters are escaped where it is printed, not here.
    """

    def __init__(self, where: str, why: str, hint: str = "") -> None:
        super().__init__(f"{where}: {why} ({hint})" if hint else f"{where}: {why}")
        self.where = where
        self.why = why
        self.hint = hint

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str]]:
        """How it is pickled, on its way from a worker process."""
        return type(self), (self.where, self.why, self.hint)


class ConfigError(NNDoctorError):
    """An option or a setting is wrong."""


class InsufficientData(NNDoctorError):  # noqa: N818 - the name says what happened; nobody did wrong
    """A curve is too short, or lacks the axis or partner that an analysis needs.

    A rule that meets it is *not applicable*, with this text as its reason. ``needed`` is the number of
    points that would have been enough, where that is what is missing.
    """

    def __init__(self, reason: str, needed: int | None = None) -> None:
        super().__init__(reason)
        self.needed = needed
