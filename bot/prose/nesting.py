"""How the frames of a sentence stand to each other: inside what another reports, beside it, or in a clause of it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.prose.frames import Frame, has_comma
from bot.prose.sentences import QUOTATION, Word
from bot.prose.words import Grammar

_HOLDING = frozenset({"say", "think", "utter", "stance", "hold"})  # they hold a clause
_LONGEST_TITLE = 8  # words between “and” and the name that it joins
_SUPPOSED_WITHIN = 3  # words before a clause: *if* the United States wants …


def placed(words: Sequence[Word], frame: Frame, earlier: Sequence[Frame], grammar: Grammar) -> Frame:
    """Return a frame with its place among the earlier ones: inside a report, in a subordinate or a supposed clause."""
    if frame.forms is None or frame.inverted:
        return frame
    if _is_supposed(words, frame.start, grammar):
        return replace(frame, undone=True)
    if frame.borrowed:
        return frame
    first = frame.start
    holding = (one for one in reversed(earlier) if one.end <= first and one.forms and one.kinds & _HOLDING)
    outer = next((one for one in holding if not (one.subordinate and has_comma(words, one.end, first))), None)
    nested = outer is not None and not _is_new_clause(words, outer.end, first, grammar)
    return replace(frame, nested=nested, subordinate=frame.subordinate or _depends(words, frame, grammar))


def outermost(earlier: Sequence[Frame]) -> Frame | None:
    """Return the frame that a later cue without a source of its own goes on from: not one inside its report."""
    speaking = [frame for frame in earlier if frame.forms is not None] or earlier
    free = (frame for frame in reversed(speaking) if not frame.nested and not frame.subordinate)
    return next(free, speaking[-1] if speaking else None)


def _is_new_clause(words: Sequence[Word], behind: int, first: int, grammar: Grammar) -> bool:
    """Whether the clause that begins at `first` stands beside what comes before: “…”, *and X* said."""
    before = first - 1
    while before > behind and words[before].low in grammar.and_then | grammar.breaks and words[before].low != ",":
        before -= 1
    if before < behind or words[before].low == "that":
        return False
    if words[before].low in (",", ";", "—", "–", "-") or words[before].low == QUOTATION:
        return True
    return _is_conjoined(words, behind, first, grammar)


def _is_conjoined(words: Sequence[Word], behind: int, first: int, grammar: Grammar) -> bool:
    """Whether a comma and “and” stand before the words that go with a source: …, *and the club* X said."""
    for number in range(first - 1, max(behind, first - 1 - _LONGEST_TITLE), -1):
        if words[number].low in ("and", "but"):
            return words[number - 1].low == ","
        if not words[number].is_word or words[number].low in grammar.breaks:
            return False
    return False


def _is_supposed(words: Sequence[Word], first: int, grammar: Grammar) -> bool:
    """Whether a clause asks or supposes that somebody does something: *if* X wants …"""
    for back in range(first - 1, max(-1, first - 1 - _SUPPOSED_WITHIN), -1):
        if not words[back].is_word:
            return False
        if words[back].low in grammar.hypothetical:
            return True
    return False


def _depends(words: Sequence[Word], frame: Frame, grammar: Grammar) -> bool:
    """Whether the clause of a frame depends on another: *while* X said …"""
    for back in range(frame.start - 1, -1, -1):
        if not words[back].is_word:
            return False
        if words[back].low in grammar.subordinators or (back == 0 and _is_while(words[0], frame)):
            return True
    return False


def _is_while(word: Word, frame: Frame) -> bool:
    """Whether a sentence begins with an “as” of time: *as* X spoke, …; not *as* X said, …"""
    return word.low == "as" and "say" not in frame.kinds
