"""Reported speech: what somebody is said to have said, in the outlet's words.

A clause behind a cue (X said that …), before one (…, X said), around one (…, X said, …) or around “according to X”, the
object of a phrase that takes a stance (X voiced support for …), and what stands behind a label in a transcript (X: …).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.model import Span
from bot.prose.frames import Frame
from bot.prose.lines import Line
from bot.prose.marks import Marked
from bot.prose.speakers import Speaker
from bot.prose.words import SpeechWords
from bot.quotes.clauses import ClauseReader
from bot.quotes.hearsay import HearsayReader

# The share of reported clauses that people mark as somebody's words in the same place, by rule, times the share whose
# speaker is right: 840 articles of PolNeAR, `score.py quotes`.
CERTAINTY = {
    "that": 0.92,
    "clause": 0.92,
    "trailing": 0.92,
    "around": 0.89,
    "according": 0.88,
    "question": 0.9,
    "stance": 0.79,
    "label": 0.8,
    "as": 0.78,
    "finding": 0.8,
    "hearsay": 0.84,
}


#: What is no person says by these rules only: a stance or a wish is somebody's.
_OF_THINGS = frozenset({"that", "clause", "trailing", "around", "according", "finding"})


_NOBODY = Speaker(None, "nominal")


@dataclass(frozen=True, slots=True)
class Reported:
    """A reported clause: where it stands, the part of the sentence to show with it, and whose it is."""

    contents: tuple[Span, ...]
    shown: Span
    frame: Frame | None
    speaker: Speaker
    rule: str
    source: Span | None = None

    @property
    def certainty(self) -> float:
        return round(CERTAINTY[self.rule] * self.speaker.sure, 3)

    def meets(self, spans: Iterable[Span]) -> bool:
        return any(mine.meets(span) for span in spans for mine in self.contents)


class ReportReader:
    """Finds reported speech by the word lists of the language."""

    def __init__(self, speech: SpeechWords) -> None:
        self._grammar, self._clauses, self._hearsay = speech.grammar, ClauseReader(speech), HearsayReader(speech)

    def beside(self, line: Line, number: int, taken: frozenset[Span]) -> list[Reported]:
        """Return the reported clauses of a sentence that is shown for the quotation in it, each without the rest."""
        marked = [one.outer for one in line.marked if one.outer.meets(line.sentences[number].span)]
        clauses = []
        for one in self.reported(line, number, taken):
            cue = one.frame.cue_span if one.frame else None
            around = (_around(one.source, *one.contents), _around(cue, *one.contents))  # the source may be far off
            shown = next((span for span in around if not any(span.meets(quotation) for quotation in marked)), None)
            if shown is not None:
                clauses.append(replace(one, shown=shown))
        return clauses

    def reported(self, line: Line, number: int, taken: frozenset[Span]) -> list[Reported]:
        """Return the reported clauses of sentence `number` of a line, but for the cues that a quotation has `taken`."""
        frames = line.frames[number]
        found: list[Reported] = []
        # What is told according to somebody is the whole sentence, and what a main clause tells is most of it, whoever
        # takes a stance in them.
        for frame in sorted(frames, key=lambda one: (one.forms is not None, not one.tells)):
            if frame.undone or frame.cue_span in taken:
                continue
            if frame.nested and any(one.end <= frame.start and (one.undone or one.cue_span in taken) for one in frames):
                continue  # what somebody is quoted to say, or not to have said, of somebody else
            if frame.forms is None and self._is_relay(line, number, frame):
                continue
            one = self._report(line, number, frame)
            if one is not None and not any(other.meets(one.contents) for other in found):
                found.append(one)
        if not found:
            sentence = line.sentences[number]
            for frame, content in self._hearsay.read(sentence):
                found.append(Reported((content,), sentence.span, frame, _NOBODY, "hearsay"))
        return _joined(sorted(found, key=lambda one: one.contents))

    def _report(self, line: Line, number: int, frame: Frame) -> Reported | None:
        """Return what a frame reports, if its source is one that can be said to say so."""
        sentence, speaker = line.sentences[number], line.speaker(frame)
        if speaker is None or frame.source is None:
            return None
        if speaker.name is None and sentence.words[frame.source[0]].low not in self._grammar.unnamed:
            return None
        if speaker.kind == "organisation" and frame.kinds == {"hold"}:
            return None  # what an organisation wants is the outlet's reading of it
        if (content := self._clauses.content(sentence, frame, line.frames[number])) is None:
            return None
        contents, rule = content
        if speaker.kind == "thing" and (frame.borrowed or rule not in _OF_THINGS):
            return None
        contents = tuple(_with_marks(content, line.marked) for content in contents)
        return Reported(contents, sentence.span, frame, speaker, rule, frame.source_span)

    def _is_relay(self, line: Line, number: int, according: Frame) -> bool:
        """Whether “according to” names no source, but through whom one knows what a person says or thinks."""
        source = line.speaker(according)
        outlet = source is not None and source.kind == "organisation"
        for frame in line.frames[number]:
            if frame.forms is None or frame.undone or not (outlet or frame.kinds & {"say", "utter"}):
                continue
            speaker = line.speaker(frame)
            person = speaker is not None and speaker.shown is not None and speaker.kind not in ("organisation", "thing")
            if person and self._report(line, number, frame) is not None:
                return True
        return False

    def labelled(self, line: Line) -> Reported | None:
        """Return what stands behind the label of a paragraph of a transcript: PENCE: …"""
        if line.label is None:
            return None
        source, speaker = line.label
        sentences = [sentence.span for sentence in line.sentences if len(sentence.span)]
        first = line.sentences[0]
        start = next((word.start for word in first.words if word.start > source.end and word.is_word), None)
        if start is None or start >= sentences[0].end:
            return None
        contents = (Span(start, sentences[-1].end),)
        return Reported(contents, Span(source.start, sentences[-1].end), None, speaker, "label", source)


def _with_marks(content: Span, marked: Sequence[Marked]) -> Span:
    """Return the span of a clause with both marks of each fragment in it: the probe is “ongoing.”"""
    return _around(content, *(one.outer for one in marked if one.inner.meets(content)))


def _around(*spans: Span | None) -> Span:
    inside = [span for span in spans if span is not None]
    return Span(min(span.start for span in inside), max(span.end for span in inside))


def _joined(found: Sequence[Reported]) -> list[Reported]:
    """Return the reports with what one speaker says in one sentence together: X said …, adding that …

    Where two speakers share the words that are shown, each has its part of them, or one stands for the sentence: the
    one that its main clause tells of, or else the first.
    """
    joined: list[Reported] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is None or not last.shown.meets(one.shown):
            joined.append(one)
        elif last.speaker == one.speaker:
            contents, shown = tuple(sorted((*last.contents, *one.contents))), Span(last.shown.start, one.shown.end)
            joined[-1] = replace(last, contents=contents, shown=shown)
        elif (apart := _apart(last, one)) is not None:
            joined[-1:] = apart
        elif _is_main(one) and not _is_main(last):
            joined[-1] = one
    return joined


def _is_main(report: Reported) -> bool:
    return report.frame is None or report.frame.is_main


def _apart(earlier: Reported, one: Reported) -> list[Reported] | None:
    """Return two reports that stand beside each other, each shown with no more than its part of the sentence."""
    begins = min(span.start for span in (one.source, *one.contents) if span is not None)
    if one.frame is None or one.frame.nested or one.frame.borrowed or begins < earlier.contents[-1].end:
        return None
    first = replace(earlier, shown=Span(earlier.shown.start, earlier.contents[-1].end))
    if earlier.source is None or not first.shown.holds(earlier.source):
        return None
    return [first, replace(one, shown=Span(begins, one.shown.end))]
