"""Articles in other languages than English: found by the forms of their words, and nobody is said to have said them."""

from functools import cache

import pytest
from seeds import article, ask, library_of, shown

from bot.model import Abstention, Answer
from bot.search.library import Library

GERMAN = (
    "Bundeskanzler Olaf Scholz hat am Montag in Berlin mit den Ministern über die Luftverteidigung gesprochen.\n\n"
    "„Wir brauchen mehr Raketen für die Ukraine“, sagte Scholz vor Journalisten.\n\n"
    "Die Lieferungen werden im Herbst beginnen. \"Das ist nicht genug,\" sagte Annalena Baerbock."
)  # fmt: skip
POLISH = (
    "Minister Radosław Sikorski rozmawiał w poniedziałek w Kijowie o obronie powietrznej, która jest dla nas ważna.\n\n"
    "„Polska będzie zestrzeliwać rakiety”, powiedział Sikorski, który nie był tam od lat."
)
UKRAINIAN = (
    "Міністр зустрівся в понеділок у Києві з послами, щоб поговорити про оборону, і це не було таємницею.\n\n"
    "«Ракети потрібні вже зараз», сказав міністр, який не був там від початку війни."
)
ENGLISH = (
    "Chancellor Olaf Scholz visited the port on Tuesday, and he spoke to the workers for an hour.\n\n"
    "“The bridge will be closed until the spring,” said Scholz."
)


@cache
def mixed() -> Library:
    texts = {"de": GERMAN, "en": ENGLISH, "pl": POLISH, "uk": UKRAINIAN}
    return library_of(*(article(code, text, outlet=f"Post {code}") for code, text in texts.items()))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Rakete", "Wir brauchen mehr Raketen"),
        ("Lieferung im Herbst", "Die Lieferungen werden im Herbst"),
        ("what is reported on Luftverteidigung?", "über die Luftverteidigung"),
        ("wann werden die Lieferungen beginnen", "Die Lieferungen werden im Herbst"),  # in a language of the articles
        ("rakiet", "zestrzeliwać rakiety"),
        ("що відомо про ракети", "Ракети потрібні"),
        ("what is said about the bridge?", "The bridge will be closed"),
    ],
)
def test_words_are_found_in_the_language_of_the_article(question: str, words: str) -> None:
    outcome = ask(question, of=mixed())
    assert isinstance(outcome, Answer), outcome.message
    assert words in shown(outcome)[0]


def test_nobody_is_quoted_where_it_is_not_read_who_says_what() -> None:
    assert {quote.article_id for quote in mixed().quotes} == {"en"}
    assert [person.name for person in mixed().people] == ["Olaf Scholz"]
    [language] = [one for one, _ in mixed().facts.languages if one.code == "de"]
    assert (language.name, language.works) == ("German", "stems")


def test_who_is_asked_about_is_told_which_articles_were_not_read() -> None:
    outcome = ask("what did Scholz say about Raketen", of=mixed())
    assert isinstance(outcome, Abstention)
    assert "1 article with the name is in German, in which it is not read who says what." in outcome.message
    assert outcome.suggestions[0] == "Raketen"


def test_questions_about_english_articles_are_answered_as_if_they_were_alone() -> None:
    alone = library_of(article("en", ENGLISH, outlet="Post en"))
    for question in ("what did Scholz say about the bridge?", "who spoke to workers?", "when will the bridge open"):
        assert shown(ask(question, of=mixed())) == shown(ask(question, of=alone))
