"""Dates as front matter and pages write them, read to the precision that they state and no further."""

import re
from datetime import datetime, time, tzinfo

from dateutil import parser

from bot.model import PartialDate

_ISO = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})"
    r"(?:[T ] *([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\.[0-9]+)? ?(Z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?"
)
_YEAR = re.compile(r"(?<![0-9])(?:[0-9]{4}|[0-9]{8})(?![0-9])")
_AM_PM = re.compile(r"\b([ap])\.\s?m\.?(?!\w)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
# Two days that differ in everything: what is the same when either fills the gaps was stated.
_GAPS = (datetime(2000, 1, 1, 1, 1), datetime(2001, 2, 2, 2, 2))
_LONGEST = 60  # no date is longer, and dateutil need not look at what is


def read_date(value: str) -> PartialDate | None:
    """Return the date that a string states, or None when it states none, or could mean two."""
    value = _SPACE.sub(" ", value).strip()
    if len(value) > _LONGEST:
        return None
    if iso := _ISO.fullmatch(value):
        return _iso_date(iso)
    # What begins like ISO and is not must not be guessed at: dateutil takes 2024-31-12 for the last of December.
    if re.match(r"[0-9]{4}-", value) or not _YEAR.search(value):
        return None
    return _free_date(_AM_PM.sub(r"\1m", value))


def _iso_date(iso: re.Match[str]) -> PartialDate | None:
    year, month, day, clock, zone = iso.groups()
    try:
        if clock:
            time.fromisoformat(clock)
        stated = PartialDate(
            int(year), int(month) if month else None, int(day) if day else None, clock + (zone or "") if clock else None
        )
        return stated if stated.first <= stated.last else None
    except ValueError:
        return None


def _no_zone(name: str | None, offset: int | None) -> tzinfo | None:
    # EST and its like mean several zones; the hour stands as printed, and dateutil does not warn.
    return None


def _free_date(value: str) -> PartialDate | None:
    try:
        readings = [
            parser.parse(value, default=gap, dayfirst=dayfirst, tzinfos=_no_zone)
            for gap in _GAPS
            for dayfirst in (False, True)
        ]
    except (ValueError, OverflowError, TypeError, ArithmeticError):
        return None
    first, second = readings[0], readings[2]
    if first.date() != readings[1].date() or first.year != second.year:
        return None
    has_month, has_day = first.month == second.month, first.day == second.day
    has_time = (first.hour, first.minute) == (second.hour, second.minute)
    if (has_day and not has_month) or (has_time and not has_day) or first.year < 1000:
        return None
    clock = first.strftime("%H:%M:%S" if first.second else "%H:%M") if has_time else None
    return PartialDate(first.year, first.month if has_month else None, first.day if has_day else None, clock)
