"""In which language a text is written, by the small words that it is full of."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.errors import ConfigurationError
from bot.text import WORD

_LONGEST = 4_000  # characters: more do not make it surer
_FEWEST = 20  # words, below which nothing is said
#: The share of a text that its language's words must take up.  Of 4,370 English news articles the lowest has .055 (a
#: table of medals), the next .095; a text in a language that is not listed has .03 of English or less.
_LEAST = 0.05
OTHER = "other"


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """The small words of each language, by its ISO 639 code."""

    of: Mapping[str, frozenset[str]]

    @classmethod
    def from_table(cls, table: Mapping[str, Iterable[str]]) -> "LanguageWords":
        """Build it from the parsed TOML, or say which key cannot be used."""
        for code, words in table.items():
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                raise ConfigurationError(f"config/function_words.toml: {code} must be a list of words between quotes")
        return cls({code: frozenset(words) for code, words in table.items()})

    def language(self, text: str) -> str | None:
        """Return the code of a text's language, "other" where it is none of these, or None for too short a text."""
        words = Counter(word.group().lower() for word in WORD.finditer(text[:_LONGEST]))
        total = words.total()
        if total < _FEWEST:
            return None
        shares = {code: sum(words[word] for word in of) / total for code, of in self.of.items()}
        best = max(shares, key=lambda code: (shares[code], code), default=OTHER)
        return best if shares.get(best, 0.0) >= _LEAST else OTHER
