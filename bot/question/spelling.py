"""The nearest spelling: of a name that is not known as it is written, and of a word that no passage holds."""

import re
from collections.abc import Collection, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.names import NameIndex, Words
from bot.text import words

_SHORTEST_WORD = 6
_SHORTEST_DOUBLED = 5
_DOUBLED = re.compile(r"(.)\1+")
_SIMILAR = 0.6  # of a name's letters are in their places
_MOST = 5


def nearest_name(written: Words, names: NameIndex, kinds: Collection[str]) -> Words | None:
    """Return the known name that a misspelt one is nearest to, or None where none is near enough.

    One letter may differ in names of five or six, two in longer ones, three in those of twelve and more.
    """
    joined = " ".join(written)
    best: tuple[int, Words] | None = None
    for key, found in names.entries.items():
        candidate = " ".join(key)
        if candidate[0] != joined[0] or abs(len(key) - len(written)) > 1 or not any(one.kind in kinds for one in found):
            continue
        allowed = _allowed(min(len(candidate), len(joined)))
        distance = OSA.distance(joined, candidate, score_cutoff=allowed)
        if distance <= allowed and (best is None or distance < best[0]):
            best = (distance, key)
    return best[1] if best else None


def _allowed(length: int) -> int:
    if length < 5:
        return 0
    return 1 if length <= 6 else 2 if length <= 11 else 3


def similar_names(written: str, names: NameIndex) -> list[str]:
    """Return the people whose names are spelt most like a name that nobody has: not near enough to be read as it."""
    keys = {" ".join(key): found[0].name for key, found in names.entries.items() if found[0].kind == "person"}
    wanted = " ".join(words(written))
    near = process.extract(wanted, keys.keys(), scorer=OSA.normalized_similarity, score_cutoff=_SIMILAR, limit=_MOST)
    return list(dict.fromkeys(keys[key] for key, _, _ in near))


def nearest_word(folded: str, vocabulary: Iterable[str]) -> str | None:
    """Return the term of the index that a misspelt word is one letter away from, or None where there is none."""
    if not folded.isalpha():
        return None
    if len(folded) < _SHORTEST_WORD:  # a short word is one letter away from many
        return _doubled_otherwise(folded, vocabulary) if len(folded) >= _SHORTEST_DOUBLED else None
    near = process.extractOne(folded, vocabulary, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near and near[0][0] == folded[0] and len(near[0]) >= _SHORTEST_WORD - 1 else None


def nearest_asking(folded: str, asking: Collection[str]) -> str | None:
    """Return the word that questions are asked with that a misspelt one is: abuot, sayd.

    One letter may differ or stand in another's place, in words of five letters and more.
    """
    if len(folded) < _SHORTEST_DOUBLED:
        return None
    near = process.extractOne(folded, asking, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near and near[0][0] == folded[0] else None


def _doubled_otherwise(folded: str, vocabulary: Iterable[str]) -> str | None:
    """Return the term that a word is but for a letter written once or twice: rusia."""
    single = _DOUBLED.sub(r"\1", folded)
    return next((term for term in vocabulary if term[0] == folded[0] and _DOUBLED.sub(r"\1", term) == single), None)
