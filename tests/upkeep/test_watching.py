"""A folder is looked at until its files have changed and nobody writes to them any more."""

import time
from pathlib import Path
from threading import Event, Thread

from bot.upkeep.watching import look, watch

SECONDS = 0.1  # a busy machine may hold up whoever writes for a while


def test_a_change_is_told_once_and_only_when_it_has_settled(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("one")
    told: list[str] = []
    stopped, seen = Event(), look((tmp_path,))
    arguments = ((tmp_path,), SECONDS, seen, lambda: told.append(file.read_text()), stopped)
    watching = Thread(target=watch, args=arguments)
    watching.start()
    time.sleep(SECONDS * 3)
    for part in range(20):  # somebody is writing
        file.write_text("x" * part)
        time.sleep(SECONDS / 2)
        assert told == []
    file.write_text("the whole article")
    for _ in range(200):
        time.sleep(SECONDS)
        if told:
            break
    time.sleep(SECONDS * 5)
    stopped.set()
    watching.join()
    assert told == ["the whole article"]


def test_what_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.md").write_text("one")
    (tmp_path / ".hidden").write_text("two")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert [Path(name).name for name in look((tmp_path,))] == ["a.md"]
    assert look((tmp_path / "nowhere",)) == {}
