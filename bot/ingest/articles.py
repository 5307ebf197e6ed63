"""Articles: what is stated of them, and what their own text states where nothing else does."""

from collections.abc import Iterator

from bot.ingest.folder import Draft
from bot.ingest.furniture import Furniture
from bot.ingest.layout import lay_out
from bot.ingest.lines import Line, lines_of
from bot.model import Article, Block, BlockKind, PartialDate, Span, text_hash

_HEADING_WORDS = 2


def article_of(draft: Draft, furniture: Furniture) -> Article:
    """Return the article of a draft: what is stated about it, else what its own text states."""
    stated, text = draft.record.fields, draft.record.text
    headline = stated.get("headline", stated.get("title"))
    blocks = lay_out(text, furniture, headline, stated.get("author"))
    return Article(
        id=draft.id,
        sha256=text_hash(text),
        text=text,
        blocks=blocks,
        headline=headline if headline is not None else _printed_headline(text, blocks),
        outlet=stated.get("outlet"),
        republished_by=stated.get("republished_by"),
        published=draft.published if draft.published is not None else _printed_date(text, blocks, furniture),
        author=stated.get("author", _printed_author(text, blocks, furniture)),
        url=stated.get("url"),
        language=stated.get("language"),
        notices=tuple(_notices(text, furniture)),
        origin=draft.origin,
    )


def _notices(text: str, furniture: Furniture) -> Iterator[Span]:
    """Yield the lines by which an article says that it was corrected, the heading of one with the line below it."""
    headed = False
    for line in lines_of(text):
        if furniture.is_notice(line) or headed:
            yield line.span
        headed = furniture.is_notice(line) and line.count <= _HEADING_WORDS and not headed


def _printed_headline(text: str, blocks: tuple[Block, ...]) -> str | None:
    return next((block.span.of(text) for block in blocks if block.kind == "headline"), None)


def _printed_date(text: str, blocks: tuple[Block, ...], furniture: Furniture) -> PartialDate | None:
    dates = (furniture.publication_date(line) for line in _printed(text, blocks, "dateline"))
    return next((stated for stated in dates if stated is not None), None)


def _printed_author(text: str, blocks: tuple[Block, ...], furniture: Furniture) -> str | None:
    authors = (furniture.author_in(line) for line in _printed(text, blocks, "byline"))
    return next((author for author in authors if author is not None), None)


def _printed(text: str, blocks: tuple[Block, ...], kind: BlockKind) -> Iterator[Line]:
    for block in blocks:
        if block.kind == kind:
            yield from lines_of(block.span.of(text))
