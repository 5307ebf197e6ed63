"""Which quotes are one utterance: on the seed articles, and where dates or articles part them."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import log
from typing import Any

import pytest
from quote_samples import article_of

from bot.analysis.analyst import analyser_of
from bot.model import Article, PartialDate, Quote, QuoteKind, Span, Statement, quote_id
from bot.quotes.reader import Reading
from bot.statements.denials import Denials
from bot.statements.grouping import Said, group
from bot.statements.reports import Account, Comparison, Report
from bot.statements.voices import Voice

OTHERS = 10  # quotes that hold none of the terms, for each of these
NOBODY = Voice(frozenset(), frozenset(), False)


@pytest.fixture(scope="session")
def denials(tables: Mapping[str, Mapping[str, Any]]) -> Denials:
    return Denials.from_table(tables["speech"]["denials"], analyser_of(tables))


def said_in(quotes: Sequence[Quote], articles: Mapping[str, Article], denials: Denials) -> list[Said]:
    words = (" ".join(span.of(articles[quote.article_id].text) for span in quote.contents) for quote in quotes)
    return [
        Said.of(quote, articles[quote.article_id], frozenset(denials.analyser.terms(of)), denials)
        for quote, of in zip(quotes, words, strict=True)
    ]


def grouped(quotes: Sequence[Quote], articles: Mapping[str, Article], denials: Denials) -> tuple[Statement, ...]:
    """Return the statements of quotes; a term is the rarer, the fewer of many such articles would hold it."""
    said = said_in(quotes, articles, denials)
    holders = Counter(term for one in said for term in one.terms)
    rarest = log(OTHERS * len(said))
    weight = defaultdict(lambda: rarest, {term: rarest - log(count) for term, count in holders.items()})
    reports: dict[str, list[Report]] = defaultdict(list)
    for quote, one in zip(quotes, said, strict=True):
        passage = Span(quote.shown[0].start, quote.shown[-1].end)
        report = Report(quote, articles[quote.article_id], one, NOBODY, passage, denials.analyser)
        reports[quote.article_id].append(report)
    accounts = {
        name: Account(of, Counter(denials.analyser.terms(articles[name].text)), weight) for name, of in reports.items()
    }

    def likely(one: Quote, other: Quote) -> float:
        return Comparison(accounts[one.article_id], accounts[other.article_id]).likely(one, other)

    return group(quotes, said, weight, likely)


@pytest.fixture(scope="session")
def statements(
    articles: Mapping[str, Article], readings: Mapping[str, Reading], denials: Denials
) -> tuple[Statement, ...]:
    quotes = [quote for reading in readings.values() for quote in reading.quotes]
    return grouped(quotes, {article.id: article for article in articles.values()}, denials)


def holding(statements: tuple[Statement, ...], articles: Mapping[str, Article], name: str, words: str) -> Statement:
    """Return the statement with the quote of an article that holds the words."""
    text = articles[name].text
    start = text.index(words)
    identity = articles[name].id
    [found] = [
        statement
        for statement in statements
        if any(q.article_id == identity and any(s.start <= start < s.end for s in q.contents) for q in statement.quotes)
    ]
    return found


SAME = [
    # four translations of one sentence of the interview
    ("000", "we will not be involved in this conflict", "001", "we will not participate in this conflict"),
    ("001", "we will not participate in this conflict", "003", "we will not participate in this conflict"),
    ("000", "So we support Ukraine in the destruction", "002", "Therefore, we support Ukraine in destroying"),
    # words between marks, and the other outlet's paraphrase of them
    ("001", "Ukraine has the right to attack legitimate", "003", "Ukraine has the right to attack legitimate"),
    ("001", "We have seen different models", "003", "We have seen different models"),
    ("001", "different countries have imposed", "003", "different countries have imposed"),
]
APART = [
    # Tusk “discussed with NATO” and “emphasized the need for NATO solidarity”: two accounts that differ
    ("001", "with NATO the potential for downing", "002", "the need for NATO solidarity"),
    # the right to self-defence by international law is said in other words than the right to attack targets
    ("002", "This is clearly defined by international law", "001", "Ukraine has the right to attack legitimate"),
    ("004", "There are no risk-free options", "004", "I welcome these developments"),
    ("001", "We have seen different models", "001", "different countries have imposed"),
]


@pytest.mark.parametrize(("one", "words", "other", "others"), SAME)
def test_wordings_of_one_utterance_are_one_statement(
    one: str,
    words: str,
    other: str,
    others: str,
    statements: tuple[Statement, ...],
    articles: Mapping[str, Article],
) -> None:
    assert holding(statements, articles, one, words) is holding(statements, articles, other, others)


@pytest.mark.parametrize(("one", "words", "other", "others"), APART)
def test_two_utterances_stay_apart(
    one: str,
    words: str,
    other: str,
    others: str,
    statements: tuple[Statement, ...],
    articles: Mapping[str, Article],
) -> None:
    assert holding(statements, articles, one, words) is not holding(statements, articles, other, others)


def test_every_quote_is_in_one_statement(statements: tuple[Statement, ...], readings: Mapping[str, Reading]) -> None:
    grouped = [quote.id for statement in statements for quote in statement.quotes]
    assert sorted(grouped) == sorted(quote.id for reading in readings.values() for quote in reading.quotes)


WORDS = "The old bridge over the river will stay closed until spring."


def quote(article: Article, speaker: str | None, said_on: PartialDate | None = None) -> Quote:
    span = Span(0, len(article.text))
    identity = quote_id(article, (span,))
    return Quote(identity, article.id, "direct", (span,), (span,), speaker=speaker, said_on=said_on)


@pytest.mark.parametrize(
    ("speakers", "days", "count"),
    [
        (("Anna", "Anna"), (None, None), 1),
        (("Anna", "Boris"), (None, None), 2),
        ((None, None), (None, None), 2),  # nobody is not one speaker
        (("Anna", "Anna"), (PartialDate(2024, 7, 1), PartialDate(2024, 7, 2)), 1),
    ],
)
def test_one_statement_has_one_speaker(
    speakers: tuple[str | None, str | None],
    days: tuple[PartialDate | None, PartialDate | None],
    count: int,
    denials: Denials,
) -> None:
    one, other = article_of(WORDS, identity="one"), article_of(WORDS + " ", identity="other")
    quotes = [quote(one, speakers[0], days[0]), quote(other, speakers[1], days[1])]
    assert len(grouped(quotes, {"one": one, "other": other}, denials)) == count


def test_like_words_of_other_days_are_other_utterances(denials: Denials) -> None:
    one = article_of(WORDS, identity="one")
    other = article_of("The old bridge over the river will stay shut for now.", identity="other")
    quotes = [quote(one, "Anna", PartialDate(2024, 7, 1)), quote(other, "Anna", PartialDate(2024, 9, 1))]
    assert len(grouped(quotes, {"one": one, "other": other}, denials)) == 2


@pytest.mark.parametrize(
    ("words", "others", "count"),
    [
        ("More than 40,130 people were killed in the city", "More than 41,689 people were killed in the city", 2),
        ("About 90,000 people have left the city", "About 90,000 people have left the city, after 110,000 before", 1),
        ("Many people have left the old city", "About 90,000 people have left the old city", 1),
        ("Six people were killed in the city by the strike", "Two people were killed in the city by the strike", 2),
        ("Six people were killed in the city by the strike", "The strike killed 6 people in the city", 1),
    ],
)
def test_accounts_that_differ_in_a_number_are_not_one(words: str, others: str, count: int, denials: Denials) -> None:
    one, other = article_of(words, identity="one"), article_of(others, identity="other")
    quotes = [quote(one, "Anna"), quote(other, "Anna")]
    assert len(grouped(quotes, {"one": one, "other": other}, denials)) == count


@pytest.mark.parametrize(("published", "count"), [(PartialDate(2024, 7, 3), 1), (PartialDate(2024, 9, 1), 2)])
def test_what_is_printed_weeks_later_was_said_anew(published: PartialDate, count: int, denials: Denials) -> None:
    one = replace(article_of(WORDS, identity="one"), published=PartialDate(2024, 7, 1))
    other = replace(article_of(f"{WORDS} Still.", identity="other"), published=published)
    quotes = [quote(one, "Anna"), quote(other, "Anna")]
    assert len(grouped(quotes, {"one": one, "other": other}, denials)) == count


def said_on_days(quotes: Sequence[tuple[int, str]], denials: Denials) -> tuple[Statement, ...]:
    """Return the statements of quotes of one speaker, each in an article of its own, by the number of its day."""
    articles = [
        replace(article_of(words, identity=str(number)), published=PartialDate.of(date(2024, 1, 1) + timedelta(day)))
        for number, (day, words) in enumerate(quotes)
    ]
    said = [quote(article, "Anna") for article in articles]
    return grouped(said, {article.id: article for article in articles}, denials)


def test_one_link_does_not_make_one_utterance_of_two(denials: Denials) -> None:
    bridge, tunnel = "The bridge stays closed", "Drivers take the tunnel"
    linked = [f"{one}, because heavy lorries have damaged the wooden pillars badly" for one in (bridge, tunnel)]
    assert len(said_on_days([(0, one) for one in linked], denials)) == 1
    several = [bridge, f"{bridge}.", *linked, tunnel, f"{tunnel}."]
    assert len(said_on_days([(0, one) for one in several], denials)) == 2


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("The town council has agreed to close the wooden bridge", "The council has not agreed to close the bridge", 2),
        ("The minister accepted the offer of the dockers’ union", "The minister rejected the offer of the union", 2),
        ("Soldiers from Gora shelled the wooden bridge", "No soldiers from Gora shelled the wooden bridge", 2),
        ("The bridge never opened to heavy lorries", "The bridge opened to heavy lorries", 2),
        ("The bridge isn’t closed to heavy lorries", "The bridge is closed to heavy lorries", 2),
        ("The council supports closing the bridge to lorries", "The council opposes closing the bridge to lorries", 2),
        # both deny it, or deny something else
        ("The council has not agreed to close the wooden bridge", "The council hasn’t agreed to close the bridge", 1),
        ("The council will close the wooden bridge, not the tunnel", "The council will close the wooden bridge", 1),
    ],
)
def test_an_account_that_denies_what_another_affirms_is_another(
    one: str, other: str, count: int, denials: Denials
) -> None:
    assert len(said_on_days([(0, one), (0, other)], denials)) == count


def test_words_that_are_said_on_many_occasions_tell_none_of_them(denials: Denials) -> None:
    stock = "Soldiers struck weapons stores in the south near"
    today = [(0, f"{stock} Alba, Bora, Cista and Cres"), (0, f"{stock} Dorna, Elva, Fiume and Fora")]
    later = [(30 + 30 * number, f"{stock} {place}ora") for number, place in enumerate("bdfghjklmnpqrstvwxyz")]
    assert len(said_on_days(today, denials)) == 1
    assert len(said_on_days([*today, *later], denials)) == len(today) + len(later)


@pytest.mark.parametrize(
    ("text", "words", "kinds", "count"),
    [
        # a report of words, and the words
        ("The hostages’ release is a moral duty. So releasing hostages is for him a duty, a moral one.",
         ("The hostages’ release is a moral duty", "releasing hostages is for him a duty, a moral one"),
         ("direct", "indirect"), 1),
        # a few of the words, between marks
        ("It was a crushing blow to the enemy and its friends. He spoke of a crushing blow.",
         ("It was a crushing blow to the enemy and its friends", "crushing blow"), ("direct", "mixed"), 1),
        ("It was a crushing blow to the enemy and its friends. He spoke of a crushing blow.",
         ("It was a crushing blow to the enemy and its friends", "crushing blow"), ("direct", "indirect"), 2),
        # two sentences between marks that have much in common
        ("We will rebuild the school and the road. We will rebuild the road and the mill and the weir.",
         ("We will rebuild the school and the road", "We will rebuild the road and the mill and the weir"),
         ("direct", "direct"), 2),
    ],
)  # fmt: skip
def test_an_article_prints_an_utterance_twice_where_one_repeats_the_other(
    text: str, words: tuple[str, str], kinds: tuple[QuoteKind, QuoteKind], count: int, denials: Denials
) -> None:
    article = article_of(text, identity="one")
    spans = [Span(text.rindex(one), text.rindex(one) + len(one)) for one in words]
    quotes = [
        replace(quote(article, "Anna"), id=kind + str(span.start), kind=kind, shown=(span,), contents=(span,))
        for span, kind in zip(spans, kinds, strict=True)
    ]
    assert len(grouped(quotes, {"one": article}, denials)) == count


def test_no_quotes_make_no_statements(denials: Denials) -> None:
    assert group([], [], {}, lambda *_: 0.0) == ()
