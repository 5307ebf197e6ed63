"""What each tuned constant is worth: the figures with it, without it, and with it lower or higher.

    python -m tests.quality.ablation                 print the table; --update writes ABLATION.md
    python -m tests.quality.ablation --every 5       with every fifth of the larger questions, which is faster

The measures are those of the gate.  A constant that changes none of them is not worth its line.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.answer import answering, composing, finding
from bot.front.service import Desk, Service
from bot.search.index import Index
from bot.search.library import Library
from tests.quality import data, gate, retrieval, score, statement_pairs, unanswerable
from tests.quality.score import Row

TABLE = Path(__file__).with_name("ABLATION.md")
_SAME_KIND = dict.fromkeys(finding.KIND, 1.0)

#: Module, constant, and the values to try in its place; the first of them leaves it out where that can be.
CONSTANTS: Sequence[tuple[ModuleType, str, Sequence[Any]]] = (
    (finding, "LEAD_IN", (0.0,)),
    (finding, "REFERRED", (0.0,)),
    (finding, "OPENING", (0.0, 0.6)),
    (finding, "KIND", (_SAME_KIND,)),
    (finding, "CERTAINTY", (0.0,)),
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
class _Bench:
    """The opened corpora with their questions."""

    seeds: Service
    polnear: Service
    multihop: Service
    said_about: Sequence[Row]
    hard: Sequence[Row]
    gold: Sequence[Row]
    compared: Sequence[Row]
    sentences: Sequence[Row]

    def figures(self) -> list[str]:
        """Return a row of the table."""
        said = score.said_about(self.said_about, data.answers(self.polnear, self.said_about), self.gold)
        invented = sum(answer["status"] == "answered" for answer in data.answers(self.polnear, self.hard))
        evidence = retrieval.share_found(self.multihop, self.compared)
        questions = [
            question
            for name in gate.SEED_SETS
            for question in json.loads(Path(__file__).with_name(name).read_bytes())["questions"]
        ]
        seeds = score.seed(questions, data.answers(self.seeds, questions))
        shares = [said[name] for name in ("hit_at_1", "hit_at_5", "refused_answerable", "answered_unanswerable")]
        shares += [score.share(invented, len(self.hard)), evidence]
        shares += [seeds[name] for name in ("required_found", "first_right", "shown_listed")]
        counts = [len(seeds[name]) for name in ("refused_answerable", "answered_unanswerable")]
        return [f"{share:.3f}".lstrip("0") for share in shares] + [str(count) for count in counts]


def _open(every: int) -> _Bench:
    articles = data.rows("polnear/articles.dev.jsonl.xz")
    gold, questions = data.rows("polnear/quotes.train.jsonl.xz"), data.rows("polnear/said_about.dev.jsonl.xz")
    hard = unanswerable.questions(articles, gold, questions)
    sentences = data.rows("multihoprag500/evidence_sentences.dev.jsonl.xz")
    return _Bench(
        data.open_corpus(data.ROOT / "corpus"),
        data.open_rows(articles),
        data.open_rows(data.as_articles(sentences)),
        questions[::every],
        hard[::every],
        gold,
        data.rows("multihoprag500/questions.dev.jsonl.xz"),
        sentences,
    )


@contextmanager
def _set(module: ModuleType, name: str, value: Any) -> Iterator[None]:
    was = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, was)


def _with_library(service: Service, change: Callable[[Library], Library]) -> Service:
    library = change(service.library)
    return replace(service, desk=Desk(lambda: library))


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
        changed = {name: _with_library(getattr(bench, name), change) for name in ("seeds", "polnear", "multihop")}
        yield label, replace(bench, **changed).figures()


_HEAD = """# What each constant is worth

Measured by `python -m tests.quality.ablation{flags}`; figures of the gate, as they change when one thing is changed.
*hit@1, hit@5, refused, answered*: {said} questions “what did X say about Y?” on PolNeAR; *hard*: answered of the {hard}
hard unanswerable ones; *evidence*: MultiHop-RAG, in the first ten of the search; *required, first, listed* and the two
counts: the two sets on the five articles, 144 questions.
"""


def table(bench: _Bench, flags: str) -> Iterator[str]:
    yield _HEAD.format(flags=flags, said=len(bench.said_about), hard=len(bench.hard))
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
