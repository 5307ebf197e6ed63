"""What somebody takes a stance on: the object of a cue, and where it ends in the outlet's prose."""

from collections.abc import Sequence

from bot.prose.frames import Frame
from bot.prose.phrases import Phrase
from bot.prose.sentences import Word
from bot.prose.words import CueForm, SpeechWords

_FEWEST_FOUND = 3  # words of what a poll shows
_LISTED = 8  # words between a comma of a list and its “and”
_LONGEST_NAME = 3  # words
_LONGEST_ADDRESSEE = 6  # words
_COMMAS = (",", "-", "–", "—")

#: The words of an object, and the name of the rule that found it.
Object = tuple[Phrase, str]


class ObjectReader:
    """Finds objects by the word lists of the language."""

    def __init__(self, speech: SpeechWords) -> None:
        self._grammar, self._cues, self._between = speech.grammar, speech.cues, speech.between

    def read(self, words: Sequence[Word], frame: Frame, last: int) -> Object | None:
        """Return what a frame takes a stance on, up to the word `last`: voiced support for …; a poll shows X ahead."""
        start, forms = frame.cue[1], frame.forms
        if forms is None or last < start or not words[start].is_word:
            return None
        if frame.kinds & {"stance", "hold"} and self._takes(words, frame, forms, last):
            return self._object(words, frame, forms, last)
        shown = frame.kinds & {"say", "think", "stance"} and last - start + 1 >= _FEWEST_FOUND
        if shown and self._is_finding(words, frame):
            return (start, last + 1), "finding"
        return None

    def _object(self, words: Sequence[Word], frame: Frame, forms: CueForm, last: int) -> Object:
        start = frame.cue[1]
        behind = start if words[start].low == "that" else self._that_behind_whom(words, start, forms, last)
        if behind is not None and behind < last:
            return (behind + 1, last + 1), "stance"
        return (start, (last if forms.link == "that" else self.end(words, start, forms, last)) + 1), "stance"

    def _that_behind_whom(self, words: Sequence[Word], start: int, forms: CueForm, last: int) -> int | None:
        """Return the number of the “that” behind somebody: made the case to voters *that*, agreed with X *that*."""
        to_somebody = forms.rest[-1:] == ("with",) or (len(forms.rest) > 1 and forms.rest[-1] == "to")
        for number in range(start, min(last, start + _LONGEST_ADDRESSEE) if to_somebody else start):
            if words[number].low == "that":
                return number
            if not words[number].is_word or words[number].low in self._grammar.auxiliaries:
                break
        return None

    def _takes(self, words: Sequence[Word], frame: Frame, forms: CueForm, last: int) -> bool:
        """Whether what stands behind a cue is its object."""
        first, (number, start) = words[frame.cue[1]], frame.cue
        if first.low in self._grammar.not_a_stance | self._grammar.dates and forms.link != "to":
            return False
        if forms.verb in self._grammar.refusing and (first.low == "be" or self._is_saying(words[start : last + 1])):
            return False  # declined to be named; refused to say
        if forms.verb in self._grammar.naming and not forms.rest and not _names_somebody(words, frame):
            return False  # a group called X
        if forms.link == "that" and self.is_told_apart(words, start, last):
            return False
        alone = forms.verb in self._grammar.refusing or first.capital or first.low in self._grammar.objects
        if start == last and not alone:
            return False
        if frame.borrowed and forms.verb in self._grammar.commenting:
            return False
        # Those who support X: a class of people, whom nothing is told of.
        return not (frame.borrowed and words[number - 1].low in self._grammar.relatives) or (
            words[number - 2].low in _COMMAS
        )

    def is_told_apart(self, words: Sequence[Word], first: int, last: int) -> bool:
        """Whether behind a noun somebody else speaks of it: a plan that *he said would* …"""
        if first + 2 >= last or words[first].low not in self._grammar.subjects:
            return False
        forms = self._cues.get(words[first + 1].low, ())
        speaks = any(form.verb in self._grammar.without_that and not form.rest for form in forms)
        return speaks and words[first + 2].low in self._grammar.auxiliaries

    def _is_saying(self, words: Sequence[Word]) -> bool:
        """Whether a verb of saying stands here, and no other that it begins: refused to *say*, but to *rule out* …"""
        says = any("say" in form.kinds and not form.rest for form in self._cues.get(words[0].low, ()))
        return says and not any(word.low in self._grammar.particles for word in words[1:2])

    def _is_finding(self, words: Sequence[Word], frame: Frame) -> bool:
        """Whether the source is a poll, a study, a record: what it shows is what it tells."""
        if frame.source is None or frame.borrowed:
            return False
        return any(word.low in self._grammar.findings for word in words[slice(*frame.source)])

    # Its end

    def end(self, words: Sequence[Word], start: int, forms: CueForm, last: int) -> int:
        """Return the last word of an object: what goes on behind it is the outlet's."""
        ends = self._grammar.ends_infinitive if forms.link == "to" else self._grammar.ends_object
        for number in range(start + 1, last):
            word = words[number]
            if word.low == "," and self._goes_on(words[number + 1 : last + 1]):
                continue
            if word.low in (",", ";", "—", "–") or (word.low == ":" and forms.link == "to"):
                return number - 1
            if word.low in ends:
                return number - 2 if words[number - 1].low in self._grammar.links else number - 1
            if word.low == "by" and words[number + 1].low.endswith("ing"):
                return number - 1
            if word.low == "and" and self._is_next_verb(words, number + 1, last, forms):
                return number - 1
        return last

    def _is_next_verb(self, words: Sequence[Word], number: int, last: int, forms: CueForm) -> bool:
        """Whether behind “and” the subject does something else: praised X and *even questioned* Y."""
        while number < last and (words[number].low.endswith("ly") or words[number].low in self._between):
            if words[number].low in self._grammar.auxiliaries:
                return True
            number += 1
        low = words[number].low
        if low in self._grammar.auxiliaries or low.endswith("ed"):
            return True
        return forms.participle and low.endswith("ing") and low in self._cues

    def _goes_on(self, words: Sequence[Word]) -> bool:
        """Whether a comma is one of a list: banks, *insurers and funds*; banks, *including* …"""
        if words[0].low == "including" or self._is_name(words):
            return True
        for word in words[:_LISTED]:
            if word.low in ("and", "or"):
                return word is not words[0]
            if word.low in self._grammar.list_breaks | self._grammar.auxiliaries or word.low.endswith(("ed", "ing")):
                return False
            if not word.is_word and word.low != ",":
                return False
        return False

    def _is_name(self, words: Sequence[Word]) -> bool:
        """Whether a name stands between this comma and the next: the aggressor, *Russia*; Hartford, *Conn.*"""
        end = next((number for number, word in enumerate(words) if not word.is_word), len(words))
        return 0 < end <= _LONGEST_NAME and all(word.capital for word in words[:end])


def _names_somebody(words: Sequence[Word], frame: Frame) -> bool:
    """Whether the source right before a cue is no noun that the cue gives a name: a group *called* X."""
    last = frame.source[1] - 1 if frame.source else 0
    return last + 1 != frame.cue[0] or words[last].capital or len(words[last].low) <= 4 or words[last].low.endswith("s")
