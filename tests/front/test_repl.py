"""The session on a real terminal: keys, history, completion, colour."""

import fcntl
import os
import pty
import re
import select
import stat
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.front.console.repl import history_file, open_history
from bot.settings import ReplSettings, Settings

PROMPT = r".*> ?\x08?$"  # prompt_toolkit draws the space by moving the cursor
QUESTION = "What did Stoltenberg say about strikes in Russia?"


class Terminal:
    """The program on a pseudo-terminal, and the person at it."""

    def __init__(self, environment: dict[str, str], *arguments: str) -> None:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            stdin=theirs, stdout=theirs, stderr=theirs, cwd=environment["PYTHONPATH"], start_new_session=True,
            env=environment | {"PROMPT_TOOLKIT_NO_CPR": "1"},
        )  # fmt: skip
        os.close(theirs)
        self._file = ours
        self.seen = ""

    def wait_for(self, wanted: str, seconds: float = 30) -> str:
        """Read until some words appear after what was read before, and return what was read."""
        until, read = time.monotonic() + seconds, ""
        while not re.search(wanted, _plain(read), re.DOTALL):
            left = until - time.monotonic()
            if left < 0 or not select.select([self._file], [], [], left)[0]:
                raise AssertionError(f"{wanted!r} did not appear in {read!r}")
            try:
                read += os.read(self._file, 65536).decode(errors="replace")
            except OSError:  # the other end was closed
                raise AssertionError(f"{wanted!r} did not appear in {read!r}") from None
        self.seen += read
        return read

    def type(self, keys: str) -> None:
        os.write(self._file, keys.encode())

    def end(self) -> int:
        """Read what is left, so that the program can write it, and return its exit code."""
        until = time.monotonic() + 30
        while time.monotonic() < until and select.select([self._file], [], [], 30)[0]:
            try:
                if not (rest := os.read(self._file, 65536)):
                    break
            except OSError:
                break
            self.seen += rest.decode(errors="replace")
        return self.process.wait(10)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._file)


def _plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x1b\x07]*(?:\x1b\\|\x07)", "", text)


Open = Callable[..., Terminal]


@pytest.fixture
def terminal(environment: dict[str, str]) -> Iterator[Open]:
    opened: list[Terminal] = []

    def start(*arguments: str, **variables: str) -> Terminal:
        opened.append(Terminal(environment | variables, *arguments))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


def test_a_session(terminal: Open, tmp_path: Path) -> None:
    person = terminal()
    assert re.search(r"\d+ articles, \d+ quotes", _plain(person.wait_for(PROMPT)))
    person.type("half a question\x03")  # Ctrl-C clears the line and keeps the session
    person.wait_for(r"half" + PROMPT)
    person.type(f"{QUESTION}\r")
    answer = person.wait_for(r"Stoltenberg" + PROMPT)
    assert "\x1b]8;;" in answer or "\x1b]8;id=" in answer
    person.type(":sour\r")
    person.wait_for(r"did you mean :source\?" + PROMPT)
    person.type(":cite 1\r")
    person.wait_for(r" — " + PROMPT)
    person.type("\x04")  # Ctrl-D
    assert person.end() == 0
    assert "Traceback" not in person.seen
    history = tmp_path / "state" / "coverage-bot" / "history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    kept = history.read_text(encoding="utf-8")
    assert f"+{QUESTION}\n" in kept
    assert "half a question" not in kept


def test_quit_and_completion(terminal: Open, corpus: Path) -> None:
    person = terminal("--corpus", str(corpus))
    person.wait_for(PROMPT)
    person.type(":qu\t")
    person.wait_for("it")  # what completes it
    person.type("\r")
    assert person.end() == 0
    person = terminal("--corpus", str(corpus))
    person.wait_for(PROMPT)
    person.type("What did stolt\t")
    person.wait_for("Jens Stoltenberg")
    person.type("\x03\x04")
    assert person.end() == 0


def test_no_colour_where_it_is_not_wanted(terminal: Open) -> None:
    person = terminal("ask", QUESTION, NO_COLOR="1")
    person.end()
    colours = re.findall(r"\x1b\[([0-9;]*)m", person.seen)
    assert not any(30 <= int(code) <= 49 for codes in colours for code in codes.split(";") if code)


def test_a_dumb_terminal_gets_plain_text(terminal: Open) -> None:
    person = terminal("ask", QUESTION, TERM="dumb")
    person.end()
    assert "\x1b" not in person.seen.replace("\r\x1b[K", "")


def test_history_is_the_owners_alone_wherever_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "deep" / "history"
    file.parent.mkdir()
    file.write_text("", encoding="utf-8")
    file.chmod(0o644)
    open_history(file).append_string("a question")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert history_file(Settings()) == tmp_path / "coverage-bot" / "history"
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    assert history_file(Settings()) == Path.home() / ".local" / "state" / "coverage-bot" / "history"
    assert history_file(Settings(repl=ReplSettings(history="~/mine"))) == Path.home() / "mine"


def test_a_history_that_cannot_be_written_is_no_obstacle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    open_history(tmp_path / "file" / "history").append_string("a question")
    assert "the history cannot be kept" in capsys.readouterr().err
