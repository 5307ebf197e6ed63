"""The bot on the articles and settings that come with it."""

import pytest

from bot.front.service import Service
from tests.quality import gate


@pytest.fixture(scope="session")
def shipped() -> Service:
    return gate.open_corpus(gate.ROOT / "corpus")
