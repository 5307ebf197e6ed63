"""Text as Telegram takes it: what is sent is what arrives, and entities count in UTF-16 code units."""

import sys
import unicodedata

import pytest
from hypothesis import given
from message_samples import texts

from bot.errors import VerbatimError
from bot.render.wire import Entity, Message, joined, plain, sent


@pytest.mark.parametrize(
    ("words", "arrives"),
    [
        ("Sa\u030alde", "Sålde"),  # composed before Telegram could take the ring
        ("x\u030a y\u0333 z\u033f", "x y z"),
        ("a\u0333\u0301", "á"),
        ("a\u202a\u0301", "á"),
        ("\u202aone\u202c two", "one two"),
        ("one\ttwo\x1b\x00\x1f", "one two"),
        ("one\r\ntwo\rthree\n\nfour", "one\ntwo\nthree\n\nfour"),
        ("one\u2028two\u2029three", "one\ntwo\nthree"),
        (" \n one \t\r\n", "one"),
        ("\u00a0one\u00a0two\x7f\x85\u200b", "\u00a0one\u00a0two\x7f\x85\u200b"),
        ("\u2067שלום\u2069 👍🏽 *b* <i>", "\u2067שלום\u2069 👍🏽 *b* <i>"),
    ],
)
def test_sent(words: str, arrives: str) -> None:
    assert sent(words) == arrives


@pytest.mark.parametrize("words", ["\ud83d", "q\udc4d", "", " \n", "\u202e\t\u030a"])
def test_words_that_cannot_be_sent_are_not_shown(words: str) -> None:
    with pytest.raises(VerbatimError):
        sent(words)


@given(texts(400))
def test_what_is_sent_arrives(words: str) -> None:
    text = sent(words)
    assert sent(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert not {
        char
        for char in text
        if (char < " " and char != "\n") or char in "\u030a\u0333\u033f" or "\u2028" <= char <= "\u202e"
    }
    # Nothing else is taken away: what is left of the words without what Telegram changes is left of what is sent.
    assert unicodedata.normalize("NFC", bare(unicodedata.normalize("NFC", words))) == bare(text)


def bare(text: str) -> str:
    dropped = {*map(chr, range(33)), "\u030a", "\u0333", "\u033f", *map(chr, range(0x2028, 0x202F))}
    return "".join(char for char in text if char not in dropped)


def test_every_character_is_sent_once_and_for_all() -> None:
    codes = (*range(0xD800), *range(0xE000, sys.maxunicode + 1))
    for start in range(0, len(codes), 4096):
        text = sent("".join(f"q{chr(code)}" for code in codes[start : start + 4096]))
        assert sent(text) == text


def test_messages_are_put_together_and_cut_in_units() -> None:
    bold = plain("🙂 one").styled("bold")
    both = joined(" · ", (bold, Message(), plain("two").styled("text_link", "https://example.org")))
    assert both.entities == (Entity("bold", 0, 6), Entity("text_link", 9, 3, "https://example.org"))
    assert [both.of(entity) for entity in both.entities] == ["🙂 one", "two"]
    left, right = both.cut(2)
    assert (left, right.entities[0]) == (Message("🙂 ", (Entity("bold", 0, 3),)), Entity("bold", 0, 3))
    assert plain("a\nb\u202e").text == "a b⟨U+202E⟩"
    assert plain(" \n") == Message() == Message().styled("bold")
