"""Questions that look answerable and are not: the speaker is quoted in an article, the topic stands in it, and the two
have nothing to do with each other.

    python -m tests.quality.unanswerable              print the questions, one JSON object a line
    python -m tests.quality.unanswerable --sample 20  print some with what the article says of each, to check by hand

They are made from PolNeAR, in which people annotated who said what, and are the same every time.  The topics are those
of the questions “What did X say about Y?”.  A pair is left out where the topic stands in anything that could be the
speaker's words, in their sentences and the one before these, or in the headline or the first paragraphs of an article
that quotes the speaker: what an article is about, everybody in it may be said to speak about.
"""

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.text import Analyser
from tests.quality import data
from tests.quality.score import Row, fold, surname

MOST = 200
_MOST_ALIKE = 2  # questions about one speaker, and about one topic
_FRAMING = 2  # paragraphs
_PLAIN = Analyser()
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class _Article:
    """An article as a speaker's words are looked for in it: its words, terms and sentences, and who is quoted."""

    words: frozenset[str]
    terms: frozenset[str]
    framing: frozenset[str]  # the terms of the headline and the first paragraphs
    sentences: Sequence[tuple[int, int, frozenset[str]]]
    quotes: Sequence[Row]

    @classmethod
    def of(cls, row: Row, quotes: Sequence[Row]) -> "_Article":
        body = str(row["body"])
        opening = [paragraph for paragraph in body.split("\n") if len(paragraph.split()) > 3][:_FRAMING]
        return cls(
            frozenset(fold(body).split()),
            frozenset(_PLAIN.terms(body)),
            frozenset(_PLAIN.terms(" ".join([row["title"] or "", *opening]))),
            [(start, end, frozenset(_PLAIN.terms(body, start, end))) for start, end in _sentences(body)],
            quotes,
        )

    def around(self, quote: Row) -> Iterator[str]:
        """Yield the terms of the sentences that a quote stands in, and of the one before."""
        for start, end, *_ in quote["content"]:
            at = [number for number, (first, last, _) in enumerate(self.sentences) if first < end and start < last]
            for number in range(max(0, min(at, default=0) - 1), max(at, default=0) + 1):
                yield from self.sentences[number][2]


def questions(articles: Iterable[Row], gold: Iterable[Row], said_about: Sequence[Row]) -> list[Row]:
    """Return the questions, each with the articles that hold both the speaker and the topic."""
    quotes: dict[str, list[Row]] = defaultdict(list)
    for row in gold:
        quotes[row["article"]].append(row)
    read = {row["id"]: _Article.of(row, quotes[row["id"]]) for row in articles}
    topics = {row["topic"]: row["question"].split(" say about ")[1].rstrip("?") for row in said_about}
    found = []
    for speaker in sorted({row["speaker"] for row in said_about}):
        quoted_in, said = _coverage(speaker, read)
        for topic, written in sorted(topics.items()):
            terms = frozenset(_PLAIN.terms(written))
            both = sorted(identity for identity in quoted_in if terms <= read[identity].terms)
            if both and not terms & said:
                found.append(_question(speaker, topic, written, both))
    return list(_varied(sorted(found, key=lambda row: hashlib.sha256(row["question"].encode()).hexdigest())))


def _question(speaker: str, topic: str, written: str, articles: Sequence[str]) -> Row:
    text = f"What did {speaker} say about {written}?"
    identity = hashlib.sha256(text.encode()).hexdigest()[:8]
    row = {"id": f"hard-{identity}", "question": text, "speaker": speaker, "topic": topic}
    return {**row, "answerable": False, "gold": [], "articles": list(articles)}


def _coverage(speaker: str, articles: Mapping[str, _Article]) -> tuple[list[str], set[str]]:
    """Return which articles quote a speaker, and the terms of all that could be said by that speaker.

    Whoever has the same surname could be the speaker; the articles that quote the speaker give the name in full.
    """
    name, quoted_in, said = surname(speaker), [], set[str]()
    for identity, article in articles.items():
        if name not in article.words:
            continue
        theirs = [quote for quote in article.quotes if name in _source(quote)]
        for quote in article.quotes:
            if quote in theirs or not quote["speaker_name"]:
                said.update(article.around(quote))
        if theirs:
            said |= article.framing
        if theirs and set(fold(speaker).split()) <= article.words:
            quoted_in.append(identity)
    return quoted_in, said


def _source(row: Row) -> list[str]:
    return fold(f"{row['speaker_name'] or ''} {row['source_text'] or ''}").split()


def _sentences(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE.finditer(body):
        yield start, match.start()
        start = match.end()
    yield start, len(body)


def _varied(found: Iterable[Row]) -> Iterator[Row]:
    """Yield the questions with no more than a few about one speaker or one topic."""
    speakers, topics, count = Counter[str](), Counter[str](), 0
    for row in found:
        if count < MOST and speakers[row["speaker"]] < _MOST_ALIKE and topics[row["topic"]] < _MOST_ALIKE:
            speakers[row["speaker"]] += 1
            topics[row["topic"]] += 1
            count += 1
            yield row


def _show(row: Row, bodies: Mapping[str, str]) -> None:
    """Print a question with every sentence of its articles that holds the topic or the speaker."""
    print(f"\n{row['question']}")
    terms = set(_PLAIN.terms(row["topic"]))
    for identity in row["articles"]:
        for start, end in _sentences(bodies[identity]):
            text = bodies[identity][start:end]
            held = terms & set(_PLAIN.terms(text))
            if held or surname(row["speaker"]) in fold(text).split():
                print(f"  {'topic  ' if held else 'speaker'} {text}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.unanswerable", description="Make hard questions.")
    parser.add_argument("--sample", type=int, metavar="N", help="show N questions with what their articles say")
    given = parser.parse_args()
    articles = data.rows("polnear/articles.dev.jsonl.xz")
    gold, said_about = data.rows("polnear/quotes.train.jsonl.xz"), data.rows("polnear/said_about.dev.jsonl.xz")
    found = questions(articles, gold, said_about)
    if given.sample is None:
        for row in found:
            print(json.dumps(row, ensure_ascii=False))
        return
    bodies = {article["id"]: article["body"] for article in articles}
    for row in found[:: max(1, len(found) // given.sample)]:
        _show(row, bodies)


if __name__ == "__main__":
    main()
