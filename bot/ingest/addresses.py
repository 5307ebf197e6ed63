"""Addresses of articles in one form, by which the same page is known again."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote_plus, urlencode, urlsplit, urlunsplit

from bot.errors import ConfigurationError

_PORTS = {"http": 80, "https": 443}
_BEFORE_HOSTS = re.compile(r"\A(?:(?:www|m|amp|mobile)\.)+(?=[^.]+\.)")
_KEPT_IN_PATHS = "/%:@!$&'()*+,;=~"  # as RFC 3986 has them; what is escaped already stays as it is


@dataclass(frozen=True, slots=True)
class Addresses:
    """What of an address says nothing about the page: names of parameters, with a `*` at the end for any ending."""

    tracking: frozenset[str]

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> "Addresses":
        """Build it from the parsed TOML, or say what cannot be used."""
        names = table.get("tracking", [])
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ConfigurationError("config/addresses.toml: tracking must be a list of names between quotation marks")
        return cls(frozenset(name.lower() for name in names))

    def canonical(self, url: str) -> str | None:
        """Return what all addresses of a page have in common, or None for what is no address of the web.

        The host in small letters and without `www.`, no scheme, default port, fragment or final slash, and only the
        parameters that can tell one page from another, in the order of their names.  It is for comparing, not opening.
        """
        try:
            parts = urlsplit(url.strip())
            port = parts.port
        except ValueError:
            return None
        if parts.scheme.lower() not in _PORTS or not parts.hostname:
            return None
        host = bare_host(parts.hostname)
        if ":" in host:
            host = f"[{host}]"
        if port not in (None, _PORTS[parts.scheme.lower()]):
            host += f":{port}"
        path = quote(parts.path.rstrip("/"), safe=_KEPT_IN_PATHS, errors="surrogatepass")
        query = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not self._tracks(pair[0]))
        asked = urlencode(query, errors="surrogatepass")
        return urlunsplit(("", host, path, asked, "")).removeprefix("//")

    def key(self, address: str) -> str:
        """Return the canonical form, or the address as it is where it is none of the web."""
        return self.canonical(address) or address

    def without_tracking(self, url: str) -> str:
        """Return an address of the web without the parameters that only track readers, and else as it is."""
        parts = urlsplit(url)
        asked = parts.query.split("&")
        kept = [one for one in asked if not self._tracks(unquote_plus(one.partition("=")[0]))]
        return urlunsplit(parts._replace(query="&".join(kept)))

    def _tracks(self, name: str) -> bool:
        low = name.lower()
        return low in self.tracking or any(low.startswith(of[:-1]) for of in self.tracking if of.endswith("*"))


def same_site(one: str, other: str) -> bool:
    """Whether two hosts are one site's, as far as their names alone say it: `www.`, `m.` and `amp.` stand before."""
    return bare_host(one) == bare_host(other)


def bare_host(host: str) -> str:
    """Return a host in small letters, without what stands before it for phones and the like, as ASCII where it can."""
    low = host.lower()
    with suppress(UnicodeError):
        low = low if low.isascii() else low.encode("idna").decode("ascii")
    return _BEFORE_HOSTS.sub("", low)
