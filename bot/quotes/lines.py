"""An article as the reading of quotes sees it: paragraphs with their sentences, frames and quotations, and who each source is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model import Article, Block, Span
from bot.quotes.frames import Frame, FrameReader
from bot.quotes.marks import Marked, find_marked, hide
from bot.quotes.people import Cast, Speaker
from bot.quotes.sentences import Sentence, split
from bot.quotes.words import NameWords, SpeechWords

#: Blocks whose sentences are read for speech; names are learned from captions as well.
_READ = ("standfirst", "subhead", "body")


@dataclass(slots=True)
class Line:
    """A paragraph of coverage, read."""

    block: Block
    marked: list[Marked]
    sentences: list[Sentence] = field(default_factory=list)
    frames: list[list[Frame]] = field(default_factory=list)  # a list for each sentence
    speakers: dict[Span, Speaker] = field(default_factory=dict)  # by the span of the source
    subjects: list[Speaker | None] = field(default_factory=list)  # of each sentence

    def speaker(self, frame: Frame) -> Speaker | None:
        return self.speakers.get(frame.source_span) if frame.source_span else None

    def sentence_of(self, position: int) -> int:
        return next((number for number, sentence in enumerate(self.sentences) if position < sentence.span.end), len(self.sentences) - 1)


class LineReader:
    """Reads articles into lines by the word lists of the language."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        self._names, self._frames = names, FrameReader(speech, names)
        self._cues = frozenset(form for form, cues in speech.cues.items() if any(not cue.rest and cue.kinds & {"say", "utter"} for cue in cues))

    def read(self, article: Article) -> tuple[list[Line], Cast]:
        """Return the lines of an article in order, and its cast."""
        blocks = [block for block in article.blocks if block.kind in (*_READ, "headline", "caption")]
        marked = find_marked(article.text, [block.span for block in blocks])
        hidden = hide(article.text, marked)
        lines, cast = [], Cast(self._names)
        for block in blocks:
            line = Line(block, [one for one in marked if block.span.holds(one.outer)])
            line.sentences = split(article.text, hidden, block.span, self._names.abbreviations, self._cues)
            lines.append(line)
        cast.learn((sentence.words for line in lines for sentence in line.sentences), article.text)
        read = [line for line in lines if line.block.kind in _READ]
        subjects: list[Speaker] = []
        for line in read:
            self._read_line(line, article.text, cast, subjects)
        return read, cast

    def _read_line(self, line: Line, text: str, cast: Cast, subjects: list[Speaker]) -> None:
        for sentence in line.sentences:
            frames = self._frames.frames(sentence)
            line.frames.append(frames)
            for frame in frames:
                if frame.source and (span := frame.source_span) and span not in line.speakers:
                    line.speakers[span] = cast.who(sentence.words[slice(*frame.source)], text, self._so_far(line, frames, frame, subjects))
            subject = self._subject(line, sentence, frames, text, cast, subjects)
            line.subjects.append(subject)
            if subject is not None and (subject.name or subject.kind != "pronoun"):
                subjects.append(subject)

    def _so_far(self, line: Line, frames: Sequence[Frame], frame: Frame, subjects: list[Speaker]) -> list[Speaker]:
        """Return the subjects that a pronoun can mean: those of earlier sentences and of earlier clauses of this one."""
        return subjects

    def _subject(self, line: Line, sentence: Sentence, frames: Sequence[Frame], text: str, cast: Cast, subjects: list[Speaker]) -> Speaker | None:
        first = next((frame for frame in frames if frame.forms and not frame.borrowed and frame.source), None)
        phrase = self._frames.subject(sentence)
        if first and first.source and (phrase is None or first.inverted or phrase[0] >= first.source[0] or not sentence.words[phrase[0]].capital):
            return line.speakers.get(first.source_span) if first.source_span else None
        return cast.who(sentence.words[slice(*phrase)], text, subjects) if phrase else None
