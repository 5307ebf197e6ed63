"""The days that a question asks about: “in September 2024”, “before August”, “on 10 July”, “last week”."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import DateRange, PartialDate, Span

_COUNTS = {"two": 2, "few": 3, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_UNITS = {"day": 1, "week": 7, "month": 31, "year": 366}  # days; a month or a year is taken long rather than short
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


_BEFORE = re.compile(
    r"\b(before|until|till|up to|prior to|by|earlier than|through)\s+(?:the (?:start|end) of\s+)?\Z", re.IGNORECASE
)
_AFTER = re.compile(
    r"\b(after|since|from|starting(?: in| from)?|later than|as of|beginning(?: in)?)\s+(?:the (?:start|end) of\s+)?\Z",
    re.IGNORECASE,
)
#: The articles *from* July are those of July.
_ITEMS = re.compile(
    r"\b(?:articles?|quotes?|quotations?|statements?|stories|coverage|news|headlines?|reports?|words)\s+\Z",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\b(?:back )?(in|on|during|of|for|around|dated|at)\s+(?:the month of\s+)?\Z", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:to|and|until|till|through|-|–)\s*\Z", re.IGNORECASE)
_SHARED = re.compile(
    r"(?:\b(?:between|from|on|in)\s+)?(?:the\s+)?\b(?P<day>\d{1,2})(?:st|nd|rd|th)?\s*(?:to|and|-|–|until|through)\s*\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|from)\s+\Z", re.IGNORECASE)

#: Months that are verbs or names as well: they need a word such as “in” before them.
_AMBIGUOUS = frozenset({"may", "march", "mar", "jan", "dec", "sep"})
_NAME_FOLLOWS = re.compile(r" [A-Z]")


@dataclass(frozen=True, slots=True)
class _Period:
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Limit:
    """What one date of a question says, and where it says it."""

    since: date | None
    until: date | None
    span: Span


class DateReader:
    """Finds date filters.  A month or a day without a year is that of the latest coverage it can mean.

    `days` are the days that the coverage is of; `today` is what “yesterday” counts from.
    """

    def __init__(self, months: Mapping[str, int], days: Collection[PartialDate], today: date) -> None:
        self._months, self._days, self._today = months, days, today
        month = "|".join(sorted(months, key=len, reverse=True))
        ordinal, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:,?\s+(?P<year{}>(?:19|20)\d\d))?"
        periods = (
            r"(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)",
            rf"(?:the\s+)?(?P<day1>{ordinal})\s+(?:of\s+)?(?P<month1>{month})\b\.?" + year.format(1),
            r"(?P<day4>\d{1,2})[./](?P<month4>\d{1,2})[./](?P<year4>(?:19|20)\d\d)",
            rf"(?P<part>(?:early|late|mid|(?:first|second) half of|(?:the )?(?:start|beginning|middle|end) of)[- ])?"
            rf"(?P<month2>{month})\b\.?(?:\s+(?P<day2>{ordinal})\b)?{year.format(2)}",
            rf"(?P<season>{'|'.join(_SEASONS)})(?:\s+of)?" + year.format(3),
            r"(?P<year>(?:19|20)\d\d)",
            r"(?P<relative>today|yesterday|(?:this|last) (?:week|month|year)"
            r"|(?:the )?(?:last|past) (?:\d+|two|three|four|five|six|seven|ten|few) (?:day|week|month|year)s)",
        )
        self._period = re.compile("|".join(f"(?:{period})" for period in periods), re.IGNORECASE)

    def read(self, text: str) -> tuple[DateRange | None, list[Span]]:
        """Return the range of days that a question names, and where it names them; None where it names none."""
        limits = list(self._limits(text))
        if not limits:
            return None, []
        since = [limit.since for limit in limits if limit.since]
        until = [limit.until for limit in limits if limit.until]
        days = DateRange(min(since, default=None), max(until, default=None))
        return days, [limit.span for limit in limits]

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
                yield _limit(text, match, period)

    def _days_of_a_month(self, text: str, match: re.Match[str]) -> _Limit | None:
        """Return the range of “10 to 15 July”, of which only the last day is a whole date."""
        opening = _SHARED.search(text[: match.start()])
        last = self._resolve(match, None) if opening and match.group("day1") else None
        if opening is None or last is None or int(opening.group("day")) > last.last.day:
            return None
        first = last.first.replace(day=int(opening.group("day")))
        return _Limit(first, last.last, Span(opening.start(), match.end()))

    def _joined(self, text: str, first: re.Match[str], second: re.Match[str]) -> _Limit | None:
        """Return the range of “between X and Y”, “from X to Y”, “X – Y”; None for two dates by themselves."""
        between = text[first.end() : second.start()]
        opened = _BETWEEN.search(text[: first.start()])
        if not _JOINS.fullmatch(between) or not (opened or "-" in between or "–" in between):
            return None
        last = self._resolve(second, None)
        start = self._resolve(first, last)
        if start is None or last is None:
            return None
        span = Span(opened.start() if opened else first.start(), second.end())
        return _Limit(min(start.first, last.first), max(start.last, last.last), span)

    def _is_date(self, text: str, match: re.Match[str]) -> bool:
        """Whether the words are a date: “may” and “march” are mostly verbs, a bare number is mostly none."""
        if match.group("season") and not match.group("year3") and not _WITHIN.search(text[: match.start()]):
            return False  # closed until spring
        bare = match.group("month2")
        if bare and not match.group("day2") and not match.group("year2"):
            before = text[: match.start()]
            if bare.lower() in _AMBIGUOUS or _NAME_FOLLOWS.match(text, match.end()):
                return any(opening.search(before) for opening in (_BEFORE, _AFTER, _WITHIN, _JOINS, _BETWEEN))
        before = text[match.start() - 1] if match.start() else " "
        if before.isalnum() or (before == "-" and match.group("year")):
            return False
        return not (match.end() < len(text) and text[match.end()].isalnum())

    def _resolve(self, match: re.Match[str], before: _Period | None) -> _Period | None:
        get = match.group
        try:
            if get("relative"):
                return self._relative(get("relative").lower())
            if get("day4"):
                return _of(PartialDate(int(get("year4")), int(get("month4")), int(get("day4"))))
            if get("iso"):
                year, month, *rest = map(int, get("iso").split("-"))
                return _of(PartialDate(year, month, rest[0] if rest else None))
            if get("season"):
                first, last = _SEASONS[get("season").lower()]
                year = int(get("year3") or self._year(first, None))
                return _Period(date(year, first, 1), PartialDate(year, last).last)
            if get("year"):
                return _of(PartialDate(int(get("year"))))
            return _part(_of(self._day(match, before)), (get("part") or "").strip(" -").lower())
        except (ValueError, OverflowError):
            return None

    def _day(self, match: re.Match[str], before: _Period | None) -> PartialDate:
        month = self._months[(match.group("month1") or match.group("month2")).lower()]
        ordinal = match.group("day1") or match.group("day2")
        day = int(ordinal.rstrip("stndrhSTNDRH")) if ordinal else None
        stated = match.group("year1") or match.group("year2")
        if stated:
            return PartialDate(int(stated), month, day)
        return PartialDate(before.last.year if before else self._year(month, day), month, day)

    def _year(self, month: int, day: int | None) -> int:
        same_month = [known for known in self._days if known.month == month]
        same_day = [known for known in same_month if day is None or known.day in (None, day)]
        return max((known.year for known in same_day or same_month or self._days), default=self._today.year)

    def _relative(self, words: str) -> _Period:
        today = self._today
        if words in ("today", "yesterday"):
            day = today - timedelta(days=words == "yesterday")
            return _Period(day, day)
        count, unit = words.removeprefix("the ").split()[1:] if words.endswith("s") else ("", words.split()[1])
        if count:
            days = _UNITS[unit.rstrip("s")] * (int(count) if count.isdigit() else _COUNTS[count])
            return _Period(today - timedelta(days=days), today)
        back = 1 if words.startswith("last") else 0
        if unit == "week":
            monday = today - timedelta(days=today.weekday() + 7 * back)
            return _Period(monday, monday + timedelta(days=6))
        if unit == "year":
            return _of(PartialDate(today.year - back))
        month = today.month - back
        return _of(PartialDate(today.year - (month < 1), month or 12))


def _of(day: PartialDate) -> _Period:
    return _Period(day.first, day.last)


def _part(month: _Period, part: str) -> _Period:
    """Return the part of a month that is meant by “early”, “mid”, “late”, “the first half of”, “the end of”."""
    if month.first == month.last or not part:
        return month
    tenth, twentieth, middle = (month.first.replace(day=day) for day in (10, 20, 15))
    if "half" in part:
        return _Period(month.first, middle) if "first" in part else _Period(middle + timedelta(days=1), month.last)
    if part.startswith("mid") or "middle" in part:
        return _Period(tenth, twentieth)
    early = part == "early" or "start" in part or "beginning" in part
    return _Period(month.first, tenth) if early else _Period(twentieth, month.last)


def _limit(text: str, match: re.Match[str], period: _Period) -> _Limit:
    """Return what the word before a date makes of it: a last day, a first day, or the days themselves."""
    opening = text[: match.start()]
    if before := _BEFORE.search(opening):
        inclusive = before.group(1).lower() in ("until", "till", "up to", "by", "through")
        last = period.last if inclusive else period.first - timedelta(days=1)
        return _Limit(None, last, Span(before.start(), match.end()))
    after = _AFTER.search(opening)
    if after and not (after.group(1).lower() == "from" and _ITEMS.search(opening[: after.start()])):
        exclusive = after.group(1).lower() in ("after", "later than")
        first = period.last + timedelta(days=1) if exclusive else period.first
        return _Limit(first, None, Span(after.start(), match.end()))
    within = after or _WITHIN.search(opening)
    return _Limit(period.first, period.last, Span(within.start() if within else match.start(), match.end()))
