"""An article as captured, and its parts: spans, blocks, passages."""

import hashlib
from dataclasses import dataclass
from typing import Literal

from bot.model.dates import PartialDate

BlockKind = Literal[
    "headline", "standfirst", "dateline", "byline", "subhead", "body", "caption", "bio", "teaser", "boilerplate"
]
#: What the outlet itself reports; the other blocks are the page around it and never answer as coverage.
COVERAGE: frozenset[BlockKind] = frozenset({"headline", "standfirst", "subhead", "body"})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points in one article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of an article and what it is on the page."""

    kind: BlockKind
    span: Span


@dataclass(frozen=True, slots=True)
class Article:
    """An article as captured.  A field that neither the page nor its front matter states is None."""

    id: str
    sha256: str
    text: str
    blocks: tuple[Block, ...] = ()
    headline: str | None = None
    outlet: str | None = None
    republished_by: str | None = None
    published: PartialDate | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None  # as stated, else as its words tell it
    notices: tuple[Span, ...] = ()  # lines that say that it was corrected, amended or withdrawn
    origin: str = ""  # the file it was read from, with the line where a file holds several

    def of_kind(self, *kinds: BlockKind) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.kind in kinds)

    @property
    def headline_span(self) -> Span | None:
        """Where the headline stands in the text, or None where it stands only in the metadata."""
        return next(
            (b.span for b in self.blocks if b.kind == "headline" and b.span.of(self.text) == self.headline), None
        )


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is ranked: a sentence of coverage, or the sentences that one quotation spans.

    `lead_in` is what stands before it and introduces it; it is searched with the passage and shown as its context.
    """

    article_id: str
    span: Span
    lead_in: Span | None = None


Works = Literal["all", "stems", "words", "none"]


@dataclass(frozen=True, slots=True)
class Language:
    """A language of articles, by its ISO 639 code, and what works for an article in it.

    Who says what is read in English, where all works; elsewhere words are found in all forms of a stem, or as they are
    written, or not at all where they do not stand apart.
    """

    code: str
    name: str
    works: Works


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
