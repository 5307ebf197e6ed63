"""What an article says of having been corrected goes with its quotes wherever they are shown."""

import csv
import sys
from dataclasses import replace

import pytest
from render_samples import FACTS, QUESTION, article, quote, span

from bot.model import Answer, Article, Quote, Statement
from bot.render import as_json, message, terminal
from bot.render.citation import citation, csv_head, csv_row, markdown_row
from bot.render.provenance import Look

NOTICE = "Correction: An earlier version of this story misstated the day."
TEXT = f"“The bridge is closed,” said Anna Kowalska.\n\n{NOTICE}"


@pytest.fixture
def corrected() -> Article:
    plain = article("a", TEXT, outlet="Daily Post")
    return replace(plain, notices=(span(plain, NOTICE),))


@pytest.fixture
def said(corrected: Article) -> Quote:
    return quote(corrected, "direct", "The bridge is closed,", speaker="Anna Kowalska")


def answered(article: Article, quote: Quote) -> Answer:
    return Answer(QUESTION, "One statement", FACTS, (Statement(quote.id, (quote,)),), articles={article.id: article})


def test_in_a_terminal(
    corrected: Article, said: Quote, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "110")
    paper = terminal.paper(sys.stdout)
    for block in terminal.outcome(answered(corrected, said), Look()):
        paper.print(block)
    assert f"the outlet notes: {NOTICE}" in " ".join(capsys.readouterr().out.split())  # however wide the terminal


def test_in_a_message(corrected: Article, said: Quote) -> None:
    [shown] = message.messages(answered(corrected, said), Look())
    assert f"the outlet notes: {NOTICE}" in shown.text


def test_in_json(corrected: Article, said: Quote) -> None:
    assert as_json.quote(corrected, said)["article"]["notices"] == [NOTICE]
    assert "notices" not in as_json.quote(replace(corrected, notices=()), said)["article"]


def test_in_what_is_pasted(corrected: Article, said: Quote) -> None:
    assert citation(corrected, said, 0.7).endswith(f"[the outlet notes: {NOTICE}]")
    assert NOTICE in markdown_row(corrected, said, 0.7)
    [row] = csv.DictReader([csv_head(), csv_row(corrected, said)])
    assert row["notices"] == NOTICE
