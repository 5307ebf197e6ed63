"""Furniture within a line: links and pictures on pages that were captured without their line breaks.

A link has a label (“Related article”) and a headline, a picture a caption and a credit, and the next sentence of the
article follows without a mark.  Where it begins can be told from its first word or not at all; then the whole sentence
goes with the headline, so that nothing is read as said by whom a headline names.
"""

import re
from collections.abc import Iterator

from bot.ingest.furniture import Furniture
from bot.ingest.lines import Line, line_at
from bot.model import BlockKind, Span

_BREAK = re.compile(r"(?:[^\W\d_A-Z]{2}|[\d)\]%’'])[.!?…][”\"’')]*\s*(?=[“\"‘'(]?[^\W_a-z])")
_STOP = re.compile(r"[^\W\d_A-Z]{2}[”\"’')]*[.!?…][”\"’')]*(?=\s|\Z)")
_LONGEST_CREDIT = 14  # words
_HEADLINE = (4, 30)  # words
_WITH_SENTENCE = 13  # words that a headline and the sentence after it have at least

Piece = tuple[int, int, BlockKind]


def apart(text: str, line: Line, furniture: Furniture) -> Iterator[tuple[Line, BlockKind | None]]:
    """Yield a line, or its parts where it holds furniture: each with its kind, if that shows in the part itself."""
    done = 0
    for start, end, kind in _furniture(line.text, furniture):
        yield from _part(text, line, done, start, None)
        yield from _part(text, line, start, end, kind)
        done = end
    if done:
        yield from _part(text, line, done, len(line.text), None)
    else:
        yield line, None


def _part(
    text: str, line: Line, start: int, end: int, kind: BlockKind | None
) -> Iterator[tuple[Line, BlockKind | None]]:
    shown = line.text[start:end]
    if bare := shown.strip():
        first = line.span.start + start + shown.index(bare)
        yield line_at(text, Span(first, first + len(bare)), tight=line.tight and not start), kind


def _furniture(line: str, furniture: Furniture) -> Iterator[Piece]:
    done = 0
    for found in furniture.inline.finditer(line):
        if found.start() < done:
            continue
        start, end = credit = found.span()
        if found["link"]:
            credit = _credit_before(line, done, start), start
            end = _headline_end(line, end, furniture)
        if credit[0] < credit[1]:
            yield _caption_before(line, done, credit[0]), credit[1], "caption"
        if found["link"]:
            yield start, end, "teaser"
        done = end


def _last_break(line: str, start: int, end: int) -> int | None:
    """Return where the last sentence that begins in a stretch begins."""
    return max((found.end() for found in _BREAK.finditer(line, start, end)), default=None)


def _credit_before(line: str, start: int, end: int) -> int:
    """Return where the credit begins that stands before a link: a few words with capitals after a sentence."""
    begin = _last_break(line, start, end)
    if begin is None:
        return end
    run = line[begin:end].split()
    capitals = sum(not word[0].islower() for word in run)
    return begin if len(run) <= _LONGEST_CREDIT and capitals * 2 >= len(run) else end


def _caption_before(line: str, start: int, end: int) -> int:
    """Return where the sentence before a credit begins, unless it quotes somebody or opens the line."""
    begin = _last_break(line, start, len(line[:end].rstrip())) or start
    return end if not begin or any(mark in line[begin:end] for mark in '“”"') else begin


def _headline_end(line: str, start: int, furniture: Furniture) -> int:
    """Return where a headline ends: with the line, before a word that opens a sentence, or else after it."""
    least, most = _HEADLINE
    words = [word.span() for word in re.finditer(r"\S+", line[start : start + 40 * most])][: most + 1]
    for before, (first, last) in zip(words[least - 1 :], words[least:], strict=False):
        above, word = line[start + before[0] : start + before[1]], line[start + first : start + last]
        opening = word[0] in '“"' or (word[0].isupper() and word.lower().rstrip(",") in furniture.openings)
        if opening and (above[-1].isalnum() or above[-1] in "’'") and above not in furniture.function_words:
            return start + first
    alone = len(words) <= most and not line.endswith(".")
    stop = None if alone else _STOP.search(line, start + words[min(_WITH_SENTENCE, len(words)) - 1][0])
    return stop.end() if stop else len(line)
