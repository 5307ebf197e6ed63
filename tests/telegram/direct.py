"""The fast layer: the library's bot talks to the server by function calls.  No socket exists that it could open.

    application = Application.builder().token(server.token).base_url(server.url).request(DirectRequest(server))…
    update = Update.de_json(server.delivery.updates[-1], application.bot)
    await application.process_update(update)

What it sends is refused, stored, recorded and judged as what comes by the network.
"""

from urllib.parse import urlencode, urlsplit

from server import BotApiServer
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData
from wire import Call


class DirectRequest(BaseRequest):
    """Requests of the library, given straight to a server of the rig, which need not be started."""

    def __init__(self, server: BotApiServer) -> None:
        self.server = server

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        pass

    async def shutdown(self) -> None:
        pass

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *timeouts: object, **more: object
    ) -> tuple[int, bytes]:
        if url.endswith("/getUpdates"):
            raise NetworkError("the fast layer has no polling: give updates to process_update")
        body = urlencode(request_data.json_parameters).encode() if request_data else b""
        kind = {"content-type": "application/x-www-form-urlencoded"}
        reply = await self.server.answer(Call(method, urlsplit(url).path, "", kind, body, 0))
        if reply is None:
            raise NetworkError("the rig dropped this connection")
        return reply.status, reply.body
