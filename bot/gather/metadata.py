"""What a page states about itself, and which of its tags said so.

What no tag states stays absent.  Nothing is read out of an address, and nothing is guessed where two articles are
described on one page and neither is plainly this one.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement

from bot.errors import RefusedSource
from bot.fetch.addresses import read_address
from bot.ingest.addresses import Addresses, same_site
from bot.ingest.dates import read_date

_ARTICLE = re.compile(r"(?:[A-Za-z]*NewsArticle|Article|BlogPosting|LiveBlogPosting|Report|ReportageNewsArticle)\Z")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]+)?\Z")
_LONGEST = 500  # characters; whatever is longer is no headline, name or date
_DEEPEST = 12  # tables within tables of JSON-LD
_BY = re.compile(r"\A\s*by:?\s+", re.IGNORECASE)
_SITE_SUFFIX = r"\s+[|–—·-]\s+{}\s*\Z"
#: Tags that state a field, the more reliable ones first, after JSON-LD.
_TAGS: dict[str, tuple[str, ...]] = {
    "headline": ("og:title", "twitter:title"),
    "outlet": ("og:site_name",),
    "author": ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator"),
    "published": (
        "article:published_time", "og:article:published_time", "datePublished", "parsely-pub-date", "dc.date.issued",
        "dc.date", "dcterms.created", "pubdate", "publish-date", "sailthru.date", "date",
    ),
}  # fmt: skip


@dataclass(slots=True)
class Stated:
    """Fields of an article with what stated each."""

    fields: dict[str, str] = field(default_factory=dict)
    by: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)  # what whoever adds the page should know of it

    def offer(self, name: str, value: object, by: str) -> None:
        """Take a value for a field that has none yet, if it is one."""
        text = " ".join(value.split()) if isinstance(value, str) else ""
        if text and name not in self.fields and len(text) <= _LONGEST:
            self.fields[name], self.by[name] = text, by


def read_metadata(tree: HtmlElement, fetched_from: str | None, addresses: Addresses) -> Stated:
    """Return what a page states; `fetched_from` is where it was fetched, if it was."""
    stated = Stated()
    meta = _meta(tree)
    _offer_address(stated, tree, meta, fetched_from, addresses)
    articles = list(_articles(_json_ld(tree)))
    described = _described(articles, stated.fields.get("url"), addresses)
    _offer_described(stated, described)
    stated.notes += _notes(articles, described, meta)
    for name, tags in _TAGS.items():
        for tag in tags:
            for value in meta.get(tag.lower(), ()):
                _offer(stated, name, value, tag)
    for element in tree.iterfind(".//time[@datetime]"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            _offer(stated, "published", element.get("datetime"), "<time>")
    headings = tree.findall(".//h1")
    if len(headings) == 1:
        stated.offer("headline", headings[0].text_content(), "<h1>")
    _offer_language(stated, tree, described)
    _drop_site_name(stated)
    return stated


def _meta(tree: HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iterfind(".//meta[@content]"):
        for name in {element.get("property"), element.get("name"), element.get("itemprop")} - {None}:
            found.setdefault(str(name).strip().lower(), []).append(element.get("content"))
    return found


def _offer_address(
    stated: Stated, tree: HtmlElement, meta: dict[str, list[str]], fetched_from: str | None, addresses: Addresses
) -> None:
    """Take the address that the page gives as its own.

    A page that was fetched speaks for its own site only: else any page could take the place of another's article.
    """
    links = [link for link in tree.iterfind(".//link[@href]") if "canonical" in (link.get("rel") or "").lower().split()]
    offers = [("link rel=canonical", link.get("href")) for link in links[:1]]
    offers += [("og:url", value) for value in meta.get("og:url", ())[:1]]
    for by, value in offers:
        try:
            base = read_address(fetched_from) if fetched_from else None
            url = read_address(str(base.join(value.strip())) if base else value)
        except (RefusedSource, ValueError, TypeError):
            continue
        # A front page is no article's address, though some pages give it as theirs.
        lone = url.path in ("", "/") and not url.query and (base is None or base.path not in ("", "/"))
        if not lone and (base is None or same_site(url.host, base.host)):
            stated.offer("url", addresses.without_tracking(str(url)), by)
    if fetched_from:
        own = addresses.without_tracking(str(read_address(fetched_from)))
        stated.offer("url", own, "the address it was fetched from")


def _described(articles: Sequence[dict[str, Any]], address: str | None, addresses: Addresses) -> dict[str, Any]:
    """Return what JSON-LD says of the page's article: the one with its address, or else the only one."""
    if address is not None:
        own = [one for one in articles if addresses.key(address) in map(addresses.key, _stated_addresses(one))]
        if own:
            return own[0]
        articles = [one for one in articles if not any(_stated_addresses(one))]
    return articles[0] if len(_headlines(articles)) == 1 else {}


def _headlines(articles: Iterable[dict[str, Any]]) -> set[str]:
    return {str(one.get("headline")) for one in articles}


def _json_ld(tree: HtmlElement) -> Iterator[Any]:
    for script in tree.iterfind(".//script[@type]"):
        if script.get("type", "").strip().lower() == "application/ld+json":
            try:
                yield json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue


def _articles(values: Iterable[Any], depth: int = 0) -> Iterator[dict[str, Any]]:
    for value in values:
        if isinstance(value, list) and depth < _DEEPEST:
            yield from _articles(value, depth + 1)
        elif isinstance(value, dict):
            if any(isinstance(kind, str) and _ARTICLE.match(kind) for kind in _listed(value.get("@type"))):
                yield value
            elif depth < _DEEPEST:
                yield from _articles([value.get("@graph"), value.get("mainEntity")], depth + 1)


def _stated_addresses(article: dict[str, Any]) -> list[str]:
    page = article.get("mainEntityOfPage")
    found = [article.get("url"), page.get("@id") if isinstance(page, dict) else page, article.get("@id")]
    return [value for value in found if isinstance(value, str) and "://" in value]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _offer_described(stated: Stated, article: dict[str, Any]) -> None:
    _offer(stated, "headline", article.get("headline"), "JSON-LD headline")
    _offer(stated, "published", article.get("datePublished"), "JSON-LD datePublished")
    _offer(stated, "outlet", _names(article.get("publisher")), "JSON-LD publisher")
    _offer(stated, "author", _names(article.get("author")), "JSON-LD author")


def _notes(articles: Sequence[dict[str, Any]], article: dict[str, Any], meta: dict[str, list[str]]) -> Iterator[str]:
    """Yield what to know of a page whose JSON-LD describes articles, one of them as its own or none."""
    if not article and (several := len(_headlines(articles))) > 1:
        yield f"the page describes {several} articles and none plainly as its own; nothing of that is taken"
    free = str(article.get("isAccessibleForFree", "")).rpartition("/")[2].lower()
    if free == "false" or "locked" in meta.get("article:content_tier", ()):
        yield "the page says that it is for subscribers; this may be its beginning alone"
    if "LiveBlogPosting" in _listed(article.get("@type")):
        yield "the page is a live blog; add it again for what comes later"


def _names(value: Any) -> str:
    """Return the names of people or organisations, in their order."""
    names = [one.get("name") if isinstance(one, dict) else one for one in _listed(value)]
    flat = [name for one in names for name in _listed(one) if isinstance(name, str) and name.strip()]
    return ", ".join(dict.fromkeys(" ".join(name.split()) for name in flat if "://" not in name))


def _offer(stated: Stated, name: str, value: object, by: str) -> None:
    """Offer a value that may be of the wrong sort: addresses stand for names, and dates may be of no day."""
    if not isinstance(value, str) or (name == "author" and ("://" in value or value.startswith("@"))):
        return
    if name == "published" and read_date(value) is None:
        return
    stated.offer(name, _BY.sub("", value) if name == "author" else value, by)


def _offer_language(stated: Stated, tree: HtmlElement, article: dict[str, Any]) -> None:
    offers = (
        (article.get("inLanguage"), "JSON-LD inLanguage"),
        (tree.getroottree().getroot().get("lang"), "<html lang>"),
    )
    for value, by in offers:
        if isinstance(value, str) and (code := _LANGUAGE.match(value.strip())):
            stated.offer("language", code[1].lower(), by)


def _drop_site_name(stated: Stated) -> None:
    """Take the outlet's name off the end of a headline, where pages write it for the title of a window."""
    headline, outlet = stated.fields.get("headline"), stated.fields.get("outlet")
    if headline and outlet and stated.by["headline"] != "JSON-LD headline":
        stated.fields["headline"] = re.sub(_SITE_SUFFIX.format(re.escape(outlet)), "", headline) or headline
