"""Reads an article: its passages, who says what in it, and who its people are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.model import Article, Passage, PartialDate, Person, Quote, Span, quote_id
from bot.quotes.attribution import Attributed, attribute
from bot.quotes.indirect import Reported, reported
from bot.quotes.lines import Line, LineReader
from bot.quotes.provenance import Occasion, occasion, relays
from bot.quotes.sentences import QUOTATION
from bot.quotes.words import NameWords, SpeechWords


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article holds.  `quotes` are in order of text, each with the number of its passage in `passage_of`."""

    passages: tuple[Passage, ...]
    quotes: tuple[Quote, ...]
    passage_of: tuple[int, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A quote before its provenance is known: the sentence that frames it, and its reading."""

    quote: Quote
    line: int
    sentence: int
    said: Attributed | Reported


class QuoteReader:
    """Reads articles by the word lists of the language; one reader serves any number of them."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        self._lines, self._outlets = LineReader(speech, names), names.outlets

    def read(self, article: Article) -> Reading:
        """Return the passages, quotes and people of an article.  Never raises, whatever the text."""
        lines, cast = self._lines.read(article)
        quoted = attribute(article.text, lines)
        found = [*self._marked(article, lines, quoted), *self._reported(article, lines, quoted)]
        found.sort(key=lambda one: (one.quote.shown[0].start, one.quote.contents))
        quotes = self._with_provenance(article, lines, found)
        passages = _passages(article.id, lines, quotes)
        starts = [passage.span for passage in passages]
        return Reading(passages, quotes, tuple(_passage_of(starts, quote) for quote in quotes), tuple(cast.people()))

    def _marked(self, article: Article, lines: Sequence[Line], quoted: Sequence[Attributed]) -> list[_Found]:
        found = []
        for one in quoted:
            contents = tuple(piece.inner for piece in one.pieces)
            shown = contents if one.direct else one.sentences
            frame_line = lines[one.frame_line]
            sentence = frame_line.sentence_of(one.frame.cue_span.start) if one.frame else lines[one.line].sentence_of(contents[0].start)
            quote = Quote(
                quote_id(article, shown), article.id, "direct" if one.direct else "mixed", shown, contents,
                one.frame.cue_span if one.frame else None, one.frame.source_span if one.frame else None,
                one.speaker.name if one.speaker else None, certainty=one.certainty,
            )  # fmt: skip
            found.append(_Found(quote, one.frame_line if one.frame else one.line, sentence, one))
        return found

    def _reported(self, article: Article, lines: Sequence[Line], quoted: Sequence[Attributed]) -> list[_Found]:
        taken = frozenset(one.frame.cue_span for one in quoted if one.frame)
        mixed = [sentence for one in quoted if not one.direct for sentence in one.sentences]
        found = []
        for number, line in enumerate(lines):
            if line.block.kind == "subhead":
                continue
            for at, sentence in enumerate(line.sentences):
                if sentence.span in mixed:
                    continue
                for one in reported(line, at, taken):
                    quote = Quote(
                        quote_id(article, (one.shown,)), article.id, "indirect", (one.shown,), (one.content,), one.frame.cue_span, one.frame.source_span,
                        one.speaker.name, certainty=one.certainty,
                    )  # fmt: skip
                    found.append(_Found(quote, number, at, one))
        return found

    def _with_provenance(self, article: Article, lines: Sequence[Line], found: Sequence[_Found]) -> tuple[Quote, ...]:
        occasions, told_by = self._stated(article, lines, found)
        quotes = []
        for one in found:
            quote, place = one.quote, (one.line, one.sentence)
            own = occasions.get(quote.speaker, {}).get(place, Occasion())
            inherited = _inherited(occasions.get(quote.speaker, {}), place) if not _looks_back(lines[one.line], one) else Occasion()
            through = told_by.get(quote.speaker, {}).get(place) or _inherited_relays(told_by.get(quote.speaker, {}), place)
            quotes.append(replace(quote, venue=own.venue or inherited.venue, said_on=own.said_on or inherited.said_on, relays=through))
        return tuple(quotes)

    def _stated(self, article: Article, lines: Sequence[Line], found: Sequence[_Found]):  # type: ignore[no-untyped-def]
        """Return, for each speaker, the occasions and the relays that sentences state, by line and sentence."""
        occasions: dict[str | None, dict[tuple[int, int], Occasion]] = defaultdict(dict)
        told_by: dict[str | None, dict[tuple[int, int], tuple[Span, ...]]] = defaultdict(dict)
        for one in found:
            line, place = lines[one.line], (one.line, one.sentence)
            contents = tuple(content for other in found if (other.line, other.sentence) == place for content in other.quote.contents)
            if stated := occasion(line.sentences[one.sentence], article.published, self._outlets, contents):
                occasions[one.quote.speaker][place] = stated
            if through := relays(line, one.sentence, one.said.frame):
                told_by[one.quote.speaker][place] = through
        for number, line in enumerate(lines):
            for at, subject in enumerate(line.subjects):
                if subject and subject.name and (number, at) not in occasions[subject.name]:
                    stated = occasion(line.sentences[at], article.published, self._outlets, ())
                    if stated.venue is not None:
                        occasions[subject.name][(number, at)] = stated
        return occasions, told_by


_BACKWARD = frozenset({"previously", "earlier", "once", "before", "past", "had", "repeatedly", "often", "has", "have"})


def _looks_back(line: Line, one: _Found) -> bool:
    """Whether the cue tells of another time than the occasion at hand: has said, had said, said earlier."""
    frame = one.said.frame
    if frame is None:
        return False
    words = frame.sentence.words
    return any(word.low in _BACKWARD for word in words[max(0, frame.cue[0] - 3) : frame.cue[0]])


def _inherited(stated: dict[tuple[int, int], Occasion], place: tuple[int, int]) -> Occasion:
    """Return the occasion that holds on from earlier sentences: the only one that is stated of the speaker so far."""
    venue: Span | None = None
    day: PartialDate | None = None
    for at, one in sorted(stated.items()):
        if at > place:
            break
        if (venue and one.venue) or (day and one.said_on and day != one.said_on):
            return Occasion()
        venue, day = venue or one.venue, day or one.said_on
    return Occasion(venue, day if venue else None)


def _inherited_relays(stated: dict[tuple[int, int], tuple[Span, ...]], place: tuple[int, int]) -> tuple[Span, ...]:
    earlier = {spans for at, spans in stated.items() if at <= place}
    return next(iter(earlier)) if len(earlier) == 1 else ()


def _passages(article_id: str, lines: Sequence[Line], quotes: Sequence[Quote]) -> tuple[Passage, ...]:
    """Return the sentences of the lines, those that one quote runs over joined, each with the sentence that leads in."""
    spans: list[tuple[Span, int, bool]] = []
    for number, line in enumerate(lines):
        for at, sentence in enumerate(line.sentences):
            if len(sentence.span):
                spans.append((sentence.span, number, at == 0))
    runs = [Span(quote.shown[0].start, quote.shown[-1].end) for quote in quotes if len(quote.shown) > 1]
    joined: list[tuple[Span, int, bool]] = []
    for span, number, first in spans:
        if joined and any(run.meets(joined[-1][0]) and run.meets(span) for run in runs):
            joined[-1] = (Span(joined[-1][0].start, span.end), joined[-1][1], joined[-1][2])
        else:
            joined.append((span, number, first))
    passages = []
    for at, (span, number, first) in enumerate(joined):
        opens = bool(lines[number].sentences[0].words) and lines[number].sentences[0].words[0].low == QUOTATION
        follows = at > 0 and (not first or opens or _introduces(lines[joined[at - 1][1]], joined[at - 1][0]))
        passages.append(Passage(article_id, span, joined[at - 1][0] if follows else None))
    return tuple(passages)


def _introduces(line: Line, span: Span) -> bool:
    return line.sentences[-1].hidden[span.start : span.end].rstrip()[-1:] in (":", ",")


def _passage_of(passages: Sequence[Span], quote: Quote) -> int:
    start = quote.shown[0].start
    return next((number for number, span in enumerate(passages) if start < span.end), max(0, len(passages) - 1))
