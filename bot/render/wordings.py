"""What differs between two wordings of one utterance."""

from collections.abc import Callable, Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter

from bot.model import Article, Quote, Span
from bot.text import Token, tokens

_IN_COMMON = 0.4  # share of the words of the shorter wording; with fewer, one is said in other words altogether


def differing(first: tuple[Article, Quote], other: tuple[Article, Quote]) -> tuple[Span, ...]:
    """Return the runs of words, in the article of `other`, that are said there and not in `first` at that place.

    Only what the speaker said is compared, not the sentence around it, and that one of them quotes more before or after
    is no difference.  Words are compared folded, so that capitals, accents and punctuation make none.
    """
    ours = [token.folded for token, _ in _said(*first)]
    theirs = list(_said(*other))
    changes = SequenceMatcher(None, ours, [token.folded for token, _ in theirs], autojunk=False).get_opcodes()
    in_common = sum(end - start for tag, start, end, _, _ in changes if tag == "equal")
    if in_common < _IN_COMMON * min(len(ours), len(theirs)):
        return ()
    runs: list[Span] = []
    for tag, _, _, start, end in changes:
        if tag == "replace" or (tag == "insert" and start > 0 and end < len(theirs)):
            for _, run in groupby(theirs[start:end], key=itemgetter(1)):
                words = [token.span for token, _ in run]
                runs.append(Span(words[0].start, words[-1].end))
    return tuple(runs)


def _said(article: Article, quote: Quote) -> Iterator[tuple[Token, Span]]:
    """Yield the words that are the speaker's, each with the piece that it is in."""
    return ((token, span) for span in quote.contents for token in tokens(article.text, span.start, span.end))


def within(piece: Span, text: str, marked: Iterable[Span], displayed: Callable[[str], str]) -> Iterator[Span]:
    """Yield where marked words of a piece of a text are in the piece as it is displayed."""
    for span in marked:
        if piece.holds(span):
            before, until = (len(displayed(text[piece.start : end])) for end in (span.start, span.end))
            yield Span(before, until)
