"""Opening a small SQLite database so that a killed program finds it whole.

Everything kept in one can be made again or done without.  So one of another version, or a damaged one, is put aside
and a new one begun; it is never a reason not to start.
"""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

from bot.errors import ConfigurationError

_BUSY_SECONDS = 10.0


def open_database(file: Path, schema: str, version: int) -> sqlite3.Connection:
    """Return a connection in autocommit mode to a database with this schema, for its owner alone.

    One connection may be used by several threads, one at a time.  Raises ConfigurationError where the folder cannot be
    written.
    """
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        raise ConfigurationError(
            f"{file}: the state cannot be kept ({error.strerror}); set `folder` of [state] to another folder"
        ) from None
    try:
        return _opened(file, schema, version)
    except sqlite3.OperationalError as error:  # such as another process that writes for too long: it is not damaged
        raise ConfigurationError(
            f"{file}: the state cannot be used ({error}); set `folder` of [state] to another folder"
        ) from None
    except sqlite3.DatabaseError:
        pass
    for part in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
        if part.exists():
            part.replace(part.with_name(f"{part.name}.damaged"))
    file.touch(mode=0o600)
    return _opened(file, schema, version)


@dataclass(frozen=True, slots=True)
class WordsDatabase:
    """A database that holds words of people, of which nothing stays in the file once they are removed."""

    connection: sqlite3.Connection
    clock: Callable[[], float] = time.time
    file_name: ClassVar[str]
    schema: ClassVar[str]
    version: ClassVar[int]

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open it in a folder; raises ConfigurationError where that cannot be written."""
        database = cls(open_database(folder / cls.file_name, cls.schema, cls.version))
        database.connection.execute("PRAGMA secure_delete = ON")
        return database

    def close(self) -> None:
        self.connection.close()


class SpareDatabase:
    """A database that is opened when it is first used, and done without where it cannot be.

    `tell` then hears why, once, and what is lost by it.
    """

    def __init__(self, file: Path, schema: str, version: int, tell: Callable[[object], None], lost: str) -> None:
        self._file, self._schema, self._version = file, schema, version
        self._tell, self._lost = tell, lost
        self._connection: sqlite3.Connection | None = None
        self._usable = True

    def open(self) -> sqlite3.Connection | None:
        """Return the connection, or None where there can be none."""
        if self._connection is None and self._usable:
            try:
                self._connection = open_database(self._file, self._schema, self._version)
            except (ConfigurationError, sqlite3.Error) as error:
                self._usable = False
                self._tell(f"{error}; until then {self._lost}")
        return self._connection


def _opened(file: Path, schema: str, version: int) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        # A killed process loses nothing that was committed; only a power cut may take the last moments.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        (found,) = connection.execute("PRAGMA user_version").fetchone()
        if found not in (0, version):
            raise sqlite3.DatabaseError(f"made by another version of the program ({found}, not {version})")
        connection.executescript(f"BEGIN; {schema}; PRAGMA user_version = {version}; COMMIT;")
    except BaseException:
        connection.close()
        raise
    return connection
