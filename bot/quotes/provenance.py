"""Where and when something was said, and through whom the article has it: venue, day and relays."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import PartialDate, Span
from bot.quotes.frames import Frame
from bot.quotes.lines import Line
from bot.quotes.sentences import Sentence

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?|(?P<month2>{_MONTH})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b)(?:,?\s+(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(rf"\b(?:on\s+)?(?P<weekday>{'|'.join(_DAYS)})\b", re.IGNORECASE)

# The medium is up to six words, and ends before a date, a comma or a clause.
_MEDIUM = r"(?P<venue>(?:the\s+|an?\s+)?(?:[\w’'&.-]+\s+){0,5}?[\w’'&-]+?)(?=(?:\s+(?:on|in|at|that|when|during|after|this|last|about|following|by)\b|\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[,.;:—–]|\s*\Z|\s*\ue000))"
_INTERVIEW = re.compile(
    rf"\b(?:[Ii]n|[Dd]uring|[Ff]or|gave)\s+(?:an?|the|his|her|their)\s+(?:[\w-]+\s+){{0,3}}?(?:interview|appearance|conversation|op-ed|phone-in|statement|press conference|news conference)\s+"
    rf"(?:(?:broadcast|aired|published|released)\s+)?(?:with|for|to|on|during|by|in)\s+{_MEDIUM}"
)
_SPEAKING = re.compile(rf"\b(?:[Ss]peaking|[Ss]poke|[Tt]alking)\s+(?:to|with|on|at)\s+{_MEDIUM}")
_TOLD = re.compile(r"\b(?:told|telling|tells)\s+(?:the\s+)?(?P<venue>(?:[A-Z][\w’'&.-]*\s+){0,3}[A-Z][\w’'&-]*(?:\s+(?:radio|television|TV|magazine|newspaper))?)(?=[\s,.;:—–]|\Z)")
_SUCH_MEDIA = re.compile(r"(?:radio|television|tv|tele\w*|news|times|post|journal|magazine|newspaper|podcast|marathon|broadcaster|channel|network|press|\b[A-Z]{2,5}\b)", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Where and when somebody spoke, as far as it is stated."""

    venue: Span | None = None
    said_on: PartialDate | None = None

    def __bool__(self) -> bool:
        return self.venue is not None or self.said_on is not None


def occasion(sentence: Sentence, published: PartialDate | None, outlets: Mapping[tuple[str, ...], str], contents: tuple[Span, ...]) -> Occasion:
    """Return the occasion that a sentence states of what is said in it.

    A day inside the reported `contents` is part of what was said, unless it belongs to the words that name the venue.
    """
    venue, behind = _venue(sentence, outlets)
    day = _day(sentence, published, contents, behind)
    return Occasion(venue, day)


def _venue(sentence: Sentence, outlets: Mapping[tuple[str, ...], str]) -> tuple[Span | None, int | None]:
    hidden, span = sentence.hidden, sentence.span
    for pattern in (_INTERVIEW, _SPEAKING, _TOLD):
        match = pattern.search(hidden, span.start, span.end)
        if match and (pattern is _INTERVIEW or _is_medium(match.group("venue"), outlets)):
            named = _without_article(hidden, Span(*match.span("venue")))
            if len(named):
                return named, named.end
    return None, None


def _is_medium(words: str, outlets: Mapping[tuple[str, ...], str]) -> bool:
    return bool(_SUCH_MEDIA.search(words)) or tuple(_ARTICLE.sub("", words, count=1).lower().split()) in outlets


def _day(sentence: Sentence, published: PartialDate | None, contents: tuple[Span, ...], venue_end: int | None) -> PartialDate | None:
    for match in _DATE.finditer(sentence.hidden, sentence.span.start, sentence.span.end):
        if _inside(match, contents) and not (venue_end is not None and 0 <= match.start() - venue_end <= 6):
            continue
        month = _MONTHS[(match.group("month") or match.group("month2")).lower()]
        return _dated(int(match.group("year") or 0), month, int(match.group("day") or match.group("day2")), published)
    if published is None or published.day is None:
        return None
    for match in _WEEKDAY.finditer(sentence.hidden, sentence.span.start, sentence.span.end):
        if not _inside(match, contents):
            back = (published.first.weekday() - _DAYS.index(match.group("weekday").lower())) % 7
            return PartialDate.of(published.first - timedelta(days=back))
    return None


def _inside(match: re.Match[str], contents: tuple[Span, ...]) -> bool:
    return any(content.start <= match.start() < content.end for content in contents)


def _dated(year: int, month: int, day: int, published: PartialDate | None) -> PartialDate | None:
    """Return the day, in the year that is stated or else the last one before the article appeared; None where neither is known."""
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


def relays(line: Line, number: int, frame: Frame | None) -> tuple[Span, ...]:
    """Return the relays that a sentence names for the words of a frame's speaker: who reports that they were said."""
    frames = line.frames[number]
    found = []
    for other in frames:
        source = other.source_span
        if source is None or other is frame or frame is not None and source == frame.source_span:
            continue
        who = line.speaker(other)
        speaks_through = other.forms is None or (other.forms.verb in ("report", "quote", "cite", "write") and who is not None and who.kind == "organisation")
        if speaks_through and (frame is None or frame.source_span is not None):
            found.append(_without_article(line.sentences[number].hidden, source))
    return tuple(found)


def _without_article(text: str, span: Span) -> Span:
    article = _ARTICLE.match(text, span.start, span.end)
    return Span(article.end() if article else span.start, span.end)
