"""A fetcher that may reach the one host of `site`."""

from collections.abc import Callable

import pytest

from bot.fetch.fetching import Fetcher
from bot.settings import FetchSettings

Make = Callable[..., Fetcher]


@pytest.fixture(autouse=True)
def _no_proxies(no_proxies: None) -> None:
    """No test here asks anybody else."""


@pytest.fixture
def fetcher() -> Make:
    def make(**changed: object) -> Fetcher:
        settings = {"private_hosts": ["127.0.0.1"], "delay_seconds": 0, "seconds": 5, "tries": 1, "megabytes": 1}
        return Fetcher(FetchSettings(**settings | changed))  # type: ignore[arg-type]

    return make
