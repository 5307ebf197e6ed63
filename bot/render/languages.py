"""What works for articles of a language, in words."""

from collections.abc import Iterator

from bot.model import Language, LibraryFacts
from bot.render.visible import line
from bot.text import number_of

_WORKS = {
    "all": "who says what is read, and words are found in all their forms",
    "stems": "words are found in all their forms (Snowball's stems); who says what is not read",
    "words": "words are found as they are written, for want of a stemmer; who says what is not read",
    "none": "words are hardly found, as they do not stand apart; who says what is not read",
}


def what_works(language: Language) -> str:
    return _WORKS[language.works]


def spread(facts: LibraryFacts) -> Iterator[str]:
    """Yield a line for each language other than English that articles are in."""
    for language, number in facts.languages:
        if language.works != "all":
            yield f"{number_of(number, 'article')} in {line(language.name)}: {what_works(language)}."
