"""Noticing that files of a folder have changed, and that whoever writes them is done.

It looks at sizes and times every so often: 20,000 files take 0.1 s, it works on network folders, which send no events,
and it needs no package and no process of its own.
"""

import os
from collections.abc import Callable
from pathlib import Path
from threading import Event

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


def watch(folders: tuple[Path, ...], seconds: float, used: Seen, reload: Callable[[], None], stopped: Event) -> None:
    """Call `reload` whenever files have changed and then stayed the same for two looks, one every so many seconds.

    `used` is how the files looked before they were read, so that nothing is missed that changed meanwhile.  It goes on
    until `stopped` is set.  What `reload` raises ends it too, so that must deal with a reload that fails.
    """
    before, same = used, 0
    while not stopped.wait(seconds):
        now = look(folders)
        same = same + 1 if now == before else 0
        before = now
        if now != used and same >= _SETTLED - 1:
            used = now
            reload()
