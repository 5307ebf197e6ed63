"""How long loading takes, and what is found: `python -m tests.bench.bench_load [--articles N] [--later TIMES]`.

The corpus is worldnews5, 3,530 articles of five outlets, as one .md file each; with a larger N, further ones that lack
some of the sentences of the first and are of later days.  It is looked for in the folder that COVERAGE_BOT_DATA names.
"""

import argparse
import json
import lzma
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.front.service import Service, open_service
from bot.ingest.addresses import Addresses
from bot.upkeep.inspection import inspect
from tests.quality.data import folder as data_folder

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "config" / "bot.toml"
QUESTION = "what did Zelensky say about strikes in Russia"
ADDED = "---\noutlet: Daily Post\npublished: 2024-12-01\n---\n“The bridge is closed,” said Volodymyr Zelensky.\n"
DAYS_LATER = 30  # so that what is said in one round is not said again in the next
FIELDS = ("outlet", "published", "author", "url", "headline")


def rows() -> Iterator[dict[str, Any]]:
    with lzma.open(data_folder() / "worldnews5" / "articles.jsonl.xz", "rt", encoding="utf-8", newline="\n") as lines:
        yield from map(json.loads, lines)


def write(folder: Path, most: int) -> None:
    """Write so many articles; those of a round after the first are of later days, and lack some sentences."""
    known = list(rows())
    for number in range(most):
        turn, row = number // len(known), known[number % len(known)]
        sentences = row["body"].split(". ")  # some articles have no paragraphs
        body = ". ".join(one for at, one in enumerate(sentences) if not turn or at % (turn + 2) != 1)
        stated = {
            "id": f"{row['id']}-{turn}" if turn else row["id"],
            "headline": row["title"],
            "outlet": row["outlet"],
            "author": row["author"],
            "published": later(row["published"], turn * DAYS_LATER),
            "url": f"{row['url']}?turn={turn}" if turn else row["url"],
        }
        front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in stated.items() if value)
        (folder / f"{stated['id']}.md").write_text(f"---\n{front}---\n{body}", encoding="utf-8", newline="\n")


def later(day: str | None, days: int) -> str | None:
    return day and str(date.fromisoformat(day) + timedelta(days))


def processor(whose: int = resource.RUSAGE_SELF) -> float:
    """Return the seconds of processor time that a process, or its children together, have taken."""
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def seconds(corpus: Path) -> tuple[float, float]:
    """Return how long `coverage-bot ask` takes, from the start of the process to its end, and its processor time."""
    begun, used = time.perf_counter(), processor(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "bot", "ask", QUESTION, "--corpus", str(corpus)]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun, processor(resource.RUSAGE_CHILDREN) - used


def added(service: Service, corpus: Path) -> tuple[float, float]:
    """Return the processor time of a reload when one article has come, and of a question before and after."""
    service.ask(QUESTION)
    (corpus / "added.md").write_text(ADDED, encoding="utf-8")
    begun = processor()
    report = service.desk.reload()
    reloaded = processor()
    assert report.added == ("added",)
    service.ask(QUESTION)
    return reloaded - begun, processor() - reloaded


def told(service: Service) -> Iterator[str]:
    library, tables = service.library, service.config.tables
    facts, articles = library.facts, library.articles.values()
    yield f"{facts.articles:,} articles, {facts.passages:,} passages, {facts.quotes:,} quotes, "
    yield f"{len(library.statements):,} statements, {len(library.people):,} people"
    yield "missing: " + ", ".join(f"{name} {sum(not getattr(one, name) for one in articles):,}" for name in FIELDS)
    yield f"languages: {dict(Counter(one.language for one in articles))}"
    found = inspect(library, Addresses.from_table(tables["addresses"]), date.today())  # type: ignore[arg-type]
    yield f"check: {dict(Counter(finding.kind for finding in found))}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the loading of a corpus.")
    parser.add_argument("--articles", type=int, default=3530)
    parser.add_argument("--later", type=int, default=3, metavar="TIMES")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        os.environ["COVERAGE_BOT_STATE__FOLDER"] = str(Path(folder, "state"))
        write(corpus, given.articles)
        print(f"first start, with a question   {seconds(corpus)[0]:6.1f} s", flush=True)
        later, used = map(statistics.median, zip(*(seconds(corpus) for _ in range(given.later)), strict=True))
        print(f"later starts, with a question  {later:6.1f} s, {used:.1f} s of them of one processor", flush=True)
        service = open_service(corpus, CONFIG, remember=True)
        print(f"memory  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB at the most")
        for line in told(service):
            print(line)
        reload, question = added(service, corpus)
        print(f"one article more: reload {reload:.2f} s, then a question {question:.2f} s, of one processor")
        print(f"the start after that, with a question  {seconds(corpus)[1]:.1f} s, of one processor")


if __name__ == "__main__":
    main()
