"""Articles made for a test, and quotes written as the tables of expectations write them."""

from typing import NamedTuple

from bot.model import Article, Block, BlockKind, PartialDate, Quote, Span, text_hash


def blocks_of(text: str, kind: BlockKind = "body") -> tuple[Block, ...]:
    """Return one block for every paragraph of a text, as ingest does for plain articles."""
    blocks, position = [], 0
    for paragraph in text.split("\n"):
        bare = paragraph.strip()
        if bare:
            start = position + paragraph.index(bare)
            blocks.append(Block(kind, Span(start, start + len(bare))))
        position += len(paragraph) + 1
    return tuple(blocks)


def article_of(
    text: str, published: PartialDate | None = None, identity: str = "sample", blocks: tuple[Block, ...] | None = None
) -> Article:
    """Return an article whose every paragraph is body text, unless its blocks are given."""
    return Article(identity, text_hash(text), text, blocks_of(text) if blocks is None else blocks, published=published)


class Said(NamedTuple):
    """What a quote says and whose it is, in words."""

    kind: str
    contents: tuple[str, ...]
    speaker: str | None
    source: str | None
    cue: str | None


def said(article: Article, quote: Quote) -> Said:
    """Return a quote in words."""
    words = article.text
    return Said(
        quote.kind,
        tuple(span.of(words) for span in quote.contents),
        quote.speaker,
        quote.source.of(words) if quote.source else None,
        quote.cue.of(words) if quote.cue else None,
    )
