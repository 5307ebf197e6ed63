"""A program that is killed at any moment leaves articles and state whole, and the next one goes on."""

import hashlib
import json
import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Run, write_article

QUESTION = "what did Kowalska say about the bridge"
ARTICLES = 60


@pytest.fixture
def bridges(tmp_path: Path) -> Path:
    folder = tmp_path / "bridges"
    folder.mkdir()
    for number in range(ARTICLES):
        write_article(folder, f"a{number}", f"“Bridge number {number} is closed,” said Anna Kowalska on Monday.")
    return folder


def hashes(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def databases(state: Path) -> Iterator[str]:
    for file in state.rglob("*.db"):
        connection = sqlite3.connect(file)
        yield connection.execute("PRAGMA integrity_check").fetchone()[0]
        connection.close()


@pytest.mark.parametrize("kills", [4, pytest.param(100, marks=pytest.mark.slow)])
def test_kills_at_random_moments(
    run: Run, bridges: Path, tmp_path: Path, environment: dict[str, str], kills: int, pytestconfig: pytest.Config
) -> None:
    draw, whole = random.Random(kills), hashes(bridges)
    command = [sys.executable, "-m", "bot", "--corpus", str(bridges)]
    for _ in range(kills):
        session = subprocess.Popen(
            command, env=environment, cwd=pytestconfig.rootpath, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        assert session.stdin
        session.stdin.write(b":reload\n" * 200)
        session.stdin.flush()
        try:
            session.wait(draw.uniform(0.2, 2.0))
        except subprocess.TimeoutExpired:
            session.send_signal(signal.SIGKILL)
        session.stdin.close()
        session.wait()
        assert hashes(bridges) == whole
        assert set(databases(tmp_path / "state")) <= {"ok"}
    answers = [
        json.loads(run("ask", "--json", QUESTION, "--corpus", str(bridges), XDG_STATE_HOME=str(state)).stdout)
        for state in (tmp_path / "state", tmp_path / "untouched")
    ]
    for answer in answers:
        del answer["elapsed_ms"]
    assert answers[0] == answers[1]
    assert answers[0]["library"]["articles"] == ARTICLES
    assert not list((tmp_path / "state").rglob("*.damaged"))
