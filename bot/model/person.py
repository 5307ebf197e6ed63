"""Somebody the coverage names: under which spellings, and with which titles when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from bot.model.dates import DateRange, PartialDate

Pronoun = Literal["he", "she", "they"]
Tense = Literal["held", "ended", "coming"]


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
