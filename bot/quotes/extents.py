"""How far a report goes: where in its sentence the words of a source end and the outlet's own go on."""

from collections.abc import Sequence

from bot.prose.frames import Frame
from bot.prose.sentences import QUOTATION, Word
from bot.prose.words import SpeechWords

WITHIN = 14  # words that may stand between a cue and its “that”: said in an interview on Sunday that …
FEWEST_BEHIND = 2  # words of a clause behind “, X said,”
_BETWEEN_CLAUSES = 4  # words between a comma and the subject behind it: …, *while Foreign Minister* X explained
_FEWEST_BEFORE_ASIDE = 6  # words of a report before “, which …”


class ExtentReader:
    """Finds the end of what a frame reports, by the word lists of the language."""

    def __init__(self, speech: SpeechWords) -> None:
        self._grammar, self._between = (grammar := speech.grammar), speech.between
        before_subject = grammar.subordinators | grammar.adverbial | grammar.links | grammar.breaks | grammar.degrees
        self._before_subject = before_subject - {"to"}

    def last(self, words: Sequence[Word], frame: Frame, frames: Sequence[Frame]) -> int:
        """Return the last word of a report: it ends before “, adding …”, “, according to …” and a quotation."""
        last = len(words) - 1
        for other in frames:
            if other.cue[0] > frame.end and (end := self._parts(words, frame, other)) is not None:
                last = end
                break
        if frame.subordinate:  # while X says …, Y …
            first = self._behind_adverbial(words, frame, last)
            last = next((number - 1 for number in range(first, last) if words[number].low in ",;"), last)
        quotation = next((n for n in range(frame.cue[1], last + 1) if words[n].low == QUOTATION), None)
        last = last if quotation is None else quotation - 1
        aside = (n for n in range(frame.end + _FEWEST_BEFORE_ASIDE, last) if not words[n].is_word)
        last = next((n - 1 for n in aside if self._is_aside(words, n, last)), last)
        while last >= 0 and (not words[last].is_word or words[last].low in ("and", "but")) and words[last].low != ")":
            last -= 1
        return last

    def _is_aside(self, words: Sequence[Word], comma: int, last: int) -> bool:
        """Whether the outlet adds something behind a comma, and nothing of the report follows: …, *which* …"""
        if words[comma + 1].low not in self._grammar.asides:
            return False
        closing = next((n for n in range(comma + 1, last) if words[n].low == ","), last)
        return closing == last or words[closing + 1].low not in self._grammar.auxiliaries

    def _behind_adverbial(self, words: Sequence[Word], frame: Frame, last: int) -> int:
        """Return the word behind the comma that ends the beginning of a clause: told X that *despite the storm,* …"""
        opening = self._opening(words, frame)
        if words[opening - 1].low != "that" or words[opening].low not in self._before_subject:
            return frame.end + 1
        comma = next((n for n in range(opening, last) if not words[n].is_word), last)
        return comma + 1 if words[comma].low == "," else frame.end + 1

    def _opening(self, words: Sequence[Word], frame: Frame) -> int:
        """Return the number of the first word that a frame reports: behind its “that”, if it has one."""
        for number in range(frame.end, min(len(words) - 1, frame.end + WITHIN)):
            if words[number].low == "that":
                return number + 1
            if not words[number].is_word:
                break
        return min(frame.end, len(words) - 1)

    def _parts(self, words: Sequence[Word], frame: Frame, other: Frame) -> int | None:
        """Return where a report ends because a later cue is outside it, or None where that is inside."""
        first = other.cue[0]
        own = other.source == frame.source and not other.nested
        while own and words[first - 1].low in self._between:
            first -= 1
        conjoined = words[first - 1].low in ("and", "but") and first - 1 != frame.end
        if own and conjoined and not other.kinds & {"say", "utter"} and self._has_pronoun(words, frame, other):
            return None  # X said *she* was elated but still feared …
        if own and conjoined and _is_participle(other) and not _is_participle(frame):
            return None  # X says the mayor is doing wrong *and showing* …
        if (own or other.forms is None) and words[first - 1].low in (",", "and", "but"):
            return first - 1
        beside = other.source is not None and other.source[0] > frame.end and not other.borrowed
        if beside and not other.inverted and other.forms is not None:
            if words[first].low == words[frame.cue[0]].low and words[other.start - 1].low == "and":
                return other.start - 2  # half said … and a third said …
            return None if other.nested else self._before_clause(words, frame, other)
        around = other.source is not None and other.source[1] <= frame.start and not other.borrowed
        if around and words[other.cue[0] - 1].low in (",", ")", "—", "–"):  # X, who opposed it, said …
            return other.cue[0] - 1
        return None

    def _has_pronoun(self, words: Sequence[Word], frame: Frame, other: Frame) -> bool:
        """Whether a report begins with a pronoun, which the verb of `other` can go with as well as the source can."""
        simple = words[other.cue[0] - 1].low not in self._grammar.auxiliaries
        return simple and words[frame.end].low in self._grammar.subjects

    def _before_clause(self, words: Sequence[Word], frame: Frame, other: Frame) -> int | None:
        """Return the last word before the clause of another subject: X said …, *but Y* called it …; …, *Y* said."""
        comma = next((n for n in range(other.start - 1, frame.end, -1) if words[n].low in (",", ";")), None)
        if comma is None or other.start - comma > _BETWEEN_CLAUSES:
            return None
        if any(word.low in self._grammar.relatives for word in words[comma + 1 : other.start]):
            return None  # …, *which* Y backed, …; …, and *that* he …
        goes_on = comma + 1 == other.start and other.end + FEWEST_BEHIND < len(words)
        goes_on = goes_on and words[self._opening(words, frame)].low in self._before_subject
        return None if goes_on else comma - 1  # X said that *if* it rains, he would call it off


def _is_participle(frame: Frame) -> bool:
    return frame.forms is not None and frame.forms.participle
