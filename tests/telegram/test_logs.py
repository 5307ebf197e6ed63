"""What the bot writes to stderr: one record a line, as text or as JSON, and never a token."""

import json
import logging
import subprocess
import sys

import pytest
from bot_process import Starter, leaks
from hypothesis import given
from hypothesis import strategies as st
from server import TOKEN, BotApiServer

from bot.front.telegram.logs import AsJson, AsText

FORMS = [AsText(), AsJson()]
URLS = [f"https://api/bot{TOKEN}/getMe", f"https://api/bot{TOKEN.replace(':', '%3a')}/getMe", TOKEN]


def record(message: str, *args: object, error: BaseException | None = None) -> logging.LogRecord:
    trace = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("bot", logging.ERROR, "file.py", 1, message, args, trace)


def raised(message: str) -> BaseException:
    try:
        try:
            raise ValueError(message)
        except ValueError as error:
            raise RuntimeError(f"in turn\n{message}") from error
    except RuntimeError as error:
        return error


@pytest.mark.parametrize("form", FORMS)
@given(before=st.text(), url=st.sampled_from(URLS), after=st.text())
def test_no_text_and_no_error_brings_a_token_into_the_log(
    form: logging.Formatter, before: str, url: str, after: str
) -> None:
    text = f"{before} {url} {after}"
    said = form.format(record("%s failed", text, error=raised(text)))
    assert leaks(said, TOKEN) == []
    assert "<token>" in said


@given(st.text(), st.text())
def test_a_line_of_text_begins_a_record_or_is_set_in(message: str, error: str) -> None:
    first, *others = AsText().format(record("%s", message, error=raised(error))).splitlines()
    assert "ERROR bot" in first
    assert all(other.startswith("  ") for other in others)
    assert "  Traceback (most recent call last):" in others


@given(st.text(), st.text())
def test_json_is_one_object_on_one_line_with_all_that_was_said(message: str, error: str) -> None:
    line = AsJson().format(record("%s", message, error=raised(error)))
    assert len(line.splitlines()) == 1
    said = json.loads(line)
    assert set(said) == {"time", "level", "logger", "message", "traceback"}
    assert said["message"] == message
    assert "RuntimeError: in turn" in said["traceback"]


def test_the_bot_logs_json_where_that_is_set(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server, COVERAGE_BOT_TELEGRAM__LOG_FORMAT="json")
    alice = server.user("Alice")
    alice.says("what did Tusk say about zebras?")
    alice.hear()
    server.faults.fail("getUpdates", 502)
    alice.says("/help")
    bot.wait_for_log("Invalid JSON|Bad Gateway", timeout=10)
    alice.hear(15)
    assert bot.stop() == 0
    said = [json.loads(line) for line in bot.lines]
    assert {"INFO", "ERROR"} <= {one["level"] for one in said}
    assert any(f"chat={alice.id}" in one["message"] for one in said)
    assert "zebras" not in bot.logs


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_crash_is_a_record_too(environment: dict[str, str], form: str) -> None:
    code = f"from bot.front.telegram import logs; logs.start('{form}'); raise OSError('{TOKEN}')"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "the bot crashed" in done.stderr.splitlines()[0]
    assert "OSError: <token>" in done.stderr
    assert leaks(done.stderr, TOKEN) == []
