"""Configuration, read once and handed down: flags > environment > TOML file > defaults.

`load` returns a frozen `Config`: the settings, the corpus folder, and the word lists as parsed TOML by file stem.
Where no file is named, `config/bot.toml` and `corpus/` of the current folder are used, or else the shipped ones.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from bot.errors import ConfigurationError

PREFIX = "COVERAGE_BOT_"
NESTED = "__"
_EXPECTED = {
    "int_type": "a whole number", "int_parsing": "a whole number", "int_from_float": "a whole number",
    "float_type": "a number", "float_parsing": "a number", "string_type": "a text between quotation marks",
    "bool_type": "true or false", "bool_parsing": "true or false", "model_type": "a table of keys",
    "model_attributes_type": "a table of keys",
}  # fmt: skip


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class AnswerSettings(_Section):
    statements: int = Field(default=5, ge=1, le=100)
    certain: float = Field(default=0.7, ge=0.0, le=1.0)


class SearchSettings(_Section):
    k1: float = Field(default=0.9, ge=0.0)
    b: float = Field(default=0.4, ge=0.0, le=1.0)


class IngestSettings(_Section):
    max_megabytes: int = Field(default=10, ge=1, le=10_000)
    watch: int = Field(default=0, ge=0, le=3600)


class StateSettings(_Section):
    folder: str = ""


class ReplSettings(_Section):
    history: str = ""


class FetchSettings(_Section):
    user_agent: str = Field(default="coverage-bot/1.0", min_length=1, pattern="^[ -~]+$")
    seconds: float = Field(default=30.0, gt=0.0, le=600.0)
    megabytes: int = Field(default=5, ge=1, le=100)
    delay_seconds: float = Field(default=1.0, ge=0.0, le=60.0)
    tries: int = Field(default=3, ge=1, le=10)
    redirects: int = Field(default=5, ge=0, le=20)
    at_once: int = Field(default=8, ge=1, le=64)
    robots: bool = True
    private_hosts: list[str] = []


class FeedsSettings(_Section):
    minutes: int = Field(default=30, ge=0)
    most: int = Field(default=100, ge=1)


class TelegramSettings(_Section):
    base_url: str = ""
    poll_seconds: int = Field(default=10, ge=1, le=50)
    stale_seconds: int = Field(default=90, ge=5)
    log_format: Literal["text", "json"] = "text"
    admins: list[int] = []
    users: list[int] = []
    chats: list[int] = []
    questions_per_minute: int = Field(default=20, ge=1)
    health_file: str = ""
    health_listen: str = ""
    webhook_url: str = ""
    webhook_listen: str = "127.0.0.1:8443"
    inline: bool = True
    guests: bool = False
    guest_questions_per_hour: int = Field(default=5, ge=1)
    messages_per_second: int = Field(default=30, ge=1)
    group_messages_per_minute: int = Field(default=20, ge=1)
    answer_seconds: float = Field(default=20.0, gt=0)
    remember_hours: float = Field(default=48.0, gt=0)

    @field_validator("webhook_listen", "health_listen")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value:
            split_address(value)
        return value


class _Title(_Section):
    title: str = Field(min_length=1)
    since: date | None = None
    until: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _alone(cls, stated: object) -> object:
        return {"title": stated} if isinstance(stated, str) else stated


class _Person(_Section):
    name: str = Field(min_length=1)
    spellings: list[str] = []
    titles: list[_Title] = []
    pronoun: Literal["he", "she", "they"] | None = None
    apart: list[str] = []


class _People(_Section):
    """What config/people.toml may hold."""

    person: list[_Person] = []


class Settings(BaseSettings):
    """Every setting that there is.  `config/bot.toml` says what each is for."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix=PREFIX, env_nested_delimiter=NESTED)

    answer: AnswerSettings = AnswerSettings()
    search: SearchSettings = SearchSettings()
    ingest: IngestSettings = IngestSettings()
    state: StateSettings = StateSettings()
    repl: ReplSettings = ReplSettings()
    fetch: FetchSettings = FetchSettings()
    feeds: FeedsSettings = FeedsSettings()
    telegram: TelegramSettings = TelegramSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # The TOML file comes as arguments, so that its errors can name the line; the environment goes above it.
        return env_settings, init_settings


@dataclass(frozen=True, slots=True)
class Config:
    """What a run works with.  Word lists are parsed TOML by file stem, such as "speech"."""

    settings: Settings
    corpus: Path
    tables: Mapping[str, Mapping[str, object]]
    file: Path


def split_address(address: str) -> tuple[str, int]:
    """Return the host and the port of "127.0.0.1:8443"; raises ValueError where it is not of that form."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("expected a host and a port such as 127.0.0.1:8443")
    return host.strip("[]"), int(port)


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
    """Read the configuration; a flag that was not given is None."""
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
    package = Path(__file__).resolve().parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent  # a wheel carries them, a checkout has them next to `bot`


def _settings(file: Path) -> Settings:
    text, values = _read_toml(file)
    _check_environment()
    try:
        return Settings(**values)  # type: ignore[arg-type]  # the model itself says what is wrong with a value
    except ValidationError as error:
        raise ConfigurationError("\n".join(_problems(error, file, text))) from None
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
    if problems := list(_people_problems(*read["people"], files["people"])):
        raise ConfigurationError("\n".join(problems))
    return {stem: table for stem, (_, table) in read.items()}


def _people_problems(text: str, table: dict[str, object], file: Path) -> Iterator[str]:
    """Yield what is wrong with the list of people, each with the line to mend."""
    try:
        people = _People.model_validate(table).person
    except ValidationError as error:
        for problem in error.errors():
            path = [str(part) for part in problem["loc"]]
            known = list(_Title.model_fields if "titles" in path else _Person.model_fields)
            known = known if path[0] in _People.model_fields else ["person"]
            because = f"there is no such key{_nearest(path[-1], known)}"
            if problem["type"] != "extra_forbidden":
                because = f"{problem['msg'].lower()}, not {problem['input']!r}"
            yield f"{file}:{_line_in_entry(text, path)}: {'.'.join(path)}: {because}"
        return
    borne: dict[str, str] = {}
    for number, person in enumerate(people):
        here = f"{file}:{_line_in_entry(text, ['person', str(number)])}: {person.name}"
        for name in dict.fromkeys((person.name, *person.spellings)):
            if (bearer := borne.setdefault(name.casefold(), person.name)) != person.name:
                yield f"{here}: “{name}” is already a name of {bearer}; leave it to one of them"
            if name in person.apart:
                yield f"{here}: “{name}” is kept apart from itself; take it out of `apart` or of `spellings`"
        for title in person.titles:
            if title.since and title.until and title.since > title.until:
                yield f"{here}: as {title.title}, `since` is later than `until`; write the first day and the last"


def _line_in_entry(text: str, path: Sequence[str]) -> int:
    """Return the line of a key in the entry [[person]] of a number, or else the line that opens the entry."""
    entry, opening = -1, 1
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*\[\[\s*person\s*\]\]", line):
            entry += 1
            opening = number if [str(entry)] == path[1:2] else opening
        name = re.match(r'\s*"?([\w.-]+)"?\s*=', line)
        if name and ([str(entry), name[1]] == path[1:3] or (entry < 0 and path == [name[1]])):
            return number
    return opening


def keys() -> dict[str, list[str]]:
    """Return the names of the sections and of the keys in each."""
    return {
        name: list(annotation.model_fields)
        for name, field in Settings.model_fields.items()
        if isinstance(annotation := field.annotation, type) and issubclass(annotation, BaseModel)
    }


def _check_environment() -> None:
    # Only names with the nested mark are ours: Kubernetes sets COVERAGE_BOT_PORT and the like for a service so named.
    known = [f"{PREFIX}{section}{NESTED}{key}".upper() for section, names in keys().items() for key in names]
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and NESTED in name and name.upper() not in known:
            raise ConfigurationError(f"environment variable {name}: there is no such setting{_nearest(name, known)}")


def _nearest(wrong: str, right: Sequence[str]) -> str:
    close = get_close_matches(wrong.lower(), [name.lower() for name in right], n=1, cutoff=0.5)
    if not close:
        return f"; there are {', '.join(right)}"
    return f"; did you mean {next(name for name in right if name.lower() == close[0])}?"


def _problems(error: ValidationError, file: Path, text: str) -> Iterator[str]:
    for problem in error.errors():
        path = tuple(str(part) for part in problem["loc"])
        variable = PREFIX + NESTED.join(path).upper()
        if variable in os.environ:
            where = f"environment variable {variable}"
        else:
            where = f"{file}:{_line_of(text, path)}: {'.'.join(path)}"
        if problem["type"] == "extra_forbidden":
            names = keys().get(path[0], []) if len(path) > 1 else list(keys())
            yield f"{where}: there is no such {'key' if len(path) > 1 else 'section'}{_nearest(path[-1], names)}"
        else:
            expected = _EXPECTED.get(problem["type"]) or problem["msg"].replace("Input should be", "a value")
            yield f"{where}: expected {expected}, not {problem['input']!r}"


def _line_of(text: str, path: Sequence[str]) -> int:
    """Return the line that sets a key (or opens the section that should hold it)."""
    section, best = "", 1
    for number, line in enumerate(text.splitlines(), start=1):
        if opened := re.match(r"\s*\[+\s*([\w.\"-]+)\s*\]", line):
            section = opened[1].strip('"')
            best = number if section == path[0] else best
        name = re.match(r'\s*"?([\w.-]+)"?\s*=', line)
        if name and ".".join([section, name[1]]).strip(".") in (path[0], ".".join(path)):
            return number
    return best
