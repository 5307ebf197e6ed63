"""The names in a question: people by full name, surname, title or a near spelling; organisations and media."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.model import Correction, Tenure
from bot.people.offices import Office
from bot.question.parse import Mention, Parse
from bot.question.spelling import nearest_name
from bot.question.words import QuestionWords
from bot.search.library import Library
from bot.search.names import Named, Words
from bot.text import skeleton, tokens, words

_LONGEST_TITLE = 3  # words
_RARELY_A_NAME = 4  # times as many articles hold the word as name somebody who bears it
_BEFORE_TITLE = 3  # words of a country or a body in front of a title


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds the names of one library in questions."""

    library: Library
    words: QuestionWords

    def find(self, parse: Parse) -> None:
        """Put the names of a question into its mentions, and the spellings that were mended into its corrections."""
        number = 0
        while number < len(parse.words):
            mention = (
                self._named_in_full(parse, number)
                or self._titled(parse, number)
                or self._named(parse, number)
                or self._spelt_otherwise(parse, number)
                or self._misspelt(parse, number)
            )
            if mention is None:
                number += 1
            else:
                parse.mentions.append(mention)
                number = mention.last

    def known(self, latin: str) -> str | None:
        """Return the name in the library that a word in Latin letters is, or is a spelling of, or None."""
        key = tuple(token.folded for token in tokens(latin))
        if not key:
            return None  # its letters have no Latin ones
        names = self.library.names
        if key in names.entries:
            return latin if latin[:1].isupper() else latin.capitalize()
        near = names.by_skeleton.get(skeleton(key)) or nearest_name(key, names, ("person", "outlet", "relay"))
        return " ".join(word.capitalize() for word in near) if near else None

    def is_unknown(self, parse: Parse, number: int) -> bool:
        """Whether no article holds a word, and it is none that questions are asked with."""
        low = parse.low(number)
        if not low.replace("'", "").isalpha() or self.words.is_asking(low) or low in self.words.auxiliary:
            return False
        term = self.library.analyser.term(low)
        return term is not None and not self.library.holds((term, *self.library.forms(parse.words[number].raw)))

    # A name as it is known

    def _named(self, parse: Parse, number: int) -> Mention | None:
        if parse.low(number) in self.words.determiners:
            return None
        names = self.library.names
        found = names.at(parse.lows(number, names.longest), 0) or self._by_same_word(parse, number)
        if found is None:
            return self._known_medium(parse, number)
        length, named = found
        if length > 1 and self.words.is_asking(parse.low(number + length - 1)):  # what did *the BBC* report
            length, named = names.at(parse.lows(number, length - 1), 0) or found
        if length == 1 and self._is_plain_word(parse, number, named):
            return None
        if relative := self._relative_of(parse, number, number + length):
            return relative
        people = tuple(one for one in named if one.kind == "person")
        if length > 1 or not people:
            return Mention(number, number + length, named)
        return self._of_given_name(parse, number, named, people)

    def _named_in_full(self, parse: Parse, number: int) -> Mention | None:
        """Return somebody by a given name and a surname that is also a title: Amy Pope."""
        found = self.library.names.at(parse.lows(number, self.library.names.longest), 0)
        if found is None or found[0] < 2:
            return None
        if found[1][0].kind != "person" and not (found[0] == 2 and parse.low(number) in self.words.given):
            return None
        mention = Mention(number, number + found[0], found[1])
        return mention if (parse.low(mention.last - 1),) in self.words.titles else None

    def _by_same_word(self, parse: Parse, number: int) -> tuple[int, tuple[Named, ...]] | None:
        """Return the organisation that another word for the same names: Britain for the U.K."""
        same = self.library.analyser.same.get(parse.low(number), "")
        found = self.library.names.entries.get((same,)) if parse.words[number].capital else None
        return (1, found) if found and all(one.kind == "organisation" for one in found) else None

    def _relative_of(self, parse: Parse, first: int, last: int) -> Mention | None:
        """Return the mention of somebody who is told by a name, and is not its bearer: Putin's spokesman."""
        if parse.words[last - 1].possessive and (parse.low(last),) in self.words.titles | self.words.relatives:
            return Mention(first, last + 1, ())
        if parse.low(first - 1) == "of" and (parse.low(first - 2),) in self.words.relatives:
            return Mention(first, last, ())
        return None

    def _known_medium(self, parse: Parse, number: int) -> Mention | None:
        """Return an outlet that everybody knows but no article is from."""
        if not parse.words[number].capital:
            return None
        for length in (3, 2, 1) if self.is_unknown(parse, number) else (3, 2):
            written = parse.lows(number, length)
            if len(written) == length and (name := self.words.media.get(written)):
                return Mention(number, number + length, (Named("outlet", name),))
        return None

    def _is_plain_word(self, parse: Parse, number: int, named: tuple[Named, ...]) -> bool:
        """Whether a word that is also somebody's name is only a word here: “may”, “post”, “time”."""
        word = parse.words[number]
        common = (
            word.low in self.library.analyser.stop
            or word.low in self.words.asking
            or word.low in self.words.months
            or (named[0].kind == "person" and not self.is_mostly_a_name(word.low, named))
        )
        if word.capital:
            return common and number == 0
        cased = any(other.capital for other in parse.words[1:])
        short = len(word.low) < 4 and not named[0].name.isupper()  # but: the *icj*
        return common or short or (cased and named[0].kind == "relay")

    def is_mostly_a_name(self, low: str, people: tuple[Named, ...]) -> bool:
        """Whether enough of the articles that hold a word name one of these people: “long” is not Jessica Long."""
        term = self.library.analyser.term(low)
        holding = self.library.article_index.frequency(term) if term else 0
        naming = sum(self.library.articles_naming.get(one.name, 0) for one in people)
        return naming * _RARELY_A_NAME >= holding

    def _of_given_name(
        self, parse: Parse, number: int, named: tuple[Named, ...], people: tuple[Named, ...]
    ) -> Mention | None:
        """Return the bearer of a surname; None where a given name before it says that somebody else is meant."""
        given = self._given_name(parse, number - 1)
        if given is None or all(" " not in one.name for one in people):
            return Mention(number, number + 1, named)
        fitting = tuple(one for one in people if any(_is_part(given, part) for part in words(one.name)[:-1]))
        return Mention(number, number + 1, fitting) if fitting else None

    def _given_name(self, parse: Parse, number: int) -> str | None:
        """Return the given name or the initial that stands before a surname; None where neither does."""
        low = parse.low(number)
        if not low or self.words.is_asking(low) or low in self.words.auxiliary or low in self.words.determiners:
            return None
        word = parse.words[number]
        if (low,) in self.words.titles or low in self.library.analyser.stop or word.possessive:
            return None
        if len(low) == 1:
            return self._given_name(parse, number - 1) or low
        if parse.text[word.span.end : parse.words[number + 1].span.start] != " ":
            return None  # Stoltenberg, Sikorski
        cased = any(other.capital for other in parse.words[1:])
        is_given = low in self.library.names.given and (word.capital or not cased)
        country = low in self.library.analyser.same
        return low if is_given or (number and word.capital and not country) else None

    # A title that stands for a name

    def _titled(self, parse: Parse, number: int) -> Mention | None:
        """Return the bearers of a title that is used for a name: “the Polish foreign minister”."""
        for start in range(number, number + _BEFORE_TITLE + 1):
            for length in range(_LONGEST_TITLE, 0, -1):
                title = parse.lows(start, length)
                if len(title) == length and title in self.words.titles:
                    before = range(number, start)
                    qualified = all(self._can_qualify(parse.low(one)) for one in before) or (
                        all(parse.words[one].capital for one in before) and self._names_somebody(parse, start + length)
                    )
                    return self._bearers_of(parse, number, start, title) if qualified else None
        return None

    def _names_somebody(self, parse: Parse, number: int) -> bool:
        """Whether a name stands behind a title, whatever stands before that: *Telegram* founder Durov."""
        named = self._name_behind(parse, number)
        return named is not None and named.of_kind("person") is not None

    def _can_qualify(self, low: str) -> bool:
        """Whether a word can say of which country or body a title is."""
        return not (
            self.library.analyser.term(low) is None
            or (
                any(one.kind == "person" for one in self.library.names.entries.get((low,), ()))
                and not self.library.offices.is_body(low)
            )
            or self.words.is_asking(low)
            or low in self.words.determiners
            or low in self.words.auxiliary
        )

    def _bearers_of(self, parse: Parse, first: int, start: int, title: tuple[str, ...]) -> Mention | None:
        end, about = start + len(title), list(parse.lows(first, start - first))
        named = self._name_behind(parse, end)
        if named is not None:
            return Mention(first, named.last, named.named)  # Polish FM Sikorski; President Macron is nobody known
        if parse.low(end) in ("of", "for"):
            of = end + 1 + (parse.low(end + 1) in self.words.determiners)
            if self._can_qualify(parse.low(of)):
                about.append(parse.low(of))
                end = of + 1
            elif (parse.low(of),) in self.library.names.entries:
                return Mention(first, of + 1, ())  # the mayor of what only has a name
        # Without a bearer it is still a mention: the British foreign minister is no other minister.
        bearers = self._bearers(parse.written(range(first, end)), title, about)
        parse.in_office |= bearers
        quoted_so = self.library.names.entries.get(parse.lows(first, end - first), ())
        return Mention(first, end, tuple(Named("person", name) for name in bearers) or quoted_so)

    def _name_behind(self, parse: Parse, number: int) -> Mention | None:
        """Return the name that a title stands before; one that nobody knows is the name of nobody."""
        if number >= len(parse.words):
            return None
        found = self._named(parse, number) or self._spelt_otherwise(parse, number) or self._misspelt(parse, number)
        if found is not None and any(one.kind == "person" for one in found.named):
            return found
        last = number
        while last < len(parse.words) and parse.words[last].capital and not self.words.is_asking(parse.low(last)):
            last += 1
        unknown = last > number and all(self.is_unknown(parse, one) for one in range(number, last))
        return Mention(number, last, ()) if unknown else None

    def _terms(self, folded: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.library.analyser.of_words(folded))

    def _bearers(self, written: str, title: tuple[str, ...], about: Sequence[str]) -> dict[str, Tenure]:
        """Return who bears a title, of the country or body that is given, if one is, and when."""
        offices = self.library.offices
        office = Office(title, frozenset(self._terms(about)) - frozenset(self._terms(self.words.passing)))
        found = offices.bearers(office, former=offices.is_former(about))
        known = {person.name for person in self.library.people}
        tenures = {
            name: Tenure(written, since=days.since, until=days.until) for name, days in found.items() if name in known
        }
        return {name: one for name, one in tenures.items() if name in self.library.quotes_by} or tenures

    # A name that is spelt otherwise

    def _spelt_otherwise(self, parse: Parse, number: int) -> Mention | None:
        """Return the name that another spelling of its sounds stands for: Sikorsky, Zelenskyy."""
        for length in (3, 2, 1):
            written = parse.lows(number, length)
            key = self.library.names.by_skeleton.get(skeleton(written))
            # A name as it is known but passed over before is somebody else's: Anna Stoltenberg.
            if key is None or key == written or len(written) < length or written[0] in self.words.determiners:
                continue
            if not any(self.words.is_asking(low) for low in written):
                return self._corrected(parse, number, length, key)
        return None

    def _corrected(self, parse: Parse, number: int, length: int, key: Words) -> Mention:
        named = self.library.names.entries[key]
        shown = next((part for part in named[0].name.split() if words(part) == key), named[0].name)
        for at, low in enumerate(key if len(key) == length else (), number):
            if self.is_unknown(parse, at):  # as what is asked about, it is looked up as it is known
                parse.words[at] = replace(parse.words[at], low=low)
        parse.corrections.append(Correction(parse.written(range(number, number + length)), shown))
        return Mention(number, number + length, named)

    def _misspelt(self, parse: Parse, number: int) -> Mention | None:
        for length in (3, 2, 1):
            written = parse.lows(number, length)
            numbers = range(number, number + length)
            if len(written) < length or written[0] in self.words.determiners:
                continue
            if any(self.words.is_asking(low) or low in self.words.auxiliary for low in written):
                continue
            if not any(self.is_unknown(parse, one) for one in numbers):
                continue
            near = nearest_name(written, self.library.names, ("person", "outlet", "relay", "organisation"))
            if near:
                return self._corrected(parse, number, length, near)
        return None


def _is_part(given: str, part: str) -> bool:
    return part.startswith(given) if len(given) == 1 else part == given
