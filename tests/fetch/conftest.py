"""A web server on the loopback, and a fetcher that may reach that one host."""

from collections.abc import Callable, Iterator

import pytest
from website import Website, website

from bot.fetch.fetching import Fetcher
from bot.settings import FetchSettings

Make = Callable[..., Fetcher]


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as one:
        yield one


@pytest.fixture
def fetcher() -> Make:
    def make(**changed: object) -> Fetcher:
        settings = {"private_hosts": ["127.0.0.1"], "delay_seconds": 0, "seconds": 5, "tries": 1, "megabytes": 1}
        return Fetcher(FetchSettings(**settings | changed))  # type: ignore[arg-type]

    return make
