"""Quotes of every length and script, and what messages hold of them."""

from html import escape
from typing import Any

from hypothesis import strategies as st
from render_samples import FACTS, article, quote

from bot.model import Answer, Article, Question, Quote, Statement
from bot.render.wire import BLOCKQUOTES, Message

FRAGMENTS = (
    "word ", "a longer sentence, with a comma. ", "“quoted” ", "…", "\n", "\n\n", "  ", "\u00a0", "\t", "\r\n", "\r",
    "👍🏽", "\U0001f468\u200d\U0001f469\u200d\U0001f467 ", "🇺🇦🇵🇱", "𝔘", "🙂" * 300,
    "a\u030a", "e\u0301", "Z\u0351\u0352\u0353", "x\u0333\u033f", "\ufeff", "\u200b", "\u2028", "\x00\x1b[31m",
    "\x7f\x9b", "שלום ", "مرحبا ", "\u202eright\u202c ", "\u2067isolated\u2069",
    "*b* _i_ __u__ ~~s~~ ||p|| `c` ```x``` ", "[a](http://b.example/c) ", "<b>&amp;</b> ", "<blockquote>",
    "@names ", "/start ", "#tag $USD ", "mail@example.org ", "tg://user?id=1 ", "4111 1111 1111 1111 ",
    "https://example.org/a?b=c&d=e#f ", "日本語の文章。", "ｗｉｄｅ", "한국어 ", "unbroken" * 40,
)  # fmt: skip


@st.composite
def texts(draw: st.DrawFn, longest: int = 20_000) -> str:
    """Words of one to many thousand characters, at least one of which can be seen."""
    part = st.sampled_from(FRAGMENTS) | st.text(max_size=12)
    some = "".join(draw(st.lists(part, max_size=12)))
    repeated = some * draw(st.sampled_from([1, 1, 2, 30, 400]))
    return draw(st.sampled_from(["q", "Ł", "🙂", "א", "q."])) + repeated[: longest - 2]


def answering(*others: str, **known: Any) -> Answer:
    """Return an answer of one statement, whose quotes are those texts."""
    articles: dict[str, Article] = {}
    quotes: list[Quote] = []
    for number, text in enumerate(others):
        source = article(f"a{number}", text, outlet=f"Outlet {number}", url=f"https://example.org/{number}")
        articles[source.id] = source
        quotes.append(quote(source, known.get("kind", "direct"), text, speaker="Anna Kowalska"))
    statement = Statement("s", tuple(quotes))
    return Answer(
        Question("?"), "Anna Kowalska: 1 statement", FACTS, (statement, *known.get("more", ())), articles=articles
    )


def blockquotes(*done: Message) -> list[str]:
    return [message.of(entity) for message in done for entity in message.entities if entity.kind in BLOCKQUOTES]


def markup(message: Message) -> str:
    """Return a message with its entities as tags, to be looked at."""
    tags: list[tuple[int, int, str]] = []
    for order, entity in enumerate(message.entities):
        url = f" {entity.url}" if entity.url else ""
        tags += [(entity.offset, order, f"<{entity.kind}{url}>"), (entity.end, -1 - order, f"</{entity.kind}>")]
    encoded, shown, last = message.text.encode("utf-16-le"), "", 0
    for at, _, tag in sorted(tags):
        shown += escape(encoded[2 * last : 2 * at].decode("utf-16-le"), quote=False) + tag
        last = at
    return shown + escape(encoded[2 * last :].decode("utf-16-le"), quote=False)
