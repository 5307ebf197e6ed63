"""Noun phrases: which words around a verb name whoever does it."""

from collections.abc import Sequence

from bot.prose.sentences import QUOTATION, Word
from bot.prose.words import NameWords, SpeechWords

#: [first, last) numbers of words in a sentence.
Phrase = tuple[int, int]

LONGEST = 14  # words of a noun phrase
_LONGEST_NAME = 4
_LONGEST_ASIDE = 40  # words between a name and its verb
_BEHIND_ADVERB = 2  # the number of the word behind “Recently,”
_LONGEST_CLAUSE = 10  # words of “who spoke to CNN”
_SUBJECT_WITHIN = 40  # words from the beginning of a sentence
_DASHES = ("—", "–", "-")


class PhraseReader:
    """Finds noun phrases by the word lists of the language."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        self._speech, self._names, self._grammar = speech, names, speech.grammar
        self._titles = frozenset(word for title in names.titles for word in title)
        self._breaks = self._grammar.breaks | self._grammar.dates
        self._openers = self._grammar.pronouns | self._grammar.determiners
        self._time = self._grammar.time | self._grammar.dates

    # What a phrase is

    def can_speak(self, words: Sequence[Word], phrase: Phrase) -> bool:
        """Whether the phrase ends with a name, a pronoun, a title or a role."""
        last = words[phrase[1] - 1]
        known = self._names.roles | self._names.utterances
        if last.capital or last.low in self._grammar.pronouns or last.low in known:
            return True
        return last.low in self._grammar.anybody or (last.low,) in self._names.titles

    def is_name(self, words: Sequence[Word], phrase: Phrase) -> bool:
        """Whether the phrase ends with a word that has a capital of its own."""
        last = words[phrase[1] - 1]
        return last.capital and last.low not in self._names.not_names and last.low not in self._titles

    def is_title(self, word: Word) -> bool:
        known = word.low in self._titles or word.low in self._names.modifiers or word.low in self._names.roles
        return known or word.low.startswith(("ex-", "co-", "vice-"))

    def _is_head(self, word: Word) -> bool:
        return (
            word.low in self._titles
            or word.low in self._names.roles
            or (word.capital and word.low not in self._names.not_names)
        )

    # Behind a word

    def starting(self, words: Sequence[Word], first: int, *, anything: bool = False) -> Phrase | None:
        """Return the noun phrase that begins with the word `first`; with `anything` also one that cannot speak."""
        end = self._end_of(words, first, anything)
        while end > first and self._cannot_end(words[end - 1]):
            end -= 1
        if end == first or (words[end - 1].possessive and end < len(words) and not words[end].is_word):
            return None
        if anything or words[first].low in self._grammar.pronouns or self.can_speak(words, (first, end)):
            return first, end
        return None

    def _cannot_end(self, word: Word) -> bool:
        determiner = word.low in self._grammar.determiners and word.low not in self._grammar.pronouns
        return word.low in self._grammar.links or determiner or word.low == "and"

    def _end_of(self, words: Sequence[Word], first: int, anything: bool) -> int:
        end, capital = first, False
        while end < min(len(words), first + LONGEST) and words[end].is_word:
            word = words[end]
            if word.low in self._grammar.pronouns:
                return end + (end == first)
            if word.low in self._grammar.links:
                if not self._links(words, first, end):
                    return end
                capital = False
            elif not self._goes_on(words, first, end, capital):
                return end
            elif word.low != "and" and word.low not in self._grammar.determiners:
                owner = anything and word.possessive  # *Lebanon's* health ministry
                capital = word.capital and not owner and not self._names.is_adjective(word.low)
            end += 1
        return end

    def _links(self, words: Sequence[Word], first: int, number: int) -> bool:
        """Whether a noun phrase goes on behind a preposition: the head *of* the council, officials *in* Kyiv."""
        if number == first or not self._is_head(words[number - 1]):
            return False
        low, before = words[number].low, words[number - 1].low
        return low not in self._grammar.loose_links or (low == "in" and before in self._names.roles)

    def _goes_on(self, words: Sequence[Word], first: int, number: int, capital: bool) -> bool:
        word = words[number]
        if word.low in self._grammar.determiners:
            return number == first or words[number - 1].low in self._grammar.links
        if word.low == "and":
            return number > first and words[number - 1].capital and words[min(number + 1, len(words) - 1)].capital
        name = word.capital and (word.low in self._names.given or word.low in self._names.modal_names)
        if not name and (word.low in self._breaks or word.low in self._speech.between):
            return False
        if word.capital or self.is_title(word) or word.low in self._names.particles:
            return True
        if capital:  # Florida *developer* Mel Sembler
            return self._is_noun_between(words, number)
        return word.low not in self._speech.cues and not word.low.endswith("ly")

    def _is_noun_between(self, words: Sequence[Word], number: int) -> bool:
        low = words[number].low
        if low in self._speech.cues or low.endswith(("ed", "ing", "ly", "s")) or low in self._names.not_names:
            return False
        if words[number - 1].possessive or low in self._grammar.links:
            return False
        following = words[number + 1] if number + 1 < len(words) else None
        return following is not None and following.capital and following.low in self._names.given

    # Before a word

    def ending(self, words: Sequence[Word], last: int) -> Phrase | None:
        """Return the noun phrase that ends with the word `last`."""
        first, capital = last + 1, False
        for back in range(last, max(-1, last - LONGEST), -1):
            word = words[back]
            if not word.is_word:
                break
            if word.low in self._grammar.pronouns and not word.possessive:
                first = back if back == last else first
                break
            if self._opens(words, back):
                first = back if first <= last or word.low in self._grammar.anybody else first
                break
            if word.low == "and":
                if first <= last and self._joins_names(words, back, first):
                    continue
                break
            if word.low in self._grammar.links:
                if first > last or back == 0 or not self._is_head(words[back - 1]):
                    break
                capital = False
                continue
            if self._stops(words, back, capital):
                break
            capital = capital or word.capital
            first = back
        if first > last or words[last].possessive or not self._has_head(words, first, last):
            return None
        return first, last + 1

    def _opens(self, words: Sequence[Word], number: int) -> bool:
        """Whether a word is a determiner; a “that” behind a verb is none."""
        low = words[number].low
        return low in self._grammar.determiners and (
            number == 0 or (low != "that" and (low != "no" or not words[number].capital))
        )

    def _joins_names(self, words: Sequence[Word], number: int, behind: int) -> bool:
        before = words[number - 1] if number else None
        return (
            words[behind].capital and before is not None and before.capital and before.low not in self._names.not_names
        )

    def _stops(self, words: Sequence[Word], number: int, capital: bool) -> bool:
        """Whether the noun phrase to the right of a word, with a capital in it or not, cannot take the word in."""
        word = words[number]
        if word.low in self._breaks and not (word.capital and word.low in self._names.modal_names):
            return True
        if word.capital and number == 0 and word.low in self._names.not_names:
            return word.low not in self._grammar.anybody
        if not word.capital and not self.is_title(word) and word.low not in self._names.particles and capital:
            return not self._is_noun_between(words, number) or number == 0 or not words[number - 1].capital
        return False

    def _has_head(self, words: Sequence[Word], first: int, last: int) -> bool:
        if words[last].low in self._grammar.links:
            return False
        return any(
            word.capital or len(word.low) > 2 or word.low in self._grammar.pronouns for word in words[first : last + 1]
        )

    # Around a verb

    def subject_of(self, words: Sequence[Word], verb: int) -> tuple[Phrase | None, bool]:
        """Return the subject of the verb at a place, and whether it is borrowed over a “who”."""
        last = verb - 1
        while last >= 0 and (self._stands_between(words, last) or words[last].low in self._grammar.relatives):
            if words[last].low in self._grammar.relatives:
                comma = last > 0 and words[last - 1].low in (",", *_DASHES)
                if comma and words[last].low == "that":
                    return None, False  # in Columbus, Ohio, *that* …
                return self.ending(words, last - 2 if comma else last - 1), True
            last -= 1
        last = self._before_time(words, last)
        if last >= 0 and words[last].low in (",", ")", *_DASHES):
            last -= last > 0 and words[last].low == words[last - 1].low == "-"  # two hyphens are a dash
            return self._before_aside(words, last), False
        phrase = self.ending(words, last)
        return (self._before_relative(words, phrase) or phrase if phrase else None), False

    def _before_relative(self, words: Sequence[Word], phrase: Phrase) -> Phrase | None:
        """Return the subject of a clause inside which a phrase is an object: *an official* who spoke to CNN said."""
        if words[phrase[0] - 1].low not in self._grammar.before_dependent:
            return None
        for back in range(phrase[0] - 2, max(0, phrase[0] - _LONGEST_CLAUSE), -1):
            if words[back].low == "who":
                return self.ending(words, back - 1)
            if not words[back].is_word or words[back].low in self._breaks:
                return None
        return None

    def _stands_between(self, words: Sequence[Word], number: int) -> bool:
        word, low = words[number], words[number].low
        if low in self._grammar.before_to:
            return words[number + 1].low == "to"
        return low in self._speech.between or low in self._speech.undo or (low.endswith("ly") and not word.capital)

    def _before_time(self, words: Sequence[Word], last: int) -> int:
        back = last
        while back >= 0 and (words[back].low in self._time or words[back].low.isdigit()):
            back -= 1
        return back if 0 <= back < last and any(word.low in self._time for word in words[back + 1 : last + 1]) else last

    def _before_aside(self, words: Sequence[Word], closing: int) -> Phrase | None:
        """Return the noun phrase before an aside: X, *the head of Y*, said; X *(R-Ohio)* said; the aide, *X*, said."""
        opening = {",": ",", "—": "—", "–": "–", "-": "-", ")": "("}[words[closing].low]
        for back in range(closing - 1, max(-1, closing - _LONGEST_ASIDE), -1):
            if words[back].low == QUOTATION or words[back].low in (":", ";"):
                break
            if words[back].low != opening:
                continue
            last = self._before_parenthesis(words, back - 1)
            last -= last > 0 and words[last].low == "-"
            phrase = self.ending(words, last) if last >= 0 else None
            aside = (back + 1, closing)
            if (
                opening == ","
                and not (phrase and self.is_name(words, phrase))
                and self._is_bare_name(words, aside, phrase)
            ):
                return aside
            begins = phrase is not None and (phrase[0] == 0 or words[phrase[0] - 1].low == QUOTATION)
            if opening == "," and not begins and not self._opens_aside(words, back + 1):
                continue
            if phrase and self.can_speak(words, phrase) and not self._depends(words, phrase):
                return phrase
            if phrase is None and opening != ",":
                return self._before_aside(words, last) if last > 0 and words[last].low == "," else None
        return None

    def _before_parenthesis(self, words: Sequence[Word], last: int) -> int:
        if last >= 0 and words[last].low == ")":
            return next(
                (back - 1 for back in range(last - 1, max(-1, last - LONGEST), -1) if words[back].low == "("), last
            )
        return last

    def _is_bare_name(self, words: Sequence[Word], aside: Phrase, before: Phrase | None) -> bool:
        """Whether an aside is a name and no more: one with a known given name, or any behind a title."""
        inside = words[slice(*aside)]
        if not 1 < len(inside) <= _LONGEST_NAME or not all(word.capital and self._is_head(word) for word in inside):
            return False
        titled = before is not None and (words[before[1] - 1].low,) in self._names.titles
        known = inside[0].low in self._names.given or inside[0].low in self._titles
        return known or (titled and not any(word.low in self._names.no_person for word in inside))

    def _opens_aside(self, words: Sequence[Word], number: int) -> bool:
        word = words[number]
        if (
            word.low in self._openers
            or word.low in self._breaks
            or word.low in self._grammar.links
            or word.low.isdigit()
        ):
            return True
        return self.is_title(word) or word.low.endswith(("ing", "ed")) or word.low[:2] in ("r-", "d-") or word.capital

    def _depends(self, words: Sequence[Word], phrase: Phrase) -> bool:
        """Whether the phrase belongs to a preposition: during a town hall *in* Columbus, Ohio."""
        before = words[phrase[0] - 1].low if phrase[0] > 1 else ""
        return before in self._grammar.before_dependent

    def subject(self, words: Sequence[Word]) -> Phrase | None:
        """Return what the first clause of a sentence is about, or None where that is no noun phrase."""
        for start in self._clause_starts(words):
            phrase = self.starting(words, start)
            if phrase is None or (start and self._is_no_subject(words, start, phrase[1])):
                continue
            return self._apposition(words, phrase)
        return None

    def _is_no_subject(self, words: Sequence[Word], start: int, end: int) -> bool:
        """Whether a noun phrase behind a comma is part of a list or a place: in Columbus, *Ohio*, …"""
        following = words[end].low if end < len(words) else ""
        if following == "," and start == _BEHIND_ADVERB and self.is_name(words, (start, end)) and end - start > 1:
            return False  # Recently, *Jane Doe*, the mayor, …
        return following in (",", "and", *self._grammar.links)

    def _apposition(self, words: Sequence[Word], phrase: Phrase) -> Phrase:
        """Return the name that goes with a role: the other candidate, *Hillary Clinton*, drew a contrast."""
        comma = phrase[1]
        if comma + 1 < len(words) and words[comma].low == "," and not self.is_name(words, phrase):
            behind = self.starting(words, comma + 1)
            if behind and behind[1] < len(words) and words[behind[1]].low == "," and self.is_name(words, behind):
                return behind
        return phrase

    def _clause_starts(self, words: Sequence[Word]) -> list[int]:
        if not words:
            return []
        low = words[0].low
        adverbial = low in self._grammar.links or low in self._breaks or low in self._grammar.adverbial
        starts = [] if adverbial or low.endswith(("ing", "ed", "ly")) else [0]
        for number, word in enumerate(words[1:_SUBJECT_WITHIN], 1):
            if words[number - 1].low == "," and (word.capital or word.low in self._openers):
                starts.append(number)
        return starts
