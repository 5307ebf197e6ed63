"""Who may ask, how often, and who may do what an administrator does.

It knows nothing of Telegram but the numbers of users and chats.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

Verdict = Literal["welcome", "stranger", "hasty"]
_MINUTE = 60.0
_REMEMBERED = 10_000  # users whose pace is kept; the longest quiet are forgotten first


@dataclass(slots=True)
class Pace:
    """How often each user has asked within the last `seconds`, which may be `most` times."""

    most: int
    seconds: float = _MINUTE
    clock: Callable[[], float] = time.monotonic
    _asked: dict[int, deque[float]] = field(default_factory=dict)

    def keeps(self, user: int) -> bool:
        """Return whether a user may ask once more now, and take note of it if so."""
        now, asked = self.clock(), self._asked.pop(user, deque())
        self._asked[user] = asked  # the last to have asked is remembered longest
        while asked and asked[0] <= now - self.seconds:
            asked.popleft()
        if len(self._asked) > _REMEMBERED:
            del self._asked[next(iter(self._asked))]
        if len(asked) >= self.most:
            return False
        asked.append(now)
        return True


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Lets users and chats in: all of them, or those on a list where there is one, at a pace."""

    pace: Pace
    users: frozenset[int] = frozenset()
    chats: frozenset[int] = frozenset()

    def judge(self, user: int, chat: int) -> Verdict:
        """Return whether a question of a user in a chat is taken, and take note of it if it is."""
        if not self.admits(user, chat):
            return "stranger"
        return "welcome" if self.pace.keeps(user) else "hasty"

    def admits(self, user: int, chat: int | None = None) -> bool:
        """Return whether a user is answered in a chat at all, however fast they ask."""
        return not (self.users or self.chats) or user in self.users or chat in self.chats
