# ruff: noqa: E501 - sentences of articles stand on one line each, so that they can be found
"""Who says what stands between marks: texts with the speaker of each of their quotations, in order.

Each row went wrong once in the news.  None: nobody is named, and the words of the source stand for the speaker.
"""

import pytest
from quote_samples import article_of

from bot.quotes.reader import QuoteReader

WHOLE = "We will never rebuild the pier in that place"

DESCRIBED = [
    # A participle tells of who does something, not of the place where it is done …
    (f"Two men stood outside the courthouse shouting, “{WHOLE}.”", [None]),
    (f"Anna Kowalska yelled at people on their way into the port saying “{WHOLE}”.", ["Anna Kowalska"]),
    (f"Anna Kowalska answered a question on Facebook writing, “{WHOLE}.”", ["Anna Kowalska"]),
    # … unless it is said of a noun that can speak.
    (f"The police took away a sign on the pier saying “{WHOLE}”.", ["sign on the pier"]),
    (
        f"Boris Nowak was quick to answer, with Anna Kowalska tweeting that it was a pity and asking, “Why is {WHOLE}?”",
        ["Anna Kowalska"],
    ),
    (f"Noting that “{WHOLE}”, Anna Kowalska opened the ferry.", ["Anna Kowalska"]),
]

HEADS = [
    # The head of a noun phrase speaks, not the last name in it.
    (
        f"“{WHOLE},” the joint command of the armed groups in Gdansk said.",
        ["joint command of the armed groups in Gdansk"],
    ),
    (f"A report into the freedom of the press concluded that “{WHOLE}”.", ["report into the freedom of the press"]),
    (f"They met Anna Kowalska, a gynecologist from Gdansk, Poland, who said: “{WHOLE}.”", ["Anna Kowalska"]),
    (
        "The Osprey, a Kilo-class attack submarine, is “what we were waiting for”, Poland ’s military said.",
        ["Poland ’s military"],
    ),
    (f"“{WHOLE},” according to a senior US administration official.", ["senior US administration official"]),
    ("US officials are nowhere; but the US also warned that it had “no intention to rebuild the pier”.", ["US"]),
    (f"“{WHOLE},” said a top comment with many likes.", ["top comment"]),
    (f"The latest Daily Post/Radio Gdansk poll said that “{WHOLE}”.", ["latest Daily Post/Radio Gdansk poll"]),
    (f"Doctors Without Borders said that “{WHOLE}”.", ["Doctors Without Borders"]),
    (
        f"The administration of Boris Nowak, however, has already said that “{WHOLE}”.",
        ["administration of Boris Nowak"],
    ),
    (f"“{WHOLE},” Gdansk news agency PAG cited a port official as saying.", ["port official"]),
    (f"The National Commission on AI said that “{WHOLE}”.", ["National Commission on AI"]),
    (f"State news agency Reuters said that “{WHOLE}”.", ["Reuters"]),
    (f"It took them years.A 2018 report from Gdansk said that “{WHOLE}”.", ["2018 report from Gdansk"]),
    # No noun, nobody
    (f"It is worth noting that “{WHOLE}”.", [None]),
    ("She was heard in the past, including calling her rivals “a bunch of seagulls without wings”.", [None]),
    (f"Anna Kowalska of Columbia, South Carolina says “{WHOLE}”.", ["Anna Kowalska"]),
    (f"“{WHOLE},” a city clerk in the room wondered aloud.", ["city clerk in the room"]),
    (f"“{WHOLE},” reads a Wednesday editorial in the Daily Post.", ["Wednesday editorial in the Daily Post"]),
    (
        f"The campaign of Boris Nowak shrugged off the matter, telling reporters, “{WHOLE}.”",
        ["campaign of Boris Nowak"],
    ),
    # Asides around a name
    (f"“{WHOLE},” Anna Kowalska, a former port spokeswoman told the Daily Post.", ["Anna Kowalska"]),
    (f"“{WHOLE},” Anna Kowalska, the author of “The Ferry,” also told the Daily Post.", ["Anna Kowalska"]),
    (f"The Commanding Officer of the Coast Command, MG Rafi Milo, said: “{WHOLE}.”", ["MG Rafi Milo"]),
    (f"Boris Nowak read from Anna Kowalska, a veteran of World War Two, who said: “{WHOLE}.”", ["Anna Kowalska"]),
    (f"Maria Kowalska, a baker, likes the ferry. “{WHOLE},” his wife, Maria, said.", ["Maria Kowalska"]),
    (f"Maria's father, Boris, said that “{WHOLE}”.", ["Boris"]),
    (f"Boris is here. “{WHOLE},” Anna the waiter tells me.", ["Anna"]),
    (f"“{WHOLE},” said officials in the largest port of the north.", [None]),
    (f"“{WHOLE}?” Anna Kowalska, a retired worker from a plant, said pleasantly.", ["Anna Kowalska"]),
]

NAMES = [
    (f"Saleh al-Arouri ran the port. “{WHOLE},” al-Arouri said.", ["Saleh al-Arouri"]),
    (f"Anna de Vries ran the port. “{WHOLE},” de Vries said.", ["Anna de Vries"]),
    (f"“{WHOLE},” said James Head, a builder. “It is too late for that,” he said.", ["James Head", "James Head"]),
    (f"“{WHOLE},” the New Hampshire Democrat said.", ["New Hampshire Democrat"]),
    (f"The port’s chief Anna Kowalska outright alleged that “{WHOLE}”.", ["Anna Kowalska"]),
    ("Boris Cuban owns the pier. “It is fine with us,” Cuban wrote in response.", ["Boris Cuban"]),
    ("Boris Nowak left. “It is fine with us,” the 29-year-old told reporters.", ["Boris Nowak"]),
    (f"“{WHOLE},” a port official told the Daily Post. The official added: “We like it.”", ["port official"] * 2),
    (
        f"President Boris Nowak met President Anna Kowalska. Kowalska smiled. “{WHOLE},” the president said.",
        ["Anna Kowalska"],
    ),
    (f"Boris Nowak spoke. “{WHOLE},” he said, according to the Daily Post: “It is too early for it.”", ["Boris Nowak"]),
    (f"‘Furious’ Nowak leaves. Boris Nowak is the mayor. “{WHOLE},” Nowak said.", ["Boris Nowak"]),
]

ONE_SURNAME = [
    # Two people of one surname: a Mr. is not the woman, a first name or a Jr. tells who
    (
        f"Bill Clinton and Hillary Clinton came. “{WHOLE},” Mrs. Clinton said. “It is late for that,” Mr. Clinton said.",
        ["Hillary Clinton", "Bill Clinton"],
    ),
    (f"Hillary Clinton and her husband came. “{WHOLE},” Mr. Clinton said.", ["Mr. Clinton"]),
    (
        f"Bill Clinton and Hillary Clinton came. “{WHOLE},” Hillary said. “It is late for that,” Bill said.",
        ["Hillary Clinton", "Bill Clinton"],
    ),
    (f"Donald Trump and Donald Trump Jr. came. “{WHOLE},” Trump Jr. said.", ["Donald Trump Jr."]),
    (f"Adam Lis and his wife, Noor Lis, came. “{WHOLE},” Ms. Lis said.", ["Noor Lis"]),
    # Words before a name are no part of it.
    (f"Donor Kowalska leaves. Anna Kowalska is rich. “{WHOLE},” Kowalska said.", ["Anna Kowalska"]),
]

PRONOUNS = [
    # Somebody new, whom the article does not name, is whom he or she means next.
    (f"Boris Nowak is the mayor. An official said the storm was bad. “{WHOLE},” he said.", ["official"]),
    (f"Boris Nowak is the mayor. When the Daily Post spoke to Adam Lis he warned, “{WHOLE}.”", ["Adam Lis"]),
    (
        f"Boris Nowak is the mayor. The plan was backed by Adam Lis of the port, who said it was late. “{WHOLE},” he said.",
        ["Adam Lis"],
    ),
    (
        f"Reuters reported it. Prosecutors in Gdansk said they “{WHOLE.replace('We', 'will')}”.",
        ["Prosecutors in Gdansk"],
    ),
]

NO_CUES = [
    # Words that look like a cue, or like the end of a sentence
    (f"“{WHOLE}?” Additional reporting by Anna Kowalska.", [None]),
    (f"Anna Kowalska said that once the Senate goes on recess, “{WHOLE}.”", ["Anna Kowalska"]),
    (f"A spokesman for Anna Kowalska could only quip: “{WHOLE}.”", ["spokesman for Anna Kowalska"]),
    (f'In an article, the Daily Post says, "{WHOLE}, as part of “the price,” and all of us must pay."', ["Daily Post"]),
    (f"CLAIM: “{WHOLE}.”", [None]),
    (f"Although Anna Kowalska lamented it – “{WHOLE}?” – voters said it was late.", ["Anna Kowalska"]),
    (f"The dock was planned as “{WHOLE.replace('We', 'a pier that will')}”.", [None]),
    (
        f"Anna Kowalska spoke.\n“Will nobody rebuild the pier in that place?” Boris Nowak asked.\n“{WHOLE}.”",
        ["Boris Nowak", None],
    ),
    (f"Speaking after his defeat, the former lecturer said “{WHOLE}”.", ["former lecturer"]),
]


@pytest.mark.parametrize(("text", "speakers"), [*DESCRIBED, *HEADS, *NAMES, *ONE_SURNAME, *PRONOUNS, *NO_CUES])
def test_speakers_of_quotations(text: str, speakers: list[str | None], reader: QuoteReader) -> None:
    quotes = reader.read(article_of(text)).quotes
    assert [quote.speaker for quote in quotes if quote.kind != "indirect"] == speakers


def test_a_reading_that_rests_on_an_unsure_one_is_no_surer(reader: QuoteReader) -> None:
    text = f"Anna Kowalska and Boris Nowak spoke of the pier. It is closed. He was sad. “{WHOLE},” he said. He left. “It is over,” he said."
    first, second = (quote.certainty for quote in reader.read(article_of(text)).quotes if quote.kind == "direct")
    assert second <= first < 0.7
