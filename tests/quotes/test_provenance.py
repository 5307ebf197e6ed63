# ruff: noqa: E501 - sentences of articles stand on one line each, so that they can be found
"""Where, when and through whom something was said, as rows of a text and what it states."""

from typing import NamedTuple

import pytest
from quote_samples import article_of

from bot.model import PartialDate
from bot.quotes.reader import QuoteReader

PUBLISHED = PartialDate(2024, 7, 17)  # a Wednesday


class Row(NamedTuple):
    """A text, and venue, relays and day of the last quote in it."""

    text: str
    venue: str | None = None
    relays: tuple[str, ...] = ()
    said_on: str | None = None


ROWS = [
    # venues
    Row("Speaking to LBC radio, Anna Kowalska said: “The bridge is closed.”", "LBC radio"),
    Row("In an interview with the BBC, Anna Kowalska said: “The bridge is closed.”", "BBC"),
    Row("“The bridge is closed,” Anna Kowalska told Reuters.", "Reuters"),
    Row("“The bridge is closed,” Anna Kowalska told the Washington Post on Monday.", "Washington Post", (), "2024-07-15"),
    Row("“The bridge is closed,” Anna Kowalska told her neighbours."),
    Row("In an interview with Sky News, Anna Kowalska was firm.\n“The bridge is closed,” she said.", "Sky News"),
    Row("“The bridge is closed,” Anna Kowalska told CNN Tuesday.", "CNN", (), "2024-07-16"),
    Row("“The bridge is closed,” Anna Kowalska told BBC Radio 4's Today programme.", "BBC Radio 4's Today programme"),
    Row("In an interview with Voice of America aired on Tuesday, Anna Kowalska said: “The bridge is closed.”", "Voice of America", (), "2024-07-16"),
    Row("“The bridge is closed,” Anna Kowalska told the UN Security Council.", "UN Security Council"),
    Row("“The bridge is closed,” Anna Kowalska said in a statement on X.", "X"),
    Row("In an interview with radio host Boris Nowak, Anna Kowalska said: “The bridge is closed.”", "radio host Boris Nowak"),
    Row("In an interview with Poland’s state news agency PAP, Anna Kowalska said: “The bridge is closed.”"),
    Row("“The bridge is closed,” Anna Kowalska said in a statement on Tuesday.", None, (), "2024-07-16"),
    Row("“The bridge is closed,” Anna Kowalska told US President Jane Doe."),
    Row("Speaking at a press conference in Paris, Anna Kowalska said: “The bridge is closed.”", "press conference"),
    # relays
    Row("“The bridge is closed,” Anna Kowalska said, according to a readout from her office.", None, ("readout from her office",)),
    Row("“The bridge is closed,” Anna Kowalska said, according to the Polish news agency PAP, Politico reported.", None, ("Polish news agency PAP", "Politico")),
    Row("Anna Kowalska said bridges are closed according to demand. “The bridge is closed,” she said."),
    Row("“The bridge is closed,” Anna Kowalska said, according to Politico.", None, ("Politico",)),
    Row("Reuters quoted Anna Kowalska as saying: “The bridge is closed.”", None, ("Reuters",)),
    Row("According to Ukrainska Pravda, Anna Kowalska said,\n“The bridge is closed.”", None, ("Ukrainska Pravda",)),
    Row("Reuters reported, citing Interfax, that Anna Kowalska said: “The bridge is closed.”", None, ("Interfax", "Reuters")),
    Row("According to the Daily Post, Anna Kowalska said,\n“The bridge is closed.”", None, ("Daily Post",)),
    Row("According to the report, the bridge is closed for good."),  # the report is the source itself
    # days, with the year of the last such day before the article appeared
    Row("On 14 July, Anna Kowalska said: “The bridge is closed.”", said_on="2024-07-14"),
    Row("On July 14, Anna Kowalska said: “The bridge is closed.”", said_on="2024-07-14"),
    Row("On 24 December, Anna Kowalska said: “The bridge is closed.”", said_on="2023-12-24"),
    Row("On 24 December 2021, Anna Kowalska said: “The bridge is closed.”", said_on="2021-12-24"),
    Row("On 31 June, Anna Kowalska said: “The bridge is closed.”"),
    # weekdays: the last one up to the day of publication
    Row("“The bridge is closed,” Anna Kowalska said on Tuesday.", said_on="2024-07-16"),
    Row("“The bridge is closed,” Anna Kowalska said on Wednesday.", said_on="2024-07-17"),
    Row("“The bridge is closed,” Anna Kowalska said on Thursday.", said_on="2024-07-11"),
    # a day inside what was said is no day of saying it
    Row("“The bridge closed on 3 May,” Anna Kowalska said."),
    Row("Anna Kowalska said that the bridge closed on 3 May."),
    # another occasion is not the one before
    Row("In an interview with Sky News on 14 July, Anna Kowalska was firm.\nAnna Kowalska has previously said: “It is closed.”"),
    Row("Speaking to LBC radio, Boris Nowak left.\n“The bridge is closed,” Anna Kowalska said."),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text[:70])
def test_provenance(row: Row, reader: QuoteReader) -> None:
    article = article_of(row.text, PUBLISHED)
    quote = reader.read(article).quotes[-1]
    assert row == Row(
        row.text,
        quote.venue.of(row.text) if quote.venue else None,
        tuple(relay.of(row.text) for relay in quote.relays),
        str(quote.said_on) if quote.said_on else None,
    )


@pytest.mark.parametrize("day", ["on 14 July", "on Tuesday"])
def test_without_a_date_of_publication_no_year_is_guessed(day: str, reader: QuoteReader) -> None:
    [quote] = reader.read(article_of(f"“The bridge is closed,” Anna Kowalska said {day}.")).quotes
    assert quote.said_on is None


def test_a_day_with_its_year_needs_no_date_of_publication(reader: QuoteReader) -> None:
    [quote] = reader.read(article_of("“The bridge is closed,” Anna Kowalska said on 14 July 2024.")).quotes
    assert str(quote.said_on) == "2024-07-14"


def test_a_month_of_publication_tells_the_year_but_no_weekday(reader: QuoteReader) -> None:
    text = "“The bridge is closed,” Anna Kowalska said on {}."
    [dated] = reader.read(article_of(text.format("14 June"), PartialDate(2024, 7))).quotes
    [weekday] = reader.read(article_of(text.format("Tuesday"), PartialDate(2024, 7))).quotes
    assert str(dated.said_on) == "2024-06-14"
    assert weekday.said_on is None
