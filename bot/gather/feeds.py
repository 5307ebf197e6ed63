"""Lists of articles: RSS and Atom feeds, sitemaps, and the feeds that feeds.toml names."""

import gzip
import io
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urljoin

import feedparser
from lxml import etree

from bot.errors import ConfigurationError, RefusedSource

ListKind = Literal["feed", "sitemap", "index"]
_ROOTS: dict[str, ListKind] = {
    "rss": "feed", "feed": "feed", "RDF": "feed", "urlset": "sitemap", "sitemapindex": "index",
}  # fmt: skip
_PROLOGUE = re.compile(rb"(?:\s|\xef\xbb\xbf|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>]*>)*<(?:\w+:)?(\w+)", re.DOTALL)
_HEAD = 10_000  # bytes in which the first element is looked for
_LARGEST_UNPACKED = 50_000_000  # bytes, as the sitemap protocol has it


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to look at again and again, and what is wanted of it."""

    url: str
    outlet: str | None = None
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def wants(self, entry: "Entry") -> bool:
        """Whether an entry's title or address holds one of the words to include, if there are any, and none other."""
        about = f"{entry.title} {entry.url}".casefold()
        included = not self.include or any(word.casefold() in about for word in self.include)
        return included and not any(word.casefold() in about for word in self.exclude)


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a list names."""

    url: str
    title: str = ""
    changed: str = ""  # when it was changed last, in ISO 8601, where the list says so


def read_feeds(table: Mapping[str, object], file: str) -> tuple[Feed, ...]:
    """Return the feeds that a table of feeds.toml names; raises ConfigurationError that says what to mend."""
    listed = table.get("feeds", [])
    if set(table) - {"feeds"} or not isinstance(listed, list):
        raise ConfigurationError(f"{file}: there is something besides feeds; please write each under [[feeds]]")
    return tuple(_feed(row, f"{file}: feed {number}") for number, row in enumerate(listed, start=1))


def _feed(row: object, where: str) -> Feed:
    if not isinstance(row, dict) or not isinstance(row.get("url"), str):
        raise ConfigurationError(f'{where} has no address; please write url = "https://…"')
    if unknown := set(row) - {"url", "outlet", "include", "exclude"}:
        raise ConfigurationError(
            f"{where}: there is no {sorted(unknown)[0]!r}; there are url, outlet, include, exclude"
        )
    words = {name: row.get(name, []) for name in ("include", "exclude")}
    for name, value in words.items():
        if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
            raise ConfigurationError(f'{where}: {name} must be a list of words, such as ["nato", "/world/"]')
    outlet = row.get("outlet")
    if outlet is not None and (not isinstance(outlet, str) or not outlet.strip()):
        raise ConfigurationError(f"{where}: outlet must be a name, or be left out")
    return Feed(row["url"], outlet, tuple(words["include"]), tuple(words["exclude"]))


def kind_of_list(data: bytes) -> ListKind | None:
    """Return which kind of list some bytes are, if they are one."""
    found = _PROLOGUE.match(data[:_HEAD])
    return _ROOTS.get(found[1].decode("ascii", "replace")) if found else None


def unpacked(data: bytes, source: str) -> bytes:
    """Return a list that may come as a gzip file, as sitemaps do."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            plain = file.read(_LARGEST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error):
        raise RefusedSource(source, "the packed file is damaged") from None
    if len(plain) > _LARGEST_UNPACKED:
        raise RefusedSource(source, "the packed file is larger than a sitemap may be")
    return plain


def read_list(data: bytes, kind: ListKind, source: str) -> list[Entry]:
    """Return what a list at an address names, each once; what a sitemap names, the newest first.

    Raises RefusedSource where it names nothing.
    """
    try:
        found = _feed_entries(data) if kind == "feed" else _sitemap_entries(data)
        found = [replace(entry, url=_joined(source, entry.url)) for entry in found]
    except Exception as error:
        # A feed is whatever somebody's server writes, and its parser fails in ways that it does not list.
        raise RefusedSource(source, f"the list cannot be read ({type(error).__name__})", passing=True) from None
    if not found:
        raise RefusedSource(source, "the list names no articles", passing=True)
    return list({entry.url: entry for entry in reversed(found)}.values())[::-1]


def _joined(address: str, link: str) -> str:
    try:
        return urljoin(address, link)
    except ValueError:
        return link  # it is refused when it is to be fetched


def _feed_entries(data: bytes) -> list[Entry]:
    # As a file: a string of bytes could be taken for an address to go to.
    read = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    links = [(entry.get("link"), entry.get("title")) for entry in read.entries]
    return [Entry(link.strip(), str(title or "")) for link, title in links if isinstance(link, str) and link.strip()]


def _sitemap_entries(data: bytes) -> list[Entry]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root is None:
        return []
    found: list[Entry] = []
    for element in root.iterchildren("{*}url", "{*}sitemap"):
        address = (element.findtext("{*}loc") or "").strip()
        title = " ".join(node.text or "" for node in element.iter("{*}title"))
        if address:
            found.append(Entry(address, title, (element.findtext("{*}lastmod") or "").strip()))
    return sorted(found, key=lambda entry: entry.changed, reverse=True)
