"""Bytes become the letters that were meant, whatever is said about them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.fetch.charsets import decode

POLISH = "Żółw powiedział: „Zażółć gęślą jaźń”, a Władysław słuchał uważnie przez całą noc. "
RUSSIAN = "Министр сказал, что переговоры продолжатся завтра утром в столице страны. "
META = '<meta charset="{}">'


@pytest.mark.parametrize(
    ("text", "encoding", "stated", "meta"),
    [
        (POLISH, "utf-8", "utf-8", "utf-8"),
        (POLISH, "utf-8", "iso-8859-1", ""),  # the server is wrong
        (POLISH, "utf-8", "", "windows-1250"),  # the page is wrong
        (POLISH, "utf-8-sig", "iso-8859-2", ""),
        (POLISH, "utf-16", "utf-8", ""),
        (POLISH, "cp1250", "windows-1250", ""),
        (POLISH, "cp1250", "", "windows-1250"),
        ("Żółw powiedział: gęślą jaźń", "iso-8859-2", "no-such-charset", "iso-8859-2"),
        (RUSSIAN, "cp1251", "windows-1251", ""),
        (RUSSIAN, "koi8-r", "", "koi8-r"),
        ("“Yes,” he said — “naïve”", "cp1252", "iso-8859-1", ""),  # as the web means it
        ("记者说桥梁关闭", "gb18030", "gb2312", ""),
    ],
)
def test_what_a_page_says_is_weighed_against_its_bytes(text: str, encoding: str, stated: str, meta: str) -> None:
    page = (META.format(meta) if meta else "") + text
    assert decode(page.encode(encoding), stated or None) == (page, True)


def test_a_page_that_says_nothing_is_read_by_what_it_looks_like() -> None:
    assert decode((RUSSIAN * 20).encode("cp1251")) == (RUSSIAN * 20, True)


@pytest.mark.parametrize("name", ["utf-7", "idna", "unicode_escape", "rot13", "zlib", "undefined", "punycode"])
def test_what_is_no_charset_of_pages_is_not_believed(name: str) -> None:
    data = b"+ADw-script+AD4- \\u0041 caf\xe9"
    assert "<script>" not in decode(data, name)[0]
    assert "\\u0041" in decode(data, name)[0]


def test_letters_that_cannot_be_read_are_told() -> None:
    text, whole = decode(META.format("ascii").encode() + b"caf\x81 \xff\xfe", None)
    assert not whole
    assert "\ufffd" in text


def test_letters_that_the_page_lost_itself_are_its_own() -> None:
    assert decode("lost \ufffd letter".encode()) == ("lost \ufffd letter", True)


@given(data=st.binary(max_size=300), stated=st.one_of(st.none(), st.text(max_size=20)))
def test_no_bytes_and_no_name_are_a_crash(data: bytes, stated: str | None) -> None:
    text, whole = decode(data, stated)
    assert isinstance(text, str)
    assert isinstance(whole, bool)
