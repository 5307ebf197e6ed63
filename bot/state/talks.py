"""What was asked and answered lately in each chat: what a follow-up goes on from, and what an edit changes."""

from collections.abc import Sequence

from bot.state.database import WordsDatabase

EARLIER = 4  # questions that a follow-up can go on from

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS questions (
    chat INTEGER NOT NULL, message INTEGER NOT NULL, user INTEGER NOT NULL, asked REAL NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (chat, message)
) STRICT;
CREATE TABLE IF NOT EXISTS answers (
    chat INTEGER NOT NULL, message INTEGER NOT NULL, question INTEGER NOT NULL, sent REAL NOT NULL,
    PRIMARY KEY (chat, message)
) STRICT;
CREATE INDEX IF NOT EXISTS talks ON questions (chat, user, message);
CREATE INDEX IF NOT EXISTS answered ON answers (chat, question)
"""


class Talks(WordsDatabase):
    """Questions and the messages that answer them, by the numbers that they have in their chats."""

    file_name = "talks.db"
    schema = _SCHEMA
    version = _VERSION

    def ask(self, chat: int, user: int, message: int, text: str) -> None:
        """Remember a question, or what it was changed to."""
        self.connection.execute(
            "INSERT OR REPLACE INTO questions (chat, message, user, asked, text) VALUES (?, ?, ?, ?, ?)",
            (chat, message, user, self.clock(), text),
        )

    def before(self, chat: int, user: int, message: int) -> list[str]:
        """Return what a user asked in a chat before a message, oldest first."""
        rows = self.connection.execute(
            "SELECT text FROM questions WHERE chat = ? AND user = ? AND message < ? ORDER BY message DESC LIMIT ?",
            (chat, user, message, EARLIER),
        )
        return [str(text) for (text,) in rows][::-1]

    def up_to(self, chat: int, message: int) -> list[str]:
        """Return a question with those that the same user asked before it, oldest first."""
        row = self.connection.execute(
            "SELECT user FROM questions WHERE chat = ? AND message = ?", (chat, message)
        ).fetchone()
        return self.before(chat, int(row[0]), message + 1) if row else []

    def question(self, chat: int, message: int) -> str | None:
        """Return the question that a message asks, if it is remembered."""
        row = self.connection.execute(
            "SELECT text FROM questions WHERE chat = ? AND message = ?", (chat, message)
        ).fetchone()
        return str(row[0]) if row else None

    def answer(self, chat: int, question: int, message: int) -> None:
        """Remember which message answers a question."""
        self.connection.execute(
            "INSERT OR REPLACE INTO answers (chat, message, question, sent) VALUES (?, ?, ?, ?)",
            (chat, message, question, self.clock()),
        )

    def withdraw(self, chat: int, message: int) -> None:
        """Forget a message that is deleted."""
        self.connection.execute("DELETE FROM answers WHERE chat = ? AND message = ?", (chat, message))

    def answers(self, chat: int, question: int) -> Sequence[int]:
        """Return the messages that answer a question, in order."""
        rows = self.connection.execute(
            "SELECT message FROM answers WHERE chat = ? AND question = ? ORDER BY message", (chat, question)
        )
        return [int(message) for (message,) in rows]

    def answered_by(self, chat: int, message: int) -> int | None:
        """Return the question that a message of the bot answers."""
        row = self.connection.execute(
            "SELECT question FROM answers WHERE chat = ? AND message = ?", (chat, message)
        ).fetchone()
        return int(row[0]) if row else None

    def forget(self, seconds: float) -> None:
        """Forget what is older."""
        self.connection.execute("DELETE FROM questions WHERE asked < ?", (self.clock() - seconds,))
        self.connection.execute("DELETE FROM answers WHERE sent < ?", (self.clock() - seconds,))
