"""Whose words stand between quotation marks.

Rules over the sentence around the marks, tried from the surest down.  The certainties were measured on 840 articles of
PolNeAR as the share of quotes whose speaker each rule gets right.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Span
from bot.quotes.frames import Frame
from bot.quotes.lines import Line
from bot.quotes.marks import Marked, is_set_off
from bot.quotes.people import Speaker
from bot.quotes.sentences import QUOTATION, Word

CERTAINTY = {
    "said X": 0.99, "X said": 0.95, "same paragraph": 0.96, "second half": 0.91, "X said before": 0.89, "cue in previous": 0.88, "colon": 0.85,
    "trailing": 0.85, "reopened": 0.69, "subject of sentence": 0.7, "subject of previous": 0.63, "label": 0.61, "previous paragraph": 0.54, "none": 0.3,
}  # fmt: skip

_SCARE_DISTANCE = 6  # words between a cue and a fragment of up to three words that it can still introduce
_SHORTEST_UNATTRIBUTED = 5  # words; shorter fragments that no rule gives a speaker are scare quotes or titles


@dataclass(frozen=True, slots=True)
class Attributed:
    """Pieces between marks that are one utterance, who uttered them and which rule says so."""

    pieces: tuple[Marked, ...]
    rule: str
    direct: bool
    sentences: tuple[Span, ...]
    line: int  # number of the line where it begins
    frame: Frame | None = None
    frame_line: int = 0
    speaker: Speaker | None = None

    @property
    def certainty(self) -> float:
        return round(CERTAINTY[self.rule] * (self.speaker.sure if self.speaker else 0.5), 3)


def attribute(text: str, lines: Sequence[Line]) -> list[Attributed]:
    """Return the quotations of the lines in order of text, pieces of one utterance together."""
    found: list[Attributed] = []
    for number, line in enumerate(lines):
        before = len(found)
        for marked in line.marked:
            one = _attribute_one(text, lines, number, marked, found, found[before:])
            if one is None:
                continue
            if found and _same_utterance(text, lines, found[-1], one):
                found[-1] = _joined(found[-1], one)
            else:
                found.append(one)
    return found


def _attribute_one(text: str, lines: Sequence[Line], number: int, marked: Marked, all_before: list[Attributed], here: list[Attributed]) -> Attributed | None:
    line = lines[number]
    at = line.sentence_of(marked.outer.start)
    sentence, frames = line.sentences[at], line.frames[at]
    words = sentence.words
    if is_set_off(text, marked):
        return _fragment(text, line, at, marked, number)
    position = next((n for n, word in enumerate(words) if word.start == marked.outer.start), None)
    if position is None:
        return None
    direct = _is_direct(text, words, position, marked, frames)
    sentences = (sentence.span,)

    def by(rule: str, frame: Frame | None, speaker: Speaker | None, frame_line: int = number) -> Attributed:
        return Attributed((marked,), rule, direct, sentences, number, frame, frame_line, speaker)

    after = next((f for f in frames if _follows(words, position, f)), None)
    if after and not after.undone:
        return by("said X" if after.inverted else "X said", after, line.speaker(after))
    before = next((f for f in reversed(frames) if f.cue[1] <= position and not f.undone and f.kinds & {"say", "utter", "stance", "according"}), None)
    if before:
        split_quote = any(word.low == QUOTATION for word in words[: before.cue[0]]) and words[position - 1].low in ",."
        return by("second half" if split_quote else "X said before", before, line.speaker(before))
    trailing = next((f for f in frames if f.cue[0] > position and not f.undone and f.kinds & {"say", "according"} and not f.borrowed), None)
    if trailing:
        return by("trailing", trailing, line.speaker(trailing))
    if marked.reopened and all_before:
        return by("reopened", all_before[-1].frame, all_before[-1].speaker, all_before[-1].frame_line)
    whole = position == 0
    if whole and (cued := _cue_in_previous(text, lines, number, at)):
        frame, speaker, frame_line = cued
        return by("cue in previous", frame, speaker, frame_line)
    if (label := _label(text, words, position)) is not None:
        return by("label", None, Speaker(label, "name"))
    if here and whole and here[-1].speaker and _nobody_between(line, here[-1], at):
        return by("same paragraph", here[-1].frame, here[-1].speaker, here[-1].frame_line)
    if not whole and line.subjects[at] is not None and line.subjects[at].name:  # type: ignore[union-attr]
        if len(marked.inner.of(text).split()) < _SHORTEST_UNATTRIBUTED or _is_title_case(marked.inner.of(text)):
            return None
        return by("colon" if words[position - 1].low == ":" else "subject of sentence", None, line.subjects[at])
    return _unintroduced(text, lines, number, at, marked, by, all_before, whole)


def _unintroduced(text, lines, number, at, marked, by, all_before, whole):  # type: ignore[no-untyped-def]
    line = lines[number]
    if len(marked.inner.of(text).split()) < _SHORTEST_UNATTRIBUTED or _is_title_case(marked.inner.of(text)):
        return None
    if whole and at and line.subjects[at - 1] is not None and line.subjects[at - 1].name:
        return by("subject of previous", None, line.subjects[at - 1])
    if whole and all_before and number - all_before[-1].line <= 1 and all_before[-1].speaker:
        return by("previous paragraph", all_before[-1].frame, all_before[-1].speaker, all_before[-1].frame_line)
    return by("none", None, None)


def _fragment(text: str, line: Line, at: int, marked: Marked, number: int) -> Attributed | None:
    """Attribute up to three words that are set off: only a cue close before them makes them somebody's words."""
    words = line.sentences[at].words
    position = next((n for n, word in enumerate(words) if word.start >= marked.inner.start), len(words))
    for frame in reversed(line.frames[at]):
        if frame.cue[1] <= position <= frame.cue[1] + _SCARE_DISTANCE and not frame.undone and frame.kinds & {"say", "utter"}:
            if _is_title_case(marked.inner.of(text)):
                return None
            return Attributed((marked,), "X said before", False, (line.sentences[at].span,), number, frame, number, line.speaker(frame))
    return None


def _follows(words: Sequence[Word], position: int, frame: Frame) -> bool:
    """Whether a frame begins right behind the quotation: “…,” said X."""
    if frame.cue[0] <= position or frame.source is None or frame.forms is None:
        return False
    start = frame.cue[0] if frame.borrowed and frame.source[0] < position else min(frame.cue[0], frame.source[0])
    between = words[position + 1 : start]
    return len(between) <= 2 and all(not word.is_word or word.low.endswith("ly") or word.low in ("as", "and", "then") for word in between) and frame.source[0] > position


def _is_direct(text: str, words: Sequence[Word], position: int, marked: Marked, frames: Sequence[Frame]) -> bool:
    """Whether the marks hold an utterance of its own, not a part of the outlet's sentence."""
    if position == 0:
        return True
    before = words[position - 1]
    if before.low in (",", ":", "—", "–", ".") or before.low == QUOTATION:
        return True
    first = marked.inner.of(text)[0]
    return first.isupper() and any(frame.cue[1] == position and frame.kinds & {"say", "utter"} for frame in frames)


def _cue_in_previous(text: str, lines: Sequence[Line], number: int, at: int) -> tuple[Frame | None, Speaker | None, int] | None:
    """Return the frame that ends the sentence before, in this paragraph or the one above it, with a comma or a colon."""
    line_number, sentence_number = (number, at - 1) if at else (number - 1, -1)
    if line_number < 0:
        return None
    line = lines[line_number]
    if not line.sentences:
        return None
    sentence = line.sentences[sentence_number]
    ending = text[sentence.span.start : sentence.span.end].rstrip()[-1:]
    if ending not in (",", ":"):
        return None
    frames = [frame for frame in line.frames[sentence_number] if not frame.undone and frame.kinds & {"say", "utter", "stance"}]
    if frames:
        return frames[-1], line.speaker(frames[-1]), line_number
    subject = line.subjects[sentence_number]
    return (None, subject, line_number) if subject and ending == ":" else None


def _label(text: str, words: Sequence[Word], position: int) -> str | None:
    """Return the name in `NAME: “…”`, or None."""
    if 2 <= position <= 5 and words[position - 1].low == ":" and all(word.capital for word in words[: position - 1]):
        return text[words[0].start : words[position - 2].end]
    return None


def _nobody_between(line: Line, earlier: Attributed, at: int) -> bool:
    """Whether no sentence between an earlier quote of the paragraph and this one has another subject."""
    first = line.sentence_of(earlier.pieces[-1].outer.end - 1)
    between = [line.subjects[n] for n in range(first + 1, at)]
    name = earlier.speaker.name if earlier.speaker else None
    return all(subject is None or subject.name == name for subject in between)


def _same_utterance(text: str, lines: Sequence[Line], earlier: Attributed, one: Attributed) -> bool:
    if one.rule == "reopened" and one.pieces[0].reopened:
        return True
    if earlier.line != one.line or earlier.speaker != one.speaker:
        return False
    if earlier.sentences[-1] == one.sentences[0]:
        return True
    # “…,” he said. “…”: nothing but the attribution stands between.
    line = lines[one.line]
    adjacent = line.sentence_of(one.pieces[0].outer.start) - line.sentence_of(earlier.pieces[-1].outer.start) == 1
    return one.rule == "same paragraph" and adjacent and earlier.direct and one.direct


def _joined(earlier: Attributed, one: Attributed) -> Attributed:
    sentences = earlier.sentences if earlier.sentences[-1] == one.sentences[0] else (*earlier.sentences, *one.sentences)
    return Attributed(
        (*earlier.pieces, *one.pieces), earlier.rule, earlier.direct and one.direct, sentences, earlier.line, earlier.frame, earlier.frame_line, earlier.speaker
    )


def _is_title_case(inner: str) -> bool:
    """Whether the marks hold the title of a work: capitals throughout and no punctuation at the end."""
    parts = inner.split()
    return len(parts) > 1 and inner[-1] not in ",.?!" and sum(part[0].isupper() for part in parts) >= len(parts) - sum(len(part) <= 3 for part in parts)
