"""The days that a question asks about: “in September 2024”, “before August”, “on 10 July”, “last week”."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import DateRange, PartialDate, Span

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}


#: Months that are verbs or names as well: they need a word such as “in” before them.
_AMBIGUOUS = frozenset({"may", "march", "mar", "jan", "dec", "sep"})
_NAME_FOLLOWS = re.compile(r" [A-Z]")


@dataclass(frozen=True, slots=True)
class _Period:
    first: date
    last: date


class DateReader:
    """Finds date filters.  A month or a day without a year is that of the latest coverage it can mean.

    `days` are the days that the coverage is of; `today` is what “yesterday” counts from.
    """

    def __init__(self, months: Mapping[str, int], days: Collection[PartialDate], today: date) -> None:
        self._months, self._days, self._today = months, days, today
        month = "|".join(sorted(months, key=len, reverse=True))
        day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
        year = r"(?:,?\s+(?P<year>(?:19|20)\d\d))?"
        self._period = re.compile(
            rf"(?:(?P<iso>(?:19|20)\d\d-\d\d(?:-\d\d)?)|{day}\s+(?:of\s+)?(?P<month>{month})\b\.?{year}|(?:early |late |mid[- ])?(?P<month2>{month})\b\.?(?:\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b)?"
            rf"(?:,?\s+(?P<year2>(?:19|20)\d\d))?|(?P<season>{'|'.join(_SEASONS)})(?:\s+(?:of\s+)?(?P<year4>(?:19|20)\d\d))?|(?P<year3>(?:19|20)\d\d)|(?P<relative>today|yesterday|(?:this|last) (?:week|month|year)))",
            re.IGNORECASE,
        )
        self._before = re.compile(
            r"\b(before|until|till|up to|prior to|by|earlier than|through)\s+(?:the (?:start|end) of\s+)?\Z",
            re.IGNORECASE,
        )
        self._after = re.compile(
            r"\b(after|since|from|starting(?: in| from)?|later than|as of|beginning(?: in)?)\s+(?:the (?:start|end) of\s+)?\Z",
            re.IGNORECASE,
        )
        self._within = re.compile(
            r"\b(?:back )?(in|on|during|of|for|around|dated|at|for)\s+(?:the month of\s+)?\Z", re.IGNORECASE
        )
        self._joins = re.compile(r"\s*(?:to|and|until|till|through|-|–)\s*\Z", re.IGNORECASE)
        self._between = re.compile(r"\b(?:between|from)\s+\Z", re.IGNORECASE)

    def read(self, text: str) -> tuple[DateRange | None, list[Span]]:
        """Return the range of days that a question names, and where it names them; None where it names none."""
        since: date | None = None
        until: date | None = None
        taken: list[Span] = []
        found = [match for match in self._period.finditer(text) if self._is_date(text, match)]
        number = 0
        while number < len(found):
            match = found[number]
            joined = (
                found[number + 1]
                if number + 1 < len(found) and self._joins.fullmatch(text[match.end() : found[number + 1].start()])
                else None
            )
            opened = self._between.search(text[: match.start()])
            if joined and (
                opened or "-" in text[match.end() : joined.start()] or "–" in text[match.end() : joined.start()]
            ):
                last = self._resolve(joined, None)
                first = self._resolve(match, last)
                if first and last:
                    since, until = first.first, last.last
                    taken.append(Span(opened.start() if opened else match.start(), joined.end()))
                number += 2
                continue
            period = self._resolve(match, None)
            if period:
                start = match.start()
                if before := self._before.search(text[:start]):
                    start = before.start()
                    inclusive = before.group(1).lower() in ("until", "till", "up to", "by", "through")
                    until = period.last if inclusive else period.first - timedelta(days=1)
                elif after := self._after.search(text[:start]):
                    start = after.start()
                    exclusive = after.group(1).lower() in ("after", "later than")
                    since = period.last + timedelta(days=1) if exclusive else period.first
                else:
                    if within := self._within.search(text[:start]):
                        start = within.start()
                    since, until = (
                        (min(since, period.first) if since else period.first),
                        (max(until, period.last) if until else period.last),
                    )
                taken.append(Span(start, match.end()))
            number += 1
        return (DateRange(since, until) if taken else None), taken

    def _is_date(self, text: str, match: re.Match[str]) -> bool:
        """Whether the words are a date: “may” and “march” are mostly verbs, a bare number is mostly none."""
        bare = match.group("month2")
        if bare and not match.group("day2") and not match.group("year2"):
            before = text[: match.start()]
            introduced = any(
                opening.search(before)
                for opening in (self._before, self._after, self._within, self._joins, self._between)
            )
            if bare.lower() in _AMBIGUOUS or _NAME_FOLLOWS.match(text, match.end()):
                return introduced
        if match.start() and (text[match.start() - 1].isalnum() or text[match.start() - 1] == "-"):
            return False
        return not (match.end() < len(text) and text[match.end()].isalnum())

    def _resolve(self, match: re.Match[str], before: "_Period | None") -> _Period | None:
        get = match.group
        try:
            if get("relative"):
                return self._relative(get("relative").lower())
            if get("iso"):
                year, month, *rest = map(int, get("iso").split("-"))
                return _of(PartialDate(year, month, rest[0] if rest else None))
            if get("season"):
                first, last = _SEASONS[get("season").lower()]
                year = int(get("year4") or self._year(first, None, before))
                return _Period(date(year, first, 1), PartialDate(year, last).last)
            if get("year3"):
                return _of(PartialDate(int(get("year3"))))
            month = self._months[(get("month") or get("month2")).lower()]
            day = get("day") or get("day2")
            stated = get("year") or get("year2")
            year = (
                int(stated)
                if stated
                else before.last.year
                if before
                else self._year(month, int(day) if day else None, None)
            )
            return _of(PartialDate(year, month, int(day) if day else None))
        except ValueError:
            return None

    def _year(self, month: int, day: int | None, before: "_Period | None") -> int:
        fitting = [
            known.year for known in self._days if known.month == month and (day is None or known.day in (None, day))
        ]
        fitting = (
            fitting
            or [known.year for known in self._days if known.month == month]
            or [known.year for known in self._days]
        )
        return max(fitting) if fitting else self._today.year

    def _relative(self, words: str) -> _Period:
        today = self._today
        if words in ("today", "yesterday"):
            day = today - timedelta(days=words == "yesterday")
            return _Period(day, day)
        back, unit = (1 if words.startswith("last") else 0), words.split()[1]
        if unit == "week":
            monday = today - timedelta(days=today.weekday() + 7 * back)
            return _Period(monday, monday + timedelta(days=6))
        if unit == "year":
            return _of(PartialDate(today.year - back))
        month = today.month - back
        return _of(PartialDate(today.year - (month < 1), month or 12))


def _of(day: PartialDate) -> _Period:
    return _Period(day.first, day.last)
