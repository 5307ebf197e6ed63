"""Sayings: what each speaker is quoted with over the whole corpus, and which of these quotes are one utterance.

They are found speaker by speaker; those of a speaker whose quotes are as before are taken over.  That a term has become
a little more or less frequent elsewhere does not part or join what somebody said.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain

from bot.analysis.analyst import Analysis
from bot.analysis.sketch import NEAR_COPY, likeness
from bot.model import Article, Quote, Span, Statement
from bot.search.accounts import Accounts, Words
from bot.statements.grouping import group

_INT = 4  # bytes

Key = tuple[str, str]  # of a quote: the ids of its article and of itself
Speaker = str | None


@dataclass(frozen=True, slots=True)
class Sayings:
    """The quotes of one speaker, in the order of the articles, and the statements that they make.

    `articles` is in how many articles they stand; `reprints` are the quotes that stand so in an earlier copy of their
    article already, each with that one.
    """

    quotes: Sequence[Quote]
    statements: Sequence[Statement]
    articles: int
    reprints: Mapping[Key, Key]

    @property
    def count(self) -> int:
        """How many quotes there are, those of an article that several outlets print counting once."""
        return len(self.quotes) - len(self.reprints)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said in articles: the sayings of every speaker, in the order of their names.

    `analyses` and `quotes_of` are by article; `counted_for` is the speaker of the first copy of a quote, where a later
    one by itself would be somebody else's.
    """

    analyses: Mapping[str, Analysis] = field(default_factory=dict)
    quotes_of: Mapping[str, Sequence[Quote]] = field(default_factory=dict)
    copies: "Copies" = field(default_factory=lambda: Copies(()))
    counted_for: Mapping[Key, Speaker] = field(default_factory=dict)
    sayings: Mapping[Speaker, Sayings] = field(default_factory=dict)
    words: Words = field(default_factory=Words)

    @classmethod
    def of(
        cls,
        analyses: Mapping[str, Analysis],
        quotes_of: Mapping[str, Sequence[Quote]],
        accounts: Accounts,
        before: "Spoken",
        kept: "Kept",
    ) -> "Spoken":
        """Return what is said in articles after what was said in others, or in none; `kept` is used where it can be."""
        copies = Copies(analysis.article for analysis in analyses.values())
        counted_for = copies.counted_for(quotes_of)
        words, earlier = accounts.words, before.words
        found = {}
        for speaker, quotes in _grown(quotes_of, copies, counted_for, before).items():
            old = before.sayings.get(speaker)
            if old is None or old.quotes is not quotes:
                if speaker is None:
                    statements = _together(quotes, map(copies.place, quotes))  # only copies are one
                elif old is not None and _as_before(quotes, words, copies, old.quotes, earlier, before.copies):
                    statements = _together(quotes, _places(old))
                elif (places := kept.places(quotes)) is not None:
                    statements = _together(quotes, places)
                else:
                    statements = _statements(quotes, accounts)
                reprints = dict(_reprints(statements, copies, analyses))
                old = Sayings(quotes, statements, len({quote.article_id for quote in quotes}), reprints)
            found[speaker] = old
        return cls(analyses, quotes_of, copies, counted_for, found, words)


class Kept:
    """The statements of speakers as places: for each quote the number of its statement, in 32 bits.

    They are kept by a hash of the quotes and their articles, of which `keys` tell all that the statements depend on;
    and found again for the same quotes, however the other articles have changed.
    """

    def __init__(self, keys: Mapping[str, bytes], found: Mapping[bytes, bytes]) -> None:
        self._keys, self._found = keys, found

    def places(self, quotes: Sequence[Quote]) -> Sequence[int] | None:
        """Return the places of a speaker's quotes, or None where they are not known."""
        data = self._found.get(self._hash(quotes)) if self._found and len(quotes) > 1 else None
        return array("i", data) if data is not None and len(data) == len(quotes) * _INT else None

    def all_of(self, spoken: Spoken) -> dict[bytes, bytes]:
        """Return what is to be kept of what is said."""
        several = (one for speaker, one in spoken.sayings.items() if speaker is not None and len(one.quotes) > 1)
        return {self._hash(one.quotes): array("i", _places(one)).tobytes() for one in several}

    def _hash(self, quotes: Sequence[Quote]) -> bytes:
        told = b"".join([self._keys[quote.article_id] + quote.id.encode() for quote in quotes])
        return blake2b(told, digest_size=16).digest()


class Copies:
    """Articles of the very same text, by their ids; the first of them is the original."""

    def __init__(self, articles: Iterable[Article]) -> None:
        together: dict[str, list[str]] = defaultdict(list)
        for article in articles:
            together[article.sha256].append(article.id)
        self._together = [names for names in together.values() if len(names) > 1]
        self._text = {name: number for number, names in enumerate(self._together) for name in names}

    def among(self, names: Set[str]) -> set[str]:
        """Return the articles of which one of these is a copy, or that are copies of one."""
        texts = {self._text[name] for name in names & self._text.keys()}
        return {name for text in texts for name in self._together[text]}

    def counted_for(self, quotes_of: Mapping[str, Sequence[Quote]]) -> dict[Key, Speaker]:
        """Return the speaker of the first copy of quotes that would be somebody else's."""
        found = {}
        for names in self._together:
            speakers: dict[tuple[Span, ...], Speaker] = {}
            for quote in chain.from_iterable(quotes_of[name] for name in names):
                first = speakers.setdefault(quote.shown, quote.speaker)
                if first != quote.speaker:
                    found[quote.key] = first
        return found

    def place(self, quote: Quote) -> object:
        """Return what a quote has in common with its copies alone."""
        text = self._text.get(quote.article_id)
        return quote.key if text is None else (text, quote.shown)


def _by_speaker(quotes: Iterable[Iterable[Quote]], counted_for: Mapping[Key, Speaker]) -> dict[Speaker, list[Quote]]:
    """Return the quotes of each speaker, in their order."""
    spoken: dict[Speaker, list[Quote]] = defaultdict(list)
    for quote in chain.from_iterable(quotes):
        spoken[counted_for.get(quote.key, quote.speaker) if counted_for else quote.speaker].append(quote)
    return dict(spoken)


def _in_order(spoken: Mapping[Speaker, Sequence[Quote]]) -> dict[Speaker, Sequence[Quote]]:
    return dict(sorted(spoken.items(), key=lambda one: one[0] or ""))


def _grown(
    quotes_of: Mapping[str, Sequence[Quote]], copies: Copies, counted_for: Mapping[Key, Speaker], before: Spoken
) -> dict[Speaker, Sequence[Quote]]:
    """Return the quotes of each speaker: the very same as before where nothing is told of them that is new."""
    earlier = before.quotes_of
    stayed = [name for name in quotes_of if name in earlier]
    if not stayed or stayed != [name for name in earlier if name in quotes_of]:  # they changed their order
        return _in_order(_by_speaker(quotes_of.values(), counted_for))
    changed = {name for name in quotes_of.keys() | earlier.keys() if quotes_of.get(name) is not earlier.get(name)}
    changed |= copies.among(changed) | before.copies.among(changed)
    gone = _by_speaker((of for name, of in earlier.items() if name in changed), before.counted_for)
    come = _by_speaker((of for name, of in quotes_of.items() if name in changed), counted_for)
    spoken: dict[Speaker, Sequence[Quote]] = {speaker: one.quotes for speaker, one in before.sayings.items()}
    numbers = {name: number for number, name in enumerate(quotes_of)}
    for speaker in gone.keys() | come.keys():
        stay = [quote for quote in spoken.pop(speaker, ()) if quote.article_id not in changed]
        if quotes := sorted([*stay, *come.get(speaker, ())], key=lambda quote: numbers[quote.article_id]):
            spoken[speaker] = quotes
    return _in_order(spoken)


def _together(quotes: Sequence[Quote], places: Iterable[object]) -> tuple[Statement, ...]:
    """Return the statements of quotes: those of one place are one."""
    found: dict[object, list[Quote]] = defaultdict(list)
    for quote, place in zip(quotes, places, strict=True):
        found[place].append(quote)
    return tuple(Statement(of[0].id, tuple(of)) for of in found.values())


def _places(sayings: Sayings) -> list[int]:
    place_of = {quote.key: place for place, one in enumerate(sayings.statements) for quote in one.quotes}
    return [place_of[quote.key] for quote in sayings.quotes]


def _statements(quotes: Sequence[Quote], accounts: Accounts) -> tuple[Statement, ...]:
    if len(quotes) == 1:
        return (Statement(quotes[0].id, tuple(quotes)),)
    return group(quotes, [accounts.words.said(quote) for quote in quotes], accounts.weight, accounts.likely)


def _as_before(
    quotes: Sequence[Quote], words: Words, copies: Copies, others: Sequence[Quote], earlier: Words, before: Copies
) -> bool:
    """Whether quotes, one by one, say what others did, each in the same words of an article."""

    def is_as_before(one: Quote, other: Quote) -> bool:
        if not (one.key == other.key == copies.place(one) == before.place(other)) or one.kind != other.kind:
            return False
        return words.said(one) == earlier.said(other)

    pairs = zip(quotes, others, strict=False)
    return len(quotes) == len(others) and all(one is other or is_as_before(one, other) for one, other in pairs)


def _reprints(
    statements: Iterable[Statement], copies: Copies, analyses: Mapping[str, Analysis]
) -> Iterator[tuple[Key, Key]]:
    """Yield the quotes of copies, and those whose very words a near copy prints, with the first that prints them."""
    for statement in statements:
        printed: list[Quote] = []
        for quote in statement.quotes:
            first = next((other for other in printed if _is_reprint(quote, other, copies, analyses)), None)
            if first is None:
                printed.append(quote)
            else:
                yield quote.key, first.key


def _is_reprint(quote: Quote, other: Quote, copies: Copies, analyses: Mapping[str, Analysis]) -> bool:
    mine, theirs = analyses[quote.article_id], analyses[other.article_id]
    if mine is theirs or _said(quote, mine) != _said(other, theirs):
        return False
    return copies.place(quote) == copies.place(other) or likeness(mine.sketch, theirs.sketch) >= NEAR_COPY


def _said(quote: Quote, analysis: Analysis) -> list[str]:
    return [span.of(analysis.article.text) for span in quote.contents or quote.shown]
