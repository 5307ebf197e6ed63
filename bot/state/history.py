"""What became of articles and quotes, day by day: when each came, changed, and was withdrawn."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from bot.state.database import SpareDatabase

_SCHEMA = """
CREATE TABLE IF NOT EXISTS quotes
    (id TEXT, article TEXT, gained TEXT NOT NULL, withdrawn TEXT, PRIMARY KEY (id, article)) STRICT;
CREATE INDEX IF NOT EXISTS quotes_of_article ON quotes (article);
CREATE TABLE IF NOT EXISTS versions (article TEXT, day TEXT NOT NULL, sha256 TEXT) STRICT;
CREATE INDEX IF NOT EXISTS versions_of_article ON versions (article)
"""
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an article on a day: whether its text is another, and which quotes it gained and lost."""

    day: date
    event: str  # added, changed, removed; or read anew, by other rules, with other quotes found
    gained: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


class History:
    """The history of one corpus.  Where the file cannot be used, `tell` hears why, once, and nothing is remembered."""

    def __init__(self, file: Path, tell: Callable[[object], None]) -> None:
        self._file, self._tell, self._lock = file, tell, Lock()
        lost = "it is not remembered when quotes were withdrawn"
        self._database = SpareDatabase(file, _SCHEMA, _VERSION, tell, lost)

    def record(
        self,
        articles: Mapping[str, str],
        quotes: Mapping[str, frozenset[str]],
        today: date,
        among: Collection[str] | None = None,
    ) -> None:
        """Note how the corpus stands: the hash of each article's text, and the ids of its quotes.

        `among` are the only articles that may have changed; those of them that are not told of are gone.
        """
        with self._lock:
            if not (connection := self._database.open()):
                return
            try:
                connection.execute("BEGIN IMMEDIATE")
                _note_articles(connection, articles, today.isoformat(), among)
                _note_quotes(connection, quotes, today.isoformat(), among)
                connection.execute("COMMIT")
            except sqlite3.Error as error:
                if connection.in_transaction:
                    connection.rollback()
                self._tell(f"{self._file}: what changed could not be noted ({error})")

    def withdrawn(self, quote_id: str) -> date | None:
        """Return the day on which a quote was found to be gone, or None where it was never there, or still is."""
        rows = self._rows("SELECT withdrawn FROM quotes WHERE id = ?", quote_id)
        days = [day for (day,) in rows]
        return date.fromisoformat(max(days)) if days and all(days) else None

    def of_article(self, article_id: str) -> list[Change]:
        """Return what became of an article, in order."""
        versions = self._rows("SELECT day, sha256 FROM versions WHERE article = ? ORDER BY rowid", article_id)
        quotes = self._rows("SELECT id, gained, withdrawn FROM quotes WHERE article = ? ORDER BY id", article_id)
        return list(_changes(versions, quotes))

    def _rows(self, query: str, value: str) -> list[tuple[str, ...]]:
        with self._lock:
            if not self._file.exists() or not (connection := self._database.open()):
                return []
            try:
                return connection.execute(query, (value,)).fetchall()
            except sqlite3.Error:
                return []


def _note_articles(
    connection: sqlite3.Connection, articles: Mapping[str, str], today: str, among: Collection[str] | None
) -> None:
    latest = "SELECT article, sha256 FROM versions WHERE rowid IN (SELECT max(rowid) FROM versions {} GROUP BY article)"
    known: dict[str, str | None] = dict(_rows_of(connection, latest, among))
    new = [(name, today, sha256) for name, sha256 in articles.items() if known.get(name) != sha256]
    gone = [(name, today, None) for name, sha256 in known.items() if sha256 and name not in articles]
    connection.executemany("INSERT INTO versions VALUES (?, ?, ?)", [*new, *gone])


def _note_quotes(
    connection: sqlite3.Connection, quotes: Mapping[str, frozenset[str]], today: str, among: Collection[str] | None
) -> None:
    now = {(quote, article) for article, of in quotes.items() for quote in of}
    current = "SELECT id, article FROM (SELECT * FROM quotes {}) WHERE withdrawn IS NULL"
    there = set(_rows_of(connection, current, among))
    again = "INSERT INTO quotes VALUES (?, ?, ?, NULL) ON CONFLICT DO UPDATE SET withdrawn = NULL"
    connection.executemany(again, [(*key, today) for key in sorted(now - there)])
    gone = "UPDATE quotes SET withdrawn = ? WHERE id = ? AND article = ?"
    connection.executemany(gone, [(today, *key) for key in sorted(there - now)])


def _rows_of(connection: sqlite3.Connection, query: str, among: Collection[str] | None) -> Iterator[Any]:
    """Yield the rows of some articles, or of all."""
    if among is None:
        yield from connection.execute(query.format(""))
    for article in among or ():
        yield from connection.execute(query.format("WHERE article = ?"), (article,))


def _changes(versions: list[tuple[str, ...]], quotes: list[tuple[str, ...]]) -> Iterator[Change]:
    stands: dict[str, str] = {row[0]: row[1] for row in versions}  # at the end of a day
    days = {*stands, *(since for _, since, _ in quotes), *(until for _, _, until in quotes if until)}
    there = False
    for day in sorted(days):
        event = "read anew"
        if day in stands:
            event = ("changed" if there else "added") if stands[day] else "removed"
            there = bool(stands[day])
        gained = tuple(quote for quote, since, _ in quotes if since == day)
        withdrawn = tuple(quote for quote, _, until in quotes if until == day)
        yield Change(date.fromisoformat(day), event, gained, withdrawn)
