"""Whom the source of a cue means: a name, a title, he or she."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.model import Pronoun
from bot.prose.name_words import NameWords
from bot.prose.naming import bare, written
from bot.prose.people import Cast, Named
from bot.prose.sentences import Word
from bot.text import words

#: A thing is what no list says can speak: a move, a stance.  Only quotation marks make it a source.
SourceKind = Literal["name", "pronoun", "nominal", "organisation", "thing"]

_NEITHER = ("organisation", "thing")  # neither he nor she
_CLAUSE = 12  # words within which the clause that a sentence begins with has its verb
_BACK = 8  # clauses that a pronoun looks back over
_AGED = 2  # clauses that an age looks back over
_MENTIONS = 3  # sentences that a pronoun looks back over for anybody named

# How surely a reading of the source is right, from PolNeAR's 840 articles.  Of the nearest subjects of pronouns .76
# agree with the names given there, most of which a machine made; read by hand, about half of the others are right.
_SURE = {
    "same sentence": 0.85,
    "nearest": 0.85,
    "farther": 0.6,
    "mentioned": 0.6,
    "issued": 0.9,
    "they": 0.6,
    "nobody": 0.3,
    "bearer heard": 0.85,
    "bearer": 0.5,
    "one of the bearers": 0.75,  # 36 of 40 in the articles of five outlets that are not PolNeAR's
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source is, as far as the article tells; `sure` weighs the reading of the name alone."""

    name: str | None
    kind: SourceKind
    sure: float = 1.0
    pronoun: Pronoun | None = None
    person: bool = False  # known to be one: he or she can mean them
    several: bool = False  # officials, most voters: nobody whose name could stand for them

    @property
    def shown(self) -> str | None:
        """The name to show as the speaker's, or None where only the words of the source tell who spoke."""
        return None if self.several else self.name


def is_somebody(speaker: Speaker | None) -> bool:
    """Whether a speaker has a name, and is no thing."""
    return speaker is not None and speaker.name is not None and speaker.kind != "thing"


class Conversation:
    """Resolves the sources of one article, which are asked in order of text."""

    def __init__(self, names: NameWords, cast: Cast, text: str) -> None:
        self._names, self._cast, self._text = names, cast, text
        self._heard: list[tuple[int, Speaker]] = []  # each with the number of its sentence
        self._sentences: list[Sequence[Word]] = []

    def hear(self, speaker: Speaker) -> None:
        """Remember whom a clause is about."""
        if speaker.name is not None and speaker.kind != "thing":
            self._heard.append((len(self._sentences), speaker))

    def pass_on(self, sentence: Sequence[Word]) -> None:
        """Remember a sentence that has been read."""
        self._sentences.append(sentence)

    def topic(self, sentence: Sequence[Word]) -> Speaker | None:
        """Return whom a sentence announces that it turns to: *As for* Trump, he said …"""
        if tuple(word.low for word in sentence[:2]) != ("as", "for"):
            return self._asked(sentence)
        end = next((number for number, word in enumerate(sentence) if number > 2 and not word.is_word), 0)
        name = self._cast.trailing_name(sentence[2:end]) if end else None
        return self._by_name(sentence[2:end], name) if name else None

    def _asked(self, sentence: Sequence[Word]) -> Speaker | None:
        """Return who is spoken to in a clause that begins a sentence: *When* CNN asked *Jane Doe* …, she said."""
        if not sentence or sentence[0].low not in self._names.when:
            return None
        low = [word.low for word in sentence[:_CLAUSE]]
        asked = next((n for n, one in enumerate(low) if n > 1 and one in self._names.asking), None)
        if asked is None:
            return None
        behind = asked + 1 + (low[asked + 1 : asked + 2] in (["to"], ["with"]))
        end = behind
        while end < len(sentence) and (self._cast.in_name(sentence[end]) or sentence[end].low in self._names.particles):
            end += 1
        name = self._cast.trailing_name(sentence[behind:end]) if end > behind else None
        return self._by_name(sentence[behind:end], name) if name else None

    def who(self, source: Sequence[Word], earlier: Speaker | None = None) -> Speaker:
        """Return whom a source names; `earlier` is the subject of an earlier clause of its sentence."""
        first = source[0].low
        if len(source) == 1 and first in self._names.pronoun_of:
            return self._by_pronoun(self._names.pronoun_of[first], earlier)
        if len(source) == 1 and first == "it" and earlier is not None and earlier.kind in _NEITHER and earlier.name:
            return replace(earlier, kind="pronoun", sure=min(earlier.sure, _SURE["same sentence"]))
        if first in self._names.definite and source[-1].low.endswith(self._names.aged):
            return self._by_age(earlier, source)
        if len(source) == 1 and first in self._names.nobody:
            return Speaker(None, "pronoun", _SURE["nobody"])
        head = self._head(source)
        if head > 2 and source[head - 1].low in self._names.others and source[head - 2].low == "and":
            head -= 2  # *X* and others
        name = self._cast.trailing_name(source[:head])
        return self._by_name(source[:head], name) if name else self._by_role(source, head, earlier)

    def _head(self, source: Sequence[Word]) -> int:
        """Return where the “of …” begins that is no part of a title: Secretary of State Jane Doe *of* Ohio."""
        links = self._names.links | self._names.links_to_topic
        for number, word in enumerate(source):
            share = word.low == "in" and any(one.low.isdigit() for one in source[number + 1 : number + 2])
            if number and word.low in links and not share:  # four *in 10* voters
                title = tuple(one.low for one in source[number - 1 : number + 2])
                if title not in self._names.titles or number + 2 == len(source):
                    return number - (number > 1 and source[number - 1].low in self._names.relating)
        return len(source)

    # Names

    def _by_name(self, source: Sequence[Word], name: tuple[int, int]) -> Speaker:
        key = tuple(word.low for word in source[slice(*name)])
        if any(word.low == "and" for word in source):
            return Speaker(written(source, self._text), "name", 0.8)
        titles = self._names.gender_titles
        pronoun = next((titles[word.low] for word in source[: name[0]] if word.low in titles), None)
        named, sure = self._cast.named(key, pronoun)
        if named is not None:
            named.pronoun = named.pronoun or pronoun
            return self._person(named, "name", sure)
        if key in self._names.outlets or any(low in self._names.organisations for low in key):
            body = bare(source, self._names.articles)
            first = next(number for number, word in enumerate(body) if word.capital)  # news agency *X*
            return Speaker(written(body[first:], self._text), "organisation")
        if len(key) == 1 and self._cast.begins_sentences_only(key[0]):
            return Speaker(written(source, self._text), "thing", 0.6)
        honoured = name[0] and pronoun is not None and self._cast.named(key, None)[0] is not None
        shown = written(source[name[0] - honoured : name[1]], self._text)  # *Mr.* Doe, where the article has a Jane Doe
        if any(low in self._names.places for low in key):
            return Speaker(shown, "organisation", 0.9)
        titled = any(word.low in self._names.title_words for word in source[: name[0]])
        pronoun = pronoun or self._names.given.get(key[0])
        thing = source[0].low in self._names.articles or shown.isupper() or self._cast.has_common(key)
        person = titled or pronoun is not None or not thing
        return Speaker(shown, "name", 0.95, pronoun, person=person)

    def _person(self, named: Named, kind: SourceKind, sure: float) -> Speaker:
        return Speaker(named.name, kind, sure, named.pronoun, person=True)

    # He and she

    def _by_pronoun(self, pronoun: Pronoun, earlier: Speaker | None) -> Speaker:
        if pronoun == "they":
            if earlier is not None and (earlier.several or earlier.kind == "organisation"):
                return replace(earlier, kind="pronoun", sure=min(earlier.sure, _SURE["same sentence"]))
            plural = next(
                (one for _, one in reversed(self._heard[-_BACK:]) if one.kind in ("organisation", "nominal")),
                None,
            )
            return Speaker(plural.name if plural else None, "pronoun", _SURE["they" if plural else "nobody"])
        if earlier is not None and self._fits(earlier, pronoun):
            sure = min(earlier.sure, _SURE["same sentence"])
            return Speaker(earlier.name, "pronoun", sure, pronoun, person=True)
        fitting = [
            (back, at, one) for back, (at, one) in enumerate(reversed(self._heard[-_BACK:])) if self._fits(one, pronoun)
        ]
        mentioned = self._by_mention(pronoun, fitting[0][1] if fitting else -1)
        if not fitting or mentioned.name is not None:
            return mentioned
        back, _, nearest = fitting[0]
        sure = min(nearest.sure, _SURE["nearest" if back == 0 and nearest.pronoun else "farther"])
        return Speaker(nearest.name, "pronoun", sure, pronoun, person=True)

    def _by_age(self, earlier: Speaker | None, source: Sequence[Word]) -> Speaker:
        """Return who is called by an age, the last person that a clause was about: the *29-year-old* told …"""
        heard = [earlier, *(one for _, one in reversed(self._heard[-_AGED:]))]
        person = next((one for one in heard if one and one.person and one.name), None)
        if person is None:
            return Speaker(written(bare(source, self._names.articles), self._text), "nominal", 0.6)
        return Speaker(person.name, "nominal", _SURE["farther"], person.pronoun, person=True)

    def _fits(self, speaker: Speaker, pronoun: Pronoun) -> bool:
        return speaker.person and speaker.name is not None and speaker.pronoun in (None, pronoun)

    def _by_mention(self, pronoun: Pronoun, since: int) -> Speaker:
        """Return who was named last, in a sentence behind the one with the number `since`."""
        for sentence in reversed(self._sentences[max(since + 1, len(self._sentences) - _MENTIONS) :]):
            goes_on = next(
                (n for n, word in enumerate(sentence) if self._names.pronoun_of.get(word.low) == pronoun), -1
            )
            for named in self._cast.mentioned(sentence[:goes_on] if since >= 0 <= goes_on else sentence):
                if named.pronoun == pronoun or (named.pronoun is None and since < 0):
                    return Speaker(named.name, "pronoun", _SURE["mentioned"], pronoun, person=True)
            if since >= 0 <= goes_on:
                break  # still about whom the sentence with that number is about
        return Speaker(None, "pronoun", _SURE["nobody"], pronoun)

    # Titles and roles

    def _by_role(self, source: Sequence[Word], head: int, earlier: Speaker | None) -> Speaker:
        low = [word.low for word in source[:head]]
        if len(low) > 1 and low[-1] in self._names.utterances:
            if source[0].low in self._names.owners:
                return self._by_pronoun(self._names.owners[source[0].low], earlier)
            owner = next((n for n, word in enumerate(source[: head - 1]) if word.possessive), None)
            if owner is not None:
                return self.who(source[: owner + 1], earlier)
            issued = low[0] in self._names.aside_openers and low[0] not in self._names.definite
            if issued and earlier is not None and earlier.name is not None and earlier.kind != "thing":
                return replace(earlier, sure=min(earlier.sure, _SURE["issued"]))  # X released *a statement* saying …
        capital = source[head - 1].capital and source[head - 1].low not in self._names.not_names
        body = capital and low[-1] in self._names.organisations  # the *Post*
        title = None if body else self._cast.title(low)
        if title and low[0] in self._names.definite and head == 2 and (again := self._again(title)):
            return again
        if title and (low[0] in self._names.definite or source[0].capital):
            bearers = self._cast.bearers(title, self._about(source, head, title))
            if len(bearers) == 1:
                heard = any(one.name == bearers[0].name for _, one in self._heard)
                return self._person(bearers[0], "nominal", _SURE["bearer heard" if heard else "bearer"])
            names = {one.name: one for one in bearers}
            last = next((one.name for _, one in reversed(self._heard[-_BACK:]) if one.name in names), None)
            if last is not None:
                return self._person(names[last], "nominal", _SURE["one of the bearers"])
        shown = written(bare(source, self._names.articles), self._text)
        if title:
            pronoun, several = self._names.gender_titles.get(low[-1]), self._is_several(source[:head])
            new = low[0] in self._names.indefinite and self._names.is_person(low[-1])  # not one named before
            person = pronoun is not None or (new and not several)
            return Speaker(shown, "nominal", 0.8, pronoun, person=person, several=several)
        if low[-1] in self._names.several or low[-1] == "%":
            return Speaker(shown, "nominal", 0.6, several=True)
        several = self._is_several(source[:head])
        return Speaker(shown, "organisation" if capital else "thing", 0.9 if capital else 0.6, several=several)

    def _again(self, title: tuple[str, ...]) -> Speaker | None:
        """Return who was last introduced by a title and no name: “…,” a port official said.  The *official* added …"""
        last = self._heard[-1][1] if self._heard else None
        if last is None or last.kind != "nominal" or last.name is None or last.several:
            return None
        return last if words(last.name)[-len(title) :] == title else None

    def _is_several(self, source: Sequence[Word]) -> bool:
        """Whether the words tell of several, and name nobody: *the leaders*, but not *Putin's aides*."""
        plural = source[-1].low.endswith("s") and not source[-1].low.endswith("ss")
        named = any(word.capital for word in source[1:]) or (source[0].capital and self._cast.in_name(source[0]))
        return not named and (plural or source[-1].low in self._names.several)

    def _about(self, source: Sequence[Word], head: int, title: tuple[str, ...]) -> frozenset[str]:
        """Return the words that say of what: the *Polish* defence minister, the secretary of *Defense*."""
        first = 0 if source[0].capital and source[0].low not in self._names.articles else 1
        around = (*source[first : head - len(title)], *source[head:])
        idle = self._names.modifiers - self._names.bodies
        return frozenset(word.low for word in around if word.capital and word.low not in idle)
