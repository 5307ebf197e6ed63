"""`coverage-bot health`: whether the bot is alive, by its last sign of Telegram."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from program import Run


@pytest.mark.parametrize(
    ("age", "code", "said"),
    [(3, 0, "s old"), (80, 0, "s old"), (92, 1, "s old"), (None, 1, "no sign of Telegram yet")],
    ids=["fresh", "not yet stale", "stale", "none"],
)
def test_it_goes_by_the_age_of_the_health_file(run: Run, tmp_path: Path, age: int | None, code: int, said: str) -> None:
    alive = tmp_path / "alive"
    if age is not None:
        alive.touch()
        os.utime(alive, (time.time() - age,) * 2)
    done = run("health", COVERAGE_BOT_TELEGRAM__HEALTH_FILE=str(alive), COVERAGE_BOT_TELEGRAM__STALE_SECONDS="90")
    assert done.returncode == code
    assert said in done.stdout


def test_without_a_health_file_it_says_which_setting_is_missing(run: Run) -> None:
    done = run("health")
    assert (done.returncode, done.stdout) == (78, "")
    assert "health_file" in done.stderr


def test_it_imports_neither_the_bot_nor_the_index(environment: dict[str, str]) -> None:
    code = "import sys, bot.front.telegram.alive; print({'telegram', 'httpx', 'numpy'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
