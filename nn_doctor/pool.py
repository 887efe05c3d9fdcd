"""Work spread over processes, its results in order: the same as one after the other."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from nn_doctor import plugins
from nn_doctor.errors import NNDoctorError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import ProcessPoolExecutor

    Progress = Callable[[int, int], None]

CHUNKS_A_WORKER = 8
MAX_CHUNK = 16
"""Tasks handed to a worker at once: enough that handing over costs little, few enough that none waits for another."""

T = TypeVar("T")
R = TypeVar("R")


def mapped(
    work: Callable[[T], R],
    tasks: Sequence[T],
    jobs: int,
    progress: Progress | None = None,
    portable: Callable[[T], bool] = bool,
) -> Iterator[R]:
    """``work(task)`` for each task, in order; in ``jobs`` processes (0: one a core) where there are several tasks.

    Tasks that are not ``portable`` are done in this process, when their turn comes.
    What ``work`` raises is raised here at its place. ``progress(done, total)`` is told after each.
    Raises NNDoctorError if a worker process dies.
    """
    jobs = min(jobs or os.cpu_count() or 1, len(tasks))
    results = _parallel(work, tasks, jobs, portable) if jobs > 1 else map(work, tasks)
    for done, result in enumerate(results, start=1):
        if progress is not None:
            progress(done, len(tasks))
        yield result


def _parallel(work: Callable[[T], R], tasks: Sequence[T], jobs: int, portable: Callable[[T], bool]) -> Iterator[R]:
    from concurrent.futures.process import BrokenProcessPool

    pool, done = _pool(jobs), False
    try:
        chunk = max(1, min(MAX_CHUNK, len(tasks) // (jobs * CHUNKS_A_WORKER)))
        with _undisturbed():
            results = pool.map(work, filter(portable, tasks), chunksize=chunk)
        for task in tasks:
            yield next(results) if portable(task) else work(task)
        done = True
    except BrokenProcessPool as error:
        raise NNDoctorError("--jobs: a worker process died (out of memory? fewer --jobs need less)") from error
    finally:
        pool.shutdown(wait=done, cancel_futures=True)  # idle workers end at once; left behind, Python trips over them


def _pool(jobs: int) -> ProcessPoolExecutor:
    """Fresh processes: a fork would copy threads' locks, and differ from system to system."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, initializer=_prepare, initargs=(plugins.loaded(),))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Processes that are started in it are deaf to Ctrl-C from the first moment; here it arrives afterwards."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare(names: tuple[str, ...]) -> None:
    """In a worker: Ctrl-C is the parent's to answer; the same plug-ins as there."""
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    plugins.load(names)


def _end_with_parent() -> None:
    """A parent that was killed cannot tell its workers; they would wait for it for ever, and hold its pipes open."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
