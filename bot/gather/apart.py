"""Reading what strangers wrote in a process of its own, which ends where that takes too long or too much memory.

Parsers of HTML, XML and PDF are libraries in C or loops without end to somebody who wants them to be.  The process sets
its own alarm, so that it ends in time even where nobody is left to end it.
"""

import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any, TypeVar

from bot.errors import RefusedSource

_MEMORY = 4_000_000_000  # bytes that the process may address: the libraries alone take one, a page of 5 MB another
_BROKEN = "reading it breaks the program that reads it, or takes too much memory"
Result = TypeVar("Result")


class Apart:
    """Runs functions in a process that is started when it is first needed; may be used by several threads."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._turn = Lock()
        self._running: tuple[BaseProcess, Connection] | None = None

    def run(self, source: str, function: Callable[..., Result], *arguments: Any) -> Result:
        """Return what a module's function returns; raises RefusedSource where it does, takes too long, or breaks."""
        with self._turn:
            process, pipe = self._running = self._running or _started(self._seconds)
            try:
                pipe.send((function, arguments))
                found = pipe.recv()
            except (EOFError, OSError):
                self._end()
                process.join()
                late = process.exitcode == -signal.SIGALRM
                reason = f"reading it takes longer than {self._seconds:g} s" if late else _BROKEN
                raise RefusedSource(source, f"{reason}; please save its text and add that") from None
        if isinstance(found, RefusedSource):
            raise found
        result: Result = found
        return result

    def close(self) -> None:
        with self._turn:
            self._end()

    def _end(self) -> None:
        if self._running is not None:
            process, pipe = self._running
            pipe.close()
            process.terminate()
            self._running = None


def _started(seconds: float) -> tuple[BaseProcess, Connection]:
    context = get_context("spawn")  # a program with threads cannot be forked
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, seconds), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def _work(pipe: Connection, seconds: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends the pipe
    with suppress(ValueError, OSError):  # not every system has this limit
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    with suppress(EOFError, OSError):  # the parent is done, or gone
        while True:
            function, arguments = pipe.recv()
            signal.setitimer(signal.ITIMER_REAL, seconds)
            try:
                found = function(*arguments)
            except RefusedSource as refusal:
                found = refusal
            except MemoryError:
                return
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send(found)
