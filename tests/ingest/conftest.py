"""The word lists and the folder of seed articles, as they are shipped."""

import tomllib
from pathlib import Path

import pytest

from bot.ingest.layout import Furniture

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def furniture() -> Furniture:
    return Furniture.from_table(tomllib.loads((ROOT / "config" / "layout.toml").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "corpus"
