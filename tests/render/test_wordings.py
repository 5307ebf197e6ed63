"""The words in which one wording of an utterance differs from another, in every form of an answer."""

from dataclasses import replace

import pytest
from message_samples import answering
from render_samples import article, quote

from bot.model import Article, Quote
from bot.render import as_json
from bot.render.message import Look, messages
from bot.render.visible import line
from bot.render.wordings import differing, within

FIRST = "we will not participate in it"


def said(*pieces: str, identity: str = "one", before: str = "") -> tuple[Article, Quote]:
    """Return an article, and what is said in it in pieces; what stands before is shown with the first one."""
    whole = article(identity, before + " – ".join(pieces))
    shown = quote(whole, "mixed", before + pieces[0], *pieces[1:])
    return whole, replace(shown, contents=quote(whole, "mixed", *pieces).shown)


@pytest.mark.parametrize(
    ("first", "other", "marked"),
    [
        ([FIRST], ["We will not engage in it"], ["engage"]),
        (["we will not be part"], ["We will never be any part"], ["never", "any"]),
        (["Władysław said"], ["Wladyslaw said"], []),
        (["a b"], ["a"], []),
        # that more is quoted is no difference
        ([FIRST], ["As I said, we will not participate in it", "and never shall"], []),
        (["we will not join", "in this war"], ["we will never take part", "in that war"], ["never take part", "that"]),
        # one run of words is marked in each piece
        (["we will not go there and they may stay"], ["we will not be", "silent and they may stay"], ["be", "silent"]),
        # other words altogether
        (["a b c"], ["d e f"], []),
        (["there will be no part for us in this"], ["we stay out of it"], []),
    ],
)  # fmt: skip
def test_what_is_said_otherwise_is_marked(first: list[str], other: list[str], marked: list[str]) -> None:
    source, found = said(*other, identity="other", before="She added, “then”: ")
    assert [span.of(source.text) for span in differing(said(*first), (source, found))] == marked


def test_marks_stay_with_their_words_where_the_display_changes_what_is_before_them() -> None:
    text = "  one\n\n  two\x1b three"
    source, found = said("two\x1b three", before="  one\n\n  ")
    marked = differing(said("two\x1b four"), (source, found))
    assert [place.of(line(text)) for place in within(found.shown[0], text, marked, line)] == ["three"]
    done = messages(answering("we will not participate 🙂 in it", "\n  We will never 🙂 engage in it"), Look())[0]
    assert [done.of(entity) for entity in done.entities if entity.kind == "underline"] == ["never 🙂 engage"]


def test_json_says_where_the_article_has_them() -> None:
    answer = answering("we will not participate in it", "We will not engage in it")
    first, other = as_json.outcome(answer, 0.0)["statements"][0]["quotes"]
    assert "differing" not in first
    assert [answer.articles["a1"].text[start:end] for start, end in other["differing"]] == ["engage"]
