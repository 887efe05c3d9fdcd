"""The process contract: exit codes, signals, closed pipes, one line for each failure, no traceback.

Exit codes: 0 nothing at or above --fail-on, 1 something is, 2 the answer is incomplete, 130 Ctrl-C, 143 TERM.
Nothing heavy is imported at the top: Ctrl-C during start-up must be caught too.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

INCOMPLETE, INTERRUPTED, TERMINATED = 2, 130, 143


class _Terminated(BaseException):
    """TERM arrived; unwinds the stack so that temporary files are removed."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the return value is the exit code of the process, nothing is ever raised."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in arguments
    try:
        _prepare()
        code = _run(arguments)
    except KeyboardInterrupt:
        code = INTERRUPTED
    except _Terminated:
        code = TERMINATED
    except Exception as error:
        code = _internal(error, debug)
    return _flushed(code)


def _prepare() -> None:
    """Set what must be set before anything is imported or opened."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # halves the CPU of importing numpy
    for descriptor in (0, 1, 2):  # a closed one would be given to the next file opened
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    signal.signal(signal.SIGTERM, _on_term)


def _on_term(signum: int, frame: object) -> NoReturn:
    raise _Terminated


def _run(arguments: list[str]) -> int:
    """Parse the arguments and run the command; every expected error is one line and exit 2."""
    import click

    from nn_doctor.cli import usage
    from nn_doctor.cli.root import cli
    from nn_doctor.errors import NNDoctorError

    if "_NN_DOCTOR_COMPLETE" in os.environ:
        cli.main(arguments, prog_name="nn-doctor")
    try:
        with cli.make_context("nn-doctor", arguments) as context:
            return int(cli.invoke(context) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        usage.complain(error.format_message(), plain=True)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        usage.complain(usage.line_of(error))
    except NNDoctorError as error:
        usage.complain(str(error))
    except BrokenPipeError:  # --help | head -0
        return 0
    except OSError as error:
        where = str(error.filename or "standard output")
        usage.complain(f"{where}: {error.strerror or 'cannot be read or written'}")
    except (MemoryError, RecursionError) as error:
        usage.complain(f"{arguments[0]}: {type(error).__name__}: the input is too large or too deep")
    return INCOMPLETE


def _internal(error: Exception, debug: bool) -> int:
    """Say in one line that nn-doctor itself failed; the traceback only with --debug."""
    if debug:
        import traceback

        traceback.print_exc()
    from nn_doctor.cli import usage

    kind = type(error).__name__
    usage.complain(f"internal error: {kind}: {error} (a bug in nn-doctor: --debug shows where)")
    return INCOMPLETE


def _flushed(code: int) -> int:
    """Flush standard output while its failure can still be told, and keep Python's own flush quiet."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        try:
            if stream is not None:
                stream.flush()
        except BrokenPipeError:
            _discard(stream)
        except (OSError, ValueError):
            _discard(stream)
            code = code if name == "stderr" else INCOMPLETE
    return code


def _discard(stream: object) -> None:
    """Point a broken stream's descriptor at the null device, so that the shutdown's flush succeeds."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())  # type: ignore[attr-defined]
        os.close(null)
    except (OSError, ValueError, AttributeError):
        setattr(sys, "stdout" if stream is sys.stdout else "stderr", None)
