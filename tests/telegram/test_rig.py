"""python-telegram-bot on this server behaves as it does on Telegram: proof that the rig can stand in for it."""

import contextlib
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from bot_process import Starter, leaks
from direct import DirectRequest
from echo_bot import build
from judges import Judges
from people import buttons
from server import BotApiServer
from telegram import Bot, InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

pytestmark = pytest.mark.asyncio
ECHO = [sys.executable, str(Path(__file__).with_name("echo_bot.py"))]


@pytest.fixture(autouse=True)
def _future_of_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it every flood error comes with a warning


@pytest_asyncio.fixture
async def bot(server: BotApiServer) -> AsyncIterator[Bot]:
    """The library's bot, and a user whom it knows."""
    server.user("Alice", identity=42).says("hi")
    async with Bot(server.token, base_url=server.url) as bot:
        yield bot


@contextlib.asynccontextmanager
async def polling(
    server: BotApiServer, errors: list[TelegramError] | None = None, timeout: int = 2
) -> AsyncIterator[Any]:
    application = build(server.token, server.url)
    async with application:
        await application.start()
        keep = errors.append if errors is not None else None
        await application.updater.start_polling(timeout=timeout, error_callback=keep, allowed_updates=Update.ALL_TYPES)
        try:
            yield application
        finally:
            if application.updater.running:
                await application.updater.stop()
            await application.stop()


async def test_an_echo_bot_talks(server: BotApiServer) -> None:
    alice, group = server.user("Alice"), server.group()
    async with polling(server):
        asked = alice.says("Hello 😀 ä")
        answer = await alice.hears()
        assert (answer["text"], answer["reply_to_message"]["message_id"]) == ("Hello 😀 ä", asked["message_id"])
        query = alice.presses(answer, "Mo")
        assert "text" not in await query.answered()
        await server.until_async(lambda: answer["text"] == "more")
        assert [button["text"] for button in buttons(answer)] == ["More"]
        alice.says("/start q_1")
        assert (await alice.hears())["text"] == "Hello q_1"
        inline = alice.types_inline("bridge")
        assert (await inline.answered())["results"][0]["title"] == "bridge"
        assert server.inline_messages[alice.picks(inline)]["text"] == "bridge"
        guest = alice.mentions_as_guest("@coverage_test_bot so?")
        await guest.answered()
        assert server.inline_messages[guest.inline_message_id]["text"] == "@coverage_test_bot so?"
        alice.says("@coverage_test_bot you?", group)
        assert (await group.hears())["chat"]["id"] == group.id
        alice.edits(asked, "changed")
        server.delivery.repeat()  # which the echo bot ignores, too
        alice.says("last")
        assert (await alice.hears())["text"] == "last"
    assert alice.unheard() == []


async def test_errors_become_the_librarys(server: BotApiServer, bot: Bot, judges: Judges) -> None:
    judges.forgive("message is too long")
    faults = server.faults
    faults.fail("sendMessage", 429, retry_after=3)
    with pytest.raises(RetryAfter, match="Flood control exceeded"):
        await bot.send_message(42, "A")
    kinds = {500: NetworkError, 502: NetworkError, 409: Conflict, 403: Forbidden, 401: InvalidToken, 404: InvalidToken}
    for status, kind in kinds.items():
        faults.fail("sendMessage", status)
        with pytest.raises(kind):
            await bot.send_message(42, "A")
    with pytest.raises(BadRequest, match="Message is too long"):
        await bot.send_message(42, "A" * 4097)
    faults.garble("sendMessage")
    with pytest.raises(TelegramError, match="Invalid server response"):
        await bot.send_message(42, "A")
    group = server.group(kind="group")
    new = group.migrates()
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group.id, "A")
    assert migrated.value.new_chat_id == new.id
    server.without.add("answerGuestQuery")
    with pytest.raises(InvalidToken):
        await bot.answer_guest_query("17", InlineQueryResultArticle("1", "A", InputTextMessageContent("A")))


async def test_dropped_connections_do_not_tell_what_was_sent(server: BotApiServer, bot: Bot) -> None:
    server.faults.drop("sendMessage")
    with pytest.raises(NetworkError):
        await bot.send_message(42, "lost")
    server.faults.drop("sendMessage", accepted=True)
    with pytest.raises(NetworkError):
        await bot.send_message(42, "kept")
    server.faults.slow("sendMessage", 0.5, times=1)
    with pytest.raises(TimedOut) as late:
        await bot.send_message(42, "kept, too", read_timeout=0.1)
    assert isinstance(late.value.__cause__, httpx.ReadTimeout)
    assert [message["text"] for message in server.sent][:1] == ["kept"]
    await server.until_async(lambda: [message["text"] for message in server.sent] == ["kept", "kept, too"])
    with server.unreachable(), pytest.raises(NetworkError) as refused:
        await bot.send_message(42, "lost")
    assert isinstance(refused.value.__cause__, httpx.ConnectError)


async def test_the_limiter_waits_and_sends_once(server: BotApiServer) -> None:
    alice = server.user("Alice")
    server.faults.fail("sendMessage", 429, retry_after=1)
    async with polling(server):
        alice.says("patience")
        assert (await alice.hears())["text"] == "patience"
    first, second = server.calls("sendMessage")
    assert (first.status, second.status) == (429, 200)
    assert second.at - first.at >= 1


async def test_polling_survives_what_telegram_survives(server: BotApiServer) -> None:
    errors: list[TelegramError] = []
    alice = server.user("Alice")
    async with polling(server, errors):
        server.faults.drop("getUpdates")
        server.faults.fail("getUpdates", 502)
        alice.says("still there?")
        assert (await alice.hears(15))["text"] == "still there?"
    assert all(isinstance(error, NetworkError) for error in errors)


async def test_polling_ends_for_good_with_404_and_stays_running(server: BotApiServer) -> None:
    """The pitfall for which the product has a watchdog."""
    async with polling(server) as application:
        server.faults.fail("getUpdates", 404)
        server.user("Alice").says("hello?")
        await server.wait_for(lambda request: request.status == 404)
        last = server.mark()
        with pytest.raises(TimeoutError):
            await server.wait_for("getUpdates", timeout=0.5, after=last, answered=False)
        assert application.updater.running
        with pytest.raises(InvalidToken):  # stopping raises what ended it, once more
            await application.updater.stop()


async def test_two_pollers_get_conflicts(server: BotApiServer) -> None:
    errors: list[TelegramError] = []
    async with polling(server, errors, timeout=1):
        await server.wait_for("getUpdates", answered=False)
        async with polling(server, errors, timeout=1):
            await server.until_async(lambda: errors)
    assert isinstance(errors[0], Conflict)
    assert "make sure that only one bot instance is running" in str(errors[0])


async def test_a_wrong_token_is_refused_at_the_start(server: BotApiServer) -> None:
    with pytest.raises(InvalidToken, match="was rejected by the server"):
        async with Bot("7700112233:wrong", base_url=server.url):
            pass


async def test_the_webhook_takes_the_secret_only(server: BotApiServer) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    alice, application = server.user("Alice"), build(server.token, server.url)
    server.delivery.proxies["https://bot.example.org"] = local = f"http://127.0.0.1:{port}"
    async with application:
        await application.start()
        await application.updater.start_webhook(
            "127.0.0.1", port, "/secret-path", webhook_url="https://bot.example.org/secret-path", secret_token="s-1"
        )
        alice.says("by webhook")
        assert (await alice.hears())["text"] == "by webhook"
        async with httpx.AsyncClient() as stranger:
            answer = await stranger.post(f"{local}/secret-path", json={"update_id": 1}, headers={})
        assert answer.status_code == 403
        await application.updater.stop()
        alice.says("meanwhile")
        await server.until_async(lambda: server.delivery.posted[-1].error == "Connection refused")
        await application.stop()


async def test_the_fast_layer_opens_no_socket(judges: Judges, monkeypatch: pytest.MonkeyPatch) -> None:
    server = BotApiServer()  # not started
    judges.watch(server)
    alice, request = server.user("Alice"), DirectRequest(server)
    application = build(server.token, "http://rig/bot", request)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("a socket was opened"))
    async with application:
        alice.says("straight")
        server.faults.fail("sendMessage", 429, retry_after=1)
        await application.process_update(Update.de_json(server.delivery.updates[-1], application.bot))
        assert alice.hear()["text"] == "straight"
    assert [(call.method, call.status) for call in server.requests] == [
        ("getMe", 200), ("sendMessage", 429), ("sendMessage", 200),
    ]  # fmt: skip


# --- the bot as a process


async def test_a_bot_runs_as_a_process(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server, command=ECHO, poll_seconds=1)
    alice = server.user("Alice")
    alice.says("hello")
    assert (await alice.hears())["text"] == "hello"
    assert "ready" in bot.logs
    assert bot.stop() == 0


def script(*lines: str) -> Sequence[str]:
    return [sys.executable, "-c", "\n".join(["import os, signal, sys, time", *lines])]


async def test_a_token_in_a_log_is_found(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server, command=script("print('ready', os.environ['TELEGRAM_BOT_TOKEN'])"))
    assert bot.wait_exit() == 0
    assert leaks(bot.logs, server.token) == [f"ready {server.token}"]
    assert leaks("https://x/bot123456789:ABCdefghijklmnopqrstuvwxyz0123456789/getMe", server.token)
    with pytest.raises(AssertionError, match="ready"):
        bot_process.finish()


async def test_a_bot_that_ends_otherwise_is_found(server: BotApiServer, bot_process: Starter) -> None:
    with pytest.raises(AssertionError, match="ended with 78; it said:\nno token"):
        bot_process(server, command=script("print('no token')", "sys.exit(78)"))
    stubborn = script("signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))", "print('ready')", "time.sleep(60)")
    bot = bot_process(server, command=stubborn)
    with pytest.raises(AssertionError, match="ended with 3 at SIGTERM"):
        bot_process.finish()
    bot = bot_process(server, command=script("print('ready')", "time.sleep(60)"))
    assert bot.kill() == -signal.SIGKILL
    assert not os.path.exists(f"/proc/{bot.pid}")
