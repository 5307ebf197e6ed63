"""Every reason to abstain, each with questions that have it and a neighbour that is answered."""

from typing import get_args

import pytest

from bot.front.service import Service
from bot.model import Abstention, Answer, Reason

ON_STRIKES = "What did Stoltenberg say about strikes in Russia?"

#: The reason, a question, the questions before it, and what the message has to say.
ABSTAINED: list[tuple[Reason, str, tuple[str, ...], str]] = [
    ("empty_question", "", (), "Ask"),
    ("empty_question", " \t\n", (), "Ask"),
    ("empty_question", "?!…", (), "Ask"),
    ("empty_question", "what did they say about it", (), "Ask"),
    ("not_about_coverage", "Do you think Stoltenberg is right?", (), "only quote"),
    ("not_about_coverage", "Write me a poem about Stoltenberg", (), "only quote"),
    ("unknown_name", "What did Macron say about strikes in Russia?", (), "Macron"),
    ("unknown_name", "What did Angela Merkel say?", (), "Merkel"),
    ("unknown_name", "what about Macron?", (ON_STRIKES,), "Macron"),
    ("not_quoted_on_this", "What did Stoltenberg say about football?", (), "Stoltenberg"),
    ("not_quoted_on_this", "What did Sikorski say about the price of gas?", (), "Sikorski"),
    ("not_quoted_on_this", "What did Biden say?", (), "Biden"),
    ("filters_leave_nothing", "What did Stoltenberg say about strikes in Russia in 2019?", (), "2019"),
    ("filters_leave_nothing", "What did Sikorski say according to Poland Daily 24?", (), "Poland Daily 24"),
    ("filters_leave_nothing", "only before 2020", (ON_STRIKES,), "2019"),
    ("no_passage", "What is the recipe for borscht?", (), "borscht"),
    ("no_passage", "How many people live on Mars?", (), "Mars"),
    ("no_passage", "football results", (), "football"),
    ("unsupported_language", "Was hat der Bundeskanzler gestern über die Eisenbahn gesagt?", (), "German"),
    ("unsupported_language", "北约秘书长说了什么？", (), "cannot read"),
    ("unsupported_language", "Що пишуть про врожай пшениці?", (), "Ukrainian"),
]
ANSWERED: list[tuple[str, tuple[str, ...]]] = [
    (ON_STRIKES, ()),
    ("What did he say about it?", (ON_STRIKES,)),
    ("What did Stoltenburg say about strikes in Russia?", ()),
    ("What did Stoltenberg say about strikes in Russia in 2024?", ()),
    ("What did Sikorski say?", ()),
    ("How many articles are there?", ()),
    ("Що сказав Сікорський?", ()),
]


@pytest.mark.parametrize(("reason", "text", "history", "says"), ABSTAINED)
def test_the_bot_abstains_and_says_why(
    shipped: Service, reason: Reason, text: str, history: tuple[str, ...], says: str
) -> None:
    outcome = shipped.ask(text, history).outcome
    assert isinstance(outcome, Abstention), [quote for statement in outcome.statements for quote in statement.quotes]
    assert outcome.reason == reason, outcome.message
    assert says in outcome.message
    for suggestion in outcome.suggestions:
        assert isinstance(shipped.ask(suggestion).outcome, Answer), suggestion


@pytest.mark.parametrize(("text", "history"), ANSWERED)
def test_a_question_next_to_them_is_answered(shipped: Service, text: str, history: tuple[str, ...]) -> None:
    assert isinstance(shipped.ask(text, history).outcome, Answer)


def test_every_reason_is_exercised() -> None:
    assert {reason for reason, *_ in ABSTAINED} == set(get_args(Reason))
