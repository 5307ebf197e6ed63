"""Updates on their way in: written down before Telegram forgets them, and in order within a chat."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Hashable
from typing import Any

from telegram import Bot, Update
from telegram.ext import BaseUpdateProcessor

from bot.state.inbox import Inbox

AT_ONCE = 24  # chats that are served at the same time
WAITING = 100  # updates of one chat that may wait; what comes on top is dropped, as a flood


class Arrivals(asyncio.Queue[object]):
    """The queue between Telegram and the handlers.

    What is put into it stays in the inbox until it has been dealt with, so that it outlives the program; what has been
    delivered before is dropped.  Queries that expire within seconds are not kept.  `newest` tells the last inline query
    of each user: those before it need no answer any more.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__()
        self.newest: dict[int, str] = {}
        self._inbox = inbox

    async def put(self, item: object) -> None:
        if isinstance(item, Update) and item.inline_query is not None:
            self.newest[item.inline_query.from_user.id] = item.inline_query.id
        if not isinstance(item, Update) or _expires(item) or self._inbox.take(item.update_id, item.to_json()):
            await super().put(item)

    def restore(self, bot: Bot) -> int:
        """Queue what an earlier run has not dealt with, and return how much that is."""
        left = self._inbox.unfinished()
        for content in left:
            self.put_nowait(Update.de_json(json.loads(content), bot))
        return len(left)


class ChatOrder(BaseUpdateProcessor):
    """Works in parallel between chats and one after the other within a chat.

    Updates in `kept` could not be answered for want of a connection; they stay in the inbox for the next start.
    """

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(max_concurrent_updates=AT_ONCE * WAITING)
        self.kept: set[int] = set()
        self._inbox = inbox
        self._turns: dict[Hashable, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: dict[Hashable, int] = defaultdict(int)
        self._places = asyncio.Semaphore(AT_ONCE)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        assert isinstance(update, Update)
        key = _key(update)
        if self._waiting[key] >= WAITING:
            _close(coroutine)
            self._inbox.finish(update.update_id)
            return
        self._waiting[key] += 1
        try:
            async with self._turns[key], self._places:
                await coroutine
                if update.update_id not in self.kept:
                    self._inbox.finish(update.update_id)
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._turns[key]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away: every update holds its turn until it is done."""


def _key(update: Update) -> Hashable:
    """Return what an update has to wait its turn with."""
    chat, user = update.effective_chat, update.effective_user
    return chat.id if chat is not None else ("nowhere", user.id) if user is not None else None


def _expires(update: Update) -> bool:
    return update.inline_query is not None or update.guest_message is not None


def _close(coroutine: Awaitable[Any]) -> None:
    close = getattr(coroutine, "close", None)
    if close is not None:
        close()
