"""How updates reach the bot: by long polling with offsets, or by posts to its webhook."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from faults import WORDS
from parameters import Json, Refused
from telegram.constants import PollingLimit, UpdateType
from wire import post

if TYPE_CHECKING:
    from server import BotApiServer

_LONGEST_POLL = 50
#: What comes only to bots that ask for it by name.
_UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
_WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


@dataclass
class Pending:
    """An update that the bot has not confirmed.  `again`: it has been delivered before, and comes once more."""

    update: Json
    queue: int
    again: bool = False

    @property
    def number(self) -> int:
        return int(str(self.update["update_id"]))


@dataclass
class Posted:
    """One attempt to deliver an update to the webhook."""

    update_id: int
    status: int  # 0: no answer
    error: str
    at: float


class Delivery:
    """The queue of updates, and its two ends."""

    def __init__(self, server: BotApiServer) -> None:
        self.server = server
        self.allowed: set[str] | None = None  # None: never stated, which is all that comes unasked
        self.updates: list[Json] = []
        self.withheld: list[Json] = []
        self.pending: list[Pending] = []
        self.posted: list[Posted] = []
        self.webhook: Json = {}
        #: Where to find a webhook that is set under a public address: {"https://example.org": "http://127.0.0.1:8443"}.
        self.proxies: dict[str, str] = {}
        self.first_retry, self.longest_retry, self.webhook_timeout = 0.05, 1.0, 10.0
        self._last_error: Json = {}
        self._ids = itertools.count(880_000_001)
        self._poll: asyncio.Future[Refused | None] | None = None
        self._busy: set[int] = set()
        self._queues: dict[int, int] = {}

    # --- what happens at Telegram

    def push(self, kind: str, content: Json, queue: int = 0) -> Json | None:
        """Put an update into the queue; None where the bot's allowed_updates leave it out."""
        with self.server.changed:
            update: Json = {"update_id": next(self._ids), kind: json.loads(json.dumps(content))}
            if not self._is_allowed(kind):
                self.withheld.append(update)
                return None
            self.updates.append(update)
            self.pending.append(Pending(update, queue))
            self._queues[self.pending[-1].number] = queue
            self._wake()
        return update

    def repeat(self, update: Json | None = None) -> Json:
        """Deliver an update (or else the last one) a second time, with the same number."""
        with self.server.changed:
            update = update or self.updates[-1]
            self.pending.append(Pending(update, self._queues[int(str(update["update_id"]))], again=True))
            self._wake()
        return update

    def _is_allowed(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in _UNASKED

    def _wake(self) -> None:
        self.server.changed.notify_all()
        if self.server.wire.loop:  # else it was never started: the fast layer
            self.server.wire.loop.call_soon_threadsafe(self._deliver)

    def allow(self, said: Json) -> None:
        """Remember which kinds of updates the bot wants, until it says otherwise."""
        if (kinds := said.get("allowed_updates")) is not None:
            assert isinstance(kinds, list)
            if unknown := [kind for kind in kinds if kind not in set(UpdateType)]:
                raise Refused(400, f"Bad Request: unknown update type {unknown[0]}")
            self.allowed = set(kinds) or None

    def drop_pending(self) -> None:
        self.pending.clear()

    # --- polling

    async def get_updates(self, said: Json) -> list[Json]:
        with self.server.changed:
            if self.webhook:
                raise Refused(409, _WEBHOOK_IS_SET)
            self.allow(said)
            self.end_poll(WORDS[409])
            self._confirm(_integer(said, "offset", 0))
            found = self._next(said)
            timeout = min(max(_integer(said, "timeout", 0), 0), _LONGEST_POLL)
            if found or not timeout:
                return found
            poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                if refused := await poll:
                    raise refused
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
        with self.server.changed:
            return self._next(said)

    def end_poll(self, words: str) -> None:
        """Answer the poll that is waiting, if there is one, with a conflict."""
        if self._poll and not self._poll.done():
            self._poll.set_result(Refused(409, words))
        self._poll = None

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        else:
            self.pending = [entry for entry in self.pending if entry.number >= offset or entry.again]

    def _next(self, said: Json) -> list[Json]:
        asked = _integer(said, "limit", PollingLimit.MAX_LIMIT)
        limit = min(max(asked, PollingLimit.MIN_LIMIT), PollingLimit.MAX_LIMIT)
        found = sorted(self.pending[:limit], key=lambda entry: entry.number)
        self.pending = [entry for entry in self.pending if not (entry.again and entry in found)]
        return [entry.update for entry in found]

    # --- webhook

    def set_webhook(self, said: Json) -> None:
        if said.get("drop_pending_updates"):
            self.drop_pending()
        self.allow(said)
        self.webhook = {name: said[name] for name in ("url", "secret_token", "max_connections") if name in said}
        self.webhook = self.webhook if self.webhook.get("url") else {}
        self._last_error = {}
        if self.webhook:
            self.end_poll("Conflict: terminated by setWebhook request")
        self._wake()

    def webhook_info(self) -> Json:
        info: Json = {
            "url": self.webhook.get("url", ""), "has_custom_certificate": False,
            "pending_update_count": len(self.pending), **self._last_error,
        }  # fmt: skip
        if self.webhook:
            info["max_connections"] = self.webhook.get("max_connections", 40)
        if self.allowed:
            info["allowed_updates"] = sorted(self.allowed)
        return info

    def _deliver(self) -> None:
        """Hand out what there is; runs in the server's loop."""
        if self._poll and not self._poll.done() and self.pending:
            self._poll.set_result(None)
        if self.webhook:
            most = int(str(self.webhook.get("max_connections", 40)))
            for entry in self.pending:
                if entry.queue not in self._busy and len(self._busy) < most:
                    self._busy.add(entry.queue)
                    asyncio.get_running_loop().create_task(self._post_queue(entry.queue, self.webhook))

    async def _post_queue(self, queue: int, webhook: Json) -> None:
        """Post the updates of one chat, one after another, each until it is taken."""
        wait = self.first_retry
        try:
            while self.webhook is webhook:
                entry = next((entry for entry in self.pending if entry.queue == queue), None)
                if entry is None:
                    break
                if await self._is_taken(entry, webhook):
                    with self.server.changed:
                        self.pending = [other for other in self.pending if other is not entry]
                        self.server.changed.notify_all()
                    wait = self.first_retry
                else:
                    await asyncio.sleep(wait)
                    wait = min(2 * wait, self.longest_retry)
        finally:
            self._busy.discard(queue)
        self._deliver()  # whose turn had not come

    async def _is_taken(self, entry: Pending, webhook: Json) -> bool:
        url = str(webhook["url"])
        for public, local in self.proxies.items():
            url = local + url.removeprefix(public) if url.startswith(public) else url
        headers = {"Content-Type": "application/json"}
        if secret := webhook.get("secret_token"):
            headers["X-Telegram-Bot-Api-Secret-Token"] = str(secret)
        status, error = 0, ""
        try:
            status, phrase, _ = await post(url, json.dumps(entry.update).encode(), headers, self.webhook_timeout)
            if not 200 <= status < 300:
                error = f"Wrong response from the webhook: {status} {phrase}"
        except TimeoutError:
            error = "Read timeout expired"
        except (OSError, EOFError, ValueError) as problem:
            error = "Connection refused" if isinstance(problem, ConnectionRefusedError) else "Connection closed"
        with self.server.changed:
            self.posted.append(Posted(entry.number, status, error, time.monotonic()))
            if error:
                self._last_error = {"last_error_date": int(time.time()), "last_error_message": error}
            self.server.changed.notify_all()
        return not error


def _integer(said: Json, name: str, otherwise: int) -> int:
    value: Any = said.get(name, otherwise)
    return int(value)
