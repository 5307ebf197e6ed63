"""`coverage-bot telegram --check`: what is set at Telegram, in plain words, and what to do about it."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from subprocess import CompletedProcess

import httpx
import pytest
from bot_process import leaks
from program import Run
from server import BotApiServer
from telegram import User, WebhookInfo

from bot.front.telegram.checking import Told, Wanted, findings

Check = Callable[..., "CompletedProcess[str]"]


@pytest.fixture
def check(run: Run, server: BotApiServer) -> Check:
    """Check the bot of the server, as a process that must not tell the token."""
    server.bot |= {"supports_inline_queries": True, "supports_guest_queries": False}

    def checked(**more: str) -> "CompletedProcess[str]":
        ours = {"TELEGRAM_BOT_TOKEN": server.token, "COVERAGE_BOT_TELEGRAM__BASE_URL": server.url}
        done = run("telegram", "--check", **(ours | more))
        assert not leaks(done.stdout + done.stderr, server.token)
        return done

    return checked


def test_all_is_well(check: Check, server: BotApiServer) -> None:
    server.user("Chief", identity=7).says("hi")
    done = check(COVERAGE_BOT_TELEGRAM__ADMINS="[7]")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "ok    The token is that of @coverage_test_bot (Coverage).",
        "ok    It can be added to groups.",
        "ok    Privacy mode is on: in groups it gets commands, mentions and replies, and needs no more.",
        "ok    Inline mode is on.",
        "ok    Guest mode is off.",
        "ok    No webhook is in the way.",
        "note  1 update is waiting for the bot.",
        "note  Telegram does not know the bot's commands yet: the bot tells it when it starts.",
        "ok    Administrator 7 can be reached.",
    ]


def test_it_reads_no_articles_and_changes_nothing(check: Check, server: BotApiServer, tmp_path: Path) -> None:
    (tmp_path / "broken.md").write_bytes(b"---\n\xff")
    done = check(COVERAGE_BOT_CORPUS=str(tmp_path))
    assert "broken" not in done.stdout + done.stderr
    assert all(request.method.startswith("get") for request in server.requests)


def test_what_is_wrong_ends_it_with_78_and_says_what_to_do(check: Check, server: BotApiServer) -> None:
    group = server.group()
    done = check(COVERAGE_BOT_TELEGRAM__CHATS=f"[{group.id}]")
    assert (done.returncode, f"ok    Chat {group.id} can be reached." in done.stdout) == (0, True)
    group.kicks_bot(server.user("Alice"))
    done = check(COVERAGE_BOT_TELEGRAM__CHATS=f"[{group.id}]")
    assert done.returncode == 78
    assert f"wrong Chat {group.id}, one of chats of [telegram], cannot be reached; add the bot to it" in done.stdout


def test_what_the_settings_switch_on_has_to_be_on_at_telegram(check: Check, server: BotApiServer) -> None:
    server.bot["supports_inline_queries"] = False
    done = check(COVERAGE_BOT_TELEGRAM__GUESTS="true", COVERAGE_BOT_TELEGRAM__WEBHOOK_URL="https://bot.example.org/x")
    assert done.returncode == 78
    assert "send /setinline to BotFather" in done.stdout
    assert "switch guest mode on" in done.stdout
    assert "No webhook at bot.example.org is registered yet" in done.stdout


def test_a_webhook_that_is_in_the_way_is_told_without_its_path(check: Check, server: BotApiServer) -> None:
    server.delivery.proxies["https://bot.example.org"] = "http://127.0.0.1:1"
    with httpx.Client() as client:
        client.post(f"{server.url}{server.token}/setWebhook", json={"url": "https://bot.example.org/secret-path"})
    server.user("Alice").says("hi")
    server.until(lambda: server.delivery.posted)
    done = check()
    assert done.returncode == 0
    assert "note  A webhook at bot.example.org is registered, though the settings say to poll" in done.stdout
    assert "UTC: Connection refused." in done.stdout
    assert "secret-path" not in done.stdout


def test_a_wrong_token_and_a_silent_server_end_it_as_they_end_the_bot(check: Check, server: BotApiServer) -> None:
    wrong = check(TELEGRAM_BOT_TOKEN="123456789:" + "A" * 35)
    assert (wrong.returncode, wrong.stdout) == (78, "")
    assert "does not know this token" in wrong.stderr
    server.faults.fail("getWebhookInfo", 502)
    assert check().returncode == 75
    with server.unreachable():
        silent = check()
    assert (silent.returncode, silent.stdout) == (75, "")
    assert "try again later" in silent.stderr


BOT = {
    "id": 1, "first_name": "Coverage", "is_bot": True, "username": "bot", "can_join_groups": True,
    "can_read_all_group_messages": False, "supports_inline_queries": False, "supports_guest_queries": False,
}  # fmt: skip
NOTHING = Wanted(webhook="", inline=False, guests=False, admins=(7,), chats=())
FAILED = WebhookInfo(
    "https://a.example/x", False, 2, last_error_message="no", last_error_date=datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
)


@pytest.mark.parametrize(
    ("me", "wanted", "webhook", "kind", "said"),
    [
        ({}, {"inline": True}, None, "note", "send /setinline to BotFather, choose the bot, and answer a few words"),
        ({"supports_inline_queries": True}, {}, None, "note", "answer /empty"),
        ({"supports_inline_queries": True}, {"inline": True}, None, "ok", "Inline mode is on"),
        ({}, {"guests": True}, None, "wrong", "switch guest mode on"),
        ({"supports_guest_queries": None}, {"guests": True}, None, "note", "does not say whether guest mode is on"),
        ({"supports_guest_queries": True}, {}, None, "note", "switch it off"),
        ({"can_read_all_group_messages": True}, {}, None, "note", "send /setprivacy to BotFather"),
        ({"can_join_groups": False}, {}, None, "note", "send /setjoingroups to BotFather"),
        ({}, {"webhook": "https://a.example"}, None, "note", "No webhook at a.example is registered yet"),
        ({}, {"webhook": "https://a.example"}, FAILED, "ok", "A webhook at a.example is registered"),
        ({}, {"webhook": "https://b.example"}, FAILED, "note", "though the settings name b.example"),
        ({}, {}, FAILED, "note", "failed to deliver on 2026-01-02 03:04 UTC: no."),
        ({}, {}, FAILED, "note", "2 updates are waiting"),
        ({}, {"admins": ()}, None, "note", "put your user id into admins"),
        ({}, {"admins": (9,)}, None, "note", "Administrator 9 cannot be reached: have them open the bot"),
    ],
)  # fmt: skip
def test_what_is_said_of_what(
    me: dict[str, object], wanted: dict[str, object], webhook: WebhookInfo | None, kind: str, said: str
) -> None:
    asked = Wanted(**{**{name: getattr(NOTHING, name) for name in Wanted.__slots__}, **wanted})
    told = Told(User(**(BOT | me)), webhook or WebhookInfo("", False, 0), 4, frozenset({9}))
    found = [finding for finding in findings(asked, told) if said in finding.text]
    assert [finding.kind for finding in found] == [kind]
