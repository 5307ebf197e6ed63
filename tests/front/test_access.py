"""Who may ask, how often, and who may do what an administrator does."""

import pytest

from bot.front.access import Doorkeeper, Pace
from bot.front.administration import Administration, Occasion
from bot.front.service import open_service


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_pace_is_kept_within_its_time_and_by_each_user_alone() -> None:
    clock = Clock()
    pace = Pace(2, seconds=60, clock=clock)
    assert [pace.keeps(1) for _ in range(3)] == [True, True, False]
    assert pace.keeps(2)
    clock.now = 60.0
    assert [pace.keeps(1) for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize(
    ("users", "chats", "user", "chat", "admitted"),
    [
        ((), (), 5, 5, True),
        ((5,), (), 5, 5, True),
        ((5,), (), 5, -100, True),
        ((5,), (), 6, -100, False),
        ((), (-100,), 6, -100, True),
        ((), (-100,), 6, 6, False),
        ((5,), (-100,), 6, -100, True),
    ],
)
def test_a_list_of_users_or_chats_keeps_the_others_out(
    users: tuple[int, ...], chats: tuple[int, ...], user: int, chat: int, admitted: bool
) -> None:
    door = Doorkeeper(Pace(9), frozenset(users), frozenset(chats))
    assert door.judge(user, chat) == ("welcome" if admitted else "stranger")


@pytest.mark.parametrize(
    ("occasion", "admitted"),
    [
        (Occasion(7, private=True), True),
        (Occasion(7, private=False), False),
        (Occasion(7, private=True, edited=True), False),
        (Occasion(8, private=True), False),
        (Occasion(None, private=True), False),
    ],
)
def test_an_administrator_acts_in_private_and_never_by_an_edit(occasion: Occasion, admitted: bool) -> None:
    administration = Administration(open_service(None, None), frozenset({7}))
    assert administration.admits(occasion) is admitted


def test_every_act_of_an_administrator_answers_in_lines() -> None:
    administration = Administration(open_service(None, None), frozenset({7}))
    told = {name: "\n".join(act("", print)) for name, (act, _) in administration.acts.items()}
    assert "nothing changed" in told["reload"]
    assert "5 articles" in told["status"]
    assert "no problems" in told["check"]
    assert "name one address of the web" in told["add"]
