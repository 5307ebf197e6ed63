"""The days a question asks about."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seeds import TODAY, library, words

from bot.model import DateRange
from bot.question.dates.limits import DateReader, Days

READER = DateReader(words().dates, library().days, TODAY)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("in September 2024", date(2024, 9, 1), date(2024, 9, 30)),
        ("in September", date(2024, 9, 1), date(2024, 9, 30)),
        ("sept", date(2024, 9, 1), date(2024, 9, 30)),
        ("before August", None, date(2024, 7, 31)),
        ("until August 2024", None, date(2024, 8, 31)),
        ("by 10 July", None, date(2024, 7, 10)),
        ("on 10 July", date(2024, 7, 10), date(2024, 7, 10)),
        ("on July 10th", date(2024, 7, 10), date(2024, 7, 10)),
        ("on the 14th of July 2024", date(2024, 7, 14), date(2024, 7, 14)),
        ("since September", date(2024, 9, 1), None),
        ("after 1 August", date(2024, 8, 2), None),
        ("from July to September 2024", date(2024, 7, 1), date(2024, 9, 30)),
        ("between July and August 2024", date(2024, 7, 1), date(2024, 8, 31)),
        ("between 8 July and 13 July", date(2024, 7, 8), date(2024, 7, 13)),
        ("July-September", date(2024, 7, 1), date(2024, 9, 30)),
        ("on 2024-07-15", date(2024, 7, 15), date(2024, 7, 15)),
        ("in 2024-07", date(2024, 7, 1), date(2024, 7, 31)),
        ("in 2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("in summer 2024", date(2024, 6, 1), date(2024, 8, 31)),
        ("in the summer of 2024", date(2024, 6, 1), date(2024, 8, 31)),
        ("yesterday", date(2024, 9, 19), date(2024, 9, 19)),
        ("last week", date(2024, 9, 9), date(2024, 9, 15)),
        ("this month", date(2024, 9, 1), date(2024, 9, 30)),
        ("last month", date(2024, 8, 1), date(2024, 8, 31)),
        ("last year", date(2023, 1, 1), date(2023, 12, 31)),
        ("last July", date(2024, 7, 1), date(2024, 7, 31)),
        ("last November", date(2023, 11, 1), date(2023, 11, 30)),
        ("last summer", date(2024, 6, 1), date(2024, 8, 31)),
        ("on Monday", date(2024, 9, 16), date(2024, 9, 16)),
        ("last Friday", date(2024, 9, 13), date(2024, 9, 13)),
        ("the day before yesterday", date(2024, 9, 18), date(2024, 9, 18)),
        ("three days ago", date(2024, 9, 17), date(2024, 9, 17)),
        ("two weeks ago", date(2024, 9, 3), date(2024, 9, 9)),
        ("after the 14th of July", date(2024, 7, 15), None),
        ("before the 1st of August", None, date(2024, 7, 31)),
        ("from 10 to 15 July 2024", date(2024, 7, 10), date(2024, 7, 15)),
        ("between 10 and 15 July", date(2024, 7, 10), date(2024, 7, 15)),
        ("10-15 July 2024", date(2024, 7, 10), date(2024, 7, 15)),
        ("on 16.09.2024", date(2024, 9, 16), date(2024, 9, 16)),
        ("in the first half of July", date(2024, 7, 1), date(2024, 7, 15)),
        ("at the end of July 2024", date(2024, 7, 20), date(2024, 7, 31)),
        ("in mid-September", date(2024, 9, 10), date(2024, 9, 20)),
        ("in the last two weeks", date(2024, 9, 6), date(2024, 9, 20)),
        ("in the past 3 days", date(2024, 9, 17), date(2024, 9, 20)),
        ("between September and July 2024", date(2024, 7, 1), date(2024, 9, 30)),
        ("in July and in September", date(2024, 7, 1), date(2024, 9, 30)),
    ],
)
def test_words_for_days(text: str, since: date | None, until: date | None) -> None:
    days = READER.read(f"what did Stoltenberg say {text} about Russia")
    assert days.limit is not None
    assert (days.limit.since, days.limit.until) == (since, until)
    assert (days.without, bool(days.spans)) == (None, True)


@pytest.mark.parametrize(
    ("text", "limit", "without"),
    [
        ("not in September", None, DateRange(date(2024, 9, 1), date(2024, 9, 30))),
        ("except in September", None, DateRange(date(2024, 9, 1), date(2024, 9, 30))),
        ("but not on 14 July 2024", None, DateRange(date(2024, 7, 14), date(2024, 7, 14))),
        ("not before August", DateRange(date(2024, 8, 1), None), None),
        ("not after 1 August", DateRange(None, date(2024, 8, 1)), None),
        ("in 2024 but not in July", DateRange(date(2024, 1, 1), date(2024, 12, 31)),
         DateRange(date(2024, 7, 1), date(2024, 7, 31))),
    ],
)  # fmt: skip
def test_days_to_leave_out(text: str, limit: DateRange | None, without: DateRange | None) -> None:
    days = READER.read(f"what did Stoltenberg say {text} about Russia")
    assert (days.limit, days.without) == (limit, without)


@pytest.mark.parametrize(
    "text",
    [
        "who may use missiles",
        "may Ukraine strike",
        "did they march on Kyiv",
        "what did Jan Nowak say",
        "F-16 fighter jets",
        "the 24 hours before the strike",
        "on 31 June",
        "closed until spring",
        "in the last 99999999999999 days",
        "in the last 99999 years",
        "on 45 July 2024",
        "the Sunday Times",
        "a deal without a date",
    ],
)
def test_words_that_only_look_like_days(text: str) -> None:
    assert READER.read(text) == Days(None, None, [])


def test_articles_from_a_month_are_those_of_the_month() -> None:
    assert READER.read("quotes from July 2024").limit == READER.read("in July 2024").limit


def test_a_month_without_a_year_is_that_of_the_latest_coverage() -> None:
    assert READER.read("in July").limit == READER.read("in July 2024").limit


PIECES = ["in", "before", "since", "31", "2", "may", "May", "July", "2024", "and", "to", "-", "between", "last week"]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_reading_days_never_fails_and_marks_slices(text: str) -> None:
    days = READER.read(text)
    assert (days.limit is None and days.without is None) == (not days.spans)
    assert all(0 <= span.start < span.end <= len(text) for span in days.spans)
