"""The word lists that questions are read by, from config/questions.toml,
languages.toml, names.toml, given_names.toml, outlets.toml and english.toml."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

from bot.model import Intent
from bot.question.dates.words import DateWords
from bot.text import fold, words

Tables = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """A language that questions can be read in word by word."""

    code: str
    name: str
    letters: frozenset[str]
    cyrillic: bool
    whole: Mapping[str, str]
    prefixes: Sequence[tuple[str, str]]  # longest first

    def read(self, folded: str) -> str | None:
        """Return the English reading of a folded word, "" for one to leave out, None for one that is not listed."""
        if folded in self.whole:
            return self.whole[folded]
        return next((reading for prefix, reading in self.prefixes if folded.startswith(prefix)), None)


@dataclass(frozen=True)
class QuestionWords:
    """How people ask."""

    intents: Sequence[tuple[Intent, re.Pattern[str]]]
    asking: frozenset[str]
    speaking: frozenset[str]
    held: frozenset[str]
    about: frozenset[str]
    quoting: frozenset[str]
    beside_relays: frozenset[str]
    compounds: frozenset[tuple[str, ...]]
    referring: frozenset[str]
    following: Sequence[tuple[str, ...]]
    # Of a question that goes on: it drops the outlet, drops the days, moves before or behind them, or asks for others.
    everywhere: re.Pattern[str]
    always: re.Pattern[str]
    sooner: re.Pattern[str]
    later: re.Pattern[str]
    others_too: re.Pattern[str]
    who_did: re.Pattern[str]  # with the verb as its group
    what_about: re.Pattern[str]
    unsaid: re.Pattern[str]  # asks what somebody did not say
    referring_back: re.Pattern[str]  # in an article: to what was said before
    states_number: re.Pattern[str]
    dates: DateWords
    languages: Sequence[Language]
    english: frozenset[str]  # words that only English has
    others: Mapping[str, frozenset[str]]
    cases: Sequence[tuple[str, Sequence[str]]]  # endings of names, with what may stand instead, longest first
    works: str
    auxiliary: frozenset[str]
    question_openers: frozenset[str]
    determiners: frozenset[str]
    generic: frozenset[str]
    passing: frozenset[str]
    before_nouns: frozenset[str]  # in an article
    relatives: frozenset[tuple[str, ...]]
    # “other than X”; the first of them also stand in a claim: “a deal without X”
    excluding: Sequence[tuple[str, ...]]
    excluding_of_a_claim: frozenset[tuple[str, ...]]
    before_names: frozenset[str]
    given: frozenset[str]  # given names
    titles: frozenset[tuple[str, ...]]
    same_titles: Sequence[frozenset[tuple[str, ...]]]
    media: Mapping[tuple[str, ...], str]  # outlets that are known, in the library or not

    @classmethod
    def from_tables(cls, tables: Tables) -> "QuestionWords":
        questions, languages, names = (tables[name] for name in ("questions", "languages", "names"))
        lists, back = questions["words"], tables["english"]["referring_back"]
        excluding = [*lists["excluding"], *lists["excluding_of_a_claim"]]
        return cls(
            intents=[(entry["name"], re.compile("|".join(entry["patterns"]))) for entry in questions["intent"]],
            asking=_folded(lists["asking"]),
            speaking=_folded(lists["speaking"]),
            held=_folded(lists["held"]),
            about=_folded(lists["about"]),
            quoting=_folded(lists["quoting"]),
            beside_relays=_folded(lists["beside_relays"]),
            compounds=frozenset(words(pair) for pair in lists["compounds"]),
            referring=_folded(lists["referring"]),
            following=sorted((words(phrase) for phrase in lists["following"]), key=len, reverse=True),
            **{name: re.compile(pattern) for name, pattern in questions["going_on"].items()},
            **{name: re.compile(pattern) for name, pattern in questions["forms"].items()},
            referring_back=re.compile(
                rf"\b(?:{'|'.join(back['words'])}|the (?:{'|'.join(back['nouns'])}))\b", re.IGNORECASE
            ),
            states_number=re.compile(
                rf"(?<![\w-])(?:\d[\d.,]*|{'|'.join(questions['numbers']['words'])})\b|[%$€£]", re.IGNORECASE
            ),
            dates=DateWords.from_table(questions["months"], questions["dates"], excluding),
            languages=[_language(code, languages[code]) for code in ("uk", "ru", "pl")],
            english=_folded(languages["english"]),
            cases=sorted(languages["cases"].items(), key=lambda case: -len(case[0])),
            others={name: _folded(entries) for name, entries in languages["others"].items()},
            works=languages["works"],
            auxiliary=_folded(lists["auxiliary"]),
            question_openers=_folded(lists["openers"]),
            determiners=_folded(lists["determiners"]),
            generic=_folded(lists["generic"]),
            passing=_folded(lists["passing"]),
            before_nouns=_folded(lists["before_nouns"]),
            relatives=frozenset(words(noun) for noun in lists["relatives"]),
            excluding=sorted(map(words, excluding), key=len, reverse=True),
            excluding_of_a_claim=frozenset(map(words, lists["excluding_of_a_claim"])),
            before_names=_folded(lists["before_names"]),
            given=_folded(chain(tables["given_names"]["he"], tables["given_names"]["she"])),
            titles=frozenset(words(title) for title in names["titles"]),
            same_titles=[frozenset(words(title) for title in group) for group in names["same"]],
            media={words(name): name for name in tables["outlets"]["outlets"]},
        )

    @property
    def months(self) -> Mapping[str, int]:
        return self.dates.months

    @cached_property
    def all_asking(self) -> frozenset[str]:
        """The words that questions are asked with, not those of what they ask about."""
        return self.asking | self.speaking | self.held | self.about

    def is_asking(self, low: str) -> bool:
        """Whether a word is one that questions are asked with, not one of what they ask about."""
        return low in self.all_asking


def _folded(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(entry) for entry in entries)


def _language(code: str, table: Mapping[str, Any]) -> Language:
    whole = {fold(word[:-1]): reading for word, reading in table["words"].items() if word.endswith("$")}
    prefixes = [(fold(word), reading) for word, reading in table["words"].items() if not word.endswith("$")]
    letters = frozenset(table["letters"])
    prefixes.sort(key=lambda entry: -len(entry[0]))
    return Language(code, table["name"], letters, any(letter > "\u03ff" for letter in letters), whole, prefixes)
