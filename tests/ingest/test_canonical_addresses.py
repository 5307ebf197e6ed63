"""Addresses of one page are one; addresses of two pages stay two."""

import pytest
from canonical import ADDRESSES
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.addresses import same_site


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
    ADDRESSES.canonical(f"https://{url}")


_URL = r"https?://[a-z]{1,9}\.org(/[a-z0-9]{1,5}){0,3}/?(\?[a-z]{1,3}=[a-z]{0,3}(&[a-z]{1,3}=x)?)?"


@given(st.from_regex(_URL, fullmatch=True))
def test_the_canonical_form_is_its_own(url: str) -> None:
    once = ADDRESSES.canonical(url)
    assert once is not None
    assert ADDRESSES.canonical(f"https://{once}") == once


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://x.example/a", "http://www.x.example/a/", True),
        ("https://x.example/a", "https://x.example/a?utm_source=feed&fbclid=1#top", True),
        ("https://X.example/a", "https://x.example/a", True),
        ("https://x.example:443/a", "https://x.example/a", True),
        ("https://x.example/a?id=1", "https://x.example/a?id=2", False),
        ("https://x.example/a", "https://x.example/A", False),
        ("https://x.example/a", "https://x.example:8080/a", False),
        ("https://x.example/a", "https://y.example/a", False),
        ("https://x.example/a%2Fb", "https://x.example/a/b", False),
        ("https://x.example/żółw", "https://x.example/%C5%BC%C3%B3%C5%82w", True),
        ("https://żółw.example/a", "https://xn--w-uga1v8h.example/a", True),
        ("https://www.m.x.example/a", "https://x.example/a", True),
        ("https://m.com/a", "https://amp.com/a", False),
        ("no address", "no other address", False),
    ],
)
def test_when_two_addresses_are_one_pages(one: str, other: str, same: bool) -> None:
    assert (ADDRESSES.key(one) == ADDRESSES.key(other)) is same


def test_what_tracks_readers_is_left_out_of_an_address() -> None:
    url = "https://x.example/a?utm_source=x&id=1&fbclid=2"
    assert ADDRESSES.without_tracking(url) == "https://x.example/a?id=1"
    assert ADDRESSES.without_tracking("https://x.example/a?gclid=2") == "https://x.example/a"
    assert ADDRESSES.without_tracking("https://x.example/a?b=%20c") == "https://x.example/a?b=%20c"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("m.x.example", "www.x.example", True),
        ("amp.x.example", "x.example", True),
        ("y.example", "x.example", False),
        ("x.example.evil.example", "x.example", False),
    ],
)
def test_hosts_of_one_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same
