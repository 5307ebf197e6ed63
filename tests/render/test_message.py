"""Answers as messages: what they say, that they stay within the limits, and that no word is lost or added."""

import unicodedata
from dataclasses import replace
from itertools import pairwise

import pytest
import seeds
from hypothesis import example, given
from hypothesis import strategies as st
from message_samples import answering, blockquotes, markup, texts
from render_samples import (
    ABSTENTION,
    ANSWER,
    DIRECT,
    EUROMAIDAN,
    FACT_ANSWER,
    HEADLINE,
    HOSTILE_ANSWER,
    INDIRECT,
    MIXED,
    NARRATION,
    POLAND,
    article,
    quote,
)
from syrupy.assertion import SnapshotAssertion
from telegram.constants import MessageLimit

from bot.errors import VerbatimError
from bot.model import LeftOut, Quote, QuoteKind, Span, Statement
from bot.render.message import messages, single, statements
from bot.render.pages import TELEGRAM, Limits, paged
from bot.render.provenance import Look, passage_address
from bot.render.verbatim import pieces
from bot.render.wire import BLOCKQUOTES, Message, sent, units

SMALL = Limits(units=300, entities=16)
LIMITS = st.sampled_from([TELEGRAM, SMALL, Limits(units=256), Limits(units=4096, entities=20)])


def assert_sound(done: tuple[Message, ...], limits: Limits = TELEGRAM) -> None:
    """Check all that Telegram asks of messages."""
    assert done
    for message in done:
        assert 0 < units(message.text) <= limits.units
        assert message.text == sent(message.text)
        assert len(message.entities) <= limits.entities
        assert list(message.entities) == sorted(message.entities, key=lambda entity: (entity.offset, -entity.length))
        for entity in message.entities:
            assert entity.offset >= 0
            assert entity.length > 0
            assert entity.end <= units(message.text)
            assert (entity.kind == "text_link") == bool(entity.url)
        quotes = [entity for entity in message.entities if entity.kind in BLOCKQUOTES]
        for entity, following in pairwise(quotes):
            assert entity.end < following.offset
        for entity in quotes:  # a blockquote is made of whole lines
            before, after = message.text.encode("utf-16-le")[: 2 * entity.offset], message.text.encode("utf-16-le")
            assert entity.offset == 0 or before.decode("utf-16-le").endswith("\n")
            assert after[2 * entity.end :].decode("utf-16-le")[:1] in ("", "\n")


def test_an_answer(snapshot: SnapshotAssertion) -> None:
    done = messages(ANSWER, Look(further="/more shows them"))
    assert_sound(done)
    assert "\n=====\n".join(map(markup, done)) == snapshot


def test_other_outcomes(snapshot: SnapshotAssertion) -> None:
    for other in (ABSTENTION, FACT_ANSWER, HOSTILE_ANSWER):
        done = messages(other, Look())
        assert_sound(done)
        assert "\n=====\n".join(map(markup, done)) == snapshot


@pytest.mark.parametrize(
    "question",
    [
        "what did Stoltenberg say about strikes in Russia",
        "what did Stoltenberg say about the Polish proposal, only Euromaidan Press",
        "what did Macron say about strikes in Russia",
    ],
)
def test_answers_of_the_shipped_corpus(question: str, snapshot: SnapshotAssertion) -> None:
    outcome = seeds.ask(question, most=3)
    done = messages(outcome, Look())
    assert_sound(done)
    assert "\n=====\n".join(map(markup, done)) == snapshot
    for words, shown in zip(seeds.shown(outcome), blockquotes(*done), strict=True):
        assert sent(words) in (shown, shown.removeprefix("“").removesuffix("”").replace("” … “", " "))


def test_an_answer_over_many_messages(snapshot: SnapshotAssertion) -> None:
    done = messages(ANSWER, Look(), SMALL)
    assert_sound(done, SMALL)
    assert "\n=====\n".join(map(markup, done)) == snapshot
    assert blockquotes(*done) == blockquotes(*messages(ANSWER, Look()))  # none is cut that fits


def test_a_quote_over_several_messages(snapshot: SnapshotAssertion) -> None:
    words = " ".join(f"word {number}" for number in range(90))
    done = messages(answering(words, words), Look(), SMALL)
    assert_sound(done, SMALL)
    assert "\n=====\n".join(map(markup, done)) == snapshot


def test_quotation_marks_stand_around_direct_words_only() -> None:
    direct = single(EUROMAIDAN, DIRECT, Look())
    assert blockquotes(*direct) == [" … ".join(f"“{piece}”" for piece in pieces(EUROMAIDAN, DIRECT))]
    for other in (MIXED, INDIRECT, NARRATION):
        assert blockquotes(*single(EUROMAIDAN, other, Look())) == list(pieces(EUROMAIDAN, other))
    assert blockquotes(*single(POLAND, HEADLINE, Look())) == [POLAND.headline]


@pytest.mark.parametrize(
    ("shown", "label"),
    [(MIXED, "quoted within a sentence"), (INDIRECT, "reported speech"), (NARRATION, "the outlet’s words")],
)
def test_what_is_no_direct_quotation_is_labelled_before_it_is_read(shown: Quote, label: str) -> None:
    (done,) = single(EUROMAIDAN, shown, Look())
    assert label in done.text[: done.text.index("\n")]
    below = messages(replace(ANSWER, statements=(Statement("s", (DIRECT, shown)),)), Look())[0].text
    assert shown.kind == "narration" or label in below[below.index("also, ") :].splitlines()[0]


def test_a_speaker_below_the_line_is_only_probable() -> None:
    assert single(EUROMAIDAN, MIXED, Look(certain=0.7))[0].text.startswith("probably Jens Stoltenberg")
    assert single(EUROMAIDAN, MIXED, Look(certain=0.5))[0].text.startswith("Jens Stoltenberg")


def test_differing_words_are_underlined() -> None:
    done = messages(answering("we will not participate 🙂 in it", "We will never 🙂 engage in it"), Look())[0]
    assert [done.of(entity) for entity in done.entities if entity.kind == "underline"] == ["never 🙂 engage"]
    many = " ".join(f"a{number} the" for number in range(80)), " ".join(f"b{number} the" for number in range(80))
    assert not [e for e in messages(answering(*many), Look())[0].entities if e.kind == "underline"]


def test_a_long_quote_can_be_expanded() -> None:
    kinds = {e.kind for e in messages(answering("word " * 90), Look())[0].entities}
    assert "expandable_blockquote" in kinds
    assert "blockquote" not in kinds


def test_further_statements_keep_their_numbers() -> None:
    assert statements(ANSWER.articles, ANSWER.more, Look(first=6))[0].text.startswith("6 · Jens Stoltenberg")


def test_a_long_text_of_our_own_is_cut_too() -> None:
    long = replace(ABSTENTION, message="a word " * 2000, suggestions=("b" * 9000,))
    done = messages(long, Look())
    assert_sound(done)
    assert "".join(m.text for m in done).replace(" ", "").replace("\n", "") == "aword" * 2000 + "Try:" + "b" * 9000
    outlet = replace(EUROMAIDAN, outlet="Outlet " * 2000, republished_by="x" * 5000)
    assert_sound(single(outlet, DIRECT, Look()))


@given(texts(), LIMITS, st.sampled_from(["direct", "mixed", "indirect", "narration"]))
def test_no_word_is_lost_or_added(words: str, limits: Limits, kind: QuoteKind) -> None:
    done = messages(answering(words, kind=kind), Look(), limits)
    assert_sound(done, limits)
    whole = "".join(blockquotes(*done))
    assert whole == (f"“{sent(words)}”" if kind == "direct" else sent(words))
    if len(done) > 2:
        assert f"part 1 of {len(blockquotes(*done))}" in "".join(message.text for message in done)


@given(st.lists(texts(600), min_size=1, max_size=8), LIMITS)
def test_quotes_keep_their_order_and_are_cut_only_where_they_fill_a_message(words: list[str], limits: Limits) -> None:
    shown = answering(*words)
    other = replace(shown, statements=shown.statements * 2, left_out=LeftOut(1, 1), suggestions=("one", "two"))
    done = messages(other, Look(), limits)
    assert_sound(done, limits)
    meant = [f"“{sent(one)}”" for one in words * 2]
    assert "".join(blockquotes(*done)) == "".join(meant)
    if limits is TELEGRAM:
        assert blockquotes(*done) == meant


@given(st.text(min_size=1), LIMITS)
@example("a\u030a\u0301 \u0301=\u0338\t\u2028\u202e\u0333", TELEGRAM)
@example("\u030a", SMALL)
def test_whatever_an_article_states_the_messages_are_sound(text: str, limits: Limits) -> None:
    source = article("a", f"words {text}", headline=text, outlet=text, url=text, republished_by=text)
    shown = quote(source, "mixed", "words", speaker=text, certainty=0.1)
    answer = replace(
        ANSWER, message=f"On {text}:", statements=(Statement("s", (shown, shown)),), articles={"a": source}
    )
    assert_sound(messages(answer, Look(), limits), limits)


def test_cut_at_the_end_of_a_word_or_else_of_a_letter() -> None:
    parts = blockquotes(*messages(answering("one two " * 200), Look(), SMALL))
    assert all(part.endswith(" ") for part in parts[:-1])
    for letter in ("👍🏽", "q\u0301\u0302", "\U0001f468\u200d\U0001f467", "🇺🇦"):
        for part in blockquotes(*messages(answering("x" + (letter + "y") * 300), Look(), SMALL)):
            assert unicodedata.category(part[0])[0] != "M"
            assert part.strip("“”x").startswith((sent(letter), "y"))
            assert part.strip("“”x").endswith((sent(letter), "y"))


def test_a_message_that_would_not_hold_the_words_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(VerbatimError):
        messages(replace(ANSWER, statements=(Statement("s", (replace(DIRECT, shown=(Span(0, 4),)),)),)), Look())
    with pytest.raises(VerbatimError):
        messages(replace(ANSWER, articles={}), Look())
    monkeypatch.setattr("bot.render.message.paged", lambda blocks, limits: paged(list(blocks)[:-3], limits))
    with pytest.raises(VerbatimError, match="does not hold"):
        messages(replace(ANSWER, suggestions=()), Look())
    monkeypatch.setattr("bot.render.message.paged", lambda blocks, limits: (Message("a\tb"),))
    with pytest.raises(VerbatimError, match="would not arrive"):
        messages(ABSTENTION, Look())


@pytest.mark.parametrize(
    ("words", "url", "address"),
    [
        ("one two-three", "https://a.example/b", "https://a.example/b#:~:text=one%20two%2Dthree"),
        ("“One,\n two & three.”", "https://a.example/b#c", "https://a.example/b#c:~:text=One%2C%20two%20%26%20three"),
        (
            "a b c d e f g h i j k",
            "https://a.example/",
            "https://a.example/#:~:text=a%20b%20c%20d%20e,g%20h%20i%20j%20k",
        ),
        ("a b.\n\nc d", "https://a.example/", "https://a.example/#:~:text=a%20b,c%20d"),
        ("x" * 200, "https://a.example/", "https://a.example/"),
        ("…!", "https://a.example/", "https://a.example/"),
        ("one", "https://a.example/#:~:text=two", "https://a.example/#:~:text=two"),
        ("one", "javascript:alert(1)", None),
    ],
)
def test_a_link_leads_to_the_words(words: str, url: str, address: str | None) -> None:
    source = article("a", words, url=url)
    assert passage_address(source, quote(source, "direct", words)) == address


def test_the_limits_are_those_of_the_library() -> None:
    assert Limits(MessageLimit.MAX_TEXT_LENGTH, MessageLimit.MESSAGE_ENTITIES) == TELEGRAM
    with pytest.raises(ValueError, match="room"):
        Limits(units=10)
