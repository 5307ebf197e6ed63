"""What a question asks for, as far as its words say it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.model.dates import DateRange
from bot.model.person import Tenure

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
    "mentions",  # how many articles speak of Y
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
    described: str = ""  # who is asked about where nobody is named: the *families of hostages*
    sources: tuple[str, ...] = ()  # those words as the index knows them
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
