"""The quality gate: how well questions are answered and quotes are read, against what was reached before.

    python -m tests.quality.gate                      figures of the two seed sets, and how they differ
    python -m tests.quality.gate --large              and those of the larger sets, where they are at hand
    python -m tests.quality.gate --update             keep the figures as the new baseline; none may be worse
    python -m tests.quality.gate --update --lower "…" keep worse ones too, with the reason, which is kept with them

`baseline.json` holds the figures with the hashes of the questions and articles that they were measured on.  The larger
sets are looked for in the folder COVERAGE_BOT_DATA, or else in ../shared/data next to the project: PolNeAR 1.0 (Newell,
Margolin, Ruths, LREC 2018), US news articles of 2015 and 2016 whose quotations people annotated, with questions made
from it (`unanswerable.py`), a sample of MultiHop-RAG, and worldnews5, articles of five outlets, with pairs of quotes
and quotations that were judged by hand (`statement_pairs.py`, `attributions.py`).
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.front.service import Service
from tests.quality import attributions, data, retrieval, score, statement_pairs, unanswerable
from tests.quality.data import answers, as_articles, open_corpus, open_rows, read_large
from tests.quality.score import Figures, Row

ROOT = data.ROOT
BASELINE = Path(__file__).with_name("baseline.json")
SEED_SETS = ("seed_questions.dev.json", "seed_questions.more.json")
POLNEAR_SETS = ("polnear quotes", "polnear said_about", "polnear hard unanswerable")
STATEMENT_SETS = ("statement pairs", "statements of two articles", "statements of two unseen articles")
SPEAKER_SETS = ("attributions", "unseen attributions")
LARGE_SETS = (*POLNEAR_SETS, "multihoprag", *STATEMENT_SETS, *SPEAKER_SETS)

#: The figures that are gated: shares that must not fall, and shares or lists of questions that must not grow.
MORE = {"required_found", "first_right", "shown_listed", "hit_at_1", "hit_at_5", "attribution_right", "evidence_at_10"}
MORE |= {"pair_precision", "pair_recall", "read", "speaker_right", "plainly_right", "surely_right"}
_OF_QUOTES = ("recall", "precision", "speaker_right", "name_right", "by_machine_right")
MORE |= {f"{kind}.{figure}" for kind in ("quoted", "indirect") for figure in _OF_QUOTES}
LESS = {"refused_answerable", "answered_unanswerable", "forbidden_shown", "mislabelled", "speaker_wrong", "made_up"}
#: What is kept beside them, and not gated: what they are shares of, what plain BM25 reaches, what has no bound.
OF = {"answerable", "unanswerable", "articles", "quoted.gold", "indirect.gold"}
OF |= {"pairs", "one_utterance", "judged", "nobodys", "plainly", "surely"}
OF |= {"plain_hit_at_1", "plain_hit_at_5", "plain_evidence_at_10", "refused", "answered"}


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one set, and the hashes of what they were measured on."""

    name: str
    questions: str
    articles: str
    figures: Figures

    @property
    def gated(self) -> Figures:
        return {figure: value for figure, value in self.figures.items() if figure in MORE | LESS}

    def as_baseline(self) -> Row:
        of = {figure: value for figure, value in self.figures.items() if figure in OF}
        return {"questions": self.questions, "articles": self.articles, "of": of, "figures": self.gated}


def measure_seed(name: str, service: Service) -> Measured:
    """Score one of the two sets of questions about the articles of corpus/."""
    raw = Path(__file__).with_name(name).read_bytes()
    questions = json.loads(raw)["questions"]
    figures = score.seed(questions, answers(service, questions))
    return Measured(name, hashlib.sha256(raw).hexdigest(), _hash_of(service), figures)


def measure_large() -> Iterator[Measured]:
    """Score the larger sets: PolNeAR's quotes and questions, MultiHop-RAG, pairs of quotes, judged attributions."""
    yield from _measure_polnear()
    yield _measure_multihop()
    for name, sample in zip(STATEMENT_SETS, statement_pairs.SAMPLES, strict=True):
        yield _measure_pairs(name, sample)
    for name, sample in zip(SPEAKER_SETS, (attributions.SEEN, attributions.UNSEEN), strict=True):
        yield _measure_attributions(name, sample)


def _measure_polnear() -> Iterator[Measured]:
    read, questions = read_large(), data.rows("polnear/said_about.dev.jsonl.xz")
    hard = unanswerable.questions(read.articles, read.gold, questions)
    quoted = score.quotes(read.gold, read.bodies, read.quotes)
    said = score.said_about(questions, answers(read.service, questions), read.gold)
    said |= retrieval.plain_said_about(read.bodies, questions)
    invented = sum(answer["status"] == "answered" for answer in answers(read.service, hard))
    none = {"unanswerable": len(hard), "answered_unanswerable": score.share(invented, len(hard))}
    figures = (_flat(quoted), said, none)
    for name, asked, measured in zip(POLNEAR_SETS, (read.gold, questions, hard), figures, strict=True):
        yield Measured(name, _hash_of_rows(asked), _hash_of(read.service), measured)


def _measure_multihop() -> Measured:
    """Score the search on MultiHop-RAG (Tang, Yang 2024): each sentence of evidence is an article by itself."""
    questions = data.rows("multihoprag500/questions.dev.jsonl.xz")
    sentences = data.rows("multihoprag500/evidence_sentences.dev.jsonl.xz")
    service = open_rows(as_articles(sentences))
    figures = retrieval.evidence(service, questions, answers(service, questions), sentences)
    return Measured("multihoprag", _hash_of_rows(questions), _hash_of(service), figures)


def _measure_pairs(name: str, sample: str) -> Measured:
    """Score which quotes are one statement."""
    judged = statement_pairs.judged(sample)
    return Measured(name, _hash_of_rows(judged), "", statement_pairs.measure(judged))


def _measure_attributions(name: str, sample: str) -> Measured:
    """Score who is named as the speaker of quotations of other outlets."""
    judged = attributions.judged(sample)
    return Measured(name, _hash_of_rows(judged), "", attributions.measure(judged))


def _hash_of_rows(rows: Sequence[Row]) -> str:
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def _flat(figures: Figures) -> Figures:
    tables = {key: value if isinstance(value, dict) else {"": value} for key, value in figures.items()}
    return {
        ".".join(filter(None, (key, inner))): value for key, table in tables.items() for inner, value in table.items()
    }


def _hash_of(service: Service) -> str:
    hashes = sorted(article.sha256 for article in service.library.articles.values())
    return hashlib.sha256("".join(hashes).encode()).hexdigest()


def worse(figure: str, was: Any, now: Any) -> bool:
    """Whether a gated figure fell behind: a share the wrong way, or a question that was not in a list before."""
    if isinstance(was, list):
        return not set(now) <= set(was)
    return bool(now < was if figure in MORE else now > was)


def regressions(measured: Measured, baseline: Row) -> list[str]:
    """Return, as sentences, what keeps a set from passing."""
    kept = baseline["sets"].get(measured.name)
    if kept is None:
        return [f"{measured.name}: there is no baseline; make one with --update"]
    if (kept["questions"], kept["articles"]) != (measured.questions, measured.articles):
        return [f"{measured.name}: the questions or the articles have changed; measure them anew with --update"]
    return [
        f"{measured.name}: {figure} was {was}, is {measured.gated.get(figure)}"
        for figure, was in kept["figures"].items()
        if figure not in measured.gated or worse(figure, was, measured.gated[figure])
    ]


def updated(baseline: Row, measured: Sequence[Measured], reason: str | None) -> dict[str, Any]:
    """Return the baseline with the figures of some sets.  Raises ValueError for one that is worse without a reason."""
    sets, lowered = dict(baseline["sets"]), list(baseline["lowered"])
    for one in measured:
        before = sets.get(one.name, {"figures": {}})["figures"]
        fallen = {figure: was for figure, was in before.items() if worse(figure, was, one.gated[figure])}
        if fallen and not reason:
            falls = ", ".join(f"{figure} from {was} to {one.gated[figure]}" for figure, was in fallen.items())
            raise ValueError(f"{one.name}: this would lower {falls}; give the reason with --lower")
        lowered += [
            {"set": one.name, "figure": figure, "was": was, "is": one.gated[figure], "reason": reason}
            for figure, was in fallen.items()
        ]
        sets[one.name] = one.as_baseline()
    return {"sets": sets, "lowered": lowered}


def read_baseline() -> dict[str, Any]:
    if not BASELINE.exists():
        return {"sets": {}, "lowered": []}
    baseline: dict[str, Any] = json.loads(BASELINE.read_text(encoding="utf-8"))
    return baseline


def report(measured: Measured, baseline: Row) -> None:
    """Print the figures of a set, each with what it was where it differs."""
    before = baseline["sets"].get(measured.name, {"figures": {}})["figures"]
    print(f"\n{measured.name}")
    for figure, value in measured.figures.items():
        was = before.get(figure, value)
        change = "" if was == value else f"   (was {_shown(was)}{': worse' if worse(figure, was, value) else ''})"
        print(f"  {figure:24} {_shown(value)}{change}")


def _shown(value: Any) -> str:
    return f"{len(value)} {' '.join(value)}".strip() if isinstance(value, list) else str(value)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.gate", description="Measure quality.")
    parser.add_argument("--large", action="store_true", help="measure the larger sets as well")
    parser.add_argument("--update", action="store_true", help="keep the figures as the new baseline")
    parser.add_argument("--lower", metavar="REASON", help="why a figure may be worse than before")
    given = parser.parse_args()
    service, baseline = open_corpus(ROOT / "corpus"), read_baseline()
    measured = [measure_seed(name, service) for name in SEED_SETS]
    if given.large and data.folder().is_dir():
        measured += measure_large()
    elif given.large:
        print(f"skipped the larger sets: there is no folder {data.folder()}", file=sys.stderr)
    for one in measured:
        report(one, baseline)
    if given.update:
        try:
            new = updated(baseline, measured, given.lower)
        except ValueError as refusal:
            sys.exit(f"\n{refusal}")
        BASELINE.write_text(json.dumps(new, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return 0
    problems = [problem for one in measured for problem in regressions(one, baseline)]
    print("\n" + ("\n".join(problems) or "no worse than the baseline"))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
