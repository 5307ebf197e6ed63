"""Reading a question: who is asked about, about what, and which outlet, relay or days it is limited to."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.model import Correction, DateRange, Intent, Question, Without
from bot.question import languages
from bot.question.dates.limits import DateReader
from bot.question.names import NameFinder
from bot.question.parse import Mention, Parse, clean
from bot.question.speakers import Asked, SpeakerFinder
from bot.question.spelling import nearest_asking, nearest_word
from bot.question.words import QuestionWords
from bot.search.library import Library

_MOST_BEARERS = 3  # of a title that several people have
_MOST_TERMS = 64  # of a question as long as an article, the first distinct terms are searched
#: Questions about the articles or about nothing at all have no speaker.
_WITHOUT_SPEAKER = frozenset({"about_corpus", "mentions", "judgement", "who_is", "about_article"})


class QuestionReader:
    """Reads questions about one library.  `today` is what “last week” counts from."""

    def __init__(self, library: Library, words: QuestionWords, today: date) -> None:
        self._library, self._words = library, words
        # A question in another language of the articles is read for its words.
        self._in_articles = {language.name: language.code for language in library.facts.others}
        self._names = NameFinder(library, words)
        self._speakers = SpeakerFinder(self._names, words)
        self._dates = DateReader(words.dates, library.days, today)

    def read(self, text: str) -> Question:
        """Return what a question asks for by its own words alone."""
        reading = languages.read(clean(text), self._words, self._names.known)
        small = self._words.others.get(reading.language, frozenset())
        parse = Parse.of(reading.text, reading.original, small)
        self._mend(parse)
        self._names.find(parse)
        parse.read_phrases(self._words.determiners)
        days = self._dates.read(parse.without_names())
        parse.take_spans(days.spans)
        intent = self._intent(parse)
        outlets, via, without = self._media(parse, intent)
        asked = self._in_office(self._asked(parse, intent), parse, days.limit)
        left_out = self._subject_left_out(parse)
        intent = self._settled(parse, intent, bool(asked.speakers or asked.unknown))
        terms, optional = self._terms(parse, intent, asked)
        described = () if asked.speakers or asked.unknown else self._speakers.described(parse)
        return Question(
            text=text,
            intent=intent,
            topic=self._topic(parse, asked, described) if terms else "",
            terms=terms,
            described=parse.written(described),
            sources=tuple(self._library.analyser.of_words([parse.low(number) for number in described])),
            forms=self._forms(parse, terms),
            optional=optional,
            phrases=tuple(parse.phrases),
            speakers=asked.speakers,
            unknown_names=asked.unknown,
            in_office={name: parse.in_office[name] for name in asked.speakers if name in parse.in_office},
            outlets=outlets,
            via=via,
            dates=days.limit,
            without=replace(without, speakers=asked.excluded, dates=days.without, terms=left_out),
            corrections=tuple(parse.corrections),
            unread=reading.unread,
            language=self._in_articles.get(reading.language, reading.language),
        )

    def _mend(self, parse: Parse) -> None:
        """Read misspelt words that questions are asked with as what they stand for: what did X say *abuot* Y."""
        for number, word in enumerate(parse.words):
            unknown = not word.capital and self._names.is_unknown(parse, number)
            if unknown and (near := nearest_asking(word.low, self._words.all_asking)):
                parse.words[number] = replace(word, low=near)
                parse.corrections.append(Correction(word.raw, near))

    def _intent(self, parse: Parse) -> Intent:
        return next((name for name, pattern in self._words.intents if pattern.search(parse.folded)), "find")

    # Filters and speakers

    def _media(self, parse: Parse, intent: Intent) -> tuple[tuple[str, ...], str | None, Without]:
        """Return the outlets and the relay that a question is limited to, and those that it leaves out."""
        outlets: list[str] = []
        relays: list[str] = []
        outlets_out: list[str] = []
        relays_out: list[str] = []
        for mention in parse.mentions:
            printed, relayed = mention.of_kind("outlet"), mention.of_kind("relay")
            if (printed is None and relayed is None) or self._is_subject(parse, mention.first):
                continue
            if printed is None and mention.of_kind("organisation") and self._speakers.says(parse, mention):
                continue  # what did the UN say
            before = parse.low_before(mention.first, self._words.determiners)
            if printed is None and (before in self._words.beside_relays or self._is_place(parse, mention)):
                continue  # what did X say at the UN, about the BBC; missiles to Ukraine
            begins = self._speakers.exclusion(parse, mention.first, None)
            if printed is not None:
                (outlets if begins is None else outlets_out).append(printed.name)
            elif relayed is not None and (begins is not None or intent not in ("when", "how_many")):
                (relays if begins is None else relays_out).append(relayed.name)
            else:
                continue
            parse.take(range(mention.first if begins is None else begins, mention.last))
        left_out = Without(outlets=_distinct(outlets_out), relays=_distinct(relays_out))
        return _distinct(outlets), next(iter(relays), None), left_out

    def _is_place(self, parse: Parse, mention: Mention) -> bool:
        """Whether a mention is a country or a capital, which articles may have told of as if it were a medium."""
        same = self._library.analyser.same
        low = parse.low(mention.first)
        return mention.last - mention.first == 1 and (low in same or low in same.values())

    def _subject_left_out(self, parse: Parse) -> tuple[str, ...]:
        """Return the terms of what is not to be about: those behind “not about”, up to the next such word."""
        terms: list[str] = []
        for number in range(1, len(parse.words)):
            if parse.low(number) not in self._words.about or (parse.low(number - 1),) not in self._words.excluding:
                continue
            for behind in range(number + 1, len(parse.words)):
                if behind in parse.taken or parse.low(behind) in self._words.about:
                    break
                term = self._library.analyser.term(parse.low(behind))
                if term is not None and self._is_content(parse.low(behind)):
                    parse.take(range(number - 1, behind + 1))
                    terms.append(term)
        return _distinct(terms)

    def _is_subject(self, parse: Parse, first: int) -> bool:
        """Whether an outlet is what is asked about, not where to look: “what did X say about MSNBC”."""
        before = parse.low_before(first, self._words.determiners)
        return before in ("about", "of", "regarding", "concerning") and bool(self._speakers.speaking_word(parse))

    def _asked(self, parse: Parse, intent: Intent) -> Asked:
        if intent == "who_is":
            return self._introduced(parse)
        if intent in _WITHOUT_SPEAKER:
            return Asked()
        found = self._speakers.find(parse)
        if parse.phrases and parse.asks_whose:
            # Whoever is named in the words that are quoted need not be who said them.
            return Asked(excluded=found.excluded)
        return found

    def _in_office(self, asked: Asked, parse: Parse, dates: DateRange | None) -> Asked:
        """Return whom a title stands for on the days that are asked about, the best known ones."""
        found = [name for name in asked.speakers if name in parse.in_office]
        then = [name for name in found if parse.in_office[name].bounds.meets(dates or DateRange())]
        meant = (then or found)[:_MOST_BEARERS]
        return replace(asked, speakers=tuple(name for name in asked.speakers if name not in found or name in meant))

    def _introduced(self, parse: Parse) -> Asked:
        """Return whom “who is …” asks about; an office that nobody bears is a name that nobody knows."""
        mentions = [mention for mention in parse.mentions if not mention.named or mention.of_kind("person")]
        bearers = [one.name for mention in mentions for one in mention.named if one.kind == "person"]
        if bearers:
            return Asked(speakers=tuple(dict.fromkeys(bearers)))
        vacant = tuple(parse.written(range(mention.first, mention.last)) for mention in mentions)
        return Asked(unknown=vacant or self._speakers.unknown_subject(parse))

    def _settled(self, parse: Parse, intent: Intent, named: bool) -> Intent:
        """Return the intent, now that it is known whether somebody is asked about."""
        if intent == "how_often" and not named:
            return "how_many"
        if intent != "find":
            return intent
        who = self._words.who_did.match(parse.folded)
        if who and (who.group(1) in self._words.speaking or who.group(1) in self._words.about):
            return "who_said"
        first = parse.low(0)
        if named:
            return "verify" if first in self._words.auxiliary else "said"
        return "who_said" if parse.phrases and first == "who" else "find"

    # Subject

    def _terms(self, parse: Parse, intent: Intent, asked: Asked) -> tuple[tuple[str, ...], frozenset[str]]:
        """Return the terms to search for, and those among them that an answer need not hold."""
        terms: list[str] = []
        required: set[str] = set()
        read: dict[str, str] = {}
        for number in self._content(parse, asked):
            term = self._library.analyser.term(parse.low(number))
            assert term is not None
            if term not in read:
                known = self._library.holds((term, *self._forms_of(parse, number)))
                if not known and (parse.low(number) in parse.small or self._library.is_small(parse.words[number].raw)):
                    continue
                read[term] = term if known else self._respelt(parse, number, term) or term
            term = read[term]
            terms.append(term)
            if not self._is_beside_the_point(parse, number, intent, asked):
                required.add(term)
        return tuple(dict.fromkeys(terms))[:_MOST_TERMS], frozenset(terms) - required

    def _forms(self, parse: Parse, terms: Sequence[str]) -> dict[str, frozenset[str]]:
        """Return what the words of terms are in the other languages of the articles."""
        found: dict[str, frozenset[str]] = {}
        for number in range(len(parse.words) if self._library.facts.others else 0):
            term = self._library.analyser.term(parse.low(number))
            if term is not None and term in terms:
                found[term] = found.get(term, frozenset()) | self._forms_of(parse, number)
        return found

    def _forms_of(self, parse: Parse, number: int) -> frozenset[str]:
        word = parse.words[number]
        written = (word.raw, *parse.original.get(word.low, ()))
        return frozenset().union(*map(self._library.forms, written))

    def _content(self, parse: Parse, asked: Asked) -> list[int]:
        """Return the numbers of the words that say what a question is about.

        Words that questions are asked with say it only where nothing else stands behind “about”: “about the article”.
        """
        free = [number for number in range(len(parse.words)) if number not in parse.taken]
        found = [number for number in free if self._is_content_at(parse, number)]
        if not found and asked.speakers and asked.boundary is not None:
            behind = [number for number in free if number > asked.boundary]
            found = [number for number in behind if self._library.analyser.term(parse.low(number)) is not None]
        return found

    def _is_beside_the_point(self, parse: Parse, number: int, intent: Intent, asked: Asked) -> bool:
        """Whether an answer need not hold a word.

        Such are the *countries* of “which countries”, what stands before “about” (*publicly*), and the given name of
        somebody whom a text may call by the surname alone.
        """
        if parse.low(number - 1) in ("which", "what") and intent not in ("said", "verify"):
            return True
        named = bool(asked.speakers or asked.unknown)
        claim = intent == "verify"
        if named and not claim and asked.boundary is not None and number < asked.boundary < len(parse.words) - 1:
            return True
        if named and parse.low(number).endswith("ly"):
            return True
        return any(
            mention.first <= number < mention.last - 1
            and self._names.is_mostly_a_name(parse.low(number), mention.named)  # not the *hurricane* of Hurricane Ann
            for mention in parse.mentions
            if mention.of_kind("person")
        )

    def _respelt(self, parse: Parse, number: int, term: str) -> str | None:
        """Return the term of the index that a word is misspelt for; a name is left as it is."""
        word = parse.words[number]
        if parse.in_mention(number) or (word.capital and number):
            return None
        near = nearest_word(term, self._library.index.terms)
        if near is not None:
            parse.corrections.append(Correction(word.raw, self._library.as_printed(near)))
        return near

    def _topic(self, parse: Parse, asked: Asked, described: Sequence[int]) -> str:
        """Return the words of the question that say what about, as they are written."""
        named = bool(asked.speakers or asked.unknown or described)
        start = asked.boundary + 1 if asked.boundary is not None and named else 0
        kept = [number for number in range(start, len(parse.words)) if number not in {*parse.taken, *described}]
        while kept and not self._is_content_at(parse, kept[-1]):
            kept.pop()
        while kept and not (start and kept[0] == start) and not self._is_content_at(parse, kept[0]):
            kept.pop(0)
        return parse.written(kept)

    def _is_content_at(self, parse: Parse, number: int) -> bool:
        """Whether a word says what is asked about, by itself or with the one beside it: climate *change*."""
        pairs = parse.lows(max(0, number - 1), 2 if number else 0), parse.lows(number, 2)
        return self._is_content(parse.low(number)) or any(pair in self._words.compounds for pair in pairs)

    def _is_content(self, low: str) -> bool:
        asking = low in self._words.asking or low in self._words.referring
        return self._library.analyser.term(low) is not None and not asking


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
