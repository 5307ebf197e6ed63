"""Reported speech: what somebody is said to have said, in the outlet's words.

A clause behind a cue (X said that …), before one (…, X said), around one (…, X said, …) or around “according to X”, the
object of a phrase that takes a stance (X voiced support for …), and what stands behind a label in a transcript (X: …).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.model import Span
from bot.prose.frames import Frame
from bot.prose.lines import Line
from bot.prose.sentences import QUOTATION, Sentence, Word
from bot.prose.speakers import Speaker
from bot.prose.words import SpeechWords

# The share of reported clauses that people mark as somebody's words in the same place, by rule, times the share whose
# speaker is right: 840 articles of PolNeAR, `score.py quotes`.
CERTAINTY = {
    "that": 0.93,
    "clause": 0.92,
    "trailing": 0.94,
    "around": 0.9,
    "according": 0.88,
    "question": 0.85,
    "stance": 0.78,
    "label": 0.8,
}
_SHORTEST = 3  # words of content
_ADJUNCT = 14  # words that may stand between a cue and its “that”: said in an interview on Sunday that …
_ADDRESSEE = 5  # words that may stand between “told” and its clause
_BETWEEN_CLAUSES = 4  # words between a comma and the subject behind it: …, *while Foreign Minister* X explained
_ASIDE = 25  # words of “according to X” at the beginning of a sentence
_FEWEST_BEFORE = 4  # words of a clause that “, X said” follows

_Found = tuple[tuple[Span, ...], str]


@dataclass(frozen=True, slots=True)
class Reported:
    """A reported clause: where it stands, the part of the sentence to show with it, and whose it is."""

    contents: tuple[Span, ...]
    shown: Span
    frame: Frame | None
    speaker: Speaker
    rule: str
    source: Span | None = None

    @property
    def certainty(self) -> float:
        return round(CERTAINTY[self.rule] * self.speaker.sure, 3)

    def meets(self, spans: Iterable[Span]) -> bool:
        return any(mine.meets(span) for span in spans for mine in self.contents)


class ReportReader:
    """Finds reported speech by the word lists of the language."""

    def __init__(self, speech: SpeechWords) -> None:
        self._grammar, self._cues = (grammar := speech.grammar), speech.cues
        self._dates = grammar.dates
        self._rules: tuple[Callable[[Sequence[Word], Frame, int], _Found | None], ...] = (
            self._behind_that, self._trailing, self._around, self._clause, self._question, self._stance,
        )  # fmt: skip

    def reported(self, line: Line, number: int, taken: frozenset[Span]) -> list[Reported]:
        """Return the reported clauses of sentence `number` of a line, but for the cues that a quotation has `taken`."""
        sentence, frames = line.sentences[number], line.frames[number]
        somebody = any(_is_somebody(line, frame) for frame in frames)
        found: list[Reported] = []
        for frame in frames:
            speaker = line.speaker(frame)
            if frame.undone or frame.cue_span in taken or speaker is None or speaker.name is None:
                continue
            if frame.forms is None and somebody:
                continue  # where somebody speaks, what the words are according to is a relay
            if speaker.kind == "thing" and not self._can_be_of_thing(frame):
                continue
            if (content := self._content(sentence, frame, frames)) is None:
                continue
            contents, rule = content
            one = Reported(contents, sentence.span, frame, speaker, rule, frame.source_span)
            if not any(other.meets(contents) for other in found):
                found.append(one)
            elif (parted := _parted(sentence, found[-1], one)) is not None:
                found[-1:] = parted
        return _joined(found)

    def _can_be_of_thing(self, frame: Frame) -> bool:
        return frame.forms is None or (not frame.borrowed and frame.forms.verb in self._grammar.of_things)

    def labelled(self, line: Line) -> Reported | None:
        """Return what stands behind the label of a paragraph of a transcript: PENCE: …"""
        if line.label is None:
            return None
        source, speaker = line.label
        sentences = [sentence.span for sentence in line.sentences if len(sentence.span)]
        first = line.sentences[0]
        start = next((word.start for word in first.words if word.start > source.end and word.is_word), None)
        if start is None or start >= sentences[0].end:
            return None
        contents = (Span(start, sentences[-1].end),)
        return Reported(contents, Span(source.start, sentences[-1].end), None, speaker, "label", source)

    def _content(self, sentence: Sentence, frame: Frame, frames: Sequence[Frame]) -> _Found | None:
        words = sentence.words
        last = self._last(words, frame, frames)
        if frame.forms is None:
            return self._according(words, frame, last)
        return next((found for rule in self._rules if (found := rule(words, frame, last)) is not None), None)

    def _last(self, words: Sequence[Word], frame: Frame, frames: Sequence[Frame]) -> int:
        """Return the last word of a report: it ends before “, adding …”, “, according to …” and a quotation."""
        last = len(words) - 1
        for other in frames:
            own = other.source == frame.source and not other.nested
            first = other.cue[0]
            if first > frame.end and (own or other.forms is None) and words[first - 1].low in (",", "and", "but"):
                last = first - 1
                break
        quotation = next((n for n in range(frame.cue[1], last + 1) if words[n].low == QUOTATION), None)
        last = last if quotation is None else quotation - 1
        while last >= 0 and not words[last].is_word and words[last].low != ")":
            last -= 1
        return last - 1 if last >= 0 and words[last].low in ("and", "but") else last

    # The rules

    def _behind_that(self, words: Sequence[Word], frame: Frame, last: int) -> _Found | None:
        """X said in an interview that …"""
        if not frame.kinds & {"say", "think"}:
            return None
        start = frame.cue[1]
        for number in range(start, min(last - 1, start + _ADJUNCT)):
            low = words[number].low
            if low == "that":
                return _run(words, number + 1, last, "that") if number + 1 < last else None
            if low in (";", ":", QUOTATION) or (low == "," and number == start) or low in self._grammar.auxiliaries:
                return None
        return None

    def _trailing(self, words: Sequence[Word], frame: Frame, _: int) -> _Found | None:
        """…, X said."""
        if frame.source is None or frame.borrowed or "say" not in frame.kinds:
            return None
        first = frame.start
        if first < _FEWEST_BEFORE or words[first - 1].low != ",":
            return None
        rest = [word for word in words[frame.end :] if word.is_word or word.low in (",", QUOTATION, ":")]
        if rest and (
            rest[0].low not in self._grammar.behind_trailing | self._dates or QUOTATION in (word.low for word in rest)
        ):
            return None
        if rest and rest[0].low == "," and len(rest) > 1 and not self._is_aside(rest[1]):
            return None
        return _run(words, 0, first - 2, "trailing") if len(rest) <= _ADJUNCT or rest[0].low == "," else None

    def _is_aside(self, word: Word) -> bool:
        """Whether a comma and this word go on about the speaker: …, said X, *a* lawyer; …, said X, *who* …"""
        return word.low in self._grammar.about_speaker or word.low.endswith("ing")

    def _around(self, words: Sequence[Word], frame: Frame, last: int) -> _Found | None:
        """In a merger, X said, …"""
        first, behind = frame.start, frame.end
        if (
            frame.source is None
            or frame.borrowed
            or frame.nested
            or "say" not in frame.kinds
            or first < 2
            or behind + _SHORTEST > last
        ):
            return None
        if words[first - 1].low != "," or words[behind].low != "," or any(word.low == QUOTATION for word in words):
            return None
        return (Span(words[0].start, words[first - 2].end), Span(words[behind + 1].start, words[last].end)), "around"

    def _clause(self, words: Sequence[Word], frame: Frame, last: int) -> _Found | None:
        """X said the talks …"""
        verb = frame.forms.verb if frame.forms else ""
        if verb not in self._grammar.without_that or not frame.kinds & {"say", "think"}:
            return None
        number = self._behind_addressee(words, frame.cue[1]) if verb == "tell" else frame.cue[1]
        if number is None:
            return None
        while number < last and words[number].low in self._grammar.adjunct | self._dates:
            if words[number].low in ("in", "on") and words[number + 1].low not in self._dates:
                return None
            number += 1
        if last - number + 1 < _SHORTEST or not words[number].is_word or not self._opens(words[number], verb):
            return None
        return _run(words, number, last, "clause")

    def _question(self, words: Sequence[Word], frame: Frame, last: int) -> _Found | None:
        """X asked whether …"""
        if frame.forms is None or frame.forms.verb not in self._grammar.asking or frame.borrowed:
            return None
        for number in range(frame.cue[1], min(last, frame.cue[1] + _ADDRESSEE)):
            if words[number].low in self._grammar.questions:
                return _run(words, number, last, "question") if last - number + 1 >= _SHORTEST else None
            if not words[number].is_word:
                return None
        return None

    def _opens(self, word: Word, verb: str) -> bool:
        if word.capital or word.low in self._grammar.clause_openers or word.low.isdigit():
            return True
        return verb == "say" and word.low not in self._grammar.no_clause and not word.low.endswith(("ly", "ing"))

    def _behind_addressee(self, words: Sequence[Word], start: int) -> int | None:
        """Return the number of the word behind whom somebody told: told *reporters*, told *the Post*."""
        for number in range(start, min(len(words), start + _ADDRESSEE + 1)):
            if not words[number].is_word:
                return None
            if number > start and words[number].low in self._grammar.clause_openers | self._grammar.adjunct:
                return number
            if words[number].low in self._grammar.pronouns:
                return number + 1
        return None

    def _stance(self, words: Sequence[Word], frame: Frame, last: int) -> _Found | None:
        """X voiced support for …"""
        start = frame.cue[1]
        if "stance" not in frame.kinds or frame.borrowed or last - start + 1 < _SHORTEST:
            return None
        if not words[start].is_word or words[start].low in self._grammar.not_a_stance:
            return None
        if frame.forms is not None and frame.forms.verb in self._grammar.refusing and words[start].low in self._cues:
            return None  # refused to say
        return _run(words, start, last, "stance")

    def _according(self, words: Sequence[Word], frame: Frame, last: int) -> _Found | None:
        """According to X, …; …, according to X."""
        if frame.source is None:
            return None
        first, behind = frame.cue[0], frame.source[1]
        if first == 0:
            comma = next((n for n in range(behind, min(len(words), behind + _ASIDE)) if words[n].low == ","), None)
            return None if comma is None or last - comma < _SHORTEST else _run(words, comma + 1, last, "according")
        end = first - 1 if words[first - 1].low != "," else first - 2
        return _run(words, 0, end, "according") if end >= _SHORTEST else None


def _is_somebody(line: Line, frame: Frame) -> bool:
    speaker = line.speaker(frame) if frame.forms is not None and not frame.undone else None
    return speaker is not None and speaker.kind not in ("organisation", "thing")


def _joined(found: Sequence[Reported]) -> list[Reported]:
    """Return the reports with what one speaker says in one sentence together: X said …, adding that …

    Where two speakers share the words that are shown, the first stands for the sentence.
    """
    joined: dict[Span, Reported] = {}
    for one in found:
        earlier = joined.get(one.shown)
        if earlier is None:
            joined[one.shown] = one
        elif earlier.speaker.name == one.speaker.name:
            joined[one.shown] = replace(earlier, contents=tuple(sorted((*earlier.contents, *one.contents))))
    return list(joined.values())


def _run(words: Sequence[Word], first: int, last: int, rule: str) -> _Found | None:
    if any(word.low == QUOTATION for word in words[first : last + 1]):
        return None
    return (Span(words[first].start, words[last].end),), rule


def _parted(sentence: Sentence, earlier: Reported, one: Reported) -> list[Reported] | None:
    """Return two reports, each with its part of the sentence: “While A said …, B explained …”.

    None where one holds the other.
    """
    if earlier.frame is None or one.frame is None or one.frame.source is None or one.rule in ("trailing", "around"):
        return None
    cut = _clause_end(sentence, one.frame.source[0])
    start = earlier.contents[-1].start
    if (
        cut is None
        or cut <= start
        or earlier.speaker == one.speaker
        or sentence.words[one.frame.source[0]].start <= start
    ):
        return None
    contents = (*earlier.contents[:-1], Span(start, cut))
    first = replace(earlier, contents=contents, shown=Span(earlier.shown.start, cut))
    return [first, replace(one, shown=Span(sentence.words[one.frame.source[0]].start, sentence.span.end))]


def _clause_end(sentence: Sentence, first: int) -> int | None:
    """Return where the clause before a second speaker's clause ends, or None where no comma parts the two."""
    for back in range(first - 1, max(-1, first - _BETWEEN_CLAUSES), -1):
        if sentence.words[back].low in (",", ";"):
            return sentence.words[back].start
    return None
