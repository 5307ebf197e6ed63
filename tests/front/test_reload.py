"""Reloading: the library is swapped whole, or stays as it is."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event, Thread
from weakref import ref

import pytest
from program import write_article

from bot.errors import ConfigurationError, UsageError, VerbatimError
from bot.front.administration import told
from bot.front.service import open_service
from bot.model import Span
from bot.render.verbatim import words
from bot.search.composing import build_library
from bot.settings import load, shipped
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
    [dated] = report.rewritten
    assert (dated.article, dated.gained) == ("dated", ("We never said so,",))
    assert set(dated.lost) == {words(before.articles["dated"], quote) for quote in before.quotes_of["dated"]}
    assert "dated gained: We never said so," in told(report)


def test_what_a_reload_replaced_takes_no_memory(corpus: Path, build: Build) -> None:
    desk = Desk(build)
    library = desk.library
    library.warm_up()
    old = [ref(library), ref(library.linked.register), ref(library.linked.register._gathered)]
    del library
    write_article(corpus, "added", "“A tunnel is planned,” said Anna Kowalska.")
    desk.reload()
    assert [one() for one in old] == [None] * 3


def test_nothing_changed(build: Build) -> None:
    report = Desk(build).reload()
    assert [report.added, report.removed, report.changed, report.gained, report.lost] == [()] * 5


def test_a_library_that_misquotes_is_not_put_in_use(build: Build) -> None:
    desk = Desk(build)
    good = desk.library
    quote = good.quotes[0]
    quotes_of = {**good.quotes_of, quote.article_id: (replace(quote, shown=(Span(0, 3),)),)}
    wrong = replace(good, linked=replace(good.linked, quotes_of=quotes_of))
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


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """A configuration of its own, with a word list that a test can change."""
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "bot.toml").write_text(f'[state]\nfolder = "{tmp_path / "state"}"\n')
    (folder / "speech.toml").write_bytes((shipped() / "config" / "speech.toml").read_bytes())
    (folder / "questions.toml").write_bytes((shipped() / "config" / "questions.toml").read_bytes())
    return folder / "bot.toml"


def test_a_reload_reads_the_word_lists_again(corpus: Path, settings: Path) -> None:
    write_article(corpus, "odd", "Piotr Wilk yodeled that the bridge is open.")
    service = open_service(corpus, settings)
    before = service.desk.stock
    assert "Piotr Wilk" not in service.library.quotes_by
    speech = settings.with_name("speech.toml")
    speech.write_text(speech.read_text().replace("\nsay = [", '\nsay = ["yodel", ', 1))
    report = service.desk.reload()
    assert "Piotr Wilk" in service.library.quotes_by
    assert len(report.gained) == 1
    assert service.desk.stock.words is not before.words


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("speech.toml", "say = [", r"speech\.toml:1: this is not TOML"),
        ("speech.toml", "say = []", r"speech\.toml: a word list lacks the key"),
        ("questions.toml", "x = 1", "a word list for questions"),
        ("layout.toml", "labls = []", r"layout\.toml: there is no list called 'labls'"),
    ],
)
def test_a_malformed_word_list_is_named_and_everything_stays(
    corpus: Path, settings: Path, file: str, text: str, told: str
) -> None:
    service = open_service(corpus, settings)
    before = service.desk.stock
    settings.with_name(file).write_text(text)
    with pytest.raises(ConfigurationError, match=told):
        service.desk.reload()
    assert service.desk.stock is before


def test_a_quote_of_a_removed_article_is_withdrawn_on_that_day(corpus: Path, settings: Path) -> None:
    service = open_service(corpus, settings, date(2026, 11, 22), remember=True)
    [quote] = service.library.quotes_of["undated"]
    assert service.withdrawn(quote.id) is None
    (corpus / "undated.md").unlink()
    service.desk.reload()
    assert service.withdrawn(quote.id) == date(2026, 11, 22)
    again = open_service(corpus, settings, date(2026, 11, 23))
    assert again.withdrawn(quote.id) == date(2026, 11, 22)
    assert again.withdrawn("neverexisted") is None


def test_a_program_that_stays_reloads_by_itself_where_it_is_told_to(corpus: Path, settings: Path) -> None:
    settings.write_text(settings.read_text() + "[ingest]\nwatch = 1\n")
    service = open_service(corpus, settings, remember=True)
    write_article(corpus, "added", "“A tunnel is planned,” said Anna Kowalska.")
    deadline = time.monotonic() + 20
    while "added" not in service.library.articles and time.monotonic() < deadline:
        time.sleep(0.05)
    assert "added" in service.library.articles
