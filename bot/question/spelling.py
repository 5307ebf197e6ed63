"""The nearest spelling: of a name that is not known as it is written, and of a word that no passage holds."""

from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.search.names import Named, NameIndex, Words
from bot.text import skeleton

_SHORTEST_NAME = 4
_SHORTEST_WORD = 6


def nearest_name(written: Words, names: NameIndex, kinds: Collection[str]) -> tuple[Words, Named] | None:
    """Return the known name that a misspelt one is nearest to, or None where none is near enough.

    One letter may differ in names of five or six, two in longer ones, three in those of twelve and more; spellings of
    one sound (Sikorsky, Sikorski) always match.
    """
    joined = " ".join(written)
    if len(joined) < _SHORTEST_NAME:
        return None
    alike = skeleton(written)
    best: tuple[int, Words, Named] | None = None
    for key, found in names.entries.items():
        named = next((one for one in found if one.kind in kinds), None)
        if named is None or abs(len(key) - len(written)) > 1:
            continue
        candidate = " ".join(key)
        if skeleton(key) == alike:
            return key, named
        allowed = _allowed(min(len(candidate), len(joined)))
        distance = OSA.distance(joined, candidate, score_cutoff=allowed)
        if distance <= allowed and candidate[0] == joined[0] and (best is None or distance < best[0]):
            best = (distance, key, named)
    return best[1:] if best else None


def _allowed(length: int) -> int:
    if length < 5:
        return 0
    return 1 if length <= 6 else 2 if length <= 11 else 3


def nearest_word(folded: str, vocabulary: Mapping[str, int] | Iterable[str]) -> str | None:
    """Return the term of the index that a misspelt word is one letter away from, or None where there is none."""
    if len(folded) < _SHORTEST_WORD or not folded.isalpha():
        return None
    near = process.extractOne(folded, vocabulary, scorer=OSA.distance, score_cutoff=1)
    return near[0] if near and near[0][0] == folded[0] and len(near[0]) >= _SHORTEST_WORD - 1 else None
