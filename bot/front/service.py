"""The bot as its front ends use it: configuration, library and word lists put together, and a clock."""

import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event, Thread

from bot.answer.answering import answer, trace
from bot.errors import CoverageError
from bot.model import Abstention, Answer
from bot.render.visible import lines
from bot.search.composing import build_library, keep
from bot.search.library import Library
from bot.settings import Config, corpus_state, load, read_word_lists
from bot.state.history import History
from bot.state.shelf import Shelf
from bot.upkeep.desk import Desk as Desk
from bot.upkeep.desk import ReloadReport as ReloadReport
from bot.upkeep.desk import Stock, Told, read_words
from bot.upkeep.watching import Seen, look, watch

_BAR = 30  # characters


def complain(message: object) -> None:
    """Tell the user something that is not data."""
    print(lines(f"coverage-bot: {message}"), file=sys.stderr)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer or an abstention, and how long it took."""

    outcome: Answer | Abstention
    elapsed_ms: float


@dataclass(slots=True)
class Reading:
    """How far the reading of articles has come; nothing is being read where `total` is 0."""

    done: int = 0
    total: int = 0

    def note(self, done: int, total: int) -> None:
        self.done, self.total = (done, total) if done < total else (0, 0)
        if sys.stderr is not None and sys.stderr.isatty():
            _show(done, total)


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that answering takes; `today` is None where it is the day of the question."""

    config: Config
    desk: Desk
    history: History
    today: date | None = None
    reading: Reading = field(default_factory=Reading)

    @property
    def library(self) -> Library:
        return self.desk.library

    def withdrawn(self, quote_id: str) -> date | None:
        """Return the day on which a quote was found to be gone; None where it is there, or was never known."""
        return None if self.library.quote(quote_id) else self.history.withdrawn(quote_id)

    def close(self) -> None:
        """Keep what reloads have put together, for the next start."""
        keep(self.library)

    def ask(self, text: str, history: Sequence[str] = (), most: int | None = None, unfiltered: bool = False) -> Reply:
        """Answer a question; `most` statements are shown at once, or as many as the settings say.

        `unfiltered` answers it without the outlet, the relay and the days that it names.
        """
        begun, stock = time.perf_counter(), self.desk.stock
        outcome = answer(
            stock.library,
            _encodable(text),
            [_encodable(earlier) for earlier in history],
            self.today or date.today(),
            stock.words,
            most or self.config.settings.answer.statements,
            unfiltered,
        )
        return Reply(outcome, (time.perf_counter() - begun) * 1000)

    def trace(self, said: str) -> Reply:
        """Return whose words these are, and where they stand."""
        begun, stock = time.perf_counter(), self.desk.stock
        outcome = trace(stock.library, _encodable(said), stock.words, self.config.settings.answer.statements)
        return Reply(outcome, (time.perf_counter() - begun) * 1000)


def open_service(
    corpus: Path | None, config_file: Path | None, today: date | None = None, *, remember: bool = False
) -> Service:
    """Read configuration and corpus.  Articles that cannot be read are named on stderr; the others are used.

    `remember` is for programs that stay: they note in the state folder which articles and quotes there are, now and
    after every reload, and reload by themselves where `watch` of [ingest] says so.
    """
    config = load(config_file, corpus)
    history = History(corpus_state(config, "history.db"), complain)

    def note(library: Library, before: Library | None) -> None:
        among = library.differing(before) if before else None
        names = library.articles.keys() if among is None else among & library.articles.keys()
        history.record(
            {name: library.articles[name].sha256 for name in names},
            {name: frozenset(quote.id for quote in library.quotes_of[name]) for name in names},
            today or date.today(),
            among,
        )

    watching = remember and config.settings.ingest.watch > 0
    seen = look(_watched(config)) if watching else {}
    reading = Reading()
    desk = open_desk(config, note if remember else None, reading, stays=remember)
    for refused in desk.library.refused:
        complain(f"left out an article: {refused}")
    if watching:
        Thread(target=_keep_watching, args=(config, desk, seen), daemon=True).start()
    return Service(config, desk, history, today, reading)


def _watched(config: Config) -> tuple[Path, ...]:
    return config.corpus, config.file.parent


def _keep_watching(config: Config, desk: Desk, seen: Seen) -> None:
    def reload() -> None:
        try:
            report = desk.reload()
        except CoverageError as error:
            complain(f"files have changed, and nothing was put in use: {error}")
            return
        if not report.nothing_changed:
            complain(f"files have changed: {report.after.articles} articles, {report.after.quotes} quotes in use")

    watch(_watched(config), config.settings.ingest.watch, seen, reload, Event())  # as long as the program runs


def open_desk(config: Config, told: Told | None = None, reading: Reading | None = None, *, stays: bool = False) -> Desk:
    """Read the word lists and the corpus; on a terminal, show how far it is, and note it in `reading`."""
    shelf = Shelf(corpus_state(config, "analyses.db"), complain)
    return Desk(partial(_build, config, shelf, reading or Reading(), stays), told)


def _build(config: Config, shelf: Shelf, reading: Reading, stays: bool, before: Stock | None) -> Stock:
    """Return the stock of the folders as they are; the settings are those of the start.

    In a program that stays, no question waits for what the library still puts together.
    """
    tables = read_word_lists(config.file) if before else config.tables
    words, search = read_words(tables), config.settings.search
    library = build_library(
        config.corpus,
        tables,
        k1=search.k1,
        b=search.b,
        max_megabytes=config.settings.ingest.max_megabytes,
        before=before.library if before else None,
        keeper=shelf,
        progress=reading.note,
    )
    if stays:
        library.warm_up()
    return Stock(library, words)


def _show(done: int, total: int) -> None:
    """Draw a bar on stderr; when it is full, wipe it away."""
    full = _BAR * done // total
    bar = f"reading the articles [{'#' * full}{'.' * (_BAR - full)}] {done:,} of {total:,}"
    print(f"\r{bar}" if done < total else "\r\x1b[K", end="", file=sys.stderr, flush=True)


def _encodable(text: str) -> str:
    # JSON and argv can bring in halves of surrogate pairs, which no stemmer and no output can encode.
    return re.sub("[\ud800-\udfff]", "\ufffd", text)
