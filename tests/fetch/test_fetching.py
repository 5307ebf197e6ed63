"""Fetching from a real server: what comes back, what is refused, and that everything ends."""

import gzip
import itertools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import brotli
import httpcore
import httpx
import pytest
from website import Answer, Asked, Website, article, html, leads_to

from bot.errors import RefusedSource
from bot.fetch.addresses import Doorkeeper
from bot.fetch.fetching import Fetcher, Validators
from bot.fetch.network import GuardedTransport
from bot.settings import FetchSettings

Make = Callable[..., Fetcher]
Pack = Callable[[bytes], bytes]
Endless = Callable[[Asked], None]


def refusal(fetcher: Fetcher, address: str) -> RefusedSource:
    with pytest.raises(RefusedSource) as caught:
        fetcher.fetch(address)
    return caught.value


@pytest.mark.parametrize(
    ("coding", "pack"), [("", bytes), ("gzip", gzip.compress), ("br", brotli.compress)], ids=["plain", "gzip", "brotli"]
)
def test_a_page_comes_as_it_is_however_it_is_packed(site: Website, fetcher: Make, coding: str, pack: Pack) -> None:
    site.pages["/a"] = html(pack(article()), Content_Encoding=coding)
    fetched = fetcher().fetch(site.address + "/a")
    assert (fetched.body, fetched.media_type, fetched.charset) == (article(), "text/html", "utf-8")
    assert site.asked[-1].headers["user-agent"] == "coverage-bot/1.0"
    assert site.asked[-1].headers["accept-encoding"] == "gzip, br"


def test_redirects_are_followed_and_bounded(site: Website, fetcher: Make) -> None:
    site.pages |= {f"/{n}": leads_to(f"/{n + 1}", 301 + n % 2) for n in range(5)} | {"/5": html(b"there")}
    assert fetcher().fetch(site.address + "/0").address == site.address + "/5"
    site.pages["/loop"] = leads_to("/loop")
    assert "leads on more than 5 times" in refusal(fetcher(), site.address + "/loop").reason


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/",
        "http://localhost/", "http://0.0.0.0/", "http://2130706434/", "http://[::ffff:127.0.0.2]/",
        "http://[::]/", "http://0x7f.2/", "http://[64:ff9b::7f00:2]/", "//127.0.0.2/",
        "http://168.63.129.16/", "file:///etc/passwd", "http://me:secret@127.0.0.1/", "http://[", "ftp://x.example/",
    ],
)  # fmt: skip
def test_a_redirect_to_what_is_private_is_refused(site: Website, fetcher: Make, target: str) -> None:
    site.pages["/a"] = leads_to(target)
    assert not refusal(fetcher(), site.address + "/a").passing
    assert site.paths() == ["/a"]


def test_nothing_private_is_reachable_unless_a_setting_names_it(site: Website, fetcher: Make) -> None:
    assert "`private_hosts`" in refusal(fetcher(private_hosts=[]), site.address + "/a").reason
    assert site.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads somewhere else the next time it is asked for gains nothing: it is asked for once."""
    leads = iter(["93.184.216.34", "127.0.0.1", "127.0.0.1"])
    reached: list[str] = []

    def connect(self: object, host: str, *_: object) -> httpcore.NetworkStream:
        reached.append(host)
        raise httpcore.ConnectError("far away")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    keeper = Doorkeeper(resolve=lambda host, port: [next(leads)])
    transport = GuardedTransport(keeper, 5, ssl.create_default_context(), None)
    with httpx.Client(transport=transport) as client, pytest.raises(httpx.NetworkError):
        client.get("http://rebinding.example/")
    assert reached == ["93.184.216.34"]


@pytest.mark.parametrize(
    ("status", "passing", "said"),
    [
        (404, False, "there is no such page"), (410, False, "there is no such page"), (403, False, "save the page"),
        (401, False, "save the page"), (418, False, "status 418"), (500, True, "try again later"),
        (503, True, "try again later"), (429, True, "try again later"), (204, False, "status 204"),
    ],
)  # fmt: skip
def test_a_status_is_told_in_a_sentence(site: Website, fetcher: Make, status: int, passing: bool, said: str) -> None:
    site.pages["/a"] = (status, {}, b"")
    caught = refusal(fetcher(), site.address + "/a")
    assert (caught.passing, said in caught.reason) == (passing, True)


def test_a_server_that_is_busy_is_asked_again_when_it_says(site: Website, fetcher: Make) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
    answers = iter([(429, {"Retry-After": "1"}, b""), (503, {"Retry-After": soon}, b""), html(b"there")])
    site.pages["/a"] = lambda asked: next(answers)
    assert fetcher(tries=3).fetch(site.address + "/a").body == b"there"
    first, second = [one.at for one in site.asked if one.path == "/a"][:2]
    assert second - first >= 1


def test_a_server_that_asks_for_a_long_time_is_left_alone(site: Website, fetcher: Make) -> None:
    site.pages["/a"] = (429, {"Retry-After": "3600"}, b"")
    assert refusal(fetcher(tries=3), site.address + "/a").passing
    assert site.paths() == ["/a"]


def test_a_connection_that_fails_is_tried_again(site: Website, fetcher: Make) -> None:
    def hang_up(asked: Asked) -> Answer | None:
        if len(site.paths()) < 3:
            asked.handler.connection.shutdown(socket.SHUT_RDWR)
            return None
        return html(b"there")

    site.pages["/a"] = hang_up
    assert fetcher(tries=3).fetch(site.address + "/a").body == b"there"


def test_nobody_there_is_a_refusal_that_may_pass(fetcher: Make) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert refusal(fetcher(), f"http://127.0.0.1:{taken.getsockname()[1]}/").passing
    assert "no host of this name" in refusal(fetcher(), "http://no-such-host.invalid/").reason


def test_a_page_that_has_not_changed_is_not_sent_again(site: Website, fetcher: Make) -> None:
    def conditional(asked: Asked) -> Answer:
        same = asked.headers.get("if-none-match") == '"1"' and asked.headers.get("if-modified-since") == "Monday"
        return (304, {}, b"") if same else html(b"there", ETag='"1"', Last_Modified="Monday")

    site.pages["/a"] = conditional
    first = fetcher().fetch(site.address + "/a")
    assert first.validators == Validators('"1"', "Monday")
    assert fetcher().fetch(site.address + "/a", first.validators).unchanged


def test_a_304_that_was_not_asked_for_is_refused(site: Website, fetcher: Make) -> None:
    site.pages["/a"] = (304, {}, b"")
    assert "status 304" in refusal(fetcher(), site.address + "/a").reason


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def endless_body(asked: Asked) -> None:
    asked.say(HEAD)
    while True:
        asked.say(b"more and more " * 1000)


def endless_head(asked: Asked) -> None:
    asked.say(b"HTTP/1.1 200 OK\r\n")
    while True:
        asked.say(b"X-More: and more\r\n")


def dripping_body(asked: Asked) -> None:
    asked.say(HEAD, *[b"x"] * 200, pause=0.05)


def dripping_head(asked: Asked) -> None:
    asked.say(b"HTTP/1.1 200 OK\r\n", *[b"X-A: b\r\n"] * 200, pause=0.05)


def endless_interim(asked: Asked) -> None:
    for _ in range(200):
        asked.say(b"HTTP/1.1 103 Early Hints\r\n\r\n", pause=0.05)


def silence(asked: Asked) -> None:
    time.sleep(4)


@pytest.mark.parametrize(
    "page", [endless_body, endless_head, dripping_body, dripping_head, endless_interim, silence],
    ids=lambda page: page.__name__,
)  # fmt: skip
def test_what_never_ends_is_cut_off(site: Website, fetcher: Make, page: Endless) -> None:
    site.pages["/a"] = page
    begun = time.monotonic()
    refusal(fetcher(seconds=1, robots=False), site.address + "/a")
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (html(b"x" * 1_100_000), "larger than 1 MB"),
        (html(b"x", Content_Length="99999999999"), "larger than 1 MB"),
        (html(gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip"), "larger than 1 MB"),
        (html(brotli.compress(b"\0" * 50_000_000), Content_Encoding="br"), "larger than 1 MB"),
        (html(b"no gzip", Content_Encoding="gzip"), "not packed as it says"),
        (html(b"x", Content_Encoding="compress"), "not asked for"),
        (html(b"x", Content_Encoding="gzip, gzip"), "not asked for"),
        (html(b"short", Content_Length="500"), "connection failed"),
        (html(b"x", Content_Length="-5"), "connection failed"),
    ],
)
def test_a_body_that_is_too_large_or_broken_is_refused(site: Website, fetcher: Make, answer: Answer, said: str) -> None:
    def once(asked: Asked) -> Answer:
        asked.handler.close_connection = True
        return answer

    site.pages["/a"] = once
    assert said in refusal(fetcher(), site.address + "/a").reason


@pytest.mark.parametrize("greeting", [b"", b"nonsense\r\n\r\n", b"\x00\xff" * 50, b"HTTP/1.1 abc\r\n\r\n", HEAD[:30]])
def test_what_is_no_http_is_refused(site: Website, fetcher: Make, greeting: bytes) -> None:
    def talk(asked: Asked) -> None:
        asked.say(greeting)
        asked.handler.close_connection = True

    site.pages["/a"] = talk
    assert refusal(fetcher(robots=False), site.address + "/a").passing


# What a site asks of programs


def test_robots_txt_is_honoured_unless_a_setting_says_otherwise(site: Website, fetcher: Make) -> None:
    rules = b"User-agent: coverage-bot\nDisallow: /private\n\nUser-agent: *\nDisallow: /\n"
    site.pages |= {"/robots.txt": (200, {}, rules), "/a": html(b"there"), "/private": html(b"secret")}
    polite = fetcher()
    assert polite.fetch(site.address + "/a").body == b"there"
    assert "robots.txt asks" in refusal(polite, site.address + "/private").reason
    assert [one.path for one in site.asked].count("/robots.txt") == 1
    assert fetcher(robots=False).fetch(site.address + "/private").body == b"secret"


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(site: Website, fetcher: Make) -> None:
    site.pages |= {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private"), "/a": leads_to("/private")}
    assert "robots.txt asks" in refusal(fetcher(), site.address + "/a").reason
    assert site.paths() == ["/a"]


@pytest.mark.parametrize(
    ("answer", "read"),
    [((404, {}, b""), True), ((403, {}, b""), True), ((500, {}, b""), False), ((200, {}, b"\xff\x00<html>"), True)],
)
def test_a_site_without_robots_txt_is_read_and_one_that_cannot_say_is_left_alone(
    site: Website, fetcher: Make, answer: Answer, read: bool
) -> None:
    site.pages |= {"/robots.txt": answer, "/a": html(b"there")}
    if read:
        assert fetcher().fetch(site.address + "/a").body == b"there"
    else:
        assert "its robots.txt" in refusal(fetcher(), site.address + "/a").reason


@pytest.mark.parametrize(("delay", "crawl_delay"), [(0.3, ""), (0, "Crawl-delay: 0.3")])
def test_one_host_is_asked_one_at_a_time_with_a_pause(
    site: Website, fetcher: Make, delay: float, crawl_delay: str
) -> None:
    running = most = 0
    lock = threading.Lock()

    def page(asked: Asked) -> Answer:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.05)
        with lock:
            running -= 1
        return html(b"there")

    rules = f"User-agent: *\n{crawl_delay}".encode()
    site.pages |= {"/robots.txt": (200, {}, rules), "/a": page, "/b": page, "/c": page}
    one = fetcher(delay_seconds=delay)
    threads = [threading.Thread(target=one.fetch, args=(site.address + path,)) for path in ("/a", "/b", "/c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    at = sorted(asked.at for asked in site.asked if asked.path != "/robots.txt")
    assert most == 1
    assert all(later - earlier >= 0.29 for earlier, later in itertools.pairwise(at))


# Proxies


@pytest.fixture
def proxy(site: Website, monkeypatch: pytest.MonkeyPatch) -> Iterator[Website]:
    """The web server as the proxy that the environment names: it is asked for whole addresses."""
    monkeypatch.setenv("http_proxy", site.address)
    return site


def test_a_proxy_that_the_environment_names_is_used(proxy: Website) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError("only the proxy knows")

    proxy.pages["http://news.example/a"] = html(b"there")
    fetcher = Fetcher(FetchSettings(robots=False, tries=1), resolve)
    assert fetcher.fetch("http://news.example/a").body == b"there"


def test_behind_a_proxy_what_is_known_to_be_private_is_refused(proxy: Website) -> None:
    fetcher = Fetcher(FetchSettings(robots=False, tries=1))
    for address in ("http://169.254.169.254/", "http://localhost/", "http://10.0.0.1/"):
        assert "not on the public internet" in refusal(fetcher, address).reason
    assert proxy.asked == []


def test_no_proxy_is_honoured(proxy: Website, fetcher: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    proxy.pages["/a"] = html(b"there")
    assert fetcher().fetch(proxy.address + "/a").body == b"there"
    assert proxy.paths() == ["/a"]


def test_a_proxy_of_another_kind_is_refused(fetcher: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1")
    assert "no HTTP proxy" in refusal(fetcher(robots=False), "http://127.0.0.1/").reason
