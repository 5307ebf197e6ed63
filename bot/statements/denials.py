"""Denials: what a quote says is not so, or the contrary of.

An account that denies what another affirms is another account, however alike their words are: “has agreed” and “has not
agreed”; confirmed and denied.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.model import Quote
from bot.text import Analyser, fold, tokens

_NONE: frozenset[str] = frozenset()
_CLAUSE_END = re.compile(r"[.,;:!?()“”\"–—]|$")


@dataclass(frozen=True)
class Denials:
    """Tells denials: by the word before what is denied, the verb before the report, or words of contrary sense."""

    words: Sequence[str]
    verbs: frozenset[str]
    contraries: Mapping[str, frozenset[str]]  # of terms
    analyser: Analyser

    @classmethod
    def from_table(cls, table: Mapping[str, Any], analyser: Analyser) -> "Denials":
        """Return what tells denials by a word list; raises KeyError for one that lacks a key."""
        contraries: dict[str, frozenset[str]] = {}
        for ours, theirs in table["contraries"]:
            one, other = (frozenset(analyser.of_words(map(fold, side))) for side in (ours, theirs))
            for term in one | other:
                contraries[term] = contraries.get(term, _NONE) | (other if term in one else one)
        return cls(tuple(table["words"]), frozenset(map(fold, table["verbs"])), contraries, analyser)

    @classmethod
    def none(cls) -> "Denials":
        return cls((), frozenset(), {}, Analyser())

    def of(self, quote: Quote, text: str, terms: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
        """Return which of the terms of a quote it affirms, and which terms it denies, be they terms of it or not."""
        affirmed, denied = terms, _NONE
        if clauses := list(self._clauses(quote, text)):
            behind, held = Counter(clause[0] for clause in clauses), Counter(self._terms(quote, text))
            denied = frozenset(term for term, times in behind.items() if times >= held[term])  # and nowhere affirmed
            affirmed = terms.difference(*clauses)
        return affirmed, denied.union(*(self.contraries[term] - terms for term in affirmed & self._opposed))

    @cached_property
    def _opposed(self) -> frozenset[str]:
        return frozenset(self.contraries)

    def _clauses(self, quote: Quote, text: str) -> Iterator[Sequence[str]]:
        """Yield the terms from each word of denial to the end of its clause; the first of them is what is denied."""
        spans = quote.contents or quote.shown
        begun = [(found.end(), span.end) for span in spans for found in self._word.finditer(text, span.start, span.end)]
        if spans and quote.cue and not self.verbs.isdisjoint(fold(quote.cue.of(text)).split()):
            begun.append((spans[0].start, spans[0].end))
        for start, end in begun:
            clause = _CLAUSE_END.search(text, start, end)
            words = tokens(text, start, clause.start() if clause else end)
            small = (token.folded for token in words if not token.span.of(text)[0].isupper())  # names are not denied
            if terms := self.analyser.of_words(small):
                yield terms

    def _terms(self, quote: Quote, text: str) -> Iterator[str]:
        for span in quote.contents or quote.shown:
            yield from self.analyser.terms(text, span.start, span.end)

    @cached_property
    def _word(self) -> re.Pattern[str]:
        words = "|".join(map(re.escape, self.words)) or "(?!)"
        return re.compile(rf"\b(?:{words})\b|n[’']t\b", re.IGNORECASE)
