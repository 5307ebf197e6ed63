"""The bot on the articles and settings that come with it."""

import pytest

from bot.front.service import Service
from tests.quality import data


@pytest.fixture(scope="session")
def shipped() -> Service:
    return data.open_corpus(data.ROOT / "corpus")
