"""A corpus that may be filled from the one host of `site`."""

import tomllib
from pathlib import Path

import pytest
from canonical import ADDRESSES

from bot.gather.adding import Place
from bot.ingest.layout import Furniture
from bot.settings import FetchSettings

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _no_proxies(no_proxies: None) -> None:
    """No test here asks anybody else."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def place(tmp_path: Path, folder: Path) -> Place:
    fetch = FetchSettings(
        private_hosts=["127.0.0.1", "localhost"], delay_seconds=0, seconds=5, tries=1, megabytes=1, robots=False
    )
    return Place(folder, tmp_path / "state" / "gathered.db", fetch, ADDRESSES)


@pytest.fixture(scope="session")
def furniture() -> Furniture:
    return Furniture.from_table(tomllib.loads((ROOT / "config" / "layout.toml").read_text(encoding="utf-8")))
