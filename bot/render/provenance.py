"""What is said around the words of a quote, the same wherever they are shown.

Where a quote comes from: who, when, which outlet, through whom, and in what form it is reported.  And what an answer
says about itself: how the question was read, what was left out, what else there is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote as percent_encoded

from bot.model import SPOKEN, Answer, Article, Fact, LeftOut, PartialDate, Question, Quote, QuoteKind, Without
from bot.render.verbatim import pieces, slice_of
from bot.render.visible import line
from bot.text import WORD, number_of

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

#: What the words are, where they are not just what somebody said between quotation marks.
KINDS: dict[QuoteKind, str] = {
    "direct": "",
    "mixed": "quoted within a sentence",
    "indirect": "reported speech",
    "narration": "the outlet’s words",
    "headline": "headline",
}

# A link's text fragment names the first and the last words of a quote: enough of them to be found in one place of a
# page, few enough that a typographic difference on the page is rarely among them.
_FRAGMENT_WORDS = 5
_LONGEST_FRAGMENT = 80


@dataclass(frozen=True, slots=True)
class Look:
    """How answers are shown: the line below which a speaker is only probable, and the number of the first statement."""

    certain: float = 0.7
    first: int = 1
    urls: bool = True  # whether addresses are written out, because the terminal shows no links
    further: str = ""  # how to see the rest, such as ":more shows them"


@dataclass(frozen=True, slots=True)
class Provenance:
    """The parts of a quote's source line, ready to be displayed; an empty part is not stated."""

    who: str  # "Jens Stoltenberg", "probably Jens Stoltenberg"; the outlet's own words have nobody here
    said: str  # "LBC radio, said 16 September 2024"
    outlet: str
    published: str
    copied: str  # "on like123.com"
    via: str  # "via Politico, via Reuters"
    kind: str

    @property
    def speaker(self) -> str:
        return ", ".join(filter(None, (self.who, self.said)))

    @property
    def issue(self) -> str:
        """The outlet with its date: "Euromaidan Press, 15 Jul 2024", "Earthlings 1997 (undated)"."""
        return dated(self.outlet, self.published) + (f", {self.copied}" if self.copied else "")


def provenance(article: Article, quote: Quote, certain: float) -> Provenance:
    """Return where a quote comes from; a speaker who is less sure than `certain` is called probable."""
    spoken = quote.kind in SPOKEN
    said = [line(slice_of(article, quote.venue))] if quote.venue is not None else []
    if quote.said_on:
        said.append(("said " if quote.said_on.day else "said in ") + long_date(quote.said_on))
    return Provenance(
        who=_who(article, quote, certain) if spoken else "",
        said=", ".join(said) if spoken else "",
        outlet=line(article.outlet or "(outlet not stated)"),
        published=short_date(article.published) if article.published else "(undated)",
        copied=f"on {line(article.republished_by)}" if article.republished_by else "",
        via=", ".join(f"via {line(slice_of(article, relay))}" for relay in quote.relays),
        kind=_kind(article, quote),
    )


def _kind(article: Article, quote: Quote) -> str:
    if quote.kind == "narration" and article.language not in (None, "en"):
        # Somebody may be quoted in it, by rules that are not known here.
        return f"the article’s words; who says what is not read in its language ({line(article.language or '')})"
    return KINDS[quote.kind]


def _who(article: Article, quote: Quote, certain: float) -> str:
    if quote.speaker is None:
        # The article's own words for the source ("officials") are all that is known of the speaker.
        return line(slice_of(article, quote.source)) if quote.source is not None else "speaker not stated"
    return line(quote.speaker) if quote.certainty >= certain else f"probably {line(quote.speaker)}"


def notice(article: Article) -> str:
    """Return what an article says of having been corrected or withdrawn, in its own words; empty where nothing."""
    return " ".join(line(slice_of(article, span)) for span in article.notices)


def noticed(article: Article) -> str:
    """Return that for a line under a quote, said to be the outlet's."""
    return f"the outlet notes: {said}" if (said := notice(article)) else ""


def web_address(article: Article) -> str | None:
    """Return the address of an article where it can be linked: it is of the web, and nothing in it ends a link."""
    url = article.url or ""
    return url if url.startswith(("http://", "https://")) and url.isprintable() and " " not in url else None


def passage_address(article: Article, quote: Quote) -> str | None:
    """Return the address of an article with a text fragment, by which a browser scrolls to the quote's words.

    https://wicg.github.io/scroll-to-text-fragment/: the words at both ends, matched word by word within a paragraph.
    """
    url = web_address(article)
    paragraphs = [part for piece in pieces(article, quote) for part in piece.split("\n\n") if WORD.search(part)]
    if url is None or ":~:" in url or not paragraphs:
        return url
    first, last = (list(WORD.finditer(paragraph)) for paragraph in (paragraphs[0], paragraphs[-1]))
    if len(paragraphs) == 1 and len(first) <= 2 * _FRAGMENT_WORDS:
        ends = [_run(first)]
    else:
        ends = [_run(first[:_FRAGMENT_WORDS]), _run(last[-_FRAGMENT_WORDS:])]
    if any(len(end) > _LONGEST_FRAGMENT for end in ends):
        return url
    # A hyphen has a meaning in a fragment, and quote() takes it for safe.
    text = ",".join(percent_encoded(end, safe="", errors="replace").replace("-", "%2D") for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={text}"


def _run(found: Sequence[re.Match[str]]) -> str:
    """Return a run of words of a text, with one space wherever it has blanks, as browsers compare them."""
    return " ".join(found[0].string[found[0].start() : found[-1].end()].split())


def dated(outlet: str, published: str) -> str:
    return f"{outlet} {published}" if published.startswith("(") else f"{outlet}, {published}"


def long_date(day: PartialDate) -> str:
    """14 July 2024, July 2024 or 2024: as much as is known."""
    month = _MONTHS[day.month - 1] if day.month else None
    return " ".join(str(part) for part in (day.day, month, day.year) if part)


def short_date(day: PartialDate) -> str:
    """15 Jul 2024, Jul 2024 or 2024: as much as is known."""
    month = _MONTHS[day.month - 1][:3] if day.month else None
    return " ".join(str(part) for part in (day.day, month, day.year) if part)


def also(quote: Quote, source: Provenance) -> str:
    """Return how another wording of an utterance is introduced, up to the outlet that has it."""
    hedge = source.who if source.who.startswith("probably ") else ""
    form = {"mixed": source.kind, "indirect": f"as {source.kind}"}.get(quote.kind, "")
    how = ", ".join(filter(None, ("also", hedge, form)))
    return f"{how}{',' if ',' in how else ''} "


def interpretation(question: Question) -> str:
    """Return how a question was read, as far as an answer depends on it: its limits and its corrections."""
    dates = question.dates
    parts = [
        question.outlet and f"only {question.outlet}",
        question.via and f"only via {question.via}",
        dates and dates.since and f"since {long_date(PartialDate.of(dates.since))}",
        dates and dates.until and f"until {long_date(PartialDate.of(dates.until))}",
        question.without and f"without {', '.join(_left_out(question.without))}",
        *(f"read “{correction.written}” as {correction.read}" for correction in question.corrections),
        question.unread and "did not understand " + ", ".join(f"“{word}”" for word in question.unread),
    ]
    return " · ".join(part for part in parts if part)


def _left_out(without: Without) -> Iterator[str]:
    """Yield what a question asks not to be shown."""
    yield from (f"words of {name}" for name in without.speakers)
    yield from without.outlets
    yield from (f"what came via {name}" for name in without.relays)
    if without.dates and without.dates.since and without.dates.until:
        first, last = (long_date(PartialDate.of(day)) for day in (without.dates.since, without.dates.until))
        yield first if first == last else f"{first} to {last}"
    yield from (f"what mentions “{term}”" for term in without.terms)


def left_out(numbers: LeftOut) -> Iterator[str]:
    """Yield what a filter could not test and therefore left out."""
    for number, what in ((numbers.undated, "date"), (numbers.without_outlet, "outlet")):
        if number:
            states, were = ("states", "was") if number == 1 else ("state", "were")
            yield f"{number_of(number, 'article')} that {states} no {what} {were} left out"


def not_shown(answer: Answer, look: Look) -> str:
    """Return how many statements are not shown yet, and how to see them."""
    return f"{number_of(len(answer.more), 'further statement')}: {look.further}"


def stated_of(article: Article) -> str:
    """Return which article a fact is stated of."""
    date = short_date(article.published) if article.published else ""
    return ", ".join(filter(None, (line(article.headline or article.id), line(article.outlet or ""), date)))


def named_once(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Article | None]]:
    """Yield facts, each with the article to name beside it: only the first of several facts of one article has it."""
    before: Article | None = None
    for fact in facts:
        yield fact, fact.article if fact.article is not before else None
        before = fact.article
