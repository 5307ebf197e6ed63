"""Whose words stand between quotation marks.

Rules over the sentence around the marks, tried from the surest down.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.model import Span
from bot.quotes.frames import Frame
from bot.quotes.lines import Line
from bot.quotes.marks import Marked, is_set_off
from bot.quotes.sentences import QUOTATION, Sentence, Word
from bot.quotes.speakers import Speaker

# The share of quotations whose speaker each rule gets right where the source is a name: 840 articles of PolNeAR,
# `score.py quotes` by rule.
CERTAINTY = {
    "said X": 0.99, "X said": 0.98, "same paragraph": 0.96, "second half": 0.91, "X said, “": 0.97, "X said … “": 0.9, "cue in previous": 0.95,
    "colon": 0.85, "bare cue behind": 0.9, "trailing": 0.95, "reopened": 0.69, "subject of sentence": 0.7, "subject of previous": 0.75, "label": 0.61,
    "previous paragraph": 0.75, "signed": 0.95, "speaker of paragraph": 0.7, "subject of previous paragraph": 0.6, "none": 0.3,
}  # fmt: skip

_SCARE_DISTANCE = 6  # words between a cue and a fragment of up to three words that it can still introduce
_SHORTEST_UNATTRIBUTED = 5  # words; shorter fragments that no rule gives a speaker are scare quotes or titles
_NEAR = 4  # words between a cue inside somebody else's report and the words that it introduces
_DASHES = ("-", "–", "—", "―")
_LONGEST_SIGNATURE = 8  # words behind the name in “— Name, who …”
_BARE = 4  # words that can stand behind “X said” in a sentence of its own


@dataclass(frozen=True, slots=True)
class Attributed:
    """Pieces between marks that are one utterance, who uttered them and which rule says so."""

    pieces: tuple[Marked, ...]
    rule: str
    direct: bool
    sentences: tuple[Span, ...]
    line: int  # number of the line where it begins
    frame: Frame | None = None
    frame_line: int = 0
    speaker: Speaker | None = None
    source: Span | None = None

    @property
    def certainty(self) -> float:
        return round(CERTAINTY[self.rule] * (self.speaker.sure if self.speaker else 0.5), 3)


@dataclass(frozen=True, slots=True)
class _Place:
    """Marked words where they stand: in which line and sentence, and as which word of it."""

    text: str
    lines: Sequence[Line]
    number: int
    at: int
    position: int
    marked: Marked
    before: Sequence[Attributed]  # all that was attributed so far
    direct: bool

    @property
    def line(self) -> Line:
        return self.lines[self.number]

    @property
    def sentence(self) -> Sentence:
        return self.line.sentences[self.at]

    @property
    def words(self) -> Sequence[Word]:
        return self.sentence.words

    @property
    def frames(self) -> Sequence[Frame]:
        return self.line.frames[self.at]

    @property
    def whole(self) -> bool:
        """Whether the sentence begins with the quotation."""
        return self.position == 0

    @property
    def here(self) -> Attributed | None:
        """What was attributed last in this paragraph."""
        return self.before[-1] if self.before and self.before[-1].line == self.number else None

    def by(self, rule: str, frame: Frame, line: int | None = None) -> Attributed:
        number = self.number if line is None else line
        speaker = self.lines[number].speaker(frame)
        return self._attributed(rule, frame, number, speaker, frame.source_span)

    def to(self, rule: str, speaker: Speaker | None, source: Span | None = None) -> Attributed:
        return self._attributed(rule, None, self.number, speaker, source)

    def like(self, rule: str, other: Attributed) -> Attributed:
        return self._attributed(rule, other.frame, other.frame_line, other.speaker, other.source)

    def _attributed(
        self, rule: str, frame: Frame | None, line: int, speaker: Speaker | None, source: Span | None
    ) -> Attributed:
        return Attributed(
            (self.marked,), rule, self.direct, (self.sentence.span,), self.number, frame, line, speaker, source
        )


def attribute(text: str, lines: Sequence[Line]) -> list[Attributed]:
    """Return the quotations of the lines in order of text, pieces of one utterance together."""
    found: list[Attributed] = []
    for number, line in enumerate(lines):
        for marked in line.marked:
            one = (
                _fragment(text, line, number, marked)
                if is_set_off(text, marked)
                else _quotation(text, lines, number, marked, found)
            )
            if one is None:
                continue
            if found and _same_utterance(lines, found[-1], one):
                found[-1] = _joined(found[-1], one)
            else:
                found.append(one)
    return found


def _quotation(
    text: str, lines: Sequence[Line], number: int, marked: Marked, before: Sequence[Attributed]
) -> Attributed | None:
    line = lines[number]
    at = line.sentence_of(marked.outer.start)
    words = line.sentences[at].words
    position = next((n for n, word in enumerate(words) if word.start == marked.outer.start), None)
    if position is None:
        return None
    place = _Place(
        text, lines, number, at, position, marked, before, _is_direct(text, words, position, marked, line.frames[at])
    )
    for rule in _RULES:
        attributed = rule(place)
        if attributed is not None:
            return attributed
    if len(marked.inner.of(text).split()) < _SHORTEST_UNATTRIBUTED or _is_title_case(marked.inner.of(text)):
        return None
    return next((found for rule in _GUESSES if (found := rule(place)) is not None), place.to("none", None))


def _fragment(text: str, line: Line, number: int, marked: Marked) -> Attributed | None:
    """Attribute up to three words that are set off: only a cue close before them makes them somebody's words."""
    if _is_title_case(marked.inner.of(text)):
        return None
    at = line.sentence_of(marked.outer.start)
    words = line.sentences[at].words
    position = next((n for n, word in enumerate(words) if word.start >= marked.inner.start), len(words))
    for frame in reversed(line.frames[at]):
        if (
            frame.cue[1] <= position <= frame.cue[1] + _SCARE_DISTANCE
            and not frame.undone
            and frame.kinds & {"say", "utter"}
        ):
            span = (line.sentences[at].span,)
            return Attributed(
                (marked,), "X said, “", False, span, number, frame, number, line.speaker(frame), frame.source_span
            )
    return None


# The rules, in the order of _RULES


def _cue_behind(place: _Place) -> Attributed | None:
    """“…,” said X; “…,” X said; “…,” according to X."""
    after = next((frame for frame in place.frames if _follows(place.words, place.position, frame)), None)
    if after is None or after.undone:
        return None
    before = _introducing(place)
    if before is not None and not place.direct and before.cue[1] >= place.position - 1 and not after.inverted:
        return None  # he said he would “…,” the crowd cheered
    return place.by("said X" if after.inverted else "X said", after)


def _cue_before(place: _Place) -> Attributed | None:
    """X said, “…”; X said that “…” and “…”."""
    frame = _introducing(place)
    if frame is None:
        return None
    if (
        any(word.low == QUOTATION for word in place.words[: frame.cue[0]])
        and place.words[place.position - 1].low in ",."
    ):
        return place.by("second half", frame)
    return place.by("X said, “" if place.position - frame.cue[1] <= 2 else "X said … “", frame)


def _introducing(place: _Place) -> Frame | None:
    """Return the cue before the words that introduces them: the outermost one, unless an inner one is near."""
    speaking = [
        frame for frame in place.frames
        if frame.cue[1] <= place.position and frame.start < place.position and not frame.undone and frame.kinds & {"say", "utter", "stance", "according"}
    ]  # fmt: skip
    for frame in reversed(speaking):
        far = place.position - frame.cue[1] > _NEAR
        if ((frame.nested and far) or not _is_somebody(place.line.speaker(frame))) and frame is not speaking[0]:
            continue
        if frame.subordinate and far and any(_is_main(other) for other in place.frames if other is not frame):
            continue
        return frame
    return None


def _is_somebody(speaker: Speaker | None) -> bool:
    return speaker is not None and speaker.name is not None and speaker.kind != "thing"


def _is_main(frame: Frame) -> bool:
    return (
        not frame.nested and not frame.subordinate and not frame.undone and not frame.borrowed and "say" in frame.kinds
    )


def _cue_later(place: _Place) -> Attributed | None:
    """The “…” was …, X said."""
    later = [
        frame for frame in place.frames
        if frame.start > place.position and not frame.undone and frame.kinds & {"say", "according"} and not frame.borrowed and not frame.nested
    ]  # fmt: skip
    frame = next((one for one in later if _is_somebody(place.line.speaker(one))), later[0] if later else None)
    return place.by("trailing", frame) if frame else None


def _reopened(place: _Place) -> Attributed | None:
    return place.like("reopened", place.before[-1]) if place.marked.reopened and place.before else None


def _cue_in_previous(place: _Place) -> Attributed | None:
    """The sentence before, in this paragraph or the one above, ends with a cue and a comma, or with a colon."""
    number, at = (place.number, place.at - 1) if place.at else (place.number - 1, -1)
    if not place.whole or number < 0 or not place.lines[number].sentences:
        return None
    line = place.lines[number]
    sentence = line.sentences[at]
    ending = sentence.span.of(place.text).rstrip()[-1:]
    if ending not in (",", ":"):
        return None
    frames = [
        frame
        for frame in line.frames[at]
        if not frame.undone and frame.kinds & {"say", "utter", "stance"} and not frame.nested
    ]
    if frames:
        return place.by("cue in previous", frames[-1], number)
    subject = line.subjects[at]
    return (
        replace(place.to("cue in previous", subject, line.subject_spans[at]), frame_line=number)
        if subject and ending == ":"
        else None
    )


def _bare_cue_behind(place: _Place) -> Attributed | None:
    """“….” X said.  A full stop where a comma should be."""
    line, after = place.line, place.at + 1
    if (
        not place.direct
        or after >= len(line.sentences)
        or place.words[-1].low != QUOTATION
        or place.words[-1].start != place.marked.outer.start
    ):
        return None
    for frame in line.frames[after]:
        words = line.sentences[after].words
        if (
            frame.start == 0
            and not frame.undone
            and frame.kinds & {"say", "utter"}
            and len(words) - frame.end <= _BARE
            and frame.source
        ):
            if not any(word.low in ("that", QUOTATION, ":") for word in words[frame.end :]):
                return place.by("bare cue behind", frame)
    return None


def _label(place: _Place) -> Attributed | None:
    """NAME: “…”."""
    words, position = place.words, place.position
    if 2 <= position <= 5 and words[position - 1].low == ":" and all(word.capital for word in words[: position - 1]):
        span = Span(words[0].start, words[position - 2].end)
        return place.to("label", Speaker(span.of(place.text), "name"), span)
    return None


def _signed(place: _Place) -> Attributed | None:
    """“…”⏎— Name."""
    if not place.whole or place.words[-1].start != place.marked.outer.start or place.number + 1 >= len(place.lines):
        return None
    following = place.lines[place.number + 1]
    words = following.sentences[0].words
    if len(words) < 2 or words[0].low not in _DASHES or not words[1].capital or len(following.sentences) > 1:
        return None
    end = next((number for number, word in enumerate(words) if number and not word.capital), len(words))
    if end < 2 or len(words) - end > _LONGEST_SIGNATURE:
        return None
    span = Span(words[1].start, words[end - 1].end)
    return place.to("signed", following.signed, span) if following.signed else None


def _name_before_colon(place: _Place) -> Attributed | None:
    """That does not surprise the pollster Jane Doe: “…”."""
    words, last = place.words, place.position - 2
    if place.position < 3 or words[place.position - 1].low != ":" or not words[last].capital or words[last].possessive:
        return None
    first = last
    while first and words[first - 1].capital:
        first -= 1
    ending = Span(words[first].start, words[last].end)
    named = place.line.named.get(ending)
    return place.to("colon", named, ending) if named else None


def _same_paragraph(place: _Place) -> Attributed | None:
    """“…,” X said. “…”"""
    if place.here and place.whole and place.here.speaker and _nobody_between(place.line, place.here, place.at):
        return place.like("same paragraph", place.here)
    return None


# Guesses, for what is too long to be a title or a scare quote


def _subject_of_sentence(place: _Place) -> Attributed | None:
    subject = place.line.subjects[place.at]
    if place.whole or subject is None or not _is_somebody(subject):
        return None
    colon = place.words[place.position - 1].low == ":"
    return place.to("colon" if colon else "subject of sentence", subject, place.line.subject_spans[place.at])


def _speaker_of_paragraph(place: _Place) -> Attributed | None:
    """Instead, “…”."""
    subject = place.line.subjects[place.at]
    if place.here and place.here.speaker and (subject is None or subject.kind == "thing"):
        return place.like("speaker of paragraph", place.here)
    return None


def _subject_of_previous_paragraph(place: _Place) -> Attributed | None:
    if not place.whole or place.at or not place.number:
        return None
    above = place.lines[place.number - 1]
    subject = above.subjects[-1] if above.subjects else None
    if subject is None or not _is_somebody(subject):
        return None
    return replace(
        place.to("subject of previous paragraph", subject, above.subject_spans[-1]), frame_line=place.number - 1
    )


def _subject_of_previous(place: _Place) -> Attributed | None:
    subject = place.line.subjects[place.at - 1] if place.whole and place.at else None
    if subject is None or not _is_somebody(subject):
        return None
    return place.to("subject of previous", subject, place.line.subject_spans[place.at - 1])


def _previous_paragraph(place: _Place) -> Attributed | None:
    last = place.before[-1] if place.before else None
    if place.whole and last and place.number - last.line <= 1 and last.speaker:
        return place.like("previous paragraph", last)
    return None


_Rule = Callable[[_Place], Attributed | None]
_RULES: tuple[_Rule, ...] = (
    _cue_behind,
    _cue_before,
    _cue_later,
    _reopened,
    _signed,
    _cue_in_previous,
    _bare_cue_behind,
    _label,
    _same_paragraph,
)
_GUESSES: tuple[_Rule, ...] = (
    _name_before_colon, _subject_of_sentence, _speaker_of_paragraph, _subject_of_previous, _previous_paragraph, _subject_of_previous_paragraph
)  # fmt: skip


# What the rules ask


def _follows(words: Sequence[Word], position: int, frame: Frame) -> bool:
    """Whether a frame begins right behind the quotation: “…,” said X."""
    if frame.source is None or frame.cue[0] <= position or frame.source[0] <= position:
        return False
    if not frame.kinds & {"say", "utter", "according"}:
        return False
    between = words[position + 1 : min(frame.cue[0], frame.source[0])]
    return len(between) <= 2 and all(
        not word.is_word or word.low.endswith("ly") or word.low in ("as", "then") for word in between
    )


def _is_direct(text: str, words: Sequence[Word], position: int, marked: Marked, frames: Sequence[Frame]) -> bool:
    """Whether the marks hold an utterance of its own, not a part of the outlet's sentence."""
    if position == 0:
        return True
    before = words[position - 1]
    if before.low in (",", ":", "—", "–", ".") or before.low == QUOTATION:
        return True
    first = marked.inner.of(text)[0]
    return first.isupper() and any(frame.cue[1] == position and frame.kinds & {"say", "utter"} for frame in frames)


def _nobody_between(line: Line, earlier: Attributed, at: int) -> bool:
    """Whether no sentence between an earlier quote of the paragraph and this one has another subject."""
    first = line.sentence_of(earlier.pieces[-1].outer.end - 1)
    name = earlier.speaker.name if earlier.speaker else None
    return all(subject is None or subject.name == name for subject in line.subjects[first + 1 : at])


def _same_utterance(lines: Sequence[Line], earlier: Attributed, one: Attributed) -> bool:
    if one.rule == "reopened" and one.pieces[0].reopened:
        return True
    if earlier.line != one.line or earlier.speaker != one.speaker:
        return False
    if earlier.sentences[-1] == one.sentences[0]:
        return True
    # “…,” he said. “…”: nothing but the attribution stands between.
    line = lines[one.line]
    adjacent = line.sentence_of(one.pieces[0].outer.start) - line.sentence_of(earlier.pieces[-1].outer.start) == 1
    return one.rule == "same paragraph" and adjacent and earlier.direct and one.direct


def _joined(earlier: Attributed, one: Attributed) -> Attributed:
    sentences = earlier.sentences if earlier.sentences[-1] == one.sentences[0] else (*earlier.sentences, *one.sentences)
    return replace(
        earlier, pieces=(*earlier.pieces, *one.pieces), direct=earlier.direct and one.direct, sentences=sentences
    )


def _is_title_case(inner: str) -> bool:
    """Whether the marks hold the title of a work: capitals throughout and no punctuation at the end."""
    parts = inner.split()
    capitals = sum(part[0].isupper() for part in parts)
    return len(parts) > 1 and inner[-1] not in ",.?!" and capitals >= len(parts) - sum(len(part) <= 3 for part in parts)
