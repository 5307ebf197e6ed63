"""What differs between two wordings of one utterance."""

from difflib import SequenceMatcher

from bot.model import Span
from bot.text import tokens


def differing(first: str, other: str) -> tuple[Span, ...]:
    """Return the runs of words of `other` that `first` does not have at that place, in order.

    Words are compared folded, so that capitals, accents and punctuation make no difference.
    """
    ours = [token.folded for token in tokens(first)]
    theirs = list(tokens(other))
    matcher = SequenceMatcher(None, ours, [token.folded for token in theirs], autojunk=False)
    return tuple(
        Span(theirs[start].span.start, theirs[end - 1].span.end)
        for tag, _, _, start, end in matcher.get_opcodes()
        if tag != "equal" and end > start
    )
