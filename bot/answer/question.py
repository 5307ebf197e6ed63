"""Reading a question: who is asked about, about what, and which outlet, relay or days it is limited to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.answer import languages
from bot.answer.dates import DateReader
from bot.answer.spelling import nearest_name, nearest_word
from bot.answer.words import AnswerWords
from bot.model import Correction, Intent, Question, Span
from bot.search.library import Library
from bot.search.names import Named
from bot.text import fold, tokens
from bot.text import words as folded_words

_PHRASE = re.compile(
    r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|„([^“”]+)[“”]|(?<!\w)‘([^’]+(?:’\w[^’]*)*)’(?!\w)|(?<!\w)'([^']+(?:'\w[^']*)*)'(?!\w)"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_AUXILIARY = frozenset(
    {"did", "does", "do", "has", "have", "had", "is", "was", "are", "were", "would", "will", "can", "could"}
)
_ASKS = frozenset(
    {
        "what",
        "who",
        "which",
        "where",
        "when",
        "why",
        "how",
        "is",
        "are",
        "was",
        "were",
        "did",
        "does",
        "do",
        "has",
        "have",
        "can",
        "could",
        "will",
        "whom",
        "whose",
    }
)
_DETERMINERS = frozenset({"the", "a", "an", "his", "her", "their", "this", "that", "any", "all", "some", "other"})
_GENERIC = frozenset(
    {
        "people",
        "anyone",
        "anybody",
        "everyone",
        "somebody",
        "someone",
        "he",
        "she",
        "they",
        "it",
        "you",
        "we",
        "i",
        "officials",
        "experts",
        "others",
        "nobody",
        "there",
        "this",
        "that",
    }
)
_FILTERS = frozenset({"from", "in", "by", "only", "to", "via", "per", "of", "for", "with", "on", "at", "says"})
_MOST_TERMS = 64  # of a question as long as an article, the first distinct terms are searched


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the question: `raw` as written, `low` folded, and where it stands."""

    raw: str
    low: str
    span: Span


@dataclass(slots=True)
class _Mention:
    """A name in the question, by word numbers [first, last)."""

    first: int
    last: int
    named: tuple[Named, ...]

    def of_kind(self, *kinds: str) -> Named | None:
        return next((named for named in self.named if named.kind in kinds), None)


@dataclass(slots=True)
class _Parse:
    """A question while it is being read."""

    text: str
    words: list[_Word]
    folded: str
    mentions: list[_Mention] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)  # words that a filter or a speaker has used
    boundary: int | None = None  # the word behind which the subject of the question begins


class QuestionReader:
    """Reads questions about one library.  `today` is what “last week” counts from."""

    def __init__(self, library: Library, words: AnswerWords, today: date) -> None:
        self._library, self._words = library, words
        days = [
            day
            for day in {article.published for article in library.articles.values()}
            | {quote.said_on for quote in library.quotes}
            if day
        ]
        self._dates = DateReader(words.months, days, today)

    def read(self, text: str) -> Question:
        """Return what a question asks for by its own words alone."""
        clean = _CONTROL.sub(" ", text).strip()
        reading = languages.read(clean, self._words, self._known_name)
        parse = self._parse(reading.text)
        self._find_names(parse)
        dates, date_spans = self._dates.read(self._without_names(parse))
        self._take(parse, date_spans)
        phrases = _phrases(parse.text)
        intent = self._intent(parse)
        outlet, via = self._media(parse, intent)
        speakers, unknown = self._speakers(parse, intent)
        intent = self._settled(parse, intent, bool(speakers or unknown), bool(phrases))
        terms, optional = self._terms(parse, intent)
        return Question(
            text=text, intent=intent, topic=self._topic(parse, terms, bool(speakers or unknown)), terms=terms, optional=optional, phrases=phrases, speakers=speakers,
            unknown_names=unknown, outlet=outlet, via=via, dates=dates, corrections=tuple(parse.corrections), unread=reading.unread, language=reading.language,
        )  # fmt: skip

    def _parse(self, text: str) -> _Parse:
        words = [_Word(token.span.of(text), token.folded, token.span) for token in tokens(text)]
        return _Parse(text, words, " ".join(fold(text).replace("?", " ? ").split()).rstrip(" ?!."))

    def _take(self, parse: _Parse, spans: Sequence[Span]) -> None:
        parse.taken |= {
            number for number, word in enumerate(parse.words) if any(span.holds(word.span) for span in spans)
        }

    def _without_names(self, parse: _Parse) -> str:
        """Return the question with its names blanked out: Earthlings 1997 is no year."""
        text = parse.text
        for mention in parse.mentions:
            start, end = parse.words[mention.first].span.start, parse.words[mention.last - 1].span.end
            text = text[:start] + "_" * (end - start) + text[end:]
        return text

    # Names

    def _known_name(self, latin: str) -> str | None:
        """Return the name in the library that a word in Latin letters is, or is a spelling of."""
        key = tuple(token.folded for token in tokens(latin))
        found = self._library.names.entries.get(key)
        if found:
            return latin if latin[:1].isupper() else latin.capitalize()
        near = nearest_name(key, self._library.names, ("person", "outlet", "relay"))
        return " ".join(word.capitalize() for word in near[0]) if near else None

    def _find_names(self, parse: _Parse) -> None:
        low = [word.low for word in parse.words]
        cased = any(word.raw[:1].isupper() for word in parse.words[1:])
        number = 0
        while number < len(low):
            step = (
                self._name_at(parse, low, number, cased)
                or self._title_at(parse, low, number)
                or self._misspelt_at(parse, low, number)
            )
            if step is None:
                number += 1
                continue
            length, named = step
            parse.mentions.append(_Mention(number, number + length, named))
            number += length

    def _name_at(
        self, parse: _Parse, low: Sequence[str], number: int, cased: bool
    ) -> tuple[int, tuple[Named, ...]] | None:
        if number in parse.taken or low[number] in _DETERMINERS:
            return None
        found = self._library.names.at(low, number)
        if found is None:
            for length in (3, 2, 1):
                name = self._words.media.get(tuple(low[number : number + length]))
                if (
                    name
                    and parse.words[number].raw[:1].isupper()
                    and self._library.index.frequency(self._library.analyser.term(low[number]) or "") == 0
                ):
                    return length, (Named("outlet", name),)
            return None
        length, named = found
        word = parse.words[number]
        common = (
            low[number] in self._library.analyser.stop
            or low[number] in self._words.asking
            or low[number] in self._words.months
        )
        if (
            length == 1
            and not word.raw[:1].isupper()
            and (common or len(low[number]) < 4 or (cased and named[0].kind == "relay"))
        ):
            return None
        if length == 1 and common and number == 0:
            return None
        return self._of_that_given_name(parse, low, number, found)

    def _of_that_given_name(
        self, parse: _Parse, low: Sequence[str], number: int, found: tuple[int, tuple[Named, ...]]
    ) -> tuple[int, tuple[Named, ...]] | None:
        """Return the name at a word, unless a given name before it says that somebody else is meant."""
        length, named = found
        given = self._given_name(parse, low, number - 1)
        people = [one for one in named if one.kind == "person"]
        if given is None or not people or length > 1:
            return found
        fitting = tuple(
            one
            for one in people
            if any(part.startswith(given) if len(given) == 1 else part == given for part in folded_words(one.name)[:-1])
        )
        bare = all(len(one.name.split()) == 1 for one in people)
        return (length, fitting) if fitting else found if bare else None

    def _given_name(self, parse: _Parse, low: Sequence[str], number: int) -> str | None:
        """Return the given name, or the initial, that stands at a word before a surname; None where none does."""
        if (
            number < 0
            or number in parse.taken
            or low[number] in _DETERMINERS | _AUXILIARY | _ASKS
            or low[number] in self._words.asking
            or low[number] in self._words.about
        ):
            return None
        if (
            (low[number],) in self._words.titles
            or low[number] in self._library.analyser.stop
            or parse.words[number].raw.endswith(("’s", "'s"))
        ):
            return None
        if len(low[number]) == 1 and number and parse.words[number - 1].raw[:1].isupper():
            return self._given_name(parse, low, number - 1) or low[number]
        known = low[number] in self._library.names.given
        return (
            low[number]
            if parse.words[number].raw[:1].isupper()
            and known
            or known
            and not any(word.raw[:1].isupper() for word in parse.words[1:])
            else low[number]
            if parse.words[number].raw[:1].isupper() and self._is_unknown(parse, number)
            else None
        )

    def _title_at(self, parse: _Parse, low: Sequence[str], number: int) -> tuple[int, tuple[Named, ...]] | None:
        """Return the bearers of a title that is used for a name: “the Polish foreign minister”."""
        analyser = self._library.analyser
        for start in range(number, min(number + 4, len(low))):
            for length in (3, 2, 1):
                title = tuple(low[start : start + length])
                if len(title) < length or title not in self._words.titles:
                    continue
                end = start + length
                about = list(low[number:start])
                if end + 1 < len(low) and low[end] == "of" and low[end + 1] not in _DETERMINERS:
                    about.append(low[end + 1])
                    end += 2
                if any(
                    word in _DETERMINERS
                    or word in _AUXILIARY
                    or word in self._words.asking
                    or word in self._words.about
                    for word in about
                ) or (about and analyser.term(about[0]) is None):
                    continue
                if end < len(low) and self._library.names.entries.get((low[end],)):
                    return None  # a title before the name itself
                bearers = self._bearers(
                    title,
                    {term for word in about if word not in ("former", "outgoing") and (term := analyser.term(word))},
                )
                if bearers:
                    return end - number, tuple(Named("person", name) for name in bearers)
            if start == number and low[number] in _DETERMINERS | _AUXILIARY:
                return None
        return None

    def _bearers(self, title: tuple[str, ...], about: set[str]) -> list[str]:
        alike = {title} | {other for group in self._words.same_titles if title in group for other in group}
        analyser, found = self._library.analyser, []
        for name, offices in self._library.names.titles.items():
            for office in offices:
                fits = any(office[-len(same) :] == same or office[: len(same)] == same for same in alike)
                if fits and about <= {analyser.term(word) for word in office}:
                    found.append(name)
                    break
        quoted = [name for name in found if name in self._library.quotes_by]
        return (quoted or found)[:3]

    def _misspelt_at(self, parse: _Parse, low: Sequence[str], number: int) -> tuple[int, tuple[Named, ...]] | None:
        for length in (3, 2, 1):
            written = tuple(low[number : number + length])
            if (
                len(written) < length
                or written[0] in _DETERMINERS
                or not any(self._is_unknown(parse, number + at) for at in range(length))
                or any(
                    word in self._words.asking or word in self._words.about or word in _AUXILIARY for word in written
                )
            ):
                continue
            near = nearest_name(written, self._library.names, ("person", "outlet", "relay", "organisation"))
            if near:
                end = number + length - 1
                spelled = parse.text[parse.words[number].span.start : parse.words[end].span.end]
                shown = (
                    near[1].name if len(near[0]) > 1 or near[1].kind != "person" else _part(near[1].name, near[0][0])
                )
                parse.corrections.append(Correction(spelled, shown))
                return length, tuple(one for one in self._library.names.entries[near[0]])
        return None

    def _is_unknown(self, parse: _Parse, number: int) -> bool:
        low = parse.words[number].low
        if (
            number in parse.taken
            or not low.replace("'", "").isalpha()
            or low in self._words.asking
            or low in self._words.speaking
            or low in self._words.held
        ):
            return False
        term = self._library.analyser.term(low)
        return term is not None and self._library.index.frequency(term) == 0

    # Intent and filters

    def _intent(self, parse: _Parse) -> Intent:
        return next((name for name, pattern in self._words.intents if pattern.search(parse.folded)), "find")

    def _media(self, parse: _Parse, intent: Intent) -> tuple[str | None, str | None]:
        outlet: str | None = None
        via: str | None = None
        for mention in parse.mentions:
            named = mention.of_kind("outlet")
            relay = mention.of_kind("relay")
            if self._is_subject(parse, mention):
                continue
            if named is not None:
                outlet = outlet or named.name
            elif relay is not None and intent not in ("when", "how_many"):
                via = via or relay.name
            else:
                continue
            parse.taken.update(range(mention.first, mention.last))
        return outlet, via

    def _is_subject(self, parse: _Parse, mention: _Mention) -> bool:
        """Whether an outlet is what is asked about, not where: “what did X say about MSNBC”."""
        before = mention.first - 1 - (mention.first > 0 and parse.words[mention.first - 1].low == "the")
        return (
            before > 0
            and parse.words[before].low in ("about", "of", "regarding", "concerning")
            and self._speaking_word(parse) is not None
        )

    # Speakers

    def _speakers(self, parse: _Parse, intent: Intent) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return who is asked about as a speaker, and names in their place that nobody knows."""
        if intent in ("about_corpus", "judgement", "who_is", "about_article"):
            return (), self._unknown_subject(parse) if intent == "who_is" else ()
        speaking = self._speaking_word(parse)
        parse.boundary = self._boundary(parse, speaking)
        named = [mention for mention in parse.mentions if self._is_speaker(parse, mention, speaking)]
        speakers: list[str] = []
        for mention in named:
            parse.taken.update(range(mention.first, mention.last))
            speakers += [one.name for one in mention.named if one.kind in ("person", "organisation")][
                : 3 if len(mention.named) > 1 and mention.last - mention.first > 1 else 1
            ]
        if speakers:
            return tuple(dict.fromkeys(speakers)), ()
        return (), self._unknown_speaker(parse, speaking)

    def _speaking_word(self, parse: _Parse) -> int | None:
        """Return the number of the word that makes somebody a speaker: the verb of “did X say”, “X's position”, “according to”."""
        low = [word.low for word in parse.words]
        for number, word in enumerate(low):
            if word == "according" or (
                word in self._words.held
                and number
                and (
                    parse.words[number - 1].raw.endswith(("’s", "'s", "s’", "s'"))
                    or number + 1 < len(low)
                    and low[number + 1] in ("of", "by", "from")
                )
            ):
                return number
            if word in self._words.speaking and number:
                if (
                    any(low[back] in _AUXILIARY for back in range(max(0, number - 8), number))
                    or low[number - 1] in ("who", "which", "else")
                    or any(mention.last == number for mention in parse.mentions)
                ):
                    return number
                if low[number - 1] in ("he", "she", "they") or any(
                    mention.first == number + 1 for mention in parse.mentions
                ):
                    return number
        return None

    def _boundary(self, parse: _Parse, speaking: int | None) -> int | None:
        start = 0 if speaking is None else speaking + 1
        for number in range(start, len(parse.words)):
            low = parse.words[number].low
            if low in self._words.about and number not in parse.taken:
                if (
                    low == "of"
                    and speaking is not None
                    and parse.words[speaking].low in self._words.held
                    and number == speaking + 1
                ):
                    continue
                if low == "to" and (speaking is None or parse.words[speaking].low == "according"):
                    continue
                return number
        return None

    def _is_speaker(self, parse: _Parse, mention: _Mention, speaking: int | None) -> bool:
        if mention.first in parse.taken or mention.of_kind("person", "organisation") is None:
            return False
        before = parse.words[mention.first - 1].low if mention.first else ""
        if before == "the" and mention.first > 1:
            before = parse.words[mention.first - 2].low
        if speaking is not None and parse.words[speaking].low == "according":
            return mention.first in (speaking + 2, speaking + 3)
        if before == "by" or (before == "from" and speaking is not None):
            return True
        organisation = mention.of_kind("person") is None
        if speaking is not None:
            if (
                parse.words[speaking].low in self._words.held
                and parse.boundary is not None
                and mention.first > speaking
            ):
                return mention.first < parse.boundary
            inverted = mention.first == speaking + 1 and not any(other.first < speaking for other in parse.mentions)
            return (
                mention.first < speaking
                or inverted
                or (parse.words[speaking].low in self._words.held and before == "of")
            )
        if organisation:
            return False
        asks = parse.words[0].low in _ASKS
        if parse.folded.startswith(("what about", "how about", "and what about", "and how about")):
            return True
        if parse.boundary is not None and not asks:
            return mention.first < parse.boundary
        return not asks

    def _unknown_speaker(self, parse: _Parse, speaking: int | None) -> tuple[str, ...]:
        """Return the name where a speaker should stand that no article holds as a speaker's."""
        if speaking is None:
            return (
                self._unknown_subject(parse)
                if re.match(r"(?:and )?(?:what|how) about ", parse.folded) and len(parse.words) <= 5
                else ()
            )
        low = [word.low for word in parse.words]
        if low[speaking] == "according":
            slot = list(range(speaking + 2, min(speaking + 6, len(low))))
        elif low[speaking] in self._words.held:
            slot = list(range(max(0, speaking - 3), speaking))
        else:
            auxiliary = next((number for number in range(speaking - 1, -1, -1) if low[number] in _AUXILIARY), None)
            slot = list(range(auxiliary + 1, speaking)) if auxiliary is not None else []
        return self._name_in(parse, slot, speaking)

    def _name_in(self, parse: _Parse, slot: Sequence[int], speaking: int) -> tuple[str, ...]:
        analyser = self._library.analyser
        inside = []
        for number in slot:
            word = parse.words[number]
            if (
                number in parse.taken
                or word.low in _DETERMINERS
                or word.low in _AUXILIARY
                or word.low in _ASKS
                or word.low in self._words.asking
            ):
                continue
            if word.low in _GENERIC or word.low in self._words.about:
                return ()
            inside.append(number)
        if not inside or len(inside) > 4:
            return ()
        capital = all(parse.words[number].raw[:1].isupper() for number in inside)
        unknown = all(
            (term := analyser.term(parse.words[number].low)) is not None and self._library.index.frequency(term) == 0
            for number in inside
        )
        specific = parse.words[speaking].low not in self._words.asking
        if not (unknown or capital and not specific):
            return ()
        parse.taken.update(inside)
        return (
            parse.text[parse.words[inside[0]].span.start : parse.words[inside[-1]].span.end]
            .removesuffix("’s")
            .removesuffix("'s"),
        )

    def _unknown_subject(self, parse: _Parse) -> tuple[str, ...]:
        inside = [
            number
            for number, word in enumerate(parse.words)
            if number
            and number not in parse.taken
            and word.low not in _DETERMINERS | _AUXILIARY | {"about", "and", "who", "what", "how"}
        ]
        if (
            any(mention.of_kind("person", "organisation", "outlet", "relay") for mention in parse.mentions)
            or not inside
        ):
            return ()
        terms = [self._library.analyser.term(parse.words[number].low) for number in inside]
        if any(term is None or self._library.index.frequency(term) for term in terms):
            return ()
        return (parse.text[parse.words[inside[0]].span.start : parse.words[inside[-1]].span.end],)

    def _settled(self, parse: _Parse, intent: Intent, named: bool, phrased: bool) -> Intent:
        """Return the intent, now that it is known whether somebody is asked about."""
        if intent != "find":
            return intent
        first = parse.words[0].low if parse.words else ""
        if re.match(
            r"(?:and |so |ok )?who (?:else )?(?:has |have |had |was |is |all )?(?:also |ever |first )?(?:quoted )?(\w+)",
            parse.folded,
        ):
            verb = re.match(
                r"(?:and |so |ok )?who (?:else )?(?:has |have |had |was |is |all )?(?:also |ever |first )?(?:quoted )?(\w+)",
                parse.folded,
            )
            if verb and (verb.group(1) in self._words.speaking or verb.group(1) in self._words.about):
                return "who_said"
        if named and first in ("did", "has", "have", "does", "is", "was"):
            return "verify"
        return "said" if named else "who_said" if phrased and first == "who" else "find"

    # Subject

    def _terms(self, parse: _Parse, intent: Intent) -> tuple[tuple[str, ...], frozenset[str]]:
        analyser, terms, optional = self._library.analyser, list[str](), set[str]()
        for number, word in enumerate(parse.words):
            if (
                number in parse.taken
                or word.low in self._words.asking
                or word.low in self._words.referring
                and word.low != "that"
            ):
                continue
            term = analyser.term(word.low)
            if term is None:
                continue
            if self._library.index.frequency(term) == 0 and (near := self._respelt(parse, number, term)):
                term = near
            if number and parse.words[number - 1].low in ("which", "what") and intent not in ("said", "verify"):
                optional.add(term)
            terms.append(term)
        return tuple(dict.fromkeys(terms))[:_MOST_TERMS], frozenset(optional)

    def _respelt(self, parse: _Parse, number: int, term: str) -> str | None:
        word = parse.words[number]
        if (
            any(mention.first <= number < mention.last for mention in parse.mentions)
            or word.raw[:1].isupper()
            and number
        ):
            return None
        near = nearest_word(term, self._library.index.terms)
        if near is None:
            return None
        parse.corrections.append(Correction(word.raw, near))
        return near

    def _is_content(self, low: str) -> bool:
        return self._library.analyser.term(low) is not None and low not in self._words.asking

    def _topic(self, parse: _Parse, terms: Sequence[str], named: bool) -> str:
        """Return the words of the question that say what about, as they are written."""
        if not terms:
            return ""
        start = parse.boundary + 1 if parse.boundary is not None and named else 0
        kept = [number for number in range(start, len(parse.words)) if number not in parse.taken]
        while kept and not self._is_content(parse.words[kept[-1]].low):
            kept.pop()
        while kept and not (start and kept[0] == start) and not self._is_content(parse.words[kept[0]].low):
            kept.pop(0)
        if not kept:
            return ""
        if kept == list(range(kept[0], kept[-1] + 1)):
            return parse.text[parse.words[kept[0]].span.start : parse.words[kept[-1]].span.end]
        return " ".join(parse.words[number].raw for number in kept)


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(next(group for group in match.groups() if group) for match in _PHRASE.finditer(text))


def _part(name: str, folded: str) -> str:
    """Return the part of a name that a folded word is, as the name writes it."""
    return next((part for part in name.split() if fold(part) == folded), name)


def go_on(question: Question, earlier: Question, words: AnswerWords) -> Question:
    """Return a question read as going on from an earlier one: it keeps what the new one leaves unsaid.

    Filters and subjects carry over, never what was found.
    """
    if not _follows(question, words):
        return question
    intent = question.intent
    if intent == "find" or (intent == "said" and not question.terms):
        intent = (
            earlier.intent
            if earlier.intent not in ("source", "wordings", "about_article", "about_corpus", "judgement")
            else "said"
            if earlier.speakers
            else "find"
        )
    named = bool(question.speakers or question.unknown_names)
    terms = bool(question.terms) and intent not in ("source", "wordings")
    return replace(
        question,
        intent=intent,
        topic=question.topic if terms else earlier.topic,
        terms=question.terms if terms else earlier.terms,
        optional=question.optional
        if terms
        else earlier.optional | (frozenset(earlier.terms) if question.speakers else frozenset()),
        phrases=question.phrases or earlier.phrases,
        speakers=question.speakers if named else earlier.speakers,
        unknown_names=question.unknown_names if named else earlier.unknown_names,
        outlet=question.outlet or earlier.outlet,
        via=question.via or earlier.via,
        dates=question.dates or earlier.dates,
        corrections=(*earlier.corrections, *question.corrections) if not named else question.corrections,
    )


def _follows(question: Question, words: AnswerWords) -> bool:
    low = [token.folded for token in tokens(question.text)]
    if not low or question.intent in ("about_corpus", "judgement"):
        return False
    if question.intent == "source":
        return True
    if any(tuple(low[: len(opening)]) == opening for opening in words.following):
        return True
    refers = any(word in words.referring for word in low) and not question.speakers
    bare = not question.terms and not question.speakers and not question.unknown_names
    return (
        bare
        or (refers and len(question.terms) <= 3)
        or (question.intent in ("wordings", "provenance") and not question.speakers and len(question.terms) <= 1)
    )
