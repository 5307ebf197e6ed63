"""How long a question takes in a running program: `python -m tests.bench.bench_ask [--rounds R]`.

The questions of both seed sets, each answered R times; the time is that of finding the answer, without printing it.
"""

import argparse
import json
from collections.abc import Iterator, Sequence

import numpy as np

from tests.quality.data import ROOT, open_corpus
from tests.quality.gate import BASELINE, SEED_SETS


def questions() -> Iterator[tuple[str, Sequence[str]]]:
    for name in SEED_SETS:
        for question in json.loads(BASELINE.with_name(name).read_text(encoding="utf-8"))["questions"]:
            yield question["question"], question.get("history") or ()


def main() -> None:
    parser = argparse.ArgumentParser(description="Time questions in a running program.")
    parser.add_argument("--rounds", type=int, default=10)
    rounds = parser.parse_args().rounds
    service, asked = open_corpus(ROOT / "corpus"), list(questions())
    first = [service.ask(text, history).elapsed_ms for text, history in asked]
    again = [service.ask(text, history).elapsed_ms for _ in range(rounds) for text, history in asked]
    for label, took in (("first", first), ("again", again)):
        p50, p99 = np.percentile(took, [50, 99])
        print(f"{label}  median {p50:6.2f} ms  p99 {p99:6.2f} ms  of {len(took):,} questions")


if __name__ == "__main__":
    main()
