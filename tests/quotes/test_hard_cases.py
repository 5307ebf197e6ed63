# ruff: noqa: E501 - sentences of articles stand on one line each, so that they can be found
"""The hard cases of quotation in the news, as (case, text, expected quotes): a row for everything that went wrong once.

The numbers are those of the list that this table began with: 1 marks, 2 nesting, 3 several paragraphs, 4 marks that
lack, 5 split quotes, 6 cues in the paragraph before, 7 inversion, 8 asides, 9 pronouns, 10 titles, 11 two speakers,
12 scare quotes, 13 headlines, 14 captions and the like, 15 relays, 16 organisations and documents, 17 transcripts,
18 asked about, 19 negated speech, 20 spellings, 21 translations, 22 ellipses and brackets, 23 stances, beliefs and
intentions, 24 the ends of reported clauses, 25 what only looks like a subject or a verb.
"""

from typing import NamedTuple

import pytest
from quote_samples import Said, article_of, blocks_of, said

from bot.model import Block, BlockKind, Span
from bot.quotes.reader import QuoteReader


class Row(NamedTuple):
    """A text and the quotes that it holds, in order."""

    case: int
    text: str
    expected: list[Said]


def direct(speaker: str | None, source: str | None, cue: str | None, *contents: str) -> Said:
    return Said("direct", contents, speaker, source, cue)


def mixed(speaker: str | None, source: str | None, cue: str | None, *contents: str) -> Said:
    return Said("mixed", contents, speaker, source, cue)


def indirect(speaker: str | None, source: str | None, cue: str | None, *contents: str) -> Said:
    return Said("indirect", contents, speaker, source, cue)


BRIDGE = "The bridge is closed,"
CLOSED = "The bridge is closed."

ROWS = [
    # 1 straight, curly, guillemet, „…“, two apostrophes, British single marks told from apostrophes
    Row(1, '"The bridge is closed," Anna Kowalska said.', [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)]),
    Row(1, "“The bridge is closed,” Anna Kowalska said.", [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)]),
    Row(1, "«The bridge is closed,» Anna Kowalska said.", [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)]),
    Row(1, "„The bridge is closed,“ Anna Kowalska said.", [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)]),
    Row(1, "''The bridge is closed,'' Anna Kowalska said.", [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)]),
    Row(1, "``The bridge is closed,'' Anna Kowalska said.", [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)]),
    Row(1, "‘The bridge is closed,’ Anna Kowalska said.", [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)]),
    Row(
        1, "'The allies' bridge isn't open,' Anna Kowalska said.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", "The allies' bridge isn't open,")],
    ),
    Row(1, "The allies’ bridge isn’t what it’s been in the ’90s, and that’s all.", []),
    Row(
        1, "“The bridge isn’t closed,” said Anna Kowalska, the allies’ engineer.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", "The bridge isn’t closed,")],
    ),
    # 2 nested marks
    Row(
        2, "“He told me ‘the bridge is closed’ and left,” Anna Kowalska said.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", "He told me ‘the bridge is closed’ and left,")],
    ),
    Row(
        2, "‘He told me “the bridge is closed” and left,’ Anna Kowalska said.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", "He told me “the bridge is closed” and left,")],
    ),
    # 3 several paragraphs with a reopened mark and one close
    Row(
        3, "Anna Kowalska said: “The bridge is closed.\n“It will stay closed.\n“Use the ferry.”",
        [direct("Anna Kowalska", "Anna Kowalska", "said", CLOSED, "It will stay closed.", "Use the ferry.")],
    ),
    Row(
        3, "“The bridge is closed,” said Anna Kowalska.\n“It will stay closed until the spring,” said Boris Nowak.",
        [
            direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE),
            direct("Boris Nowak", "Boris Nowak", "said", "It will stay closed until the spring,"),
        ],
    ),
    # 3 paragraphs that were copied without the line between them
    Row(
        3, "Boris Nowak left.“The bridge is closed,” Anna Kowalska said.“It is closed for good.”The weather was fine.Boris Nowak waits.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE, "It is closed for good.")],
    ),
    Row(3, "“Is the bridge closed?”Nowak asked.", [direct("Nowak", "Nowak", "asked", "Is the bridge closed?")]),
    # 4 a missing close, a stray close
    Row(
        4, "Anna Kowalska said, “The bridge is closed.\nThe weather was fine.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", CLOSED)],
    ),
    Row(4, "The bridge is closed.” The weather was fine.", []),
    Row(
        4, "The 6\" pipe broke. “The bridge is closed,” Anna Kowalska said.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)],
    ),
    Row(
        4, "“The bridge is closed,“ Anna Kowalska said.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)],
    ),
    # 5 split quotes
    Row(
        5, "“The bridge is closed,” Anna Kowalska said, adding, “Use the ferry.”",
        [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE, "Use the ferry.")],
    ),
    Row(
        5, "“The bridge,” Anna Kowalska said, “is closed until the spring.”",
        [direct("Anna Kowalska", "Anna Kowalska", "said", "The bridge,", "is closed until the spring.")],
    ),
    Row(
        5, "“The bridge is closed,” Anna Kowalska said. “Use the ferry instead.”",
        [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE, "Use the ferry instead.")],
    ),
    # 6 the cue ends the previous paragraph, or introduces twice
    Row(
        6, "Anna Kowalska answered the question by stating,\n“The bridge is closed.”",
        [direct("Anna Kowalska", "Anna Kowalska", "stating", CLOSED)],
    ),
    Row(
        6, "Anna Kowalska met the press and said:\n“The bridge is closed.”",
        [direct("Anna Kowalska", "Anna Kowalska", "said", CLOSED)],
    ),
    Row(
        6, "Anna Kowalska addressed the worries, stating,\n“The bridge is closed,” she said, adding, “Use the ferry.”",
        [direct("Anna Kowalska", "she", "said", BRIDGE, "Use the ferry.")],
    ),
    Row(
        6, "“The bridge is closed until the spring.”\n— Anna Kowalska, engineer",
        [direct("Anna Kowalska", "Anna Kowalska", None, "The bridge is closed until the spring.")],
    ),
    Row(
        6, "Stated Anna Kowalska:\n“The bridge is closed.”",
        [direct("Anna Kowalska", "Anna Kowalska", "Stated", CLOSED)],
    ),
    Row(
        6, "The engineers agree – Anna Kowalska: “The bridge is closed until spring.”",
        [direct("Anna Kowalska", "Anna Kowalska", None, "The bridge is closed until spring.")],
    ),
    # 7 inversion
    Row(
        7, "NATO chief Jens Stoltenberg left. “The bridge is closed,” said the outgoing NATO chief.",
        [direct("Jens Stoltenberg", "the outgoing NATO chief", "said", BRIDGE)],
    ),
    Row(
        7, "“The bridge is closed,” wrote Anna Kowalska in a letter.",
        [direct("Anna Kowalska", "Anna Kowalska", "wrote", BRIDGE)],
    ),
    Row(
        7, "“The bridge is closed,” surmised Anna Kowalska.",
        [direct("Anna Kowalska", "Anna Kowalska", "surmised", BRIDGE)],
    ),
    Row(
        7, "“The bridge is closed,” Anna Kowalska retaliated.",
        [direct("Anna Kowalska", "Anna Kowalska", "retaliated", BRIDGE)],
    ),
    Row(
        7, "“The bridge is closed,” remembered Anna Kowalska.",
        [direct("Anna Kowalska", "Anna Kowalska", "remembered", BRIDGE)],
    ),
    Row(
        7, "“The bridge is closed,” an angry Kowalska retaliated.",
        [direct("Kowalska", "an angry Kowalska", "retaliated", BRIDGE)],
    ),
    # 8 appositions and asides between name and verb
    Row(
        8, "Anna Kowalska, the head of the port, said: “The bridge is closed.”",
        [direct("Anna Kowalska", "Anna Kowalska", "said", CLOSED)],
    ),
    Row(
        8, "“The bridge is closed,” Anna Kowalska, the head of the port, said on Monday.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)],
    ),
    Row(
        8, "Anna Kowalska, during a town hall in Columbus, Ohio, said: “The bridge is closed.”",
        [direct("Anna Kowalska", "Anna Kowalska", "said", CLOSED)],
    ),
    Row(
        8, "Sen. Anna Kowalska (D-Ohio), noting the size of the river, said, “The bridge is closed.”",
        [
            indirect("Anna Kowalska", "Sen. Anna Kowalska", "noting", "the size of the river"),
            direct("Anna Kowalska", "Sen. Anna Kowalska", "said", CLOSED),
        ],
    ),
    Row(
        8, "“The bridge is closed,” the governor’s spokeswoman, Anna Kowalska, said.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)],
    ),
    Row(
        8, "“The bridge is closed,” Anna Kowalska, head of the Harbour Board, an old office, said.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)],
    ),
    Row(
        8, "“The bridge is closed,” the owner of a small ferry said.",
        [direct("owner of a small ferry", "the owner of a small ferry", "said", BRIDGE)],
    ),
    Row(
        8, "Anna Kowalska recently urged women to use the ferry, saying, “The bridge is closed.”",
        [
            indirect("Anna Kowalska", "Anna Kowalska", "urged", "women to use the ferry"),
            direct("Anna Kowalska", "Anna Kowalska", "saying", CLOSED),
        ],
    ),
    Row(
        8, "GDYNIA, Poland (UPI) — Anna Kowalska opened the port, saying, “The bridge is closed.”",
        [direct("Anna Kowalska", "Anna Kowalska", "saying", CLOSED)],
    ),
    Row(
        8, "Understated Kowalska raises hopes. Of her understated plans Kowalska said, “The bridge is closed.”",
        [direct("Kowalska", "Kowalska", "said", CLOSED)],
    ),
    Row(
        8, "Suddenly Kowalska came back. Any Kowalska would. “The bridge is closed,” Kowalska said.",
        [direct("Kowalska", "Kowalska", "said", BRIDGE)],
    ),
    Row(
        8, "“The bridge is closed,” Anna Kowalska, a fellow at the Harbour Institute told Radio Nord.",
        [direct("Anna Kowalska", "Anna Kowalska", "told", BRIDGE)],
    ),
    Row(
        8, "A spokeswoman for the North Coast, Anna Kowalska, said the Port Authority was “a closed bridge and no more.”",
        [mixed("Anna Kowalska", "Anna Kowalska", "said", "a closed bridge and no more.")],
    ),
    Row(
        8, "The river froze.Anna Kowalska left the port.“The bridge is closed,” she said.“Use the ferry instead.”Ferries sail.",
        [direct("Anna Kowalska", "she", "said", BRIDGE, "Use the ferry instead.")],
    ),
    # 9 he, she, “her response was clear: …”
    Row(
        9, "Anna Kowalska spoke to the press. “The bridge is closed,” she said.",
        [direct("Anna Kowalska", "she", "said", BRIDGE)],
    ),
    Row(
        9, "Anna Kowalska was asked about it.\nHer response was clear: “The bridge is closed.”",
        [direct("Anna Kowalska", "Her response", None, CLOSED)],
    ),
    Row(
        9, "Anna Kowalska spoke in Maine. Maine is cold. “The bridge is closed,” she said.",
        [direct("Anna Kowalska", "she", "said", BRIDGE)],
    ),
    Row(
        9, "Anna Kowalska met Boris Nowak. “The bridge is closed,” she said. “The ferry is open,” he said.",
        [direct("Anna Kowalska", "she", "said", BRIDGE), direct("Boris Nowak", "he", "said", "The ferry is open,")],
    ),
    Row(
        9, "The harbour board met with the city on Monday. “The bridge is closed,” she said.",
        [direct(None, "she", "said", BRIDGE)],
    ),
    Row(
        9, "Boris Nowak left the port. As for Adam Kowalski, he said, “The bridge is closed.”",
        [direct("Adam Kowalski", "he", "said", CLOSED)],
    ),
    Row(
        9, "Anna Kowalska said the ferry is open. Maria Nowak came later. “The bridge is closed,” she said.",
        [
            indirect("Anna Kowalska", "Anna Kowalska", "said", "the ferry is open"),
            direct("Maria Nowak", "she", "said", BRIDGE),
        ],
    ),
    Row(
        9, "Boris Nowak left the port. Anna Kowalska appeared, courtesy of Adam Zielinski, a guest. “The bridge is closed,” he said.",
        [direct("Adam Zielinski", "he", "said", BRIDGE)],
    ),
    Row(
        9, "Boris Nowak left the port. The crowd met him and Adam Zielinski. “The bridge is closed,” he said.",
        [direct("Boris Nowak", "he", "said", BRIDGE)],
    ),
    Row(
        9, "Anna Kowalska left the port. Meanwhile Rihanna, who was there, sang. “The bridge is closed,” she said.",
        [direct("Rihanna", "she", "said", BRIDGE)],
    ),
    # 10 titles: the Secretary General; Putin's spokesman is not Putin
    Row(
        10, "Secretary General Jens Stoltenberg arrived. The Secretary General said, “The bridge is closed.”",
        [direct("Jens Stoltenberg", "The Secretary General", "said", CLOSED)],
    ),
    Row(
        10, "Vladimir Putin was silent. “The bridge is closed,” said Putin’s spokesman.",
        [direct("Putin’s spokesman", "Putin’s spokesman", "said", BRIDGE)],
    ),
    Row(
        10, "Vladimir Putin was silent. “The bridge is closed,” said Putin’s spokesman Dmitry Peskov.",
        [direct("Dmitry Peskov", "Putin’s spokesman Dmitry Peskov", "said", BRIDGE)],
    ),
    Row(
        10, "“The bridge is closed,” said Secretary of State Anna Kowalska.",
        [direct("Anna Kowalska", "Secretary of State Anna Kowalska", "said", BRIDGE)],
    ),
    # 11 two speakers in a sentence
    Row(
        11, "While Anna Kowalska said that the bridge is closed, Boris Nowak explained that the ferry is open.",
        [
            indirect("Anna Kowalska", "Anna Kowalska", "said", "the bridge is closed"),
            indirect("Boris Nowak", "Boris Nowak", "explained", "the ferry is open"),
        ],
    ),
    Row(
        11, "Anna Kowalska noted that port officials have long been talking of repairs, and “we’re tired of waiting for them.”",
        [mixed("Anna Kowalska", "Anna Kowalska", "noted", "we’re tired of waiting for them.")],
    ),
    Row(
        11, "Anna Kowalska said the bridge would open, but Boris Nowak called it “a ruin in the making of fools.”",
        [
            indirect("Anna Kowalska", "Anna Kowalska", "said", "the bridge would open"),
            mixed("Boris Nowak", "Boris Nowak", "called", "a ruin in the making of fools."),
        ],
    ),
    Row(
        11, "Anna Kowalska welcomed the ferry, but Boris Nowak opposed it.",
        [
            indirect("Anna Kowalska", "Anna Kowalska", "welcomed", "the ferry"),
            indirect("Boris Nowak", "Boris Nowak", "opposed", "it"),
        ],
    ),
    Row(
        11, "Boris Nowak, who opposed the ferry, said that the bridge is closed.",
        [indirect("Boris Nowak", "Boris Nowak", "opposed", "the ferry", "the bridge is closed")],
    ),
    Row(
        11, "As Boris Nowak spoke, Anna Kowalska was in the harbour, warning of “a ruin in the making of fools.”",
        [mixed("Anna Kowalska", "Anna Kowalska", "warning of", "a ruin in the making of fools.")],
    ),
    Row(
        11, "Anna Kowalska and others said, “The bridge is closed.”",
        [direct("Anna Kowalska", "Anna Kowalska and others", "said", CLOSED)],
    ),
    Row(
        11, "Anna Kowalska praises Boris Nowak, who ended his career there, as “a builder in the land of fools.”",
        [mixed("Anna Kowalska", "Anna Kowalska", "praises", "a builder in the land of fools.")],
    ),
    Row(
        11, "Anna Kowalska called the bridge “a disgrace to the port,” while Boris Nowak called it “a wonder of the world.”",
        [
            mixed("Anna Kowalska", "Anna Kowalska", "called", "a disgrace to the port,"),
            mixed("Boris Nowak", "Boris Nowak", "called", "a wonder of the world."),
        ],
    ),
    # 23 stances, beliefs and intentions
    Row(
        23, "Anna Kowalska wants to close the bridge, a plan that engineers doubt.",
        [indirect("Anna Kowalska", "Anna Kowalska", "wants to", "close the bridge")],
    ),
    Row(
        23, "Anna Kowalska is deeply concerned about the old bridge.",
        [indirect("Anna Kowalska", "Anna Kowalska", "concerned about", "the old bridge")],
    ),
    Row(
        23, "Anna Kowalska attacked the harbour board on Monday after Boris Nowak left.",
        [indirect("Anna Kowalska", "Anna Kowalska", "attacked", "the harbour board")],
    ),
    Row(
        23, "Anna Kowalska expressed strong support for banks, ferries and bridges.",
        [indirect("Anna Kowalska", "Anna Kowalska", "expressed strong support for", "banks, ferries and bridges")],
    ),
    Row(
        23, "She’s convinced that the bridge is closed, Anna Kowalska told reporters.",
        [indirect("Anna Kowalska", "Anna Kowalska", "told", "She’s convinced that the bridge is closed")],
    ),
    Row(23, "A company called Bridge Builders closed.", []),
    Row(23, "The port’s commitment to ferries is known.", []),
    Row(
        23, "“The bridge is closed,” Anna Kowalska said, underscoring the state of the port.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)],
    ),
    Row(
        23, "Anna Kowalska decided not to close the bridge.",
        [indirect("Anna Kowalska", "Anna Kowalska", "decided", "not to close the bridge")],
    ),
    Row(
        23, "Anna Kowalska remains very confident that the bridge is safe.",
        [indirect("Anna Kowalska", "Anna Kowalska", "confident that", "the bridge is safe")],
    ),
    Row(
        23, "Anna Kowalska made a strong case for a ferry.",
        [indirect("Anna Kowalska", "Anna Kowalska", "made a strong case for", "a ferry")],
    ),
    Row(
        23, "Anna Kowalska has opposed the port’s plan to close the bridge.",
        [indirect("Anna Kowalska", "Anna Kowalska", "opposed", "the port’s plan to close the bridge")],
    ),
    Row(
        23, "Anna Kowalska sent a warning to the port.", [],
    ),
    Row(
        23, "Anna Kowalska spoke to residents about the old bridge.",
        [indirect("Anna Kowalska", "Anna Kowalska", "spoke to residents about", "the old bridge")],
    ),
    Row(
        23, "Anna Kowalska tried to explain that the bridge is closed.",
        [indirect("Anna Kowalska", "Anna Kowalska", "explain", "the bridge is closed")],
    ),
    # 24 where a reported clause begins and ends
    Row(
        24, "Anna Kowalska plans to keep the bridge closed until the river thaws.",
        [indirect("Anna Kowalska", "Anna Kowalska", "plans to", "keep the bridge closed until the river thaws")],
    ),
    Row(
        24, "Anna Kowalska praised the ferry and even questioned the need for a bridge.",
        [indirect("Anna Kowalska", "Anna Kowalska", "praised", "the ferry", "the need for a bridge")],
    ),
    Row(
        24, "Anna Kowalska said, if the river freezes, the bridge will be closed.",
        [indirect("Anna Kowalska", "Anna Kowalska", "said", "if the river freezes, the bridge will be closed")],
    ),
    Row(
        24, "Anna Kowalska said running a ferry has cost the city too much.",
        [indirect("Anna Kowalska", "Anna Kowalska", "said", "running a ferry has cost the city too much")],
    ),
    Row(
        24, "The bridge is closed for the winter, as engineer Anna Kowalska believes.",
        [indirect("Anna Kowalska", "engineer Anna Kowalska", "believes", "The bridge is closed for the winter")],
    ),
    Row(
        24, "Anna Kowalska called the plan “bold,” claiming that the bridge is closed.",
        [
            mixed("Anna Kowalska", "Anna Kowalska", "called", "bold,"),
            indirect("Anna Kowalska", "Anna Kowalska", "claiming", "the bridge is closed"),
        ],
    ),
    Row(
        24, "As Anna Kowalska noted on Monday, the bridge is closed.",
        [indirect("Anna Kowalska", "Anna Kowalska", "noted", "the bridge is closed")],
    ),
    Row(
        24, "The bridge is closed, said Anna Kowalska, head of the port and a former engineer.",
        [indirect("Anna Kowalska", "Anna Kowalska", "said", "The bridge is closed")],
    ),
    Row(
        24, "Anna Kowalska continues to insist that 20,000 cars use the bridge.",
        [indirect("Anna Kowalska", "Anna Kowalska", "insist", "20,000 cars use the bridge")],
    ),
    Row(
        24, "While Anna Kowalska says the bridge is closed, the ferry sails.",
        [indirect("Anna Kowalska", "Anna Kowalska", "says", "the bridge is closed")],
    ),
    Row(
        24, "Supporters of Kowalska hope the bridge will open.",
        [indirect("Supporters of Kowalska", "Supporters of Kowalska", "hope", "the bridge will open")],
    ),
    Row(
        24, "Anna Kowalska said that if the river freezes, she would close the bridge.",
        [indirect("Anna Kowalska", "Anna Kowalska", "said", "if the river freezes, she would close the bridge")],
    ),
    Row(
        24, "Half of the engineers said the bridge is safe and a third said it is closed.",
        [indirect(None, "the engineers", "said", "the bridge is safe")],
    ),
    Row(
        24, "Anna Kowalska said she was tired but still feared the river.",
        [indirect("Anna Kowalska", "Anna Kowalska", "said", "she was tired but still feared the river")],
    ),
    Row(
        24, "Anna Kowalska said the bridge over the river is closed, which surprised the engineers.",
        [indirect("Anna Kowalska", "Anna Kowalska", "said", "the bridge over the river is closed")],
    ),
    Row(
        24, "Anna Kowalska said in a statement on Monday she would close the bridge.",
        [indirect("Anna Kowalska", "Anna Kowalska", "said", "she would close the bridge")],
    ),
    Row(
        24, "Anna Kowalska made the case to engineers that the bridge is closed.",
        [indirect("Anna Kowalska", "Anna Kowalska", "made the case to", "the bridge is closed")],
    ),
    Row(
        24, "The bridge is closed, Anna Kowalska told the engineers as she left.",
        [indirect("Anna Kowalska", "Anna Kowalska", "told", "The bridge is closed")],
    ),
    Row(
        24, "The bridge is closed to the 39 who back a ferry, according to Reuters.",
        [indirect("Reuters", "Reuters", "according to", "The bridge is closed to the 39 who back a ferry")],
    ),
    Row(
        24, "Anna Kowalska closed the bridge, according to a report.",
        [indirect("report", "a report", "according to", "Anna Kowalska closed the bridge")],
    ),
    Row(
        24, "According to early results of a poll, the bridge is closed.",
        [indirect(None, "results of a poll", "According to", "the bridge is closed")],
    ),
    # 25 what stands beside a verb without being its subject: adjectives of countries, objects, “was heard saying”
    Row(25, "Polish attacks on the bridge began.", []),
    Row(
        25, "The bridge is closed, according to the Polish health ministry.",
        [indirect("Polish health ministry", "the Polish health ministry", "according to", "The bridge is closed")],
    ),
    Row(
        25, "The bridge is closed, according to the city's council-run port office.",
        [indirect("city's council-run port office", "the city's council-run port office", "according to", "The bridge is closed")],
    ),
    Row(
        25, "“The bridge is closed,” Mark Cuban said. Cuban added that it will open.",
        [
            direct("Mark Cuban", "Mark Cuban", "said", BRIDGE),
            indirect("Mark Cuban", "Cuban", "added", "it will open"),
        ],
    ),
    Row(
        25, "An official who spoke to Reuters said the bridge is closed.",
        [indirect("official", "An official", "said", "the bridge is closed")],
    ),
    Row(
        25, "Anna Kowalska can be heard saying that the bridge is closed.",
        [indirect("Anna Kowalska", "Anna Kowalska", "saying", "the bridge is closed")],
    ),
    Row(
        25, "Anna Kowalska sent a warning to engineers supporting the ferry, saying “the bridge is closed for good”.",
        [
            mixed("Anna Kowalska", "Anna Kowalska", "saying", "the bridge is closed for good"),
            indirect(None, "engineers", "supporting", "the ferry"),
        ],
    ),
    # 2 marks inside marks of the same kind
    Row(
        2, "Anna Kowalska wrote, “They ask when “our bridge” will open. It is closed.” Engineers agreed.",
        [direct("Anna Kowalska", "Anna Kowalska", "wrote", "They ask when “our bridge” will open. It is closed.")],
    ),
    Row(
        25, "“The bridge is closed,” a source close to Anna Kowalska said.",
        [direct("source close to Anna Kowalska", "a source close to Anna Kowalska", "said", BRIDGE)],
    ),
    Row(
        25, "“The bridge is closed,” said an engineer familiar with the talks.",
        [direct("engineer familiar with the talks", "an engineer familiar with the talks", "said", BRIDGE)],
    ),
    Row(
        25, "Supporters of the ferry, on the other hand, said that the bridge is closed.",
        [indirect("Supporters of the ferry", "Supporters of the ferry", "said", "the bridge is closed")],
    ),
    Row(
        25, "After a rally in Gdynia, PO, last week, Sen. Anna Kowalska (D-Pomerania), said, “The bridge is closed.”",
        [direct("Anna Kowalska", "Sen. Anna Kowalska", "said", CLOSED)],
    ),
    Row(25, "The 20 states that a ferry serves have no bridge.", []),
    Row(
        25, "Anna Kowalska spoke. Kowalska was asked by a reporter whether the fee was “a further tax on the poor of this city.”",
        [mixed(None, None, None, "a further tax on the poor of this city.")],
    ),
    Row(
        10, "Pope Francis came. “The bridge is closed,” the Pope said. Francis said the ferry will run.",
        [
            direct("Pope Francis", "the Pope", "said", BRIDGE),
            indirect("Pope Francis", "Francis", "said", "the ferry will run"),
        ],
    ),
    # 12 scare quotes, titles of works, names of laws
    Row(12, "The so-called “caravan” moved on.", []),
    Row(12, "He starred in “The Bridge on the River Kwai” and in “Casablanca” long ago.", []),
    Row(12, "The “Stop the Bridge Act” was passed in May.", []),
    Row(
        12, "Anna Kowalska said any new bridge would demand “absolute secrecy” from engineers.",
        [
            indirect(
                "Anna Kowalska", "Anna Kowalska", "said",
                "any new bridge would demand “absolute secrecy” from engineers",
            ),
        ],
    ),
    Row(
        12, "The engineer, Anna Kowalska, said the bridge is “closed.” It will open.",
        [indirect("Anna Kowalska", "Anna Kowalska", "said", "the bridge is “closed.”")],
    ),
    Row(12, "Asked about the bridge, Anna Kowalska said “No.”", [direct("Anna Kowalska", "Anna Kowalska", "said", "No.")]),
    Row(
        12, "Speaking on “Morning Coffee,” Anna Kowalska said the bridge is closed.",
        [indirect("Anna Kowalska", "Anna Kowalska", "said", "the bridge is closed")],
    ),
    Row(
        12, "“The bridge is closed,” Anna Kowalska said on TVN's “Facts of the Day.” “The ferry will run.”",
        [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE, "The ferry will run.")],
    ),
    Row(12, "Anna Kowalska called the bridge “a disgrace.”", [mixed("Anna Kowalska", "Anna Kowalska", "called", "a disgrace.")]),
    # 14 captions, bios, teasers: see also the seed articles
    # 15 relays
    Row(
        15, "“The bridge is closed,” Anna Kowalska said, according to Reuters.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", BRIDGE)],
    ),
    Row(
        15, "Anna Kowalska has expressed support for the new bridge, according to Politico.",
        [indirect("Anna Kowalska", "Anna Kowalska", "expressed support for", "the new bridge")],
    ),
    # 16 organisations, documents and posts as sources
    Row(
        16, "The ministry said the bridge is closed.",
        [indirect("ministry", "The ministry", "said", "the bridge is closed")],
    ),
    Row(
        16, "“The bridge is closed until spring,” the statement said.",
        [direct("statement", "the statement", "said", "The bridge is closed until spring,")],
    ),
    Row(
        16, "According to the report, the bridge is closed until spring.",
        [indirect("report", "the report", "According to", "the bridge is closed until spring")],
    ),
    Row(
        16, "“The bridge is closed,” Anna Kowalska tweeted.",
        [direct("Anna Kowalska", "Anna Kowalska", "tweeted", BRIDGE)],
    ),
    Row(
        16, "Anna Kowalska released a statement saying, “The bridge is closed.”",
        [direct("Anna Kowalska", "a statement", "saying", CLOSED)],
    ),
    Row(
        16, "“The bridge is closed,” officials said.",
        [direct(None, "officials", "said", BRIDGE)],
    ),
    Row(
        16, "A letter obtained by Fox News says, “The bridge is closed.”",
        [direct("letter", "A letter", "says", CLOSED)],
    ),
    Row(
        16, "Kowalska’s office sent an email to supporters stating, “The bridge is closed.”",
        [direct("Kowalska’s office", "an email to supporters", "stating", CLOSED)],
    ),
    Row(
        16, "The engineers’ union said, “The bridge is closed.”",
        [direct("engineers’ union", "The engineers’ union", "said", CLOSED)],
    ),
    Row(
        16, "Polls there show that the bridge is closed.",
        [indirect("Polls", "Polls", "show", "the bridge is closed")],
    ),
    Row(
        16, "A new poll showed the ferry ahead of the bridge.",
        [indirect("new poll", "A new poll", "showed", "the ferry ahead of the bridge")],
    ),
    Row(
        16, "But according to a new poll, most people want a ferry.",
        [indirect("new poll", "a new poll", "according to", "most people want a ferry")],
    ),
    Row(16, "Half of voters say the bridge is closed.", [indirect(None, "voters", "say", "the bridge is closed")]),
    # 17 transcripts
    Row(
        17, "Governor Mike Pence took questions.\nPENCE: The bridge is closed. Use the ferry.",
        [indirect("Mike Pence", "PENCE", None, "The bridge is closed. Use the ferry.")],
    ),
    Row(
        17, "Related: The bridge is closed and there is no ferry.",
        [],
    ),
    Row(
        15, "Reuters quoted the mayor, Anna Kowalska, as saying that the bridge is closed.",
        [indirect("Anna Kowalska", "Anna Kowalska", "saying", "the bridge is closed")],
    ),
    Row(
        15, "Anna Kowalska was quoted by Reuters as saying: “The bridge is closed.”",
        [direct("Anna Kowalska", "Anna Kowalska", "saying", CLOSED)],
    ),
    Row(
        15, "“The bridge is closed,” Reuters quoted Anna Kowalska as saying.",
        [direct("Anna Kowalska", "Anna Kowalska", "saying", BRIDGE)],
    ),
    # 18 asked about …, X said
    Row(
        18, "Asked about the river, Anna Kowalska said, “The bridge is closed.”",
        [direct("Anna Kowalska", "Anna Kowalska", "said", CLOSED)],
    ),
    Row(
        18, "When asked to comment on the idea of a ferry, Anna Kowalska said,\n“The bridge is closed.”",
        [direct("Anna Kowalska", "Anna Kowalska", "said", CLOSED)],
    ),
    Row(
        18, "Anna Kowalska was asked, “Is the bridge closed until spring?”",
        [direct(None, None, None, "Is the bridge closed until spring?")],
    ),
    # 19 negated or hypothetical speech is no quote
    Row(19, "If Anna Kowalska wants to close the bridge, the city will pay.", []),
    Row(19, "It is unclear whether Anna Kowalska supports the new ferry.", []),
    Row(19, "Anna Kowalska has no plans to close the bridge.", []),
    Row(19, "Anna Kowalska did not say that the bridge is closed.", []),
    Row(19, "Anna Kowalska would have said that the bridge is closed.", []),
    Row(19, "Anna Kowalska never said the bridge is closed.", []),
    Row(19, "Anna Kowalska refused to say whether the bridge is closed.", []),
    Row(19, "If Anna Kowalska were to say that the bridge is closed, nobody would care.", []),
    # 20 spellings of one person: here as each article writes them; see the register
    Row(
        20, "“The bridge is closed,” Radosław Sikorski said.",
        [direct("Radosław Sikorski", "Radosław Sikorski", "said", BRIDGE)],
    ),
    Row(
        20, "President Volodymyr Zelenskyy came. “The bridge is closed,” Zelenskyy said.",
        [direct("Volodymyr Zelenskyy", "Zelenskyy", "said", BRIDGE)],
    ),
    # 21 one utterance in the wording of each outlet: see the statements
    # 22 ellipses and brackets stay untouched
    Row(
        22, "“The bridge … is closed for [the] winter,” Anna Kowalska said.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", "The bridge … is closed for [the] winter,")],
    ),
    Row(
        22, "“The bridge is closed...But the ferry sails,” Anna Kowalska said.",
        [direct("Anna Kowalska", "Anna Kowalska", "said", "The bridge is closed...But the ferry sails,")],
    ),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.case}: {row.text[:60]}")
def test_hard_case(row: Row, reader: QuoteReader) -> None:
    article = article_of(row.text)
    assert [said(article, quote) for quote in reader.read(article).quotes] == row.expected


# Commentary and other people's words that a reader gave to somebody once.
NOBODY = [
    "The move underscores the commitment of the city to a new bridge.",
    "Her stance reaffirms the policy of the port on closed bridges.",
    "Anna Kowalska was asked about the bridge that is closed.",
    "Anna Kowalska’s report on the closed bridge is out.",
    "Anna Kowalska made no claim that the bridge is closed.",
    "Anna Kowalska’s firm opposition to the new ferry surprised the port.",
    "Those who support the new ferry met on Monday.",
    "I believe that the bridge is closed.",
    "Trump's over-the-top comments make the bridge famous.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_quoted(text: str, reader: QuoteReader) -> None:
    assert reader.read(article_of(text)).quotes == ()


# 13 headlines, and 14 what stands around the coverage
@pytest.mark.parametrize("kind", ["headline", "caption", "bio", "byline", "dateline", "teaser", "boilerplate"])
def test_no_quote_is_read_from(kind: BlockKind, reader: QuoteReader) -> None:
    text = "“The bridge is closed until spring,” Anna Kowalska said.\nThe river froze."
    start = text.index("The river")
    blocks = (Block(kind, Span(0, start - 1)), Block("body", Span(start, len(text))))
    reading = reader.read(article_of(text, blocks=blocks))
    assert reading.quotes == ()
    assert [passage.span.of(text) for passage in reading.passages] == ["The river froze."]


@pytest.mark.parametrize("text", ["Stoltenberg: Each ally to decide", "‘Not a done deal,’ officials tell Telegraph"])
def test_a_headline_is_no_quote_of_the_body(text: str, reader: QuoteReader) -> None:
    assert reader.read(article_of(text, blocks=blocks_of(text, "headline"))).quotes == ()


# Who is right is one thing; how sure the reader is, another: renderers hedge or withhold what is not.
CERTAIN = [
    "“The bridge is closed,” said Anna Kowalska.",
    "“The bridge is closed,” Anna Kowalska said.",
    "Anna Kowalska said: “The bridge is closed.”",
]
DOUBTFUL = [
    "The harbour board met with the city on Monday. “The bridge is closed,” she said.",
    "Anna Kowalska left the port. “The bridge is closed until the spring comes.”",
]


@pytest.mark.parametrize("text", CERTAIN)
def test_a_name_and_a_cue_make_certain(text: str, reader: QuoteReader) -> None:
    assert all(quote.certainty >= 0.9 for quote in reader.read(article_of(text)).quotes)


@pytest.mark.parametrize("text", DOUBTFUL)
def test_without_them_a_speaker_is_doubtful(text: str, reader: QuoteReader) -> None:
    quotes = reader.read(article_of(text)).quotes
    assert quotes
    assert all(quote.certainty < 0.8 for quote in quotes)
