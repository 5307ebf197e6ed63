"""What holds of every text, however its quotation marks, cues and names are mixed up."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from quote_samples import article_of, said

from bot.model import COVERAGE, Article, Block, BlockKind, Span
from bot.prose.marks import find_marked, hide
from bot.prose.words import SpeechWords
from bot.quotes.reader import QuoteReader, Reading
from bot.text import fold

Tables = Mapping[str, Mapping[str, Any]]

PIECES = [
    "“", "”", '"', "‘", "’", "'", "''", "``", "«", "»", "„", "\n", "\n\n", " ", ". ", ", ", ": ", "… ", " – ", "(", ")",
    "said", "said,", "adding,", "according to", "asked", "that", "he", "She", "his response", "while", "who", "not",
    "Jens Stoltenberg", "the NATO chief", "Anna Kowalska", "Boris", "U.S.", "Reuters", "The Secretary General", "Dr.",
    "the bridge is closed", "The bridge is closed", "We will not engage", "14 July", "Monday", "PENCE:", "—", "?", "!",
    "\ue000",
]  # fmt: skip
shuffled = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join) | st.lists(
    st.sampled_from(PIECES), max_size=40
).map("".join)
texts = shuffled | st.text(max_size=200)
relaxed = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check(article: Article, reading: Reading) -> None:
    """Assert all that every reading promises."""
    text = article.text
    coverage = [block.span for block in article.blocks if block.kind in COVERAGE]
    assert len(reading.passage_of) == len(reading.quotes)
    for passage in reading.passages:
        assert 0 <= passage.span.start < passage.span.end <= len(text)
    for quote, number in zip(reading.quotes, reading.passage_of, strict=True):
        optional = [span for span in (quote.cue, quote.source, quote.venue) if span]
        for span in (*quote.shown, *quote.contents, *quote.relays, *optional):
            assert 0 <= span.start < span.end <= len(text)
            assert any(block.holds(span) for block in coverage)
        if quote.kind == "direct":
            assert quote.contents == quote.shown
        else:
            assert all(any(shown.holds(content) for shown in quote.shown) for content in quote.contents)
        assert list(quote.contents) == sorted(quote.contents)
        assert 0 <= quote.certainty <= 1
        assert reading.passages[number].span.meets(quote.shown[0])
        for word in fold(quote.speaker or "").split():
            assert word in fold(text)  # a speaker is called as the article calls somebody
    marked = sorted(span for quote in reading.quotes if quote.kind != "indirect" for span in quote.contents)
    assert all(earlier.end < later.start for earlier, later in pairwise(marked))
    assert len({quote.id for quote in reading.quotes}) == len({quote.shown for quote in reading.quotes})
    assert len({quote.id for quote in reading.quotes}) == len(reading.quotes)


@relaxed
@given(text=texts)
def test_a_reading_of_any_text_keeps_its_promises(text: str, reader: QuoteReader) -> None:
    article = article_of(text)
    reading = reader.read(article)
    check(article, reading)
    assert reader.read(article) == reading


@relaxed
@given(
    paragraphs=st.lists(shuffled.map(lambda text: " ".join(text.split())).filter(bool), min_size=1, max_size=5),
    at=st.integers(0, 5),
    kind=st.sampled_from(["boilerplate", "teaser", "bio", "byline"]),
    furniture=shuffled.map(lambda text: " ".join(text.split())).filter(bool),
)
def test_what_stands_around_the_coverage_changes_no_quote(
    paragraphs: list[str], at: int, kind: BlockKind, furniture: str, reader: QuoteReader
) -> None:
    alone, text, blocks = "\n".join(paragraphs), "", list[Block]()
    for number, paragraph in enumerate([*paragraphs[:at], furniture, *paragraphs[at:]]):
        around = number == min(at, len(paragraphs))
        blocks.append(Block(kind if around else "body", Span(len(text), len(text) + len(paragraph))))
        text += paragraph + "\n"
    amid = article_of(text, blocks=tuple(blocks))
    plain = article_of(alone)
    assert [said(amid, quote) for quote in reader.read(amid).quotes] == [
        said(plain, quote) for quote in reader.read(plain).quotes
    ]


@relaxed
@given(text=texts)
def test_marks_stay_within_their_paragraph_and_masks_keep_the_length(text: str, tables: Tables) -> None:
    paragraphs = [block.span for block in article_of(text).blocks]
    marked = find_marked(text, paragraphs, SpeechWords.from_table(tables["speech"]).grammar)
    for one in marked:
        assert any(paragraph.holds(one.outer) for paragraph in paragraphs)
        assert one.outer.holds(one.inner)
        assert len(one.inner) > 0
    for earlier, later in pairwise(marked):
        assert earlier.outer.end <= later.outer.start
        if later.reopened:
            assert not earlier.closed
    assert len(hide(text, marked)) == len(text)


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_the_seed_articles_keep_them_too(
    name: str, articles: Mapping[str, Article], readings: Mapping[str, Reading]
) -> None:
    check(articles[name], readings[name])


@relaxed
@given(cut=st.integers(0, 6000), name=st.sampled_from(["000", "001", "002", "003", "004"]))
def test_an_article_cut_off_anywhere_is_read(
    cut: int, name: str, articles: Mapping[str, Article], reader: QuoteReader
) -> None:
    article = article_of(articles[name].text[cut:])
    check(article, reader.read(article))


def test_a_long_paragraph_of_marks_is_read_in_time(reader: QuoteReader) -> None:
    article = article_of("“the ' bridge \" is " * 2000 + "said Anna Kowalska, " * 500)
    check(article, reader.read(article))
