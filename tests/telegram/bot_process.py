"""The bot as its users run it: a process, whose every word is kept."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from server import BotApiServer

_READY = re.compile(r"\bready\b", re.IGNORECASE)


def leaks(text: str, token: str) -> list[str]:
    """Return the lines that hold the token, its secret half, or anything that looks like a token."""
    secret = token.partition(":")[2]
    looks_like = re.compile(r"\d{6,12}(?::|%3A)[\w-]{30,}", re.IGNORECASE)
    return [line for line in text.splitlines() if (secret and secret in line) or looks_like.search(line)]


class BotProcess:
    """A running bot.  `logs` is all that it has written to stdout and stderr so far."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], cwd: Path, token: str) -> None:
        self.token = token
        self.lines: list[str] = []
        self.changed = threading.Condition()
        self.ended_by_test = False
        self.process = subprocess.Popen(
            list(command), env=dict(environment), cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(line.decode("utf-8", "replace").rstrip("\n"))
                self.changed.notify_all()
        with self.changed:
            self.changed.notify_all()

    @property
    def logs(self) -> str:
        with self.changed:
            return "\n".join(self.lines)

    @property
    def pid(self) -> int:
        return self.process.pid

    def wait_for_log(self, pattern: str | re.Pattern[str], timeout: float = 20.0, after: int = 0) -> str:
        """Wait for a line of log from number `after` on; fails at once when the process ends without one."""
        wanted = re.compile(pattern)

        def found() -> str | None:
            return next((line for line in self.lines[after:] if wanted.search(line)), None)

        end = time.monotonic() + timeout
        with self.changed:
            while not (line := found()):
                left = end - time.monotonic()
                over = self.process.poll() is not None and not self._reader.is_alive()
                if over or left <= 0:
                    what = f"ended with {self.process.returncode}" if over else f"did not in {timeout} s"
                    said = "\n".join(self.lines)
                    raise AssertionError(f"no line {wanted.pattern!r}: the bot {what}; it said:\n{said}")
                self.changed.wait(min(left, 0.1))
            return line

    def wait_ready(self, timeout: float = 20.0) -> "BotProcess":
        self.wait_for_log(_READY, timeout)
        return self

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def wait_exit(self, timeout: float = 15.0) -> int:
        """Wait for the end and return the exit code; a test that calls this answers for the code itself."""
        self.ended_by_test = True
        code = self.process.wait(timeout)
        self._reader.join(5)
        return code

    def stop(self, timeout: float = 15.0) -> int:
        """Stop as a supervisor does."""
        if self.process.poll() is None:
            self.send(signal.SIGTERM)
        return self.wait_exit(timeout)

    def kill(self) -> int:
        """Kill without a chance to tidy up."""
        self.process.kill()
        return self.wait_exit()

    def finish(self) -> None:
        """End the process if the test has not; then it has to end with 0, and never have told the token."""
        try:
            if not self.ended_by_test:
                code = self.stop()
                assert code == 0, f"the bot ended with {code} at SIGTERM; it said:\n{self.logs}"
        finally:
            if self.process.poll() is None:
                self.kill()
            self._reader.join(5)
            assert self.process.stdout is not None
            self.process.stdout.close()
        assert not leaks(self.logs, self.token), leaks(self.logs, self.token)


class Starter:
    """Starts bots on a server: `bot_process(server, corpus=…, COVERAGE_BOT_TELEGRAM__…=…)`."""

    def __init__(self, environment: Mapping[str, str], root: Path) -> None:
        self.environment, self.root = environment, root
        self.started: list[BotProcess] = []

    def __call__(
        self, server: BotApiServer, *arguments: str, command: Sequence[str] = (), token: str | None = None,
        corpus: Path | None = None, poll_seconds: float = 2, ready: bool = True, **variables: str,
    ) -> BotProcess:  # fmt: skip
        """Start one and wait until it says that it is ready.  `command` is another program in place of the product."""
        ours = {
            "TELEGRAM_BOT_TOKEN": server.token if token is None else token,
            "COVERAGE_BOT_TELEGRAM__BASE_URL": server.url,
            "COVERAGE_BOT_TELEGRAM__POLL_SECONDS": f"{poll_seconds:g}",
            "PYTHONUNBUFFERED": "1",
        } | ({"COVERAGE_BOT_CORPUS": os.fspath(corpus)} if corpus else {})
        bot = BotProcess(
            command or [sys.executable, "-m", "bot", "telegram", *arguments],
            {**self.environment, **ours, **variables}, self.root, ours["TELEGRAM_BOT_TOKEN"],
        )  # fmt: skip
        self.started.append(bot)
        if ready:
            try:
                bot.wait_ready()
            except AssertionError:
                bot.ended_by_test = True  # it never began: that is failure enough
                raise
        return bot

    def finish(self) -> None:
        """End all of them, and raise what is wrong with the first that is not as it should be."""
        wrong = []
        for bot in self.started:
            try:
                bot.finish()
            except (AssertionError, subprocess.TimeoutExpired) as error:
                wrong.append(error)
        self.started = []
        if wrong:
            raise wrong[0]
