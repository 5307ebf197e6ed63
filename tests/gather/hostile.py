"""Pages and feeds as nobody should write them, made from a seed: broken, nested, lying, and never the same."""

import json
import random
from collections.abc import Callable

import brotli
from website import ARTICLE, Answer

_WORDS = (
    "bridge", "closed", "“said”", "Kowalska", "żółw", "桥", "\u202e", "\x00", "\ufffd", "&amp;", "&#x80;", "&bogus;",
    "<![CDATA[", "]]>", "%s", "../../etc/passwd", "---", "\x1b[31m",
)  # fmt: skip
_TAGS = (
    "p", "div", "article", "section", "span", "q", "blockquote", "table", "tr", "td", "ul", "li", "h1", "script",
    "style", "title", "meta", "base", "link", "svg", "math", "template", "iframe", "form", "textarea", "frameset",
    "body", "html", "head", "br", "img", "a", "pre", "noscript", "object", "marquee", "time",
)  # fmt: skip
_ATTRIBUTES = (
    "class", "id", "href", "src", "style", "content", "property", "name", "datetime", "itemprop", "rel", "charset",
    "http-equiv", "xmlns", "hidden", "onload",
)  # fmt: skip
_VALUES = (
    "og:title", "og:url", "author", "article:published_time", "canonical", "application/ld+json",
    "../../../../tmp/x", "file:///etc/passwd", "http://169.254.169.254/", "http://[", "javascript:x", "2024-07-15",
    "99999999999", "share", "hidden", "utf-7", "refresh",
)  # fmt: skip
_TYPES = ("text/html", "text/html; charset=utf-7", "application/xml", "text/plain", "", "application/pdf", "x/" * 50)
_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d SYSTEM "file:///etc/passwd">]>'
)


def answer(seed: int, address: str) -> Answer:
    """Return what a hostile server says; `address` is its own, for feeds that lead to it again."""
    chance = random.Random(seed)
    make: Callable[[random.Random, str], bytes] = chance.choice((_page, _page, _article, _feed, _sitemap, _noise))
    body = make(chance, address)
    headers = {"Content-Type": chance.choice(_TYPES), "ETag": chance.choice(("", '"x"', "x" * 500))}
    if chance.random() < 0.1:
        body, headers["Content-Encoding"] = brotli.compress(body, quality=1), chance.choice(("br", "gzip", "x"))
    if chance.random() < 0.1:
        cut = chance.randrange(len(body) + 1)
        body = body[:cut] + chance.randbytes(chance.randrange(50)) + body[cut:]
    return chance.choice((200,) * 8 + (203, 404)), headers, body


def _words(chance: random.Random, most: int = 30) -> str:
    return " ".join(chance.choices(_WORDS, k=chance.randrange(most)))


def _element(chance: random.Random) -> str:
    named = " ".join(f'{chance.choice(_ATTRIBUTES)}="{chance.choice(_VALUES)}"' for _ in range(chance.randrange(4)))
    inside = json.dumps({"@type": "NewsArticle", "headline": _words(chance), "author": [[{}]], "url": {"@id": 5}})
    text = inside if chance.random() < 0.1 else _words(chance)
    return f"<{'/' * (chance.random() < 0.2)}{chance.choice(_TAGS)} {named}{'>' * (chance.random() < 0.97)}{text}"


def _page(chance: random.Random, address: str) -> bytes:
    if chance.random() < 0.03:
        tag = chance.choice(_TAGS)
        return (f"<{tag}>" * chance.choice((300, 5000)) + _words(chance, 200)).encode("utf-8", "replace")
    return "".join(_element(chance) for _ in range(chance.randrange(60))).encode("utf-8", "replace")


def _article(chance: random.Random, address: str) -> bytes:
    head = "".join(_element(chance) for _ in range(5))
    page = ARTICLE.format(title=_words(chance, 8), more=_element(chance), head=head)
    return page.encode(chance.choice(("utf-8", "cp1250", "utf-16", "utf-7")), "replace")


def _feed(chance: random.Random, address: str) -> bytes:
    links = [chance.choice((f"{address}/{chance.randrange(10**6)}", *_VALUES)) for _ in range(chance.randrange(3))]
    items = "".join(f"<item><title>{_words(chance, 5)}</title><link>{link}</link></item>" for link in links)
    start = chance.choice(("", '<?xml version="1.0" encoding="x"?>', _ENTITIES))
    return f"{start}<rss><channel>{items}{_element(chance)}</channel></rss>".encode("utf-8", "replace")


def _sitemap(chance: random.Random, address: str) -> bytes:
    kind, inner = chance.choice((("urlset", "url"), ("sitemapindex", "sitemap")))
    link = chance.choice((f"{address}/{chance.randrange(10**6)}", "&c;", "&d;", *_VALUES))
    start = chance.choice(("", _ENTITIES))
    return f"{start}<{kind}><{inner}><loc>{link}</loc>{_element(chance)}</{inner}></{kind}>".encode("utf-8", "replace")


def _noise(chance: random.Random, address: str) -> bytes:
    return chance.choice((b"", b"%PDF-1.7\n", b"\x1f\x8b", b"<", b"---\n", b"{")) + chance.randbytes(500)
