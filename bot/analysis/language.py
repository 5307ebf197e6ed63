"""In which language a text is written, by the small words that it is full of, or by its letters."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import ConfigurationError
from bot.model import Language, Works
from bot.text import WORD, Stems

_FILE = "config/article_languages.toml"
_LONGEST = 4_000  # characters: more do not make it surer
_FEWEST = 20  # words, below which nothing is said
#: The share of a text that its language's words must take up.  Of 4,413 English news articles the lowest has .055 (a
#: table of medals), the next .095, and all are told to be English.  Of the Universal Declaration of Human Rights, in
#: pieces of 2,000 characters, .10 for the others tells 98 % of 49 listed languages rightly, and 59 % of 15 that are not
#: listed to be unknown; .05 only 27 % of these, and .15 tells 96 % of the listed ones.
_LEAST = 0.05
_LEAST_NAMED = 0.1
_LEAST_LETTERS = 0.3  # share of the letters, where these tell the language
_ENGLISH = "en"
_KEYS = frozenset({"name", "stemmer", "also", "words", "letters", "apart"})
UNKNOWN = Language("other", "a language that is not known", "words")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A language, and by what it is told."""

    language: Language
    words: frozenset[str]
    letters: re.Pattern[str] | None
    stemmer: str | None


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages that articles can be in, by their ISO 639 codes, and what else they are called."""

    entries: Mapping[str, _Entry]
    codes: Mapping[str, str]
    shared: Mapping[str, int]  # of each small word, how many languages have it

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> "Languages":
        """Build it from the parsed TOML; raises ConfigurationError that says what cannot be used."""
        entries = {code: _entry(code, row) for code, row in table.items()}
        called = ((code, (code, row["name"], *row.get("also", ()))) for code, row in table.items())
        codes = {name.lower(): code for code, names in called for name in names}
        return cls(entries, codes, Counter(word for entry in entries.values() for word in entry.words))

    def of(self, code: str | None) -> Language:
        """Return the language of a code; articles too short to tell are read as English."""
        code = code or _ENGLISH
        if code == UNKNOWN.code:
            return UNKNOWN
        return self.entries[code].language if code in self.entries else Language(code, f"“{code}”", "words")

    def stems(self) -> dict[str, Stems]:
        """Return how words are compared in the languages other than English, by their codes."""
        return {code: Stems(entry.stemmer, entry.words) for code, entry in self.entries.items() if code != _ENGLISH}

    def told(self, text: str, stated: str | None = None, by_hand: bool = True) -> str | None:
        """Return the code of a text's language, None for too short a text, of which nothing is stated either.

        What somebody has written by hand holds.  What a page states does between two languages that can be near each
        other; but where one of them is English the text decides, as templates of pages state what they like.
        """
        named = self.codes.get(stated.strip().lower().replace("_", "-").partition("-")[0], stated) if stated else None
        if named is not None and by_hand:
            return named
        read = self._read(unicodedata.normalize("NFC", text[:_LONGEST]))
        if named is None or read is None:
            return named or read
        if read == UNKNOWN.code or (read != _ENGLISH and named != _ENGLISH):
            return named
        return read

    def _read(self, text: str) -> str | None:
        letters = sum(map(str.isalpha, text))
        by_letters = {
            code: len(entry.letters.findall(text)) / letters
            for code, entry in self.entries.items()
            if entry.letters and letters >= _FEWEST
        }
        best = max(by_letters, key=lambda code: by_letters[code], default=UNKNOWN.code)
        if by_letters.get(best, 0.0) >= _LEAST_LETTERS:
            return best
        words = Counter(word.group().lower() for word in WORD.finditer(text))
        total = words.total()
        if total < _FEWEST:
            return None
        best = max(self.entries, key=lambda code: (self._own(code, words), code), default=UNKNOWN.code)
        share = sum(words[word] for word in self.entries[best].words) / total if self.entries else 0.0
        return best if share >= (_LEAST if best == _ENGLISH else _LEAST_NAMED) else UNKNOWN.code

    def _own(self, code: str, words: Mapping[str, int]) -> float:
        """Return how many of the words are a language's, each the less the more languages have it."""
        return sum(words[word] / self.shared[word] for word in self.entries[code].words)


def _entry(code: str, row: Any) -> _Entry:
    if not isinstance(row, dict) or not isinstance(row.get("name"), str) or set(row) - _KEYS:
        raise ConfigurationError(f"{_FILE}: [{code}] needs a name, and may have {', '.join(sorted(_KEYS - {'name'}))}")
    for key in ("words", "also"):
        if not isinstance(row.get(key, []), list) or not all(isinstance(word, str) for word in row.get(key, [])):
            raise ConfigurationError(f"{_FILE}: {key} of [{code}] must be a list of words between quotes")
    stemmer = row.get("stemmer")
    if stemmer is not None and stemmer not in Stems.algorithms():
        raise ConfigurationError(f"{_FILE}: Snowball has no stemmer {stemmer!r}, which [{code}] names")
    try:
        letters = re.compile(f"[{row['letters']}]") if row.get("letters") else None
    except re.error:
        raise ConfigurationError(f"{_FILE}: letters of [{code}] must be ranges of letters, such as a-z") from None
    return _Entry(Language(code, row["name"], _works(code, row)), frozenset(row.get("words", ())), letters, stemmer)


def _works(code: str, row: Mapping[str, Any]) -> Works:
    if code == _ENGLISH:
        return "all"
    if row.get("apart") is False:
        return "none"
    return "stems" if "stemmer" in row else "words"
