"""Answers, abstentions with their reason, and what both say of the library they come from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.model.article import Article, Language
from bot.model.question import Question
from bot.model.quote import Statement

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
