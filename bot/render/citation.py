"""Quotes to be pasted elsewhere: one line of citation, a row of Markdown, a row of CSV."""

import csv
import io

from bot.model import Article, Quote
from bot.render.provenance import Provenance, dated, notice, noticed, provenance, web_address
from bot.render.verbatim import pieces, slice_of, words
from bot.render.visible import line

#: The columns of the CSV, and of the Markdown table.
COLUMNS = (
    "id", "kind", "words", "speaker", "certainty", "said_on", "venue", "via", "outlet", "published", "headline", "url",
    "notices",
)  # fmt: skip
MARKDOWN_HEAD = "| words | who | source |\n|---|---|---|"


def citation(article: Article, quote: Quote, certain: float) -> str:
    """Return one line that quotes the words and says whose they are and where they stand.

    Only what stands between quotation marks in the article is given as the speaker's words; anything else is the
    outlet's sentence, which reports the speaker.
    """
    source = provenance(article, quote, certain)
    quoted = " … ".join(f"“{line(piece)}”" for piece in pieces(article, quote))
    said = noticed(article)
    return f"{quoted} — {', '.join(_source(article, quote, source))}{f' [{said}]' if said else ''}"


def markdown_row(article: Article, quote: Quote, certain: float) -> str:
    """Return a row of a Markdown table; what Markdown would read as markup is escaped."""
    source = provenance(article, quote, certain)
    quoted = " … ".join(f"“{_escaped(piece)}”" for piece in pieces(article, quote))
    outlet = _escaped(source.issue)
    if url := web_address(article):
        outlet = f"[{outlet}](<{_escaped_url(url)}>)"
    who = ", ".join(filter(None, (source.speaker, source.kind)))
    where = ", ".join(filter(None, (outlet, _escaped(source.via), _escaped(noticed(article)))))
    return f"| {quoted} | {_escaped(who)} | {where} |"


def csv_head() -> str:
    return _csv(COLUMNS)


def csv_row(article: Article, quote: Quote) -> str:
    """Return a row of CSV; the words are as they stand in the article."""
    relays = ", ".join(slice_of(article, relay) for relay in quote.relays)
    return _csv(
        (
            quote.id,
            quote.kind,
            words(article, quote),
            quote.speaker or "",
            f"{quote.certainty:.2f}",
            str(quote.said_on or ""),
            slice_of(article, quote.venue) if quote.venue is not None else "",
            relays,
            article.outlet or "",
            str(article.published or ""),
            article.headline or "",
            article.url or "",
            notice(article),
        )
    )


def _source(article: Article, quote: Quote, source: Provenance) -> list[str]:
    issue = [dated(source.outlet, source.published), source.copied]
    if quote.kind == "direct":
        parts = [source.speaker, *issue, source.via]
    elif source.speaker:
        parts = [*issue, f"reporting {source.speaker}", source.via]
    else:
        parts = [*issue, source.kind, source.via]
    return [part for part in (*parts, line(article.url or "")) if part]


def _csv(cells: tuple[str, ...]) -> str:
    row = io.StringIO()  # a line break within a cell is quoted only where it is a line terminator
    csv.writer(row, lineterminator="\n").writerow(cells)
    # The half of a surrogate pair cannot be written to any file.
    return row.getvalue().removesuffix("\n").encode("utf-8", "replace").decode()


def _escaped(text: str) -> str:
    return "".join(f"\\{char}" if char in "\\`*_[]<>|#~&" else char for char in line(text))


def _escaped_url(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
