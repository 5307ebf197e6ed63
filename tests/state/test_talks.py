"""What was asked in a chat lately, which message answers it, and that it is forgotten in time."""

from pathlib import Path

import pytest

from bot.state.talks import EARLIER, Talks


@pytest.fixture
def talks(tmp_path: Path) -> Talks:
    talks = Talks.open(tmp_path)
    for message, user, text in ((1, 5, "one"), (2, 6, "other"), (4, 5, "two"), (6, 5, "three")):
        talks.ask(-100, user, message, text)
    talks.answer(-100, 4, 5)
    return talks


def test_a_user_goes_on_from_their_own_questions(talks: Talks) -> None:
    assert talks.before(-100, 5, 7) == ["one", "two", "three"]
    assert talks.before(-100, 6, 7) == ["other"]
    assert talks.before(-200, 5, 7) == []


def test_a_reply_goes_on_from_what_was_answered(talks: Talks) -> None:
    assert talks.answered_by(-100, 5) == 4
    assert talks.up_to(-100, 4) == ["one", "two"]
    assert talks.up_to(-100, 99) == []


def test_an_edited_question_is_another_one(talks: Talks) -> None:
    talks.ask(-100, 5, 4, "two and a half")
    assert talks.question(-100, 4) == "two and a half"
    assert talks.before(-100, 5, 7) == ["one", "two and a half", "three"]


def test_only_the_last_questions_count(talks: Talks) -> None:
    for message in range(10, 20):
        talks.ask(-100, 5, message, str(message))
    assert talks.before(-100, 5, 20) == [str(message) for message in range(20 - EARLIER, 20)]


def test_answers_are_known_until_they_are_deleted(talks: Talks) -> None:
    talks.answer(-100, 4, 7)
    assert talks.answers(-100, 4) == [5, 7]
    talks.withdraw(-100, 5)
    assert talks.answers(-100, 4) == [7]


def test_all_is_forgotten_in_time_and_gone_from_the_file(tmp_path: Path) -> None:
    now = [0.0]
    talks = Talks(Talks.open(tmp_path).connection, clock=lambda: now[0])
    talks.ask(1, 1, 1, "a question about zebras")
    now[0] = 10.0
    talks.ask(1, 1, 2, "a question about bridges")
    talks.forget(5.0)
    assert talks.before(1, 1, 9) == ["a question about bridges"]
    talks.close()
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"bridges" in kept
    assert b"zebras" not in kept
