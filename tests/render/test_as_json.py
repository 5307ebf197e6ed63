"""The JSON of the contract."""

import json
from dataclasses import replace

from render_samples import ABSTENTION, ANSWER, DIRECT, EUROMAIDAN, FACT_ANSWER, HEADLINE, HOSTILE, HOSTILE_QUOTE, POLAND
from syrupy.assertion import SnapshotAssertion

from bot.model import Question
from bot.render import as_json

ANSWER_KEYS = [
    "id", "question", "status", "reason", "message", "interpretation", "statements", "facts", "left_out",
    "suggestions", "library", "elapsed_ms",
]  # fmt: skip
QUOTE_KEYS = [
    "id", "kind", "text", "spans", "content", "speaker", "source", "cue", "venue", "via", "relays", "said_on",
    "article", "certainty",
]  # fmt: skip
ARTICLE_KEYS = ["id", "headline", "outlet", "author", "published", "url"]


def test_keys_are_those_of_the_contract_in_its_order() -> None:
    answer = as_json.outcome(ANSWER, 1.94, "q1")
    assert list(answer) == ANSWER_KEYS
    assert list(as_json.outcome(ABSTENTION, 1.94)) == ANSWER_KEYS
    assert list(answer["interpretation"])[:6] == ["speaker", "topic", "outlet", "since", "until", "corrections"]
    quote = answer["statements"][0]["quotes"][0]
    assert list(quote) == QUOTE_KEYS
    assert list(quote["article"])[:6] == ARTICLE_KEYS
    assert list(as_json.article(EUROMAIDAN))[:6] == ARTICLE_KEYS
    assert (answer["id"], answer["elapsed_ms"]) == ("q1", 1.9)


def test_an_answer(snapshot: SnapshotAssertion) -> None:
    assert json.dumps(as_json.outcome(ANSWER, 1.9, "q1"), indent=1, ensure_ascii=False) == snapshot


def test_an_abstention_and_facts(snapshot: SnapshotAssertion) -> None:
    assert [as_json.outcome(ABSTENTION, 0.5), as_json.outcome(FACT_ANSWER, 0.5, 7)] == snapshot


def test_text_is_the_slices_joined_with_one_space() -> None:
    shown = as_json.quote(EUROMAIDAN, DIRECT)
    assert shown["text"] == " ".join(EUROMAIDAN.text[start:end] for start, end in shown["spans"])
    assert (shown["via"], shown["relays"]) == ("Ukrainska Pravda", ["Ukrainska Pravda", "a marathon broadcast"])
    headline = as_json.quote(POLAND, HEADLINE)
    assert (headline["spans"], headline["text"]) == ([], POLAND.headline)


def test_several_speakers_are_all_named() -> None:
    question = replace(ANSWER.question, speakers=("A", "B"), topic="")
    read = as_json.outcome(replace(ANSWER, question=question), 0.0)["interpretation"]
    assert (read["speaker"], read["speakers"], read["topic"]) == ("A", ["A", "B"], None)


def test_json_stays_on_one_line_and_can_be_encoded() -> None:
    odd = "\u2028\u2029\x85\x9b\x7f\ud800 ł \x1b"
    text = as_json.dumps(as_json.outcome(replace(ABSTENTION, question=Question(odd)), 0.0))
    assert len(text.splitlines()) == 1
    assert json.loads(text.encode())["question"] == odd
    assert "ł" in text
    assert text.isprintable()
    quote = as_json.dumps(as_json.quote(HOSTILE, HOSTILE_QUOTE))
    assert json.loads(quote)["text"] in HOSTILE.text
    assert "\x1b" not in quote
