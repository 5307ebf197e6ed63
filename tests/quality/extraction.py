"""How well the article of a page is told from the page around it.

    python -m tests.quality.extraction

measures, on the 181 pages of the article extraction benchmark (Scrapinghub, MIT licence), the reader of this program
and, where they are installed (`pip install readability-lxml html-text`), readability with html-text.  The pages are
looked for in the folder `article-extraction-benchmark` where the larger sets of `tests.quality.gate` are.

The measure is the benchmark's own.  A text is the bag of its runs of four tokens; of each page the precision and the
recall of that bag against the stated body are taken; F1 is that of their means over the pages.  Besides, as quotations
are to be verbatim: of the paragraphs that were read, how many stand on the page letter by letter.
"""

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import mean

import lxml.html

from bot.errors import RefusedSource
from bot.gather.pages import read_html
from bot.ingest.addresses import Addresses
from tests.quality.data import folder as data_folder

Extract = Callable[[bytes, str], str]

#: Below this a test fails; measured: 0.964.
FLOOR = 0.96
_RUN = 4
_TOKEN = re.compile(r"\w+")
_PARSER = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)


@dataclass(frozen=True, slots=True)
class Score:
    precision: float
    recall: float
    verbatim: float  # share of paragraphs
    seconds: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def folder() -> Path:
    return data_folder() / "article-extraction-benchmark"


def runs(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    return Counter(tuple(tokens[at : at + _RUN]) for at in range(max(1, len(tokens) - _RUN + 1)) if tokens)


def precision_and_recall(stated: str, found: str) -> tuple[float, float]:
    """Return both for one page; where nothing is stated and nothing found, both are 1."""
    gold, read = runs(stated), runs(found)
    if gold == read:
        return 1.0, 1.0
    common = (gold & read).total()
    return common / max(1, read.total()), common / max(1, gold.total())


def measure(extract: Extract) -> Score:
    truth = json.loads((folder() / "ground-truth.json").read_text(encoding="utf-8"))
    begun = time.perf_counter()
    scores: list[tuple[float, float]] = []
    standing: list[bool] = []
    for name, page in truth.items():
        data = gzip.decompress((folder() / "html" / f"{name}.html.gz").read_bytes())
        found = extract(data, page["url"])
        scores.append(precision_and_recall(page["articleBody"], found))
        whole = _squeezed(lxml.html.document_fromstring(data, _PARSER).text_content())
        standing += [_squeezed(paragraph) in whole for paragraph in found.split("\n") if paragraph.strip()]
    seconds = time.perf_counter() - begun
    precision, recall = (mean(values) for values in zip(*scores, strict=True))
    return Score(precision, recall, mean(standing), seconds)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def ours(data: bytes, address: str) -> str:
    try:
        return read_html(data, Addresses(frozenset()), None, address)[0]
    except RefusedSource:
        return ""


def readability(data: bytes, address: str) -> str:
    document = import_module("readability").Document(data.decode("utf-8", "replace"), url=address)
    return str(import_module("html_text").extract_text(document.summary(html_partial=True)))


def main() -> int:
    if not folder().is_dir():
        print(f"there is no folder {folder()}; COVERAGE_BOT_DATA names another than {data_folder()}", file=sys.stderr)
        return 2
    for name, extract in (("this program, with trafilatura", ours), ("readability-lxml with html-text", readability)):
        try:
            score = measure(extract)
        except ModuleNotFoundError as error:
            print(f"{name}: not measured ({error}); pip install readability-lxml html-text")
            continue
        print(
            f"{name}: F1 {score.f1:.3f}, precision {score.precision:.3f}, recall {score.recall:.3f}, "
            f"paragraphs verbatim {100 * score.verbatim:.1f} %, {score.seconds:.0f} s"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
