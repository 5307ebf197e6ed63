"""The lines of an article's text and their shapes: title, prose, name, key words, code.

A shape says nothing about any site; the words that do are in `furniture`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.model import Span
from bot.text import words

# From the first visible character of a line to its last; zero-width marks are as invisible as spaces.  A wide gap
# stands where a page was captured without its line breaks.
_LINE = re.compile(r"[^\s\u200b\u2060\ufeff](?:(?:(?![^\S\n]{5})[^\n])*[^\s\u200b\u2060\ufeff])?")
_QUOTED = re.compile("[\"“”„«»]|''")
_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*\Z")
# A full stop after a word of three small letters, so that "U.S. Senate" and "Sen. Corker" are no break … "Sen." is
# two small letters after a capital and stays whole.
_SENTENCE_BREAK = re.compile(r"(?:[^\W\d_A-Z]{3}|[\])])[.!?…][\"”’']*\s+[\"“‘']?[^\W\d_a-z]")
_CODE = re.compile(r"[\w.#*>, -]+\s*\{|\}|[a-z-]+\s*:\s*[^;{}]+;")
_TITLE_END = re.compile(r"[.,;:…\-–—][\"”’')\]]*\Z")
#: Above this length no line is matched against word lists: it holds an article, whatever else it holds.
LONGEST_FURNITURE = 1200


def plain(text: str) -> str:
    """Return the text as word lists spell it: small letters, plain apostrophes, single spaces."""
    return " ".join(text.lower().replace("’", "'").replace("‘", "'").split())


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its span, its plain form, and whether it stands right under the line before it."""

    span: Span
    text: str
    plain: str  # empty where the line is longer than any furniture
    tight: bool
    count: int  # of words
    ended: bool  # as a sentence ends

    @property
    def label(self) -> str:
        return self.plain.strip(" .:!\"'")

    @property
    def quoted(self) -> bool:
        return _QUOTED.search(self.text) is not None

    @property
    def prose(self) -> bool:
        """Whether it is a paragraph: sentences, or what introduces a quotation."""
        return len(self.text) > 250 or (self.count >= 5 and (self.ended or self.text[-1] in ",:;"))

    @property
    def single(self) -> bool:
        """Whether it holds no more than one sentence."""
        return _SENTENCE_BREAK.search(self.text) is None

    @property
    def title(self) -> bool:
        """Whether it could be a title: short, one piece, and not ended like a sentence."""
        return (
            len(self.text) <= 170
            and 2 <= self.count <= 24
            and (self.text[0].isupper() or self.text[0].isdigit() or self.text[0] in "‘“'\"")
            and any(char.isalpha() for char in self.text)
            and not _TITLE_END.search(self.text)
            and self.text.count("“") == self.text.count("”")
            and self.text.count('"') % 2 == 0
            and self.single
        )

    @property
    def capitalised(self) -> bool:
        """Whether its words begin with capitals As Titles Do in English."""
        long = [word for word in self.text.split() if len(word) > 3 and word[0].isalpha()]
        return sum(word[0].isupper() for word in long) * 4 >= len(long) * 3

    @property
    def shouted(self) -> bool:
        """Whether it is a row of words in capitals, as some sites print links."""
        return (
            self.text.isupper()
            and self.count >= 5
            and not self.ended
            and self.text[-1] not in ",:;"
            and (self.text[0] not in '“"')
        )

    @property
    def code(self) -> bool:
        return _CODE.fullmatch(self.text) is not None

    def same_words(self, wanted: tuple[str, ...]) -> bool:
        """Whether its words are these, whatever stands between them and at its end."""
        # Lengths first: they are cheap, and most lines are paragraphs.
        letters = sum(map(len, wanted))
        return 0.7 * letters <= len(self.text) <= 1.3 * letters + 2 * len(wanted) and words(self.text) == wanted


def lines_of(text: str) -> Iterator[Line]:
    """Yield every line that shows something, trimmed of what does not."""
    before = 0
    for match in _LINE.finditer(text):
        yield line_at(text, Span(*match.span()), tight=before > 0 and text.count("\n", before, match.start()) == 1)
        before = match.end()


def line_at(text: str, span: Span, *, tight: bool) -> Line:
    """Return what stands in a span of a text, which neither begins nor ends with blanks, as a line."""
    shown = span.of(text)
    short = plain(shown) if len(shown) <= LONGEST_FURNITURE else ""
    count = (short or shown).count(" ") + 1
    return Line(span, shown, short, tight, count, _SENTENCE_END.search(shown[-6:]) is not None)


def is_name(text: str, particles: frozenset[str]) -> bool:
    """Whether the text could be a person's name: two to four words, each with a capital, but for particles."""
    parts = text.split()
    return 2 <= len(parts) <= 4 and all(
        (part[0].isupper() and part.replace("-", "").replace("’", "").replace("'", "").rstrip(".").isalpha())
        or (part in particles and 0 < place < len(parts) - 1)
        for place, part in enumerate(parts)
    )
