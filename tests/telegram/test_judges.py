"""The judges find what Telegram would alter or refuse, and the rig's own view of a text is TDLib's."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from judges import Judges, marked, quotations, tdlib_parses, tdlib_sees
from parameters import Refused
from stored import from_html, stored, units

needs_tdlib = pytest.mark.skipif("tdjson" in Judges().missing, reason="tdjson is not installed: TDLib judges nothing")
BOLD = {"type": "bold", "offset": 0, "length": 5}
QUOTE = {"type": "expandable_blockquote", "offset": 0, "length": 12}
LINK = {"type": "text_link", "offset": 0, "length": 5, "url": "https://example.org/#:~:text=a,b"}
DATE = {"type": "date_time", "offset": 6, "length": 5, "unix_time": 1_700_000_000, "date_time_format": "wDT"}
TEN = "0123456789abc"
WORDS = "“Words” of *all* [kinds](x) _and_ `more`."


def test_let_pass_what_is_right(judges: Judges) -> None:
    row = [{"text": "More", "callback_data": "v1"}, {"text": "Copy", "copy_text": {"text": "x"}}]
    markup = {"inline_keyboard": [row]}
    said = {
        "chat_id": 1, "text": WORDS, "entities": [QUOTE, BOLD, DATE, LINK], "reply_markup": markup,
        "reply_parameters": {"message_id": 4, "allow_sending_without_reply": True, "quote": "x"},
        "link_preview_options": {"is_disabled": True},
    }  # fmt: skip
    assert judges.check("sendMessage", said) == []
    fixed = {"chat_id": "1", "text": "<b>Fixed</b> words &amp; more", "parse_mode": "HTML"}
    assert judges.check("sendMessage", fixed) == []
    assert judges.check("getUpdates", {"offset": 1, "timeout": 2, "allowed_updates": ["message"]}) == []
    content = {"message_text": WORDS, "entities": [QUOTE]}
    result = {"type": "article", "id": "1", "title": "T", "input_message_content": content, "reply_markup": markup}
    assert judges.check("answerInlineQuery", {"inline_query_id": "1", "results": [result], "cache_time": 0}) == []
    assert judges.check("answerGuestQuery", {"guest_query_id": "1", "result": result}) == []
    assert judges.check("setMyCommands", {"commands": [{"command": "ask", "description": "Ask"}]}) == []
    assert judges.seen == 6


@needs_tdlib
@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"text": "Sa\u030aid"}, "Telegram alters the text at 2: '̊id' becomes 'id'"),
        ({"text": "a\tb"}, "Telegram alters the text at 1"),
        ({"text": "a\u202bb"}, "Telegram alters the text at 1"),
        ({"text": "ends. \n"}, "Telegram trims the text"),
        ({"text": TEN, "entities": [LINK, DATE | {"offset": 2, "length": 2}]}, "Telegram alters the entities"),
        ({"text": TEN, "entities": [QUOTE, QUOTE | {"offset": 3, "length": 4}]}, "Telegram alters the entities"),
        ({"text": TEN, "entities": [LINK | {"url": "foo bar"}]}, "Entity URL 'foo bar' is invalid"),
        ({"text": "😀", "entities": [BOLD | {"length": 1}]}, "in a middle of a UTF-16 symbol"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "Can't find end tag"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_tdlib_objects(judges: Judges, said: dict[str, object], problem: str) -> None:
    judges.check("sendMessage", {"chat_id": 1, **said})
    assert any(one.judge == "TDLib" and problem in one.problem for one in judges.violations), judges.violations
    judges.forgive("")


@pytest.mark.parametrize(
    ("method", "said", "problem"),
    [
        (
            "answerInlineQuery", {"inline_query_id": "1", "results": [{"type": "article", "id": "1"}]},
            "title: Field required",
        ),
        ("sendMessage", {"reply_markup": {"inline_keyboard": [[{"text": "a", "say": "b"}]]}}, "0.0.say: unknown field"),
        ("sendMessage", {"reply_parameters": {"message_id": "the last one"}}, "unable to parse string as an integer"),
        ("sendMessage", {"entities": [{"type": "bold", "offset": 0}]}, "entities.0.length: Field required"),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_aiogram_objects(judges: Judges, method: str, said: dict[str, object], problem: str) -> None:
    judges.check(method, {"chat_id": 1, "text": "x", **said} if method == "sendMessage" else said)
    assert any(one.judge == "aiogram" and problem in one.problem for one in judges.violations), judges.violations
    judges.forgive("")


def test_limits_object(judges: Judges) -> None:
    judges.check("sendMessage", {"chat_id": 1, "text": "x" * 4097})
    judges.check("sendMessage", {"chat_id": 1, "text": "x", "parse_mode": "Markdown"})
    judges.check("sendTelegram", {})
    judges.check("getUpdates", {"timout": 3})
    assert [one.problem for one in judges.violations if one.judge == "limits"] == [
        "Bad Request: message is too long", "Bad Request: unsupported parse_mode",
        "this method is not known to the rig", 'Bad Request: unknown parameter "timout"',
    ]  # fmt: skip
    judges.forgive("")


# --- the rig's own view, against TDLib's

ODD = "ab \n\r\tä😀*_`[]()~|\\\u030a\u0333\u2028\u202e\u200f\u0301\ue000\x00"
TEXTS = st.text(st.sampled_from(ODD) | st.characters(codec="utf-8"))
PIECES = [
    "a", " ", "<b>", "</b>", "<i>", "</i>", "&lt;", "&amp", "&nbsp;", "&#65;", "&", "ä", "😀", "<", ">", "<u >", "</>",
    "<blockquote expandable>", "</blockquote>", "<a href='https://a.org/?b'>", '<a href="x y">', "</a>", "<x>",
    "<tg-time unix='5' format='r'>", "</tg-time>", "<code>", "</code>", "<span class=tg-spoiler>", "</span>",
]  # fmt: skip


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[dict[str, object]]]:
    """Draw a text with one to three entities side by side."""
    parts = draw(st.lists(TEXTS.filter(bool), min_size=1, max_size=3))
    kinds = draw(st.lists(st.sampled_from(["bold", "expandable_blockquote", "italic"]), min_size=3, max_size=3))
    entities, text = [], ""
    for kind, part in zip(kinds, parts, strict=False):
        entities.append({"type": kind, "offset": units(text), "length": units(part)})
        text += part + "|"
    return text, entities


@needs_tdlib
@given(marked_texts())
def test_alters_texts_as_tdlib_does(drawn: tuple[str, list[dict[str, object]]]) -> None:
    text, entities = drawn
    ours, kept = stored(text, entities, trim=False)
    seen, theirs = tdlib_sees(text, entities)
    assert ours == seen
    assert kept == theirs
    assert quotations(text, entities) == [
        ours.encode("utf-16-le")[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in kept
        if e["type"] == "expandable_blockquote"
    ]


@needs_tdlib
@given(st.lists(st.sampled_from(PIECES)))
@example(["<b>", "a", "</b>", "&lt;", "<blockquote expandable>", "😀", "<i>", "ä", "</i>", "</blockquote>"])
def test_reads_html_as_tdlib_does(pieces: list[str]) -> None:
    source = "".join(pieces)
    try:
        ours = from_html(source)
    except Refused:
        return  # as TDLib does, or more strictly
    theirs = tdlib_parses(source)
    assert ours[0] == theirs[0]
    assert marked(*ours) == marked(*theirs)
