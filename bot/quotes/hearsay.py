"""Hearsay: what is told with nobody to tell it."""

from collections.abc import Iterator, Sequence

from bot.model import Span
from bot.prose.frames import Frame
from bot.prose.sentences import QUOTATION, Sentence, Word
from bot.prose.words import CueForm, SpeechWords
from bot.quotes.objects import ObjectReader

_FEWEST = 2  # words that are told


class HearsayReader:
    """Finds what somebody is expected, said or accused to do, by the word lists of the language."""

    def __init__(self, speech: SpeechWords) -> None:
        self._grammar, self._idle = speech.grammar, speech.between - speech.grammar.be
        self._objects = ObjectReader(speech)

    def read(self, sentence: Sentence) -> Iterator[tuple[Frame, Span]]:
        """Yield what a sentence tells so, each with a frame that has no source: is *expected to* …; *reportedly* …"""
        words = sentence.words
        last = max((number for number, word in enumerate(words) if word.is_word), default=0)
        for number in range(1, last - 1):
            behind = self._behind(words, number)
            if behind is None or not words[behind].is_word:
                continue
            form = CueForm(words[number].low, tuple(word.low for word in words[number + 1 : behind]), frozenset())
            end = self._objects.end(words, behind, form, last) + 1
            if end - behind >= _FEWEST and all(word.low != QUOTATION for word in words[behind:end]):
                yield Frame(sentence, (number, behind), form, None), Span(words[behind].start, words[end - 1].end)

    def _behind(self, words: Sequence[Word], number: int) -> int | None:
        """Return the number of the word behind a cue, or None where none begins."""
        low = words[number].low
        if low in self._grammar.hearsay:
            return number + 1
        passive = f"{low} {words[number + 1].low}" in self._grammar.hearsay and self._is_passive(words, number)
        return number + 2 if passive else None

    def _is_passive(self, words: Sequence[Word], number: int) -> bool:
        before = number - 1
        while before > 0 and (words[before].low in self._idle or words[before].low.endswith("ly")):
            before -= 1
        return words[before].low in self._grammar.be
