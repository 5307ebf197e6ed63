"""What a library is put together from, and how it is told apart from another."""

from pathlib import Path

import pytest
from seeds import article, config, library, library_of

from bot.errors import ConfigurationError
from bot.model import PartialDate
from bot.search.composing import build_library

SAID = "NATO chief Jens Stoltenberg opened the bridge.\n\n“The bridge is open,” said Stoltenberg.\n\nHe left at noon."


def test_the_shipped_corpus_is_the_five_articles() -> None:
    facts = library().facts
    assert facts.articles == 5
    assert facts.quotes == len(library().quotes) == len({quote.id for quote in library().quotes})
    assert library().refused == ()


def test_every_quote_lies_in_its_passage_and_in_one_statement() -> None:
    found = library()
    for quote in found.quotes:
        passage = found.passages[found.passage_of[quote.key]]
        assert passage.article_id == quote.article_id
        assert passage.span.start <= quote.shown[0].start < passage.span.end
        assert quote in found.statement_of(quote).quotes
    assert sum(len(statement.quotes) for statement in found.statements) == len(found.quotes)


def test_no_passage_lies_in_the_furniture_of_a_page() -> None:
    for passage in library().passages:
        blocks = library().articles[passage.article_id].of_kind("standfirst", "subhead", "body")
        assert any(block.span.holds(passage.span) for block in blocks)


def test_a_block_quote_is_searched_with_the_sentence_that_leads_in() -> None:
    found = library()
    for quote in found.quotes:
        text = found.article(quote).text
        if "We have seen different models" in quote.contents[0].of(text):
            lead_in = found.passages[found.passage_of[quote.key]].lead_in
            assert lead_in is not None
            assert "NATO membership" in lead_in.of(text)


def test_the_revision_changes_with_words_and_with_metadata() -> None:
    one = library_of(article("a", SAID)).facts.revision
    assert library_of(article("a", SAID)).facts.revision == one
    assert library_of(article("a", SAID.replace("noon", "ten"))).facts.revision != one
    assert library_of(article("a", SAID, published=PartialDate(2024, 7))).facts.revision != one


def test_a_position_is_in_the_passage_that_holds_it_or_the_last_before() -> None:
    found = library_of(article("a", SAID), article("b", SAID))
    for number, passage in enumerate(found.passages):
        for position in (passage.span.start, passage.span.end - 1, passage.span.end):
            assert found.passage_at(passage.article_id, position) == number


def test_a_copy_of_an_article_keeps_its_quotes_in_the_statements_of_the_first() -> None:
    found = library_of(article("a", SAID, outlet="Herald"), article("b", SAID, outlet="Post"))
    assert len(found.quotes) == len({quote.id for quote in found.quotes}) == 2 * len(found.statements)
    assert found.quote(found.quotes[0].id) == found.quotes[0]


def test_an_empty_corpus_is_a_library(tmp_path: Path) -> None:
    empty = build_library(tmp_path, config().tables, k1=0.9, b=0.4)
    assert (empty.facts.articles, empty.facts.quotes, len(empty.passages)) == (0, 0, 0)


def test_a_word_list_without_a_key_is_named(tmp_path: Path) -> None:
    tables = dict(config().tables) | {"speech": {"say": ["say"]}}
    with pytest.raises(ConfigurationError, match="think"):
        build_library(tmp_path, tables, k1=0.9, b=0.4)


def test_a_surname_means_its_most_quoted_bearer_first() -> None:
    text = "Anna Nowak said the bridge is open. Anna Nowak said it is safe.\n\nJan Nowak said the bridge is closed."
    entries = library_of(article("a", text)).names.entries
    assert [named.name for named in entries[("nowak",)]] == ["Anna Nowak", "Jan Nowak"]


def test_outlets_are_known_with_and_without_their_article() -> None:
    entries = library().names.entries
    assert {named.kind for named in entries[("kyiv", "independent")]} == {"outlet"}
    assert entries[("the", "kyiv", "independent")] == entries[("kyiv", "independent")]
    assert {named.kind for named in entries[("politico",)]} == {"relay"}
