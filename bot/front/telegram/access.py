"""Who may ask, and how often.  It knows nothing of Telegram but the numbers of users and chats."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["welcome", "stranger", "hasty"]
_MINUTE = 60.0
_REMEMBERED = 10_000  # users whose pace is kept; the longest quiet are forgotten first


@dataclass(slots=True)
class Doorkeeper:
    """Lets users and chats in: all of them, or those on a list where there is one, at a pace."""

    users: frozenset[int] = frozenset()
    chats: frozenset[int] = frozenset()
    per_minute: int = 20
    clock: Callable[[], float] = time.monotonic
    _asked: dict[int, deque[float]] = field(default_factory=dict)

    def judge(self, user: int, chat: int) -> Verdict:
        """Return whether a question of a user in a chat is taken, and take note of it if it is."""
        listed = self.users or self.chats
        if listed and user not in self.users and chat not in self.chats:
            return "stranger"
        now, asked = self.clock(), self._asked.pop(user, deque())
        self._asked[user] = asked  # the last to have asked is remembered longest
        while asked and asked[0] <= now - _MINUTE:
            asked.popleft()
        if len(self._asked) > _REMEMBERED:
            del self._asked[next(iter(self._asked))]
        if len(asked) >= self.per_minute:
            return "hasty"
        asked.append(now)
        return "welcome"
