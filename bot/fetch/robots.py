"""What a site's robots.txt asks of this program, read once for a site (RFC 9309)."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import httpx
from protego import Protego

#: Gives the status and the body of an address; raises RefusedSource where nothing answers.
Read = Callable[[httpx.URL], tuple[int, bytes]]

_LONGEST_DELAY = 30.0  # seconds; a site that asks for more time between pages than this gets this


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks; `rules` is None where it asks nothing."""

    agent: str
    rules: Protego | None = None

    def allow(self, url: httpx.URL) -> bool:
        return self.rules is None or bool(self.rules.can_fetch(str(url), self.agent))

    @property
    def delay(self) -> float:
        asked = self.rules.crawl_delay(self.agent) if self.rules is not None else None
        return min(float(asked or 0), _LONGEST_DELAY)


class Robots:
    """The rules of the sites that were asked so far."""

    def __init__(self, agent: str, read: Read) -> None:
        # Sites address a program by its first word, without its version.
        self._agent, self._read = agent.partition("/")[0].strip() or agent, read
        self._known: dict[str, Rules] = {}
        self._lock = Lock()

    def of(self, url: httpx.URL) -> Rules:
        """Return the rules of an address's site.

        A site without the file asks nothing.  Raises RefusedSource where the file cannot be had just now: then the
        site is to be left alone.
        """
        place = url.copy_with(path="/robots.txt", query=None)
        with self._lock:
            known = self._known.get(str(place))
        if known is None:
            status, body = self._read(place)
            rules = Protego.parse(body.decode("utf-8", "replace").lstrip("\ufeff")) if status == 200 else None
            known = Rules(self._agent, rules)
            with self._lock:
                self._known[str(place)] = known
        return known
