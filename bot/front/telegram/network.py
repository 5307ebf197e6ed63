"""Requests to the Bot API, and the proof that polling is alive.

python-telegram-bot ends polling for good on one 401 or 404, while its updater still says that it runs.  So every good
getUpdates leaves a stamp, and whoever watches the stamp knows.
"""

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram.error import Conflict, TelegramError
from telegram.request import HTTPXRequest

TELEGRAM = "https://api.telegram.org"
_OK = 200
CONFLICTS = 3  # in a row: another process polls with this token for good, not just while it is being replaced


def api_address(base_url: str) -> str:
    """Return where methods of the Bot API are called: at the server that the settings name, or else at Telegram's."""
    return (base_url or TELEGRAM).rstrip("/").removesuffix("/bot") + "/bot"


@dataclass(slots=True)
class Pulse:
    """When the last good poll was, in seconds of the monotonic clock; `file`, if any, is touched with each."""

    file: Path | None = None
    last: float = field(default_factory=time.monotonic)
    conflicts: int = 0

    def beat(self) -> None:
        self.last, self.conflicts = time.monotonic(), 0
        if self.file is not None:
            self.file.touch()

    def age(self) -> float:
        """Return the seconds since the last good poll."""
        return time.monotonic() - self.last

    def missed(self, error: TelegramError) -> None:
        """Take note of a poll that failed."""
        if isinstance(error, Conflict):
            self.conflicts += 1

    @property
    def contested(self) -> bool:
        """Whether another process polls with the same token."""
        return self.conflicts >= CONFLICTS


class PollingRequest(HTTPXRequest):
    """The connection that updates are polled over: it beats the pulse with every good answer."""

    def __init__(self, pulse: Pulse, **options: Any) -> None:
        super().__init__(**options)
        self._pulse = pulse

    async def do_request(self, *args: Any, **options: Any) -> tuple[int, bytes]:
        code, payload = await super().do_request(*args, **options)
        if code == _OK:
            self._pulse.beat()
        return code, payload
