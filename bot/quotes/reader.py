"""Reads an article: its passages, who says what in it, and who its people are."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from bot.model import Appearance, Article, Passage, Quote, Span, quote_id
from bot.prose.lines import Line, LineReader
from bot.prose.name_words import NameWords
from bot.prose.sentences import QUOTATION
from bot.prose.words import SpeechWords
from bot.quotes.attribution import attribute
from bot.quotes.indirect import Reported, ReportReader
from bot.quotes.places import Attributed
from bot.quotes.provenance import Place, ProvenanceReader, Utterance


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article holds: its quotes in order of text, and the passage and the rule of each by number and name."""

    passages: tuple[Passage, ...]
    quotes: tuple[Quote, ...]
    passage_of: tuple[int, ...]
    people: tuple[Appearance, ...]
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A quote before its provenance is known, and the sentence that frames it."""

    quote: Quote
    place: Place
    said: Attributed | Reported

    @property
    def utterance(self) -> Utterance:
        speaker = self.said.speaker
        return Utterance(speaker.name if speaker else None, self.place, self.said.frame, self.quote.contents)


class QuoteReader:
    """Reads articles by the word lists of the language; one reader serves any number of them."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        self._lines = LineReader(speech, names)
        self._reports = ReportReader(speech)
        self._provenance = ProvenanceReader(speech, names)

    def read(self, article: Article) -> Reading:
        """Return the passages, quotes and people of an article.  Never raises, whatever the text."""
        lines, cast = self._lines.read(article)
        quoted = self._without_fragments(article.text, lines, attribute(article.text, lines))
        found = [*_marked(article, lines, quoted), *self._reported(article, lines, quoted)]
        found.sort(key=lambda one: (one.quote.shown[0].start, one.quote.contents))
        quotes = self._with_provenance(article, lines, found)
        passages = _passages(article.id, lines, quotes)
        starts = [passage.span for passage in passages]
        return Reading(
            passages,
            quotes,
            tuple(_passage_of(starts, quote) for quote in quotes),
            tuple(cast.people()),
            tuple(one.said.rule for one in found),
        )

    def _without_fragments(self, text: str, lines: Sequence[Line], quoted: Sequence[Attributed]) -> list[Attributed]:
        """Return the quotations but for those of a few words inside a reported clause, which is told with its marks.

        X said a deal would need “absolute secrecy”: what X said is the clause, and two words tell nothing of it.  Where
        X called it “a disgrace”, they tell all of it.
        """
        fragments = [one for one in quoted if all(piece.set_off for piece in one.pieces)]
        whole = [one for one in quoted if one not in fragments]
        taken = frozenset(one.frame.cue_span for one in whole if one.frame)
        mixed = {sentence.end for one in whole for sentence in one.sentences}
        return [
            one
            for one in quoted
            if one in whole or one.sentences[-1].end in mixed or not self._is_reported(lines, one, taken)
        ]

    def _is_reported(self, lines: Sequence[Line], one: Attributed, taken: frozenset[Span]) -> bool:
        line, words = lines[one.line], [piece.inner for piece in one.pieces]
        reports = self._reports.reported(line, line.sentence_of(words[0].start), taken)
        clauses = [report for report in reports if report.speaker == one.speaker and report.rule != "stance"]
        contents = [content for report in clauses for content in report.contents]
        return all(any(content.meets(span) for content in contents) for span in words)

    def _reported(self, article: Article, lines: Sequence[Line], quoted: Sequence[Attributed]) -> Iterator[_Found]:
        taken = frozenset(one.frame.cue_span for one in quoted if one.frame)
        mixed = {sentence for one in quoted if not one.direct for sentence in one.sentences}
        for number, line in enumerate(lines):
            if line.block.kind == "subhead":
                continue
            if labelled := self._reports.labelled(line) if not line.marked else None:
                yield _Found(_indirect(article, labelled), (number, 0), labelled)
                continue
            for at, sentence in enumerate(line.sentences):
                read = self._reports.beside if sentence.span in mixed else self._reports.reported
                for one in read(line, at, taken):
                    yield _Found(_indirect(article, one), (number, at), one)

    def _with_provenance(self, article: Article, lines: Sequence[Line], found: Sequence[_Found]) -> tuple[Quote, ...]:
        stated = self._provenance.occasions(article, lines, [one.utterance for one in found])
        return tuple(
            replace(one.quote, venue=occasion.venue, said_on=occasion.said_on, relays=relays)
            for one, (occasion, relays) in zip(found, stated, strict=True)
        )


def _marked(article: Article, lines: Sequence[Line], quoted: Sequence[Attributed]) -> Iterator[_Found]:
    for one in quoted:
        contents = tuple(piece.inner for piece in one.pieces)
        shown = contents if one.direct else one.sentences
        number = one.frame_line if one.frame else one.line
        sentence = lines[number].sentence_of(one.frame.cue_span.start if one.frame else contents[0].start)
        quote = Quote(
            quote_id(article, shown),
            article.id,
            "direct" if one.direct else "mixed",
            shown,
            contents,
            cue=one.frame.cue_span if one.frame else None,
            source=one.source,
            speaker=one.speaker.shown if one.speaker else None,
            certainty=one.certainty,
        )
        yield _Found(quote, (number, sentence), one)


def _indirect(article: Article, one: Reported) -> Quote:
    return Quote(
        quote_id(article, (one.shown,)),
        article.id,
        "indirect",
        (one.shown,),
        one.contents,
        cue=one.frame.cue_span if one.frame else None,
        source=one.source,
        speaker=one.speaker.shown,
        certainty=one.certainty,
    )


def _passages(article_id: str, lines: Sequence[Line], quotes: Sequence[Quote]) -> tuple[Passage, ...]:
    """Return the sentences of the lines, those that one quote runs over joined, each with what leads in."""
    runs = sorted((quote.shown[0].start, quote.shown[-1].end) for quote in quotes)
    starts, reach = [start for start, _ in runs], list(accumulate((end for _, end in runs), max))
    joined: list[tuple[Span, Place]] = []
    for number, line in enumerate(lines):
        for at, sentence in enumerate(line.sentences):
            span = sentence.span
            if not len(span):
                continue
            begun = bisect_left(starts, joined[-1][0].end) if joined else 0
            if begun and reach[begun - 1] > span.start:  # a quote that began before goes on here
                joined[-1] = (Span(joined[-1][0].start, span.end), joined[-1][1])
            else:
                joined.append((span, (number, at)))
    passages = []
    for at, (span, (number, first)) in enumerate(joined):
        opening = lines[number].sentences[0].words[:1]
        quotation = bool(opening) and opening[0].low == QUOTATION
        follows = at > 0 and (first > 0 or quotation or _introduces(lines[joined[at - 1][1][0]], joined[at - 1][0]))
        passages.append(Passage(article_id, span, joined[at - 1][0] if follows else None))
    return tuple(passages)


def _introduces(line: Line, span: Span) -> bool:
    return line.sentences[-1].hidden[span.start : span.end].rstrip()[-1:] in (":", ",")


def _passage_of(passages: Sequence[Span], quote: Quote) -> int:
    after = bisect_right(passages, quote.shown[0].start, key=lambda span: span.end)
    return max(0, min(after, len(passages) - 1))
