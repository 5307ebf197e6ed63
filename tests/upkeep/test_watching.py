"""A folder is looked at until its files have changed and nobody writes to them any more."""

import asyncio
from pathlib import Path

import pytest

from bot.upkeep.watching import look, watch

SECONDS = 0.02


@pytest.mark.asyncio
async def test_a_change_is_told_once_and_only_when_it_has_settled(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("one")
    told: list[str] = []
    watching = asyncio.create_task(
        watch((tmp_path,), SECONDS, look((tmp_path,)), lambda: told.append(file.read_text()))
    )
    await asyncio.sleep(SECONDS * 3)
    for part in range(20):  # somebody is writing
        file.write_text("x" * part)
        await asyncio.sleep(SECONDS / 2)
        assert told == []
    file.write_text("the whole article")
    for _ in range(200):
        await asyncio.sleep(SECONDS)
        if told:
            break
    await asyncio.sleep(SECONDS * 5)
    watching.cancel()
    assert told == ["the whole article"]


def test_what_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.md").write_text("one")
    (tmp_path / ".hidden").write_text("two")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert [Path(name).name for name in look((tmp_path,))] == ["a.md"]
    assert look((tmp_path / "nowhere",)) == {}
