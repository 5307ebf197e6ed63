"""A real web server on the loopback, whose pages the tests write, and which notes what it was asked."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, dict[str, str], bytes]
Page = Answer | Callable[["Asked"], Answer | None]

ARTICLE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="Daily Post">{head}</head>
<body><nav><a href="/">Home</a></nav><article><h1>{title}</h1>
<p>The bridge over the river has been closed for repairs since the beginning of the month, the city said on Monday.</p>
<p>“The bridge is closed until spring,” said Maria Kowalska, the mayor of the city, at a meeting on Monday. {more}</p>
<p>Work on its pillars will go on through the winter, and buses will take another way until then, she added.</p>
</article><footer>All rights reserved</footer></body></html>"""


def article(title: str = "Bridge to stay closed", more: str = "", head: str = "") -> bytes:
    return ARTICLE.format(title=title, more=more, head=head).encode()


def html(body: bytes, **headers: str) -> Answer:
    return 200, {"Content-Type": "text/html; charset=utf-8"} | _names(headers), body


def xml(body: str, **headers: str) -> Answer:
    return 200, {"Content-Type": "application/xml"} | _names(headers), body.encode()


def leads_to(location: str, status: int = 302) -> Answer:
    return status, {"Location": location}, b""


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(slots=True)
class Asked:
    """A request: its path and headers, and the handler for answers that are not in order."""

    path: str
    headers: dict[str, str]
    at: float
    handler: Any = field(repr=False)

    def say(self, *parts: bytes, pause: float = 0.0) -> None:
        """Send bytes as they are."""
        for part in parts:
            self.handler.wfile.write(part)
            time.sleep(pause)


class Website:
    """Pages by path; every path that is not written is a 404."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[Asked] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def paths(self) -> list[str]:
        """Return what was asked for, without robots.txt."""
        return [one.path for one in self.asked if one.path != "/robots.txt"]


def _handler(site: Website) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.path, headers, time.monotonic(), self)
            site.asked.append(asked)
            page = site.pages.get(self.path, (404, {}, b"none"))
            try:
                answer = page(asked) if callable(page) else page
                if answer is not None:
                    status, more, body = answer
                    self.send_response(status)
                    for name, value in {"Content-Length": str(len(body)), **more}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body)
            except OSError:
                pass  # whoever asked has hung up, as some tests expect

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@contextmanager
def website() -> Iterator[Website]:
    site = Website()
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.server.shutdown()
        site.server.server_close()
