"""How long a query takes, against rank_bm25: `python -m tests.bench.bench_index [N ...] [--queries Q] [--rounds R]`.

Passages are synthetic: about 50 words by Zipf and Mandelbrot's law, so that the most frequent word is in every
eighth passage, as when stop words are left out.  A query is four words of one passage.  Both engines answer every
query in turn, in one process, so that a busy machine slows them alike: read the ratio before the milliseconds.
"""

import argparse
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from rank_bm25 import BM25Okapi

from bot.search.index import Index

K, K1, B = 10, 0.6, 0.6
VOCABULARY = 100_000
T = TypeVar("T")


def passages(count: int, draw: np.random.Generator) -> list[list[str]]:
    """Return `count` passages, each a list of about 50 terms."""
    chances = np.cumsum(1 / (np.arange(VOCABULARY) + 50))
    names = [f"t{number}" for number in range(VOCABULARY)]
    lengths = draw.poisson(50, size=count).tolist()
    return [[names[at] for at in np.searchsorted(chances, draw.random(n) * chances[-1])] for n in lengths]


def queries_from(corpus: Sequence[Sequence[str]], count: int, draw: np.random.Generator) -> list[list[str]]:
    """Return `count` queries, each four different terms of one passage."""
    chosen = (sorted(set(corpus[at])) for at in draw.integers(len(corpus), size=count))
    return [draw.choice(words, size=4, replace=False).tolist() for words in chosen]


def seconds(work: Callable[[], T]) -> tuple[float, T]:
    """Return the seconds that `work` took, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def top_of(scores: npt.NDArray[np.float64]) -> list[int]:
    """Return the top ten of rank_bm25's scores in the total order; here every word is rare and only a match scores."""
    order = np.lexsort((np.arange(len(scores)), -scores))[:K]
    return [int(number) for number in order if scores[number] > 0]


def compare(count: int, asked: int, rounds: int) -> None:
    draw = np.random.default_rng(count)
    corpus = passages(count, draw)
    queries = queries_from(corpus, asked, draw)
    theirs_built, okapi = seconds(lambda: BM25Okapi(corpus, k1=K1, b=B))
    ours_built, index = seconds(lambda: Index.build(corpus, K1, B))
    theirs, ours, same = [], [], 0
    for _ in range(rounds):
        for query in queries:
            theirs.append(seconds(lambda: np.argsort(okapi.get_scores(query))[::-1][:K])[0])  # noqa: B023
            ours.append(seconds(lambda: index.search(dict.fromkeys(query, 1.0), k=K))[0])  # noqa: B023
    for query in queries:
        hits = index.search(dict.fromkeys(query, 1.0), k=K)
        same += [number for number, _ in hits] == top_of(okapi.get_scores(query))
    report(count, "rank_bm25", theirs, theirs_built)
    report(count, "index", ours, ours_built)
    ratio = np.median(theirs) / np.median(ours)
    print(f"{count:>9,} p50 {ratio:,.0f} times as fast; same top ten: {same / len(queries):.3f} of {asked} queries")


def report(count: int, engine: str, took: Sequence[float], built: float) -> None:
    p50, p99 = np.percentile(took, [50, 99]) * 1000
    print(f"{count:>9,} {engine:<9} p50 {p50:9.3f} ms  p99 {p99:9.3f} ms  build {built:6.1f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the index against rank_bm25.")
    parser.add_argument("sizes", metavar="N", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for size in given.sizes:
        compare(size, given.queries, given.rounds)


if __name__ == "__main__":
    main()
