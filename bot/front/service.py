"""The bot as its front ends use it: configuration, library and word lists put together, and a clock.

A `Desk` holds the current Library.  A reload builds another one beside it, checks the words of every quote, and only
then puts it in its place with one assignment; whoever is answering meanwhile keeps the library they began with.
"""

import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from threading import Lock

from bot.answer.answering import answer, trace
from bot.errors import ConfigurationError, RefusedArticle, UsageError
from bot.model import Abstention, Answer, LibraryFacts
from bot.question.words import QuestionWords
from bot.render.verbatim import article_of, words
from bot.render.visible import lines
from bot.search.library import Library, build_library
from bot.settings import Config, load


def complain(message: object) -> None:
    """Tell the user something that is not data."""
    print(lines(f"coverage-bot: {message}"), file=sys.stderr)


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


class Desk:
    """The library in use, and the one way to replace it."""

    def __init__(self, build: Callable[[], Library]) -> None:
        self._build = build
        self._reloading = Lock()
        self._library = _checked(build)
        self._since = time.monotonic()

    @property
    def library(self) -> Library:
        return self._library

    @property
    def age_seconds(self) -> float:
        """How long the library has been in use."""
        return time.monotonic() - self._since

    def reload(self) -> ReloadReport:
        """Replace the library by a newly built one.  Where that fails, it raises and the old one stays."""
        if not self._reloading.acquire(blocking=False):
            raise UsageError("a reload is already running; wait for it to end")
        try:
            old, new = self._library, _checked(self._build)
            self._library, self._since = new, time.monotonic()
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


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer or an abstention, and how long it took."""

    outcome: Answer | Abstention
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that answering takes; `today` is None where it is the day of the question."""

    config: Config
    desk: Desk
    words: QuestionWords
    today: date | None = None

    @property
    def library(self) -> Library:
        return self.desk.library

    def ask(self, text: str, history: Sequence[str] = (), most: int | None = None, unfiltered: bool = False) -> Reply:
        """Answer a question; `most` statements are shown at once, or as many as the settings say.

        `unfiltered` answers it without the outlet, the relay and the days that it names.
        """
        begun = time.perf_counter()
        outcome = answer(
            self.desk.library,
            _encodable(text),
            [_encodable(earlier) for earlier in history],
            self.today or date.today(),
            self.words,
            most or self.config.settings.answer.statements,
            unfiltered,
        )
        return Reply(outcome, (time.perf_counter() - begun) * 1000)

    def trace(self, said: str) -> Reply:
        """Return whose words these are, and where they stand."""
        begun = time.perf_counter()
        outcome = trace(self.desk.library, _encodable(said), self.words, self.config.settings.answer.statements)
        return Reply(outcome, (time.perf_counter() - begun) * 1000)


def open_service(corpus: Path | None, config_file: Path | None, today: date | None = None) -> Service:
    """Read configuration and corpus.  Articles that cannot be read are named on stderr; the others are used."""
    config = load(config_file, corpus)
    desk = open_desk(config)
    for refused in desk.library.refused:
        complain(f"left out an article: {refused}")
    return Service(config, desk, read_words(config), today)


def read_words(config: Config) -> QuestionWords:
    """Return the word lists that questions are read by; raises ConfigurationError for one that cannot be used."""
    try:
        return QuestionWords.from_tables(config.tables)
    except (KeyError, TypeError, ValueError, AttributeError, re.error) as error:
        raise ConfigurationError(
            f"a word list for questions is not as expected ({type(error).__name__}: {error}); "
            "compare questions.toml, languages.toml, names.toml and outlets.toml with those that came with the program"
        ) from None


def open_desk(config: Config) -> Desk:
    """Read the corpus; on a terminal, say so while it takes."""
    search, limit = config.settings.search, config.settings.ingest.max_megabytes
    watched = sys.stderr is not None and sys.stderr.isatty()
    if watched:
        print("reading the articles …", end="", file=sys.stderr, flush=True)
    try:
        return Desk(partial(build_library, config.corpus, config.tables, k1=search.k1, b=search.b, max_megabytes=limit))
    finally:
        if watched:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _encodable(text: str) -> str:
    # JSON and argv can bring in halves of surrogate pairs, which no stemmer and no output can encode.
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
