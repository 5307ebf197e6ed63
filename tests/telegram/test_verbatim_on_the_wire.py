"""Verbatim on the wire: what Telegram's own parser makes of every message still holds the articles' words."""

import asyncio
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from direct import DirectRequest
from hypothesis import given
from hypothesis import strategies as st
from judges import Judges, quotations
from message_samples import answering, texts
from server import BotApiServer
from telegram import Update

from bot.front.administration import Administration
from bot.front.service import open_service
from bot.front.telegram.application import assemble
from bot.front.telegram.network import Pulse
from bot.model import QuoteKind
from bot.render.message import messages
from bot.render.provenance import Look
from bot.render.wire import Message, sent
from bot.state.inbox import Inbox
from bot.state.talks import Talks

pytestmark = pytest.mark.skipif("tdjson" in Judges().missing, reason="tdjson is not installed: TDLib judges nothing")
ROOT = Path(__file__).parents[2]
SETS = [ROOT / "tests" / "quality" / name for name in ("seed_questions.dev.json", "seed_questions.more.json")]
_OURS = re.compile(r"^“|”$")


def asked() -> Iterator[tuple[str, list[str]]]:
    for file in SETS:
        for question in json.loads(file.read_text(encoding="utf-8"))["questions"]:
            yield question["id"], [*(question.get("history") or ()), question["question"]]


@pytest.fixture
def corpus_text() -> str:
    return "\n".join(file.read_text(encoding="utf-8") for file in sorted((ROOT / "corpus").glob("*.md")))


def test_every_question_of_the_sets_is_answered_word_for_word(judges: Judges, corpus_text: str, tmp_path: Path) -> None:
    shown = asyncio.run(_quotations(judges, tmp_path))
    assert len(shown) > 150
    for identity, words in shown:
        for piece in words.split(" … "):
            assert _OURS.sub("", piece) in corpus_text, identity


async def _quotations(judges: Judges, folder: Path) -> list[tuple[str, str]]:
    """Ask everything, each in a chat of its own, and return what TDLib shows as quoted."""
    server = BotApiServer()  # not started: the library talks to it by function calls
    judges.watch(server)
    service = open_service(ROOT / "corpus", ROOT / "config" / "bot.toml")
    inbox, talks = Inbox.open(folder), Talks.open(folder)
    administration = Administration(service, frozenset())
    application, _ = assemble(server.token, service, administration, inbox, talks, Pulse(), DirectRequest(server))
    found: list[tuple[str, str]] = []
    async with application:
        for identity, questions in asked():
            person = server.user(identity)
            for question in questions:
                person.says(question)
                await application.process_update(Update.de_json(server.delivery.updates[-1], application.bot))
            for message in person.unheard():
                found += [(identity, words) for words in quotations(message["text"], message.get("entities", []))]
    inbox.close()
    talks.close()
    return found


def as_sent(message: Message) -> list[str]:
    entities = [
        {"type": e.kind, "offset": e.offset, "length": e.length, **({"url": e.url} if e.url else {})}
        for e in message.entities
    ]
    return quotations(message.text, entities)


@given(texts(), st.integers(1, 3), st.sampled_from(["direct", "mixed", "indirect", "narration"]))
def test_quotes_of_any_length_arrive_word_for_word(words: str, times: int, kind: QuoteKind) -> None:
    """Up to 20,000 characters of emoji, combining marks, right-to-left text, markup, addresses and @names."""
    long = (words * times)[:20_000]
    done = messages(answering(long, kind=kind), Look())
    arrived = "".join(part for message in done for part in as_sent(message))
    assert arrived == (f"“{sent(long)}”" if kind == "direct" else sent(long))
