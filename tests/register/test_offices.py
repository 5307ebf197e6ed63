"""Titles change hands with time: who had an office when, as far as the articles tell; questions and articles ask."""

from datetime import date

import pytest
from seeds import TODAY, article, ask, library_of, shown, words

from bot.model import Answer, Article, DateRange, PartialDate, Question
from bot.question.reading import QuestionReader
from bot.search.library import Library


def day(text: str) -> PartialDate:
    return PartialDate(*map(int, text.split("-")))


def report(identity: str, published: str, text: str) -> Article:
    return article(identity, text, outlet="Herald", published=day(published))


def corpus(former: str = "Former OSCE Secretary General Anna Berg") -> Library:
    """Return articles on Berg, who was followed by Lund as head of the alliance on 1 October 2024."""
    told = "said the alliance supports the bridge. “The bridge of {} stays open,” {} said."
    articles = [
        *(
            report(f"berg{n}", f"2024-0{n}-10", f"OSCE Secretary General Anna Berg {told.format(f'{n} June', 'Berg')}")
            for n in range(5, 10)
        ),
        *(
            report(f"lund{n}", f"2024-1{n}-02", f"OSCE Secretary General Peter Lund {told.format(f'{n} May', 'Lund')}")
            for n in range(3)
        ),
        report("later", "2024-12-20", f"{former} {told.format('old times', 'Berg')}"),
        report("minister", "2024-03-02", f"Dutch Prime Minister Peter Lund {told.format('March', 'Lund')}"),
        report("untold", "2024-11-11", "The OSCE chief said the bridge will be painted."),
    ]
    return library_of(*articles)


def test_what_stands_behind_a_title_is_somebody_elses_title() -> None:
    text = "“It stays,” said Anna Berg, spokeswoman for the prime minister. The bridge is old."
    offices = library_of(article("a", text, published=day("2024-05-05"))).offices
    minister, spokeswoman = offices.read("prime minister"), offices.read("spokeswoman")
    assert minister is not None
    assert spokeswoman is not None
    assert (list(offices.bearers(minister)), list(offices.bearers(spokeswoman))) == ([], ["Anna Berg"])


@pytest.fixture(scope="module")
def library() -> Library:
    return corpus()


def test_whose_days_in_office_have_ended_had_it_though_no_article_says_so() -> None:
    untold = corpus(former="Anna Berg")
    office = untold.offices.read("OSCE chief")
    assert office is not None
    assert list(untold.offices.bearers(office, former=True)) == ["Anna Berg"]


def test_the_days_in_office_end_where_another_begins(library: Library) -> None:
    office = library.offices.read("OSCE chief")
    assert office is not None
    assert library.offices.bearers(office) == {
        "Anna Berg": DateRange(None, date(2024, 10, 1)),
        "Peter Lund": DateRange(date(2024, 9, 11), None),
    }
    assert list(library.offices.bearers(office, former=True)) == ["Anna Berg"]


def test_a_slip_of_the_pen_ends_no_days_in_office() -> None:
    slipped = corpus(former="OSCE Secretary General Anna Berg")
    office = slipped.offices.read("OSCE chief")
    assert office is not None
    assert slipped.offices.holder(office, day("2024-12-24")) != "Anna Berg"


@pytest.mark.parametrize(
    ("asked", "speakers"),
    [
        ("What did the OSCE Secretary General say about the bridge in July 2024?", ("Anna Berg",)),
        ("What did the OSCE chief say about the bridge in November 2024?", ("Peter Lund",)),
        ("What did the secretary general of OSCE say about the bridge?", ("Anna Berg", "Peter Lund")),
        ("What did the former OSCE chief say about the bridge?", ("Anna Berg",)),
        ("What did the Dutch prime minister say about the bridge?", ("Peter Lund",)),
    ],
)
def test_a_title_in_a_question_is_whoever_had_it_on_the_days_asked_about(
    library: Library, asked: str, speakers: tuple[str, ...]
) -> None:
    question: Question = QuestionReader(library, words(), TODAY).read(asked)
    assert question.speakers == speakers


def test_asked_for_by_a_title_somebody_is_quoted_as_its_bearer_only(library: Library) -> None:
    outcome = ask("What did the OSCE chief say about the bridge?", most=20, of=library)
    assert isinstance(outcome, Answer)
    days = {outcome.articles[q.article_id].id for statement in outcome.statements for q in statement.quotes}
    assert "later" not in days  # Berg, who was no longer in office
    assert "minister" not in days  # Lund, who was not yet
    assert "Anna Berg (OSCE chief) and Peter Lund (OSCE chief)" in outcome.message


def test_a_question_that_goes_on_keeps_to_the_days_in_office(library: Library) -> None:
    outcome = ask("and in October 2024?", "What did the OSCE chief say about the bridge?", most=20, of=library)
    assert isinstance(outcome, Answer)
    assert shown(outcome)
    assert {q.speaker for statement in outcome.statements for q in statement.quotes} == {"Peter Lund"}


def test_a_title_in_an_article_is_whoever_had_it_that_day_and_shown_as_probable(library: Library) -> None:
    [quote] = [quote for quote in library.quotes if quote.article_id == "untold"]
    assert quote.speaker == "Peter Lund"
    assert quote.certainty < 0.7


def test_a_title_of_no_country_or_body_is_linked_to_nobody(library: Library) -> None:
    more = [*library.articles.values(), report("bare", "2024-11-12", "The prime minister said the bridge is red.")]
    found = library_of(*more)
    [quote] = [quote for quote in found.quotes if quote.article_id == "bare"]
    assert quote.speaker == "prime minister"
