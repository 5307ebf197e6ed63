"""How the language says that somebody said something, from config/speech.toml."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

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
        named = {field.name: folded(table[field.name]) for field in fields(cls) if field.name != "dates"}
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
        media, no_media = folded(table["media"]), folded(table["no_media"])
        return cls(months, weekdays, interviews, media, no_media, folded(table["relaying"]))


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
            folded(form for noun in table["nouns"] for form in (noun, _plural(noun))),
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


def folded(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(entry) for entry in entries)
