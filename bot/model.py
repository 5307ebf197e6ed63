"""The nouns of the product: frozen values that the stages hand to each other.

Data flows one way: bytes become an `Article`, an article's text becomes `Passage`s and `Quote`s, quotes
become `Statement`s, a `Question` about them becomes an `Answer` or an `Abstention`.  Nothing here holds a
copy of an article's words: whoever shows words slices them out of `Article.text` by a `Span`.
"""

import hashlib
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

BlockKind = Literal[
    "headline", "standfirst", "dateline", "byline", "subhead", "body", "caption", "bio", "teaser", "boilerplate"
]
QuoteKind = Literal["direct", "mixed", "indirect", "narration", "headline"]
Pronoun = Literal["he", "she", "they"]
Tense = Literal["held", "ended", "coming"]

#: What the outlet itself reports; the other blocks are the page around it and never answer as coverage.
COVERAGE: frozenset[BlockKind] = frozenset({"headline", "standfirst", "subhead", "body"})
#: Kinds of quote that hold somebody's words or thoughts, not the outlet's own.
SPOKEN: frozenset[QuoteKind] = frozenset({"direct", "mixed", "indirect"})


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
class PartialDate:
    """A date to the precision that is stated: a year, a month or a day, with a time of day where it is given."""

    year: int
    month: int | None = None
    day: int | None = None
    time: str | None = None

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        if self.month is None:
            return date(self.year, 12, 31)
        if self.day is None:
            return date(self.year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)
        return date(self.year, self.month, self.day)

    def __str__(self) -> str:
        """ISO 8601, no more precise than what is known: `2024`, `2024-07`, `2024-07-15`, `2024-07-15T07:54`."""
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts) + (f"T{self.time}" if self.time else "")


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `since` to `until`, both included; an open end is None."""

    since: date | None = None
    until: date | None = None

    def admits(self, day: PartialDate) -> bool:
        """Whether all that is known of the day lies within the range."""
        return (self.since is None or day.first >= self.since) and (self.until is None or day.last <= self.until)

    def meets(self, other: "DateRange") -> bool:
        """Whether the ranges have a day in common."""
        return (self.since is None or other.until is None or self.since <= other.until) and (
            other.since is None or self.until is None or other.since <= self.until
        )

    def touches(self, day: PartialDate) -> bool:
        """Whether the day may lie within the range, as far as it is known."""
        return (self.since is None or day.last >= self.since) and (self.until is None or day.first <= self.until)


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


@dataclass(frozen=True, slots=True)
class Title:
    """A title as an article writes it, and whether its bearer has it then: ended is the *former* president's."""

    name: str
    tense: Tense = "held"


@dataclass(frozen=True, slots=True)
class Appearance:
    """Somebody as one article names them: by how many mentions in which spelling; by a surname alone, with titles."""

    name: str
    spellings: Mapping[str, int]
    titles: frozenset[Title] = frozenset()
    pronoun: Pronoun | None = None


@dataclass(frozen=True, slots=True)
class Tenure:
    """A title of somebody, and the days of the articles that give it to them, which are fewer than those they had it.

    It was not theirs before `since` or after `until`, where articles or the configuration tell so.
    """

    title: str
    first: PartialDate | None = None
    last: PartialDate | None = None
    articles: int = 0
    since: date | None = None
    until: date | None = None

    @property
    def bounds(self) -> DateRange:
        return DateRange(self.since, self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the coverage names, under every spelling and title it gives them.

    `spellings` says how many articles use each, `apart` whom the configuration keeps from being the same person.
    """

    name: str
    spellings: Mapping[str, int] = field(default_factory=dict)
    tenures: tuple[Tenure, ...] = ()
    pronoun: Pronoun | None = None
    articles: int = 0
    quotes: int = 0
    apart: frozenset[str] = frozenset()


Intent = Literal[
    "said",  # what did X say about Y
    "verify",  # did X say that Y
    "who_said",  # who said Y
    "wordings",  # how do outlets word it
    "timeline",  # how did it change over time
    "first",  # what was said first
    "latest",  # what was said last
    "more",  # further statements of the last answer
    "provenance",  # through whom was it reported
    "source",  # show the source of the last answer
    "find",  # what happened: any coverage
    "when",
    "how_many",
    "how_often",  # how many times did X say, or was X quoted
    "headlines",
    "who_is",
    "about_article",  # who wrote it, when was it published
    "about_corpus",  # how many articles, which outlets
    "judgement",  # asks for an opinion: nothing that coverage can answer
    "smalltalk",  # greets or thanks
]


@dataclass(frozen=True, slots=True)
class Correction:
    """A word of the question that was read as another."""

    written: str
    read: str


@dataclass(frozen=True, slots=True)
class Without:
    """What a question asks to leave out: “not by Tusk”, “not from Politico”, “not in September”, “not about Poland”."""

    speakers: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    dates: DateRange | None = None
    terms: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.speakers or self.outlets or self.relays or self.dates or self.terms)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked for, as far as the words of the question say it."""

    text: str
    intent: Intent = "find"
    topic: str = ""  # the words of the question that say what about
    terms: tuple[str, ...] = ()  # those words as the index knows them
    forms: Mapping[str, frozenset[str]] = field(default_factory=dict)  # of these, in other languages of the articles
    optional: frozenset[str] = frozenset()  # terms that an answer need not hold ("which *countries* …")
    phrases: tuple[str, ...] = ()  # words that the question puts between quotation marks
    speakers: tuple[str, ...] = ()
    unknown_names: tuple[str, ...] = ()
    in_office: Mapping[str, Tenure] = field(default_factory=dict)  # of speakers who are asked for by a title
    outlets: tuple[str, ...] = ()  # any of them
    via: str | None = None
    dates: DateRange | None = None
    without: Without = Without()
    corrections: tuple[Correction, ...] = ()
    page: int = 0  # how many times more was asked for
    carried: bool = False  # the subject is that of an earlier question, about somebody else
    unread: tuple[str, ...] = ()  # words of another language that no list translates
    language: str = "en"  # the code of one that is read, else the name of one that is not

    @property
    def outlet(self) -> str | None:
        """The outlets as one name."""
        return " and ".join(self.outlets) or None

    @property
    def is_limited(self) -> bool:
        """Whether it has a filter, which can do for a subject."""
        return bool(self.outlets or self.via or self.dates or self.without)

    @property
    def asks_about_something(self) -> bool:
        return bool(self.terms or self.speakers or self.phrases)

    @property
    def readable(self) -> bool:
        """Whether enough of the question's language is read to answer it."""
        understood = bool(self.speakers or len(self.terms) > len(self.unread))
        return len(self.language) == 2 and (not self.unread or understood or bool(self.unknown_names))


Reason = Literal[
    "empty_question",
    "not_about_coverage",
    "unknown_name",
    "not_quoted_on_this",
    "filters_leave_nothing",
    "no_passage",
    "unsupported_language",
]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Articles that would have matched but state no date, or no outlet, for a filter to test."""

    undated: int = 0
    without_outlet: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the corpus states about itself, with the article that it is stated of."""

    label: str
    value: str
    article: Article | None = None


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """Which library an answer was given from: its revision, and how many of what it holds."""

    revision: str
    articles: int
    passages: int
    quotes: int
    languages: tuple[tuple[Language, int], ...] = ()  # of the articles, with how many are in each, the most first

    @property
    def others(self) -> tuple[Language, ...]:
        """The languages in which it is not read who says what."""
        return tuple(language for language, _ in self.languages if language.works != "all")


@dataclass(frozen=True, slots=True)
class Answer:
    """Statements and facts that answer a question, with the articles whose words they are."""

    question: Question
    message: str
    library: LibraryFacts
    statements: tuple[Statement, ...] = ()
    facts: tuple[Fact, ...] = ()
    left_out: LeftOut = LeftOut()
    suggestions: tuple[str, ...] = ()
    more: tuple[Statement, ...] = ()  # further statements, best first, for whoever asks for more
    articles: Mapping[str, Article] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Abstention:
    """No answer, the reason for that, and the most useful true thing next."""

    question: Question
    reason: Reason
    message: str
    library: LibraryFacts
    left_out: LeftOut = LeftOut()
    suggestions: tuple[str, ...] = ()


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


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
