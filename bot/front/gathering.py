"""Adding coverage while the bot runs: `coverage-bot add` as a process of its own.

Pages are parsed there, so that none, however it was made, can hold up or bring down the answers here.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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


def gather_address(config: Config, address: str) -> Sequence[Gathered]:
    """Add what stands at an address of the web; raises UsageError for anything else."""
    if not address.lower().startswith(("http://", "https://")) or len(address.split()) != 1:
        raise UsageError("name one address of the web, such as: /add https://example.org/article")
    return _run(config, address)


def gather_feeds(config: Config) -> Sequence[Gathered]:
    """Look at the feeds of feeds.toml; what failed before is not told again."""
    return _run(config, "--feeds")


def _run(config: Config, *what: str) -> Sequence[Gathered]:
    command = [sys.executable, "-m", "bot", "add", "--json", "--corpus", str(config.corpus), "--config"]
    environment: Mapping[str, str] = {name: value for name, value in os.environ.items() if name not in _SECRETS}
    try:
        done = subprocess.run(
            [*command, str(config.file), *what], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise CoverageError(f"adding took longer than {_SECONDS / 60:.0f} minutes and was given up") from None
    if done.returncode not in (0, 1):
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CoverageError(said[-1] if said else f"adding ended with {done.returncode}")
    rows = [json.loads(line) for line in done.stdout.decode("utf-8", "replace").splitlines()]
    return [Gathered(row["source"], row["outcome"], row["id"], row["reason"]) for row in rows]
