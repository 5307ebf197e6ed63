"""Noticing that files of a folder have changed, and that whoever writes them is done.

It looks at sizes and times every so often: 20,000 files take 0.1 s, it works on network folders, which send no events,
and it needs no package and no process of its own.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

_SETTLED = 2  # looks in a row that find the same: a file that is being written is not read


Seen = dict[str, tuple[int, int]]


def look(folders: tuple[Path, ...]) -> Seen:
    """Return the size and the time of every file in folders and the folders below; hidden ones are left alone."""
    found: Seen = {}
    waiting = [str(folder) for folder in folders]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        stat = entry.stat()
                        found[entry.path] = (stat.st_size, stat.st_mtime_ns)
        except OSError:  # it went while we looked; the next look will tell
            continue
    return found


async def changes(folders: tuple[Path, ...], seconds: float, used: Seen) -> AsyncIterator[None]:
    """Yield whenever files have changed and then stayed the same for two looks, one every so many seconds.

    `used` is how they looked before they were read.
    """
    before, same = used, 0
    while True:
        await asyncio.sleep(seconds)
        now = await asyncio.to_thread(look, folders)
        same = same + 1 if now == before else 0
        before = now
        if now != used and same >= _SETTLED - 1:
            used = now
            yield


async def watch(folders: tuple[Path, ...], seconds: float, used: Seen, reload: Callable[[], None]) -> None:
    """Call `reload`, in a thread, whenever files have changed and settled; until it is cancelled.

    `used` is how the files looked before they were read, so that nothing is missed that changed meanwhile.

    What `reload` raises ends the watch, so it must deal with a reload that fails.
    """
    async for _ in changes(folders, seconds, used):
        await asyncio.to_thread(reload)
