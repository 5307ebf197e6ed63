"""The register: everybody whom a corpus names in full, and whom a name or a title in one of its articles stands for.

A surname alone is whoever the article names in full, else the one person of the corpus who bears it; where several
do, a title in the article can tell.  Otherwise it stays what it is: better a surname than somebody else's name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.model import PartialDate, Title
from bot.people.gathering import Gathered, Told
from bot.people.offices import Office, Offices
from bot.people.spelling import Comparer, sound
from bot.prose.name_words import NameWords
from bot.text import fold, name_words, skeleton, tokens

# How sure it is that whom a name or a title is linked to is meant; below the answers' line it is shown as probable.
# On worldnews5 and PolNeAR 154 links of a surname alone to whoever bears it in ten articles or more were read: 4 were
# wrong.  Of those to whoever bears it in fewer, every other one was.
_SURE = {"named": 1.0, "only bearer": 0.95, "titled": 0.95, "best known": 0.7, "in office": 0.6, "nobody": 0.9}
_KNOWN = 10  # articles that name somebody in full, for another to mean them by the surname alone
_DOMINANT = 0.9  # the share of the articles that name anybody of a surname
_FEWEST_ARTICLES = 5  # that make a name in full with a title somebody's, if nothing in the name does


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one article as the register knows them; `called` are the titles given to a surname alone."""

    names: frozenset[str]
    surnames: frozenset[str]  # as they sound
    called: Mapping[str, frozenset[Title]]
    day: PartialDate | None
    text: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the links of an article rest on: surnames, as they sound, and offices."""

    surnames: frozenset[str]
    offices: frozenset[Office]


class Register:
    """Who is who.  `people` are those that the articles name, in the order of their names; `offices` who had which."""

    def __init__(
        self,
        articles: Iterable[Told],
        names: NameWords,
        of_words: Callable[[Iterable[str]], Sequence[str]],
        before: "Register | None" = None,
    ) -> None:
        """`before` is a register by the same names, of which is taken over what has not changed."""
        self.told = tuple(articles)
        self._names, self._comparer = names, Comparer(names)
        self._gathered: Gathered = Gathered(self.told, names, self._comparer, before._gathered if before else None)
        self.people = self._gathered.people
        self._by_name = {person.name: person for person in self.people}
        self.offices = self._offices(of_words, before)
        self._bearers = self._by_surname()
        self._ends_of_outlets = {name[-1] for name in names.outlets}

    def cast(self, told: Told, speakers: Iterable[str] = ()) -> Cast:
        """Return the people of one article as the register knows them; `speakers` are the names of who speaks in it."""
        known = (self._gathered.name(spelling) for one in told.people for spelling in one.spellings)
        called = {sound(fold(one.name)): one.titles for one in told.people if self._gathered.form(one.name) is None}
        # “Says Trump” has no title, and is no other Trump.
        surnames = [
            form.surname
            for one in told.people
            if (form := self._gathered.form(one.name)) and (one.titles or one.pronoun or len(form.given) > 1)
        ]
        named = (speaker for speaker in speakers if all(word[:1].isupper() for word in speaker.split()))
        surnames += [form.surname for form in map(self._gathered.form, named) if form]
        names = frozenset(name for name in known if name is not None)
        return Cast(names, frozenset(surnames), called, told.day, told.text)

    def _offices(self, of_words: Callable[[Iterable[str]], Sequence[str]], before: "Register | None") -> Offices:
        if before is None:
            return Offices.of(self.told, self._gathered.name, self._names, of_words)
        again = self._gathered.renaming(before._gathered)
        come, gone = [*self._gathered.come, *again], [*self._gathered.gone, *again]
        return before.offices.following(come, gone, self._gathered.name)

    def grounds(self, written: Iterable[str], told: Told) -> Grounds:
        """Return by what the register tells whom an article means by names and titles, and perhaps by more."""
        spellings = {*written, *(spelling for one in told.people for spelling in (one.name, *one.spellings))}
        forms = filter(None, map(self._gathered.form, spellings))
        sounds = {sound(low) for name in spellings for low in name_words(name)} | {form.surname for form in forms}
        titles = {*written, *(title.name for one in told.people for title in one.titles)}
        return Grounds(frozenset(sounds), frozenset(filter(None, map(self.offices.read, titles))))

    def changes(self, before: "Register") -> Callable[[Grounds], bool]:
        """Return what tells whether on some grounds the register that this one follows may have linked otherwise."""
        surnames = {*self._bearers, *before._bearers, *self._gathered.surnames_changed}
        sounds = {surname for surname in surnames if self._differs(surname, before)}
        same: dict[Office, bool] = {}

        def changed(grounds: Grounds) -> bool:
            for office in grounds.offices:
                if office not in same:
                    may = self.offices.may_differ(office)
                    same[office] = not may or self.offices.holders(office) == before.offices.holders(office)
            return not (sounds.isdisjoint(grounds.surnames) and all(same[office] for office in grounds.offices))

        return changed

    def _differs(self, surname: str, before: "Register") -> bool:
        """Whether of anybody who bears a surname something is known that was not, or no longer."""
        mine, theirs = self._gathered.family(surname), before._gathered.family(surname)
        bearers = self._bearers.get(surname, ())
        if bearers != before._bearers.get(surname, ()):
            return True
        if mine is not theirs and (
            mine is None or theirs is None or (mine.name_of, mine.near) != (theirs.name_of, theirs.near)
        ):
            return True
        people = [(self._by_name[name], before._by_name[name]) for name in bearers]
        if all(one is other for one, other in people):
            return False
        spelt = all(one.spellings.keys() == other.spellings.keys() for one, other in people)
        return not spelt or self._dominant(bearers) != before._dominant(bearers)

    def link(self, written: str, cast: Cast) -> tuple[str, float]:
        """Return the name of whom an article means by a name or a title, and how sure that is.

        What stands for nobody in particular is returned as it is written.
        """
        name = self._gathered.name(written)
        if name is not None:
            meant = self._gathered.near_of(written) & cast.names
            return (next(iter(meant)) if len(meant) == 1 else name), _SURE["named"]
        key = name_words(written)
        if len(key) == 1 and written[:1].isupper() and not written.isupper():
            return self._by_surname_alone(written, key[0], cast)
        return self._by_office(written, cast)

    def _by_surname_alone(self, written: str, low: str, cast: Cast) -> tuple[str, float]:
        if low in self._names.no_person or low in self._names.roles or low in self._ends_of_outlets:
            return written, 1.0
        bearers = self._bearers.get(sound(low), ())
        present = [name for name in bearers if name in cast.names or self._is_in(name, cast.text)]
        if not present and sound(low) in cast.surnames:
            return written, _SURE["nobody"]  # somebody whom the register does not know well enough
        titles = cast.called.get(sound(low), frozenset())
        for names, sure in (
            (present, "named"),
            ([name for name in present or bearers if self._fits(name, titles)], "titled"),
            ([] if present else self._best_known(bearers, low), "only bearer" if len(bearers) == 1 else "best known"),
        ):
            if len(names) == 1:
                return names[0], _SURE[sure]
        return written, _SURE["nobody"] if bearers else 1.0

    def _is_in(self, name: str, text: str) -> bool:
        """Whether a text names somebody in full, be it inside a title or a quotation: “The Rachel Maddow Show”."""
        return any(spelling in text for spelling in self._by_name[name].spellings)

    def _best_known(self, bearers: Sequence[str], surname: str) -> list[str]:
        """Return whom nearly all articles mean that name a bearer of a surname, which is theirs as it is written."""
        best = [] if self._comparer.is_given(surname) else self._dominant(bearers)
        return [name for name in best if skeleton((surname,)) == skeleton(name_words(name)[-1:])]

    def _dominant(self, bearers: Sequence[str]) -> list[str]:
        articles = {name: self._by_name[name].articles for name in bearers}
        fewest = max(_KNOWN, _DOMINANT * sum(articles.values()))
        return [name for name in bearers if articles[name] >= fewest]

    def _fits(self, name: str, titles: frozenset[Title]) -> bool:
        """Whether somebody has one of the offices that an article gives to a surname alone: President Obama."""
        offices = [office for title in titles if (office := self.offices.read(title.name))]
        return any(name in self.offices.ever(office) for office in offices)

    def _by_office(self, written: str, cast: Cast) -> tuple[str, float]:
        """Return who had an office on the day of the article, if one person has it at a time and it says of what."""
        office = self.offices.read(written) if cast.day is not None else None
        if cast.day is not None and office is not None and self._is_sole(office, written):
            holder = self.offices.holder(office, cast.day)
            if holder is not None:
                return holder, _SURE["in office"]
        return written, 1.0

    def _is_sole(self, office: Office, written: str) -> bool:
        """Whether a title is of one country or body, by its name, and one person's alone: Poland's prime minister."""
        rest = {token.folded: token.span.of(written) for token in tokens(written) if token.folded not in office.title}
        return (
            office.title in self._names.sole
            and any(raw[:1].isupper() for low, raw in rest.items() if low not in self._names.roles)
            and not any(map(self._is_idle, rest))
        )

    def _is_idle(self, low: str) -> bool:
        """Whether a word beside a title is part of a name, or says that somebody no longer has it."""
        of_name = self._comparer.is_given(low) or sound(low) in self._bearers
        return of_name or low in self._names.passing - self._names.articles or low in self._names.honorifics

    def _by_surname(self) -> dict[str, tuple[str, ...]]:
        bearers: dict[str, set[str]] = defaultdict(set)
        for person in self.people:
            for spelling in person.spellings:
                form = self._gathered.form(spelling)
                known = person.tenures and person.articles >= _FEWEST_ARTICLES
                if form is not None and (known or self._comparer.is_given(form.first)):
                    bearers[form.surname].add(person.name)
                first = spelling.split()[0]
                own = person.name.startswith(first) and first.isalpha()  # not Meets Taylor Swift, Hamas-run Gaza
                if form is not None and own and not self._comparer.is_given(form.first):
                    bearers[sound(form.first)].add(person.name)  # it may come first: Tsai Ing-wen
        return {surname: tuple(sorted(found)) for surname, found in bearers.items()}
