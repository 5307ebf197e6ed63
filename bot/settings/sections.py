"""Every setting that there is, with its default and its bounds."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "COVERAGE_BOT_"
NESTED = "__"


class Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class AnswerSettings(Section):
    statements: int = Field(default=5, ge=1, le=100)
    certain: float = Field(default=0.7, ge=0.0, le=1.0)


class SearchSettings(Section):
    k1: float = Field(default=0.9, ge=0.0)
    b: float = Field(default=0.4, ge=0.0, le=1.0)


class IngestSettings(Section):
    max_megabytes: int = Field(default=10, ge=1, le=10_000)
    watch: int = Field(default=0, ge=0, le=3600)


class StateSettings(Section):
    folder: str = ""


class ReplSettings(Section):
    history: str = ""


class FetchSettings(Section):
    user_agent: str = Field(default="coverage-bot/1.0", min_length=1, pattern="^[ -~]+$")
    seconds: float = Field(default=30.0, gt=0.0, le=600.0)
    megabytes: int = Field(default=5, ge=1, le=100)
    reading_seconds: float = Field(default=20.0, gt=0.0, le=600.0)
    delay_seconds: float = Field(default=1.0, ge=0.0, le=60.0)
    tries: int = Field(default=3, ge=1, le=10)
    redirects: int = Field(default=5, ge=0, le=20)
    at_once: int = Field(default=8, ge=1, le=64)
    robots: bool = True
    private_hosts: list[str] = []


class FeedsSettings(Section):
    minutes: float = Field(default=30, ge=0.0)
    most: int = Field(default=100, ge=1)


class TelegramSettings(Section):
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


def keys() -> dict[str, list[str]]:
    """Return the names of the sections and of the keys in each."""
    return {
        name: list(annotation.model_fields)
        for name, field in Settings.model_fields.items()
        if isinstance(annotation := field.annotation, type) and issubclass(annotation, BaseModel)
    }


def split_address(address: str) -> tuple[str, int]:
    """Return the host and the port of "127.0.0.1:8443"; raises ValueError where it is not of that form."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ValueError("expected a host and a port such as 127.0.0.1:8443")
    return host.strip("[]"), int(port)
