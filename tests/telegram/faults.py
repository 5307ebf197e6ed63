"""What goes wrong between a bot and Telegram, on demand."""

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from parameters import Json

#: Telegram's words for a status, where the request itself is not to blame.
WORDS = {
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass
class Fault:
    """One kind of failure of the next `times` requests that it is for.

    `kind` is one of: "status" (an error is answered and nothing happens), "drop_before" (the connection ends and
    nothing happens), "drop_after" (it happens, then the connection ends), "slow" (it happens, the answer comes
    `seconds` later), "stall" (nothing happens and no answer comes until `release`), "garbled" (it happens, the answer
    is not JSON).
    """

    kind: str
    method: str | None = None
    times: float = 1
    status: int = 0
    seconds: float = 0
    body: bytes = b""
    content_type: str = "application/json"
    parameters: Json = field(default_factory=dict)
    description: str = ""
    only: Callable[[Any], bool] = lambda request: True
    used: int = 0
    released: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        """Let go what is stalled: those connections end."""
        self.times = 0
        self.released.set()


class Faults:
    """The faults to come, and the ways of ordering them.  `method=None` is every method."""

    def __init__(self) -> None:
        self.ordered: list[Fault] = []

    def fail(
        self, method: str | None, status: int, times: float = 1, retry_after: int = 0, description: str = "",
        only: Callable[[Any], bool] = lambda request: True,
    ) -> Fault:  # fmt: skip
        """Answer with an error: 429 with retry_after, 5xx, 404, 401, 403, 409.  502 is a page of HTML, as in life."""
        words = description or WORDS.get(status, f"Error {status}")
        more: Json = {}
        if status == 429:
            words, more = f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
        fault = Fault("status", method, times, status, description=words, parameters=more, only=only)
        if status == 502 and not description:
            fault.body = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
            fault.content_type = "text/html"
        return self.order(fault)

    def drop(self, method: str | None, times: float = 1, accepted: bool = False) -> Fault:
        """End the connection without an answer, after Telegram has done what was asked, or before."""
        return self.order(Fault("drop_after" if accepted else "drop_before", method, times))

    def slow(self, method: str | None, seconds: float, times: float = math.inf) -> Fault:
        return self.order(Fault("slow", method, times, seconds=seconds))

    def stall(self, method: str | None, times: float = 1) -> Fault:
        return self.order(Fault("stall", method, times))

    def garble(self, method: str | None, times: float = 1, body: bytes = b'{"ok":true,"resu') -> Fault:
        return self.order(Fault("garbled", method, times, body=body))

    def order(self, fault: Fault) -> Fault:
        self.ordered.append(fault)
        return fault

    def clear(self) -> None:
        for fault in self.ordered:
            fault.release()
        self.ordered = []

    def next_for(self, request: Any) -> Fault | None:
        for fault in self.ordered:
            if fault.used < fault.times and fault.method in (None, request.method) and fault.only(request):
                fault.used += 1
                return fault
        return None
