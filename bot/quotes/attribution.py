"""Whose words stand between quotation marks: every quotation of an article, pieces of one utterance together."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from operator import attrgetter

from bot.model import Span
from bot.prose.frames import Frame
from bot.prose.lines import Line
from bot.prose.marks import Marked
from bot.prose.sentences import QUOTATION, Word
from bot.quotes.guesses import GUESSES
from bot.quotes.places import Attributed, Place
from bot.quotes.rules import RULES

_SCARE_DISTANCE = 6  # words between a cue and a fragment of up to three words that it can still introduce
_SHORTEST_UNATTRIBUTED = 5  # words; shorter fragments that no rule gives a speaker are scare quotes or titles


def attribute(text: str, lines: Sequence[Line]) -> list[Attributed]:
    """Return the quotations of the lines in order of text, pieces of one utterance together."""
    found: list[Attributed] = []
    for number, line in enumerate(lines):
        for marked in line.marked:
            one = (
                _fragment(text, line, number, marked)
                if marked.set_off
                else _quotation(text, lines, number, marked, found)
            )
            if one is None:
                continue
            if found and _same_utterance(lines, found[-1], one):
                found[-1] = _joined(found[-1], one)
            else:
                found.append(one)
    return [_shown_apart(one, following) for one, following in zip_longest(found, found[1:])]


def _quotation(
    text: str, lines: Sequence[Line], number: int, marked: Marked, before: Sequence[Attributed]
) -> Attributed | None:
    line = lines[number]
    at = line.sentence_of(marked.outer.start)
    words = line.sentences[at].words
    position = bisect_left(words, marked.outer.start, key=attrgetter("start"))
    if position == len(words) or words[position].start != marked.outer.start:
        return None
    place = Place(
        text, lines, number, at, position, marked, before, _is_direct(text, words, position, marked, line.frames[at])
    )
    for rule in RULES:
        attributed = rule(place)
        if attributed is not None:
            return attributed
    if len(marked.inner.of(text).split()) < _SHORTEST_UNATTRIBUTED or marked.work:
        return None
    return next((found for rule in GUESSES if (found := rule(place)) is not None), place.to("none", None))


def _fragment(text: str, line: Line, number: int, marked: Marked) -> Attributed | None:
    """Attribute up to three words that are set off: only a cue close before them makes them somebody's words."""
    if marked.work:
        return None
    at = line.sentence_of(marked.outer.start)
    words = line.sentences[at].words
    position = bisect_left(words, marked.inner.start, key=attrgetter("start"))
    for frame in reversed(line.frames[at]):
        if (
            frame.cue[1] <= position <= frame.cue[1] + _SCARE_DISTANCE
            and not frame.undone
            and frame.kinds & {"say", "utter"}
        ):
            span = (line.sentences[at].span,)
            return Attributed(
                (marked,), "X said, “", False, span, number, frame, number, line.speaker(frame), frame.source_span
            )
    return None


def _is_direct(text: str, words: Sequence[Word], position: int, marked: Marked, frames: Sequence[Frame]) -> bool:
    """Whether the marks hold an utterance of its own, not a part of the outlet's sentence."""
    if position == 0:
        return True
    before = words[position - 1]
    if before.low in (",", ":", "—", "–", ".") or before.low == QUOTATION:
        return True
    first = marked.inner.of(text)[0]
    return first.isupper() and any(frame.cue[1] == position and frame.kinds & {"say", "utter"} for frame in frames)


def _same_utterance(lines: Sequence[Line], earlier: Attributed, one: Attributed) -> bool:
    if one.rule == "reopened" and one.pieces[0].reopened:
        return True
    if earlier.line != one.line or _name_of(earlier) != _name_of(one):
        return False
    if earlier.sentences[-1] == one.sentences[0]:
        return True
    # “…,” he said. “…”: nothing but the attribution stands between.
    line = lines[one.line]
    adjacent = line.sentence_of(one.pieces[0].outer.start) - line.sentence_of(earlier.pieces[-1].outer.start) == 1
    return one.rule == "same paragraph" and adjacent and earlier.direct and one.direct


def _name_of(one: Attributed) -> str | None:
    return one.speaker.name if one.speaker else None


def _shown_apart(one: Attributed, following: Attributed | None) -> Attributed:
    """Return a quotation without the end of its sentence, where that is shown for somebody else's words."""
    if one.direct or following is None or following.direct or one.sentences[-1] != following.sentences[0]:
        return one
    frame = () if one.frame is None else (one.frame.cue_span,)
    source = () if one.source is None else (one.source,)
    end = max(span.end for span in (one.pieces[-1].outer, *frame, *source))
    if end > following.pieces[0].outer.start:
        return one
    return replace(one, sentences=(*one.sentences[:-1], Span(one.sentences[-1].start, end)))


def _joined(earlier: Attributed, one: Attributed) -> Attributed:
    sentences = earlier.sentences if earlier.sentences[-1] == one.sentences[0] else (*earlier.sentences, *one.sentences)
    return replace(
        earlier, pieces=(*earlier.pieces, *one.pieces), direct=earlier.direct and one.direct, sentences=sentences
    )
