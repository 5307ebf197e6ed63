"""What has come in and is not finished yet, so that nothing that was asked is lost with the process.

Telegram forgets an update as soon as it is fetched.  So each is written down before that, and its words are removed
when it has been dealt with; the bare number stays for some days, by which a second delivery is known.
"""

import hashlib

from bot.state.database import WordsDatabase

_VERSION = 2
_SCHEMA = """
CREATE TABLE IF NOT EXISTS updates (
    id INTEGER PRIMARY KEY,
    received REAL NOT NULL,
    digest BLOB NOT NULL,  -- of the whole update: Telegram may begin its numbers anew
    content TEXT,  -- NULL when it has been dealt with
    sent INTEGER NOT NULL DEFAULT 0  -- messages of the answer that have been accepted
) STRICT
"""
# Telegram keeps what it cannot deliver for a day (https://core.telegram.org/bots/api#getting-updates).
_ANSWERED_FOR_SECONDS = 24 * 3600.0
_KNOWN_FOR_SECONDS = 3 * 24 * 3600.0


class Inbox(WordsDatabase):
    """Updates by their number."""

    file_name = "inbox.db"
    schema = _SCHEMA
    version = _VERSION

    def take(self, number: int, content: str) -> bool:
        """Write an update down; False where just this one has been taken before."""
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()
        known = self.connection.execute("SELECT digest FROM updates WHERE id = ?", (number,)).fetchone()
        if known is not None and known[0] == digest:
            return False
        self.connection.execute(
            "INSERT OR REPLACE INTO updates (id, received, digest, content) VALUES (?, ?, ?, ?)",
            (number, self.clock(), digest, content),
        )
        return True

    def finish(self, number: int) -> None:
        """Remove the words of an update that has been dealt with."""
        self.connection.execute("UPDATE updates SET content = NULL WHERE id = ?", (number,))

    def sent(self, number: int) -> int:
        """Return how many messages of the answer to an update have been accepted."""
        row = self.connection.execute("SELECT sent FROM updates WHERE id = ?", (number,)).fetchone()
        return int(row[0]) if row else 0

    def count_sent(self, number: int) -> None:
        self.connection.execute("UPDATE updates SET sent = sent + 1 WHERE id = ?", (number,))

    def unfinished(self) -> list[str]:
        """Return the updates that an earlier run has not dealt with, in order; what is too old is given up."""
        now = self.clock()
        self.connection.execute("DELETE FROM updates WHERE received < ?", (now - _KNOWN_FOR_SECONDS,))
        self.connection.execute("UPDATE updates SET content = NULL WHERE received < ?", (now - _ANSWERED_FOR_SECONDS,))
        rows = self.connection.execute("SELECT content FROM updates WHERE content IS NOT NULL ORDER BY id")
        return [str(content) for (content,) in rows]
