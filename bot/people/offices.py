"""Offices: who had which, and when, as far as the titles tell that articles give people.

A title tells of the day of its article: “NATO Secretary General Mark Rutte” that he has it then, “the former NATO
chief Jens Stoltenberg” that he no longer does.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import chain

from bot.model import DateRange, PartialDate, Tense
from bot.people.gathering import Told
from bot.prose.name_words import NameWords
from bot.text import Words, name_words

_ONE_DAY = timedelta(days=1)
_LONGEST_TITLE = 3  # words
# Who has a title in fewer articles than these, or than this share of those of another, has it by a slip of the pen and
# ends nobody's days in office.  Read on worldnews5: so Tony Blair does not follow Keir Starmer, and Mark Rutte does
# follow Jens Stoltenberg.
_LEAST, _LEAST_SHARE = 3, 0.1
_SLIPS = 0.15  # the share of the articles about somebody in office that may give the title before or after


@dataclass(frozen=True, slots=True)
class Office:
    """A title taken apart: what it is, and the terms of the country or body that it is of."""

    title: Words
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class Attestation:
    """An article of a day gives somebody a title; or the configuration does, for the days that `bounds` says."""

    person: str
    about: frozenset[str]
    tense: Tense
    day: PartialDate | None
    bounds: DateRange | None = None


_Given = dict[Told | None, list[Attestation]]  # by article, or by none for the configuration


@dataclass(frozen=True)
class Offices:
    """Who has which office when.  `of_words` makes folded words into terms, the same for Poland and Polish."""

    _names: NameWords
    _of_words: Callable[[Iterable[str]], Sequence[str]]
    _by_title: Mapping[Words, _Given]
    _read: dict[str, Office | None] = field(default_factory=dict, repr=False)
    _found: dict[tuple[Office, bool], Mapping[str, DateRange]] = field(default_factory=dict, repr=False)
    #: The terms that came with a title in what has come or is gone since the offices that these follow.
    _changed: Mapping[Words, set[frozenset[str]]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        articles: Iterable[Told],
        name_of: Callable[[str], str | None],
        names: NameWords,
        of_words: Callable[[Iterable[str]], Sequence[str]],
    ) -> "Offices":
        """Return the offices that articles and the configuration give people; `name_of` tells whose a name is."""
        by_title: dict[Words, _Given] = defaultdict(dict)
        offices = cls(names, of_words, by_title)
        for known in names.people:
            for tenure in known.tenures:
                if office := offices.read(tenure.title):
                    days = tenure.bounds if tenure.since or tenure.until else None
                    given = by_title[offices.key(office.title)].setdefault(None, [])
                    given.append(Attestation(known.name, office.about, "held", None, days))
        return offices.following(articles, (), name_of)

    def following(self, come: Iterable[Told], gone: Iterable[Told], name_of: Callable[[str], str | None]) -> "Offices":
        """Return the offices when articles have come and others are gone, one that is told otherwise in both."""
        by_title = dict(self._by_title)
        changed: dict[Words, set[frozenset[str]]] = defaultdict(set)
        for article in gone:
            for title in {key for key, _ in self._given(article, lambda name: name)}:
                if title not in changed:
                    by_title[title] = dict(by_title.get(title, {}))
                changed[title] |= {one.about for one in by_title[title].pop(article, ())}
        for article in come:
            for title, one in self._given(article, name_of):
                if title not in changed:
                    by_title[title] = dict(by_title.get(title, {}))
                changed[title].add(one.about)
                by_title[title].setdefault(article, []).append(one)
        offices = Offices(self._names, self._of_words, by_title, self._read, {}, changed)
        offices._found.update((key, found) for key, found in self._found.items() if not offices.may_differ(key[0]))
        return offices

    def may_differ(self, office: Office) -> bool:
        """Whether an office may be others' than in the offices that these follow."""
        return any(
            office.about <= about for title in self._alike(office.title) for about in self._changed.get(title, ())
        )

    def _given(self, article: Told, name_of: Callable[[str], str | None]) -> Iterator[tuple[Words, Attestation]]:
        for one in article.people:
            person = name_of(one.name) if one.titles else None
            for title in sorted(one.titles, key=lambda title: (title.name, title.tense)) if person else ():
                if person and (office := self.read(title.name)):
                    yield self.key(office.title), Attestation(person, office.about, title.tense, article.day)

    def read(self, written: str) -> Office | None:
        """Return a title taken apart: the Polish foreign minister, secretary general of NATO; None for other words."""
        if written not in self._read:
            self._read[written] = self._taken_apart(written)
        return self._read[written]

    def _taken_apart(self, written: str) -> Office | None:
        low = [word for word in name_words(written) if word not in self._names.passing]
        at = _title_in(low, self._names)
        if at is None or low[at[1] - 1] in self._names.honorifics:
            return None
        about = self._of_words(low[: at[0]] + low[at[1] :])
        return Office(tuple(low[slice(*at)]), frozenset(about))

    def is_former(self, folded: Iterable[str]) -> bool:
        """Whether words beside a title say that somebody no longer has it."""
        return not self._names.ended.isdisjoint(folded)

    def is_body(self, low: str) -> bool:
        """Whether articles give titles of what a folded word names: NATO, Britain."""
        return any(self._bodies[term] >= _LEAST for term in self._of_words([low]))

    @cached_property
    def _bodies(self) -> Counter[str]:
        given = chain.from_iterable(chain.from_iterable(of.values()) for of in self._by_title.values())
        return Counter(term for one in given for term in one.about)

    def ever(self, office: Office) -> Iterable[str]:
        """Return who has or had an office."""
        return {*self.bearers(office), *self.bearers(office, former=True)}

    def holders(self, office: Office) -> tuple[Mapping[str, DateRange], Collection[str]]:
        """Return all that tells who has or had an office when."""
        return self.bearers(office), self.bearers(office, former=True).keys()

    def bearers(self, office: Office, *, former: bool = False) -> Mapping[str, DateRange]:
        """Return who has an office, under this or another word for it, each with the days that it can be theirs.

        With `former`, who had it and no longer does.  The days are open where nothing tells of a change.
        """
        key = (office, former)
        if key not in self._found:
            self._found[key] = self._bearers(office, former)
        return self._found[key]

    def holder(self, office: Office, day: PartialDate) -> str | None:
        """Return the one person who had an office on a day, or None where nobody or several may have."""
        admitted = [name for name, days in self.bearers(office).items() if days.admits(day)]
        return admitted[0] if len(admitted) == 1 else None

    def _bearers(self, office: Office, former: bool) -> dict[str, DateRange]:
        given = [
            one
            for title in sorted(self._alike(office.title))
            for one in chain.from_iterable(self._by_title.get(title, {}).values())
            if office.about <= one.about
        ]
        held, ended = _by_person(given, "held"), _by_person(given, "ended")
        if former:
            gone = [name for name, days in self.bearers(office).items() if days.until] if office.about else []
            attested = sorted(ended, key=lambda name: (-len(ended[name]), name))
            return dict.fromkeys((*attested, *gone), DateRange())
        most = max(map(len, held.values()), default=0)
        fixed = {one.person: one.bounds for one in given if one.bounds is not None}
        kept = {name: days for name, days in held.items() if len(days) >= _LEAST_SHARE * most or name in fixed}
        coming = _by_person(given, "coming")
        ranked = sorted(kept, key=lambda name: (-len(kept[name]), name))
        # Presidents of different countries do not follow each other.
        return {
            name: fixed.get(name) or (_bounds(name, kept, ended, coming, fixed) if office.about else DateRange())
            for name in ranked
        }

    def _alike(self, title: Words) -> set[Words]:
        same = self._names.same_titles.get(" ".join(title), frozenset())
        return {self.key(name_words(other)) for other in same} | {self.key(title)}

    def key(self, title: Words) -> Words:
        """Return what a title is found by: the same for a defence and a defense minister."""
        return tuple(self._of_words(title))


def _title_in(low: Sequence[str], names: NameWords) -> tuple[int, int] | None:
    """Return where the title stands: at the end, or before the words that say of what.

    What stands behind those is somebody else's: the spokesman for the prime minister.
    """
    links = [number for number, word in enumerate(low) if word in names.links]
    for end in (len(low), *links):
        for length in range(min(_LONGEST_TITLE, end), 0, -1):
            start = end - length
            if tuple(low[start:end]) in names.titles and not any(link < start for link in links):
                return start, end
    return None


def _by_person(given: Iterable[Attestation], tense: Tense) -> dict[str, list[PartialDate | None]]:
    found: dict[str, list[PartialDate | None]] = defaultdict(list)
    for one in given:
        if one.tense == tense:
            found[one.person].append(one.day)
    return dict(found)


_Days = Mapping[str, Sequence[PartialDate | None]]


def _bounds(name: str, held: _Days, ended: _Days, coming: _Days, fixed: Mapping[str, DateRange]) -> DateRange:
    """Return the days between which somebody can have had an office: not while others had it before and after them."""
    mine = _dated(held[name])
    if not mine:
        return DateRange()
    before = [day for day in _dated(coming.get(name, ())) if day < mine[0]]
    after = [day for day in _dated(ended.get(name, ())) if day > mine[-1]]
    before += [days.until for days in fixed.values() if days.until and days.until < mine[0]]
    after += [days.since for days in fixed.values() if days.since and days.since > mine[-1]]
    for other in held.keys() - {name} - fixed.keys():
        theirs = _dated(held[other])
        if len(theirs) >= max(_LEAST, _LEAST_SHARE * len(mine)):
            before += _handover(theirs, mine)[:1]
            after += _handover(mine, theirs)[1:]
    return DateRange(max(before) + _ONE_DAY if before else None, min(after) - _ONE_DAY if after else None)


def _dated(days: Iterable[PartialDate | None]) -> list[date]:
    return sorted(day.first for day in days if day is not None)


def _handover(one: Sequence[date], other: Sequence[date]) -> tuple[date, ...]:
    """Return the last day of the one and the first day of the other who follows, or nothing where neither does."""
    best: tuple[int, date] | None = None
    for begins in other:
        too_late, too_early = len(one) - bisect_left(one, begins), bisect_left(other, begins)
        if too_late <= _SLIPS * len(one) and too_early <= _SLIPS * len(other):
            best = min(best or (too_late + too_early, begins), (too_late + too_early, begins))
    return (one[bisect_left(one, best[1]) - 1], best[1]) if best else ()
