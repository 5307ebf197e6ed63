"""The library and the word lists in use, and the one way to replace them.

A reload builds others beside them, checks the words of every quote that is new, and only then puts them in their place
with one assignment; whoever is answering meanwhile keeps what they began with.
"""

import gc
import re
import time
from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

from bot.analysis.analyst import Tables
from bot.errors import ConfigurationError, RefusedArticle, UsageError
from bot.model import LibraryFacts
from bot.question.words import QuestionWords
from bot.render.verbatim import article_of, words
from bot.search.library import Library


@dataclass(frozen=True, slots=True)
class Stock:
    """What questions are answered from: a library, and the word lists that the questions are read by."""

    library: Library
    words: QuestionWords


#: Builds a stock, taking over what it can from the one before.
Build = Callable[[Stock | None], Stock]
Told = Callable[[Library, Library | None], None]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An article whose text has changed, and the words of the quotes that it gained and lost."""

    article: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReloadReport:
    """What a reload changed: ids of articles, ids of quotes, and the libraries before and after."""

    before: LibraryFacts
    after: LibraryFacts
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    rewritten: tuple[Rewritten, ...]  # those of them that gained or lost quotes
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    refused: tuple[RefusedArticle, ...]

    @property
    def nothing_changed(self) -> bool:
        return not (self.added or self.removed or self.changed or self.gained or self.lost)


class Desk:
    """The stock in use.  `told` hears of every library that is put in use, and of the one before it."""

    def __init__(self, build: Build, told: Told | None = None) -> None:
        self._build, self._told = build, told
        self._reloading = Lock()
        self._stock, self._since = _checked(build, None), time.monotonic()
        self._tell(None)

    @property
    def stock(self) -> Stock:
        return self._stock

    @property
    def library(self) -> Library:
        return self._stock.library

    @property
    def age_seconds(self) -> float:
        """How long the library has been in use."""
        return time.monotonic() - self._since

    def reload(self) -> ReloadReport:
        """Replace the library and the word lists by new ones.  Where that fails, it raises and the old ones stay."""
        if not self._reloading.acquire(blocking=False):
            raise UsageError("a reload is already running; wait for it to end")
        try:
            old, new = self._stock, _checked(self._build, self._stock)
            self._stock, self._since = new, time.monotonic()
            self._tell(old.library)
        finally:
            self._reloading.release()
        return _report(old.library, new.library)

    def _tell(self, before: Library | None) -> None:
        if self._told:
            self._told(self.library, before)


def read_words(tables: Tables) -> QuestionWords:
    """Return the word lists that questions are read by; raises ConfigurationError for one that cannot be used."""
    try:
        return QuestionWords.from_tables(tables)
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise ConfigurationError(
            f"a word list for questions is not as expected ({type(error).__name__}: {error}); "
            "compare questions.toml, languages.toml, names.toml, given_names.toml and outlets.toml with those that "
            "came with the program"
        ) from None


def _checked(build: Build, before: Stock | None) -> Stock:
    try:
        with _uncollected(first=before is None):
            stock = build(before)
            library = stock.library
            for name in library.collection.analysed:
                for quote in library.quotes_of[name]:
                    words(article_of(library.articles, quote), quote)
    except OSError as error:
        raise ConfigurationError(
            f"{error.filename}: cannot be read ({error.strerror}); mend it and try again"
        ) from None
    return stock


@contextmanager
def _uncollected(*, first: bool) -> Iterator[None]:
    """Build without the garbage collector, which would look again and again at what stays: .6 s, not 1.7, of 3,530
    articles' analyses.  Afterwards it leaves them alone for good, and so, but for the first time, what is no longer
    needed has to go before: with every reload there would be more of it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        if not first:
            gc.collect()
        gc.freeze()
    finally:
        if enabled:
            gc.enable()


def _report(old: Library, new: Library) -> ReloadReport:
    names = new.differing(old)
    before, after = ({name: one.articles[name].sha256 for name in names & one.articles.keys()} for one in (old, new))
    changed = sorted(same for same in before.keys() & after.keys() if before[same] != after[same])
    gained, lost = _only_in(new, old, after), _only_in(old, new, before)
    rewritten = (Rewritten(name, _words(new, name, gained), _words(old, name, lost)) for name in changed)
    return ReloadReport(
        before=old.facts,
        after=new.facts,
        added=tuple(sorted(after.keys() - before.keys())),
        removed=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(changed),
        rewritten=tuple(one for one in rewritten if one.gained or one.lost),
        gained=tuple(sorted(gained)),
        lost=tuple(sorted(lost)),
        refused=new.refused,
    )


def _words(library: Library, name: str, ids: Set[str]) -> tuple[str, ...]:
    """Return the words of those quotes of an article that have one of these ids."""
    return tuple(words(library.articles[name], quote) for quote in library.quotes_of[name] if quote.id in ids)


def _only_in(one: Library, other: Library, names: Iterable[str]) -> set[str]:
    """Return the ids of the quotes of articles of one library that the other does not have."""
    return {quote.id for name in names for quote in one.quotes_of[name]} - {
        quote.id for name in names for quote in other.quotes_of.get(name, ())
    }
