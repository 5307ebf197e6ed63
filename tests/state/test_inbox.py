"""Updates are kept until they are dealt with, known when they come again, and their words are then gone."""

from pathlib import Path

from bot.state.inbox import Inbox

HOUR = 3600.0


def test_what_is_not_finished_is_there_at_the_next_start_in_order(tmp_path: Path) -> None:
    inbox = Inbox.open(tmp_path)
    for number in (12, 11, 13):
        assert inbox.take(number, f"update {number}")
    inbox.finish(12)
    inbox.count_sent(13)
    inbox.close()
    again = Inbox.open(tmp_path)
    assert again.unfinished() == ["update 11", "update 13"]
    assert [again.sent(number) for number in (11, 13, 99)] == [0, 1, 0]


def test_what_was_taken_before_is_known(tmp_path: Path) -> None:
    inbox = Inbox.open(tmp_path)
    assert [inbox.take(1, "one"), inbox.take(1, "one")] == [True, False]
    inbox.finish(1)
    assert not inbox.take(1, "one")


def test_another_update_of_the_same_number_is_no_repetition(tmp_path: Path) -> None:
    inbox = Inbox.open(tmp_path)
    inbox.take(1, "one")
    inbox.finish(1)
    assert inbox.take(1, "another")
    assert inbox.unfinished() == ["another"]


def test_words_are_gone_when_an_update_is_finished(tmp_path: Path) -> None:
    inbox = Inbox.open(tmp_path)
    inbox.take(1, "a question about zebras")
    inbox.finish(1)
    inbox.close()
    assert not any(b"zebras" in file.read_bytes() for file in tmp_path.iterdir())


def test_what_is_too_old_is_not_answered_any_more(tmp_path: Path) -> None:
    now = [0.0]
    inbox = Inbox(Inbox.open(tmp_path).connection, clock=lambda: now[0])
    inbox.take(1, "one")
    now[0] = 23 * HOUR
    assert inbox.unfinished() == ["one"]
    now[0] = 25 * HOUR
    assert inbox.unfinished() == []
    assert not inbox.take(1, "one")  # but known still
    now[0] = 80 * HOUR
    inbox.unfinished()
    assert inbox.take(1, "another")
