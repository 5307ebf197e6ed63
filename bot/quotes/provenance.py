"""Where and when something was said, and through whom the article has it: venue, day and relays."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.model import Article, PartialDate, Span
from bot.prose.frames import Frame
from bot.prose.lines import Line
from bot.prose.name_words import NameWords
from bot.prose.sentences import Sentence
from bot.prose.words import SpeechWords
from bot.quotes.venues import VenueReader

#: Where a sentence stands: number of its line, number in the line.
Place = tuple[int, int]

_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)
_RELAYED_FOR = 6  # paragraphs that go on with what a relay is stated for
_NEAR_VENUE = 6  # characters between the words that name the venue and their date: LBC radio *on* 16 September
_BEFORE_CUE = 3  # words before a cue that can say that it looks back


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where and when somebody spoke, as far as it is stated."""

    venue: Span | None = None
    said_on: PartialDate | None = None

    def __bool__(self) -> bool:
        return self.venue is not None or self.said_on is not None


@dataclass(frozen=True, slots=True)
class Utterance:
    """What provenance needs to know of a quote: whose it is, where its cue stands, and what it holds."""

    speaker: str | None
    place: Place
    frame: Frame | None
    contents: tuple[Span, ...]


@dataclass(slots=True)
class _Stated:
    """What the sentences of an article state, by speaker and place."""

    occasions: dict[str | None, dict[Place, Occasion]] = field(default_factory=lambda: defaultdict(dict))
    relays: dict[str | None, dict[Place, tuple[Span, ...]]] = field(default_factory=lambda: defaultdict(dict))


class ProvenanceReader:
    """Reads where, when and through whom the quotes of an article were said, by the word lists of the language."""

    def __init__(self, speech: SpeechWords, names: NameWords) -> None:
        words = speech.occasions
        self._words, self._backward, self._venues = words, speech.grammar.backward, VenueReader(speech, names)
        self._utterances = names.utterances
        month = "|".join(sorted(words.months, key=len, reverse=True))
        weekdays = "|".join(words.weekdays)
        day = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
        self._date = re.compile(
            rf"\b(?:{day.format('day')}\s+(?:of\s+)?(?P<month>{month})\b\.?|(?P<month2>{month})\b\.?\s+{day.format('day2')}\b)"
            r"(?:,?\s+(?P<year>(?:19|20)\d\d))?",
            re.IGNORECASE,
        )
        self._weekday = re.compile(rf"\b(?P<weekday>{weekdays})\b", re.IGNORECASE)

    def occasions(
        self, article: Article, lines: Sequence[Line], said: Sequence[Utterance]
    ) -> Iterator[tuple[Occasion, tuple[Span, ...]]]:
        """Yield the occasion and the relays of each utterance, in order."""
        stated = self._stated(article, lines, said)
        for one in said:
            occasions, relays = stated.occasions[one.speaker], stated.relays[one.speaker]
            own = occasions.get(one.place, Occasion())
            inherited = Occasion() if self._looks_back(one.frame) else _inherited(occasions, one.place)
            through = relays.get(one.place) or _inherited_relays(relays, one.place)
            yield Occasion(own.venue or inherited.venue, own.said_on or inherited.said_on), through

    def _stated(self, article: Article, lines: Sequence[Line], said: Sequence[Utterance]) -> _Stated:
        stated = _Stated()
        held: dict[Place, list[Span]] = defaultdict(list)
        for one in said:
            held[one.place].extend(one.contents)
        for one in said:
            line = lines[one.place[0]]
            if found := self.occasion(line.sentences[one.place[1]], article.published, tuple(held[one.place])):
                stated.occasions[one.speaker][one.place] = found
            if through := self._relays(line, one.place[1], one.frame):
                stated.relays[one.speaker][one.place] = through
        for number, line in enumerate(lines):
            for at, subject in enumerate(line.subjects):
                if subject and subject.name and (number, at) not in stated.occasions[subject.name]:
                    found = self.occasion(line.sentences[at], article.published, ())
                    if found.venue is not None:
                        stated.occasions[subject.name][(number, at)] = found
        return stated

    def occasion(self, sentence: Sentence, published: PartialDate | None, contents: tuple[Span, ...]) -> Occasion:
        """Return the occasion that a sentence states of what is said in it.

        A day inside the reported `contents` is part of what was said, unless it goes with the words for the venue.
        """
        venue = self._venues.venue(sentence)
        return Occasion(venue, self._day(sentence, published, contents, venue.end if venue else None))

    def _day(
        self, sentence: Sentence, published: PartialDate | None, contents: tuple[Span, ...], venue_end: int | None
    ) -> PartialDate | None:
        for match in self._date.finditer(sentence.hidden, sentence.span.start, sentence.span.end):
            if _inside(match, contents) and not (
                venue_end is not None and 0 <= match.start() - venue_end <= _NEAR_VENUE
            ):
                continue
            month = self._words.months[(match.group("month") or match.group("month2")).lower()]
            return _dated(
                int(match.group("year") or 0), month, int(match.group("day") or match.group("day2")), published
            )
        if published is None or published.day is None:
            return None
        for match in self._weekday.finditer(sentence.hidden, sentence.span.start, sentence.span.end):
            if not _inside(match, contents):
                back = published.first.weekday() - self._words.weekdays.index(match.group("weekday").lower())
                return PartialDate.of(published.first - timedelta(days=back % 7))
        return None

    def _looks_back(self, frame: Frame | None) -> bool:
        """Whether the cue tells of another time than the occasion at hand: has said, had said, said earlier."""
        if frame is None:
            return False
        before = frame.sentence.words[max(0, frame.cue[0] - _BEFORE_CUE) : frame.cue[0]]
        return any(word.low in self._backward for word in before)

    def _relays(self, line: Line, number: int, frame: Frame | None) -> tuple[Span, ...]:
        """Return whom a sentence names as reporting that the words of a frame's speaker were said."""
        speaker = line.speaker(frame) if frame else None
        if frame is None or speaker is None:
            return ()
        found: list[Span] = []
        for other in line.frames[number]:
            source, who = other.source_span, line.speaker(other)
            if source is None or other is frame or source == frame.source_span:
                continue
            relaying = other.forms is not None and other.forms.verb in self._words.relaying
            relays = ("organisation",) if relaying else () if other.forms else ("organisation", "name", "nominal")
            if who is not None and who.kind in relays and who.name != speaker.name:
                relay = self._issuer(other) or _without_article(line.sentences[number].hidden, source)
                behind = found.index(relay) if relay in found else len(found)
                found[behind:behind] = [] if (cited := _cited(other)) is None else [cited]
                found.append(relay)
        return tuple(dict.fromkeys(found))

    def _issuer(self, frame: Frame) -> Span | None:
        """Return whose report it is that words are according to: a *Reuters* report."""
        words = frame.sentence.words[slice(*frame.source)] if frame.source else ()
        if len(words) < 2 or words[-1].low not in self._utterances or words[-1].capital or words[-2].possessive:
            return None
        last = len(words) - 2
        first = next((number + 1 for number in range(last, -1, -1) if not words[number].capital), 0)
        return Span(words[first].start, words[last].end) if first <= last else None


def _cited(frame: Frame) -> Span | None:
    """Return whom a relay has it from: Reuters reported, *citing Interfax*, that …"""
    if frame.forms is None or frame.forms.verb != "cite":
        return None
    words = frame.sentence.words
    end = next((n for n in range(frame.cue[1], len(words)) if not words[n].capital), len(words))
    return Span(words[frame.cue[1]].start, words[end - 1].end) if end > frame.cue[1] else None


def _inside(match: re.Match[str], contents: tuple[Span, ...]) -> bool:
    return any(content.start <= match.start() < content.end for content in contents)


def _dated(year: int, month: int, day: int, published: PartialDate | None) -> PartialDate | None:
    """Return the day, in the year that is stated or else the last one before the article appeared.

    None where neither is known, or the calendar has no such day.
    """
    try:
        if year:
            return PartialDate.of(date(year, month, day))
        if published is None:
            return None
        latest = published.last + timedelta(days=1)  # time zones
        found = date(latest.year, month, day)
        return PartialDate.of(found if found <= latest else date(latest.year - 1, month, day))
    except ValueError:
        return None


def _inherited(stated: Mapping[Place, Occasion], place: Place) -> Occasion:
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


def _inherited_relays(stated: Mapping[Place, tuple[Span, ...]], place: Place) -> tuple[Span, ...]:
    """Return the relays that hold on from earlier sentences: the only ones that are stated, if not far above."""
    earlier = {spans for at, spans in stated.items() if at <= place}
    near = any(place[0] - _RELAYED_FOR <= at[0] for at in stated if at <= place)
    return next(iter(earlier)) if near and len(earlier) == 1 else ()


def _without_article(text: str, span: Span) -> Span:
    article = _ARTICLE.match(text, span.start, span.end)
    return Span(article.end() if article else span.start, span.end)
