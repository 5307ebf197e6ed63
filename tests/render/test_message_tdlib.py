"""What Telegram's own parser makes of messages: TDLib, called without a network."""

import json
from typing import Any

import pytest
import seeds
from hypothesis import given
from message_samples import FRAGMENTS, answering, blockquotes, texts
from render_samples import ABSTENTION, ANSWER, FACT_ANSWER, HOSTILE_ANSWER

from bot.model import Abstention, Answer
from bot.render.message import messages
from bot.render.provenance import Look
from bot.render.wire import Entity, Message, sent

tdjson = pytest.importorskip(
    "tdjson", reason="tdjson is not installed: Telegram's own parser does not judge the messages"
)

KINDS = {
    "bold": "textEntityTypeBold", "italic": "textEntityTypeItalic", "underline": "textEntityTypeUnderline",
    "code": "textEntityTypeCode", "text_link": "textEntityTypeTextUrl", "blockquote": "textEntityTypeBlockQuote",
    "expandable_blockquote": "textEntityTypeExpandableBlockQuote",
}  # fmt: skip
# The one request without a network that cleans a text as sending it does is parseMarkdown; it would read these.
LOOKALIKES = str.maketrans("*_~|`[", "∗‗∼∣‵［")


def execute(kind: str, **request: Any) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(tdjson.td_execute(json.dumps({"@type": kind, **request}).encode()))
    return result


def formatted(text: str, entities: tuple[Entity, ...] = ()) -> dict[str, Any]:
    types = [{"@type": KINDS[e.kind], **({"url": e.url} if e.url else {})} for e in entities]
    placed = [
        {"@type": "textEntity", "offset": e.offset, "length": e.length, "type": kind}
        for e, kind in zip(entities, types, strict=True)
    ]
    return {"@type": "formattedText", "text": text, "entities": placed}


def assert_arrives(message: Message) -> None:
    """Check that Telegram takes the message as it is, every quote to the character."""
    text = message.text.translate(LOOKALIKES)
    arrived = execute("parseMarkdown", text=formatted(text, message.entities))
    assert arrived.get("text") == text, arrived
    places = {(e["type"]["@type"], e["offset"], e["length"]) for e in arrived["entities"]}
    quoted = [entity for entity in message.entities if message.of(entity).strip()]
    assert {(KINDS[e.kind], e.offset, e.length) for e in quoted} <= places
    links = [e["type"]["url"] for e in arrived["entities"] if e["type"]["@type"] == "textEntityTypeTextUrl"]
    assert links == [entity.url for entity in message.entities if entity.url]


def setup_module() -> None:
    execute("setLogVerbosityLevel", new_verbosity_level=0)


@pytest.mark.parametrize("outcome", [ANSWER, ABSTENTION, FACT_ANSWER, HOSTILE_ANSWER])
def test_samples_arrive(outcome: Answer | Abstention) -> None:
    for message in messages(outcome, Look()):
        assert_arrives(message)


@pytest.mark.parametrize("question", ["what did Stoltenberg say about strikes in Russia", "what did Sikorski say"])
def test_answers_of_the_shipped_corpus_arrive(question: str) -> None:
    for message in messages(seeds.ask(question), Look()):
        assert_arrives(message)
        for words in blockquotes(message):
            found = execute(
                "searchQuote", text=formatted(message.text, message.entities), quote=formatted(words), position=0
            )
            assert found["@type"] == "foundPosition", words


@given(texts(), texts(300))
def test_any_words_arrive(first: str, other: str) -> None:
    for message in messages(answering(first, other), Look()):
        assert_arrives(message)


@pytest.mark.parametrize("words", FRAGMENTS)
def test_what_is_sent_is_what_telegram_would_make_of_it(words: str) -> None:
    text = sent(f"q{words}q").translate(LOOKALIKES)
    assert execute("parseMarkdown", text=formatted(text))["text"] == text


def test_telegram_changes_what_we_change_and_nothing_else() -> None:
    every = "".join(f"q{chr(code)}" for code in range(1, 0x3000) if chr(code) not in "*_~|`[\r\u2028\u2029")
    for start in range(0, len(every), 2000):
        text = every[start : start + 2000]
        arrived = execute("parseMarkdown", text=formatted(text))["text"]
        assert sent(text) == sent(arrived)
