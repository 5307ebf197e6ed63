"""What the bot does while people wait, and what it says when something goes wrong: in the fast layer."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from direct import DirectRequest
from judges import Judges
from people import Chat, Person
from server import BotApiServer
from telegram import Update

from bot.errors import VerbatimError
from bot.front.administration import Administration
from bot.front.service import Reply, Service, open_service
from bot.front.telegram.application import assemble
from bot.front.telegram.network import Pulse
from bot.state.inbox import Inbox
from bot.state.talks import Talks

pytestmark = pytest.mark.asyncio


class SlowService(Service):
    def ask(self, *asked: Any, **more: Any) -> Reply:
        time.sleep(1.1)
        return super().ask(*asked, **more)


class BrokenService(Service):
    def ask(self, *asked: Any, **more: Any) -> Reply:
        raise VerbatimError("the words are not those of the article")


@contextmanager
def state(folder: Path) -> Iterator[tuple[Inbox, Talks]]:
    inbox, talks = Inbox.open(folder), Talks.open(folder)
    yield inbox, talks
    inbox.close()
    talks.close()


async def asked(server: BotApiServer, kind: type[Service], folder: Path, person: Person, *chats: Chat) -> None:
    """Ask in each chat, of a bot with this kind of service."""
    plain = open_service(None, None)
    service = kind(plain.config, plain.desk, plain.history)
    with state(folder) as (inbox, talks):
        administration = Administration(service, frozenset())
        application = assemble(server.token, service, administration, inbox, talks, Pulse(), DirectRequest(server))
        async with application:
            for chat in chats:
                person.says("/ask what did Tusk say?", chat)
                await application.process_update(Update.de_json(server.delivery.updates[-1], application.bot))


@pytest.fixture
def still(judges: Judges) -> BotApiServer:
    """A server that is not started: the library talks to it by function calls."""
    server = BotApiServer()
    judges.watch(server)
    return server


async def test_a_slow_answer_shows_typing_in_private_and_a_reaction_in_a_group(
    still: BotApiServer, tmp_path: Path
) -> None:
    alice, group = still.user("Alice"), still.group()
    await asked(still, SlowService, tmp_path, alice, alice.chat, group)
    signs = [call.method for call in still.requests if call.method in ("sendChatAction", "setMessageReaction")]
    assert signs == ["sendChatAction", "setMessageReaction"]
    assert alice.hear()["text"].startswith("Donald Tusk")
    assert group.hear()["text"].startswith("Donald Tusk")


async def test_a_method_that_the_server_does_not_know_is_tried_once(still: BotApiServer, tmp_path: Path) -> None:
    still.without.add("setMessageReaction")
    alice, group = still.user("Alice"), still.group()
    await asked(still, SlowService, tmp_path, alice, group, group)
    assert len(still.calls("setMessageReaction")) == 1
    assert len(group.unheard()) == 2


async def test_a_fault_is_told_by_a_number_that_the_log_has_too(
    still: BotApiServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    alice = still.user("Alice")
    await asked(still, BrokenService, tmp_path, alice, alice.chat)
    told = alice.hear()["text"]
    assert "Something went wrong" in told
    number = told.rstrip(".").rpartition(" ")[2]
    assert f"error {number}" in caplog.text
    assert "VerbatimError" not in told
