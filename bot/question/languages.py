"""The language of a question, and a word-by-word reading of those that are not English."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from anyascii import anyascii

from bot.question.words import Language, QuestionWords
from bot.text import fold

_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
#: Case endings of Slavic names, longest first, in Latin letters.
_CASES = (
    "skogo",
    "skomu",
    "skoho",
    "skiego",
    "skiemu",
    "skim",
    "skym",
    "owi",
    "iego",
    "iemu",
    "ogo",
    "oho",
    "omu",
    "evi",
    "ovi",
    "iem",
    "em",
    "om",
    "im",
    "ym",
    "ie",
    "ej",
    "a",
    "u",
    "y",
    "i",
    "e",
    "o",
)
_MOST_UNREAD = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """A question in English words: `language` is its code or, where it cannot be read, its name."""

    text: str
    language: str
    unread: tuple[str, ...] = ()


def read(text: str, words: QuestionWords, names: Callable[[str], str | None]) -> Reading:
    """Return an English reading of a question.

    `names` finds the name that a word in Latin letters stands for.  A word that neither a list nor a name explains is
    `unread`: it is kept, in Latin letters, for the topic may be a word that is the same everywhere.
    """
    tokens = _WORD.findall(text)
    language = _detect(text, tokens, words)
    if language is None:
        other = _other(tokens, words)
        return Reading(text, other or "en", ())
    unread: list[str] = []

    def english(match: re.Match[str]) -> str:
        word = match.group()
        reading = _reading(fold(word), language)
        if reading is not None:
            return reading
        latin = anyascii(word).replace("'", "")
        name = _name(latin, names)
        if name is None:
            unread.append(word)
        return name or latin

    return Reading(_WORD.sub(english, text), language.code, tuple(unread))


def _detect(text: str, tokens: Sequence[str], words: QuestionWords) -> Language | None:
    by_code = {language.code: language for language in words.languages}
    if _CYRILLIC.search(text):
        letters = set(text.lower())
        if letters & by_code["uk"].letters:
            return by_code["uk"]
        if letters & by_code["ru"].letters:
            return by_code["ru"]
        return max(
            (by_code["uk"], by_code["ru"]),
            key=lambda language: sum(_reading(fold(token), language) is not None for token in tokens),
        )
    polish = by_code["pl"]
    known = sum(
        _reading(fold(token), polish) is not None
        for token in tokens
        if token.islower() or (token[:1].isupper() and token == tokens[0])
    )
    english = sum(
        fold(token) in words.asking
        or fold(token) in ("what", "did", "the", "who", "when", "where", "is", "about", "how", "of", "does", "has")
        for token in tokens
    )
    return polish if known >= 2 and known > english and known * 2 >= len(tokens) else None


def _other(tokens: Sequence[str], words: QuestionWords) -> str | None:
    """Return the name of a language that the question is in, if it is clearly none that can be read."""
    folded = [fold(token) for token in tokens]
    english = sum(
        token
        in (
            "what",
            "did",
            "the",
            "who",
            "when",
            "where",
            "is",
            "about",
            "how",
            "of",
            "and",
            "does",
            "has",
            "was",
            "say",
            "said",
            "to",
            "on",
            "in",
            "why",
        )
        for token in folded
    )
    counts = {name: sum(token in entries for token in folded) for name, entries in words.others.items()}
    name = max(counts, key=lambda language: counts[language], default=None)
    if name and counts[name] >= 2 and counts[name] > english and counts[name] * 3 >= len(folded):
        return name
    letters = [char for token in tokens for char in token if char.isalpha()]
    strange = sum(char > "\u024f" for char in letters)
    return "a language other than these" if letters and strange * 2 > len(letters) else None


def _reading(folded: str, language: Language) -> str | None:
    if folded in language.whole:
        return language.whole[folded]
    return next((reading for prefix, reading in language.prefixes if folded.startswith(prefix)), None)


def _name(latin: str, names: Callable[[str], str | None]) -> str | None:
    found = names(latin)
    if found:
        return found
    for case in _CASES:
        if latin.lower().endswith(case) and len(latin) - len(case) >= 3:
            stem = latin[: len(latin) - len(case)]
            for ending in ("", "ski", "sky", "a", "o") if case.startswith("sk") else ("", "a", "o"):
                if found := names(stem + ending):
                    return found
    return None
