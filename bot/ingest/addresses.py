"""Addresses of articles in one form, by which the same page is known again."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.errors import ConfigurationError

_PORTS = {"http": 80, "https": 443}
_HOSTS = ("www.", "m.", "amp.")


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
        host = next((parts.hostname.removeprefix(of) for of in _HOSTS if parts.hostname.startswith(of)), parts.hostname)
        if port not in (None, _PORTS[parts.scheme.lower()]):
            host += f":{port}"
        query = sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not self._tracks(pair[0]))
        return urlunsplit(("", host, parts.path.rstrip("/"), urlencode(query), "")).removeprefix("//")

    def _tracks(self, name: str) -> bool:
        low = name.lower()
        return low in self.tracking or any(low.startswith(of[:-1]) for of in self.tracking if of.endswith("*"))
