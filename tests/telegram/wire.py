"""HTTP as a server speaks it, with a hand on every connection: they can be refused, dropped and left hanging.

Runs an event loop in a thread of its own, so that synchronous tests, asynchronous ones and subprocesses can all use it.
"""

import asyncio
import contextlib
import itertools
import json
import re
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from email import message_from_bytes
from http import HTTPStatus
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request as it came in."""

    verb: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    connection: int

    def fields(self) -> tuple[dict[str, object], bool]:
        """Return what the query and the body say, and whether the body was JSON (whose values have types)."""
        said: dict[str, object] = dict(parse_qsl(self.query, keep_blank_values=True))
        kind = self.headers.get("content-type", "")
        if kind.startswith("application/json"):
            loaded = json.loads(self.body or b"{}")
            if not isinstance(loaded, dict):
                raise ValueError("the body is not an object")
            return said | loaded, True
        if kind.startswith("multipart/form-data"):
            message = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + self.body)
            for part in message.get_payload():
                name = part.get_param("name", header="content-disposition")
                content = part.get_payload(decode=True)
                said[str(name)] = content if part.get_filename() else content.decode()
        elif self.body:
            said |= dict(parse_qsl(self.body.decode(), keep_blank_values=True, strict_parsing=True))
        return said, False


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: bytes
    content_type: str = "application/json"


#: What answers a call: a reply, or None where the connection is to be dropped without one.
Handler = Callable[[Call], Awaitable[Reply | None]]


class _Connection(asyncio.Protocol):
    """One connection: calls one after another; a handler is cancelled when its client hangs up."""

    def __init__(self, wire: "Wire") -> None:
        self.wire = wire
        self.number = next(wire.numbers)
        self.received = b""
        self.task: asyncio.Task[None] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.wire.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.wire.connections.discard(self)
        if self.task:
            self.task.cancel()

    def data_received(self, data: bytes) -> None:
        self.received += data
        self._next()

    def _next(self) -> None:
        if self.task is None and (call := self._whole_call()):
            self.task = asyncio.get_running_loop().create_task(self._answer(call))

    def _whole_call(self) -> Call | None:
        head, mark, rest = self.received.partition(b"\r\n\r\n")
        if not mark:
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if "chunked" in headers.get("transfer-encoding", ""):
            raise NotImplementedError("this server reads bodies of a stated length only")
        length = int(headers.get("content-length", "0"))
        if len(rest) < length:
            return None
        self.received = rest[length:]
        verb, target, _ = first.split(" ")
        url = urlsplit(target)
        return Call(verb, unquote(url.path), url.query, headers, rest[:length], self.number)

    async def _answer(self, call: Call) -> None:
        assert self.transport is not None
        try:
            reply = await self.wire.handler(call)
        except Exception as error:  # a mistake in the rig must fail the test, and not hang it
            self.wire.crashes.append(error)
            reply = Reply(500, b'{"ok":false,"error_code":500,"description":"the rig itself failed"}')
        if reply is None:
            self.transport.abort()
            return
        lasts = call.headers.get("connection", "").lower() != "close"
        head = (
            f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}\r\nContent-Type: {reply.content_type}\r\n"
            f"Content-Length: {len(reply.body)}\r\nConnection: {'keep-alive' if lasts else 'close'}\r\n\r\n"
        )
        self.transport.write(head.encode() + reply.body)
        self.task = None
        if not lasts:
            self.transport.close()
        self._next()


class Wire:
    """A loopback HTTP server on a free port."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        self.port = 0
        self.crashes: list[Exception] = []
        self.connections: set[_Connection] = set()
        self.numbers = itertools.count(1)
        self.loop: asyncio.AbstractEventLoop | None = None  # until it is started
        self._listening: asyncio.Server | None = None

    def start(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, name="Bot API server", daemon=True)
        self._thread.start()
        self.open()

    def stop(self) -> None:
        if not self.loop:
            return
        self.close()
        self.run(self._end_tasks())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    def open(self) -> None:
        """Listen, on the same port as before."""
        self.run(self._open())

    def close(self) -> None:
        """Refuse connections, and drop those that there are."""
        self.run(self._close())

    def run(self, work: Awaitable[None]) -> None:
        """Do something in the server's loop and wait for it."""

        async def working() -> None:
            await work

        asyncio.run_coroutine_threadsafe(working(), self.loop).result(10)

    async def _open(self) -> None:
        self._listening = await asyncio.get_running_loop().create_server(
            lambda: _Connection(self), "127.0.0.1", self.port, reuse_address=True, backlog=1024
        )
        self.port = self._listening.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._listening:
            self._listening.close()
            self._listening = None
        for connection in list(self.connections):
            if connection.transport:
                connection.transport.abort()

    async def _end_tasks(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def post(url: str, body: bytes, headers: dict[str, str], timeout: float) -> tuple[int, str, bytes]:
    """Post to a plain HTTP address; return the status, its phrase and the body."""
    where = urlsplit(url)
    async with asyncio.timeout(timeout):
        reader, writer = await asyncio.open_connection(where.hostname, where.port or 80)
        try:
            target = (where.path or "/") + (f"?{where.query}" if where.query else "")
            head = {"Host": where.netloc, "Content-Length": str(len(body)), "Connection": "close"} | headers
            lines = [f"POST {target} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
            writer.write("\r\n".join(lines).encode() + body)
            await writer.drain()
            top = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", top)
            content = await (reader.readexactly(int(length[1])) if length else reader.read())
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()
    _, status, phrase = (top.split(b"\r\n")[0].decode() + "  ").split(" ", 2)
    return int(status), phrase.strip(), content
