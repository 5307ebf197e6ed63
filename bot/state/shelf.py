"""A shelf of byte strings by key, for what can be made again: whatever is wrong with it, it only forgets."""

import contextlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from bot.state.database import SpareDatabase

_SCHEMA = "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, sum BLOB NOT NULL, value BLOB NOT NULL) STRICT"
_VERSION = 1
_AT_ONCE = 500  # keys of one query; SQLite takes more, older ones 999
Row = tuple[bytes, ...]


class Shelf:
    """Values by key in one file.  A value is given out only with the sum it was put in with, so a damaged one never is.

    Every `put` is one transaction: after a kill all of it is there, or nothing.  The file is made when it is first
    used.  Where it cannot be, `tell` hears why, once, and the shelf stays empty.
    """

    def __init__(self, file: Path, tell: Callable[[object], None]) -> None:
        self._database = SpareDatabase(file, _SCHEMA, _VERSION, tell, "every start reads all articles anew")

    def get(self, keys: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Yield those of the keys that are kept, each with its value, in no order."""
        for at in range(0, len(keys), _AT_ONCE):
            some = keys[at : at + _AT_ONCE]
            marks = ",".join("?" * len(some))
            found = self._read(f"SELECT key, sum, value FROM kept WHERE key IN ({marks})", some)
            yield from ((key, value) for key, told, value in found if told == _sum(key, value))

    def put(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        rows = [(key, _sum(key, value), value) for key, value in items]
        self._write("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def keep_only(self, keys: Collection[bytes]) -> None:
        """Forget every other key."""
        wanted = frozenset(keys)
        others = [(key,) for (key,) in self._read("SELECT key FROM kept", ()) if key not in wanted]
        self._write("DELETE FROM kept WHERE key = ?", others)

    def _read(self, query: str, values: Sequence[bytes]) -> list[Row]:
        if connection := self._database.open():
            with contextlib.suppress(sqlite3.Error):
                return connection.execute(query, values).fetchall()
        return []

    def _write(self, statement: str, rows: Sequence[Row]) -> None:
        if not rows or not (connection := self._database.open()):
            return
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(statement, rows)
            connection.execute("COMMIT")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")


def _sum(key: bytes, value: bytes) -> bytes:
    return blake2b(value, key=key[:64], digest_size=16).digest()
