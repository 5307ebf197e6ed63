"""Asides: the noun phrase that words between commas, dashes or parentheses go on about."""

from collections.abc import Sequence

from bot.prose.name_words import NameWords
from bot.prose.phrases import LONGEST, Phrase, PhraseReader
from bot.prose.sentences import QUOTATION, Word
from bot.prose.words import SpeechWords

_LONGEST_NAME = 4
_LONGEST_ASIDE = 40  # words between a name and its verb
_PARTIES = ("r-", "d-", "i-")  # of US politicians, before their state


class AsideReader(PhraseReader):
    """Finds what asides are about by the word lists of the language."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        super().__init__(speech, names)
        self._time = self._grammar.time | self._grammar.dates

    def _before_aside(self, words: Sequence[Word], closing: int) -> Phrase | None:
        """Return the noun phrase before an aside: X, *the head of Y*, said; X *(R-Ohio)* said; the aide, *X*, said."""
        if member := self._before_party(words, closing - 1):
            return member
        opening = {",": ",", "—": "—", "–": "–", "-": "-", ")": "("}[words[closing].low]
        for back in range(closing - 1, max(-1, closing - _LONGEST_ASIDE), -1):
            if words[back].low == QUOTATION or words[back].low in (":", ";"):
                break
            if words[back].low != opening:
                continue
            last = self._before_parenthesis(words, back - 1)
            last -= last > 0 and words[last].low == "-"
            phrase = self.ending(words, last) if last >= 0 else None
            if phrase and opening != ",":
                phrase = self._before_dependent(words, phrase) or phrase
            aside = (back + 1, closing)
            named = phrase and self.is_name(words, phrase) and not self._depends(words, phrase)
            if opening == "," and not named and self._is_bare_name(words, aside, phrase):
                return aside
            begins = phrase is not None and (phrase[0] == 0 or words[phrase[0] - 1].low == QUOTATION)
            if opening == "," and not begins and not self._opens_aside(words, back + 1):
                continue
            speaks = phrase and (self.can_speak(words, phrase) or (begins and self.has_role(words, phrase)))
            if phrase and speaks and not self._depends(words, phrase):
                return self._before_title(words, phrase)
            if phrase is None and opening != ",":
                return self._before_aside(words, last) if last > 0 and words[last].low == "," else None
        return None

    def _before_title(self, words: Sequence[Word], phrase: Phrase) -> Phrase:
        """Return the name that a title between commas belongs to: *X*, head of the port, the largest one, said."""
        comma = phrase[0] - 1
        if comma > 0 and words[comma].low == "," and not self.is_name(words, phrase):
            name = self.ending(words, comma - 1)
            if name and self.is_name(words, name) and not self._depends(words, name):
                return name
        return phrase

    def _before_parenthesis(self, words: Sequence[Word], last: int) -> int:
        if last >= 0 and words[last].low == ")":
            return next(
                (back - 1 for back in range(last - 1, max(-1, last - LONGEST), -1) if words[back].low == "("), last
            )
        return last

    def _before_party(self, words: Sequence[Word], last: int) -> Phrase | None:
        """Return the name before a party in parentheses: after a rally in Columbus, X *(R-Ohio)*, said."""
        before = self._before_parenthesis(words, last)
        if before < 0 or before == last or words[before + 2].low[:2] not in _PARTIES:
            return None
        phrase = self.ending(words, before)
        listed = phrase is not None and phrase[0] > 0 and words[phrase[0] - 1].low == "and"
        return phrase if phrase and self.is_name(words, phrase) and not listed else None

    def _is_bare_name(self, words: Sequence[Word], aside: Phrase, before: Phrase | None) -> bool:
        """Whether an aside is a name and no more: one with a known given name, any behind a title; his wife, *Jane*."""
        inside = words[slice(*aside)]
        if not 1 <= len(inside) <= _LONGEST_NAME or not all(word.capital and self._is_head(word) for word in inside):
            return False
        head = words[self._head_end(words, before) - 1].low if before is not None else ""
        if len(inside) == 1:
            owner = before is not None and (words[before[0]].possessive or not words[before[0]].capital)
            return owner and head in self._names.gender_titles
        titled = (head,) in self._names.titles or head in self._names.roles
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
        return self.is_title(word) or word.low.endswith(("ing", "ed")) or word.low[:2] in _PARTIES or word.capital

    def _before_open_aside(self, words: Sequence[Word], phrase: Phrase) -> Phrase | None:
        """Return the name whose aside no comma ends, before the last words of that: *Jane*, a fellow at X told …"""
        if not self._depends(words, phrase):
            return self._before_open_title(words, phrase)
        for back in range(phrase[0] - 2, max(0, phrase[0] - _LONGEST_ASIDE), -1):
            word = words[back]
            if word.low == "," and words[back + 1].low in self._grammar.determiners:
                name = self.ending(words, back - 1)
                begins = name is not None and (name[0] == 0 or words[name[0] - 1].low == QUOTATION)
                return name if name and begins and self.is_name(words, name) else None
            if not word.is_word or word.low in self._breaks or word.low in self._speech.cues:
                return None
        return None

    def _before_open_title(self, words: Sequence[Word], phrase: Phrase) -> Phrase | None:
        """Return the name whose title no comma ends: “…,” *Jane Doe*, a former spokeswoman told …"""
        comma = phrase[0] - 1
        if comma < 0 or self.is_name(words, phrase) or not self._opens(words, phrase[0]):
            return None
        article = words[phrase[0]]
        if (
            words[comma].capital
            and article.low == "the"
            and not article.capital
            and self._names.is_role(words[phrase[1] - 1].low)
        ):
            return self.ending(words, comma)  # *Jane* the waiter
        if words[comma].low != ",":
            return None
        name = self.ending(words, comma - 1)
        begins = name is not None and name[0] and words[name[0] - 1].low == QUOTATION
        return name if name and begins and self.is_name(words, name) else None

    def _before_title_of_work(self, words: Sequence[Word], quotation: int) -> Phrase | None:
        """Return the name whose aside ends with a title between marks: *Jane Doe*, the author of “…,” said."""
        before = words[quotation - 1]
        if not (before.possessive or before.low in self._grammar.links or before.low in self._grammar.determiners):
            return None
        begins = next((n for n in range(quotation - 1, -1, -1) if words[n].low == QUOTATION), -1) + 1
        name = self.starting(words, begins)
        aside = name is not None and self.is_name(words, name) and words[name[1]].low == ","
        return name if aside and name and quotation - name[1] < _LONGEST_ASIDE else None

    def _before_dependent(self, words: Sequence[Word], phrase: Phrase) -> Phrase | None:
        """Return a noun phrase with the head that its last words depend on: *the joint command of* the factions."""
        first = phrase[0]
        head: Phrase | None = None
        while first > 1 and words[first - 1].low in self._grammar.before_noun_phrase:
            before = self.ending(words, first - 2)
            if before is None:
                break
            first, head = before[0], before
        if head is None or not self._begins_clause(words, first) or not self._can_head(words[slice(*head)]):
            return None
        return first, phrase[1]

    def _can_head(self, head: Sequence[Word]) -> bool:
        known = head[0].low in self._grammar.determiners or any(
            self._is_head(word) or word.low in self._names.utterances for word in head
        )
        return known and not any(word.low in self._time for word in head) and not head[0].low.endswith(("ing", "ly"))

    def _begins_clause(self, words: Sequence[Word], first: int) -> bool:
        """Whether nothing stands before a noun phrase that it could belong to."""
        return first == 0 or not words[first - 1].is_word or words[first - 1].low in self._grammar.clause_links

    def _depends(self, words: Sequence[Word], phrase: Phrase) -> bool:
        """Whether the phrase belongs to a preposition: during a town hall *in* Columbus, Ohio."""
        before = words[phrase[0] - 1].low if phrase[0] else ""
        return before in self._grammar.before_dependent and (phrase[0] > 1 or before != "and")
