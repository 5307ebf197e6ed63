"""The bot as its front ends use it: configuration, library and word lists put together, and a clock."""

import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from bot.answer.answering import AnswerWords, answer
from bot.front.admin import Desk
from bot.model import Abstention, Answer
from bot.render.visible import lines
from bot.search.library import Library, build_library
from bot.settings import Config, load


def complain(message: object) -> None:
    """Tell the user something that is not data."""
    print(lines(f"coverage-bot: {message}"), file=sys.stderr)


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
    words: AnswerWords
    today: date | None = None

    @property
    def library(self) -> Library:
        return self.desk.library

    def ask(self, text: str, history: Sequence[str] = (), most: int | None = None) -> Reply:
        """Answer a question; `most` statements are shown at once, or as many as the settings say."""
        begun = time.perf_counter()
        outcome = answer(
            self.desk.library,
            _encodable(text),
            [_encodable(earlier) for earlier in history],
            self.today or date.today(),
            self.words,
            most or self.config.settings.answer.statements,
        )
        return Reply(outcome, (time.perf_counter() - begun) * 1000)


def open_service(corpus: Path | None, config_file: Path | None, today: date | None = None) -> Service:
    """Read configuration and corpus.  Articles that cannot be read are named on stderr; the others are used."""
    config = load(config_file, corpus)
    desk = open_desk(config)
    for refused in desk.library.refused:
        complain(f"left out an article: {refused}")
    return Service(config, desk, AnswerWords.from_tables(config.tables), today)


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
