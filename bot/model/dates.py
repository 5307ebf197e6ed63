"""Dates as articles and questions state them: to the precision that is known, and ranges of days."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date to the precision that is stated: a year, a month or a day, with a time of day where it is given."""

    year: int
    month: int | None = None
    day: int | None = None
    time: str | None = None

    @classmethod
    def of(cls, day: date) -> "PartialDate":
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        if self.month is None:
            return date(self.year, 12, 31)
        if self.day is None:
            return date(self.year + self.month // 12, self.month % 12 + 1, 1) - timedelta(days=1)
        return date(self.year, self.month, self.day)

    def __str__(self) -> str:
        """ISO 8601, no more precise than what is known: `2024`, `2024-07`, `2024-07-15`, `2024-07-15T07:54`."""
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts) + (f"T{self.time}" if self.time else "")


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `since` to `until`, both included; an open end is None."""

    since: date | None = None
    until: date | None = None

    def admits(self, day: PartialDate) -> bool:
        """Whether all that is known of the day lies within the range."""
        return (self.since is None or day.first >= self.since) and (self.until is None or day.last <= self.until)

    def meets(self, other: "DateRange") -> bool:
        """Whether the ranges have a day in common."""
        return (self.since is None or other.until is None or self.since <= other.until) and (
            other.since is None or self.until is None or other.since <= self.until
        )

    def touches(self, day: PartialDate) -> bool:
        """Whether the day may lie within the range, as far as it is known."""
        return (self.since is None or day.last >= self.since) and (self.until is None or day.first <= self.until)
