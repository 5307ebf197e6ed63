"""A small, strict Bot API server on the loopback.

    server = BotApiServer()
    server.start()          # then base_url is server.url, the token server.token
    alice = server.user("Alice")
    alice.says("What did Stoltenberg say?")
    answer = alice.hear()   # or: await alice.hears()

It refuses what Telegram refuses, in Telegram's words, and more (see `rules`); stores texts as Telegram alters them; and
records every request.  `people` holds what users do, `methods` what the bot may do, `faults` what goes wrong.
"""

import asyncio
import itertools
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from delivery import Delivery
from faults import WORDS, Fault, Faults
from methods import Methods
from parameters import PARAMETERS, Json, Refused, read
from people import Chat, Person, Query
from rules import problems
from wire import Call, Reply, Wire

TOKEN = "7700112233:AAFakeFakeFakeFakeFakeFakeFakeFake-_x"


@dataclass
class Request:
    """One request of the bot, and what became of it."""

    number: int
    method: str
    said: Json
    raw: Json
    at: float
    connection: int
    token: str
    fault: Fault | None = None
    status: int = 0  # 0 while it is not answered, or for ever where the connection was dropped
    result: Any = None
    description: str = ""
    answered_at: float = 0.0
    done: bool = field(default=False)  # whether what was asked has happened

    @property
    def ok(self) -> bool:
        return self.status == 200

    @property
    def parameters(self) -> Json:
        """The parameters, with their types: another name of `said`."""
        return self.said

    def __str__(self) -> str:
        return f"  {self.number} {self.method} {self.status} {self.description} {self.said}"


class BotApiServer:
    """See above.  All that happens to its state happens under `changed`, which is notified of every change."""

    def __init__(self, token: str = TOKEN, username: str = "coverage_test_bot") -> None:
        self.token = token
        self.bot: Json = {
            "id": int(token.partition(":")[0]), "is_bot": True, "first_name": "Coverage", "username": username,
            "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True,
            "supports_guest_queries": True, "can_connect_to_business": False, "has_main_web_app": False,
        }  # fmt: skip
        #: How long a callback, inline or guest query can be answered.
        self.query_seconds = 10.0
        self.changed = threading.Condition(threading.RLock())
        self.requests: list[Request] = []
        self.faults = Faults()
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.messages: dict[tuple[int, int], Json] = {}
        self.inline_messages: dict[str, Json] = {}
        self.queries: dict[str, Query] = {}
        self.settings: dict[str, Any] = {}
        #: Requests of methods that this server lacks, as in `server.without.add("answerGuestQuery")`.
        self.without: set[str] = set()
        self._ids = itertools.count(1001)
        self.wire = Wire(self.answer)
        self.delivery = Delivery(self)
        self.methods = Methods(self)

    # --- running

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.wire.port}/bot"

    def start(self) -> "BotApiServer":
        self.wire.start()
        return self

    def stop(self) -> None:
        self.faults.clear()
        self.delivery.webhook = {}
        self.wire.stop()
        if self.wire.crashes:
            raise AssertionError("the rig itself failed") from self.wire.crashes[0]

    @contextmanager
    def unreachable(self) -> Iterator[None]:
        """Refuse every connection meanwhile."""
        self.wire.close()
        try:
            yield
        finally:
            self.wire.open()

    def revoke(self) -> None:
        """Answer 401 from now on, as after a /revoke at BotFather."""
        self.token = "revoked"

    # --- people

    def user(self, first_name: str = "Alice", **more: Any) -> Person:
        return Person(self, first_name, **more)

    def group(self, title: str = "Newsroom", kind: str = "supergroup", **more: Any) -> Chat:
        return Chat(self, kind, title, **more)

    def channel(self, title: str = "Wire") -> Chat:
        return Chat(self, "channel", title)

    def new_id(self) -> int:
        """Return a number that nothing else on this server has."""
        return next(self._ids)

    # --- watching

    def until(self, condition: Callable[[], Any], timeout: float = 5.0, why: str = "") -> Any:
        """Wait until a condition on this server holds, and return what it gave."""
        with self.changed:
            found = self.changed.wait_for(condition, timeout)
            if not found:
                last = "\n".join(map(str, self.requests[-12:]))
                raise TimeoutError(f"{why or 'what was waited for'} did not come in {timeout} s; last came:\n{last}")
            return found

    def wait(
        self, wanted: str | Callable[[Request], bool], timeout: float = 5.0, after: int = 0, answered: bool = True
    ) -> Request:
        """Wait for a request: the first one after the number `after` that has this method, or for which this holds.

        It counts once it is answered (or its connection dropped), unless `answered` is False: then once it arrives.
        """

        def matching() -> Request | None:
            for request in itertools.islice(self.requests, after, None):
                if (not answered or request.answered_at) and (
                    request.method == wanted if isinstance(wanted, str) else wanted(request)
                ):
                    return request
            return None

        found: Request = self.until(matching, timeout, f"a request {wanted}")
        return found

    async def wait_for(
        self, wanted: str | Callable[[Request], bool], timeout: float = 5.0, after: int = 0, answered: bool = True
    ) -> Request:
        return await asyncio.to_thread(self.wait, wanted, timeout, after, answered)

    async def until_async(self, condition: Callable[[], Any], timeout: float = 5.0, why: str = "") -> Any:
        return await asyncio.to_thread(self.until, condition, timeout, why)

    def mark(self) -> int:
        """Return a number to give as `after`: the requests from now on."""
        return len(self.requests)

    def calls(self, method: str, after: int = 0) -> list[Request]:
        return [request for request in self.requests[after:] if request.method == method]

    @property
    def sent(self) -> list[Json]:
        """Every message of the bot that stands, in order."""
        return [message for message in self.messages.values() if message.get("from", {}).get("id") == self.bot["id"]]

    # --- answering requests

    async def answer(self, call: Call) -> Reply | None:
        path = re.fullmatch(r"/bot([^/]+)/(\w+)/?", call.path)
        if not path:
            return _reply(Refused(404, "Not Found"))
        request = self._record(call, path[1], path[2])
        try:
            return await self._handled(request)
        except asyncio.CancelledError:  # the bot hung up
            self._ended(request, None)
            raise

    async def _handled(self, request: Request) -> Reply | None:
        fault = request.fault
        if fault and fault.kind in ("drop_before", "stall"):
            while fault.kind == "stall" and not fault.released.is_set():
                await asyncio.sleep(0.02)
            return self._ended(request, None)
        outcome = await self._outcome(request)
        if fault and fault.kind == "slow":
            with self.changed:
                self.changed.notify_all()
            await asyncio.sleep(fault.seconds)
        if fault and fault.kind == "drop_after":
            return self._ended(request, None)
        reply = _reply(outcome)
        if fault and fault.body:
            reply = Reply(fault.status or 200, fault.body, fault.content_type)
        return self._ended(request, reply, outcome)

    def _record(self, call: Call, token: str, method: str) -> Request:
        with self.changed:
            exact = {name.lower(): name for name in PARAMETERS}.get(method.lower(), method)  # methods have no case
            request = Request(len(self.requests) + 1, exact, {}, {}, time.monotonic(), call.connection, token)
            try:
                request.raw, typed = call.fields()
                request.said = read(exact, request.raw, typed) if exact in PARAMETERS else request.raw
            except Refused as refused:
                request.said, request.description = request.raw, refused.description
            except (ValueError, UnicodeDecodeError) as error:
                request.description = f"Bad Request: can't parse the request: {error}"
            request.fault = self.faults.next_for(request)
            self.requests.append(request)
            self.changed.notify_all()
        return request

    async def _outcome(self, request: Request) -> Any:
        fault = request.fault
        if fault and fault.kind == "status":
            return Refused(fault.status, fault.description, fault.parameters)
        if request.token != self.token:
            return Refused(401, WORDS[401])
        if request.method not in PARAMETERS or request.method in self.without:
            return Refused(404, "Not Found: method not found")
        try:
            if request.description:
                raise Refused(400, request.description)
            if wrong := problems(request.method, request.said):
                raise Refused(400, wrong[0])
            if request.method == "getUpdates":
                return await self.delivery.get_updates(request.said)
            with self.changed:
                result = self.methods.call(request.method, request.said)
                request.done, request.result = True, result
                self.changed.notify_all()
        except Refused as refused:
            return refused
        return result

    def _ended(self, request: Request, reply: Reply | None, outcome: Any = None) -> Reply | None:
        with self.changed:
            request.answered_at = time.monotonic()
            if reply:
                request.status = reply.status
            if isinstance(outcome, Refused):
                request.description = outcome.description
            else:
                request.result = outcome
            self.changed.notify_all()
        return reply


def _reply(outcome: Any) -> Reply:
    if isinstance(outcome, Refused):
        said = {"ok": False, "error_code": outcome.status, "description": outcome.description}
        if outcome.more:
            said["parameters"] = outcome.more
        return Reply(outcome.status, json.dumps(said).encode())
    return Reply(200, json.dumps({"ok": True, "result": outcome}).encode())
