"""What each tuned constant is worth: the figures with it, without it, and with it lower or higher.

    python -m tests.quality.ablation                 print the table; --update writes ABLATION.md
    python -m tests.quality.ablation --every 5       with every fifth of the larger questions, which is faster

The measures are those of the gate.  A constant that changes none of them is not worth its line.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.answer import answering, composing, finding
from bot.front.service import Service
from bot.model import Question
from bot.question.reading import QuestionReader
from bot.question.words import QuestionWords
from bot.render import as_json
from bot.search.index import Index
from bot.search.library import Library
from tests.quality import data, gate, retrieval, score, statement_pairs, unanswerable
from tests.quality.score import Row
from tests.quality.variants import VARIANTS

TABLE = Path(__file__).with_name("ABLATION.md")
_SAME_KIND = dict.fromkeys(finding.KIND, 1.0)

#: Module, constant, and the values to try in its place; the first of them leaves it out where that can be.
CONSTANTS: Sequence[tuple[ModuleType, str, Sequence[Any]]] = (
    (finding, "LEAD_IN", (0.0,)),
    (finding, "REFERRED", (0.0,)),
    (finding, "OPENING", (0.0, 0.6)),
    (finding, "KIND", (_SAME_KIND,)),
    (finding, "CERTAINTY", (0.0, 0.2)),
    (finding, "SAID", (0.0, 0.6)),
    (finding, "BM25", (0.0, 0.5)),
    (finding, "ARTICLE", (0.0, 1.0)),
    (finding, "OPTIONAL", (0.0, 1.0)),
    (finding, "BACK", (1, 8)),
    (answering, "ON_TOPIC", (0.3, 0.5, 0.6)),
    (answering, "IN_GENERAL", (0.45, 0.75)),
    (answering, "NEARLY_ALL", (0.7, 1.01)),
    (composing, "WORTH_SHOWING", (0.0, 0.8)),
    (composing, "WORTH_IN_GENERAL", (0.5, 0.9)),
)
_COLUMNS = (
    "hit@1",
    "hit@5",
    "refused",
    "answered",
    "hard",
    "evidence",
    "required",
    "first",
    "listed",
    "refused",
    "answered",
)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Questions about one library, read once: no constant of the table changes how they are read."""

    library: Library
    words: QuestionWords
    rows: Sequence[Row]
    questions: Sequence[Question]

    @classmethod
    def of(cls, service: Service, rows: Sequence[Row]) -> "_Asked":
        library, words = service.library, service.desk.stock.words
        reader = QuestionReader(library, words, data.TODAY)
        read = [answering.read(reader, row["question"], row.get("history") or (), words) for row in rows]
        return cls(library, words, rows, read)

    def answers(self) -> list[Row]:
        return [
            as_json.outcome(answering.outcome(self.library, question, self.words, score.TOP), 0.0, row["id"])
            for row, question in zip(self.rows, self.questions, strict=True)
        ]

    def evidence(self) -> float:
        found = (finding.Finder(self.library, question, self.words).anybody() for question in self.questions)
        return retrieval.share_of_evidence(self.rows, found)


@dataclass(frozen=True, slots=True)
class _Bench:
    """The questions about each corpus, and what is annotated in PolNeAR."""

    seeds: _Asked
    said_about: _Asked
    hard: _Asked
    compared: _Asked
    gold: Sequence[Row]

    def figures(self) -> list[str]:
        """Return a row of the table."""
        said = score.said_about(self.said_about.rows, self.said_about.answers(), self.gold)
        invented = sum(answer["status"] == "answered" for answer in self.hard.answers())
        seeds = score.seed(self.seeds.rows, self.seeds.answers())
        shares = [said[name] for name in ("hit_at_1", "hit_at_5", "refused_answerable", "answered_unanswerable")]
        shares += [score.share(invented, len(self.hard.rows)), self.compared.evidence()]
        shares += [seeds[name] for name in ("required_found", "first_right", "shown_listed")]
        counts = [len(seeds[name]) for name in ("refused_answerable", "answered_unanswerable")]
        return [f"{share:.3f}".lstrip("0") for share in shares] + [str(count) for count in counts]


def _open(every: int) -> _Bench:
    articles = data.rows("polnear/articles.dev.jsonl.xz")
    gold, questions = data.rows("polnear/quotes.train.jsonl.xz"), data.rows("polnear/said_about.dev.jsonl.xz")
    hard = unanswerable.questions(articles, gold, questions)
    sentences = data.rows("multihoprag500/evidence_sentences.dev.jsonl.xz")
    compared = [row for row in data.rows("multihoprag500/questions.dev.jsonl.xz") if row["answerable"]]
    seeds = [
        question
        for name in gate.SEED_SETS
        for question in json.loads(Path(__file__).with_name(name).read_bytes())["questions"]
    ]
    polnear = data.open_rows(articles)
    return _Bench(
        _Asked.of(data.open_corpus(data.ROOT / "corpus"), seeds),
        _Asked.of(polnear, questions[::every]),
        _Asked.of(polnear, hard[::every]),
        _Asked.of(data.open_rows(data.as_articles(sentences)), compared),
        gold,
    )


@contextmanager
def _set(holder: ModuleType | type, name: str, value: Any) -> Iterator[None]:
    was = getattr(holder, name)
    setattr(holder, name, value)
    try:
        yield
    finally:
        setattr(holder, name, was)


def _without_synonyms(library: Library) -> Library:
    return replace(library, analyser=replace(library.analyser, related={}))


def _ranked_as_published(library: Library) -> Library:
    """Return a library with rank_bm25's own k1 and b."""
    terms = [
        [
            term
            for span in filter(None, (passage.span, passage.lead_in))
            for term in library.analyser.terms(library.articles[passage.article_id].text, span.start, span.end)
        ]
        for passage in library.passages
    ]
    return replace(library, index=Index.build(terms, 1.5, 0.75))


def rows(bench: _Bench) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of the table, each with what was changed."""
    yield "as it is", bench.figures()
    for module, name, values in CONSTANTS:
        for value in values:
            label = "the same for all" if isinstance(value, Mapping) else value
            was = getattr(module, name)
            with _set(module, name, value):
                shown = "" if isinstance(was, Mapping) else f"{was} → "
                yield f"`{module.__name__.split('.')[-1]}.{name}` {shown}{label}", bench.figures()
    changes = {"no synonyms": _without_synonyms, "k1 1.5, b 0.75, as rank_bm25 has them": _ranked_as_published}
    for label, change in changes.items():
        parts = {name: getattr(bench, name) for name in ("seeds", "said_about", "hard", "compared")}
        changed = {name: replace(asked, library=change(asked.library)) for name, asked in parts.items()}
        yield label, replace(bench, **changed).figures()
    for label, (name, way) in VARIANTS.items():
        with _set(finding.Finder, name, way):
            yield label, bench.figures()


_HEAD = """# What each constant is worth

Measured by `python -m tests.quality.ablation{flags}`; figures of the gate, as they change when one thing is changed.
*hit@1, hit@5, refused, answered*: {said} questions “what did X say about Y?” on PolNeAR; *hard*: answered of the {hard}
hard unanswerable ones; *evidence*: MultiHop-RAG, in the first ten of the search; *required, first, listed* and the two
counts: the two sets on the five articles, 144 questions.  The last rows are ways of ranking that the program does
without (`variants.py`): none is worth its line.
"""


def table(bench: _Bench, flags: str) -> Iterator[str]:
    yield _HEAD.format(flags=flags, said=len(bench.said_about.rows), hard=len(bench.hard.rows))
    yield f"| changed | {' | '.join(_COLUMNS)} |"
    yield f"|---|{'---|' * len(_COLUMNS)}"
    for label, figures in rows(bench):
        yield f"| {label} | {' | '.join(figures)} |"
    yield ""
    yield from statement_pairs.ablation()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.ablation", description="Measure the constants.")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth question of the larger sets")
    parser.add_argument("--update", action="store_true", help="write the table to ABLATION.md")
    given = parser.parse_args()
    if not data.folder().is_dir():
        sys.exit(f"there is no folder {data.folder()}; COVERAGE_BOT_DATA names another")
    lines = []
    for line in table(_open(given.every), f" --every {given.every}" if given.every > 1 else ""):
        print(line, flush=True)
        lines.append(line)
    if given.update:
        TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
