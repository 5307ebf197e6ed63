"""Reported speech: which words of a sentence are whose, construction by construction."""

import pytest
from quote_samples import article_of

from bot.quotes.reader import QuoteReader

WHOLE = "the port was closed"

Told = tuple[str | None, str]
"""Who is told to say so, and the words that are theirs."""

BESIDE = [
    # Words stand on both sides of whoever says them, short as those before may be.
    (
        "In any case, Anna Nowak said, the harbour had too many cranes.",
        [("Anna Nowak", "In any case … the harbour had too many cranes")],
    ),
    (
        "The town bought two ferries, officials said, the first in May, and the second in June.",
        [(None, "The town bought two ferries … the first in May, and the second in June")],
    ),
    (
        "But the next day, according to Anna Nowak, the mayor asked for more.",
        [("Anna Nowak", "the next day … the mayor asked for more")],
    ),
    ("The talks failed, according to Anna Nowak, who was there.", [("Anna Nowak", "The talks failed")]),
    ("It is late, said one person who was there.", [("one person", "It is late")]),
    (
        "The ferry waits in Gora, said lobbyist and former minister Adam Lis, the owner.",
        [("lobbyist and former minister Adam Lis", "The ferry waits in Gora")],
    ),
]

ENDS = [
    # Where a report ends
    (
        "Anna Nowak says the mayor is breaking the law and showing no shame for it.",
        [("Anna Nowak", "the mayor is breaking the law and showing no shame for it")],
    ),
    (
        "Adam Lis laughed after Anna Nowak told the Daily Post that despite the storm, she would sail.",
        [("Anna Nowak", "despite the storm, she would sail")],
    ),
    ("Noting he studied law, Adam Lis said he likes to think.", [("Adam Lis", "he likes to think")]),
    ("Adam Lis had a plan that he said would make it harder.", [("Adam Lis", "would make it harder")]),
    (
        "Anna Nowak said the plan, which Adam Lis had backed, was late, but that she would sign it.",
        [("Anna Nowak", "the plan, which Adam Lis had backed, was late, but that she would sign it")],
    ),
    (
        "Anna Nowak said the port would stay closed for the week, however.",
        [("Anna Nowak", "the port would stay closed for the week")],
    ),
    ("Anna Nowak, asked about the storm, said the port was closed.", [("Anna Nowak", WHOLE)]),
]

WHOSE = [
    # What the main clause tells is all its speaker's, whatever others are told to want in it.
    ("Boris Kowal plans to stay as mayor, Anna Nowak said.", [("Anna Nowak", "Boris Kowal plans to stay as mayor")]),
    (
        "Half of the voters dislike Boris Kowal, a new poll by the Daily Post finds.",
        [(None, "Half of the voters dislike Boris Kowal")],
    ),
    (
        "Adam Lis, the head of the club, which backed the mayor, said the port was closed.",
        [("Adam Lis", WHOLE)],
    ),
    # A verb in the plural has several for its subject.
    (
        "Harbour workers trying to keep Adam Lis out of the club say they are winning.",
        [("Harbour workers", "they are winning")],
    ),
    ("Those who know Adam Lis say he is late.", [(None, "he is late")]),
    ("The man who met Adam Lis said the port was closed.", [("man", WHOLE)]),
    ("Sailors from Gora who watched the Saturday race said the port was closed.", [("Sailors", WHOLE)]),
    ("Those claims that the port was closed were false.", []),
    ("People familiar with the plan say the port was closed.", [("People familiar with the plan", WHOLE)]),
    ("A group of rabbis called for an end of it.", [("group of rabbis", "an end of it")]),
    ("Four in 10 voters say the port was closed.", [("Four in 10 voters", WHOLE)]),
    ("Nearly a third say the port was closed.", [(None, WHOLE)]),
    ("Both said the port was closed.", [(None, WHOLE)]),
    ("Sailors have already said the port was closed.", [("Sailors", WHOLE)]),
    ("Anna Nowak, the mayor, this week announced the end of it.", [("Anna Nowak", "the end of it")]),
    ("Anna Nowak went on to explain that the port was closed.", [("Anna Nowak", WHOLE)]),
    ("Neither Anna Nowak nor Adam Lis called for an end of it.", []),
    (
        "A group of sailors called for an end of it, and the harbour club the Dry Docks said the port was closed.",
        [("group of sailors", "an end of it"), ("Dry Docks", WHOLE)],
    ),
]

NOBODY = [
    # Who keeps silent tells that, but not what was not said; and what nobody is named for is nobody's.
    ("Anna Nowak declined to comment on the plan.", [("Anna Nowak", "comment on the plan")]),
    ("Anna Nowak declined to comment.", [("Anna Nowak", "comment")]),
    ("Anna Nowak refused to say that the port was closed.", []),
    ("Anna Nowak declined to be named.", []),
    ("Anna Nowak is widely expected to sign the bill.", [(None, "sign the bill")]),
    ("Anna Nowak was seen as a friend of the port.", [(None, "a friend of the port")]),
    ("Anna Nowak has reportedly left the club.", [(None, "left the club")]),
    ("Anna Nowak is accused of taking bribes.", [(None, "taking bribes")]),
    ("Anna Nowak was asked about the plan on Monday.", []),
]


@pytest.mark.parametrize(("text", "told"), [*BESIDE, *ENDS, *WHOSE, *NOBODY])
def test_what_is_told_of_whom(text: str, told: list[Told], reader: QuoteReader) -> None:
    article = article_of(text)
    found = reader.read(article).quotes
    assert {quote.kind for quote in found} <= {"indirect"}
    assert [(one.speaker, " … ".join(span.of(article.text) for span in one.contents)) for one in found] == told
