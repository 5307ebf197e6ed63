"""Words of a text, as they are compared: folded, stemmed, and with the words that mean nothing by themselves left out.

Folding happens to tokens and never to a text, so that offsets stay those of the text as it is.
"""

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import Stemmer

from bot.model import Span

# NFKD leaves these letters whole: they have no decomposition (Unicode Character Database, UnicodeData.txt).
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ħ": "h",
     "Ħ": "h", "ı": "i", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "’": "'", "‘": "'", "ʼ": "'", "`": "'",
     "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-"}
)  # fmt: skip

#: A word: letters and digits, with the apostrophes and full stops that stand inside it (don't, U.S., 3.5).
WORD = re.compile(r"[^\W_]+(?:['’ʼ.][^\W_]+)*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
_POSSESSIVE = re.compile(r"'s?\Z")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return the text in small letters without accents, with plain apostrophes and dashes.  Idempotent."""
    if text.isascii():
        return text.replace("`", "'").lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_UNDECOMPOSED))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.translate(_UNDECOMPOSED).casefold()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: where it stands and its folded form, without a possessive ending."""

    span: Span
    folded: str


@lru_cache(maxsize=65536)
def _word_form(raw: str) -> str:
    if raw in ("US", "USA") or raw.rstrip(".") in ("U.S", "U.S.A"):
        return "usa"  # so that the country is not the pronoun
    folded = _POSSESSIVE.sub("", fold(raw))
    return folded.replace(".", "") if _INITIALS.match(folded) else folded


def tokens(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    """Yield the words of `text[start:end]` in order, with spans in the whole text."""
    for match in WORD.finditer(text, start, len(text) if end is None else end):
        yield Token(Span(*match.span()), _word_form(match.group()))


Words = tuple[str, ...]


def words(text: str) -> Words:
    """Return the folded words of a text, in order: what two spellings of a name have in common."""
    return tuple(token.folded for token in tokens(text))


def number_of(count: int, noun: str) -> str:
    """Return how many there are of something, such as "1 quote" and "2 quotes"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


@lru_cache(maxsize=131072)
def name_words(name: str) -> Words:
    """Return the folded words of a name: in a corpus the same names are asked for again and again."""
    return words(name)


_NUMBERED = re.compile(r"(?<=\A\d)s\Z|(?<=\A\d\d)s\Z|(?<=\A\d\d\d)s\Z")  # F-16s; the 1990s are no number
_NAME_ENDINGS = re.compile(r"(?:iy|yy|ij|yi|ii|i|y)\Z")


@lru_cache(maxsize=131072)
def skeleton(name: Words) -> Words:
    """Return what the spellings of a name have in common: Zelensky, Zelenskyy, Zelenskiy; Sikorski, Sikorsky."""
    return tuple(_NAME_ENDINGS.sub("y", word) for word in name if len(word) > 1)


@dataclass(frozen=True)
class Analyser:
    """Turns a text into the terms that it is indexed and searched by.

    `stop` are folded words to leave out, `same` maps a folded word to another that means just the same
    (Russian to Russia, Kiev to Kyiv).  `related` are the terms that may stand for a term of a question; a match of
    theirs counts `related_weight` of one of the term itself.
    """

    stop: frozenset[str] = frozenset()
    same: Mapping[str, str] = field(default_factory=dict)
    related: Mapping[str, frozenset[str]] = field(default_factory=dict)
    related_weight: float = 0.0
    others: Mapping[str, "Stems"] = field(default_factory=dict)  # of the languages other than English, by their codes
    _terms: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)
    _written: dict[str, str | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def with_synonyms(
        cls,
        stop: Iterable[str],
        same: Mapping[str, str],
        groups: Iterable[Iterable[str]],
        weight: float,
        others: Mapping[str, "Stems"] | None = None,
    ) -> "Analyser":
        """Return an analyser that knows groups of words of which one can stand for another."""
        plain = cls(frozenset(map(fold, stop)), dict(same))
        related: dict[str, frozenset[str]] = {}
        for group in groups:
            terms = frozenset(plain.of_words(map(fold, group)))
            for term in terms:
                related[term] = related.get(term, frozenset()) | terms - {term}
        return cls(plain.stop, plain.same, related, weight, others or {})

    def term(self, folded: str) -> str | None:
        """Return the term of one folded word, or None for a stop word.

        Terms are Snowball's English stems (Porter 2) of the word.
        """
        try:
            return self._terms[folded]
        except KeyError:
            term = None if folded in self.stop else _stem(self.same.get(folded, _NUMBERED.sub("", folded)))
            if term is not None:
                term = self.same.get(term, term)
            self._terms[folded] = term
            return term

    def terms(self, text: str, start: int = 0, end: int | None = None) -> list[str]:
        """Return the terms of `text[start:end]`, in order and with repetitions."""
        found = WORD.findall(text, start, len(text) if end is None else end)
        known = self._written
        for raw in found:
            if raw not in known:
                known[raw] = self.term(_word_form(raw))
        return [term for raw in found if (term := known[raw]) is not None]

    def of_words(self, folded: Iterable[str]) -> list[str]:
        return [term for term in map(self.term, folded) if term is not None]

    def each(self, text: str, found: Iterable[Token]) -> list[str | None]:
        """Return the term of each of the words that were found in a text."""
        return [self.term(token.folded) for token in found]

    def of(self, language: str | None) -> "Analyser | Stems":
        """Return what turns a text of a language into terms; what is not known to be another one is English."""
        return self if language in (None, "en") else self.others.get(language or "", _UNSTEMMED)


class Stems:
    """Turns a text of another language into terms: the stems of its words as they are written, and then folded.

    Folded before, words would lose the letters by which a stemmer knows their endings: й, ü, é.
    """

    def __init__(self, algorithm: str | None = None, stop: Iterable[str] = ()) -> None:
        """`algorithm` is one of Snowball's, None where it has none: then a word stands for itself alone."""
        self._algorithm, self._stop = algorithm, frozenset(stop)

    @staticmethod
    def algorithms() -> frozenset[str]:
        return frozenset(Stemmer.algorithms())

    @cached_property
    def _stem(self) -> Callable[[str], str]:
        return Stemmer.Stemmer(self._algorithm).stemWord if self._algorithm else str

    def term(self, word: str) -> str | None:
        """Return the term of a word as it is written, or None for a stop word."""
        word = word.translate(_TURKISH) if self._algorithm == "turkish" else word
        low = unicodedata.normalize("NFC", word.translate(_APOSTROPHES)).lower()
        return None if low in self._stop else _word_form(self._stem(low)) or None

    def terms(self, text: str, start: int = 0, end: int | None = None) -> list[str]:
        """Return the terms of `text[start:end]`, in order and with repetitions."""
        return [term for term in self.each(text, tokens(text, start, end)) if term is not None]

    def each(self, text: str, found: Iterable[Token]) -> list[str | None]:
        """Return the term of each of the words that were found in a text."""
        return [self.term(token.span.of(text)) for token in found]


_APOSTROPHES = str.maketrans("’ʼ", "''")
_TURKISH = str.maketrans({"I": "ı", "İ": "i"})
_UNSTEMMED = Stems()


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Documents as terms with their frequencies: 32-bit numbers, those of one document after those of another.

    `terms` are the numbers of the terms and `widths` says how many different ones each document has.
    """

    terms: bytes
    frequencies: bytes
    widths: bytes


def counted(documents: Iterable[Iterable[str]], numbers: dict[str, int]) -> Counts:
    """Return the counts of documents, each given by its terms; a term that has no number yet gets the next one."""
    terms, frequencies, widths = array("i"), array("i"), array("i")
    for document in documents:
        held = Counter(document)
        terms.extend([numbers.setdefault(term, len(numbers)) for term in held])
        frequencies.extend(held.values())
        widths.append(len(held))
    return Counts(terms.tobytes(), frequencies.tobytes(), widths.tobytes())


def together(terms: Iterable[str]) -> str:
    """Return terms as one string; none of them holds the end of a line."""
    return "\n".join(terms)


def separate(terms: str) -> list[str]:
    """Return the terms that were put together."""
    return terms.split("\n") if terms else []


_stemmer = Stemmer.Stemmer("english")


def _stem(folded: str) -> str:
    return str(_stemmer.stemWord(folded))
