"""The check at the moment of display: nothing but the article's own words gets out."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from render_samples import ABSTENTION, ANSWER, ARTICLES, DIRECT, EUROMAIDAN, HEADLINE, POLAND, QUOTES

from bot.errors import VerbatimError
from bot.model import Article, Quote, QuoteKind, Span, Statement, quote_id, text_hash
from bot.render import as_json, citation, terminal
from bot.render.verbatim import pieces, slice_of, words


@st.composite
def quotes(draw: st.DrawFn) -> tuple[Article, Quote]:
    """An article and a sound quote of it."""
    text = draw(st.text(min_size=4, max_size=60))
    cuts = draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=8, unique=True).map(sorted))
    spans = tuple(Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False))
    article = Article("a", text_hash(text), text)
    kind: QuoteKind = draw(st.sampled_from(["direct", "mixed", "indirect", "narration", "headline"]))
    return article, Quote(quote_id(article, spans), "a", kind, spans)


@given(quotes())
def test_every_shown_quote_is_a_slice(pair: tuple[Article, Quote]) -> None:
    article, quote = pair
    assert pieces(article, quote) == tuple(article.text[span.start : span.end] for span in quote.shown)
    assert words(article, quote) == " ".join(article.text[span.start : span.end] for span in quote.shown)


@given(quotes(), st.lists(st.tuples(st.integers(-80, 80), st.integers(-80, 80)), min_size=1, max_size=4))
def test_any_corrupted_span_raises(pair: tuple[Article, Quote], other: list[tuple[int, int]]) -> None:
    article, quote = pair
    spans = tuple(Span(*ends) for ends in other)
    assume(spans != quote.shown)
    with pytest.raises(VerbatimError):
        words(article, replace(quote, shown=spans))


@given(quotes(), st.integers(0, 59), st.characters())
def test_a_text_that_is_not_the_one_that_was_read_raises_and_so_do_other_words(
    pair: tuple[Article, Quote], place: int, letter: str
) -> None:
    article, quote = pair
    changed = article.text[:place] + letter + article.text[place + 1 :]
    assume(changed != article.text)
    with pytest.raises(VerbatimError):
        words(replace(article, text=changed), quote)
    assume(any(span.start <= place < span.end for span in quote.shown))
    with pytest.raises(VerbatimError):
        words(replace(article, text=changed, sha256=text_hash(changed)), quote)


@pytest.mark.parametrize(
    "spans", [((0, 4), (2, 6)), ((5, 9), (0, 4)), ((3, 3),), ((-3, 4),), ((0, 10_000),), ((6, 2),)]
)
def test_spans_out_of_order_or_bounds_raise_even_with_their_own_id(spans: tuple[tuple[int, int], ...]) -> None:
    shown = tuple(Span(*ends) for ends in spans)
    with pytest.raises(VerbatimError):
        words(EUROMAIDAN, replace(DIRECT, shown=shown, id=quote_id(EUROMAIDAN, shown)))


def test_a_headline_that_stands_only_in_the_metadata_is_its_words() -> None:
    assert words(POLAND, HEADLINE) == "Stoltenberg opposes Poland’s proposal"
    for lame in (replace(HEADLINE, kind="narration"), replace(HEADLINE, id="other")):
        with pytest.raises(VerbatimError):
            words(POLAND, lame)
    with pytest.raises(VerbatimError):
        words(replace(POLAND, headline=None), HEADLINE)


def test_a_quote_of_another_article_raises() -> None:
    with pytest.raises(VerbatimError):
        words(POLAND, DIRECT)


def test_a_part_beside_the_words_is_checked_too() -> None:
    with pytest.raises(VerbatimError):
        slice_of(EUROMAIDAN, Span(0, 100_000))
    for broken in ({"venue": Span(5, 5)}, {"relays": (Span(-2, 4),)}):
        changed: dict[str, Any] = broken
        with pytest.raises(VerbatimError):
            as_json.quote(EUROMAIDAN, replace(DIRECT, **changed))


def test_every_renderer_refuses_a_corrupted_quote() -> None:
    corrupted = replace(DIRECT, shown=(Span(0, 4),))
    answer = replace(ANSWER, statements=(Statement("s", (corrupted,)),))
    below = replace(ANSWER, statements=(Statement("s", (QUOTES[2], corrupted)),))
    look = terminal.Look()
    for render in (
        lambda: as_json.outcome(answer, 1.0),
        lambda: as_json.quote(EUROMAIDAN, corrupted),
        lambda: citation.citation(EUROMAIDAN, corrupted, 0.7),
        lambda: citation.markdown_row(EUROMAIDAN, corrupted, 0.7),
        lambda: citation.csv_row(EUROMAIDAN, corrupted),
        lambda: list(terminal.outcome(answer, look)),
        lambda: list(terminal.outcome(below, look)),
        lambda: list(terminal.sources(answer, look)),
        lambda: list(terminal.listing([(EUROMAIDAN, corrupted)], look)),
        lambda: as_json.outcome(replace(ANSWER, articles={}), 1.0),
        lambda: list(terminal.outcome(replace(ANSWER, articles={}), look)),
    ):
        with pytest.raises(VerbatimError):
            render()


def test_the_samples_are_sound() -> None:
    for quote in QUOTES:
        assert words(ARTICLES[quote.article_id], quote)
    assert as_json.outcome(ABSTENTION, 0.0)["statements"] == []
