"""Signals in the tests' child processes."""

from __future__ import annotations

import signal


def heeds_ctrl_c() -> None:
    """As a child's ``preexec_fn``: a shell that runs the tests in the background makes their children deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
