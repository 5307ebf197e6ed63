"""Logs without secrets and without questions: ids, times, counts, and never a token."""

import logging
import re
import sys

#: A bot token as it stands in the URL of every request, wherever it turns up.
_TOKEN = re.compile(r"\d{6,12}:[\w-]{30,}")
_MASK = "<token>"


class Redacted(logging.Formatter):
    """Formats records with every token in them masked, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return _TOKEN.sub(_MASK, super().format(record))


def redact(text: str) -> str:
    """Return a text with every token in it masked."""
    return _TOKEN.sub(_MASK, text)


def start(level: int = logging.INFO) -> None:
    """Send logs to stderr, one line each, and keep the libraries that log addresses quiet."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacted("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # They log each request with its URL, of which the token is a part.
    for name in ("httpx", "httpcore", "telegram", "telegram.ext", "apscheduler", "tornado"):
        logging.getLogger(name).setLevel(logging.WARNING)
