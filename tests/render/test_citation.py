"""Lines and rows to paste elsewhere."""

import csv

from render_samples import ARTICLES, EUROMAIDAN, HOSTILE, HOSTILE_QUOTE, MIXED, QUOTES
from syrupy.assertion import SnapshotAssertion

from bot.model import PartialDate
from bot.render.citation import COLUMNS, citation, csv_head, csv_row, markdown_row
from bot.render.provenance import long_date, short_date
from bot.render.verbatim import words


def test_citations(snapshot: SnapshotAssertion) -> None:
    assert "\n".join(citation(ARTICLES[quote.article_id], quote, 0.7) for quote in QUOTES) == snapshot


def test_a_reported_sentence_is_cited_as_the_outlets() -> None:
    cited = citation(EUROMAIDAN, MIXED, 0.7)
    assert "— Euromaidan Press, 15 Jul 2024, on like123.com, reporting probably Jens Stoltenberg" in cited


def test_markdown_rows(snapshot: SnapshotAssertion) -> None:
    rows = [markdown_row(ARTICLES[quote.article_id], quote, 0.7) for quote in QUOTES]
    assert "\n".join(rows) == snapshot
    assert all("\n" not in row for row in rows)


def test_csv_holds_the_words_as_they_are() -> None:
    text = "\n".join([csv_head(), *(csv_row(ARTICLES[quote.article_id], quote) for quote in QUOTES)])
    head, *rows = csv.reader(text.splitlines(keepends=True))
    assert tuple(head) == COLUMNS
    assert [row[2] for row in rows] == [words(ARTICLES[quote.article_id], quote) for quote in QUOTES]
    assert csv_row(HOSTILE, HOSTILE_QUOTE).count("\n") == 1  # the quoted line break of the words


def test_dates_are_no_more_precise_than_what_is_known() -> None:
    days = PartialDate(2024, 7, 4), PartialDate(2024, 7), PartialDate(2024)
    assert [long_date(day) for day in days] == ["4 July 2024", "July 2024", "2024"]
    assert [short_date(day) for day in days] == ["4 Jul 2024", "Jul 2024", "2024"]
