"""Nothing that a server sends makes the program crash, hang, or write anywhere but into its corpus."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from corpora import read_corpus
from hostile import answer
from website import Website

from bot.gather.adding import Place, add
from bot.ingest.layout import Furniture

_AT_ONCE = 50


@pytest.mark.parametrize("number", [300, pytest.param(10_000, marks=pytest.mark.slow)], ids=["some", "many"])
def test_hostile_pages_and_feeds(
    site: Website, place: Place, tmp_path: Path, furniture: Furniture, number: int
) -> None:
    place = replace(place, fetch=place.fetch.model_copy(update={"seconds": 5.0}), most=3)
    site.pages = Anything(site.address)
    outside = files_besides(tmp_path, place)
    for start in range(0, number, _AT_ONCE):
        sources = [f"{site.address}/{seed}" for seed in range(start, min(start + _AT_ONCE, number))]
        begun = time.monotonic()
        reports = add(sources, place)
        assert {report.source for report in reports} >= set(sources), "a source without a report"
        assert time.monotonic() - begun < 60, f"seeds from {start} took too long"
    assert files_besides(tmp_path, place) == outside
    written = list(place.corpus.iterdir())
    assert all(file.is_file() and not file.is_symlink() and file.suffix == ".md" for file in written)
    read = read_corpus(place.corpus, furniture)
    assert read.refused == ()
    assert len(read.articles) == len(written) > 0


class Anything(dict):  # type: ignore[type-arg]
    """The pages of a site that has one at every address, made of the number in it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get(self, path: str, default: object = None) -> object:
        return answer(int(path[1:]) if path[1:].isdecimal() else 0, self.address)


def files_besides(folder: Path, place: Place) -> set[Path]:
    ours = (place.corpus, place.memory.parent)
    return {path for path in folder.rglob("*") if not any(path.is_relative_to(our) for our in ours)}
