"""Analysing on every processor: processes that are sent drafts and send back packed analyses.

A pipe to each, not a pool of `concurrent.futures`: its processes outlive a parent that was killed, as they hold both
ends of their queue.  These see the end of their pipe and leave.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any

from bot.analysis.analyst import Analyst, Tables
from bot.analysis.keeping import packed
from bot.ingest.folder import Draft

_AT_ONCE = 8  # articles sent together: few enough that no worker is idle long at the end
#: Articles from which on processes of their own pay: they take 0.7 s to start, in which one analyses about 70.
WORTH_WORKERS = 150


def analysed(drafts: Sequence[Draft], analyst: Analyst) -> Iterator[tuple[Draft, bytes]]:
    """Yield every draft with its packed analysis, in any order."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(drafts) < WORTH_WORKERS or processors < 2:
        yield from _alone(drafts, analyst)
    else:
        yield from _in_processes(drafts, analyst, processors)


def _alone(drafts: Sequence[Draft], analyst: Analyst) -> Iterator[tuple[Draft, bytes]]:
    yield from ((draft, packed(analyst.analysis(draft))) for draft in drafts)


def _in_processes(drafts: Sequence[Draft], analyst: Analyst, processors: int) -> Iterator[tuple[Draft, bytes]]:
    context = get_context("spawn")  # a program with threads cannot be forked
    waiting = iter(drafts)
    sent: dict[Any, list[Draft]] = {}
    left: list[Draft] = []
    workers = []
    try:
        for _ in range(processors):
            ours, theirs = context.Pipe()
            worker = context.Process(target=_work, args=(theirs, analyst.tables), daemon=True)
            worker.start()
            workers.append(worker)
            theirs.close()
            sent[ours] = []
            _send(ours, sent, waiting)
        while sent:
            for ready in wait(list(sent)):
                assert isinstance(ready, Connection)
                done = sent[ready]
                try:
                    results = ready.recv()
                except (EOFError, OSError):  # it was killed, or stumbled: whatever it was, it shows here
                    left += sent.pop(ready)
                    continue
                _send(ready, sent, waiting)
                yield from zip(done, results, strict=True)
    finally:
        for ours in sent:
            ours.close()
        for worker in workers:
            worker.terminate()
    if rest := [*left, *waiting]:
        yield from _alone(rest, analyst)


def _send(to: Connection, sent: dict[Any, list[Draft]], waiting: Iterator[Draft]) -> None:
    """Give a worker its next drafts, or let it go where there are none."""
    sent[to] = list(islice(waiting, _AT_ONCE))
    if sent[to]:
        with suppress(OSError):  # a worker that is gone shows when its results are awaited
            to.send(sent[to])
    else:
        to.close()
        del sent[to]


def _work(pipe: Connection, tables: Tables) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends the pipe
    analyst = Analyst(tables)
    with suppress(EOFError, OSError):  # the parent is done, or gone
        while drafts := pipe.recv():
            pipe.send([packed(analyst.analysis(draft)) for draft in drafts])
