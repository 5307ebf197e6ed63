"""Paragraphs of an article with their sentences, frames and quotations, and who each source is."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.model import Article, Block, Span
from bot.prose.frames import Frame
from bot.prose.framing import FrameReader
from bot.prose.marks import Marked, find_marked, hide
from bot.prose.name_words import NameWords
from bot.prose.people import Cast
from bot.prose.phrases import Phrase
from bot.prose.sentences import QUOTATION, Sentence, Word, split
from bot.prose.speakers import Conversation, Speaker
from bot.prose.words import SpeechWords

_LONGEST_LABEL = 5  # words of “Vice President PENCE:”, with its colon
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]{3,}(?:,? [A-Z][A-Z.'’-]+)*(?:, [^—–:\n]{1,30}?)?(?: \([^)\n]{2,30}\))?"
    r"|[A-Z][\w.'’-]+(?:,? [A-Z][\w.'’-]+){0,3} \([A-Z][\w ]{1,20}\)) ?(?:—|–|--?) ?(?=[\ue000A-Z])"
)
_DASHES = ("-", "–", "—", "―")

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
    subject_spans: list[Span | None] = field(default_factory=list)
    label: tuple[Span, Speaker] | None = None  # of a transcript, “NAME: …”
    signed: Speaker | None = None  # “— Name”, the signature of the quotation above
    named: dict[Span, Speaker] = field(default_factory=dict)  # who stands right before a colon

    def speaker(self, frame: Frame) -> Speaker | None:
        return self.speakers.get(frame.source_span) if frame.source_span else None

    def sentence_of(self, position: int) -> int:
        """Return the number of the sentence that holds a position, or of the last one."""
        number = bisect_right(self.sentences, position, key=lambda sentence: sentence.span.end)
        return min(number, len(self.sentences) - 1)


class LineReader:
    """Reads articles into lines by the word lists of the language."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        self._names, self._grammar, self._frames = names, speech.grammar, FrameReader(speech, names)
        self._cues = frozenset(
            form
            for form, cues in speech.cues.items()
            if any(not cue.rest and cue.kinds & {"say", "utter"} for cue in cues)
        )

    def read(self, article: Article) -> tuple[list[Line], Cast]:
        """Return the lines of an article in order, and its cast."""
        blocks = [block for block in article.blocks if block.kind in (*_READ, "headline", "caption")]
        marked = find_marked(article.text, [block.span for block in blocks], self._grammar)
        hidden = _without_datelines(hide(article.text, marked), blocks)
        lines, cast = [], Cast(self._names)
        starts = [one.outer.start for one in marked]
        for block in blocks:
            first, last = (bisect_left(starts, position) for position in (block.span.start, block.span.end))
            line = Line(block, marked[first:last])
            line.sentences = split(article.text, hidden, block.span, self._names.abbreviations, self._cues)
            lines.append(line)
        cast.learn([sentence.words for line in lines for sentence in line.sentences], article.text)
        conversation = Conversation(self._names, cast, article.text)
        read = [line for line in lines if line.block.kind in _READ]
        for line in read:
            for sentence in line.sentences:
                self._read_sentence(line, sentence, conversation)
        return read, cast

    def _read_sentence(self, line: Line, sentence: Sentence, conversation: Conversation) -> None:
        frames, words = self._frames.frames(sentence), sentence.words
        phrase = self._frames.phrases.subject(words)
        topic = conversation.topic(words)
        subject = conversation.who(words[slice(*phrase)], topic) if phrase else None
        for frame in frames:
            span = frame.source_span
            if frame.source and span and span not in line.speakers:
                spoken = (
                    frame.forms is not None
                )  # who tells something is not the one it is told of: according to *a report*
                before = subject if spoken and phrase and phrase[1] <= frame.source[0] else topic
                line.speakers[span] = (
                    subject
                    if subject and frame.source == phrase
                    else conversation.who(words[slice(*frame.source)], before)
                )
        main = _main(frames, phrase)
        if main is not None and main.source is not None:
            subject, phrase = line.speaker(main), main.source
        elif subject is None or subject.kind == "thing":
            subject, phrase = _teller(line, frames) or (subject, phrase)
        _read_names(line, words, conversation)
        line.frames.append(frames)
        line.subjects.append(subject)
        line.subject_spans.append(Span(words[phrase[0]].start, words[phrase[1] - 1].end) if phrase else None)
        if subject is not None:
            conversation.hear(subject)
        conversation.pass_on(words)


def _without_datelines(hidden: str, blocks: Sequence[Block]) -> str:
    """Return the text, as long as before, with blanks for the datelines: NICE, France (UPI) — …"""
    parts, end = [], 0
    for block in blocks:
        if dateline := _DATELINE.match(hidden, block.span.start, block.span.end):
            parts += [hidden[end : dateline.start()], " " * len(dateline.group())]
            end = dateline.end()
    return "".join((*parts, hidden[end:]))


def _read_names(line: Line, words: Sequence[Word], conversation: Conversation) -> None:
    """Take in the names that stand where no verb says that they speak: before a colon, behind a dash."""
    for number, word in enumerate(words):
        if word.low == ":" and number + 1 < len(words) and words[number + 1].low == QUOTATION:
            first = _first_capital(words, number)
            if first < number:
                speaker = conversation.who(words[first:number])
                if speaker.person or speaker.kind == "name":
                    line.named[Span(words[first].start, words[number - 1].end)] = speaker
    if not line.subjects:
        line.label = _label(words, conversation)
    if len(words) > 1 and words[0].low in _DASHES and not line.subjects:
        end = next((number for number, word in enumerate(words) if number and not word.capital), len(words))
        if end > 1:
            speaker = conversation.who(words[1:end])
            line.signed = speaker if speaker.kind in ("name", "nominal") else None


def _label(words: Sequence[Word], conversation: Conversation) -> tuple[Span, Speaker] | None:
    """Return the name that a paragraph of a transcript begins with, if the article knows who that is."""
    colon = next((number for number, word in enumerate(words[:_LONGEST_LABEL]) if word.low == ":"), None)
    if not colon or not all(word.capital for word in words[:colon]):
        return None
    speaker = conversation.who(words[:colon])
    if speaker.name is None or not (speaker.person and speaker.sure == 1.0):
        return None
    return Span(words[0].start, words[colon - 1].end), speaker


def _first_capital(words: Sequence[Word], end: int) -> int:
    first = end
    while first and words[first - 1].capital and not words[first - 1].possessive:
        first -= 1
    return first


def _teller(line: Line, frames: Sequence[Frame]) -> tuple[Speaker, Phrase] | None:
    """Return who speaks in a relative clause of a sentence about no person: the plan was backed by *X*, who said …"""
    for frame in frames:
        speaker = line.speaker(frame)
        told = frame.borrowed and "say" in frame.kinds and not frame.undone
        if told and frame.source and speaker and speaker.person and frame.sentence.words[frame.cue[0] - 1].low == "who":
            return speaker, frame.source
    return None


def _main(frames: Sequence[Frame], subject: Phrase | None) -> Frame | None:
    """Return the frame of a sentence's main clause, if that tells of speech: not one that another holds."""
    for frame in frames:
        if frame.source is None or frame.borrowed or frame.forms is None or frame.nested or frame.subordinate:
            continue
        if subject is None or frame.inverted or frame.source == subject or frame.kinds & {"say"}:
            return frame
    return None
