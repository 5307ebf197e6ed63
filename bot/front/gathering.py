"""Adding coverage while the bot runs: `coverage-bot add` as a process of its own.

Pages are parsed there, so that none, however it was made, can hold up or bring down the answers here.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from tempfile import TemporaryFile
from threading import Timer

from bot.errors import CoverageError, UsageError
from bot.settings import Config

_SECONDS = 600.0
_SECRETS = ("TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN_FILE")


@dataclass(frozen=True, slots=True)
class Gathered:
    """What became of one source, in the words of `add --json`."""

    source: str
    outcome: str
    article: str | None
    reason: str | None

    @property
    def is_news(self) -> bool:
        """Whether the corpus is another one now."""
        return self.outcome in ("added", "updated")

    def __str__(self) -> str:
        where = f" → {self.article}" if self.article else ""
        return f"{self.outcome} {self.source}{where}{f': {self.reason}' if self.reason else ''}"


#: Told of each source as it is done with.
Tell = Callable[[Gathered], None]


def gather_address(config: Config, address: str, tell: Tell) -> Sequence[Gathered]:
    """Add what stands at an address of the web; raises UsageError for anything else."""
    if not address.lower().startswith(("http://", "https://")) or len(address.split()) != 1:
        raise UsageError("name one address of the web, such as: /add https://example.org/article")
    return _run(config, address, tell)


def gather_feeds(config: Config) -> Sequence[Gathered]:
    """Look at the feeds of feeds.toml; what failed before is not told again."""
    return _run(config, "--feeds", lambda gathered: None)


def _run(config: Config, what: str, tell: Tell) -> Sequence[Gathered]:
    command = [sys.executable, "-m", "bot", "add", "--json", "--corpus", str(config.corpus), "--config"]
    environment: Mapping[str, str] = {name: value for name, value in os.environ.items() if name not in _SECRETS}
    found = []
    with (
        TemporaryFile() as said,
        subprocess.Popen(
            [*command, str(config.file), what], env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=said, encoding="utf-8", errors="replace",
        ) as process,
    ):  # fmt: skip
        late = Timer(_SECONDS, process.kill)
        late.start()
        try:
            for line in process.stdout or ():
                row = json.loads(line)
                found.append(Gathered(row["source"], row["outcome"], row["id"], row["reason"]))
                tell(found[-1])
            process.wait()
            given_up = not late.is_alive()
        finally:
            late.cancel()
        said.seek(0)
        complaints = said.read().decode("utf-8", "replace").strip().splitlines()
    if given_up:
        raise CoverageError(f"adding took longer than {_SECONDS / 60:.0f} minutes and was given up")
    if process.returncode not in (0, 1):
        raise CoverageError(complaints[-1] if complaints else f"adding ended with {process.returncode}")
    return found
