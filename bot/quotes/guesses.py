"""Guesses whose words stand between quotation marks, where no cue tells and they are too long for a title."""

from dataclasses import replace
from itertools import pairwise

from bot.prose.speakers import is_somebody
from bot.quotes.places import Attributed, Place
from bot.quotes.rules import Rule

_NEAR = 4  # words behind a subject or before the marks
_BE, _ARTICLES = ("is", "are", "was", "were", "been", "being"), ("a", "an", "the")


def _subject_of_sentence(place: Place) -> Attributed | None:
    subject = place.line.subjects[place.at]
    if place.whole or not is_somebody(subject) or _is_asked(place) or _is_done_to(place):
        return None
    return place.to("subject of sentence", subject, place.line.subject_spans[place.at])


def _is_done_to(place: Place) -> bool:
    """Whether the subject does nothing: X *was built* as a “…”, X *is the* author of “…”."""
    span = place.line.subject_spans[place.at]
    behind = [word.low for word in place.words[: place.position] if span and word.start >= span.end][:_NEAR]
    return any(low in _BE and (then.endswith("ed") or then in _ARTICLES) for low, then in pairwise(behind))


def _is_asked(place: Place) -> bool:
    """Whether the words are what somebody was asked: X was *asked*, “…?”; X was *asked* by Y whether … “…”"""
    before = [word.low for word in place.words[: place.position]]
    asked = next((back for back in range(len(before) - 1, 0, -1) if before[back] == "asked"), None)
    if asked is None:
        return False
    near = len(before) - asked <= _NEAR and place.marked.inner.of(place.text)[-1] == "?"
    return near or before[asked - 1] in ("was", "were", "been")


def _speaker_of_paragraph(place: Place) -> Attributed | None:
    """Instead, “…”."""
    subject = place.line.subjects[place.at]
    if subject is not None and subject.kind != "thing":
        return None
    if place.here and place.here.speaker:
        return place.like("speaker of paragraph", place.here)
    before = [frame for frame in place.line.frames[place.at - 1] if frame.is_main] if place.at else []
    speaker = place.line.speaker(before[0]) if before else None
    return place.by("speaker of paragraph", before[0]) if is_somebody(speaker) else None


def _subject_of_previous_paragraph(place: Place) -> Attributed | None:
    if not place.whole or place.at or not place.number:
        return None
    if place.before and _was_asked(place, place.before[-1]):
        return None
    above = place.lines[place.number - 1]
    subject = above.subjects[-1] if above.subjects else None
    if subject is None or not is_somebody(subject):
        return None
    return replace(
        place.to("subject of previous paragraph", subject, above.subject_spans[-1]), frame_line=place.number - 1
    )


def _subject_of_previous(place: Place) -> Attributed | None:
    subject = place.line.subjects[place.at - 1] if place.whole and place.at else None
    if subject is None or not is_somebody(subject):
        return None
    return place.to("subject of previous", subject, place.line.subject_spans[place.at - 1])


def _previous_paragraph(place: Place) -> Attributed | None:
    last = place.before[-1] if place.before else None
    if place.whole and last and place.number - last.line <= 1 and last.speaker and not _was_asked(place, last):
        return place.like("previous paragraph", last)
    return None


def _was_asked(place: Place, last: Attributed) -> bool:
    """Whether the words before were a question, which somebody else answers."""
    return last.pieces[-1].inner.of(place.text).rstrip()[-1:] == "?" and last.line < place.number


GUESSES: tuple[Rule, ...] = (
    _subject_of_sentence,
    _speaker_of_paragraph,
    _subject_of_previous,
    _previous_paragraph,
    _subject_of_previous_paragraph,
)
