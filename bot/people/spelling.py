"""Spellings of names: whether two names in full can be one person's."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.prose.name_words import NameWords
from bot.text import Words, skeleton, tokens

_LONGEST_INITIALS = 2  # letters without full stops: JD Vance, George HW Bush
_FEWEST_CONSONANTS = 3  # that two ways to write a foreign given name have in common

# Letters that transliterations write in several ways: Zelenskyy, Mohamed, Viktor, Antony, Haniyeh, Yulia.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"(?:iy|yy|ij|yi|ii|ey|ie|i|y)\Z", "y"), (r"kh|gh", "h"), (r"ph", "f"), (r"th", "t"),
        (r"c(?=[^eihy]|\Z)|q", "k"), (r"ks", "x"), (r"ou|oo", "u"), (r"ee", "i"),
        (r"(?<=.)j|(?<=.)y(?!\Z)", "i"), (r"w", "v"), (r"'", ""), (r"(.)\1+", r"\1"),
    )
]  # fmt: skip
_VOWELS = re.compile(r"[aeiouy]")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return what the spellings of a folded word have in common."""
    for pattern, heard in _SOUNDS:
        word = pattern.sub(heard, word)
    return word


@dataclass(frozen=True, slots=True)
class Form:
    """A name in full, taken apart.  `given` are given names and initials, one letter each; `words` is all of it."""

    words: Words
    given: Words
    family: str
    suffix: str = ""

    @property
    def surname(self) -> str:
        """The family name as it sounds."""
        return sound(self.family)

    @property
    def first(self) -> str:
        return self.given[0]


def form_of(name: str, names: NameWords) -> Form | None:
    """Return a name taken apart, or None for one that is not in full."""
    parts = [part for token in tokens(name) for part in _initials(token.span.of(name), token.folded, name, names)]
    suffix = parts.pop() if len(parts) > 1 and parts[-1] in names.suffixes else ""
    kept = [part for number, part in enumerate(parts) if not 0 < number < len(parts) - 1 or part not in names.particles]
    suffix = suffix if suffix in names.generations else ""
    whole = (*parts, suffix) if suffix else tuple(parts)
    return Form(whole, tuple(kept[:-1]), kept[-1], suffix) if len(kept) > 1 else None


def _initials(raw: str, folded: str, name: str, names: NameWords) -> tuple[str, ...]:
    """Return the letters of initials, or else the word; two where a full stop has glued them: Rep.Ralph."""
    short = raw.isupper() and len(raw) <= _LONGEST_INITIALS and not name.isupper()
    letters = folded.replace(".", "")
    dotted = 2 * raw.count(".") >= len(letters)  # J.D., not Sens.
    if folded not in names.suffixes and (dotted or (short and folded not in names.particles)):
        return tuple(letters)
    return tuple(filter(None, folded.split(".")))


#: How alike two names are: the same but for spelling and what is left out; the same by a short form; or but for a Jr.
Likeness = Literal["none", "kin", "short", "same"]


class Comparer:
    """Tells which names can be one person's, by the given names that config/given_names.toml calls the same."""

    def __init__(self, names: NameWords) -> None:
        self._names = names

    def likeness(self, one: Form, other: Form) -> Likeness:
        """Return how alike two names are: the same surname, and no given name or initial that speaks against."""
        if one.surname != other.surname or (one.suffix and other.suffix and one.suffix != other.suffix):
            return "none"
        # A middle name may be missing; of two, the first ones must agree: George W. is not George H. W.
        if not all(self._is_same_given(*pair) for pair in zip(one.given, other.given, strict=False)):
            return "none"
        if one.suffix != other.suffix and not self._is_fuller(one, other):
            return "kin" if min(len(one.given), len(other.given)) > 1 else "none"
        if _consonants(one.first) == _consonants(other.first) or 1 in (len(one.first), len(other.first)):
            return "same"
        # Mike Coffman is not Michael Kofman.
        return "short" if skeleton((one.family,)) == skeleton((other.family,)) else "none"

    def _is_fuller(self, one: Form, other: Form) -> bool:
        """Whether the name with a Jr. is the other in full: Joseph R. Biden Jr. is Joe Biden."""
        longer, shorter = (one, other) if one.suffix else (other, one)
        return len(longer.given) > len(shorter.given)

    def is_given(self, word: str) -> bool:
        """Whether a word is a given name that is known, or an initial."""
        return len(word) == 1 or word in self._names.given or word in self._names.same_given

    def is_title(self, word: str) -> bool:
        """Whether a word is one that titles are made of, or that stands before names."""
        return word in self._names.title_words or word in self._names.abbreviations

    def _is_same_given(self, one: str, other: str) -> bool:
        if len(one) == 1 or len(other) == 1:
            return one[0] == other[0]
        if skeleton((one,)) == skeleton((other,)):
            return True
        if self._names.same_given.get(one, frozenset()) & self._names.same_given.get(other, frozenset()):
            return True
        # Of two that are both known, each is a name of its own: Christine and Christina, Marc and Mark.
        if self.is_given(one) and self.is_given(other):
            return False
        if sound(one) == sound(other):
            return True
        consonants = _consonants(one)
        return consonants == _consonants(other) and one[0] == other[0] and len(consonants) >= _FEWEST_CONSONANTS


def _consonants(word: str) -> str:
    return _VOWELS.sub("", sound(word))
