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

from bot.model import Abstention, Answer, Article, Fact, LeftOut, PartialDate, Question, Quote, Statement
from bot.render.provenance import dated, long_date, provenance, short_date, web_address
from bot.render.verbatim import article_of, pieces
from bot.render.visible import line
from bot.render.wordings import differing

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


@dataclass(frozen=True, slots=True)
class Look:
    """How answers are shown: the line below which a speaker is only probable, and the number of the first statement."""

    certain: float = 0.7
    first: int = 1
    urls: bool = True  # whether addresses are written out, because the terminal shows no links
    further: str = ""  # how to see the rest, such as ":more shows them"


def outcome(answer: Answer | Abstention, look: Look) -> Iterator[Indented]:
    """Yield an answer, or the reason why there is none, block by block."""
    yield Indented(Text(line(answer.message), style="bold" if isinstance(answer, Answer) else ""))
    yield from _interpretation(answer.question)
    if isinstance(answer, Answer):
        yield from _facts(answer.facts)
        if answer.statements:
            yield Indented(Text())
        yield from statements(answer, answer.statements, look)
        if answer.more and look.further:
            yield from further(answer, look)
        elif answer.statements and (answer.left_out != LeftOut() or answer.suggestions):
            yield Indented(Text())
        yield from _left_out(answer.left_out)  # an abstention says it in its message
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
        if article.url and look.urls:
            yield Indented(Text(line(article.url), style=_link(article, dim=True), overflow="fold"), margin=3)
        for other in others:
            yield Indented(_other_wording(answer, first, other, look), margin=3)


def further(answer: Answer, look: Look) -> Iterator[Indented]:
    """Yield how many statements are not shown yet, and how to see them."""
    yield Indented(Text())
    yield _aside(f"{_count(len(answer.more), 'further statement')}: {look.further}")


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


def _words(article: Article, quote: Quote) -> Text:
    shown = [line(piece) for piece in pieces(article, quote)]
    if quote.kind != "direct":
        return Text(" … ".join(shown), style="italic")
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
    hedge = source.who if source.who.startswith("probably ") else ""
    how = ", ".join(filter(None, ("also", hedge, f"as {source.kind}" if quote.kind == "indirect" else "")))
    outlet = Text(dated(source.outlet, source.published), style=_link(article))
    via = f", {source.via}" if source.via else ""
    words = _words(article, quote)
    if quote.kind == first.kind:  # a sentence about the words differs from them everywhere
        original = _words(article_of(answer.articles, first), first).plain
        for span in differing(original, words.plain):
            words.stylize("bold underline", span.start, span.end)
    return Text.assemble(f"{how}{',' if ',' in how else ''} ", outlet, f"{via}: ", words)


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
    yield "relays", source.via or "none stated"
    yield "url", article.url or "not stated"
    yield "file", article.origin or article.id
    yield "offsets", ", ".join(f"{span.start}–{span.end}" for span in quote.shown) or "in the metadata"
    yield "quote id", quote.id


def _interpretation(question: Question) -> Iterator[Indented]:
    dates = question.dates
    parts = [
        question.outlet and f"only {question.outlet}",
        question.via and f"only via {question.via}",
        dates and dates.since and f"since {long_date(PartialDate.of(dates.since))}",
        dates and dates.until and f"until {long_date(PartialDate.of(dates.until))}",
        *(f"read “{correction.written}” as {correction.read}" for correction in question.corrections),
        question.unread and "did not understand " + ", ".join(f"“{word}”" for word in question.unread),
    ]
    if said := " · ".join(part for part in parts if part):
        yield _aside(said)


def _left_out(left_out: LeftOut) -> Iterator[Indented]:
    for number, what in ((left_out.undated, "date"), (left_out.without_outlet, "outlet")):
        if number:
            states, were = ("states", "was") if number == 1 else ("state", "were")
            yield _aside(f"{_count(number, 'article')} that {states} no {what} {were} left out")


def _facts(facts: Sequence[Fact]) -> Iterator[Indented]:
    for fact in facts:
        text = Text.assemble((f"{line(fact.label)}: ", "dim"), line(fact.value))
        if fact.article:
            article = fact.article
            about = [line(article.headline or article.id), line(article.outlet or "")]
            date = short_date(article.published) if article.published else ""
            text.append(" — " + ", ".join(filter(None, (*about, date))), style=_link(article, dim=True))
        yield Indented(text, margin=3)


def _aside(text: str) -> Indented:
    return Indented(Text(line(text), style="dim"))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
