"""`coverage-bot health`: is the bot alive?  A container asks this every half minute, so it imports little."""

import time
from pathlib import Path

from bot.errors import ConfigurationError
from bot.front.options import Config, Corpus
from bot.settings import load


def health(corpus: Corpus = None, config: Config = None) -> int:
    """Say on stdout how old the last sign of Telegram is; 0 where that is recent, else 1."""
    settings = load(config, corpus).settings.telegram
    if not settings.health_file:
        raise ConfigurationError("[telegram] health_file is empty, so there is nothing to go by; set it to a file")
    file = Path(settings.health_file)
    try:
        age = time.time() - file.stat().st_mtime
    except FileNotFoundError:
        print(f"there was no sign of Telegram yet: {file} does not exist")
        return 1
    print(f"the last sign of Telegram is {age:.0f} s old")
    return 0 if age <= settings.stale_seconds else 1
