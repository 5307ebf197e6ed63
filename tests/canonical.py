"""Addresses as the lists that come with the program know them."""

import tomllib
from pathlib import Path

from bot.ingest.addresses import Addresses

_FILE = Path(__file__).parents[1] / "config" / "addresses.toml"
ADDRESSES = Addresses.from_table(tomllib.loads(_FILE.read_text(encoding="utf-8")))
