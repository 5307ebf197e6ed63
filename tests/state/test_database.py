"""A database of ours is whole after a kill, readable by its owner alone, and never a reason not to start."""

import stat
from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.state.database import open_database

SCHEMA = "CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY) STRICT"


def kept(file: Path, version: int = 1) -> list[str]:
    connection = open_database(file, SCHEMA, version)
    try:
        return [word for (word,) in connection.execute("SELECT word FROM words ORDER BY word")]
    finally:
        connection.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "state" / "words.db"
    connection = open_database(file, SCHEMA, 1)
    connection.execute("INSERT INTO words VALUES ('strike')")
    connection.close()
    return file


def test_what_was_written_is_there_at_the_next_start_for_its_owner_alone(file: Path) -> None:
    assert kept(file) == ["strike"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("damage", [b"not a database", b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_one_is_put_aside_and_a_new_one_begun(file: Path, damage: bytes) -> None:
    file.write_bytes(damage)
    assert kept(file) == []
    assert file.with_name("words.db.damaged").read_bytes() == damage


def test_one_of_another_version_is_put_aside(file: Path) -> None:
    assert kept(file, version=2) == []
    assert file.with_name("words.db.damaged").exists()


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    with pytest.raises(ConfigurationError, match=r"set `folder` of \[state\]"):
        open_database(tmp_path / "state" / "words.db", SCHEMA, 1)
