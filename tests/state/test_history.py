"""What became of articles and quotes, and on which day."""

from datetime import date
from pathlib import Path

import pytest

from bot.state.history import Change, History

DAYS = [date(2026, 11, day) for day in (20, 21, 22, 23)]


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "state" / "history.db", pytest.fail)


def test_a_removed_article_withdraws_its_quotes_that_day(history: History) -> None:
    history.record({"a": "1", "b": "2"}, {"a": frozenset({"qa"}), "b": frozenset({"qb"})}, DAYS[0])
    history.record({"a": "1"}, {"a": frozenset({"qa"})}, DAYS[1])
    assert (history.withdrawn("qa"), history.withdrawn("qb"), history.withdrawn("never")) == (None, DAYS[1], None)
    assert history.of_article("b") == [
        Change(DAYS[0], "added", ("qb",)),
        Change(DAYS[1], "removed", (), ("qb",)),
    ]


def test_a_changed_article_keeps_its_history(history: History) -> None:
    history.record({"a": "1"}, {"a": frozenset({"q1", "q2"})}, DAYS[0])
    history.record({"a": "2"}, {"a": frozenset({"q2", "q3"})}, DAYS[1])
    history.record({"a": "2"}, {"a": frozenset({"q2", "q3", "q4"})}, DAYS[2])
    assert history.of_article("a") == [
        Change(DAYS[0], "added", ("q1", "q2")),
        Change(DAYS[1], "changed", ("q3",), ("q1",)),
        Change(DAYS[2], "read anew", ("q4",)),
    ]


def test_what_comes_back_is_not_withdrawn(history: History) -> None:
    for day, quotes in zip(DAYS, ({"a": frozenset({"q"})}, {}, {"a": frozenset({"q"})}), strict=False):
        history.record(dict.fromkeys(quotes, "1"), quotes, day)
    assert history.withdrawn("q") is None


def test_a_quote_that_a_copy_still_has_is_not_withdrawn(history: History) -> None:
    history.record({"a": "1", "b": "1"}, {"a": frozenset({"q"}), "b": frozenset({"q"})}, DAYS[0])
    history.record({"b": "1"}, {"b": frozenset({"q"})}, DAYS[1])
    assert history.withdrawn("q") is None
    history.record({}, {}, DAYS[2])
    assert history.withdrawn("q") == DAYS[2]


def test_nothing_is_written_by_looking(tmp_path: Path) -> None:
    history = History(tmp_path / "state" / "history.db", pytest.fail)
    assert (history.withdrawn("q"), history.of_article("a")) == (None, [])
    assert not (tmp_path / "state").exists()


def test_only_what_may_have_changed_is_looked_at(history: History) -> None:
    history.record({"a": "1", "b": "1"}, {"a": frozenset({"q"}), "b": frozenset({"r"})}, DAYS[0])
    history.record({"a": "2", "c": "1"}, {"a": frozenset(), "c": frozenset({"s"})}, DAYS[1], {"a", "c", "d"})
    history.record({}, {}, DAYS[2], {"c"})
    assert [history.withdrawn(quote) for quote in "qrs"] == [DAYS[1], None, DAYS[2]]
    assert [change.event for change in history.of_article("b")] == ["added"]
