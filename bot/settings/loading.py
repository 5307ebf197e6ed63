"""Reading the configuration: flags > environment > TOML file > defaults."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

from bot.errors import ConfigurationError
from bot.settings.mistakes import check_environment, setting_problems
from bot.settings.people import people_problems
from bot.settings.sections import PREFIX, Settings


@dataclass(frozen=True, slots=True)
class Config:
    """What a run works with.  Word lists are parsed TOML by file stem, such as "speech"."""

    settings: Settings
    corpus: Path
    tables: Mapping[str, Mapping[str, object]]
    file: Path


def state_folder(settings: Settings) -> Path:
    """Return the folder for what outlives a run: the one that is set, or else the usual place for such files."""
    if settings.state.folder:
        return Path(settings.state.folder).expanduser()
    state = os.environ.get("XDG_STATE_HOME", "")
    # A relative path there is to be ignored (XDG Base Directory Specification).
    return (Path(state) if Path(state).is_absolute() else Path.home() / ".local" / "state") / "coverage-bot"


def corpus_state(config: Config, name: str) -> Path:
    """Return a file of the state folder for what is kept of one corpus folder."""
    corpus = blake2b(os.fsencode(config.corpus.resolve()), digest_size=8).hexdigest()
    return state_folder(config.settings) / "corpora" / corpus / name


def load(config_file: Path | None, corpus: Path | None) -> Config:
    """Read the configuration; a flag that was not given is None.  Raises ConfigurationError."""
    file = config_file or _from_environment("CONFIG") or _here_or_shipped(Path("config", "bot.toml"))
    folder = corpus or _from_environment("CORPUS") or _here_or_shipped(Path("corpus"))
    if not folder.is_dir():
        raise ConfigurationError(f"{folder}: there is no such folder of articles; name another one with --corpus")
    return Config(_settings(file), folder, read_word_lists(file), file)


def _from_environment(name: str) -> Path | None:
    value = os.environ.get(PREFIX + name)
    return Path(value) if value else None


def _here_or_shipped(relative: Path) -> Path:
    return relative if relative.exists() else shipped() / relative


def shipped() -> Path:
    """Return the folder that holds the `config` and `corpus` that come with the program."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent  # a wheel carries them, a checkout has them next to `bot`


def _settings(file: Path) -> Settings:
    text, values = _read_toml(file)
    check_environment()
    try:
        return Settings(**values)  # type: ignore[arg-type]  # the model itself says what is wrong with a value
    except ValidationError as error:
        raise ConfigurationError("\n".join(setting_problems(error, file, text))) from None
    except SettingsError as error:
        raise ConfigurationError(f"the environment variables {PREFIX}*: {error}; write each value by itself") from None


def _read_toml(file: Path) -> tuple[str, dict[str, object]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError:
        raise ConfigurationError(f"{file}:1: this is not UTF-8 text; save the file as UTF-8") from None
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read ({error.strerror}); name another with --config") from None
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)\Z", str(error))
        line = where[1] if where and where[1] else str(text.count("\n") + 1)
        reason = str(error).partition(" (at ")[0]
        raise ConfigurationError(f"{file}:{line}: this is not TOML: {reason[:1].lower()}{reason[1:]}") from None


def read_word_lists(file: Path) -> dict[str, dict[str, object]]:
    """Read the lists next to the configuration file, and those that it lacks from the shipped folder."""
    files = {path.stem: path for path in sorted((shipped() / "config").glob("*.toml"))}
    files |= {path.stem: path for path in sorted(file.parent.glob("*.toml")) if path.name != file.name}
    files.pop("bot", None)
    read = {stem: _read_toml(path) for stem, path in sorted(files.items())}
    if problems := list(people_problems(*read["people"], files["people"])):
        raise ConfigurationError("\n".join(problems))
    return {stem: table for stem, (_, table) in read.items()}
