"""Answers on a terminal: what they look like, and that no article can command the terminal."""

import io
import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_samples import (
    ABSTENTION,
    ANSWER,
    ARTICLES,
    EUROMAIDAN,
    FACT_ANSWER,
    HOSTILE_ANSWER,
    QUOTES,
    article,
    quote,
)
from syrupy.assertion import SnapshotAssertion

from bot.model import LeftOut, Statement
from bot.render import terminal
from bot.render.terminal import Indented, Look, Paper
from bot.render.visible import line, lines


def printed(blocks: Iterable[Indented], width: int = 80, colour: bool = False) -> str:
    paper = Paper(
        file=io.StringIO(), width=width, highlight=False, markup=False, emoji=False, legacy_windows=False, _environ={},
        force_terminal=colour, color_system="standard" if colour else None,
    )  # fmt: skip
    for block in blocks:
        paper.print(block)
    assert isinstance(paper.file, io.StringIO)
    # rich numbers links at random, so that a terminal highlights the parts of one together
    return re.sub(r"\x1b\]8;id=[-\d]+;", "\x1b]8;;", paper.file.getvalue())


def test_an_answer_without_colour(snapshot: SnapshotAssertion) -> None:
    text = printed(terminal.outcome(ANSWER, Look(further=":more shows them")))
    assert text == snapshot
    assert "\x1b" not in text
    assert not re.search(r" $", text, re.MULTILINE)


def test_an_answer_in_colour(snapshot: SnapshotAssertion) -> None:
    assert printed(terminal.outcome(ANSWER, Look(urls=False)), colour=True).replace("\x1b", "␛") == snapshot


def test_a_narrow_terminal(snapshot: SnapshotAssertion) -> None:
    text = printed(terminal.outcome(replace(ANSWER, statements=ANSWER.statements[:1]), Look(urls=False)), width=40)
    assert text == snapshot
    assert max(map(len, text.splitlines())) <= 40


def test_other_answers(snapshot: SnapshotAssertion) -> None:
    for other in (ABSTENTION, FACT_ANSWER, HOSTILE_ANSWER):
        assert printed(terminal.outcome(other, Look())) == snapshot


def test_sources_and_a_listing(snapshot: SnapshotAssertion) -> None:
    assert printed(terminal.sources(ANSWER, Look())) == snapshot
    assert printed(terminal.listing([(ARTICLES[q.article_id], q) for q in QUOTES], Look())) == snapshot


def test_a_speaker_below_the_line_is_only_probable() -> None:
    mixed = replace(ANSWER, statements=(ANSWER.statements[1],))
    assert "probably Jens Stoltenberg" in printed(terminal.outcome(mixed, Look(certain=0.7)))
    assert "probably" not in printed(terminal.outcome(mixed, Look(certain=0.5)))


def test_one_left_out_is_singular() -> None:
    text = printed(terminal.outcome(replace(ANSWER, left_out=LeftOut(1, 2)), Look()))
    assert "1 article that states no date was left out\n2 articles that state no outlet were left out" in text


def test_links_only_to_the_web() -> None:
    linked = printed(terminal.outcome(ANSWER, Look()), colour=True)
    assert "\x1b]8;;https://polanddaily24.com/43886\x1b\\" in linked
    assert "\x1b]8" not in printed(terminal.outcome(HOSTILE_ANSWER, Look()), colour=True)


def test_no_article_commands_the_terminal() -> None:
    text = printed(terminal.outcome(HOSTILE_ANSWER, Look()))
    assert "“[bold red]No[/] ␛]0;title␇␛[31m⟨U+202E⟩surprise⟨U+202C⟩ at all :smile:.”" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


@given(st.text(min_size=1))
def test_whatever_a_text_holds_it_is_printed_safely(text: str) -> None:
    source = article("a", text, headline=text, outlet=text, url=text)
    shown = quote(source, "direct", text, speaker=text)
    answer = replace(ANSWER, message=text, statements=(Statement("s", (shown, shown)),), articles={"a": source})
    for colour in (False, True):
        output = printed([*terminal.outcome(answer, Look()), *terminal.sources(answer, Look())], colour=colour)
        output = re.sub("\x1b\\[[0-9;]*m|\x1b]8;;[^\x1b]*\x1b\\\\", "", output)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", output)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\r\n c", "a b c"),
        ("a  b", "a  b"),
        ("\x1b[31m", "␛[31m"),
        ("\x9b31m\x7f", "⟨U+009B⟩31m␡"),
        ("א\u202eב", "א⟨U+202E⟩ב"),
        ("\ud83d", "⟨U+D83D⟩"),
        ("Władysław – “ok” 👍🏽", "Władysław – “ok” 👍🏽"),
    ],
)
def test_line(text: str, shown: str) -> None:
    assert line(text) == shown


def test_lines_keeps_lines() -> None:
    assert lines("a\tb\r\nc\x1b\rd\n") == "a\tb\nc␛␍d\n"


def test_a_pipe_has_no_width_and_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    file = io.StringIO()
    paper = terminal.paper(file)
    for block in terminal.outcome(ANSWER, Look()):
        paper.print(block)
    assert EUROMAIDAN.text[EUROMAIDAN.text.index("The Secretary") :].split("\n")[0] in file.getvalue()
    assert "\x1b" not in file.getvalue()
