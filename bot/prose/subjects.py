"""Subjects: which noun phrase does what a verb says, and what a sentence is about."""

from collections.abc import Sequence

from bot.prose.asides import AsideReader
from bot.prose.phrases import LONGEST, Phrase
from bot.prose.sentences import QUOTATION, Word

_BEHIND_PARTICIPLE = 3  # words in “a letter obtained by”
_BEHIND_ADVERB = 2  # the number of the word behind “Recently,”
_LONGEST_CLAUSE = 10  # words of “who spoke to CNN”
_SUBJECT_WITHIN = 40  # words from the beginning of a sentence
_DASHES = ("—", "–", "-")


class SubjectReader(AsideReader):
    """Finds subjects by the word lists of the language."""

    def subject_of(self, words: Sequence[Word], verb: int) -> tuple[Phrase | None, bool]:
        """Return the subject of the verb at a place, and whether it is borrowed over a “who”."""
        last = verb - 1
        while last >= 0 and (self._stands_between(words, last) or words[last].low in self._grammar.relatives):
            if words[last].low in self._grammar.relatives:
                comma = last > 0 and words[last - 1].low in (",", *_DASHES)
                place = last > 0 and words[last - 1].low in self._names.places
                if words[last].low == "that" and (comma or place):
                    return None, False  # in Columbus, Ohio, *that* …; groups in Syria *that* attacked
                return self._antecedent(words, last, comma), True
            last -= 1
        if last > 0 and words[last].low == QUOTATION and (named := self._before_title_of_work(words, last)):
            return named, False
        last = self._before_time(words, last)
        if last >= 0 and words[last].low in (",", ")", *_DASHES):
            last -= last > 0 and words[last].low == words[last - 1].low == "-"  # two hyphens are a dash
            return self._before_aside(words, last), False
        phrase = self.ending(words, last)
        if phrase is not None:
            before = self._before_relative(words, phrase, verb) or self._before_open_aside(words, phrase)
            phrase = before or self._before_participle(words, phrase)
            phrase = self._before_dependent(words, phrase) or self._before_place(words, phrase) or phrase
            phrase = self._agreeing(words, phrase, verb)
        if phrase and phrase[0] and not words[phrase[0]].capital and words[phrase[0] - 1].low == "to":
            return None, False  # spoke *to reporters*; has *to demand*
        return phrase, False

    def _antecedent(self, words: Sequence[Word], relative: int, comma: bool) -> Phrase | None:
        """Return whom a relative clause is about: *Jane Doe*, a veteran of World War Two, who said."""
        if not comma:
            return self.ending(words, relative - 1)
        phrase = self.ending(words, relative - 2)
        if words[relative].low != "who" or phrase is None:
            return phrase
        last = words[phrase[1] - 1].low
        if last in self._names.no_person or last in self._grammar.anybody:
            for back in range(phrase[0] - 1, 0, -1):
                name = self.ending(words, back - 1) if words[back].low == "," else None
                if name is not None and self.is_name(words, name) and not self._is_of_place(words, name):
                    return name
        return phrase

    def _is_of_place(self, words: Sequence[Word], phrase: Phrase) -> bool:
        """Whether a name belongs to somebody's role: a doctor from *Gdansk*, Poland, who said."""
        if phrase[0] < 2 or words[phrase[0] - 1].low not in self._grammar.links:
            return False
        return self._names.is_role(words[phrase[0] - 2].low)

    def _before_place(self, words: Sequence[Word], phrase: Phrase) -> Phrase | None:
        """Return the name before a place of two names: *Jane Doe of Columbia*, Ohio, says."""
        comma = phrase[0] - 1
        if comma < 1 or words[comma].low != "," or words[phrase[1] - 1].low not in self._names.places:
            return None
        whole = self.ending(words, comma - 1)
        whole = whole and (self._before_dependent(words, whole) or whole)
        if whole is None or not self._begins_clause(words, whole[0]):
            return None
        linked = any(word.low in self._grammar.links for word in words[whole[0] + 1 : comma])
        return (whole[0], phrase[1]) if linked and words[whole[0]].capital else None

    def _before_relative(self, words: Sequence[Word], phrase: Phrase, verb: int) -> Phrase | None:
        """Return the subject of a clause inside which a phrase is an object: *an official* who spoke to CNN said.

        But: people who think *X* said; people who heard *X* say.
        """
        before = words[phrase[0] - 1] if phrase[0] else None
        if before is None or not before.is_word:
            return None
        if before.low not in self._grammar.before_dependent:
            opens = before.low in self._breaks | self._grammar.relatives or before.low in self._speech.cues
            if opens or self._is_in_plural(words, phrase[1], verb):
                return None
        for back in range(phrase[0] - 2, max(0, phrase[0] - _LONGEST_CLAUSE), -1):
            if words[back].low == "who":
                return self.ending(words, back - 1)
            if not words[back].is_word or words[back].low in self._breaks:
                return None
        return None

    def _agreeing(self, words: Sequence[Word], phrase: Phrase, verb: int) -> Phrase | None:
        """Return the subject of a verb, which in the plural is not one person: *voters* who came to see X *say*.

        None where no other is found.
        """
        if not self._is_in_plural(words, phrase[1], verb) or self._is_several(words, phrase):
            return phrase
        for back in range(phrase[0] - 1, max(0, phrase[0] - LONGEST), -1):
            if not words[back].is_word or words[back].low in self._grammar.clause_links:
                break
            if words[back].low in ("who", "whose") or words[back].low.endswith("ing"):
                head = self.ending(words, back - 1)
                if head and self._is_several(words, head) and self.can_speak(words, head):
                    return head
        last = words[phrase[1] - 1]
        return None if self._is_person(words, phrase) or (last.low.endswith("ed") and not last.capital) else phrase

    def _is_in_plural(self, words: Sequence[Word], first: int, verb: int) -> bool:
        """Whether a verb behind a subject has the form of the plural: they *say*; not: did *say*, tried to *say*."""
        low = words[verb].low
        forms = self._speech.cues.get(low, ()) if low not in self._grammar.past_as_base else ()
        return any(form.verb == low for form in forms) and not any(
            word.low in self._grammar.auxiliaries | {"to"} for word in words[first:verb]
        )

    def _is_several(self, words: Sequence[Word], phrase: Phrase) -> bool:
        low = words[phrase[1] - 1].low
        plural = low.endswith("s") and not self._is_person(words, phrase)
        return plural or low in self._grammar.anybody | self._grammar.before_base | self._grammar.pronouns

    def _is_person(self, words: Sequence[Word], phrase: Phrase) -> bool:
        return words[phrase[0]].low in self._names.given and self.is_name(words, phrase)

    def _before_participle(self, words: Sequence[Word], phrase: Phrase) -> Phrase:
        """Return the noun phrase that a participle describes: *a letter* obtained by X; *a source* speaking to X."""
        if phrase[0] < _BEHIND_PARTICIPLE or words[phrase[0] - 1].low not in self._grammar.links:
            return phrase
        participle, head = words[phrase[0] - 2], words[phrase[0] - 3]
        if participle.capital or not participle.low.endswith(("ed", "ing")) or not self._is_head(head):
            return phrase
        return self.ending(words, phrase[0] - 3) or phrase

    def _stands_between(self, words: Sequence[Word], number: int) -> bool:
        word, low = words[number], words[number].low
        if word.capital and number and words[number - 1].capital and low in self._names.modal_names:
            return False  # George *Will* wrote
        if low in self._grammar.behind_noun:
            return True
        if low in self._grammar.anybody and (number == 0 or words[number - 1].low in self._grammar.and_then):
            return False  # *both* said
        if low in self._grammar.before_to:
            return words[number + 1].low in ("to", "on")  # began *to* say, went *on to* say
        return low in self._speech.between or low in self._speech.undo or (low.endswith("ly") and not word.capital)

    def _before_time(self, words: Sequence[Word], last: int) -> int:
        back = last
        while back >= 0 and (words[back].low in self._time or words[back].low.isdigit()):
            back -= 1
        if not (0 <= back < last and any(word.low in self._time for word in words[back + 1 : last + 1])):
            return last
        word = words[back]
        published = back > 0 and not word.capital and (word.low == "out" or word.low.endswith("ed"))
        return back - (published and words[back - 1].low in self._grammar.findings)  # a poll *out on Monday* showed

    def subject(self, words: Sequence[Word]) -> Phrase | None:
        """Return what the first clause of a sentence is about, or None where that is no noun phrase."""
        for start in self._clause_starts(words):
            phrase = self.starting(words, start)
            if phrase is None or (start and self._is_no_subject(words, start, phrase[1])):
                continue
            if words[start].low in self._grammar.relatives or all(
                word.low in self._time for word in words[slice(*phrase)]
            ):
                continue  # X, *who* …; *last month*, …
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
        conjoined = low in self._grammar.and_then
        opens = len(words) > 1 and (words[1].capital or words[1].low in self._openers)
        if conjoined and opens and words[1].low not in self._names.nobody:
            starts.append(1)  # But *X* …
        for number, word in enumerate(words[1:_SUBJECT_WITHIN], 1):
            if words[number - 1].low == "," and (word.capital or word.low in self._openers):
                starts.append(number)
        return starts
