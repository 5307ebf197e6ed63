"""Where somebody spoke: the medium, the host or the assembly that a sentence names."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from bot.model import Span
from bot.prose.name_words import NameWords
from bot.prose.sentences import Sentence, Word
from bot.prose.words import SpeechWords

_LONGEST = 8  # words
_BEFORE_NAME = 3  # words that can stand before a name: *right-wing media personality* Jane Doe
_HOSTING = ("with", "for", "to")  # an interview *with* Jane Doe is hers; one *on* something has to be on a medium
_JOINING = ("of", "and", "for", "at")  # inside a name: Voice *of* America


class VenueReader:
    """Reads venues by the word lists of the language."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        self._words, self._names, self._cues = speech.occasions, names, speech.cues
        grammar = speech.grammar
        self._dates = grammar.dates
        self._ends = frozenset().union(
            grammar.breaks, grammar.links, grammar.pronouns, grammar.determiners, grammar.time, grammar.dates
        )
        self._interview = re.compile(
            rf"\b(?:[Ii]n|[Dd]uring|[Ff]or|gave)\s+(?:an?|the|his|her|their)\s+(?:[\w-]+\s+){{0,3}}?"
            rf"(?:{'|'.join(self._words.interviews)})\s+(?:(?:broadcast|aired|published|released)\s+)?"
            r"(?P<link>with|for|to|on|during|by|in)\s+"
        )
        self._speaking = re.compile(
            r"\b(?:(?:[Ss]peaking|[Ss]poke|[Tt]alking)\s+(?:to|with|on|at)|told|telling|tells)\s+(?P<link>)"
        )

    def venue(self, sentence: Sentence) -> Span | None:
        """Return the words that name where somebody spoke, without their article, or None."""
        for pattern in (self._interview, self._speaking):
            for match in pattern.finditer(sentence.hidden, sentence.span.start, sentence.span.end):
                named = self._named(sentence.words, match.end())
                hosted = match["link"] in _HOSTING and self._is_host(named)
                if named and (hosted or self._is_medium(named, sentence.hidden)):
                    stop = sentence.hidden[named[-1].end - 1] == "."  # of “on X.”
                    return Span(named[0].start, named[-1].end - stop)
        return None

    def _named(self, words: Sequence[Word], position: int) -> Sequence[Word]:
        """Return the words of the name at a position."""
        first = bisect_left(words, position, key=attrgetter("start"))
        first += first < len(words) and words[first].low in self._names.articles
        end = first
        while end < min(len(words), first + _LONGEST) and self._goes_on(words, first, end):
            end += 1
        return words[first:end]

    def _goes_on(self, words: Sequence[Word], first: int, number: int) -> bool:
        word = words[number]
        if word.low in _JOINING:
            return number > first and all(one.capital for one in words[number - 1 : number + 2 : 2])
        if self._is_of_name(word):
            return True
        if word.low.isdigit():
            return number > first  # BBC Radio *4*
        ahead = words[number : number + _BEFORE_NAME + 1]
        plain = next((n for n, one in enumerate(ahead) if self._is_of_name(one)), 0)
        return plain > 0 and not any(self._ends_name(one) for one in ahead[:plain])

    def _is_of_name(self, word: Word) -> bool:
        return (word.capital or word.low in self._words.media) and word.low not in self._dates

    def _ends_name(self, word: Word) -> bool:
        return not word.is_word or word.low in self._ends or word.low in self._cues or word.low.endswith("ly")

    def _is_host(self, named: Sequence[Word]) -> bool:
        """Whether the words can be the name of who asks the questions; *Russia's* (news agency) only begins one."""
        low = {word.low for word in named}
        no_host = self._names.title_words | self._names.places | self._names.demonyms
        return any(word.capital for word in named) and not low & no_host and not named[-1].possessive

    def _is_medium(self, named: Sequence[Word], text: str) -> bool:
        if tuple(word.low for word in named) in self._names.outlets:
            return True
        if any(word.low in self._words.media for word in named) and (len(named) > 1 or named[0].capital):
            return True
        return any(word.low.startswith("tele") or self._is_acronym(word, text) for word in named)

    def _is_acronym(self, word: Word, text: str) -> bool:
        bare = text[word.start : word.start + len(word.low)]
        return 1 < len(bare) <= 5 and bare.isalpha() and bare.isupper() and word.low not in self._words.no_media
