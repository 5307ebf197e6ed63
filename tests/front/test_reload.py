"""Reloading: the library is swapped whole, or stays as it is."""

from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from program import write_article

from bot.errors import ConfigurationError, UsageError, VerbatimError
from bot.model import Span
from bot.search.composing import build_library
from bot.settings import load
from bot.upkeep.desk import Build, Desk, Stock, read_words


@pytest.fixture
def build(corpus: Path) -> Build:
    tables = load(None, corpus).tables
    words = read_words(tables)

    def stock(before: Stock | None) -> Stock:
        return Stock(build_library(corpus, tables, k1=0.9, b=0.4, before=before and before.library), words)

    return stock


def test_a_reload_reports_what_changed(corpus: Path, build: Build) -> None:
    desk = Desk(build)
    before = desk.library
    write_article(corpus, "added", "“A tunnel is planned,” said Anna Kowalska.")
    write_article(corpus, "dated", "“We never said so,” said Jens Stoltenberg.")
    (corpus / "undated.md").unlink()
    (corpus / "broken.md").write_bytes(b"---\nid: broken\noutlet: [\n---\n\xff\xfe")
    report = desk.reload()
    assert (report.added, report.removed, report.changed) == (("added",), ("undated",), ("dated",))
    assert len(report.refused) == 1
    assert (report.before, report.after) == (before.facts, desk.library.facts)
    assert len(report.gained) >= 2
    assert set(report.lost) == {quote.id for quote in before.quotes} - {quote.id for quote in desk.library.quotes}
    assert before.articles.keys() == {"dated", "undated"}


def test_nothing_changed(build: Build) -> None:
    report = Desk(build).reload()
    assert [report.added, report.removed, report.changed, report.gained, report.lost] == [()] * 5


def test_a_library_that_misquotes_is_not_put_in_use(build: Build) -> None:
    desk = Desk(build)
    good = desk.library
    quote = good.quotes[0]
    wrong = replace(good, quotes_of={quote.article_id: (replace(quote, shown=(Span(0, 3),)),)})
    bad = Stock(wrong, desk.stock.words)
    for failure, raised in ((lambda _: bad, VerbatimError), (_unreadable, ConfigurationError), (_refused, UsageError)):
        desk._build = failure
        with pytest.raises(raised):
            desk.reload()
        assert desk.library is good
    desk._build = build
    assert desk.reload().after == good.facts


def _unreadable(before: Stock | None) -> Stock:
    raise PermissionError(13, "Permission denied", "corpus")


def _refused(before: Stock | None) -> Stock:
    raise UsageError("no")


def test_one_reload_at_a_time_while_the_old_library_answers(build: Build) -> None:
    desk = Desk(build)
    begun, go_on = Event(), Event()

    def slow(before: Stock | None) -> Stock:
        begun.set()
        go_on.wait(10)
        return build(before)

    desk._build = slow
    old = desk.library
    running = Thread(target=desk.reload)
    running.start()
    assert begun.wait(10)
    with pytest.raises(UsageError, match="already running"):
        desk.reload()
    assert desk.library is old
    go_on.set()
    running.join(10)
    assert desk.library is not old
