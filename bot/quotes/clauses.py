"""What a cue reports: which words of its sentence are the source's, by one rule for each construction."""

from collections.abc import Callable, Sequence

from bot.model import Span
from bot.prose.frames import Frame
from bot.prose.sentences import QUOTATION, Sentence, Word
from bot.prose.words import SpeechWords
from bot.quotes.extents import FEWEST_BEHIND, WITHIN, ExtentReader
from bot.quotes.objects import ObjectReader

_SHORTEST = 3  # words of a reported clause
_ADDRESSEE = 5  # words that may stand behind “…, X told”
_LONG_ADDRESSEE = 8  # words that may stand between “told” and its clause: told *The Star of Newark last week* …
_ASIDE = 25  # words of “according to X” at the beginning of a sentence
_BEFORE_SOURCE = 5  # words between “…,” and the source that it is told of: …, *frontman* X said
_OPENING = 5  # words before “according to X” at the beginning: *But*, *The next day*
_FEWEST_BEFORE = 4  # words of a clause that “, X said” follows

#: The words that are reported, and the name of the rule that found them.
Found = tuple[tuple[Span, ...], str]


class ClauseReader:
    """Finds what a frame reports, by the word lists of the language."""

    def __init__(self, speech: SpeechWords) -> None:
        self._grammar, self._cues = (grammar := speech.grammar), speech.cues
        self._dates, self._between = grammar.dates, speech.between
        self._no_noun = grammar.breaks | grammar.pronouns
        self._objects, self._extents = ObjectReader(speech), ExtentReader(speech)
        self._rules: tuple[Callable[[Sequence[Word], Frame, int], Found | None], ...] = (
            self._as, self._behind_that, self._trailing, self._around, self._clause, self._question, self._object,
        )  # fmt: skip

    def content(self, sentence: Sentence, frame: Frame, frames: Sequence[Frame]) -> Found | None:
        words = sentence.words
        last = self._extents.last(words, frame, frames)
        if frame.forms is None:
            return self._according(words, frame, last)
        return next((found for rule in self._rules if (found := rule(words, frame, last)) is not None), None)

    # The rules

    def _as(self, words: Sequence[Word], frame: Frame, last: int) -> Found | None:
        """As X said, …"""
        if frame.source is None or frame.borrowed or "say" not in frame.kinds or words[frame.start - 1].low != "as":
            return None
        comma = next((n for n in range(frame.end, min(len(words), frame.end + WITHIN)) if not words[n].is_word), 0)
        if frame.start != 1 or not comma or words[comma].low != "," or last - comma < _SHORTEST:
            return None
        return _run(words, comma + 1, last, "as")

    def _behind_that(self, words: Sequence[Word], frame: Frame, last: int) -> Found | None:
        """X said in an interview that …"""
        start = frame.cue[1]
        replied = "utter" in frame.kinds and start < last and words[start].low == "that"
        if not frame.kinds & {"say", "think"} and not replied:
            return None
        for number in range(start, min(last - 1, start + WITHIN)):
            low = words[number].low
            if low == "that":
                content = number + 1 < last and not self._objects.is_told_apart(words, number + 1, last)
                return _run(words, number + 1, last, "that") if content else None
            if low in (";", ":", QUOTATION) or (low == "," and number == start) or low in self._grammar.auxiliaries:
                return None
            if number == start and not self._is_adjunct(words[number], frame):
                return None
        return None

    def _is_adjunct(self, word: Word, frame: Frame) -> bool:
        """Whether a word begins what can stand before “that”: said *on* CNN that, told *reporters* that."""
        told = frame.forms is not None and frame.forms.verb in self._grammar.addressing
        idle = self._grammar.links | self._grammar.time | self._dates | self._between | self._grammar.before_that
        return told or word.low in idle or word.low.endswith("ly")

    def _trailing(self, words: Sequence[Word], frame: Frame, _: int) -> Found | None:
        """…, X said."""
        if frame.source is None or frame.borrowed or not self._holds_clause(frame):
            return None
        comma = self._comma_before(words, frame.start)
        if comma + 1 < _FEWEST_BEFORE:
            return None
        end = frame.end
        if frame.forms is not None and frame.forms.verb in self._grammar.addressing:  # …, X told reporters
            end = next(
                (n for n in range(end, min(len(words), end + _ADDRESSEE + 1)) if self._ends_addressee(words[n])), end
            )
        rest = [word for word in words[end:] if word.is_word or word.low in (",", QUOTATION, ":")]
        described = frame.inverted and rest and rest[0].low in self._grammar.asides  # …, said a man *who* …
        if rest and rest[0].low not in self._grammar.behind_trailing | self._dates and not described:
            return None
        if any(word.low == QUOTATION for word in rest) and not self._is_adding(rest):
            return None
        goes_on = rest and rest[0].low == "," and len(rest) > 1 and not frame.inverted
        if goes_on and (not self._is_aside(rest[1]) or rest[1].low in self._grammar.determiners):
            return None  # not: …, said X, *a* lawyer
        ends = len(rest) <= WITHIN or any(word.low == "," for word in rest[:WITHIN])
        return _run(words, 0, comma - 1, "trailing") if ends else None

    def _is_adding(self, rest: Sequence[Word]) -> bool:
        """Whether somebody goes on speaking behind “…, X said”: …, X said, *adding*, “…”"""
        forms = self._cues.get(rest[1].low, ()) if rest[0].low == "," else ()
        return any(form.participle and form.verb in self._grammar.adding for form in forms)

    def _ends_addressee(self, word: Word) -> bool:
        begins = word.low in self._grammar.clause_openers | {"to"}  # told reporters *this* was …
        return not word.is_word or (word.low in self._grammar.behind_trailing and not begins)

    def _comma_before(self, words: Sequence[Word], first: int) -> int:
        """Return the number of the comma before the noun phrase around a source, or 0: …, *as frontman* X said."""
        for number in range(first - 1, max(0, first - 1 - _BEFORE_SOURCE), -1):
            if words[number].low == ",":
                return number
            opening = words[number].low == "as" and words[number - 1].low == ","
            if not opening and (not words[number].is_word or words[number].low in self._no_noun):
                return 0
        return 0

    def _holds_clause(self, frame: Frame) -> bool:
        """Whether a cue can stand behind its clause or inside it: …, X *said*; …, X *believes*."""
        if frame.forms is None or "say" in frame.kinds:
            return True
        return "think" in frame.kinds and frame.forms.verb in self._grammar.without_that

    def _is_aside(self, word: Word) -> bool:
        """Whether a comma and this word go on about the speaker: …, said X, *a* lawyer; …, said X, *who* …"""
        return word.low in self._grammar.about_speaker or word.low.endswith("ing")

    def _around(self, words: Sequence[Word], frame: Frame, last: int) -> Found | None:
        """In a merger, X said, …"""
        first, behind = frame.start, frame.end
        if (
            frame.source is None
            or frame.borrowed
            or frame.nested
            or not self._holds_clause(frame)
            or first < 2
            or behind + FEWEST_BEHIND > last
        ):
            return None
        if frame.forms is not None and frame.forms.verb in self._grammar.addressing:
            limit = min(last, behind + _ADDRESSEE)
            behind = next((n for n in range(behind, limit) if not words[n].is_word), behind)
        if words[first - 1].low != "," or words[behind].low not in (",", ";") or behind + FEWEST_BEHIND > last:
            return None
        return _both(words, (0, first - 2), (behind + 1, last), "around")

    def _clause(self, words: Sequence[Word], frame: Frame, last: int) -> Found | None:
        """X said the talks …"""
        verb = frame.forms.verb if frame.forms else ""
        if verb not in self._grammar.without_that or not frame.kinds & {"say", "think"} or frame.inverted:
            return None
        number = self._behind_addressee(words, frame.cue[1]) if verb == "tell" else frame.cue[1]
        if number is None:
            return None
        if verb == "say" and number < last and words[number].low == "," and not _quotes(words):
            number += 1  # he said, if elected, he would …
        while number < last and words[number].low in self._grammar.adjunct | self._dates | self._grammar.links:
            if words[number].low in self._grammar.links and words[number + 1].low not in self._dates:
                behind = self._behind_place(words, number, last)
                if behind is None:
                    return None
                number = behind
                break
            number += 1
        if last - number + 1 < _SHORTEST or not words[number].is_word:
            return None
        if verb == "tell" and words[number].low == "to":
            return _run(words, number, last, "clause")
        certain = "say" in frame.kinds and "stance" not in frame.kinds
        certain = certain or words[number].low.partition("'")[0] in self._grammar.subjects
        if (certain and self._opens(words[number], verb)) or self._has_verb(words[number : last + 1], verb):
            return _run(words, number, last, "clause")
        return None

    def _behind_place(self, words: Sequence[Word], start: int, last: int) -> int | None:
        """Return the number of the pronoun that begins a clause behind where it was said: said in a statement *he* …"""
        for number in range(start + 2, min(last, start + WITHIN)):
            if words[number].low in self._grammar.subjects:
                return number
            if not words[number].is_word or words[number].low in self._grammar.auxiliaries | self._no_noun:
                return None
        return None

    def _has_verb(self, words: Sequence[Word], verb: str) -> bool:
        """Whether a noun phrase and a verb begin here: working-class voters *could* …"""
        if words[0].low in self._grammar.no_clause or (verb != "say" and words[0].low.endswith(("ly", "ing"))):
            return False
        clause = next((n for n, word in enumerate(words) if not word.is_word), len(words))
        inside = words[: min(clause, WITHIN)]
        if any(word.low in self._grammar.auxiliaries or word.low.endswith(("n't", "'ll", "'d")) for word in inside):
            return True
        return verb == "say" and any(word.low.endswith("ed") or word.low in self._cues for word in inside[1:])

    def _question(self, words: Sequence[Word], frame: Frame, last: int) -> Found | None:
        """X asked whether …"""
        if frame.forms is None or frame.forms.verb not in self._grammar.asking or frame.borrowed:
            return None
        for number in range(frame.cue[1], min(last, frame.cue[1] + _LONG_ADDRESSEE)):
            if words[number].low in self._grammar.questions:
                return _run(words, number, last, "question") if last - number + 1 >= _SHORTEST else None
            if not words[number].is_word:
                return None
        return None

    def _opens(self, word: Word, verb: str) -> bool:
        if word.capital or word.low.partition("'")[0] in self._grammar.clause_openers or word.low.isdigit():
            return True
        return verb == "say" and word.low not in self._grammar.no_clause and not word.low.endswith(("ly", "ing"))

    def _behind_addressee(self, words: Sequence[Word], start: int) -> int | None:
        """Return the number of the word behind whom somebody told: told *reporters*, told *the Post*."""
        for number in range(start, min(len(words), start + _LONG_ADDRESSEE + 1)):
            if not words[number].is_word:
                return None
            opener = words[number].low.partition("'")[0]
            if number > start and opener in self._grammar.clause_openers | self._grammar.adjunct | {"to"}:
                return number
            if words[number].low in self._grammar.pronouns | self._grammar.objects:
                return number + 1
        return None

    def _object(self, words: Sequence[Word], frame: Frame, last: int) -> Found | None:
        """X voiced support for …"""
        found = self._objects.read(words, frame, last)
        return _run(words, found[0][0], found[0][1] - 1, found[1]) if found else None

    def _according(self, words: Sequence[Word], frame: Frame, last: int) -> Found | None:
        """According to X, …; …, according to X."""
        if frame.source is None:
            return None
        first, behind = frame.cue[0], frame.source[1]
        before = words[first - 1].low if first else "("
        if before in ("(", ":") or (first <= _OPENING and before in self._grammar.and_then):
            comma = next((n for n in range(behind, min(len(words), behind + _ASIDE)) if words[n].low == ","), None)
            opening = next((n for n in range(first - 1) if words[n].low not in self._grammar.and_then), first)
            if comma is not None and last - comma >= _SHORTEST:
                if before != "," or opening == first:
                    return _run(words, comma + 1, last, "according")
                if words[comma + 1].low not in self._grammar.asides | {"a", "an"}:  # not: …, according to X, *who* …
                    return _both(words, (opening, first - 2), (comma + 1, last), "according")
            elif before != ",":
                return None
        end = first - 1 if before != "," else first - 2
        return _run(words, 0, end, "according") if end + 1 >= _SHORTEST else None


def _quotes(words: Sequence[Word]) -> bool:
    return any(word.low == QUOTATION for word in words)


def _both(words: Sequence[Word], before: tuple[int, int], behind: tuple[int, int], rule: str) -> Found | None:
    """Return what stands on both sides of a cue and its source, by the numbers of its first and last words."""
    if _quotes(words[before[0] : behind[1] + 1]):
        return None
    return tuple(Span(words[first].start, words[last].end) for first, last in (before, behind)), rule


def _run(words: Sequence[Word], first: int, last: int, rule: str) -> Found | None:
    return None if _quotes(words[first : last + 1]) else ((Span(words[first].start, words[last].end),), rule)
