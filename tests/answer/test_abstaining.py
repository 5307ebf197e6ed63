"""Abstentions: every reason on the closed list, and the useful thing that is said next."""

import pytest
from seeds import article, ask, library_of

from bot.model import Abstention, Answer


def abstained(text: str, *history: str) -> Abstention:
    outcome = ask(text, *history)
    assert isinstance(outcome, Abstention), [statement.quotes[0] for statement in outcome.statements]
    return outcome


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty_question"),
        ("?!… —", "empty_question"),
        ("what is the", "empty_question"),
        ("\x00\x07\u200b", "empty_question"),
        ("hello", "not_about_coverage"),
        ("Why is Stoltenberg wrong about this?", "not_about_coverage"),
        ("Should Poland shoot down missiles?", "not_about_coverage"),
        ("Summarise the articles", "not_about_coverage"),
        ("What do you think about the US decision?", "not_about_coverage"),
        ("Is Putin lying?", "not_about_coverage"),
        ("What did Macron say about strikes in Russia?", "unknown_name"),
        ("What did the French president say?", "unknown_name"),
        ("Who is Emmanuel Macron?", "unknown_name"),
        ("tell me what Macron said regarding strikes in Russia", "unknown_name"),
        ("Who wrote the New York Times article about Stoltenberg?", "no_passage"),
        ("What did Biden say about missiles?", "not_quoted_on_this"),
        ("What did Zelensky say?", "unknown_name"),
        ("What did Stoltenberg say about China?", "not_quoted_on_this"),
        ("What did Stoltenberg say about Joe Biden?", "not_quoted_on_this"),
        ("What did Stoltenberg say about the article?", "not_quoted_on_this"),
        ("What did Tusk say about tanks?", "not_quoted_on_this"),
        ("What did Putin say about NATO membership?", "not_quoted_on_this"),
        ("Did Stoltenberg say that the US decision was a significant step?", "not_quoted_on_this"),
        ("What did Stoltenberg say in 2023?", "filters_leave_nothing"),
        ("What did Sikorski say in September?", "filters_leave_nothing"),
        ("What did Stoltenberg say in the Guardian?", "filters_leave_nothing"),
        ("Who won the World Cup?", "no_passage"),
        ("How many Russian missiles have entered Polish airspace?", "no_passage"),
        ("Where will the Romanian drones be built?", "no_passage"),
        ("Was hat Stoltenberg über Angriffe in Russland gesagt?", "unsupported_language"),
        ("Скільки коштує квиток на концерт?", "unsupported_language"),
    ],
)
def test_the_reason_not_to_answer(text: str, reason: str) -> None:
    outcome = abstained(text)
    assert outcome.reason == reason
    assert outcome.message


def test_an_empty_corpus_says_so() -> None:
    outcome = ask("What did Stoltenberg say?", of=library_of())
    assert isinstance(outcome, Abstention)
    assert (outcome.reason, "no articles" in outcome.message) == ("no_passage", True)


def test_words_of_the_page_around_an_article_answer_nothing() -> None:
    for text in ("How much is a cup of coffee a month?", "Who studied at Masaryk University?", "Become a patron"):
        abstained(text)


def test_an_unknown_name_leads_to_who_is_quoted_on_the_subject() -> None:
    outcome = abstained("What did Macron say about strikes in Russia?")
    assert "Macron" in outcome.message
    assert "Jens Stoltenberg" in outcome.message
    assert "what did Jens Stoltenberg say about strikes in Russia" in outcome.suggestions


def test_somebody_not_quoted_on_a_subject_is_quoted_on_others() -> None:
    outcome = abstained("What did Stoltenberg say about China?")
    assert "quotes of Jens Stoltenberg speak of NATO, Russian, Ukraine, decisions and Poland." in outcome.message
    assert "what did Jens Stoltenberg say" in outcome.suggestions


def test_a_filter_that_leaves_nothing_tells_what_there_is_without_it() -> None:
    outcome = abstained("What did Stoltenberg say in 2023 about missiles?")
    assert outcome.left_out.undated == 2
    assert "Without the limit of days: 11 statements (2024-07-14 to 2024-09-17" in outcome.message
    assert outcome.suggestions[-1] == "what did Jens Stoltenberg say about missiles"


def test_the_nearest_day_is_told_where_there_are_several() -> None:
    outcome = abstained("What did Stoltenberg say about missiles in August 2024?")
    assert "The nearest day with words of theirs is 2024-09-16" in outcome.message
    assert outcome.suggestions[0] == "what did Jens Stoltenberg say about missiles on 2024-09-16"


def test_a_claim_that_nobody_made_is_no_subject() -> None:
    outcome = abstained("Did Sikorski say that missiles are cheap?")
    assert outcome.message.startswith("Radosław Sikorski is not quoted as saying “missiles are cheap”")
    assert not any("about missiles are cheap" in suggestion for suggestion in outcome.suggestions)


def test_nobody_is_suggested_for_what_they_say_of_themselves() -> None:
    text = "Jan Kowal was there. “Nowak was late,” said Maria Lis. “I, Nowak, was late,” said Anna Nowak."
    outcome = ask("What did Jan Kowal say about Nowak?", of=library_of(article("a", text)))
    assert isinstance(outcome, Abstention)
    assert "named in this 1 article" in outcome.message
    assert outcome.suggestions == ("what did Maria Lis say about Nowak",)


@pytest.mark.parametrize(
    "text",
    ["What did Macron say about strikes in Russia?", "What did Stoltenberg say about China?", "hello",
     "What did Stoltenberg say in 2023 about missiles?", "Who won the World Cup?"],
)  # fmt: skip
def test_every_suggestion_has_an_answer(text: str) -> None:
    for suggestion in abstained(text).suggestions:
        assert isinstance(ask(suggestion), Answer), suggestion


def test_each_limit_that_leaves_nothing_by_itself_is_told() -> None:
    outcome = abstained("What did Sikorski say in September according to the Kyiv Independent?")
    assert "Without the limit of days: 1 statement (2024-07-15, The Kyiv Independent)" in outcome.message
    assert "Without the limit to outlets" not in outcome.message
    assert outcome.suggestions == ("what did Radosław Sikorski say from The Kyiv Independent",)


def test_the_nearest_spelling_of_an_unknown_name_is_told() -> None:
    outcome = abstained("What did Stolzenburger say about missiles?")
    assert "The nearest spelling of somebody who is quoted: Jens Stoltenberg" in outcome.message
    assert "what did Jens Stoltenberg say about missiles" in outcome.suggestions


def test_a_word_that_no_article_holds_leads_to_the_nearest_as_it_is_printed() -> None:
    outcome = ask("what did Stoltenberg say about Polend")
    assert isinstance(outcome, Abstention)
    assert outcome.suggestions[0] == "what did Jens Stoltenberg say about Poland"
    [correction] = ask("what did Stoltenberg say about missyles").question.corrections
    assert (correction.written, correction.read) == ("missyles", "missiles")


def test_words_that_nobody_said_lead_to_the_nearest_ones() -> None:
    outcome = abstained("Who said “there are no risk free options in war”?")
    assert "The nearest words are those of Jens Stoltenberg" in outcome.message
    assert outcome.suggestions


def test_words_that_no_article_holds_are_named() -> None:
    assert "Cup" in abstained("Who won the World Cup?").message


def test_what_somebody_else_said_is_not_shown_for_the_named_speaker() -> None:
    text = "“The bridge is open,” said Anna Nowak. Jan Kowal was there."
    outcome = ask("What did Jan Kowal say about the bridge?", of=library_of(article("a", text)))
    assert isinstance(outcome, Abstention)
    assert "Anna Nowak" in outcome.message
