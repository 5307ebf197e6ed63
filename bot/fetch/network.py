"""The connection itself: made to the very addresses that were checked, and cut off at its deadline.

A name is resolved once, here, for each connection; what was checked is what is connected to, so a name that changes
its address in between gains nothing.  The deadline holds for everything: connecting, the handshake, a head or a body
that comes byte by byte.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from bot.fetch.addresses import Doorkeeper


class _Deadline:
    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer took too long")
        return left


class _Stream(httpcore.NetworkStream):
    """A stream whose every wait ends at the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Connects to what the doorkeeper lets through; a proxy is named by whoever runs the program and needs no check."""

    def __init__(self, doorkeeper: Doorkeeper, deadline: _Deadline, proxied: bool) -> None:
        self._doorkeeper, self._deadline, self._proxied = doorkeeper, deadline, proxied
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError("no address to connect to")
        for address in [host] if self._proxied else self._doorkeeper.addresses(host, port):
            try:
                stream = self._inner.connect_tcp(address, port, self._deadline.left(), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self._deadline)
        raise failure


class GuardedTransport(httpx.BaseTransport):
    """Carries one request of an httpx client; closed with it."""

    def __init__(self, doorkeeper: Doorkeeper, seconds: float, tls: ssl.SSLContext, proxy: str | None) -> None:
        backend = _Backend(doorkeeper, _Deadline(seconds), proxied=proxy is not None)
        self._doorkeeper, self._proxied = doorkeeper, proxy is not None
        self._pool: httpcore.ConnectionPool = (
            httpcore.ConnectionPool(ssl_context=tls, network_backend=backend)
            if proxy is None
            else _through(httpx.Proxy(proxy), tls, backend)
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if self._proxied:
            self._doorkeeper.check_behind_proxy(url.host, url.port or 0)
        with _as_httpx():
            answer = self._pool.handle_request(
                httpcore.Request(
                    request.method,
                    httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


def _through(proxy: httpx.Proxy, tls: ssl.SSLContext, backend: _Backend) -> httpcore.HTTPProxy:
    return httpcore.HTTPProxy(
        proxy_url=httpcore.URL(
            scheme=proxy.url.raw_scheme, host=proxy.url.raw_host, port=proxy.url.port, target=proxy.url.raw_path
        ),
        proxy_auth=proxy.raw_auth,
        proxy_headers=proxy.headers.raw,
        ssl_context=tls,
        network_backend=backend,
    )


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx():
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Give the engine's errors the names that httpx has for them."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.ReadTimeout(str(error)) from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise httpx.RemoteProtocolError(str(error)) from error
    except (httpcore.NetworkError, httpcore.ProxyError) as error:
        raise httpx.NetworkError(str(error)) from error
