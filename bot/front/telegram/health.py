"""A page for load balancers and supervisors that tells whether the connection to Telegram is alive."""

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

from bot.front.telegram.network import Pulse


class _Health(RequestHandler):
    def initialize(self, pulse: Pulse, stale_seconds: float) -> None:
        self._age, self._stale = pulse.age(), stale_seconds

    def get(self) -> None:
        self.set_status(200 if self._age <= self._stale else 503)
        self.set_header("Content-Type", "text/plain")
        self.write(f"the last sign of Telegram is {self._age:.0f} s old\n")


def serve_health(address: tuple[str, int], pulse: Pulse, stale_seconds: float) -> HTTPServer:
    """Serve /health: 200 while the last sign of Telegram is fresh, else 503.  It needs a running event loop."""
    pages = Application(
        [("/health", _Health, {"pulse": pulse, "stale_seconds": stale_seconds})], log_function=lambda handler: None
    )
    server = HTTPServer(pages)
    server.listen(address[1], address[0])
    return server
