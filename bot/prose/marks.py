"""Quotation marks: which of them open, which close, and what stands between.

Straight, curly, low and angle marks, doubled apostrophes, and single marks told from apostrophes; a quotation may
run over paragraphs whose marks are opened again, and a closing mark may be missing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.model import Span
from bot.prose.words import Grammar

_MARK = re.compile(r"''|``|[\"“”„«»‘’']")
_CLOSERS = {
    '"': ('"', "”"), "“": ("”", '"'), "„": ("“", "”", '"'), "«": ("»",), "»": ("«",), "''": ("''",), "``": ("''",),
    "‘": ("’", "'"), "'": ("'", "’"),
}  # fmt: skip
_SINGLE = frozenset("‘'")
_NESTED = re.compile(r"(?:[^\"“”]+“[^\"“”]{1,60}”)+(?=[^\"“”]+\")")  # "They call it “the price,” and pay."
_ENDS_SPEECH = ",.?!…-–—"
_STOPS = ",."
_DEEPEST = 2  # marks of one kind inside each other
_LONGEST = 40  # characters between marks that only set off
_FRAGMENT = 3  # words of a fragment
_WITHIN_BEFORE = 20  # characters before a mark in which the word before it begins
_LONGEST_WORK = 8  # words of the name of a programme, a book, a film
_BEFORE_WORK = re.compile(r"(\w[\w'’]*)\s\Z")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between quotation marks.  `outer` includes the marks; `closed` tells whether the closing one is there."""

    inner: Span
    outer: Span
    closed: bool = True
    reopened: bool = False  # goes on from the paragraph before, which did not close
    work: bool = False  # the name of a work, with capitals throughout: on NBC's “Meet the Press,”
    set_off: bool = False  # three words at the most, or a work, and no punctuation makes them an utterance


def find_marked(text: str, paragraphs: Iterable[Span], grammar: Grammar) -> list[Marked]:
    """Return what stands between quotation marks in each paragraph, outermost marks only, in order of text."""
    found: list[Marked] = []
    open_before = False
    for paragraph in paragraphs:
        here = list(_in_paragraph(text, paragraph))
        if open_before and here and here[0].outer.start == paragraph.start:
            here[0] = replace(here[0], reopened=True)
        found += (_told(text, one, grammar) for one in here)
        open_before = bool(here) and not here[-1].closed and here[-1].outer.end == paragraph.end
    return found


def _in_paragraph(text: str, paragraph: Span) -> Iterable[Marked]:
    position = paragraph.start
    while opening := _MARK.search(text, position, paragraph.end):
        mark = opening.group()
        position = opening.end()
        if not _may_open(text, opening, paragraph):
            continue
        closing = _closing(text, opening, paragraph)
        if closing is not None:
            inner = Span(opening.end(), closing.start())
            if inner.end > inner.start:
                yield Marked(inner, Span(opening.start(), closing.end()))
            position = closing.end()
        elif mark not in _SINGLE and opening.start() == paragraph.start:
            # Only a paragraph that begins with a mark may leave it open: elsewhere a lone mark is a slip.
            yield Marked(Span(opening.end(), paragraph.end), Span(opening.start(), paragraph.end), closed=False)
            return
        elif mark not in _SINGLE and not _MARK.search(text, position, paragraph.end) and _introduced(text, opening):
            yield Marked(Span(opening.end(), paragraph.end), Span(opening.start(), paragraph.end), closed=False)
            return


def _introduced(text: str, opening: re.Match[str]) -> bool:
    return text[: opening.start()].rstrip()[-1:] in (",", ":")


def _may_open(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    if mark.group() in "”»’":
        return False
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    if after.isspace():
        return False
    if mark.group() in _SINGLE:
        return not before.isalnum() and before not in ".,!?" and (after.isalpha() or after in "[(…")
    return mark.group() in "“„«" or not before.isalnum() or mark.group() in ("''", "``")


def _closing(text: str, opening: re.Match[str], paragraph: Span) -> re.Match[str] | None:
    """Return the mark that closes the opening one, or None where the paragraph has none."""
    closers, single = _CLOSERS[opening.group()], opening.group() in _SINGLE
    nested = _NESTED.match(text, opening.end(), paragraph.end) if opening.group() == '"' else None
    for mark in _MARK.finditer(text, nested.end() if nested else opening.end(), paragraph.end):
        if mark.group() not in closers:
            if mark.group() == opening.group() and not single and opening.group() != "''":
                # Opened twice: the first of the two was never closed, unless the second is turned the wrong way.
                return mark if _looks_closing(text, mark, paragraph) else _outer_closing(text, opening, paragraph)
            continue
        before = text[mark.start() - 1]
        after = text[mark.end()] if mark.end() < paragraph.end else " "
        if single:
            if not after.isalnum() and (
                before in _ENDS_SPEECH or (before.isalnum() and not _is_plural(text, opening, mark))
            ):
                return mark
        elif mark.group() != '"' or not before.isspace() or not after.isalnum():
            return mark
        elif opening.group() == '"':
            return None  # a straight mark that looks like an opening one
    return None


def _outer_closing(text: str, opening: re.Match[str], paragraph: Span) -> re.Match[str] | None:
    """Return the mark that closes what holds marks of its own kind: “She cares when “her team” is blamed,” he wrote."""
    if opening.group() != "“":
        return None
    depth = 0
    for mark in _MARK.finditer(text, opening.start(), paragraph.end):
        depth += (mark.group() == "“") - (mark.group() == "”")
        if depth == 0:
            return mark
        if depth > _DEEPEST:
            return None
    return None


def _looks_closing(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    return text[mark.start() - 1] in _ENDS_SPEECH and after.isspace()


def _is_plural(text: str, opening: re.Match[str], mark: re.Match[str]) -> bool:
    """Whether the mark is the apostrophe of “the allies’ aims” and a later one closes."""
    return text[mark.start() - 1] == "s" and any(
        later.group() == mark.group() and text[later.start() - 1] in _ENDS_SPEECH
        for later in _MARK.finditer(text, mark.end(), mark.end() + 400)
    )


HIDDEN = "\ue001"  # stands for a character between marks that are hidden
_OPEN, _CLOSE = "\ue000", "\ue002"


def hide(text: str, marked: Iterable[Marked]) -> str:
    """Return the text with what stands between marks hidden, as long as before: what is left is the outlet's own.

    A few words that are only set off (the “caravan” said) stay, because they take part in the sentence; a stop before
    the closing mark is the sentence's, and stands behind it.
    """
    chars = list(text)
    for one in marked:
        if one.set_off:
            chars[one.outer.start : one.inner.start] = " " * (one.inner.start - one.outer.start)
            chars[one.inner.end : one.outer.end] = " " * (one.outer.end - one.inner.end)
            if (stop := text[one.inner.end - 1]) in _STOPS:
                chars[one.inner.end - 1], chars[one.outer.end - 1] = " ", stop
            continue
        length = len(one.outer)
        chars[one.outer.start : one.outer.end] = [_OPEN] + [HIDDEN] * (length - 2) + [_CLOSE]
    return "".join(chars)


def _told(text: str, one: Marked, grammar: Grammar) -> Marked:
    """Return marked words with what they are: a work, words that are only set off, or neither.

    The probe is “ongoing.”: where the outlet's words run on into the marks, a stop before the closing one is theirs.
    """
    work, inner = _is_work(text, one, grammar), one.inner.of(text)
    bare = inner.rstrip(_STOPS)
    if not one.closed or not bare or len(inner) >= _LONGEST or bare[-1] in _ENDS_SPEECH:
        return replace(one, work=work)
    runs_on = bare == inner or (bare[0].islower() and _before(text, one).rstrip()[-1:].isalnum())
    return replace(one, work=work, set_off=work or (runs_on and len(bare.split()) <= _FRAGMENT))


def _is_work(text: str, one: Marked, grammar: Grammar) -> bool:
    inner = one.inner.of(text)
    bare = inner.rstrip(_STOPS)
    parts = bare.split()
    if not parts or len(parts) > _LONGEST_WORK or bare[-1] in _ENDS_SPEECH:
        return False
    if not (parts[0][0].isupper() and all(part[0].isupper() or part in grammar.small_in_works for part in parts)):
        return False
    if bare == inner:
        return len(parts) > 1
    before = _BEFORE_WORK.search(_before(text, one))
    if before is None or len(parts) > 1:
        return before is not None
    return before[1] in grammar.before_works or before[1].endswith(("'s", "’s"))  # said “No.” has no name


def _before(text: str, one: Marked) -> str:
    return text[max(0, one.outer.start - _WITHIN_BEFORE) : one.outer.start]
