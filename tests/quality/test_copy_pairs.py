"""Copies are told from articles that share some paragraphs, or a page: pairs that were judged by hand.

`copy_pairs.jsonl` holds the pairs of PolNeAR and worldnews5 that share most of their runs of words, with and without
those that every page of an outlet has.  A copy is one article that is printed again, however edited; one that goes on
from another and repeats half of it is none.  Read from `COVERAGE_BOT_DATA`.
"""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.analysis.sketch import NEAR_COPY, sketch
from bot.model import text_hash
from bot.text import words
from bot.upkeep.copies import copies
from tests.quality import data

PAIRS = [json.loads(line) for line in Path(__file__).with_name("copy_pairs.jsonl").read_text("utf-8").splitlines()]


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def told() -> set[tuple[str, str]]:
    if not data.folder().is_dir():
        pytest.skip(f"there is no folder {data.folder()}; COVERAGE_BOT_DATA names another")
    rows = [row for name in ("polnear/articles.dev", "worldnews5/articles") for row in data.rows(f"{name}.jsonl.xz")]
    analyses: list[Any] = [
        SimpleNamespace(
            article=SimpleNamespace(id=row["id"], sha256=text_hash(row["body"]), outlet=row["outlet"]),
            sketch=sketch(words(row["body"])),
        )
        for row in rows
    ]
    return {(copy.one, copy.other) for copy in copies(analyses)}


def test_every_pair_that_is_told_to_be_copies_is_judged_and_is(told: set[tuple[str, str]]) -> None:
    assert told <= {(pair["one"], pair["other"]) for pair in PAIRS if pair["copy"]}


def test_seven_of_eight_copies_are_told(told: set[tuple[str, str]]) -> None:
    judged = {(pair["one"], pair["other"]) for pair in PAIRS if pair["copy"]}
    assert (len(judged), len(told & judged), NEAR_COPY) == (8, 7, 0.5)
