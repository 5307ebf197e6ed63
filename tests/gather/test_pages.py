"""What is read of a page: its paragraphs as they stand, and what it states of itself, with the tag that says so."""

import contextlib
import json
import time

import pytest
from canonical import ADDRESSES
from website import article

from bot.errors import RefusedSource
from bot.gather.pages import read_html

PLACE = "https://daily-post.example/2024/bridge"
LONG = "The bridge over the river has been closed for repairs since the start of the month, the city said. "


def page(body: str, head: str = "") -> bytes:
    filler = "".join(f"<p>{LONG}{number}</p>" for number in range(3))
    return f"<html><head>{head}</head><body><article>{filler}{body}{filler}</article></body></html>".encode()


def read(body: str) -> list[str]:
    paragraphs = read_html(page(body), ADDRESSES)[0].rstrip("\n").split("\n\n")
    return paragraphs[3:-3]


def stated(head: str, fetched_from: str | None = PLACE) -> dict[str, tuple[str, str]]:
    found = read_html(page("", head), ADDRESSES, None, fetched_from)[1]
    return {name: (value, found.by[name]) for name, value in found.fields.items()}


def test_the_article_is_told_from_the_page_around_it() -> None:
    text, found = read_html(article("Bridge to stay closed"), ADDRESSES, "utf-8", PLACE)
    paragraphs = text.rstrip("\n").split("\n\n")
    assert paragraphs[0] == "Bridge to stay closed"
    assert len(paragraphs) == 4
    assert "Home" not in text
    assert "rights reserved" not in text
    assert found.fields["outlet"] == "Daily Post"


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        (f"<p>{LONG}</p><p>{LONG}2</p>", [LONG.strip(), LONG + "2"]),
        (f"<p>One <b>bold</b>, <a href=x>linked</a> word. {LONG}</p>", [f"One bold, linked word. {LONG.strip()}"]),
        (f"<p>{LONG}<br><br>{LONG}2</p>", [LONG.strip(), LONG + "2"]),
        (f"<p>“It is closed<br>until spring.” {LONG}</p>", [f"“It is closed until spring.” {LONG.strip()}"]),
        (f"<p>{LONG}<br>{LONG}2</p>", [LONG.strip(), LONG + "2"]),
        (f"<p>{LONG}\n\n   spaced\n  out</p>", [f"{LONG}spaced out"]),
        (f"<p>She said <q>it is <i>closed</i></q>. {LONG}</p>", [f"She said “it is closed”. {LONG}".strip()]),
        (f"<blockquote><p>{LONG}</p><p>{LONG}2</p></blockquote>", [LONG.strip(), LONG + "2"]),
        (f"<ul><li>{LONG}</li><li>{LONG}2</li></ul>", [LONG.strip(), LONG + "2"]),
        (f"<script>var x = '{LONG}';</script><style>p {{}}</style><p>{LONG}</p>", [LONG.strip()]),
    ],
)  # fmt: skip
def test_paragraphs_are_kept_as_paragraphs(body: str, paragraphs: list[str]) -> None:
    assert read(body) == paragraphs


@pytest.mark.parametrize("hiding", ['class="share"', 'class="newsletter"', 'id="ad"', "hidden", 'style="display:none"'])
def test_no_sentence_has_a_hole_where_a_word_is_marked_up_like_furniture(hiding: str) -> None:
    sentence = f"“It is closed,” said <span {hiding}>Maria</span> Kowalska, the mayor. {LONG}"
    assert read(f"<p>{sentence}</p>") in ([f"“It is closed,” said Maria Kowalska, the mayor. {LONG}".strip()], [])


@pytest.mark.parametrize("body", ["", "<p></p>", "<p>Short.</p>", "<div><script>x</script></div>"])
def test_a_page_without_an_article_is_refused(body: str) -> None:
    with pytest.raises(RefusedSource, match="no article is found"):
        read_html(f"<html><body>{body}</body></html>".encode(), ADDRESSES)


def test_a_page_with_letters_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(RefusedSource, match="not in the charset"):
        read_html(page(f"<p>Caf\x81. {LONG}</p>").replace(b"\xc2\x81", b"\x81\xfe"), ADDRESSES, "ascii")


@pytest.mark.parametrize(
    "huge",
    [
        "<p>x</p>" * 500_000, "<p>" + "x<br>" * 500_000, "<a href=x>y</a> " * 100_000, "<div>" * 500_000,
        "<ul>" + "<li>x" * 500_000, f"<p {' '.join(f'a{n}=b' for n in range(300_000))}>x", "<q>" * 500_000,
        "<p>" + "word " * 500_000, "<" * 1_000_000, "<!--" * 500_000, "<table><tr><td>" * 100_000,
        '<script type="application/ld+json">' + "[" * 1_000_000 + "</script>",
    ],
    ids=lambda huge: huge[:20],
)  # fmt: skip
def test_no_page_keeps_the_program_busy(huge: str) -> None:
    begun = time.process_time()
    with contextlib.suppress(RefusedSource):
        read_html(huge.encode(), ADDRESSES, None, PLACE)
    assert time.process_time() - begun < 10  # seconds; the slowest takes about one


# Metadata


def ld(**values: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle"} | values)}</script>'


def meta(name: str, content: str, kind: str = "property") -> str:
    return f'<meta {kind}="{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "name", "value", "by"),
    [
        (ld(headline="Bridge"), "headline", "Bridge", "JSON-LD headline"),
        (ld(headline="Bridge") + meta("og:title", "Other"), "headline", "Bridge", "JSON-LD headline"),
        (meta("og:title", "Bridge  closed"), "headline", "Bridge closed", "og:title"),
        (meta("og:title", "Bridge | Post") + meta("og:site_name", "Post"), "headline", "Bridge", "og:title"),
        ("<h1>Bridge <b>closed</b></h1>", "headline", "Bridge closed", "<h1>"),
        (ld(publisher={"name": "Daily Post"}), "outlet", "Daily Post", "JSON-LD publisher"),
        (meta("og:site_name", "Daily Post"), "outlet", "Daily Post", "og:site_name"),
        (ld(author=[{"name": "Anna Nowak"}, {"name": "Jan Kos"}]), "author", "Anna Nowak, Jan Kos", "JSON-LD author"),
        (ld(author="Anna Nowak"), "author", "Anna Nowak", "JSON-LD author"),
        (meta("author", "By Anna Nowak", "name"), "author", "Anna Nowak", "author"),
        (ld(datePublished="2024-07-15T07:54:00Z"), "published", "2024-07-15T07:54:00Z", "JSON-LD datePublished"),
        (meta("article:published_time", "2024-07-15"), "published", "2024-07-15", "article:published_time"),
        (meta("datePublished", "2024-07-15", "itemprop"), "published", "2024-07-15", "datePublished"),
        ('<time itemprop="datePublished" datetime="2024-07-15">Monday</time>', "published", "2024-07-15", "<time>"),
        ('<link rel="canonical" href="/2024/bridge?utm_source=x">', "url", PLACE, "link rel=canonical"),
        (meta("og:url", "https://www.daily-post.example/b"), "url", "https://www.daily-post.example/b", "og:url"),
        ("", "url", PLACE, "the address it was fetched from"),
        (ld(inLanguage="pl-PL"), "language", "pl", "JSON-LD inLanguage"),
        ('<script type="application/ld+json">{"@graph": [{"@type": ["Thing", "Article"], "headline": "B"}]}</script>',
         "headline", "B", "JSON-LD headline"),
    ],
)  # fmt: skip
def test_what_a_page_states_and_which_tag_says_so(head: str, name: str, value: str, by: str) -> None:
    assert stated(head)[name] == (value, by)


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("", "published"), ("", "author"), ("", "outlet"), ("", "language"), ("", "headline"),
        (meta("article:published_time", "07/08/2024"), "published"),  # of two days
        (meta("article:published_time", "soon"), "published"),
        (meta("article:modified_time", "2024-07-15"), "published"),
        (ld(dateModified="2024-07-15"), "published"),
        (meta("article:author", "https://social.example/anna"), "author"),
        (meta("author", "@anna", "name"), "author"),
        (ld(headline="One") + ld(headline="Two"), "headline"),  # neither is plainly this page's
        (ld(headline="One", url="https://daily-post.example/another"), "headline"),
        ("<h1>One</h1><h1>Two</h1>", "headline"),
        ("<title>Bridge - Daily Post</title>", "headline"),  # the window's, not the article's
        ('<script type="application/ld+json">{"@type": "NewsArticle", headline}</script>', "headline"),
        ('<script type="application/ld+json">' + "[" * 5000 + "</script>", "headline"),
        (meta("og:title", "x" * 2000), "headline"),
    ],
)  # fmt: skip
def test_what_a_page_does_not_state_stays_absent(head: str, name: str) -> None:
    assert name not in stated(head)


def test_a_date_in_an_address_is_no_date_of_publication() -> None:
    assert "published" not in stated("", "https://daily-post.example/2024/07/15/bridge")


def test_of_several_described_articles_the_one_with_the_pages_address_is_this_one() -> None:
    other = ld(headline="Another", url="https://daily-post.example/other")
    assert stated(other + ld(headline="This", mainEntityOfPage={"@id": PLACE}))["headline"][0] == "This"


@pytest.mark.parametrize(
    "href", ["https://kyivindependent.com/stoltenberg", "https://daily-post.example.evil.example/a", "file:///x",
             "https://daily-post.example/", "http://[", "javascript:x"],
)  # fmt: skip
def test_a_page_cannot_claim_the_address_of_another_site(href: str) -> None:
    assert stated(f'<link rel="canonical" href="{href}">')["url"] == (PLACE, "the address it was fetched from")


def test_a_saved_page_speaks_for_itself() -> None:
    head = '<link rel="canonical" href="https://daily-post.example/2024/bridge">'
    assert stated(head, None)["url"][0] == PLACE
    assert "url" not in stated("", None)
