"""Logs without secrets and without questions: ids, times, counts, and never a token."""

import json
import logging
import re
import sys
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal

from bot.render.visible import line

#: A bot token as it stands in the URL of every request, wherever it turns up.
_TOKEN = re.compile(r"\d{6,12}(?::|%3A)[\w-]{30,}", re.IGNORECASE)
_MASK = "<token>"


def redact(text: str) -> str:
    """Return a text with every token in it masked."""
    return _TOKEN.sub(_MASK, text)


class AsText(logging.Formatter):
    """One line a record; what begins with a space, which is a traceback, belongs to the line above it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 – the library's name
        return line(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        return redact("\n  ".join(super().format(record).splitlines()))


class AsJson(logging.Formatter):
    """One object a record, on one line, with its traceback in it."""

    def format(self, record: logging.LogRecord) -> str:
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return redact(json.dumps(said))


def start(form: Literal["text", "json"], level: int = logging.INFO) -> None:
    """Send logs to stderr, crashes included, and keep the libraries that log addresses quiet."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson() if form == "json" else AsText())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # They log each request with its URL, of which the token is a part.
    for name in ("httpx", "httpcore", "telegram", "telegram.ext", "apscheduler", "tornado"):
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _crashed


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger(__name__).critical("the bot crashed", exc_info=(kind, error, trace))
