"""What the evidence weighs by which reports of two articles are taken for one utterance.

    python -m tests.quality.statement_weights         the weights, and what they find

A logistic regression on the pairs of quotes of `statement_articles.jsonl` that can be one utterance: the weights are
the likeliest ones, each drawn to 0 a little so that what is rare in the sample does not weigh too much.  Weights found
on one half of the articles are measured on the other, too.
"""

from collections.abc import Iterator
from math import log

import numpy as np
import numpy.typing as npt

from bot.front.service import Service
from bot.statements.reports import LIKELY, Comparison, Evidence
from tests.quality import statement_pairs
from tests.quality.score import Row

RIDGE = 3.0  # how much a weight is drawn to 0, of a feature that spreads by 1
STEPS = 50
_Array = npt.NDArray[np.float64]


def examples(service: Service, rows: list[Row]) -> Iterator[tuple[str, Evidence, bool]]:
    """Yield the pairs of quotes that can be one utterance: of which article, what speaks for it, whether they are."""
    accounts = statement_pairs.accounts_of(service)
    for row in rows:
        judged = dict(statement_pairs.two_articles(service, row))
        compared = Comparison(accounts[row["one"]], accounts[row["other"]])
        for ours, theirs, evidence in compared.evidence():
            if (pair := (ours.quote.key, theirs.quote.key)) in judged:
                yield row["one"], evidence, judged[pair]


def fitted(evidence: _Array, same: _Array) -> _Array:
    """Return the weights of evidence, after the one of nothing at all, by Newton's method."""
    mean, spread = evidence.mean(0), evidence.std(0)
    scaled = np.hstack([np.ones((len(evidence), 1)), (evidence - mean) / spread])
    drawn = np.diag([0.0, *[RIDGE] * evidence.shape[1]])
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (same - likely) - drawn @ weights
        weights += np.linalg.solve((scaled.T * (likely * (1 - likely))) @ scaled + drawn, slope)
    found: _Array = np.array([weights[0] - (weights[1:] * mean / spread).sum(), *weights[1:] / spread])
    return found


def measured(weights: _Array, evidence: _Array, same: _Array) -> str:
    """Return how many pairs are found, and how many of them rightly."""
    found = weights[0] + evidence @ weights[1:] >= log(LIKELY / (1 - LIKELY))
    return f"{int(found.sum())} found, {int((found * same).sum())} of them rightly, of {int(same.sum())}"


def main() -> None:
    service = statement_pairs.worldnews()
    names, evidence, same = zip(*examples(service, statement_pairs.judged(statement_pairs.SEEN)), strict=True)
    found, are = np.array(evidence), np.array(same, dtype=float)
    weights = fitted(found, are)
    print(f"at all {weights[0]:.2f}")
    for name, weight in zip(Evidence._fields, weights[1:], strict=True):
        print(f"{name} {weight:.2f}")
    print("all:", measured(weights, found, are))
    half = np.array([sum(map(ord, name)) % 2 for name in names], dtype=bool)
    for ours in (half, ~half):
        print("found on one half, of the other:", measured(fitted(found[ours], are[ours]), found[~ours], are[~ours]))


if __name__ == "__main__":
    main()
