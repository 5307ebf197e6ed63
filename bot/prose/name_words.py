"""What tells names, titles and roles apart, from config/names.toml, given_names.toml, people.toml and outlets.toml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.model import Person, Pronoun, Tenure
from bot.prose.words import Tables, folded
from bot.text import fold, words


@dataclass(frozen=True)
class NameWords:
    """What tells names from titles and roles, and whom a pronoun can stand for."""

    titles: frozenset[tuple[str, ...]]
    title_words: frozenset[str]
    modifiers: frozenset[str]
    people_roles: frozenset[str]  # what people are: an official, a mother
    roles: frozenset[str]  # what can speak besides: bodies, writings
    utterances: frozenset[str]
    not_names: frozenset[str]
    inside_names: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    aged: tuple[str, ...]  # endings of words that tell how old somebody is
    links_to_topic: frozenset[str]
    short_countries: frozenset[str]
    regnal: frozenset[str]  # titles that a name goes without a surname behind
    generations: frozenset[str]
    organisations: frozenset[str]
    places: frozenset[str]
    no_person: frozenset[str]  # organisations and places
    demonyms: frozenset[str]
    compounds: tuple[str, ...]
    role_endings: tuple[str, ...]
    modal_names: frozenset[str]
    abbreviations: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    when: frozenset[str]
    asking: frozenset[str]
    articles: frozenset[str]
    aside_openers: frozenset[str]
    passing: frozenset[str]
    ended: frozenset[str]
    coming: frozenset[str]
    links: frozenset[str]
    relating: frozenset[str]  # adjectives between a noun and a link
    bodies: frozenset[str]
    nobody: frozenset[str]
    several: frozenset[str]
    others: frozenset[str]
    pronoun_of: Mapping[str, Pronoun]
    owners: Mapping[str, Pronoun]
    given: Mapping[str, Pronoun | None]
    same_given: Mapping[str, frozenset[int]]  # the groups of given names, by number, that a name is in
    honorifics: frozenset[str]
    sole: frozenset[tuple[str, ...]]  # titles that one person has at a time
    gender_titles: Mapping[str, Pronoun]
    same_titles: Mapping[str, frozenset[str]]
    same_voices: Mapping[str, str]  # folded words of who speaks, to others that mean just the same
    people: tuple[Person, ...]
    outlets: Mapping[tuple[str, ...], str]  # folded words of a known outlet or agency, to its name

    @classmethod
    def from_tables(cls, tables: Tables) -> "NameWords":
        table, given = tables["names"], tables["given_names"]
        pronoun_of: dict[str, Pronoun | None] = dict.fromkeys(given["any"])
        pronoun_of |= dict.fromkeys(given["he"], "he") | dict.fromkeys(given["she"], "she")
        return cls(
            titles=(titles := frozenset(words(title) for title in table["titles"])),
            title_words=frozenset(word for title in titles for word in title),
            modifiers=folded(table["modifiers"]),
            people_roles=(people := folded(table["roles"])),
            roles=people | folded(table["bodies_of_people"]) | folded(table["writings"]),
            utterances=folded(table["utterances"]),
            not_names=folded(table["not_names"]),
            inside_names=folded(table["inside_names"]),
            particles=folded(table["particles"]),
            suffixes=folded(table["suffixes"]),
            aged=tuple(table["aged"]),
            links_to_topic=folded(table["links_to_topic"]),
            short_countries=folded(table["short_countries"]),
            regnal=folded(table["regnal"]),
            generations=folded(table["generations"]),
            organisations=(organisations := folded(table["organisations"])),
            places=(places := folded(table["places"])),
            no_person=organisations | places,
            demonyms=folded(table["demonyms"]),
            role_endings=tuple(table["role_endings"]),
            compounds=tuple(map(fold, table["compounds"])),
            modal_names=folded(table["modal_names"]),
            abbreviations=folded(table["abbreviations"]),
            definite=folded(table["definite"]),
            indefinite=folded(table["indefinite"]),
            when=folded(table["when"]),
            asking=folded(table["asking"]),
            articles=folded(table["articles"]),
            aside_openers=folded(table["aside_openers"]),
            passing=folded(table["passing"]) | folded(table["articles"]),
            ended=folded(table["ended"]),
            coming=folded(table["coming"]),
            links=folded(table["links"]),
            relating=folded(table["relating"]),
            bodies=folded(table["bodies"]),
            nobody=folded(table["nobody"]),
            several=folded(table["several"]),
            others=folded(table["others"]),
            pronoun_of=_by_word(table["pronouns"]),
            owners=_by_word(table["owners"]),
            given=pronoun_of,
            same_given=_groups(given["same"]),
            honorifics=folded(table["honorifics"]),
            sole=frozenset(words(title) for title in table["sole"]),
            gender_titles=_by_word(table["gender_titles"]),
            same_titles=_same(table["same"]),
            same_voices={" ".join(words(name)): " ".join(words(of)) for name, of in table["voices"].items()},
            people=tuple(_people(tables.get("people", {}))),
            outlets={words(name): name for name in tables.get("outlets", {}).get("outlets", ())},
        )

    @property
    def no_surname(self) -> frozenset[str]:
        """Folded words that are nobody's surname: organisations, places, adjectives of countries."""
        return self.no_person | self.demonyms

    def is_role(self, low: str) -> bool:
        """Whether a word without a capital means people: a *pollster*, *endorsers*, a *co-host*."""
        last = low.rpartition("-")[2]
        return last in self.roles or (last.endswith(self.role_endings) and len(last) > 5)

    def is_person(self, low: str) -> bool:
        """Whether a word means one person, whom he or she can stand for: an *official*; no report, nor officials."""
        last = low.rpartition("-")[2]
        known = last in self.people_roles or last in self.title_words or last.endswith("ist")
        return known and (last.endswith("ss") or not last.endswith("s")) and last not in self.several

    def is_adjective(self, low: str) -> bool:
        """Whether a word that can have a capital tells of what: *Lebanese*, *Hamas-run*."""
        inner, hyphen, last = low.rpartition("-")
        return low in self.demonyms or bool(inner and hyphen and last.endswith(self.compounds))


def _by_word(table: Mapping[Pronoun, Iterable[str]]) -> dict[str, Pronoun]:
    return {fold(word): pronoun for pronoun, of in table.items() for word in of}


def _groups(groups: Iterable[str]) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, group in enumerate(groups):
        for name in words(group):
            found[name] = found.get(name, frozenset()) | {number}
    return found


def _same(groups: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    same: dict[str, frozenset[str]] = {}
    for group in map(frozenset, groups):
        for title in group:
            same[title] = same.get(title, frozenset()) | group
    return same


def _people(table: Mapping[str, Any]) -> Iterable[Person]:
    for entry in table.get("person", ()):
        yield Person(
            entry["name"],
            dict.fromkeys([entry["name"], *entry.get("spellings", ())], 0),
            tuple(map(_tenure, entry.get("titles", ()))),
            entry.get("pronoun"),
            apart=frozenset(entry.get("apart", ())),
        )


def _tenure(stated: str | Mapping[str, Any]) -> Tenure:
    if isinstance(stated, str):
        return Tenure(stated)
    return Tenure(stated["title"], since=stated.get("since"), until=stated.get("until"))
