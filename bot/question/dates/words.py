"""The words by which people name days, from [dates] and [months] of config/questions.toml, and their patterns."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any


@dataclass(frozen=True, slots=True)
class DateWords:
    """How people name days, from [dates] and [months] of config/questions.toml."""

    months: Mapping[str, int]
    ambiguous: frozenset[str]
    seasons: Mapping[str, Sequence[int]]
    weekdays: Mapping[str, int]
    days_back: Mapping[str, int]
    counts: Mapping[str, int]
    units: Mapping[str, int]
    parts: Mapping[str, Sequence[int]]
    this: Sequence[str]
    last: Sequence[str]
    ago: Sequence[str]
    before: Sequence[str]
    inclusive: frozenset[str]
    after: Sequence[str]
    exclusive: frozenset[str]
    within: Sequence[str]
    joins: Sequence[str]
    opening: Sequence[str]
    edges: Sequence[str]
    items: Sequence[str]
    excluding: Sequence[str]

    @classmethod
    def from_table(cls, months: Mapping[str, int], table: Mapping[str, Any], excluding: Sequence[str]) -> "DateWords":
        as_sets = {name: frozenset(table[name]) for name in ("ambiguous", "inclusive", "exclusive")}
        return cls(months=months, excluding=excluding, **{**table, **as_sets})

    def is_stated_in(self, text: str) -> bool:
        """Whether a text names a day, a weekday, a month or a year."""
        return bool(self._stated().search(text))

    def blanked_in(self, text: str) -> str:
        """Return a text without the dates in it."""
        return self._stated().sub("", text)

    def _stated(self) -> re.Pattern[str]:
        months, weekdays = (any_of(name.capitalize() for name in names) for names in (self.months, self.weekdays))
        day = r"\d{1,2}(?:st|nd|rd|th)?"
        return re.compile(
            rf"\b(?:{day} (?:of )?{months}\b\.?|{months}\.? \d{{1,2}}|in {months}\b|(?:19|20)\d\d|{weekdays})\b"
        )


def any_of(phrases: Iterable[str]) -> str:
    """Return a pattern that fits any of the phrases, the longest that can."""
    return _fitting(tuple(phrases))


@lru_cache(maxsize=64)  # the lists are the same for every question
def _fitting(phrases: tuple[str, ...]) -> str:
    longest = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest) + ")"


def periods(words: DateWords) -> re.Pattern[str]:
    """Return the pattern of everything that names a period of time."""
    month, season, weekday = (any_of(names) for names in (words.months, words.seasons, words.weekdays))
    ordinal, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:,?\s+(?P<year{}>(?:19|20)\d\d))?"
    which = rf"(?:(?P<which{{}}>{any_of((*words.this, *words.last))})\s+)"
    count, unit = rf"\d+|{any_of(words.counts)}", any_of(words.units)
    alternatives = (
        r"(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)",
        rf"(?:the\s+)?(?P<day1>{ordinal})\s+(?:of\s+)?(?P<month1>{month})\b\.?" + year.format(1),
        r"(?P<day4>\d{1,2})[./](?P<month4>\d{1,2})[./](?P<year4>(?:19|20)\d\d)",
        rf"{which.format(2)}?(?P<part>(?:the\s+)?{any_of(words.parts)}[- ]\s*)?"
        rf"(?P<month2>{month})\b\.?(?:\s+(?P<day2>{ordinal})\b)?{year.format(2)}",
        rf"{which.format(3)}?(?P<season>{season})\b(?:\s+of)?" + year.format(3),
        rf"{which.format(4)}?(?P<weekday>{weekday})\b",
        r"(?P<year>(?:19|20)\d\d)",
        rf"(?P<relative>(?P<near>{any_of(words.days_back)})"
        rf"|(?:the\s+)?{any_of(words.last)}\s+(?P<count1>{count})\s+(?P<unit1>{unit})s?"
        rf"|(?P<count2>{count})\s+(?P<unit2>{unit})s?\s+(?P<ago>{any_of(words.ago)})"
        rf"|{which.format(1)}(?P<unit3>{unit}))",
    )
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), re.IGNORECASE)
