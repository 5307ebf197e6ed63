# ruff: noqa: E501 - sentences of articles stand on one line each, so that they can be found
"""What is said in the five seed articles, word for word: every quotation, and every sentence of reported speech."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pytest
from quote_samples import said

from bot.model import SPOKEN, Article, Quote, Title
from bot.quotes.reader import Reading

STOLTENBERG = "Jens Stoltenberg"


class Row(NamedTuple):
    """One quotation: the words between the marks, exactly, and all that the article says about them."""

    article: str
    words: tuple[str, ...]
    kind: str
    cue: str | None
    source: str
    venue: str | None = None
    relays: tuple[str, ...] = ()
    said_on: str | None = None


TELEVISION, MARATHON, TELETHON, RADIO = (
    "Ukrainian national television",
    "Ukrainian TV marathon",
    "telethon",
    "LBC radio",
)
PRAVDA, POLITICO = ("Ukrainska Pravda",), ("Politico",)

# Fourteen quotations in sixteen pairs of marks, all of them Stoltenberg's.
QUOTATIONS = [
    Row(
        "000",
        ("NATO will support Ukraine, and we have now increased our support...But NATO's policy is unchanged – we will not be involved in this conflict.",),
        "direct", "said", "Stoltenberg", TELEVISION, (), "2024-07-14",
    ),
    Row(
        "000",
        ("So we support Ukraine in the destruction of Russian aircraft, but NATO will not be directly involved,",),
        "direct", "added", "he", TELEVISION, (), "2024-07-14",
    ),
    Row(
        "001",
        ("NATO will support Ukraine, and we are now increasing our support… But NATO’s policy remains unchanged – we will not participate in this conflict. "
         "We will not become part of the conflict. So, we support Ukraine in destroying Russian aircraft, but NATO will not be directly involved.",),
        "direct", "stating", "Stoltenberg", MARATHON, PRAVDA, "2024-07-14",
    ),
    Row(
        "001",
        ("Ukraine has the right to attack legitimate military targets on the territory of the aggressor country, Russia.",),
        "mixed", "reaffirmed", "The Secretary General", MARATHON, PRAVDA, "2024-07-14",
    ),
    Row(
        "001",
        ("different countries have imposed different restrictions on the use of weapons they transfer to Ukraine.",),
        "mixed", "noted", "He", MARATHON, PRAVDA, "2024-07-14",
    ),
    Row(
        "001",
        ("We have seen different models, and I will be cautious in making statements about what specific solution can be applied to Ukraine.",),
        "direct", "said", "Stoltenberg", MARATHON, PRAVDA, "2024-07-14",
    ),
    Row("002", ("NATO’s policy remains unchanged – we will not engage in this conflict,",), "direct", "stated", "Stoltenberg"),
    Row(
        "002",
        ("Therefore, we support Ukraine in destroying Russian aircraft, but NATO will not be directly involved,",),
        "direct", "added", "Stoltenberg",
    ),
    Row(
        "002",
        ("This is clearly defined by international law, as this is a war that Russia has started against Ukraine. Ukraine has the right to self-defense, "
         "including strikes on the aggressor’s territory. This is completely clear to me,",),
        "direct", "said", "the outgoing NATO chief",
    ),
    Row(
        "002",
        ("Now, some allies are loosening their restrictions, particularly due to the military actions that Russia is attempting or already conducting in the Kharkiv region,",),
        "direct", "noted", "Stoltenberg",
    ),
    Row(
        "003",
        ("NATO will continue to support Ukraine, and we have already stepped up our support… But NATO’s policy remains unchanged – we will not participate in this conflict. "
         "We will not become part of the conflict. So we are helping Ukraine to destroy Russian aircraft, but NATO will not be directly involved.",),
        "direct", None, "His response", TELETHON,
    ),
    Row(
        "003",
        ("We have seen different models, and I will be careful in saying what solution will be applied to Ukraine,",),
        "direct", "said", "he", TELETHON,
    ),
    Row(
        "004",
        ("I welcome these developments and these decisions but it’s for individual allies to make the final decisions,",
         "Allies have different policies on this."),
        "direct", "stated", "Stoltenberg", RADIO, POLITICO, "2024-09-16",
    ),
    Row(
        "004",
        ("There are no risk-free options in the war,",
         "But I continue to believe that the biggest risk for us, for [the] United Kingdom, for NATO, will be if President Putin wins in Ukraine."),
        "direct", "said", "he", RADIO, POLITICO, "2024-09-16",
    ),
]  # fmt: skip


def row(article: Article, quote: Quote) -> Row:
    words = said(article, quote)
    return Row(
        article.id[:3],
        words.contents,
        quote.kind,
        words.cue,
        words.source or "",
        quote.venue.of(article.text) if quote.venue else None,
        tuple(relay.of(article.text) for relay in quote.relays),
        str(quote.said_on) if quote.said_on else None,
    )


@pytest.mark.parametrize("name", ["000", "001", "002", "003", "004"])
def test_quotations_are_those_of_the_table(
    name: str, articles: Mapping[str, Article], readings: Mapping[str, Reading]
) -> None:
    found = [
        row(articles[name], quote) for quote in readings[name].quotes if quote.kind in ("direct", "mixed")
    ]  # in order of text
    assert found == [expected for expected in QUOTATIONS if expected.article == name]


def test_every_quotation_is_stoltenbergs_and_none_is_doubtful(readings: Mapping[str, Reading]) -> None:
    quotations = [
        quote for reading in readings.values() for quote in reading.quotes if quote.kind in ("direct", "mixed")
    ]
    assert len(quotations) == 14
    assert sum(len(quote.contents) for quote in quotations) == 16
    assert {quote.speaker for quote in quotations} == {STOLTENBERG}
    assert min(quote.certainty for quote in quotations) > 0.7


# Sentences that hold what somebody is reported to have said or to stand for.
REPORTED = [
    ("000", STOLTENBERG, "At the same time, Stoltenberg voiced support for Ukraine to be able to strike military targets inside Russia with Western weapons."),
    ("000", "Radoslaw Sikorski", "While Polish Foreign Minister Radoslaw Sikorski said that the matter is still under discussion"),
    ("000", "Wladyslaw Kosiniak-Kamysz", "Defense Minister Wladyslaw Kosiniak-Kamysz explained that a decision by the entire NATO is necessary to take this step."),
    ("001", STOLTENBERG, "On 14 July, NATO Secretary General Jens Stoltenberg expressed opposition to the idea of Poland using its air defense systems to shoot down Russian missiles over Ukrainian territory."),
    ("001", STOLTENBERG, "At the same time, Stoltenberg welcomed the recent US permission for Ukraine to use American missiles to strike Russian territory near the border with Ukraine in Kharkiv Oblast."),
    ("001", "Donald Tusk", "Earlier, on 8 July, after signing a security pact with Kyiv, Polish PM Donald Tusk discussed with NATO the potential for downing Russian missiles over Ukraine, pending alliance approval."),
    ("001", "Władysław Kosiniak-Kamysz", "On 10 July, Polish Defense Minister Władysław Kosiniak-Kamysz stated that Poland would not target Russian missiles over Ukraine without a NATO consensus."),
    ("001", "Radosław Sikorski", "On 13 July, Polish FM Radosław Sikorski revealed that Warsaw was considering Kyiv’s request to intercept missiles headed for Poland while they are still in Ukrainian airspace."),
    ("002", STOLTENBERG, "NATO Secretary General Jens Stoltenberg has expressed opposition to the idea of Poland shooting down Russian missiles over Ukrainian territory."),
    ("002", STOLTENBERG, "He emphasized that while NATO continues to support Ukraine, the alliance will not become a direct participant in the conflict."),
    ("002", STOLTENBERG, "Stoltenberg reaffirmed Ukraine’s right to defend itself, including targeting military objectives within the aggressor’s territory, Russia."),
    ("002", STOLTENBERG, "He also welcomed the United States’ approval for the use of American missiles in attacks on Russian territory near the Ukrainian border in the Kharkiv region."),
    ("002", STOLTENBERG, "Stoltenberg highlighted that different NATO countries have imposed various restrictions on the use of weapons they have supplied to Ukraine."),
    ("002", "Donald Tusk", "On July 8, after signing a security agreement between Poland and Ukraine, Polish Prime Minister Donald Tusk emphasized the need for NATO solidarity in discussing the interception of missiles aimed at Poland, even if they are still over Ukrainian territory."),
    ("003", STOLTENBERG, "NATO Secretary General Jens Stoltenberg has expressed his disagreement with Poland’s proposal to use its air defense systems to shoot down Russian missiles over Ukrainian territory."),
    ("003", STOLTENBERG, "Stoltenberg reiterated that Ukraine has the right to attack legitimate military targets on the territory of the aggressor Russia."),
    ("003", STOLTENBERG, "He acknowledged that different countries have imposed different restrictions on the use of weapons they provide to Ukraine."),
    ("003", STOLTENBERG, "At the same time, Stoltenberg welcomed the U.S. decision to allow the use of American missiles to strike Russian territory near the border with Ukraine in the Kharkiv region."),
    ("004", STOLTENBERG, "NATO Secretary General Jens Stoltenberg has expressed support for ongoing discussions regarding Ukraine’s potential use of long-range missiles to strike targets within Russian territory, according to Politico."),
    ("004", STOLTENBERG, "Speaking to LBC radio on 16 September, Stoltenberg emphasized that the final determination rests with individual NATO allies:"),
    ("004", "Vladimir Putin", "Russian President Vladimir Putin has previously threatened that allowing Ukraine to strike with Western-made long-range missiles would amount to the West directly fighting Russia."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "speaker", "sentence"), REPORTED)
def test_reported_speech_is_shown_whole_with_its_speaker(
    name: str, speaker: str, sentence: str, articles: Mapping[str, Article], readings: Mapping[str, Reading]
) -> None:
    text = articles[name].text
    quotes = [quote for quote in readings[name].quotes if [span.of(text) for span in quote.shown] == [sentence]]
    assert [(quote.kind, quote.speaker) for quote in quotes] == [("indirect", speaker)]


def test_two_ministers_in_one_sentence_have_their_own_clause(
    articles: Mapping[str, Article], readings: Mapping[str, Reading]
) -> None:
    clauses = [
        (quote.speaker, [span.of(articles["000"].text) for span in quote.contents])
        for quote in readings["000"].quotes
        if quote.speaker != STOLTENBERG
        and quote.speaker
        and quote.speaker.split()[-1] in ("Sikorski", "Kosiniak-Kamysz")
    ]
    assert clauses == [
        ("Radoslaw Sikorski", ["the matter is still under discussion"]),
        ("Wladyslaw Kosiniak-Kamysz", ["a decision by the entire NATO is necessary to take this step"]),
    ]


def test_according_to_a_newspaper_is_no_part_of_what_was_said(
    articles: Mapping[str, Article], readings: Mapping[str, Reading]
) -> None:
    (quote,) = [
        quote
        for quote in readings["004"].quotes
        if quote.cue and quote.cue.of(articles["004"].text) == "expressed support for"
    ]
    assert [span.of(articles["004"].text) for span in quote.contents] == [
        "ongoing discussions regarding Ukraine’s potential use of long-range missiles to strike targets within Russian territory"
    ]  # fmt: skip
    assert [span.of(articles["004"].text) for span in quote.relays] == ["Politico"]


# The outlet's own sentences: a reader who gives one to Stoltenberg misquotes him.
COMMENTARY = [
    ("003", "This decision underscores NATO’s commitment to avoid direct involvement in the conflict"),
    ("003", "This stance reaffirms NATO’s policy of non-intervention in the ongoing conflict"),
    ("003", "was asked about the possibility of Polish air defense systems intercepting missiles"),
    ("003", "This reflects the complexity and sensitivity of international military aid"),
    ("003", "This move indicates a significant step in the support provided to Ukraine"),
    ("003", "Stoltenberg’s comments also touched on the broader strategic considerations"),
    ("003", "indicating the complexity and long-term nature of any decisions"),
    ("003", "This careful approach underscores NATO’s commitment to support Ukraine"),
    ("003", "The alliance’s focus remains on providing defensive aid"),
    ("003", "Stoltenberg’s firm stance on not using Polish air defense systems"),
    ("003", "By maintaining a clear boundary between support and direct involvement"),
    ("000", "The possibility of Warsaw downing Russian missiles heading toward Poland"),
    ("000", "Restrictions against strikes deep inside Russian territory remain in place"),
    ("000", "the U.S. and Germany finally allowed Ukraine to use their arms"),
    ("001", "Stoltenberg was asked to comment on the proposal for Poland"),
    ("002", "Some nations have placed no limitations, while others have set specific conditions."),
    ("004", "Western countries, including the US and the UK, have restricted Ukraine’s use"),
    ("004", "The topic has gained traction following talks"),
    ("004", "However, no decision was announced following their meeting"),
    ("004", "Similar threats came from Russia before the approval"),
]


@pytest.mark.parametrize(("name", "words"), COMMENTARY)
def test_commentary_is_nobodys_words(
    name: str, words: str, articles: Mapping[str, Article], readings: Mapping[str, Reading]
) -> None:
    text = articles[name].text
    start = text.index(words)
    holding = [
        quote for quote in readings[name].quotes if any(span.start < start + len(words) and start < span.end for span in (*quote.shown, *quote.contents))
    ]  # fmt: skip
    assert all(quote.kind not in SPOKEN for quote in holding)


# The page around the coverage: captions, bios, teasers of other articles, appeals.
FURNITURE = [
    ("000", "during a news conference on the opening day"),
    ("000", "not a done deal"),
    ("000", "British officials tell Telegraph"),
    ("000", "was more nuanced"),
    ("000", "an unnamed senior defense source told the Telegraph"),
    ("000", "Martin Fornusek is a news editor"),
    ("000", "The project would involve Romanian investment"),
    ("001", "press conference ahead 2024 summit washington"),
    ("001", "because we believe in the power of free information"),
    ("001", "A little bit goes a long way"),
    ("003", "Subscribe now to keep reading"),
    ("004", "press conference ahead 2024 summit washington"),
    ("004", "because we believe in the power of free information"),
]


@pytest.mark.parametrize(("name", "words"), FURNITURE)
def test_furniture_holds_no_quote_and_no_passage(
    name: str, words: str, articles: Mapping[str, Article], readings: Mapping[str, Reading]
) -> None:
    start, reading = articles[name].text.index(words), readings[name]
    spans = [span for quote in reading.quotes for span in (*quote.shown, *quote.contents)]
    spans += [passage.span for passage in reading.passages]
    assert not any(span.start <= start < span.end for span in spans)


# A later day or another person's day is not the interview's.
def test_days_belong_to_their_own_speaker(readings: Mapping[str, Reading]) -> None:
    def days(name: str, speaker: str) -> Sequence[str | None]:
        return [
            str(q.said_on) if q.said_on else None for q in readings[name].quotes if q.speaker and speaker in q.speaker
        ]

    assert days("001", "Tusk") == ["2024-07-08"]
    assert days("001", "Kosiniak-Kamysz") == ["2024-07-10"]
    assert days("001", "Sikorski") == ["2024-07-13"]
    assert days("002", "Tusk") == [None]  # “July 8” of an article that states no date
    assert days("004", "Putin") == [None]  # he threatened before, not in the interview


def test_quotes_of_one_article_have_ids_of_their_own(readings: Mapping[str, Reading]) -> None:
    identities = [quote.id for reading in readings.values() for quote in reading.quotes]
    assert len(identities) == len(set(identities))


def test_a_block_quote_is_led_in_by_the_sentence_that_names_its_speaker(
    articles: Mapping[str, Article], readings: Mapping[str, Reading]
) -> None:
    reading, text = readings["001"], articles["001"].text
    number = next(
        at
        for at, quote in zip(reading.passage_of, reading.quotes, strict=True)
        if quote.source and quote.cue and quote.cue.of(text) == "stating"
    )
    lead_in = reading.passages[number].lead_in
    assert lead_in is not None
    assert lead_in.of(text) == "According to Ukrainska Pravda, Stoltenberg responded by stating,"


def test_people_are_learned_with_their_titles(readings: Mapping[str, Reading]) -> None:
    people = {person.name: person for person in readings["001"].people}
    assert {"Jens Stoltenberg", "Donald Tusk", "Władysław Kosiniak-Kamysz", "Radosław Sikorski"} <= set(people)
    assert people["Donald Tusk"].titles == {Title("Polish PM")}
    assert people["Jens Stoltenberg"].pronoun == "he"
