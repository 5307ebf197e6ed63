"""Configuration, read once and handed down: flags > environment > TOML file > defaults.

`load` returns a frozen `Config`: the settings, the corpus folder, and the word lists as parsed TOML by file stem.
Where no file is named, `config/bot.toml` and `corpus/` of the current folder are used, or else the shipped ones.
"""

from bot.settings.loading import Config, corpus_state, load, read_word_lists, shipped, state_folder
from bot.settings.sections import PREFIX, FetchSettings, ReplSettings, Settings, TelegramSettings, keys, split_address

__all__ = [
    "PREFIX",
    "Config",
    "FetchSettings",
    "ReplSettings",
    "Settings",
    "TelegramSettings",
    "corpus_state",
    "keys",
    "load",
    "read_word_lists",
    "shipped",
    "split_address",
    "state_folder",
]
