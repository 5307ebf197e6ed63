"""The word lists that the reading of quotes goes by, from config/speech.toml, names.toml, given_names.toml, people.toml
and outlets.toml."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from bot.model import Person, Pronoun, Tenure
from bot.text import fold, words

Tables = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class CueForm:
    """One form of a verb or a phrase that marks speech: `rest` are the words that follow the verb."""

    verb: str
    rest: tuple[str, ...]
    kinds: frozenset[str]  # say, think, utter, stance, hold
    participle: bool = False  # the -ing form

    @property
    def link(self) -> str:
        """The last word of the phrase, which leads on to what it is about: plan *to*, concern *about*; "" of a verb."""
        return self.rest[-1] if self.rest else ""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The small words of the language, by the part they play around speech; config/speech.toml says which."""

    pronouns: frozenset[str]
    relatives: frozenset[str]
    determiners: frozenset[str]
    be: frozenset[str]
    auxiliaries: frozenset[str]
    and_then: frozenset[str]
    links: frozenset[str]
    particles: frozenset[str]
    places: frozenset[str]
    loose_links: frozenset[str]
    before_dependent: frozenset[str]
    before_noun_phrase: frozenset[str]
    clause_links: frozenset[str]
    breaks: frozenset[str]
    subordinators: frozenset[str]
    asides: frozenset[str]
    adverbial: frozenset[str]
    time: frozenset[str]
    before_noun: frozenset[str]
    before_base: frozenset[str]
    before_plural: frozenset[str]
    before_participle: frozenset[str]
    before_to: frozenset[str]
    anybody: frozenset[str]
    past_as_base: frozenset[str]
    not_of_speech: frozenset[str]
    backward: frozenset[str]
    adjunct: frozenset[str]
    behind_trailing: frozenset[str]
    about_speaker: frozenset[str]
    clause_openers: frozenset[str]
    without_that: frozenset[str]
    no_clause: frozenset[str]
    unnamed: frozenset[str]
    small_in_works: frozenset[str]
    before_works: frozenset[str]
    hearsay: frozenset[str]
    refusing: frozenset[str]
    adding: frozenset[str]
    commenting: frozenset[str]
    naming: frozenset[str]
    noticed: frozenset[str]
    before_that: frozenset[str]
    addressing: frozenset[str]
    asking: frozenset[str]
    questions: frozenset[str]
    subjects: frozenset[str]
    hypothetical: frozenset[str]
    behind_noun: frozenset[str]
    copulas: frozenset[str]
    degrees: frozenset[str]
    objects: frozenset[str]
    noun_links: frozenset[str]
    told_to: frozenset[str]
    findings: frozenset[str]
    not_a_stance: frozenset[str]
    list_breaks: frozenset[str]
    ends_object: frozenset[str]
    ends_infinitive: frozenset[str]
    dates: frozenset[str]  # names of months and days of the week

    @classmethod
    def from_table(cls, table: Mapping[str, Iterable[str]], dates: frozenset[str]) -> "Grammar":
        named = {field.name: _folded(table[field.name]) for field in fields(cls) if field.name != "dates"}
        return cls(**named, dates=dates)


@dataclass(frozen=True, slots=True)
class OccasionWords:
    """How prose states where and when something was said."""

    months: Mapping[str, int]
    weekdays: tuple[str, ...]
    interviews: tuple[str, ...]
    media: frozenset[str]
    no_media: frozenset[str]
    relaying: frozenset[str]

    @classmethod
    def from_table(cls, table: Mapping[str, Sequence[str]]) -> "OccasionWords":
        months = {name: number for number, names in enumerate(table["months"], 1) for name in names.split()}
        weekdays, interviews = tuple(table["weekdays"]), tuple(table["interviews"])
        media, no_media = _folded(table["media"]), _folded(table["no_media"])
        return cls(months, weekdays, interviews, media, no_media, _folded(table["relaying"]))


@dataclass(frozen=True)
class SpeechWords:
    """How the language says that somebody said something."""

    cues: Mapping[str, tuple[CueForm, ...]]  # by the folded first word, longest phrase first
    states: Mapping[str, tuple[CueForm, ...]]  # of adjectives: is *concerned about*
    carriers: Mapping[str, CueForm]  # verbs that make a cue with a noun: *made* a case for
    nouns: frozenset[str]
    undo: frozenset[str]
    between: frozenset[str]
    according: tuple[tuple[str, ...], ...]
    grammar: Grammar
    occasions: OccasionWords

    @classmethod
    def from_table(cls, table: Mapping[str, Any]) -> "SpeechWords":
        kinds: dict[tuple[str, ...], set[str]] = {}
        for kind in ("say", "think", "utter", "stance", "hold"):
            for phrase in table[kind]:
                cue = words(phrase)
                kinds.setdefault(cue, set()).add(kind)
                if cue[-1] == "to" and len(cue) > 1:  # vowed to, vowed not to
                    kinds.setdefault((*cue[:-1], "not", "to"), set()).add(kind)
        occasions = OccasionWords.from_table(table["occasions"])
        cues: dict[str, list[CueForm]] = {}
        for (verb, *rest), of in kinds.items():
            for form in (verb, *table["irregular"].get(verb, _inflect(verb))):
                cues.setdefault(form, []).append(CueForm(verb, tuple(rest), frozenset(of), form.endswith("ing")))
        return cls(
            {form: tuple(sorted(found, key=lambda cue: -len(cue.rest))) for form, found in cues.items()},
            _states(table["feeling"]),
            {
                form: CueForm(verb, (), frozenset({"stance"}), form.endswith("ing"))
                for verb in table["carriers"]
                for form in (verb, *table["irregular"].get(verb, _inflect(verb)))
            },
            _folded(form for noun in table["nouns"] for form in (noun, _plural(noun))),
            frozenset(map(fold, table["undo"])),
            frozenset(map(fold, table["between"])),
            tuple(words(phrase) for phrase in table["according"]),
            Grammar.from_table(table["grammar"], frozenset(occasions.months) | frozenset(occasions.weekdays)),
            occasions,
        )


def _states(feelings: Mapping[str, Sequence[str]]) -> dict[str, tuple[CueForm, ...]]:
    """Return the cues that are adjectives, each with the words that follow it."""
    states: dict[str, list[CueForm]] = {}
    for link, adjectives in feelings.items():
        for adjective in adjectives:
            states.setdefault(adjective, []).append(CueForm(adjective, words(link), frozenset({"hold"})))
    return {form: tuple(found) for form, found in states.items()}


def _plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"


def _inflect(verb: str) -> tuple[str, str, str]:
    """Return the third person, the past and the -ing form that English spelling gives a regular verb."""
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s"), verb + "ed", verb + "ing"


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
            modifiers=_folded(table["modifiers"]),
            people_roles=(people := _folded(table["roles"])),
            roles=people | _folded(table["bodies_of_people"]) | _folded(table["writings"]),
            utterances=_folded(table["utterances"]),
            not_names=_folded(table["not_names"]),
            inside_names=_folded(table["inside_names"]),
            particles=_folded(table["particles"]),
            suffixes=_folded(table["suffixes"]),
            aged=tuple(table["aged"]),
            links_to_topic=_folded(table["links_to_topic"]),
            short_countries=_folded(table["short_countries"]),
            regnal=_folded(table["regnal"]),
            generations=_folded(table["generations"]),
            organisations=(organisations := _folded(table["organisations"])),
            places=(places := _folded(table["places"])),
            no_person=organisations | places,
            demonyms=_folded(table["demonyms"]),
            role_endings=tuple(table["role_endings"]),
            compounds=tuple(map(fold, table["compounds"])),
            modal_names=_folded(table["modal_names"]),
            abbreviations=_folded(table["abbreviations"]),
            definite=_folded(table["definite"]),
            indefinite=_folded(table["indefinite"]),
            when=_folded(table["when"]),
            asking=_folded(table["asking"]),
            articles=_folded(table["articles"]),
            aside_openers=_folded(table["aside_openers"]),
            passing=_folded(table["passing"]) | _folded(table["articles"]),
            ended=_folded(table["ended"]),
            coming=_folded(table["coming"]),
            links=_folded(table["links"]),
            relating=_folded(table["relating"]),
            bodies=_folded(table["bodies"]),
            nobody=_folded(table["nobody"]),
            several=_folded(table["several"]),
            others=_folded(table["others"]),
            pronoun_of=_by_word(table["pronouns"]),
            owners=_by_word(table["owners"]),
            given=pronoun_of,
            same_given=_groups(given["same"]),
            honorifics=_folded(table["honorifics"]),
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


def _folded(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(entry) for entry in entries)


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
