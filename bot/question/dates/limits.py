"""Limits: what a question makes of the periods it names: a first day, a last day, a range, or days to leave out."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import DateRange, PartialDate, Span
from bot.question.dates.periods import Calendar, Period
from bot.question.dates.words import DateWords, any_of, periods

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a question is limited to, those that it leaves out, and where it names them."""

    limit: DateRange | None
    without: DateRange | None
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class _Limit:
    """What one date of a question says, and where it says it; `without` where these are days to leave out."""

    since: date | None
    until: date | None
    span: Span
    without: bool = False


class DateReader:
    """Finds date filters.  A month or a day without a year is that of the latest coverage it can mean.

    `days` are the days that the coverage is of; `today` is what “yesterday” counts from.
    """

    def __init__(self, words: DateWords, days: Collection[PartialDate], today: date) -> None:
        self._words, self._calendar = words, Calendar(words, days, today)
        self._period = periods(words)
        edge = rf"(?:the {any_of(words.edges)} of\s+)?"
        self._before = re.compile(rf"\b({any_of(words.before)})\s+{edge}\Z", re.IGNORECASE)
        self._after = re.compile(rf"\b({any_of(words.after)})\s+{edge}\Z", re.IGNORECASE)
        self._within = re.compile(rf"\b{any_of(words.within)}\s+(?:the month of\s+)?\Z", re.IGNORECASE)
        self._joins = re.compile(rf"\s*(?:{any_of(words.joins)}|-|–)\s*\Z", re.IGNORECASE)
        self._between = re.compile(rf"\b{any_of(words.opening)}\s+\Z", re.IGNORECASE)
        self._items = re.compile(rf"\b{any_of(words.items)}\s+\Z", re.IGNORECASE)
        self._excluding = re.compile(rf"\b{any_of(words.excluding)}\s+\Z", re.IGNORECASE)
        self._shared = re.compile(
            rf"(?:\b(?:{any_of(words.opening)}|{any_of(words.within)})\s+)?(?:the\s+)?\b"
            rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:{any_of(words.joins)}|-|–)\s*\Z",
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
            elif period := self._calendar.resolve(match, None):
                yield self._limit(text, match, period)

    def _days_of_a_month(self, text: str, match: re.Match[str]) -> _Limit | None:
        """Return the range of “10 to 15 July”, of which only the last day is a whole date."""
        opening = self._shared.search(text[: match.start()])
        last = self._calendar.resolve(match, None) if opening and match.group("day1") else None
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
        last = self._calendar.resolve(second, None)
        start = self._calendar.resolve(first, last)
        if start is None or last is None:
            return None
        span = Span(opened.start() if opened else first.start(), second.end())
        return _Limit(min(start.first, last.first), max(start.last, last.last), span)

    def _limit(self, text: str, match: re.Match[str], period: Period) -> _Limit:
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


def _range(limits: Sequence[_Limit]) -> DateRange | None:
    if not limits:
        return None
    since = [limit.since for limit in limits if limit.since]
    until = [limit.until for limit in limits if limit.until]
    return DateRange(min(since, default=None), max(until, default=None))
