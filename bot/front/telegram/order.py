"""The order of work: in parallel between chats, one after the other within a chat."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

AT_ONCE = 64  # chats that are served at the same time
WAITING = 20  # updates of one chat that may wait; what comes on top is dropped, as a flood


class ChatOrder(BaseUpdateProcessor):
    """Lets an update of a chat wait for those before it, so that an edit never overtakes its question."""

    def __init__(self) -> None:
        super().__init__(max_concurrent_updates=AT_ONCE * WAITING)
        self._turns: dict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: dict[int, int] = defaultdict(int)
        self._places = asyncio.Semaphore(AT_ONCE)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        key = _chat(update)
        if self._waiting[key] >= WAITING:
            _close(coroutine)
            return
        self._waiting[key] += 1
        try:
            async with self._turns[key], self._places:
                await coroutine
        finally:
            self._waiting[key] -= 1
            if not self._waiting[key]:
                del self._waiting[key], self._turns[key]

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to put away: every update holds its turn until it is done."""


def _chat(update: object) -> int:
    if not isinstance(update, Update):
        return 0
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else 0


def _close(coroutine: Awaitable[Any]) -> None:
    close = getattr(coroutine, "close", None)
    if close is not None:
        close()
