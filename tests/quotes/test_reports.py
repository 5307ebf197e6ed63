"""Which statements under different names are one utterance: by who the speakers can be, and by what they say."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from quote_samples import article_of

from bot.analysis.analyst import analyser_of
from bot.model import PartialDate, Quote, QuoteKind, Span, Statement, quote_id
from bot.prose.words import NameWords
from bot.quotes.reports import Comparison, Report, united
from bot.quotes.statements import Said
from bot.quotes.voices import Kinship, Voices

Tables = Mapping[str, Mapping[str, object]]
PEOPLE = frozenset({"Anna Nowak", "Jan Kowal"})
RARE = 6.0  # the weight of every term here

CLOSED = "the old wooden bridge over the harbour will be closed for repairs until the end of spring"
SAME = "Repairs will close the old wooden bridge over the harbour until spring"
OTHER = "the old wooden bridge will be closed because drunken sailors have burnt it down"


@pytest.fixture(scope="session")
def voices(tables: Tables) -> Voices:
    return Voices(NameWords.from_tables(tables), analyser_of(tables), PEOPLE)


@pytest.mark.parametrize(
    ("one", "other", "source", "kinship"),
    [
        ("Lebanon’s health ministry", "Lebanese health ministry", "", "kin"),
        ("the ministry of health", "Lebanese health ministry", "", "kin"),
        ("IDF", "Israeli military", "", "kin"),
        ("Israel", "the Israeli army", "", "kin"),
        ("Kyiv", "Ukraine’s air force", "", "kin"),
        ("Anna Nowak", "harbour authority", "harbour authority spokeswoman Anna Nowak", "kin"),
        ("Anna Nowak", "harbour authority", "Nowak", "apart"),
        ("Ukraine’s defence ministry", "Russia’s defence ministry", "", "apart"),
        ("Hamas", "Hezbollah", "", "apart"),
        ("Anna Nowak", "Jan Kowal", "Anna Nowak", "apart"),
        ("officials", "Lebanese health ministry", "", "open"),
        (None, "Hamas", "", "open"),
    ],
)
def test_voices_are_kin_where_one_name_says_no_more_than_the_other(
    one: str | None, other: str, source: str, kinship: Kinship, voices: Voices
) -> None:
    ours, theirs = voices.of(one, source), voices.of(other, other)
    assert (ours.kinship(theirs), theirs.kinship(ours)) == (kinship, kinship)


def report(identity: str, kind: QuoteKind, speaker: str | None, words: str, day: int, voices: Voices) -> Report:
    article = replace(article_of(words, identity=identity), published=PartialDate(2024, 7, day))
    spans = (Span(0, len(words)),)
    quote = Quote(quote_id(article, spans), identity, kind, spans, spans, speaker=speaker)
    terms = frozenset(voices.analyser.terms(words))
    return Report(quote, article, Said.of(quote, article, terms), voices.of(speaker, ""))


@pytest.mark.parametrize(
    ("one", "other", "day", "bound"),
    [
        (("indirect", "harbour authority", CLOSED), ("indirect", "the city’s harbour authority", SAME), 1, True),
        (("indirect", "harbour authority", CLOSED), ("indirect", "the city’s harbour authority", OTHER), 1, False),
        (("indirect", "harbour authority", CLOSED), ("indirect", "the city’s harbour authority", SAME), 9, False),
        (("indirect", "harbour authority", CLOSED), ("indirect", "officials", SAME), 1, True),
        # whoever else says it in words of his own says it himself
        (("indirect", "harbour authority", CLOSED), ("indirect", "fishermen’s union of Gora", SAME), 1, False),
        # the very words are one's, whoever is said to have said them; but not where two people are named
        (("direct", "harbour authority", CLOSED), ("mixed", "fishermen’s union of Gora", CLOSED[:60]), 1, True),
        (("direct", "harbour authority", CLOSED), ("mixed", "Anna Nowak", CLOSED[:60]), 1, True),
        (("direct", "Jan Kowal", CLOSED), ("mixed", "Anna Nowak", CLOSED[:60]), 1, False),
        # accounts that differ in a number
        (("direct", "officials", f"41 days {CLOSED}"), ("direct", "harbour authority", f"52 days {CLOSED}"), 1, False),
        # of one speaker they are compared elsewhere
        (("direct", "harbour authority", CLOSED), ("direct", "harbour authority", CLOSED), 1, False),
    ],
)  # fmt: skip
def test_reports_of_two_articles_are_bound_where_the_words_tell_enough_for_how_the_speakers_are_related(
    one: tuple[QuoteKind, str, str], other: tuple[QuoteKind, str, str], day: int, bound: bool, voices: Voices
) -> None:
    reports = [report("one", *one, 1, voices), report("other", *other, day, voices)]
    weight = {term: RARE for each in reports for term in each.said.terms}
    found = Comparison(weight, voices.analyser).bonds(reports, {"other"})
    assert bool(found) == bound
    assert not Comparison(weight, voices.analyser).bonds(reports, {"a third"})


def test_statements_are_united_unless_one_of_their_quotes_gives_another_number(voices: Voices) -> None:
    quotes = [report(name, "indirect", name, CLOSED, 1, voices).quote for name in ("a", "b", "c")]
    pair, single = Statement(quotes[0].id, tuple(quotes[:2])), Statement(quotes[2].id, (quotes[2],))
    statements = {quote.key: pair if quote in pair.quotes else single for quote in quotes}
    bonds = {(quotes[0].key, quotes[2].key): 0.9}
    numbers = {quote.key: frozenset[str]() for quote in quotes}
    assert united(statements, bonds, numbers) == [(pair, single)]
    differing = numbers | {quotes[1].key: frozenset({"41"}), quotes[2].key: frozenset({"52"})}
    assert united(statements, bonds, differing) == []


def test_one_bond_among_many_quotes_unites_nothing(voices: Voices) -> None:
    quotes = [report(name, "indirect", name, CLOSED, 1, voices).quote for name in "abcde"]
    four, single = Statement(quotes[0].id, tuple(quotes[:4])), Statement(quotes[4].id, (quotes[4],))
    statements = {quote.key: four if quote in four.quotes else single for quote in quotes}
    numbers = {quote.key: frozenset[str]() for quote in quotes}
    assert united(statements, {(quotes[0].key, quotes[4].key): 0.9}, numbers) == []
