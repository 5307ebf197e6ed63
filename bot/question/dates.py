"""The days that a question asks about: “in September 2024”, “before August”, “last week”, “not on 10 July”."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from bot.model import DateRange, PartialDate, Span

_ONE_DAY = timedelta(days=1)


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
        months, weekdays = (_any_of(name.capitalize() for name in names) for names in (self.months, self.weekdays))
        day = r"\d{1,2}(?:st|nd|rd|th)?"
        return re.compile(
            rf"\b(?:{day} (?:of )?{months}\b\.?|{months}\.? \d{{1,2}}|in {months}\b|(?:19|20)\d\d|{weekdays})\b"
        )


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a question is limited to, those that it leaves out, and where it names them."""

    limit: DateRange | None
    without: DateRange | None
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class _Period:
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Limit:
    """What one date of a question says, and where it says it; `without` where these are days to leave out."""

    since: date | None
    until: date | None
    span: Span
    without: bool = False


def _any_of(phrases: Iterable[str]) -> str:
    """Return a pattern that fits any of the phrases, the longest that can."""
    return _fitting(tuple(phrases))


@lru_cache(maxsize=64)  # the lists are the same for every question
def _fitting(phrases: tuple[str, ...]) -> str:
    longest = sorted(phrases, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest) + ")"


class DateReader:
    """Finds date filters.  A month or a day without a year is that of the latest coverage it can mean.

    `days` are the days that the coverage is of; `today` is what “yesterday” counts from.
    """

    def __init__(self, words: DateWords, days: Collection[PartialDate], today: date) -> None:
        self._words, self._days, self._today = words, days, today
        self._period = _periods(words)
        edge = rf"(?:the {_any_of(words.edges)} of\s+)?"
        self._before = re.compile(rf"\b({_any_of(words.before)})\s+{edge}\Z", re.IGNORECASE)
        self._after = re.compile(rf"\b({_any_of(words.after)})\s+{edge}\Z", re.IGNORECASE)
        self._within = re.compile(rf"\b{_any_of(words.within)}\s+(?:the month of\s+)?\Z", re.IGNORECASE)
        self._joins = re.compile(rf"\s*(?:{_any_of(words.joins)}|-|–)\s*\Z", re.IGNORECASE)
        self._between = re.compile(rf"\b{_any_of(words.opening)}\s+\Z", re.IGNORECASE)
        self._items = re.compile(rf"\b{_any_of(words.items)}\s+\Z", re.IGNORECASE)
        self._excluding = re.compile(rf"\b{_any_of(words.excluding)}\s+\Z", re.IGNORECASE)
        self._shared = re.compile(
            rf"(?:\b(?:{_any_of(words.opening)}|{_any_of(words.within)})\s+)?(?:the\s+)?\b"
            rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:{_any_of(words.joins)}|-|–)\s*\Z",
            re.IGNORECASE,
        )

    def read(self, text: str) -> Days:
        """Return the days that a question names, and where it names them."""
        limits = [self._turned(text, limit) for limit in self._limits(text)]
        kept = [limit for limit in limits if not limit.without]
        left = [limit for limit in limits if limit.without]
        return Days(_range(kept), _range(left), [limit.span for limit in limits])

    def _turned(self, text: str, limit: _Limit) -> _Limit:
        """Return what a limit means behind “not”: the other days; of an open one that is the other side of its end."""
        opening = self._excluding.search(text[: limit.span.start])
        if opening is None:
            return limit
        span = Span(opening.start(), limit.span.end)
        if limit.since is None and limit.until is not None:
            return _Limit(limit.until + _ONE_DAY, None, span)
        if limit.until is None and limit.since is not None:
            return _Limit(None, limit.since - _ONE_DAY, span)
        return _Limit(limit.since, limit.until, span, without=True)

    def _limits(self, text: str) -> Iterator[_Limit]:
        found = [match for match in self._period.finditer(text) if self._is_date(text, match)]
        while found:
            match = found.pop(0)
            if days := self._days_of_a_month(text, match):
                yield days
            elif found and (range_ := self._joined(text, match, found[0])):
                found.pop(0)
                yield range_
            elif period := self._resolve(match, None):
                yield self._limit(text, match, period)

    def _days_of_a_month(self, text: str, match: re.Match[str]) -> _Limit | None:
        """Return the range of “10 to 15 July”, of which only the last day is a whole date."""
        opening = self._shared.search(text[: match.start()])
        last = self._resolve(match, None) if opening and match.group("day1") else None
        if opening is None or last is None or int(opening.group("day")) > last.last.day:
            return None
        first = last.first.replace(day=int(opening.group("day")))
        return _Limit(first, last.last, Span(opening.start(), match.end()))

    def _joined(self, text: str, first: re.Match[str], second: re.Match[str]) -> _Limit | None:
        """Return the range of “between X and Y”, “from X to Y”, “X – Y”; None for two dates by themselves."""
        between = text[first.end() : second.start()]
        opened = self._between.search(text[: first.start()])
        if not self._joins.fullmatch(between) or not (opened or "-" in between or "–" in between):
            return None
        last = self._resolve(second, None)
        start = self._resolve(first, last)
        if start is None or last is None:
            return None
        span = Span(opened.start() if opened else first.start(), second.end())
        return _Limit(min(start.first, last.first), max(start.last, last.last), span)

    def _limit(self, text: str, match: re.Match[str], period: _Period) -> _Limit:
        """Return what the word before a date makes of it: a last day, a first day, or the days themselves."""
        opening = text[: match.start()]
        if before := self._before.search(opening):
            last = period.last if before.group(1).lower() in self._words.inclusive else period.first - _ONE_DAY
            return _Limit(None, last, Span(before.start(), match.end()))
        after = self._after.search(opening)
        if after and not (after.group(1).lower() == "from" and self._items.search(opening[: after.start()])):
            exclusive = after.group(1).lower() in self._words.exclusive
            first = period.last + _ONE_DAY if exclusive else period.first
            return _Limit(first, None, Span(after.start(), match.end()))
        within = after or self._within.search(opening)
        return _Limit(period.first, period.last, Span(within.start() if within else match.start(), match.end()))

    def _is_date(self, text: str, match: re.Match[str]) -> bool:
        """Whether the words are a date: “may” and “march” are mostly verbs, a bare number is mostly none."""
        before = text[: match.start()]
        if match.group("season") and not (match.group("year3") or match.group("which3")):
            return bool(self._within.search(before))  # closed until spring
        if match.group("weekday") and not match.group("which4"):
            return bool(self._within.search(before))  # the Sunday paper
        bare = match.group("month2")
        dated = match.group("day2") or match.group("year2") or match.group("which2")
        follows = text[match.end() : match.end() + 2]
        if (
            bare
            and not dated
            and (bare.lower() in self._words.ambiguous or (follows[:1] == " " and follows[1:].isupper()))
        ):
            openings = (self._before, self._after, self._within, self._joins, self._between)
            return any(opening.search(before) for opening in openings)
        if before[-1:].isalnum() or (before[-1:] == "-" and match.group("year")):
            return False
        return not follows[:1].isalnum()

    def _resolve(self, match: re.Match[str], before: _Period | None) -> _Period | None:
        get = match.group
        try:
            if get("relative"):
                return self._relative(match)
            if get("weekday"):
                return self._weekday(self._words.weekdays[get("weekday").lower()], bool(get("which4")))
            if get("day4"):
                return _of(PartialDate(int(get("year4")), int(get("month4")), int(get("day4"))))
            if get("iso"):
                year, month, *rest = map(int, get("iso").split("-"))
                return _of(PartialDate(year, month, rest[0] if rest else None))
            if get("season"):
                return self._season(match)
            if get("year"):
                return _of(PartialDate(int(get("year"))))
            return self._part(_of(self._day(match, before)), " ".join((get("part") or "").lower().split()))
        except (ValueError, OverflowError):
            return None

    def _season(self, match: re.Match[str]) -> _Period:
        first, last = self._words.seasons[match.group("season").lower()]
        stated = match.group("year3")
        year = int(stated) if stated else self._year(first, None, match.group("which3"))
        return _Period(date(year, first, 1), PartialDate(year, last).last)

    def _day(self, match: re.Match[str], before: _Period | None) -> PartialDate:
        month = self._words.months[(match.group("month1") or match.group("month2")).lower()]
        ordinal = match.group("day1") or match.group("day2")
        day = int(ordinal.rstrip("stndrhSTNDRH")) if ordinal else None
        stated = match.group("year1") or match.group("year2")
        if stated:
            return PartialDate(int(stated), month, day)
        return PartialDate(before.last.year if before else self._year(month, day, match.group("which2")), month, day)

    def _year(self, month: int, day: int | None, which: str | None) -> int:
        """Return the year that a month without one is of: by the calendar behind “last”, else by the coverage."""
        if which:
            back = which.lower() in self._words.last and month >= self._today.month
            return self._today.year - back
        same_month = [known for known in self._days if known.month == month]
        same_day = [known for known in same_month if day is None or known.day in (None, day)]
        return max((known.year for known in same_day or same_month or self._days), default=self._today.year)

    def _weekday(self, number: int, last: bool) -> _Period:
        """Return the latest such day of the week; “last Monday” is never today."""
        back = (self._today.weekday() - number) % 7
        day = self._today - timedelta(days=7 if last and not back else back)
        return _Period(day, day)

    def _relative(self, match: re.Match[str]) -> _Period:
        words, today = self._words, self._today
        if near := match.group("near"):
            day = today - timedelta(days=words.days_back[near.lower()])
            return _Period(day, day)
        unit = match.group("unit1") or match.group("unit2") or match.group("unit3")
        number = match.group("count1") or match.group("count2")
        if number:
            count = int(number) if number.isdigit() else words.counts[number.lower()]
            back = timedelta(days=words.units[unit.lower()] * count)
            return self._around(today - back, unit.lower()) if match.group("ago") else _Period(today - back, today)
        return self._calendar(unit.lower(), match.group("which1").lower() in words.last)

    def _around(self, day: date, unit: str) -> _Period:
        """Return what “two weeks ago” can mean: the day itself, give or take half of the unit."""
        slack = timedelta(days=self._words.units[unit] // 2)
        return _Period(day - slack, min(day + slack, self._today))

    def _calendar(self, unit: str, last: bool) -> _Period:
        """Return this or the last day, week, month or year of the calendar."""
        today = self._today
        if unit == "day":
            return _Period(today - timedelta(days=last), today)
        if unit == "week":
            monday = today - timedelta(days=today.weekday() + 7 * last)
            return _Period(monday, monday + timedelta(days=6))
        if unit == "year":
            return _of(PartialDate(today.year - last))
        month = today.month - last
        return _of(PartialDate(today.year - (month < 1), month or 12))

    def _part(self, month: _Period, part: str) -> _Period:
        """Return the part of a month that is meant by “early”, “mid”, “late”, “the first half of”, “the end of”."""
        named = self._words.parts.get(part.rstrip("-").removeprefix("the ").strip())
        if month.first == month.last or named is None:
            return month
        first, last = (min(day, month.last.day) for day in named)
        return _Period(month.first.replace(day=first), month.first.replace(day=last))


def _periods(words: DateWords) -> re.Pattern[str]:
    """Return the pattern of everything that names a period of time."""
    month, season, weekday = (_any_of(names) for names in (words.months, words.seasons, words.weekdays))
    ordinal, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:,?\s+(?P<year{}>(?:19|20)\d\d))?"
    which = rf"(?:(?P<which{{}}>{_any_of((*words.this, *words.last))})\s+)"
    count, unit = rf"\d+|{_any_of(words.counts)}", _any_of(words.units)
    alternatives = (
        r"(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)",
        rf"(?:the\s+)?(?P<day1>{ordinal})\s+(?:of\s+)?(?P<month1>{month})\b\.?" + year.format(1),
        r"(?P<day4>\d{1,2})[./](?P<month4>\d{1,2})[./](?P<year4>(?:19|20)\d\d)",
        rf"{which.format(2)}?(?P<part>(?:the\s+)?{_any_of(words.parts)}[- ]\s*)?"
        rf"(?P<month2>{month})\b\.?(?:\s+(?P<day2>{ordinal})\b)?{year.format(2)}",
        rf"{which.format(3)}?(?P<season>{season})\b(?:\s+of)?" + year.format(3),
        rf"{which.format(4)}?(?P<weekday>{weekday})\b",
        r"(?P<year>(?:19|20)\d\d)",
        rf"(?P<relative>(?P<near>{_any_of(words.days_back)})"
        rf"|(?:the\s+)?{_any_of(words.last)}\s+(?P<count1>{count})\s+(?P<unit1>{unit})s?"
        rf"|(?P<count2>{count})\s+(?P<unit2>{unit})s?\s+(?P<ago>{_any_of(words.ago)})"
        rf"|{which.format(1)}(?P<unit3>{unit}))",
    )
    return re.compile("|".join(f"(?:{alternative})" for alternative in alternatives), re.IGNORECASE)


def _range(limits: Sequence[_Limit]) -> DateRange | None:
    if not limits:
        return None
    since = [limit.since for limit in limits if limit.since]
    until = [limit.until for limit in limits if limit.until]
    return DateRange(min(since, default=None), max(until, default=None))


def _of(day: PartialDate) -> _Period:
    return _Period(day.first, day.last)
