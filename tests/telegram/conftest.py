"""The rig: a Bot API server of its own for every test, the judges on all that the bot sends, and the bot as a process.

The judges' first import takes some seconds: they are preloaded here.  See `server`, `people`, `judges`, `bot_process`.
"""

from collections.abc import Iterator

import pytest
from bot_process import Starter
from judges import Judges
from server import BotApiServer


@pytest.fixture
def judges() -> Iterator[Judges]:
    """Collects what is wrong with requests, and fails the test where anything is.  Every `server` is watched."""
    judges = Judges()
    yield judges
    wrong = judges.verdict()
    assert not wrong, "the judges object:\n" + "\n".join(map(str, wrong))


@pytest.fixture
def server(judges: Judges) -> Iterator[BotApiServer]:
    """A Bot API server on the loopback, whose requests are judged at the end of the test."""
    server = BotApiServer().start()
    judges.watch(server)
    yield server
    server.stop()


@pytest.fixture
def bot_process(environment: dict[str, str], pytestconfig: pytest.Config) -> Iterator[Starter]:
    """Start bots as processes; each must end with 0 at SIGTERM, and no log of any may hold the token."""
    starter = Starter(environment, pytestconfig.rootpath)
    yield starter
    starter.finish()
