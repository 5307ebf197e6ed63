"""Noun phrases: where one begins and ends, and whether it names somebody."""

from collections.abc import Sequence
from itertools import pairwise

from bot.prose.name_words import NameWords
from bot.prose.sentences import Word
from bot.prose.words import SpeechWords

#: [first, last) numbers of words in a sentence.
Phrase = tuple[int, int]

LONGEST = 14  # words of a noun phrase
_LONGEST_NUMBER = 3  # digits
_LONGEST_TITLE = 4  # words, with the first of the name behind it


class PhraseReader:
    """Finds noun phrases by the word lists of the language."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        self._speech, self._names, self._grammar = speech, names, speech.grammar
        self._titles = frozenset(word for title in names.titles for word in title)
        self._breaks = self._grammar.breaks | self._grammar.dates
        self._openers = self._grammar.pronouns | self._grammar.determiners
        self._negations = speech.undo - self._grammar.subordinators - {"to"}

    # What a phrase is

    def can_speak(self, words: Sequence[Word], phrase: Phrase) -> bool:
        """Whether the phrase ends with a name, a pronoun, a title or a role."""
        end = self._head_end(words, phrase)
        end = end if end < phrase[1] and words[end].low in self._names.relating else phrase[1]
        last = words[end - 1]
        number = last.low == "%" or (last.low.isdigit() and len(last.low) <= _LONGEST_NUMBER)  # 53% say, six in 10 say
        if last.capital or number or last.low in self._grammar.pronouns:
            return True
        if self._names.is_role(last.low) or last.low in self._names.utterances or self._has_told_role(words, phrase):
            return True
        if last.low.endswith(self._names.aged):
            return True
        return last.low in self._grammar.anybody or (last.low,) in self._names.titles

    def _has_told_role(self, words: Sequence[Word], phrase: Phrase) -> bool:
        """Whether a role at the head is told of what: a *group* of rabbis; but not their *plan* to stop."""
        end = self._head_end(words, phrase)
        links = [word.low for word in words[end : phrase[1]] if word.low in self._grammar.before_noun_phrase]
        tied = bool(links) and words[end].low == links[0] and not {"to", "from", "by", "into", "on"}.intersection(links)
        verbal = words[phrase[1] - 1].low.endswith(("ing", "ly")) or words[phrase[1] - 1].low in self._speech.cues
        return tied and not verbal and self.has_role(words, phrase)

    def is_nobody(self, words: Sequence[Word], phrase: Phrase) -> bool:
        """Whether the phrase is one word that is nobody: it is *worth* noting, comments *including* calling …"""
        word = words[phrase[0]]
        if phrase[1] - phrase[0] > 1 or word.capital or not word.low.isalpha() or word.low.endswith("s"):
            return False
        several = word.low in self._names.several or word.low in self._grammar.anybody
        return not (several or word.low in self._names.utterances or self.can_speak(words, phrase))

    def has_role(self, words: Sequence[Word], phrase: Phrase) -> bool:
        """Whether somebody with a role is at the head of the phrase: *supporters* of the law."""
        return self._names.is_role(words[self._head_end(words, phrase) - 1].low)

    def is_name(self, words: Sequence[Word], phrase: Phrase) -> bool:
        """Whether the phrase, without its “of …”, ends with a word that has a capital of its own."""
        last = words[self._head_end(words, phrase) - 1]
        return last.capital and last.low not in self._names.not_names and last.low not in self._titles

    def _head_end(self, words: Sequence[Word], phrase: Phrase) -> int:
        for number in range(phrase[0] + 1, phrase[1] - 1):
            title = tuple(word.low for word in words[number - 1 : number + 2])
            if words[number].low == "in" and words[number + 1].low.isdigit():
                continue  # four in 10 *voters*
            if words[number].low in self._names.links and title not in self._names.titles:
                return number - self._relates(words, number - 1)
        return phrase[1]

    def _relates(self, words: Sequence[Word], number: int) -> bool:
        """Whether an adjective ties a noun to what follows: a source *close* to X, people *familiar* with Y."""
        return number > 0 and words[number].low in self._names.relating and words[number - 1].is_word

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
                # *Lebanon's* health ministry, *UN* peace envoys
                owner = anything and (word.possessive or word.low in self._names.short_countries)
                capital = word.capital and not owner and not self._names.is_adjective(word.low)
            end += 1
        return end

    def _links(self, words: Sequence[Word], first: int, number: int) -> bool:
        """Whether a noun phrase goes on behind a preposition: the head *of* the council, officials *in* Kyiv."""
        if number == first or not self._is_head(words[number - 1]):
            return self._relates(words, number - 1) and number > first + 1
        low, before = words[number].low, words[number - 1].low
        return low not in self._grammar.loose_links or (low == "in" and before in self._names.roles)

    def _goes_on(self, words: Sequence[Word], first: int, number: int, capital: bool) -> bool:
        word = words[number]
        if word.low in self._grammar.determiners:
            return number == first or words[number - 1].low in self._grammar.links
        if word.low == "and":
            names = number > first and words[number - 1].capital and words[min(number + 1, len(words) - 1)].capital
            return names or (number > first and self._joins_titles(words, number))
        name = word.capital and (word.low in self._names.given or word.low in self._names.modal_names)
        if not name and (word.low in self._breaks or word.low in self._speech.between):
            return self._is_dated(words, number)
        if self._is_verb_behind(words, first, number):
            return False
        if word.capital or self.is_title(word) or word.low in self._names.particles:
            return True
        if capital:  # Florida *developer* Mel Sembler
            return self._is_noun_between(words, number)
        if number > first + 1 and number + 1 < len(words) and words[number + 1].low in self._grammar.determiners:
            return False  # the town *released* a statement
        noun = (
            number > first and words[number - 1].low in self._grammar.determiners
        )  # a person familiar with the *talks*
        told_of = number > first and words[number - 1].low in self._names.modifiers  # a top *comment*
        noun = noun or (told_of and word.low in self._names.utterances)
        return noun or (word.low not in self._speech.cues and not word.low.endswith("ly"))

    def _joins_titles(self, words: Sequence[Word], number: int) -> bool:
        """Whether two titles of one person stand around “and”: lobbyist *and* former minister Adam Lis."""
        behind = words[number + 1 : number + 1 + _LONGEST_TITLE]
        for title, name in pairwise(behind):
            if not title.is_word or title.low in self._openers:
                return False
            if not title.capital and name.capital and self.is_title(title):
                return self.is_title(words[number - 1])
        return False

    def _is_dated(self, words: Sequence[Word], number: int) -> bool:
        """Whether a date tells which one: a *Wednesday* editorial."""
        return (
            words[number].low in self._grammar.dates
            and number > 0
            and words[number - 1].low in self._names.articles
            and number + 1 < len(words)
            and words[number + 1].is_word
            and not words[number + 1].low.isdigit()
        )

    def _is_verb_behind(self, words: Sequence[Word], first: int, number: int) -> bool:
        """Whether a word is a verb behind its noun: the campaign *shrugged* off, a document *filed* by X."""
        if number <= first or number + 1 >= len(words) or not words[number].low.endswith("ed") or words[number].capital:
            return False
        before = words[number - 1]
        noun = before.is_word and not before.possessive and before.low not in self._grammar.determiners
        return noun and words[number + 1].low in self._grammar.links | self._grammar.particles

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
        if words[last].low == "%" and last:
            return last - 1, last + 1
        first, capital = last + 1, False
        for back in range(last, max(-1, last - LONGEST), -1):
            word = words[back]
            if not word.is_word:
                if self._joins_parts(words, back, first):
                    continue
                break
            if word.low in self._grammar.pronouns and not word.possessive:
                if word.low in self._names.pronoun_of and first <= last and not words[first].capital:
                    return back, back + 1  # he *keeps talking about* …
                first = back if back == last else first
                break
            if self._opens(words, back):
                first = back if first <= last or word.low in self._grammar.anybody else first
                if first == back and back > 1 and self._links_back(words, back - 1):
                    continue  # the head *of the* port
                break
            if self._is_in_name(words, back, first):
                continue
            if word.low == "and":
                if first <= last and self._joins_names(words, back, first):
                    continue
                break
            if word.low in self._grammar.links:
                if first > last or not self._links_back(words, back):
                    break
                capital = False
                continue
            if self._stops(words, back, capital) or (first <= last and self._is_verb(words, back)):
                if capital and first <= last and self._is_of_title(words, back):
                    continue  # the paper's *politics* editor X
                break
            capital = capital or word.capital
            first = back
        if first > last or words[last].possessive or not self._has_head(words, first, last):
            return None
        if first and not words[first].capital and words[first - 1].low in self._negations:
            return None  # did *not release*
        return first, last + 1

    def _is_of_title(self, words: Sequence[Word], number: int) -> bool:
        """Whether a noun tells of what a title is: the paper's senior *politics* editor, Polish *news* agency X."""
        word, title = words[number], words[number + 1]
        if word.capital or title.capital or not self.is_title(title):
            return False
        if word.low in self._breaks or word.low in self._speech.cues:
            return False
        first = number - 1 if number > 1 and self.is_title(words[number - 1]) else number
        before = words[first - 1]
        owned = before.possessive or before.low in self._grammar.determiners or before.low in self._names.demonyms
        return first > 0 and owned

    def _links_back(self, words: Sequence[Word], number: int) -> bool:
        if number == 0 or words[number].low not in self._grammar.links:
            return False
        return self._is_head(words[number - 1]) or self._relates(words, number - 1)

    def _is_verb(self, words: Sequence[Word], number: int) -> bool:
        """Whether a word between two nouns is a verb of speech in the past: X *urged* women."""
        low = words[number].low
        if words[number].capital or not number or low not in self._speech.cues or not low.endswith("ed"):
            return False
        before = words[number - 1]
        return not (before.possessive or before.low in self._grammar.determiners | self._grammar.links)

    def _opens(self, words: Sequence[Word], number: int) -> bool:
        """Whether a word is a determiner; a “that” behind a verb is none."""
        low = words[number].low
        return low in self._grammar.determiners and (
            number == 0 or (low != "that" and (low != "no" or not words[number].capital))
        )

    def _joins_parts(self, words: Sequence[Word], number: int, behind: int) -> bool:
        """Whether a stroke joins two names of one thing: the Daily Post/Radio Gdansk *poll*."""
        return (
            words[number].low == "/"
            and 0 < number == behind - 1
            and words[behind].capital
            and words[number - 1].capital
        )

    def _is_in_name(self, words: Sequence[Word], number: int, behind: int) -> bool:
        """Whether a small word has a capital, as its neighbours have: Doctors *Without* Borders."""
        inner = words[number].capital and number > 0 and words[number].low in self._names.inside_names
        return inner and number == behind - 1 and words[behind].capital and words[number - 1].capital

    def _joins_names(self, words: Sequence[Word], number: int, behind: int) -> bool:
        before = words[number - 1] if number else None
        joined = words[behind].capital or words[behind].low in self._names.others
        return joined and before is not None and before.capital and before.low not in self._names.not_names

    def _stops(self, words: Sequence[Word], number: int, capital: bool) -> bool:
        """Whether the noun phrase to the right of a word, with a capital in it or not, cannot take the word in."""
        word = words[number]
        if word.low in self._grammar.time and not word.capital and capital:
            return True  # this *year* X
        if word.low in self._breaks and not (word.capital and word.low in self._names.modal_names):
            return not self._is_dated(words, number)
        if capital and number and words[number - 1].low in self._grammar.determiners and not word.capital:
            return word.low in self._speech.cues  # an *angry* Jane Doe
        if word.capital and number == 0 and word.low in self._names.not_names:
            return word.low not in self._grammar.anybody
        if not word.capital and not self.is_title(word) and word.low not in self._names.particles and capital:
            before = words[number - 1]
            named = number > 0 and before.capital and before.low not in self._grammar.pronouns  # not: *They* met X
            return not (named and self._is_noun_between(words, number))
        return False

    def _has_head(self, words: Sequence[Word], first: int, last: int) -> bool:
        if words[last].low in self._grammar.links:
            return False
        return any(
            word.capital or len(word.low) > 2 or word.low in self._grammar.pronouns for word in words[first : last + 1]
        )
