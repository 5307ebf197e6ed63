"""Dates are read to the precision they state, and not at all where they could mean two days."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.dates import read_date


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("2024", "2024"),
        ("2024-07", "2024-07"),
        ("2024-07-15", "2024-07-15"),
        ("2024-07-15 07:54", "2024-07-15T07:54"),
        ("2024-07-15T23:20:56+00:00", "2024-07-15T23:20:56+00:00"),
        ("2024-07-15T23:20:56.123Z", "2024-07-15T23:20:56Z"),
        ("15 July 2024", "2024-07-15"),
        ("Jul 15th, 2024", "2024-07-15"),
        ("July 2024", "2024-07"),
        ("15/07/2024", "2024-07-15"),
        ("9:24 p.m. EDT, Tue June 4, 2024", "2024-06-04T21:24"),
        ("2099-01-01", "2099-01-01"),
        ("07/08/2024", None),
        ("2024-13-45", None),
        ("2024-02-30", None),
        ("2024-31-12", None),
        ("2024-07-15 25:00", None),
        ("9999-12", None),
        ("0000", None),
        ("yesterday", None),
        ("July 14", None),
        ("12:30 2024", None),
        ("", None),
        ("1720000000", None),
        ("２０２４", None),
        ("July 15, 2024 in Kyiv, where it rained all day and nobody came out", None),
    ],
)
def test_dates_are_read_as_stated(value: str, read: str | None) -> None:
    stated = read_date(value)
    assert (stated and str(stated)) == read


@given(st.text(max_size=70) | st.from_regex(r"[0-9 /:.,+JulMayepT-]{4,30}", fullmatch=True))
def test_no_text_breaks_the_reader_and_every_date_has_its_days(value: str) -> None:
    stated = read_date(value)
    assert stated is None or stated.first <= stated.last
