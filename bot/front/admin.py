"""What an administrator may do: reload the corpus while people go on asking.  Knows of no front end.

A `Desk` holds the current Library.  A reload builds another one beside it, checks the words of every quote, and only
then puts it in its place with one assignment; whoever is answering meanwhile keeps the library they began with.
"""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from bot.errors import ConfigurationError, RefusedArticle, UsageError
from bot.model import LibraryFacts
from bot.render.verbatim import article_of, words
from bot.search.library import Library


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What a reload changed: ids of articles, ids of quotes, and the libraries before and after."""

    before: LibraryFacts
    after: LibraryFacts
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    refused: tuple[RefusedArticle, ...]

    @property
    def quotes_gained(self) -> int:
        return len(self.gained)

    @property
    def quotes_lost(self) -> int:
        return len(self.lost)


class Desk:
    """The library in use, and the one way to replace it."""

    def __init__(self, build: Callable[[], Library]) -> None:
        self._build = build
        self._reloading = Lock()
        self._library = _checked(build)

    @property
    def library(self) -> Library:
        return self._library

    def reload(self) -> ReloadReport:
        """Replace the library by a newly built one.  Where that fails, it raises and the old one stays."""
        if not self._reloading.acquire(blocking=False):
            raise UsageError("a reload is already running; wait for it to end")
        try:
            old, new = self._library, _checked(self._build)
            self._library = new
        finally:
            self._reloading.release()
        return _report(old, new)


def _checked(build: Callable[[], Library]) -> Library:
    try:
        library = build()
    except OSError as error:
        raise ConfigurationError(
            f"{error.filename}: cannot be read ({error.strerror}); mend it and try again"
        ) from None
    for quote in library.quotes:
        words(article_of(library.articles, quote), quote)
    return library


def _report(old: Library, new: Library) -> ReloadReport:
    before = {identity: article.sha256 for identity, article in old.articles.items()}
    after = {identity: article.sha256 for identity, article in new.articles.items()}
    quotes_before, quotes_after = ({quote.id for quote in library.quotes} for library in (old, new))
    return ReloadReport(
        before=old.facts,
        after=new.facts,
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(same for same in before.keys() & after.keys() if before[same] != after[same])),
        gained=tuple(sorted(quotes_after - quotes_before)),
        lost=tuple(sorted(quotes_before - quotes_after)),
        refused=new.refused,
    )
