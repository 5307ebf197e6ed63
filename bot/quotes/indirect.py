"""Reported speech: what somebody is said to have said, in the outlet's words.

A clause behind a cue (X said that …), before one (…, X said), around “according to X”, or the object of a phrase that
takes a stance (X voiced support for …).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Span
from bot.quotes.frames import Frame
from bot.quotes.lines import Line
from bot.quotes.people import Speaker
from bot.quotes.sentences import QUOTATION, Sentence, Word

CERTAINTY = {"that": 0.9, "clause": 0.85, "trailing": 0.88, "according": 0.88, "stance": 0.8}
_SHORTEST = 3  # words of content
_ADJUNCT = 14  # words that may stand between a cue and its “that”: said in an interview on Sunday that …
_NO_THAT = frozenset({"say", "tell", "add", "insist", "argue", "claim", "note", "believe", "think", "hope", "suggest", "acknowledge", "admit", "announce", "warn", "contend", "predict", "promise", "vow"})
_CLAUSE_OPENERS = frozenset({"the", "a", "an", "he", "she", "they", "it", "we", "i", "there", "his", "her", "their", "its", "this", "these", "those", "some", "many", "most", "all", "no", "if", "when", "while", "what", "how", "only", "both", "any", "more", "one", "two"})


@dataclass(frozen=True, slots=True)
class Reported:
    """A reported clause: where it stands, the part of the sentence to show with it, and whose it is."""

    content: Span
    shown: Span
    frame: Frame
    speaker: Speaker
    rule: str

    @property
    def certainty(self) -> float:
        return round(CERTAINTY[self.rule] * self.speaker.sure, 3)


def reported(line: Line, number: int, taken: frozenset[Span]) -> list[Reported]:
    """Return the reported clauses of sentence `number` of a line, those whose cue a quotation has `taken` left out."""
    sentence, frames = line.sentences[number], line.frames[number]
    speaking = [frame for frame in frames if not frame.undone and frame.cue_span not in taken and frame.kinds & {"say", "think", "stance", "according"}]
    people = any(frame.forms is not None and not frame.undone and (who := line.speaker(frame)) is not None and who.kind != "organisation" for frame in frames)
    found: list[Reported] = []
    for place, frame in enumerate(speaking):
        speaker = line.speaker(frame)
        if speaker is None or speaker.name is None or speaker.kind == "thing":
            continue
        if frame.forms is None and people:
            continue  # somebody else speaks: what the words are according to is a relay
        content = _content(sentence, frame)
        if content is None:
            continue
        span, rule = content
        if any(one.content.meets(span) and one.speaker != speaker for one in found if rule != "trailing"):
            following = [one for one in found if one.content.meets(span)]
            if following and frame.source and sentence.words[frame.source[0]].start > following[-1].content.start and rule in ("that", "clause", "stance"):
                cut = _clause_end(sentence, frame)
                if cut is None or cut <= found[-1].content.start:
                    continue  # said inside what somebody else is reported to have said
                found[-1] = Reported(Span(found[-1].content.start, cut), Span(found[-1].shown.start, cut), found[-1].frame, found[-1].speaker, found[-1].rule)
                found.append(Reported(span, Span(sentence.words[frame.source[0]].start, sentence.span.end), frame, speaker, rule))
            continue
        if any(one.content.meets(span) for one in found):
            continue
        found.append(Reported(span, sentence.span, frame, speaker, rule))
    return found


def _clause_end(sentence: Sentence, frame: Frame) -> int | None:
    """Return where the clause before a second speaker's clause ends: “While A said …, B explained …”."""
    if frame.source is None:
        return None
    first = frame.source[0]
    for back in range(first - 1, max(-1, first - 4), -1):
        if sentence.words[back].low in (",", ";"):
            return sentence.words[back].start
    return None


def _content(sentence: Sentence, frame: Frame) -> tuple[Span, str] | None:
    words = sentence.words
    last = len(words) - 1
    while last >= 0 and not words[last].is_word and words[last].low not in (")", QUOTATION):
        last -= 1
    if frame.forms is None:
        return _according(words, frame, last)
    after = _behind_that(words, frame.cue[1])
    if after is not None and after <= last - 1 and frame.kinds & {"say", "think"}:
        return Span(words[after].start, words[last].end), "that"
    if trailing := _trailing(words, frame, last):
        return trailing, "trailing"
    start = frame.cue[1]
    if last - start + 1 < _SHORTEST:
        return None
    if frame.forms.verb in _NO_THAT and frame.kinds & {"say", "think"} and (opened := _clause_start(words, start, frame.forms.verb)) is not None:
        return Span(words[opened].start, words[last].end), "clause"
    if "stance" in frame.kinds and words[start].is_word and not frame.borrowed and words[start].low not in ("by", "on", "in", "at", "from", "as"):
        return Span(words[start].start, words[last].end), "stance"
    return None


def _behind_that(words: Sequence[Word], start: int) -> int | None:
    """Return the number of the word behind the “that” which opens a reported clause."""
    for number in range(start, min(len(words), start + _ADJUNCT)):
        low = words[number].low
        if low == "that":
            return number + 1 if number + 1 < len(words) else None
        if low in (";", ":", QUOTATION) or (low == "," and number == start):
            return None
        if low in ("is", "are", "was", "were", "has", "have", "had", "will", "would"):
            return None
    return None


def _clause_start(words: Sequence[Word], start: int, verb: str) -> int | None:
    number = start
    if verb == "tell":  # told reporters, told the Post
        while number < len(words) and words[number].is_word and words[number].low not in ("he", "she", "they", "it", "there"):
            if number > start and words[number].low in _CLAUSE_OPENERS:
                break
            number += 1
            if number - start > 5:
                return None
    while number < len(words) and words[number].low in ("on", "in", "late", "early", "earlier", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "also", "today", "yesterday"):
        if words[number].low in ("in", "on") and (number + 1 >= len(words) or words[number + 1].low not in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")):
            return None
        number += 1
    if number < len(words) and words[number].is_word and (words[number].low in _CLAUSE_OPENERS or words[number].capital or words[number].low.endswith("s")):
        return number
    return None


def _trailing(words: Sequence[Word], frame: Frame, last: int) -> Span | None:
    """Return the clause before “, X said”, where the frame ends the sentence."""
    if frame.source is None or frame.borrowed:
        return None
    first, behind = min(frame.source[0], frame.cue[0]), max(frame.source[1], frame.cue[1])
    if first < 4 or words[first - 1].low != "," or "say" not in frame.kinds:
        return None
    rest = words[behind : last + 1]
    if len(rest) > _ADJUNCT or rest and rest[0].low not in (",", "in", "on", "at", "during", "to", "after", "before", "when", "as", "late", "of", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"):
        return None
    return Span(words[0].start, words[first - 2].end)


def _according(words: Sequence[Word], frame: Frame, last: int) -> tuple[Span, str] | None:
    if frame.source is None:
        return None
    first, behind = frame.cue[0], frame.source[1]
    if first == 0:
        comma = next((n for n in range(behind, min(len(words), behind + 25)) if words[n].low == ","), None)
        if comma is None or last - comma < _SHORTEST:
            return None
        return Span(words[comma + 1].start, words[last].end), "according"
    end = first - 1 if words[first - 1].low != "," else first - 2
    return (Span(words[0].start, words[end].end), "according") if end >= _SHORTEST else None
