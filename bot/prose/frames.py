"""Frames of speech: a cue (said, according to) and the words that name its source, in the outlet's own prose."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.model import Span
from bot.prose.phrases import Phrase
from bot.prose.sentences import Sentence, Word
from bot.prose.words import CueForm


@dataclass(frozen=True, slots=True)
class Frame:
    """A cue in a sentence, by word numbers: `source` is [first, last) of the words that name the source."""

    sentence: Sentence
    cue: Phrase
    forms: CueForm | None  # None for “according to”
    source: Phrase | None
    undone: bool = False
    inverted: bool = False  # said X
    borrowed: bool = False  # the source is that of an earlier cue or the subject of the sentence
    nested: bool = False  # inside what an earlier frame of the sentence reports
    subordinate: bool = False  # in a clause that begins with when, while or as, or behind a noun: a group *backing* X

    @property
    def kinds(self) -> frozenset[str]:
        return self.forms.kinds if self.forms else frozenset({"say", "according"})

    @property
    def cue_span(self) -> Span:
        return _span(self.sentence.words, self.cue)

    @property
    def source_span(self) -> Span | None:
        return _span(self.sentence.words, self.source) if self.source else None

    @property
    def hands_on(self) -> bool:
        """Whether its source tells whose words they are: *Reuters quoted* X as saying …"""
        return self.forms is None and self.source is not None and self.source[0] < self.cue[0]

    @property
    def is_main(self) -> bool:
        """Whether it tells in the main clause that somebody says something."""
        return self.tells and "say" in self.kinds

    @property
    def tells(self) -> bool:
        """Whether it tells in the main clause that somebody says, thinks or finds something."""
        beside = self.nested or self.subordinate or self.undone or self.borrowed
        return not beside and bool(self.kinds & {"say", "think"})

    @property
    def start(self) -> int:
        return min(self.cue[0], self.source[0]) if self.source and not self.borrowed else self.cue[0]

    @property
    def end(self) -> int:
        return max(self.cue[1], self.source[1]) if self.source else self.cue[1]


def has_comma(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether a clause ends between two words: when X *spoke, Y* said …"""
    return any(word.low == "," for word in words[first:end])


def _span(words: Sequence[Word], numbers: Phrase) -> Span:
    return Span(words[numbers[0]].start, words[numbers[1] - 1].end)
