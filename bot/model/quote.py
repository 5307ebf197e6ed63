"""Who is quoted with which words.  A quote holds no text: every word of it is a slice of its article."""

import hashlib
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.model.article import Article, Span
from bot.model.dates import PartialDate

QuoteKind = Literal["direct", "mixed", "indirect", "narration", "headline"]
#: Kinds of quote that hold somebody's words or thoughts, not the outlet's own.
SPOKEN: frozenset[QuoteKind] = frozenset({"direct", "mixed", "indirect"})


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article and whose they are.  It holds no text: every word is a slice of the article."""

    id: str
    article_id: str
    kind: QuoteKind
    shown: tuple[Span, ...]
    contents: tuple[Span, ...] = ()
    cue: Span | None = None
    source: Span | None = None
    speaker: str | None = None
    venue: Span | None = None
    relays: tuple[Span, ...] = ()  # from the one nearest to the article to the one nearest to the speaker
    said_on: PartialDate | None = None
    certainty: float = 1.0

    @property
    def key(self) -> tuple[str, str]:
        """What tells a quote from every other, also from that of another outlet's copy of the article."""
        return self.article_id, self.id


@dataclass(frozen=True, slots=True)
class Statement:
    """One utterance: the quotes that report it, each in its outlet's wording."""

    id: str
    quotes: tuple[Quote, ...]


def quote_id(article: Article, spans: Sequence[Span]) -> str:
    """Return the 12 base-32 characters that name these words of this article.

    They are a hash over the article's id and the words, with how often the same words stand before them: the same
    after a reload and after a change elsewhere in the article, another one as soon as the words change.  A headline
    that the text does not hold has no span; its words are hashed instead.
    """
    held = [f"{_times_before(article.text, span)} {span.of(article.text)}" for span in spans] or [str(article.headline)]
    material = "\0".join((article.id, *held))
    return (
        b32encode(hashlib.sha256(material.encode("utf-8", "surrogatepass")).digest()[:10]).decode()[:12].lower()
    )  # 10 bytes: 16 characters


def _times_before(text: str, span: Span) -> int:
    """Return how often the words of a span stand in the text before it."""
    words, times = span.of(text), 0
    at = text.find(words)
    while 0 <= at < span.start:
        times, at = times + 1, text.find(words, at + 1)
    return times
