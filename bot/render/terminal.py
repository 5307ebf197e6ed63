"""Answers for a terminal, and the console that they are printed on.

Every text goes to rich as a `Text`, never as a string that it would read for markup, and through `visible` first.
Quotation marks that we set show somebody's words; an outlet's sentence stands without them and is labelled.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.style import Style
from rich.text import Text

from bot.model import Abstention, Answer, Article, Fact, LeftOut, Quote, Span, Statement
from bot.render.provenance import Look as Look
from bot.render.provenance import (
    also,
    dated,
    interpretation,
    left_out,
    named_once,
    not_shown,
    notice,
    noticed,
    provenance,
    stated_of,
    web_address,
)
from bot.render.verbatim import article_of, pieces
from bot.render.visible import line
from bot.render.wordings import differing, within

_UNWRAPPED = 100_000


class Paper(Console):
    """A console on which a reader who stops reading (`| head`) is an error like any other."""

    def on_broken_pipe(self) -> None:
        raise


def paper(file: IO[str]) -> Paper:
    """Return the console for a file.  Colours and links only on a terminal, and no colour where NO_COLOR is set.

    A pipe has no width, and a quote broken into lines cannot be found in it: so nothing is wrapped there.
    """
    wrapped = file.isatty() or "COLUMNS" in os.environ
    return Paper(file=file, highlight=False, markup=False, emoji=False, width=None if wrapped else _UNWRAPPED)


@dataclass(frozen=True, slots=True)
class Indented:
    """A text that is wrapped with all its lines to the right of a margin, whose first line holds `mark`."""

    text: Text
    mark: str = ""
    margin: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        width = max(options.max_width - self.margin, 20)
        for number, part in enumerate(self.text.wrap(console, width)):
            part.rstrip()
            mark = self.mark if number == 0 else ""
            yield Text.assemble((mark, "bold"), " " * (self.margin - cell_len(mark)), part)


def outcome(answer: Answer | Abstention, look: Look) -> Iterator[Indented]:
    """Yield an answer, or the reason why there is none, block by block."""
    yield Indented(Text(line(answer.message), style="bold" if isinstance(answer, Answer) else ""))
    if read := interpretation(answer.question):
        yield _aside(read)
    if isinstance(answer, Answer):
        yield from _facts(answer.facts)
        if answer.statements:
            yield Indented(Text())
        yield from statements(answer, answer.statements, look)
        if answer.more and look.further:
            yield from further(answer, look)
        elif answer.statements and (answer.left_out != LeftOut() or answer.suggestions):
            yield Indented(Text())
        yield from map(_aside, left_out(answer.left_out))  # an abstention says it in its message
    for number, suggestion in enumerate(answer.suggestions):
        yield Indented(Text(line(suggestion)), "Try: " if number == 0 else "", 5)


def statements(answer: Answer, shown: Sequence[Statement], look: Look) -> Iterator[Indented]:
    """Yield statements with a number each, every outlet's wording under the first one."""
    for number, statement in enumerate(shown, start=look.first):
        if number > look.first:
            yield Indented(Text())
        first, *others = statement.quotes
        article = article_of(answer.articles, first)
        yield Indented(_words(article, first), str(number), 3)
        yield Indented(_source(article, first, look), margin=3)
        yield from _notice(article)
        if article.url and look.urls:
            yield Indented(Text(line(article.url), style=_link(article, dim=True), overflow="fold"), margin=3)
        for other in others:
            yield Indented(_other_wording(answer, first, other, look), margin=3)
            yield from _notice(article_of(answer.articles, other))


def further(answer: Answer, look: Look) -> Iterator[Indented]:
    """Yield how many statements are not shown yet, and how to see them."""
    yield Indented(Text())
    yield _aside(not_shown(answer, look))


def sources(answer: Answer, look: Look) -> Iterator[Indented]:
    """Yield all that is known of where each quote of an answer stands."""
    for number, statement in enumerate(answer.statements, start=look.first):
        for place, quote in enumerate(statement.quotes):
            article = article_of(answer.articles, quote)
            yield Indented(_words(article, quote), str(number) if place == 0 else "", 3)
            for label, value in _details(article, quote, look):
                yield Indented(Text(line(value), overflow="fold"), f"   {label}", 15)
    for fact in answer.facts:
        if fact.article:
            yield Indented(Text(line(f"{fact.article.headline or fact.article.id} ({fact.article.origin})")))


def listing(quotes: Iterable[tuple[Article, Quote]], look: Look) -> Iterator[Indented]:
    """Yield quotes one after the other: the words, and under them the id and the source."""
    for article, quote in quotes:
        yield Indented(_words(article, quote), quote.id, 14)
        yield Indented(_source(article, quote, look), margin=14)


def plain(text: str) -> Indented:
    """Return a line of our own, such as one about the library."""
    return Indented(Text(line(text)))


def entry(name: str, said: str) -> Indented:
    """Return a line of a list of commands."""
    return Indented(Text(line(said)), name, 11)


def _words(article: Article, quote: Quote, marked: Sequence[Span] = ()) -> Text:
    """Return the words of a quote with some of them marked, which are spans of the article."""
    shown = [Text(line(piece)) for piece in pieces(article, quote)]
    for piece, text in zip(quote.shown, shown, strict=False):  # a headline of the metadata has no span
        for span in within(piece, article.text, marked, line):
            text.stylize("bold underline", span.start, span.end)
    if quote.kind != "direct":
        return Text(" … ", style="italic").join(shown)
    return Text(" … ").join(Text.assemble(("“", "dim"), piece, ("”", "dim")) for piece in shown)


def _source(article: Article, quote: Quote, look: Look) -> Text:
    source = provenance(article, quote, look.certain)
    issue = Text(source.issue, style=_link(article))
    if quote.kind == "narration":
        issue = Text.assemble("reported by ", issue)
    speaker = Text(source.who, style="bold") + Text(f", {source.said}" if source.said else "")
    parts = (speaker, issue, Text(source.via), Text(source.kind, style="dim"))
    return Text(" · ").join(part for part in parts if part)


def _other_wording(answer: Answer, first: Quote, quote: Quote, look: Look) -> Text:
    article = article_of(answer.articles, quote)
    source = provenance(article, quote, look.certain)
    outlet = Text(dated(source.outlet, source.published), style=_link(article))
    via = f", {source.via}" if source.via else ""
    original = article_of(answer.articles, first)
    words = _words(article, quote, differing((original, first), (article, quote)))
    return Text.assemble(also(quote, source), outlet, f"{via}: ", words)


def _notice(article: Article) -> Iterator[Indented]:
    if article.notices:
        yield Indented(Text(noticed(article), style="dim"), margin=3)


def _link(article: Article, dim: bool = False) -> Style:
    return Style(link=web_address(article), dim=dim or None)


def _details(article: Article, quote: Quote, look: Look) -> Iterator[tuple[str, str]]:
    source = provenance(article, quote, look.certain)
    yield "speaker", source.speaker or "the outlet"
    yield "form", source.kind or "direct quotation"
    yield "headline", article.headline or "not stated"
    yield "outlet", ", ".join(filter(None, (source.outlet, source.copied)))
    yield "author", article.author or "not stated"
    yield "published", str(article.published) if article.published else "not stated"
    yield from (("notices", notice(article)),) if article.notices else ()
    yield "relays", source.via or "none stated"
    yield "url", article.url or "not stated"
    yield "file", article.origin or article.id
    yield "offsets", ", ".join(f"{span.start}–{span.end}" for span in quote.shown) or "in the metadata"
    yield "quote id", quote.id


def _facts(facts: Sequence[Fact]) -> Iterator[Indented]:
    for fact, article in named_once(facts):
        text = Text.assemble((f"{line(fact.label)}: ", "dim"), line(fact.value))
        if article:
            text.append(f" — {stated_of(article)}", style=_link(article, dim=True))
        yield Indented(text, margin=3)


def _aside(text: str) -> Indented:
    return Indented(Text(line(text), style="dim"))
