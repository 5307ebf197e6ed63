"""Files and folders of this machine as drafts of articles."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.errors import RefusedSource
from bot.gather.documents import KINDS, Found, Kind

_KNOWN = ", ".join(KINDS)


#: Reads the bytes of a document of some kind, which comes from the source that is named.
Read = Callable[[bytes, Kind, str], Iterable[Found]]


def read_path(path: Path, corpus: Path, largest: int, read: Read) -> Iterator[Found]:
    """Yield the articles of a file, or of a folder and those below it; `largest` is the most bytes of one file.

    In a folder, files of other kinds are passed over, and links are not followed.
    """
    if path.resolve().is_relative_to(corpus.resolve()):
        yield _refused(path, "it is in the corpus folder already; `coverage-bot check` says whether it can be read")
    elif path.is_dir():
        yield from _read_folder(path, corpus, largest, read)
    elif not path.exists():
        yield _refused(path, "there is no such file; please check its name, or write an address with https://")
    elif not path.is_file():
        yield _refused(path, "this is no ordinary file")
    elif path.suffix.lower() not in KINDS:
        yield _refused(path, f"this kind of file is not read; there are {_KNOWN}")
    else:
        yield from _read_file(path, largest, read)


def _read_folder(folder: Path, corpus: Path, largest: int, read: Read) -> Iterator[Found]:
    empty = True
    for top, folders, names in os.walk(folder):
        inside = [name for name in folders if not name.startswith(".")]
        folders[:] = sorted(name for name in inside if Path(top, name).resolve() != corpus.resolve())
        for name in sorted(names):
            path = Path(top, name)
            if path.suffix.lower() in KINDS and not name.startswith(".") and path.is_file() and not path.is_symlink():
                empty = False
                yield from _read_file(path, largest, read)
    if empty:
        yield _refused(folder, f"there is no article in this folder; there are {_KNOWN}")


def _read_file(path: Path, largest: int, read: Read) -> Iterator[Found]:
    try:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        yield _refused(path, f"it cannot be read ({error.strerror}); please check its permissions")
        return
    if len(data) > largest:
        yield _refused(path, f"larger than {largest / 1e6:g} MB, the most that `max_megabytes` of [ingest] allows")
    else:
        yield from read(data, KINDS[path.suffix.lower()], str(path.resolve()))


def _refused(path: Path, reason: str) -> Found:
    return str(path), RefusedSource(str(path), reason)
