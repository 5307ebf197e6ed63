"""Frames of speech: a cue (said, according to) and the words that name its source, in the outlet's own prose."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Span
from bot.quotes.sentences import QUOTATION, Sentence, Word
from bot.quotes.words import CueForm, NameWords, SpeechWords

PRONOUNS = frozenset({"he", "she", "they", "we", "i", "you", "it", "who"})
_DETERMINERS = frozenset(
    {"the", "a", "an", "his", "her", "their", "its", "our", "my", "this", "that", "these", "those", "some", "one", "two", "three", "four", "several",
     "many", "most", "both", "another", "other", "each", "any", "no", "few"}
)  # fmt: skip
_NOUN_LINKS = frozenset({"of", "for", "at", "with", "from", "in", "on", "to", "by"})
_BREAKS = frozenset(
    {"but", "or", "while", "when", "as", "because", "if", "that", "which", "whose", "what", "after", "before", "since", "although", "though", "where", "whereas", "than",
     "then", "also", "about", "into", "over", "under", "against", "during", "through", "between", "among", "without", "within", "around", "like", "how", "why",
     "until", "so", "yet", "nor", "not", "there", "here", "whether", "is", "are", "was", "were", "be", "been", "being", "am", "had", "has", "have", "having", "do", "does", "did",
     "will", "would", "can", "could", "may", "might", "must", "should", "them", "him", "me", "us", "itself", "himself", "herself", "via", "per", "meanwhile", "however",
     "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july", "august", "september",
     "october", "november", "december", "earlier", "later", "yesterday", "today", "tonight", "recently", "despite", "amid", "once"}
)  # fmt: skip
_TIME = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "tonight", "morning", "afternoon", "evening", "night", "week", "month", "year",
     "late", "early", "earlier", "last", "on", "in", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december"}
)  # fmt: skip
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "got", "gets"})
MAX_NOUN_PHRASE = 14


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue in a sentence, by word numbers: `source` is [first, last) of the words that name the source."""

    sentence: Sentence
    cue: tuple[int, int]
    forms: CueForm | None  # None for “according to”
    source: tuple[int, int] | None
    undone: bool = False
    inverted: bool = False  # said X
    borrowed: bool = False  # the source is that of an earlier cue or the subject of the sentence

    @property
    def kinds(self) -> frozenset[str]:
        return self.forms.kinds if self.forms else frozenset({"say", "according"})

    @property
    def cue_span(self) -> Span:
        return _span(self.sentence.words, self.cue)

    @property
    def source_span(self) -> Span | None:
        return _span(self.sentence.words, self.source) if self.source else None


def _span(words: Sequence[Word], numbers: tuple[int, int]) -> Span:
    return Span(words[numbers[0]].start, words[numbers[1] - 1].end)


class FrameReader:
    """Finds the frames of sentences by the word lists of the language."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        self._speech, self._names = speech, names
        self._titles = frozenset(word for title in names.titles for word in title)

    def frames(self, sentence: Sentence) -> list[Frame]:
        """Return the frames of a sentence in order, those that a negation undoes among them."""
        words, found, number = sentence.words, list[Frame](), 0
        while number < len(words):
            frame = self._according(sentence, number) or self._frame(sentence, number, found)
            if frame is None:
                number += 1
                continue
            found.append(frame)
            number = max(frame.cue[1], number + 1)
        return found

    def subject(self, sentence: Sentence) -> tuple[int, int] | None:
        """Return the word numbers of what the sentence's first clause is about, or None where that is no noun phrase."""
        words = sentence.words
        for start in self._clause_starts(words):
            phrase = self._phrase_from(words, start)
            if phrase:
                return phrase
        return None

    def _clause_starts(self, words: Sequence[Word]) -> list[int]:
        starts = [0]
        if words and (words[0].low in _NOUN_LINKS or words[0].low in _BREAKS or words[0].low.endswith(("ing", "ed", "ly")) or words[0].low in ("under", "despite")):
            starts = []
        for number, word in enumerate(words[:40]):
            if word.low == "," and number + 1 < len(words) and (words[number + 1].capital or words[number + 1].low in PRONOUNS | _DETERMINERS):
                starts.append(number + 1)
        return starts

    # Cues

    def _according(self, sentence: Sentence, number: int) -> Frame | None:
        words = sentence.words
        for phrase in self._speech.according:
            if words[number].low == phrase[0] and tuple(word.low for word in words[number : number + len(phrase)]) == phrase:
                source = self._phrase_from(words, number + len(phrase))
                return Frame(sentence, (number, number + len(phrase)), None, source) if source else None
        return None

    def _cue(self, words: Sequence[Word], number: int) -> tuple[CueForm, int] | None:
        """Return the longest cue that begins at a word, and the number of the word behind it."""
        for form in self._speech.cues.get(words[number].low, ()):
            end = number + 1
            if not form.rest:
                return form, end
            for filler in range(3):  # expressed *his strong* support for
                at = end + filler
                if tuple(word.low for word in words[at : at + len(form.rest)]) == form.rest:
                    return form, at + len(form.rest)
                if "stance" not in form.kinds or at >= len(words) or not words[at].is_word:
                    break
        return None

    def _frame(self, sentence: Sentence, number: int, earlier: list[Frame]) -> Frame | None:
        words = sentence.words
        if words[number].capital and number and words[number - 1].capital:
            return None  # a part of a name
        cue = self._cue(words, number)
        if cue is None or self._is_noun(words, number):
            return None
        form, end = cue
        if form.participle:
            source = earlier[-1].source if earlier else self.subject(sentence)
            if words[number - 1].low in ("of", "for", "without", "from", "in", "on", "about") and number:
                return None
            if number and words[number - 1].low in _BE | {"been"}:
                source = self._before(words, number)[0]
                return Frame(sentence, (number, end), form, source, undone=self._undone(words, number)) if source else None
            if source and source[1] > number:
                source = None
            return Frame(sentence, (number, end), form, source, undone=self._undone(words, number), borrowed=True)
        if number and words[number - 1].low in _BE or number > 1 and words[number - 1].low.endswith("ly") and words[number - 2].low in _BE:
            return None  # was told, is called: the subject is spoken to or about
        source, inverted, borrowed = self._source(words, number, end)
        if source is None and earlier and number and words[number - 1].low in ("and", "but", "then", "also", "later", ","):
            source, borrowed = earlier[-1].source, True
        if source is None:
            return None
        return Frame(sentence, (number, end), form, source, self._undone(words, number), inverted, borrowed)

    def _source(self, words: Sequence[Word], number: int, end: int) -> tuple[tuple[int, int] | None, bool, bool]:
        after_quotation = number > 0 and (
            words[number - 1].low == QUOTATION or (words[number - 1].low in ",—–-" and number > 1 and words[number - 2].low == QUOTATION)
        )
        if after_quotation and (phrase := self._phrase_from(words, end)):
            return phrase, True, False
        before, borrowed = self._before(words, number)
        if before:
            return before, False, borrowed
        if (number == 0 or words[number - 1].low in ",—–") and (phrase := self._phrase_from(words, end)):
            return phrase, True, False
        return None, False, False

    def _is_noun(self, words: Sequence[Word], number: int) -> bool:
        """Whether the word that looks like a verb is a noun: the *report*, Trump's *call*, a *claim*."""
        if number == 0:
            return not words[0].low.endswith("ing")
        before = words[number - 1]
        if before.possessive and not words[number].low.endswith(("ed", "said")):
            return True
        if before.low in ("a", "an", "the", "his", "her", "their", "its", "our", "my", "this", "no", "any", "every", "of", "for", "with", "by", "from", "in", "at", "on"):
            return before.low != "by" or not words[number].low.endswith("ing")
        if words[number].low in self._speech.cues and words[number].low == self._speech.cues[words[number].low][0].verb and before.low not in (
            "they", "we", "i", "you", "who", "to", "not", "also"
        ):  # fmt: skip
            irregular = words[number].low in ("read", "put", "hit", "shot")
            return not (irregular or before.low.endswith("s") or before.low in ("people", "police", "would", "could", "did", "will", "may", "might", "should", "officials", "n't", "never", "often", "still")
                        or before.low.endswith("n't") or before.low in (",", ")", "—"))  # fmt: skip
        return False

    def _undone(self, words: Sequence[Word], number: int) -> bool:
        for back in range(1, 4):
            if number - back < 0 or not words[number - back].is_word:
                return False
            low = words[number - back].low
            if low in self._speech.undo or low.endswith("n't"):
                return True
            if low not in self._speech.between and not low.endswith("ly"):
                return False
        return False

    # Noun phrases

    def _before(self, words: Sequence[Word], number: int) -> tuple[tuple[int, int] | None, bool]:
        """Return the noun phrase that is the subject of the verb at `number`, and whether it stands before a “who”."""
        last = number - 1
        while last >= 0 and (words[last].low in self._speech.between or words[last].low in self._speech.undo or words[last].low.endswith("ly") and not words[last].capital):
            if words[last].low == "who":
                return self._antecedent(words, last), True
            last -= 1
        last = self._skip_time(words, last)
        if last >= 0 and words[last].low in (",", "—", "–", ")"):
            return self._skip_aside(words, last), False
        phrase = self._phrase_to(words, last)
        return phrase, False

    def _antecedent(self, words: Sequence[Word], who: int) -> tuple[int, int] | None:
        last = who - 1
        if last >= 0 and words[last].low == ",":
            last -= 1
        return self._phrase_to(words, last)

    def _skip_time(self, words: Sequence[Word], last: int) -> int:
        back = last
        while back >= 0 and (words[back].low in _TIME or words[back].low.isdigit()):
            back -= 1
        return back if back < last and any(word.low in _TIME for word in words[back + 1 : last + 1]) and back >= 0 else last

    def _skip_aside(self, words: Sequence[Word], last: int) -> tuple[int, int] | None:
        """Return the noun phrase before an aside: X, *the head of Y*, said; X *(R-Ohio)* said."""
        opening = {",": ",", "—": "—", "–": "–", ")": "("}[words[last].low]
        for back in range(last - 1, max(-1, last - 40), -1):
            if words[back].low == QUOTATION or words[back].low in (":", ";"):
                break
            if words[back].low == opening:
                if opening == "(" and (inner := words[back - 1].low == ",") and back > 1:
                    return self._skip_aside(words, back - 1) if inner else None
                phrase = self._phrase_to(words, back - 1)
                if phrase and self._can_speak(words, phrase):
                    return phrase
                if phrase is None and opening != ",":
                    return None
        return None

    def _can_speak(self, words: Sequence[Word], phrase: tuple[int, int]) -> bool:
        last = words[phrase[1] - 1]
        return last.capital or last.low in PRONOUNS or last.low in self._names.roles or last.low in self._names.utterances or (last.low,) in self._names.titles

    def _phrase_to(self, words: Sequence[Word], last: int) -> tuple[int, int] | None:
        """Return the noun phrase that ends with the word `last`."""
        first, capital = last + 1, False
        for back in range(last, max(-1, last - MAX_NOUN_PHRASE), -1):
            word = words[back]
            if not word.is_word:
                break
            if word.low in PRONOUNS and not word.possessive:
                if back == last:
                    first = back
                break
            if word.low in _DETERMINERS and (not word.capital or back == 0 or word.low != "no"):
                if first <= last:
                    first = back
                break
            if word.low == "and":
                if first <= last and words[first].capital and back and words[back - 1].capital and words[back - 1].low not in self._names.not_names:
                    continue
                break
            if word.low in _NOUN_LINKS:
                if first > last or back == 0 or not self._is_head(words[back - 1]):
                    break
                capital = False
                continue
            if word.low in _BREAKS and not (word.capital and word.low in ("may", "will")):
                break
            if word.capital and word.low in self._names.not_names and back == 0:
                break
            if capital and not word.capital and not self._is_title(word):
                break
            capital = capital or word.capital
            first = back
        return (first, last + 1) if first <= last and not words[last].possessive and self._has_head(words, first, last) else None

    def _has_head(self, words: Sequence[Word], first: int, last: int) -> bool:
        return any(word.capital or len(word.low) > 2 or word.low in PRONOUNS for word in words[first : last + 1]) and words[last].low not in _NOUN_LINKS

    def _phrase_from(self, words: Sequence[Word], first: int) -> tuple[int, int] | None:
        """Return the noun phrase that begins with the word `first`."""
        end, capital = first, False
        while end < len(words) and end - first < MAX_NOUN_PHRASE:
            word = words[end]
            if not word.is_word:
                break
            if word.low in PRONOUNS:
                end += end == first
                break
            if word.low in _DETERMINERS:
                if end > first and words[end - 1].low not in _NOUN_LINKS:
                    break
            elif word.low == "and":
                if not (capital and end + 1 < len(words) and words[end + 1].capital):
                    break
            elif word.low in _NOUN_LINKS:
                if end == first or not self._is_head(words[end - 1]) or word.low in ("on", "in", "to", "by") and not (word.low == "in" and words[end - 1].low in self._names.roles):
                    break
                capital = False
            elif word.low in _BREAKS or word.low in self._speech.between:
                break
            elif capital and not word.capital and not self._is_title(word) and word.low not in self._names.particles:
                break
            elif not word.capital and (word.low in self._speech.cues and not self._is_title(word) and word.low not in self._names.roles or word.low.endswith("ly")):
                break
            else:
                capital = word.capital
            end += 1
        while end > first and (words[end - 1].low in _NOUN_LINKS or words[end - 1].low in _DETERMINERS and words[end - 1].low not in PRONOUNS or words[end - 1].low == "and"):
            end -= 1
        if end == first or words[end - 1].possessive and end < len(words) and words[end].is_word is False:
            return None
        return (first, end) if words[first].low in PRONOUNS or self._can_speak(words, (first, end)) else None

    def _is_title(self, word: Word) -> bool:
        return word.low in self._titles or word.low in self._names.modifiers or word.low in self._names.roles or word.low.startswith(("ex-", "co-", "vice-"))

    def _is_head(self, word: Word) -> bool:
        return word.low in self._titles or word.low in self._names.roles or (word.capital and word.low not in self._names.not_names)
