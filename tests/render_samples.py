"""Articles and answers made by hand, for the tests of the renderers."""

from datetime import date
from typing import Any

from bot.model import (
    Abstention,
    Answer,
    Article,
    Block,
    Correction,
    DateRange,
    Fact,
    LeftOut,
    LibraryFacts,
    PartialDate,
    Question,
    Quote,
    QuoteKind,
    Span,
    Statement,
    quote_id,
    text_hash,
)

FACTS = LibraryFacts("r3v1s10n", 3, 12, 7)


def article(identity: str, text: str, **stated: Any) -> Article:
    return Article(identity, text_hash(text), text, (Block("body", Span(0, len(text))),), **stated)


def span(source: Article, words: str) -> Span:
    start = source.text.index(words)
    return Span(start, start + len(words))


def quote(whole: Article, kind: QuoteKind, *shown: str, **known: Any) -> Quote:
    """Build a quote of the pieces shown; venue, cue and source are given as words, relays as a list of them."""
    spans = tuple(span(whole, words) for words in shown)
    for key in ("venue", "cue", "source"):
        if key in known:
            known[key] = span(whole, known[key])
    known["relays"] = tuple(span(whole, words) for words in known.get("relays", ()))
    return Quote(quote_id(whole, spans), whole.id, kind, spans, spans, **known)


EUROMAIDAN = article(
    "euromaidan",
    "NATO chief opposes it.\n\nAccording to Ukrainska Pravda, citing a marathon broadcast, Jens Stoltenberg said on LBC"
    " radio, “we will not participate in this conflict. So, we support Ukraine,” adding, “but NATO will not be"
    " involved.”\n\nThe Secretary General reaffirmed his position that “Ukraine has the right to attack targets.”\n\n"
    "He welcomed the US permission. Officials fear escalation.\n\nPolish jets were scrambled on Monday.",
    headline="NATO rejects Polish proposal",
    outlet="Euromaidan Press",
    republished_by="like123.com",
    published=PartialDate(2024, 7, 15, "07:54"),
    author="Yuri Zoria",
    url="https://euromaidanpress.com/2024/07/15/polands-proposal/",
    origin="corpus/001.md",
)
POLAND = article(
    "poland",
    "Stoltenberg was clear: “We will not engage in this conflict. So, we support Ukraine,” he said, and “NATO will not"
    " be involved.”",
    headline="Stoltenberg opposes Poland’s proposal",
    outlet="Poland Daily 24",
    url="https://polanddaily24.com/43886",
)
HOSTILE = article(
    "hostile",
    "A spokesman said: “[bold red]No[/] \x1b]0;title\x07\x1b[31m\u202esurprise\u202c at\nall :smile:.”",
    headline="[link=http://x]Head[/link]\x1b[2J",
    url="javascript:alert(1)",
)
ARTICLES = {a.id: a for a in (EUROMAIDAN, POLAND, HOSTILE)}

DIRECT = quote(
    EUROMAIDAN,
    "direct",
    "we will not participate in this conflict. So, we support Ukraine,",
    "but NATO will not be involved.",
    speaker="Jens Stoltenberg",
    source="Jens Stoltenberg",
    cue="said",
    venue="LBC radio",
    relays=["Ukrainska Pravda", "a marathon broadcast"],
    said_on=PartialDate(2024, 7, 14),
)
DIRECT_ELSEWHERE = quote(
    POLAND,
    "direct",
    "We will not engage in this conflict. So, we support Ukraine,",
    "NATO will not be involved.",
    speaker="Jens Stoltenberg",
    certainty=0.63,
)
MIXED = quote(
    EUROMAIDAN,
    "mixed",
    "The Secretary General reaffirmed his position that “Ukraine has the right to attack targets.”",
    speaker="Jens Stoltenberg",
    certainty=0.6,
)
INDIRECT = quote(EUROMAIDAN, "indirect", "He welcomed the US permission.", speaker="Jens Stoltenberg")
UNNAMED = quote(EUROMAIDAN, "indirect", "Officials fear escalation.", source="Officials", said_on=PartialDate(2024, 7))
NARRATION = quote(EUROMAIDAN, "narration", "Polish jets were scrambled on Monday.")
HEADLINE = Quote(quote_id(POLAND, ()), POLAND.id, "headline", ())
HOSTILE_QUOTE = quote(
    HOSTILE, "direct", HOSTILE.text[HOSTILE.text.index("“") + 1 : HOSTILE.text.index("”")], speaker="[red]Evil\x1b[0m"
)
QUOTES = (DIRECT, DIRECT_ELSEWHERE, MIXED, INDIRECT, UNNAMED, NARRATION, HEADLINE, HOSTILE_QUOTE)

QUESTION = Question(
    "what did stoltenburg say about the conflict in July",
    intent="said",
    topic="the conflict",
    speakers=("Jens Stoltenberg",),
    outlets=("Euromaidan Press",),
    dates=DateRange(date(2024, 7, 1), date(2024, 7, 31)),
    corrections=(Correction("stoltenburg", "Stoltenberg"),),
)
ANSWER = Answer(
    QUESTION,
    "Jens Stoltenberg on the conflict: 3 statements, 14 Jul 2024",
    FACTS,
    (
        Statement("s1", (DIRECT, DIRECT_ELSEWHERE, INDIRECT)),
        Statement("s2", (MIXED,)),
        Statement("s3", (NARRATION,)),
        Statement("s4", (HEADLINE,)),
        Statement("s5", (UNNAMED,)),
    ),
    left_out=LeftOut(undated=2, without_outlet=1),
    suggestions=("What did Donald Tusk say?", "Who else said it?"),
    more=(Statement("s6", (INDIRECT,)), Statement("s7", (HOSTILE_QUOTE,))),
    articles=ARTICLES,
)
HOSTILE_ANSWER = Answer(
    Question("\x1b[31mhm"), "On \x1b[31mhm [b]x[/b]", FACTS, (Statement("s1", (HOSTILE_QUOTE,)),), articles=ARTICLES
)
FACT_ANSWER = Answer(
    Question("when was it published", intent="about_article"),
    "When it was published:",
    FACTS,
    facts=(Fact("published", "15 July 2024", EUROMAIDAN), Fact("articles", "3")),
)
ABSTENTION = Abstention(
    Question("what did Macron say", intent="said", unknown_names=("Macron",)),
    "unknown_name",
    "No words of Macron in these 3 articles: the name does not occur.",
    FACTS,
    suggestions=("What did Jens Stoltenberg say?",),
)
