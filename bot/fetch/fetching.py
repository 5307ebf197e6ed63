"""Fetching: one address to its bytes, politely, in bounded time and space.

Hosts are asked one at a time and with a pause between two pages; different hosts can be asked at the same time by
several threads.  Every redirect is checked like the address that was asked for.
"""

import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from threading import Event, Lock
from typing import NamedTuple

import httpx

from bot.errors import RefusedSource
from bot.fetch.addresses import Doorkeeper, Resolve, read_address, system_resolve
from bot.fetch.bodies import ACCEPTED, BodyTooLargeError, read_body
from bot.fetch.network import GuardedTransport
from bot.fetch.robots import Robots, Rules
from bot.settings import FetchSettings

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_FIRST_PAUSE = 0.5  # seconds before the second try; doubled for each further one
_LONGEST_PAUSE = 30.0  # seconds; a server that asks for more time is left alone until the next run


class Validators(NamedTuple):
    """What a server said by which it can tell later whether a page has changed."""

    etag: str | None = None
    modified: str | None = None

    def as_headers(self) -> dict[str, str]:
        named = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in named.items() if value}


_NONE = Validators()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stands at an address; `unchanged` where it is what the validators were given for, and then without body."""

    address: str  # after redirects
    status: int
    body: bytes = b""
    media_type: str = ""
    charset: str | None = None
    validators: Validators = _NONE
    retry_after: float | None = None
    location: str | None = None

    @property
    def unchanged(self) -> bool:
        return self.status == 304


@dataclass(slots=True)
class _Host:
    """One host: whose turn it is, and when the next page may be asked for."""

    turn: Lock = field(default_factory=Lock)
    free_at: float = 0.0


class Fetcher:
    """Fetches addresses within the limits of the settings; may be used by several threads."""

    def __init__(
        self, settings: FetchSettings, resolve: Resolve = system_resolve, stopped: Event | None = None
    ) -> None:
        """Make one that begins nothing more once `stopped` is set."""
        self._settings, self._stopped = settings, stopped or Event()
        self._doorkeeper = Doorkeeper(frozenset(host.lower() for host in settings.private_hosts), resolve)
        self._tls = httpx.create_ssl_context()
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._robots = Robots(settings.user_agent, self._read_robots)

    def fetch(self, address: str, validators: Validators = _NONE) -> Fetched:
        """Return what stands at an address.  Raises RefusedSource, with the reason and whether it may pass."""
        answer = self._follow(read_address(address), validators, paced=True)
        if answer.status in (200, 203) or (answer.unchanged and validators.as_headers()):
            return answer
        raise RefusedSource(address, _said(answer.status), passing=answer.status in _PASSING)

    def _permitted(self, url: httpx.URL) -> Rules:
        """Return the rules of a site that let this page be read."""
        try:
            rules = self._robots.of(url)
        except RefusedSource as refusal:
            raise RefusedSource(str(url), refusal.reason, passing=refusal.passing) from None
        if not rules.allow(url):
            raise RefusedSource(str(url), "the site's robots.txt asks programs not to read this page")
        return rules

    def _read_robots(self, url: httpx.URL) -> tuple[int, bytes]:
        try:
            answer = self._follow(url, _NONE, paced=False)
        except RefusedSource as refusal:
            if not refusal.passing:
                raise  # what keeps from this file keeps from the page
            reason = f"its robots.txt, which says what may be read, cannot be had: {refusal.reason}"
            raise RefusedSource(str(url), reason, passing=True) from None
        if answer.status >= 500 or answer.status in _PASSING:
            reason = f"its robots.txt, which says what may be read, cannot be had: {_said(answer.status)}"
            raise RefusedSource(str(url), reason, passing=True)
        return answer.status, answer.body

    def _follow(self, url: httpx.URL, validators: Validators, paced: bool) -> Fetched:
        """Return the answer at the end of the redirects, whatever its status."""
        asked = str(url)
        for _ in range(self._settings.redirects + 1):
            pause = self._settings.delay_seconds
            if paced and self._settings.robots:
                pause = max(pause, self._permitted(url).delay)
            with self._turn(url, pause if paced else 0.0):
                answer = self._patiently(url, validators)
            if answer.status not in _REDIRECTS or answer.location is None:
                return answer
            url = self._next(url, answer.location, asked)
        raise RefusedSource(
            asked, f"it leads on more than {self._settings.redirects} times; please give the page itself"
        )

    @staticmethod
    def _next(url: httpx.URL, location: str, asked: str) -> httpx.URL:
        try:
            return read_address(str(url.join(location)))
        except httpx.InvalidURL:
            raise RefusedSource(asked, "it leads on to something that is no address") from None
        except RefusedSource as refusal:
            raise RefusedSource(asked, f"it leads on to {refusal.source}: {refusal.reason}") from None

    @contextmanager
    def _turn(self, url: httpx.URL, pause: float) -> Iterator[None]:
        """Wait for a host to be free; leave it alone for the pause afterwards."""
        place = self._hosts[url.host]
        with place.turn:
            if pause:
                self._wait(url, place.free_at - time.monotonic())
            try:
                yield
            finally:
                if pause:
                    place.free_at = time.monotonic() + pause

    def _patiently(self, url: httpx.URL, validators: Validators) -> Fetched:
        """Ask until there is an answer that will not pass, or the tries are used up; then return or raise the last."""
        for attempt in range(self._settings.tries):
            last = attempt + 1 == self._settings.tries
            pause = _FIRST_PAUSE * 2**attempt
            try:
                answer = self._ask(url, validators)
            except RefusedSource as refusal:
                if last or not refusal.passing:
                    raise
            else:
                wanted = answer.retry_after if answer.retry_after is not None else pause
                if last or answer.status not in _PASSING or wanted > _LONGEST_PAUSE:
                    return answer
                pause = wanted
            self._wait(url, pause)
        raise AssertionError("there is at least one try")

    def _wait(self, url: httpx.URL, seconds: float) -> None:
        if self._stopped.wait(max(0.0, seconds)):
            raise RefusedSource(str(url), "stopped before its turn came; please add it again", passing=True)

    def _ask(self, url: httpx.URL, validators: Validators) -> Fetched:
        """Ask once."""
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
            "Accept-Encoding": ACCEPTED,
            "Connection": "close",
        }
        seconds = self._settings.seconds
        transport = GuardedTransport(self._doorkeeper, seconds, self._tls, _proxy_for(url))
        try:
            with (
                httpx.Client(transport=transport, timeout=None, trust_env=False, headers=headers) as client,
                client.stream("GET", url, headers=validators.as_headers()) as response,
            ):
                return self._read(url, response)
        except httpx.TimeoutException:
            reason = f"it was not there within {seconds:g} s; please try again later"
            raise RefusedSource(str(url), reason, passing=True) from None
        except httpx.HTTPError as error:
            reason = f"the connection failed ({str(error) or type(error).__name__}); please try again later"
            raise RefusedSource(str(url), reason, passing=True) from None
        except RefusedSource as refusal:
            raise RefusedSource(str(url), refusal.reason, passing=refusal.passing) from None

    def _read(self, url: httpx.URL, response: httpx.Response) -> Fetched:
        head, wanted = response.headers, response.status_code in (200, 203)
        largest = self._settings.megabytes * 1_000_000
        said = head.get("content-length", "")
        try:
            if wanted and said.isascii() and said.isdigit() and int(said[:20]) > largest:
                raise BodyTooLargeError
            body = read_body(response.iter_raw(), head.get("content-encoding", ""), largest) if wanted else b""
        except BodyTooLargeError:
            reason = f"larger than {self._settings.megabytes} MB, the most that `megabytes` of [fetch] allows"
            raise RefusedSource(str(url), reason) from None
        except ValueError as error:
            raise RefusedSource(str(url), f"its body cannot be read: {error}", passing=True) from None
        content = Message()
        content["content-type"] = head.get("content-type", "")
        return Fetched(
            address=str(url),
            status=response.status_code,
            body=body,
            media_type=content.get_content_type() if head.get("content-type") else "",
            charset=content.get_content_charset(),
            validators=Validators(head.get("etag"), head.get("last-modified")),
            retry_after=_seconds(head.get("retry-after")),
            location=head.get("location"),
        )


def _proxy_for(url: httpx.URL) -> str | None:
    """Return the proxy that the environment names for an address (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY)."""
    named = urllib.request.getproxies()
    proxy = named.get(url.scheme) or named.get("all")
    if not proxy or urllib.request.proxy_bypass(url.host):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if not proxy.startswith(("http://", "https://")):
        raise RefusedSource(str(url), "the proxy that the environment names is no HTTP proxy; please name one")
    return proxy


def _seconds(retry_after: str | None) -> float | None:
    """Return how long a server asks to wait, which it says in seconds or as a moment."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _said(status: int) -> str:
    if status in (401, 402, 403, 451):
        return f"the server does not give it to programs ({status}); save the page and add the file"
    if status in (404, 410):
        return f"there is no such page ({status}); please check the address"
    if status in _PASSING:
        return f"the server cannot give it just now ({status}); please try again later"
    return f"the server answered with status {status} and no page"
