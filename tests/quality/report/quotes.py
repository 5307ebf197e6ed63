"""Where the reading of quotes fails: `python -m tests.quality.report quotes [--each N]`, measured on PolNeAR.

Wrong speakers by the rule that named them, then the quotations that were missed or made up, and the reported clauses
by their cue: each count with a few examples, article and words.
"""

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.prose.name_words import NameWords
from bot.prose.words import SpeechWords
from bot.quotes.reader import QuoteReader
from tests.quality import data
from tests.quality.reliability import QUOTED, REPORTED, Judged, judge
from tests.quality.score import SPOKEN, between_marks, characters

_SEED = 1  # the same examples every time
_WORDS = 100  # characters of an example
_SHORTEST = 15  # characters of a quote that can be false, as the score counts them
_CLASSES = 12  # of each kind of fault, the most frequent


@dataclass(frozen=True, slots=True)
class Fault:
    """A quote that is wrong or missing: its class, and what to show of it."""

    under: str
    shown: str


def rules_of(read: data.Large) -> Mapping[tuple[str, str], str]:
    """Return the rule that found each quote, by the ids of its article and of itself."""
    tables = read.service.config.tables
    reader = QuoteReader(SpeechWords.from_table(tables["speech"]), NameWords.from_tables(tables))
    rules: dict[tuple[str, str], str] = {}
    for article in read.service.library.articles.values():
        reading = reader.read(article)
        for quote, rule in zip(reading.quotes, reading.rules, strict=True):
            rules.setdefault(quote.key, rule)
    return rules


def wrong_speakers(judged: Iterable[Judged], rules: Mapping[tuple[str, str], str]) -> Iterator[Fault]:
    for one in judged:
        if not one.right:
            quote, row = one.quote, one.annotated
            machine = ", a name found by machine" if one.by_machine else ""
            named = f"{row.get('speaker_name') or row['source_text']} ({row['source_text']}{machine})"
            shown = f"{quote['speaker']} ({quote['source']}), annotated {named}"
            yield Fault(
                rules[quote["article"]["id"], quote["id"]], f"{row['article']}: {shown}: {_clip(quote['text'])}"
            )


def missed(read: data.Large, quoted: bool) -> Iterator[Fault]:
    """Yield the annotated quotations, or else reported clauses, that no quote covers, by their cues."""
    found: dict[str, list[set[int]]] = defaultdict(list)
    for quote in read.quotes:
        if quote["kind"] in SPOKEN and (quote["kind"] != "indirect") is quoted:
            parts = [set(range(start, end)) for start, end in quote["content"]]
            found[quote["article"]["id"]] += [*parts, set().union(*parts)]
    share = QUOTED if quoted else REPORTED
    for row in read.gold:
        if not row["primary"] or not row["content"] or (row["kind"] != "indirect") is not quoted:
            continue
        body = read.bodies[row["article"]]
        for words in between_marks(row, body) if quoted else [characters(row["content"])]:
            if not any(len(words & part) >= share * len(words | part) for part in found[row["article"]]):
                said = _clip(body[min(words) : max(words) + 1])
                yield Fault((row["cue_text"] or "no cue").lower(), f"{row['article']}: {row['source_text']}: {said}")


def false(read: data.Large, rules: Mapping[tuple[str, str], str], quoted: bool) -> Iterator[Fault]:
    """Yield the quotes whose words people did not mark as anybody's, by rule and, where reported, by cue."""
    annotated: dict[str, set[int]] = defaultdict(set)
    for row in read.gold:
        if row["primary"]:
            annotated[row["article"]] |= characters(row["content"])
    for quote in read.quotes:
        article, words = quote["article"]["id"], characters(quote["content"])
        if (quote["kind"] != "indirect") is not quoted or len(words) < _SHORTEST or article not in annotated:
            continue
        if len(words & annotated[article]) < 0.5 * len(words):
            under = rules[article, quote["id"]] + ("" if quoted else f": {quote['cue']}")
            yield Fault(under, f"{article}: {quote['speaker']}: {_clip(quote['text'])}")


def _clip(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WORDS else line[: _WORDS - 1] + "…"


def _print(title: str, faults: Sequence[Fault], each: int) -> None:
    classes: dict[str, list[str]] = defaultdict(list)
    for fault in faults:
        classes[fault.under].append(fault.shown)
    print(f"\n{title}: {len(faults):,}")
    for under, shown in sorted(classes.items(), key=lambda one: (-len(one[1]), one[0]))[:_CLASSES]:
        print(f"  {len(shown):5,}  {under}")
        for example in random.Random(_SEED).sample(shown, min(each, len(shown))):
            print(f"           {example}")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.report quotes", description=__doc__)
    parser.add_argument("--each", type=int, default=2, metavar="N", help="examples of each class")
    each = parser.parse_args(arguments).each
    if not data.folder().is_dir():
        sys.exit(f"there is no folder {data.folder()}; COVERAGE_BOT_DATA names another")
    read = data.read_large()
    rules = rules_of(read)
    _print("wrong speakers, by rule", list(wrong_speakers(judge(read.gold, read.bodies, read.quotes), rules)), each)
    _print("quotations missed, by cue", list(missed(read, quoted=True)), each)
    _print("false quotations, by rule", list(false(read, rules, quoted=True)), each)
    _print("reported clauses missed, by cue", list(missed(read, quoted=False)), each)
    _print("false reported clauses, by rule and cue", list(false(read, rules, quoted=False)), each)
