"""Periods: the days of the calendar that words such as “last week”, “10 July” or “early March” name."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import PartialDate
from bot.question.dates.words import DateWords


@dataclass(frozen=True, slots=True)
class Period:
    """The days from the first to the last."""

    first: date
    last: date


class Calendar:
    """Tells which days words name.  `days` are those of the coverage; `today` is what “yesterday” counts from."""

    def __init__(self, words: DateWords, days: Collection[PartialDate], today: date) -> None:
        self._words, self._days, self._today = words, days, today

    def resolve(self, match: re.Match[str], before: Period | None) -> Period | None:
        """Return the days that a match of the pattern of periods names, or None where the calendar has no such days.

        `before` are the days that they end with: a month without a year is of the same year as its end.
        """
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

    def _season(self, match: re.Match[str]) -> Period:
        first, last = self._words.seasons[match.group("season").lower()]
        stated = match.group("year3")
        year = int(stated) if stated else self._year(first, None, match.group("which3"))
        return Period(date(year, first, 1), PartialDate(year, last).last)

    def _day(self, match: re.Match[str], before: Period | None) -> PartialDate:
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

    def _weekday(self, number: int, last: bool) -> Period:
        """Return the latest such day of the week; “last Monday” is never today."""
        back = (self._today.weekday() - number) % 7
        day = self._today - timedelta(days=7 if last and not back else back)
        return Period(day, day)

    def _relative(self, match: re.Match[str]) -> Period:
        words, today = self._words, self._today
        if near := match.group("near"):
            day = today - timedelta(days=words.days_back[near.lower()])
            return Period(day, day)
        unit = match.group("unit1") or match.group("unit2") or match.group("unit3")
        number = match.group("count1") or match.group("count2")
        if number:
            count = int(number) if number.isdigit() else words.counts[number.lower()]
            back = timedelta(days=words.units[unit.lower()] * count)
            return self._around(today - back, unit.lower()) if match.group("ago") else Period(today - back, today)
        return self._calendar(unit.lower(), match.group("which1").lower() in words.last)

    def _around(self, day: date, unit: str) -> Period:
        """Return what “two weeks ago” can mean: the day itself, give or take half of the unit."""
        slack = timedelta(days=self._words.units[unit] // 2)
        return Period(day - slack, min(day + slack, self._today))

    def _calendar(self, unit: str, last: bool) -> Period:
        """Return this or the last day, week, month or year of the calendar."""
        today = self._today
        if unit == "day":
            return Period(today - timedelta(days=last), today)
        if unit == "week":
            monday = today - timedelta(days=today.weekday() + 7 * last)
            return Period(monday, monday + timedelta(days=6))
        if unit == "year":
            return _of(PartialDate(today.year - last))
        month = today.month - last
        return _of(PartialDate(today.year - (month < 1), month or 12))

    def _part(self, month: Period, part: str) -> Period:
        """Return the part of a month that is meant by “early”, “mid”, “late”, “the first half of”, “the end of”."""
        named = self._words.parts.get(part.rstrip("-").removeprefix("the ").strip())
        if month.first == month.last or named is None:
            return month
        first, last = (min(day, month.last.day) for day in named)
        return Period(month.first.replace(day=first), month.first.replace(day=last))


def _of(day: PartialDate) -> Period:
    return Period(day.first, day.last)
