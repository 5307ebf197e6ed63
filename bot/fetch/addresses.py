"""Addresses on the web: which may be fetched, and which hosts are public."""

import ipaddress
import re
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import httpx

from bot.errors import RefusedSource

#: Gives the IP addresses of a host as text; raises OSError where there are none.
Resolve = Callable[[str, int], Iterable[str]]

_LONGEST = 2000  # characters; the limit that browsers and servers have long kept to
_HTTP = ("http", "https")
_HOST = re.compile(r"[A-Za-z0-9._:-]+")
#: What Python takes for public, or some of its versions do: protocol assignments with Oracle's metadata service among
#: them, the end of 6to4, documentation (RFC 6890, 7526, 9637), and where Azure answers its own machines.
_NOT_PUBLIC = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20", "168.63.129.16/32")))
_EMBEDDED_V4 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))  # NAT64, and long deprecated


def read_address(text: str) -> httpx.URL:
    """Return an address without its fragment; raises RefusedSource for one that is not to be fetched."""
    if len(text) > _LONGEST:
        raise RefusedSource(text[:60] + "…", f"the address is longer than {_LONGEST} characters; please shorten it")
    try:
        url = httpx.URL(text.strip()).copy_with(fragment=None)
        if url.host and not _HOST.fullmatch(url.raw_host.decode("ascii")):
            raise ValueError("no host is called so")
        if url.port is not None and not 0 < url.port < 65536:
            raise ValueError("there is no such port")
    except (httpx.InvalidURL, ValueError) as error:
        raise RefusedSource(text, f"this is no address ({error}); please write it like https://host/page") from None
    if url.scheme not in _HTTP or not url.host:
        raise RefusedSource(text, "only http:// and https:// addresses are fetched; please write it like that")
    if url.userinfo:
        # The words before the @ are not repeated: they may be a password.
        shown = str(url.copy_with(username=None, password=None))
        raise RefusedSource(shown, "an address with a name or password in it is not fetched; please leave them out")
    return url


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet, also where one is wrapped in another."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and any(found in network for network in _EMBEDDED_V4):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found.is_site_local or found not in ipaddress.IPv6Network("2000::/3"):
            return False
    return found.is_global and not found.is_multicast and not any(found in network for network in _NOT_PUBLIC)


def system_resolve(host: str, port: int) -> list[str]:
    """Resolve a host as this machine does."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Doorkeeper:
    """Says to which IP addresses a host's name leads, and refuses what is not public.

    The hosts in `private` are let through, whatever their addresses.
    """

    private: frozenset[str] = frozenset()
    resolve: Resolve = system_resolve

    def addresses(self, host: str, port: int) -> list[str]:
        """Return the addresses to connect to; raises RefusedSource where any is not public or none is known."""
        try:
            found = list(dict.fromkeys(self.resolve(host, port)))
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise RefusedSource(host, "no host of this name is known; please check its spelling", passing=True)
        if host.lower() not in self.private and not all(map(is_public, found)):
            raise RefusedSource(
                host,
                "this host is not on the public internet; if it may be read all the same, "
                "name it in `private_hosts` of [fetch]",
            )
        return found

    def check_behind_proxy(self, host: str, port: int) -> None:
        """Refuse a host that this machine knows to be private.

        The proxy resolves the name once more and by itself: what it then connects to cannot be seen from here, nor
        can a name that only the proxy knows.
        """
        try:
            self.addresses(host, port)
        except RefusedSource as refusal:
            if not refusal.passing:
                raise
