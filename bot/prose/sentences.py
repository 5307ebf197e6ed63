"""Sentences and their words, with quotations taken as one word: what the outlet says around the quotes."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.model import Span
from bot.text import fold

_TOKEN = re.compile(
    r"\ue000\ue001*\ue002?|\d{1,3}(?:,\d{3})+|[^\W_]+(?:[-'’ʼ‑.&][^\W_]+)*(?:(?<=s)['’](?=\s)| [’'][sS]\b|\.?)|\S"
)
# Where pages are copied without their line breaks, sentences of two paragraphs stand together: “…it ends.Nobody knows”.
_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s)|\ue002(?=[\s\ue000A-Z])|(?<=[\w)\ue002])[.!?…]+(?=\ue000|[A-Z][a-z]|A )")
_NEXT_SENTENCE = re.compile(r"\s*(?:\ue000|[\"“”‘'(\[]*[^\W_a-z])")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?\Z|[A-Z]\.\Z")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a mark of punctuation, or a whole hidden quotation."""

    start: int
    end: int
    low: str  # folded, without a possessive ending or a final full stop; a quotation is “”
    capital: bool = False
    possessive: bool = False

    @property
    def is_word(self) -> bool:
        return self.low[:1].isalnum()

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


QUOTATION = "“”"
_ARTICLED = re.compile(r"(?:al|an|ar|as|ash|at|az|ad|el|ul)[-‑][A-Z]")  # *al-Arouri* is a name
_ENDINGS = ("s", "ve", "re", "m")  # she's, they've; “they'd” and “they'll” stay, because they undo a cue
_CONTRACTED = frozenset({"he", "she", "it", "who", "that", "there", "here", "what", "let"})  # *she's* owns nothing


@dataclass(frozen=True)
class Sentence:
    """A sentence of a paragraph, in the text whose quotations are hidden."""

    hidden: str
    span: Span
    abbreviations: frozenset[str]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(_words(self.hidden, self.span, self.abbreviations))


def _words(hidden: str, span: Span, abbreviations: frozenset[str]) -> Iterator[Word]:
    for match in _TOKEN.finditer(hidden, span.start, span.end):
        raw = match.group()
        if raw[0] == "\ue000":
            yield Word(match.start(), match.end(), QUOTATION)
            continue
        if not (raw[0].isalnum()):
            yield Word(match.start(), match.end(), raw)
            continue
        low = fold(raw)
        dotted = low.endswith(".")
        low = low.rstrip(".")
        if dotted and low not in abbreviations and not _DOTTED.match(raw):
            dotted, raw = False, raw[:-1]
            yield _word(raw, match.start(), low)
            yield Word(match.end() - 1, match.end(), ".")
        else:
            yield _word(raw, match.start(), low)


def _word(raw: str, start: int, low: str) -> Word:
    possessive = low.endswith(("'s", "s'"))
    bare, mark, ending = low.rpartition("'")
    if mark and (ending in _ENDINGS or not ending):
        low, possessive = bare.rstrip(), ending in ("", "s") and bare not in _CONTRACTED
    return Word(start, start + len(raw), low, raw[0].isupper() or bool(_ARTICLED.match(raw)), possessive)


def split(
    text: str, hidden: str, paragraph: Span, abbreviations: frozenset[str], cues: Container[str]
) -> list[Sentence]:
    """Return the sentences of a paragraph, in order; together they hold every word of it."""
    found, start = [], paragraph.start
    for end in _END.finditer(hidden, paragraph.start, paragraph.end):
        if not _NEXT_SENTENCE.match(hidden, end.end(), paragraph.end):
            continue
        if end.group() == "\ue002":
            ends = _quotation_ends_sentence(text, hidden, end.start(), paragraph, cues)
        else:
            ends = end.group() != "." or not _is_abbreviation(hidden, end.start(), paragraph, abbreviations)
        if ends:
            found.append(Sentence(hidden, Span(start, end.end()), abbreviations))
            start = end.end()
            while hidden[start].isspace():
                start += 1
    found.append(Sentence(hidden, Span(start, paragraph.end), abbreviations))
    return found


_CUE_WITHIN = 5  # words behind a question that can hold the cue
_NAME = r"[A-Z][^\s,.;:\ue000-\ue002]*"
_ASIDE = re.compile(
    rf"\s*{_NAME}(?:\s{_NAME}){{0,3}}, [^.;:\ue000-\ue002]{{3,80}}, (?:also |then )?(?P<cue>[A-Za-z]+)\b"
)
_NEW_SUBJECT = re.compile(r"\s*(?!He\b|She\b|They\b)[A-Z][a-z]+s ")  # what begins a sentence of its own: *Critics* say
_LAST_WORD = re.compile(r"[^\s(\[“\"]+\Z")
_NEXT_WORDS = re.compile(r"\s*([^\s,.;:\ue000-\ue002]+)")


def _is_abbreviation(hidden: str, stop: int, paragraph: Span, abbreviations: frozenset[str]) -> bool:
    before = _LAST_WORD.search(hidden[max(paragraph.start, stop - 30) : stop])
    if not before:
        return False
    word = before.group()
    return fold(word) in abbreviations or (len(word) == 1 and word.isupper()) or bool(_DOTTED.match(word + "."))


def _quotation_ends_sentence(text: str, hidden: str, mark: int, paragraph: Span, cues: Container[str]) -> bool:
    """Whether the sentence ends with the quotation that closes at `mark`, as “….” He left; not as “…?” he asked."""
    last = text[mark - 1]
    if last == ".":
        return True
    if last not in "?!":
        return False
    at = mark + 1
    for _ in range(_CUE_WITHIN):
        word = _NEXT_WORDS.match(hidden, at, paragraph.end)
        if not word:
            break
        if fold(word.group(1)) in cues:
            return _is_introduced(hidden, mark, paragraph) and _NEW_SUBJECT.match(hidden, mark + 1) is not None
        at = word.end()
    aside = _ASIDE.match(hidden, mark + 1, paragraph.end)
    return not (aside and fold(aside["cue"]) in cues)


def _is_introduced(hidden: str, mark: int, paragraph: Span) -> bool:
    """Whether a colon stands before the quotation that closes at `mark`."""
    opening = hidden.rfind("\ue000", paragraph.start, mark)
    return hidden[paragraph.start : opening].rstrip()[-1:] == ":"
