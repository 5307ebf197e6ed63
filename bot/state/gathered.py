"""What gathering remembers of one corpus: what was seen, what servers said of it, and which failures were told.

Without it nothing is lost but time: pages are fetched once more, and found to be in the corpus.
"""

import time
from collections.abc import Iterable
from pathlib import Path
from threading import Lock

from bot.state.database import open_database

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS validators (address TEXT PRIMARY KEY, etag TEXT, modified TEXT) STRICT;
CREATE TABLE IF NOT EXISTS seen (page TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS failures (source TEXT PRIMARY KEY, reason TEXT NOT NULL, tries INTEGER NOT NULL) STRICT
"""


class GatherMemory:
    """The memory for one corpus folder, in a file; may be used by several threads."""

    def __init__(self, file: Path) -> None:
        """Open the memory; raises ConfigurationError where the file cannot be written."""
        self._database = open_database(file, _SCHEMA, _VERSION)
        self._lock = Lock()

    def close(self) -> None:
        self._database.close()

    def validators(self, address: str) -> tuple[str | None, str | None]:
        """Return the ETag and the Last-Modified that an address came with the last time."""
        with self._lock:
            query = "SELECT etag, modified FROM validators WHERE address = ?"
            found = self._database.execute(query, (address,)).fetchone()
        return (found[0], found[1]) if found else (None, None)

    def keep_validators(self, address: str, etag: str | None, modified: str | None) -> None:
        with self._lock:
            if etag or modified:
                self._database.execute("INSERT OR REPLACE INTO validators VALUES (?, ?, ?)", (address, etag, modified))
            else:
                self._database.execute("DELETE FROM validators WHERE address = ?", (address,))

    def unseen(self, pages: Iterable[str]) -> set[str]:
        """Return those of the pages that were not done with before."""
        with self._lock:
            query = "SELECT 1 FROM seen WHERE page = ?"
            return {page for page in pages if self._database.execute(query, (page,)).fetchone() is None}

    def mark_seen(self, page: str) -> None:
        with self._lock:
            self._database.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (page, int(time.time())))

    def failed(self, source: str, reason: str) -> tuple[int, bool]:
        """Note a failure; return how often in a row this source has failed, and whether the reason is new."""
        with self._lock:
            query = "SELECT reason, tries FROM failures WHERE source = ?"
            before = self._database.execute(query, (source,)).fetchone()
            tries = before[1] + 1 if before else 1
            self._database.execute("INSERT OR REPLACE INTO failures VALUES (?, ?, ?)", (source, reason, tries))
        return tries, before is None or before[0] != reason

    def worked(self, source: str) -> None:
        """Forget the failures of a source."""
        with self._lock:
            self._database.execute("DELETE FROM failures WHERE source = ?", (source,))
