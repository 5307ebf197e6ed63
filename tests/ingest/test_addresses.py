"""Addresses of one page are one; addresses of two pages stay two."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.addresses import Addresses

TABLE = tomllib.loads((Path(__file__).parents[2] / "config" / "addresses.toml").read_text(encoding="utf-8"))
ADDRESSES = Addresses.from_table(TABLE)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a/b",
        "http://example.org/a/b",
        "https://www.example.org/a/b/",
        "HTTPS://Example.ORG:443/a/b#comments",
        "http://example.org:80/a/b",
        "https://m.example.org/a/b?utm_source=x&utm_medium=y",
        "https://example.org/a/b?fbclid=1",
        " https://example.org/a/b ",
    ],
)
def test_addresses_of_one_page(url: str) -> None:
    assert ADDRESSES.canonical(url) == "example.org/a/b"


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org/A", "example.org/A"),
        ("https://example.org/?id=2&a=1", "example.org?a=1&id=2"),
        ("https://example.org:8080/a", "example.org:8080/a"),
        ("https://news.example.org/a", "news.example.org/a"),
        ("https://example.org/a?q=", "example.org/a?q="),
        ("ftp://example.org/a", None),
        ("example.org/a", None),
        ("https://[broken/a", None),
        ("https://example.org:port/a", None),
    ],
)
def test_what_tells_pages_apart_stays(url: str, canonical: str | None) -> None:
    assert ADDRESSES.canonical(url) == canonical


@given(st.text())
def test_no_text_is_too_odd(url: str) -> None:
    ADDRESSES.canonical(url)


_URL = r"https?://[a-z]{1,9}\.org(/[a-z0-9]{1,5}){0,3}/?(\?[a-z]{1,3}=[a-z]{0,3}(&[a-z]{1,3}=x)?)?"


@given(st.from_regex(_URL, fullmatch=True))
def test_the_canonical_form_is_its_own(url: str) -> None:
    once = ADDRESSES.canonical(url)
    assert once is not None
    assert ADDRESSES.canonical(f"https://{once}") == once
