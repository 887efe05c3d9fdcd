"""Writing a report to a file: whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from nn_doctor.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def check(output: str, inputs: Iterable[str] = ()) -> None:
    """Refuse, before any work, an output that cannot be written or that is one of the inputs.

    Raises ConfigError, whose text is ``WHERE: WHY (HINT)``.
    """
    path = Path(output)
    try:
        if path.is_dir():
            raise ConfigError(f"{output}: is a folder (name a file in it)")
        if not path.resolve().parent.is_dir():
            raise ConfigError(f"{output}: its folder does not exist (create it first)")
        if path.exists() and not os.access(path, os.W_OK):
            raise ConfigError(f"{output}: is read-only")
        if any(_same(path, name) for name in inputs):
            raise ConfigError(f"{output}: is one of the logs read (a log is never overwritten)")
    except (OSError, ValueError, RuntimeError) as error:
        raise ConfigError(f"{output}: {getattr(error, 'strerror', None) or error}") from error


def check_all(outputs: Sequence[str], inputs: Iterable[str] = ()) -> None:
    """``check`` for each, and that no two are the same file; raises ConfigError."""
    inputs = list(inputs)
    seen: set[Path] = set()
    for output in outputs:
        check(output, inputs)
        path = _target(output)
        if path in seen:
            raise ConfigError(f"{output}: two reports would go to this file (name another)")
        if path.is_file() or not path.exists():
            seen.add(path)


def append(output: str, text: str) -> None:
    """Append text as UTF-8 (the summary of a CI job, which other steps write too); raises ConfigError."""
    try:
        with Path(output).open("ab") as stream:
            stream.write(_bytes(text))
    except OSError as error:
        raise ConfigError(f"{output}: {error.strerror or 'cannot be written'}") from error


def write(output: str, chunks: Iterable[str | bytes]) -> None:
    """Write text (as UTF-8) or bytes: a regular file through a temporary one beside it, a device or FIFO straight.

    A symbolic link is followed. Raises ConfigError if it cannot be written; the old file is then intact.
    """
    path = _target(output)
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                stream.writelines(_bytes(chunk) for chunk in chunks)
        else:
            _replace(path, chunks)
    except BrokenPipeError:
        return  # the reader of a FIFO has seen enough
    except OSError as error:
        raise ConfigError(f"{output}: {error.strerror or 'cannot be written'}") from error


def _target(output: str) -> Path:
    """The file behind an output; a device or pipe under its own name (``/dev/stdout`` leads to one without a name)."""
    path = Path(output)
    return path if path.exists() and not path.is_file() else path.resolve()


def _replace(path: Path, chunks: Iterable[str | bytes]) -> None:
    temporary = path.with_name(f".nn-doctor-{os.getpid()}.tmp")
    # O_EXCL: never through a link that somebody else has put there
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines(_bytes(chunk) for chunk in chunks)
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _bytes(chunk: str | bytes) -> bytes:
    return chunk if isinstance(chunk, bytes) else chunk.encode("utf-8", "backslashreplace")


def _same(path: Path, name: str) -> bool:
    other = Path(name)
    return path.exists() and other.exists() and path.samefile(other)
