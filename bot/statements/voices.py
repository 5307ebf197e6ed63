"""Voices: whether two speakers with different names can be one source.

One outlet has a ministry speak, another its minister, a third the country: “Lebanon's health ministry”, “the Lebanese
health minister”, “Lebanese officials”.
"""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from bot.prose.name_words import NameWords
from bot.text import Analyser, name_words

#: Two voices are kin where one is the other by a shorter or another name, open where one of them says nothing of who it
#: is (“officials”, “the statement”), and apart otherwise; people with two names always are.
Kinship = Literal["kin", "open", "apart"]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, in terms: `own` are those of the name, `reach` also those of what the article calls somebody."""

    own: frozenset[str]
    reach: frozenset[str]
    is_person: bool

    def kinship(self, other: "Voice") -> Kinship:
        """Return how this speaker is related to one of another name."""
        if self.is_person and other.is_person:
            return "apart"
        if not self.own or not other.own:
            return "open"
        within = (not self.is_person and self.own <= other.reach) or (not other.is_person and other.own <= self.reach)
        return "kin" if within else "apart"


@dataclass(frozen=True)
class Voices:
    """Tells voices by their names; `people` are those of people."""

    names: NameWords
    analyser: Analyser
    people: Set[str]

    def of(self, speaker: str | None, source: str) -> Voice:
        """Return the voice of a speaker whom an article calls by `source`."""
        own, is_person = self._terms(speaker or ""), speaker in self.people
        return Voice(own, own | self._terms(source) if is_person else own, is_person)

    def _terms(self, name: str) -> frozenset[str]:
        """Return the terms of a name that say who or of what: neither what a source is called, nor its office."""
        folded = self._renamed.sub(self._in_other_words, " ".join(name_words(name.replace("-", " "))))
        return frozenset(self.analyser.of_words(word for word in folded.split() if word not in self._idle))

    def _in_other_words(self, found: re.Match[str]) -> str:
        return self._same[found.group()]

    @cached_property
    def _same(self) -> Mapping[str, str]:
        return self.names.same_voices

    @cached_property
    def _renamed(self) -> re.Pattern[str]:
        longest_first = sorted(map(re.escape, self._same), key=lambda phrase: (-len(phrase), phrase))
        return re.compile(rf"\b(?:{'|'.join(longest_first) or '(?!)'})\b")

    @cached_property
    def _idle(self) -> frozenset[str]:
        return (self.names.roles | self.names.title_words | self.names.utterances) - self.names.no_person
