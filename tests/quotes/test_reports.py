"""Which statements under different names are one utterance: by who the speakers can be, and by what they say."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import pytest
from quote_samples import article_of

from bot.analysis.analyst import analyser_of
from bot.model import Quote, QuoteKind, Span, Statement, quote_id
from bot.prose.name_words import NameWords
from bot.statements.denials import Denials
from bot.statements.grouping import Said
from bot.statements.reports import Account, Comparison, Report, united
from bot.statements.voices import Kinship, Voices

Tables = Mapping[str, Mapping[str, object]]
PEOPLE = frozenset({"Anna Nowak", "Jan Kowal"})
SAID = Said(frozenset(), frozenset(), None, ("", ()))
RARE = 6.0  # the weight of every term here

CLOSED = "the old wooden bridge over the harbour will be closed for repairs until the end of spring"
SAME = "Repairs will close the old wooden bridge over the harbour until spring"
OTHER = "drunken sailors have danced on the wooden bridge all night"


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


def report(identity: str, kind: QuoteKind, speaker: str | None, words: str, voices: Voices) -> Report:
    """Return the report of an article that holds nothing else but who speaks."""
    quoted = f"“{words}”" if kind == "direct" else words
    article = article_of(f"{quoted}, {speaker or 'it'} said.", identity=identity)
    contents = (Span(1, 1 + len(words)) if kind == "direct" else Span(0, len(words)),)
    quote = Quote(quote_id(article, contents), identity, kind, contents, contents, speaker=speaker)
    said = Said.of(quote, article, frozenset(voices.analyser.terms(words)), Denials.none())
    return Report(quote, article, said, voices.of(speaker, ""), Span(0, len(article.text)), voices.analyser)


def account(reported: Report, times: int = 1) -> Account:
    """Return the account of an article that uses each of its terms so many times."""
    weight = defaultdict(lambda: RARE)
    return Account([reported], dict.fromkeys(reported.sentence, times), weight)


@pytest.mark.parametrize(
    ("one", "other", "bound"),
    [
        (("indirect", "harbour authority", CLOSED), ("indirect", "the city’s harbour authority", SAME), True),
        (("indirect", "harbour authority", CLOSED), ("indirect", "the city’s harbour authority", OTHER), False),
        (("indirect", "harbour authority", CLOSED), ("indirect", "officials", SAME), True),
        (("direct", "harbour authority", CLOSED), ("indirect", "harbour authority", SAME), True),
        # what one quotes of it
        (("direct", "Anna Nowak", CLOSED), ("mixed", "Anna Nowak", "the bridge was “old” and “wooden”"), True),
        # whoever else says it in words of his own says it himself
        (("indirect", "harbour authority", CLOSED), ("indirect", "fishermen’s union of Gora", SAME), False),
        # the very words are one's, whoever is said to have said them; where two people are named, many of them
        (("direct", "harbour authority", CLOSED), ("mixed", "fishermen’s union of Gora", f"“{CLOSED[:60]}”"), True),
        (("direct", "harbour authority", CLOSED), ("mixed", "Anna Nowak", f"“{CLOSED[:60]}”"), True),
        (("direct", "Jan Kowal", CLOSED), ("mixed", "Anna Nowak", f"“{CLOSED[:60]}”"), True),
        (("direct", "Jan Kowal", CLOSED), ("mixed", "Anna Nowak", f"“{CLOSED[:30]}” for repairs until spring"), False),
        # accounts that differ in a number
        (("direct", "officials", f"41 days {CLOSED}"), ("direct", "harbour authority", f"52 days {CLOSED}"), False),
    ],
)  # fmt: skip
def test_reports_of_two_articles_are_bound_where_enough_speaks_for_one_utterance(
    one: tuple[QuoteKind, str, str], other: tuple[QuoteKind, str, str], bound: bool, voices: Voices
) -> None:
    ours, theirs = account(report("one", *one, voices)), account(report("other", *other, voices))
    assert bool(list(Comparison(ours, theirs).bonds())) == bound


def test_what_each_article_mentions_once_tells_more_than_what_they_are_about(voices: Voices) -> None:
    one, other = (report(name, "indirect", "officials", CLOSED, voices) for name in ("one", "other"))
    once, often = (list(Comparison(account(one, times), account(other, times)).evidence()) for times in (1, 5))
    assert once[0][2].told > often[0][2].told


def test_statements_are_united_unless_one_of_their_quotes_contradicts_another(voices: Voices) -> None:
    quotes = [report(name, "indirect", name, CLOSED, voices).quote for name in ("a", "b", "c")]
    pair, single = Statement(quotes[0].id, tuple(quotes[:2])), Statement(quotes[2].id, (quotes[2],))
    statements = {quote.key: pair if quote in pair.quotes else single for quote in quotes}
    bonds = {(quotes[0].key, quotes[2].key): 0.9}
    said = {quote.key: SAID for quote in quotes}
    assert united(statements, bonds, said) == [(pair, single)]
    for one, other in (({"numbers": {"41"}}, {"numbers": {"52"}}), ({"affirmed": {"open"}}, {"denied": {"open"}})):
        differing = {
            quotes[1].key: replace(SAID, **{name: frozenset(of) for name, of in one.items()}),
            quotes[2].key: replace(SAID, **{name: frozenset(of) for name, of in other.items()}),
        }
        assert united(statements, bonds, said | differing) == []


def test_one_bond_among_many_quotes_unites_nothing(voices: Voices) -> None:
    quotes = [report(name, "indirect", name, CLOSED, voices).quote for name in "abcdefg"]
    six, single = Statement(quotes[0].id, tuple(quotes[:6])), Statement(quotes[6].id, (quotes[6],))
    statements = {quote.key: six if quote in six.quotes else single for quote in quotes}
    said = {quote.key: SAID for quote in quotes}
    assert united(statements, {(quotes[0].key, quotes[6].key): 0.9}, said) == []
