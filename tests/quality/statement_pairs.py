"""Which quotes are one utterance, measured on pairs of quotes that were judged by hand.

    python -m tests.quality.statement_pairs           precision and recall

`statement_pairs.jsonl` and `statement_pairs.unseen.jsonl` hold no words: articles, spans, a hash of the words, and
whether they report one utterance.  The pairs are of the five articles and of worldnews5, 3,530 articles of five
outlets; the rules were made with those of the first file in sight.

The second file is half of 262 pairs that were drawn and judged before the rules were looked at again, without a word of
what the program makes of them; the other half was added to the first file and served to mend the rules.  They are 70
pairs that stood in one statement, 152 of one speaker that share a fifth of their rarer-weighted terms or more, as many
of each tenth of likeness, and 40 that are alike and have different speakers; most are of two outlets.  24 that could be
judged either way were left out.

Every pair that is one statement counts for precision, every pair that should be for recall, be it for want of the right
speaker.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.front.service import Service
from bot.model import Quote
from bot.quotes import statements
from bot.search.library import Library
from tests.quality import data, score
from tests.quality.score import Figures, Row

SEEN, UNSEEN = "statement_pairs.jsonl", "statement_pairs.unseen.jsonl"
CONSTANTS: Sequence[tuple[str, Sequence[Any]]] = (
    ("ALIKE", (0.5, 0.75)),
    ("REPEATED", (0.6, 1.0)),
    ("AGREEING", (0.0, 0.3)),
    ("WORN", (0.0, 0.5)),
    ("FEWEST_SHARED", (2, 5)),
    ("DAYS_APART", (0, 1000)),
    ("VERY_WORDS", (0.6, 1.01)),
    ("DAYS_AT_MOST", (3, 1000)),
    ("RAREST", (4, 16)),
)


@dataclass(frozen=True, slots=True)
class _Pair:
    one: Quote
    other: Quote
    same: bool


def judged(name: str) -> list[Row]:
    """Return the rows of a sample."""
    return [json.loads(line) for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()]


def measure(judgements: Sequence[Row]) -> Figures:
    """Return precision and recall on the pairs whose articles are at hand and whose quotes are found."""
    return _figures(list(_opened(judgements)), {})


def _opened(judgements: Sequence[Row]) -> Iterator[tuple[Service, list[_Pair]]]:
    """Yield the corpora that are at hand, each with its pairs."""
    services = {"corpus": data.open_corpus(data.ROOT / "corpus")}
    if data.folder().is_dir():
        services["worldnews5"] = _worldnews()
    for name, service in services.items():
        rows = [row for row in judgements if row["set"] == name]
        found = ((_quote(service, row["one"]), _quote(service, row["other"]), row["same"]) for row in rows)
        yield service, [_Pair(one, other, same) for one, other, same in found if one and other]


@cache
def _worldnews() -> Service:
    """Open all of worldnews5: who is meant by a surname, and how rare a term is, the whole corpus tells."""
    return data.open_rows(data.rows("worldnews5/articles.jsonl.xz"))


def _quote(service: Service, row: Row) -> Quote | None:
    """Return the quote with most of the words of a row, or None where the article has others now."""
    article = service.library.articles.get(row["article"])
    if article is None or _hash(article.text, row["spans"]) != row["sha256"]:
        return None
    wanted = score.characters(row["spans"])
    near = [(len(wanted & held) / len(wanted | held), quote.id) for quote, held in _contents(service, row["article"])]
    best = max(near, default=(0.0, ""))
    return service.library.quote(best[1]) if best[0] >= 0.5 else None


def _contents(service: Service, article: str) -> Iterator[tuple[Quote, set[int]]]:
    for quote in service.library.quotes_of[article]:
        spans = quote.contents or quote.shown
        yield quote, {at for span in spans for at in range(span.start, span.end)}


def _hash(text: str, spans: Sequence[Sequence[int]]) -> str:
    words = " ".join(text[start:end] for start, end in spans)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _figures(corpora: Sequence[tuple[Service, list[_Pair]]], changed: Mapping[str, Any]) -> Figures:
    together = same = right = judged_pairs = 0
    for service, pairs in corpora:
        statement_of = _grouped(service, changed)
        for pair in pairs:
            one = statement_of[pair.one.key] == statement_of[pair.other.key]
            judged_pairs, together, same = judged_pairs + 1, together + one, same + pair.same
            right += one and pair.same
    figures = {"pairs": judged_pairs, "one_utterance": same}
    return figures | {"pair_precision": score.share(right, together), "pair_recall": score.share(right, same)}


def _grouped(service: Service, changed: Mapping[str, Any]) -> Mapping[tuple[str, str], str]:
    """Return the statement of each quote, as it is with some constants changed."""
    library = service.library
    kept = {name: getattr(statements, name) for name in changed}
    _assign(statements, changed)
    try:
        said = [_said(library, quote) for quote in library.quotes]
        weight = {term: max(library.index.idf(term) or 0.0, 0.1) for one in said for term in one.terms}
        found = statements.group(library.quotes, said, weight)
    finally:
        _assign(statements, kept)
    return {quote.key: statement.id for statement in found for quote in statement.quotes}


def _said(library: Library, quote: Quote) -> statements.Said:
    article = library.article(quote)
    spans = quote.contents or quote.shown
    terms = (term for span in spans for term in library.analyser.terms(article.text, span.start, span.end))
    return statements.Said.of(quote, article, frozenset(terms))


def _assign(module: ModuleType, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(module, name, value)


def ablation() -> Iterator[str]:
    """Yield the lines of the table of what each constant of statements is worth."""
    corpora = list(_opened(judged(SEEN)))
    yield "| changed in `statements` | pairs found | precision | recall |"
    yield "|---|---|---|---|"
    trials = [("as it is", {})] + [
        (f"`{name}` {getattr(statements, name)} → {value}", {name: value})
        for name, values in CONSTANTS
        for value in values
    ]
    for label, changed in trials:
        now = _figures(corpora, changed)
        yield f"| {label} | {now['pairs']} | {now['pair_precision']:.3f} | {now['pair_recall']:.3f} |"


def main() -> None:
    for name in (SEEN, UNSEEN):
        rows = judged(name)
        print(f"{name}: {len(rows)} judged pairs, {sum(row['same'] for row in rows)} of one utterance")
        for figure, value in measure(rows).items():
            print(f"  {figure:16} {value}")


if __name__ == "__main__":
    main()
