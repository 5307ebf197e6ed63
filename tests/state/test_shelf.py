"""A shelf gives out what was put in, or nothing."""

import sqlite3
from pathlib import Path

import pytest

from bot.state.shelf import Shelf


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "state" / "shelf.db"


def opened(file: Path) -> Shelf:
    return Shelf(file, pytest.fail)


def test_what_was_put_in_is_there_for_the_next_process(file: Path) -> None:
    opened(file).put([(b"a", b"one"), (b"b", b"two")])
    assert dict(opened(file).get([b"a", b"b", b"c"])) == {b"a": b"one", b"b": b"two"}


def test_more_keys_than_a_query_takes(file: Path) -> None:
    items = {str(number).encode(): b"x" for number in range(1201)}
    shelf = opened(file)
    shelf.put(items.items())
    assert dict(shelf.get(list(items))) == items


def test_others_are_forgotten(file: Path) -> None:
    shelf = opened(file)
    shelf.put([(b"a", b"one"), (b"b", b"two")])
    shelf.keep_only([b"b", b"c"])
    assert dict(shelf.get([b"a", b"b"])) == {b"b": b"two"}


@pytest.mark.parametrize("change", ["value = x'00'", "sum = x'00'", "key = x'63'"])
def test_a_value_that_was_changed_is_not_given_out(file: Path, change: str) -> None:
    opened(file).put([(b"a", b"one")])
    connection = sqlite3.connect(file)
    connection.execute(f"UPDATE kept SET {change}")
    connection.commit()
    connection.close()
    assert dict(opened(file).get([b"a", b"c"])) == {}


def test_a_file_that_cannot_be_made_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    told: list[object] = []
    shelf = Shelf(tmp_path / "state" / "shelf.db", told.append)
    shelf.put([(b"a", b"one")])
    assert dict(shelf.get([b"a"])) == {}
    assert len(told) == 1
    assert "[state]" in str(told[0])
