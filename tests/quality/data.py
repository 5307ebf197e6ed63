"""The sets that quality is measured on: where they are, and how they are opened and asked.

The larger ones are looked for in the folder COVERAGE_BOT_DATA, or else in ../shared/data next to the project.  The
texts of the press in them belong to their publishers and are no part of the project.
"""

import json
import lzma
import os
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.front.service import Service, open_service
from bot.render import as_json
from tests.quality.score import Row

ROOT = Path(__file__).parents[2]
#: What “last month” is counted from: a fixed day, so that figures do not change by themselves.
TODAY = date(2024, 10, 1)


def folder() -> Path:
    """Return where the larger sets are, if they are there."""
    return Path(os.environ.get("COVERAGE_BOT_DATA") or ROOT.parent / "shared" / "data")


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a set, told by its path in the folder: an .xz file of JSON lines."""
    with lzma.open(folder() / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def open_corpus(folder: Path) -> Service:
    return open_service(folder, ROOT / "config" / "bot.toml", TODAY)


def answers(service: Service, questions: Sequence[Row]) -> list[Row]:
    """Answer questions as `ask --batch --json` does."""
    asked = ((question["id"], question["question"], question.get("history") or ()) for question in questions)
    return [as_json.outcome(service.ask(text, history).outcome, 0.0, identity) for identity, text, history in asked]


def as_articles(sentences: Sequence[Row]) -> list[Row]:
    """Return sentences of evidence as articles of one sentence."""
    fields = {"id": "id", "headline": "title", "outlet": "outlet", "author": "author", "url": "url", "body": "text"}
    return [
        {name: row[field] for name, field in fields.items()} | {"published": row["published"][:10]} for row in sentences
    ]


@dataclass(frozen=True, slots=True)
class Large:
    """The PolNeAR articles as they were read, with what people annotated."""

    service: Service
    gold: Sequence[Row]
    bodies: Mapping[str, str]
    quotes: Sequence[Row]
    articles: Sequence[Row] = ()


def read_large() -> Large:
    """Read the PolNeAR articles, and the annotated quotes of them."""
    articles, gold = rows("polnear/articles.dev.jsonl.xz"), rows("polnear/quotes.train.jsonl.xz")
    service = open_rows(articles)
    quotes = [as_json.quote(service.library.article(quote), quote) for quote in service.library.quotes]
    return Large(service, gold, {article["id"]: article["body"] for article in articles}, quotes, articles)


def open_rows(articles: Sequence[Row]) -> Service:
    """Open a corpus of articles that are rows of a set."""
    with tempfile.TemporaryDirectory() as corpus:
        lines = (json.dumps(article, ensure_ascii=False) for article in articles)
        Path(corpus, "articles.jsonl").write_text("\n".join(lines), encoding="utf-8")
        begun = time.perf_counter()
        service = open_corpus(Path(corpus))
        print(f"read {len(articles)} articles in {time.perf_counter() - begun:.1f} s", file=sys.stderr)
        return service
