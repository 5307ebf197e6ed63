"""How the bot lives and ends: what it survives, what it ends for, and that nothing is lost or answered twice."""

import signal
import socket
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from bot_process import Starter
from faults import Fault
from program import write_article
from server import BotApiServer
from talk import Q1, quoted

WEBHOOK = "https://bot.example.org/hooks"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def answers(server: BotApiServer) -> list[str]:
    """Return the first line of every message that the bot has sent, in order."""
    return [str(message["text"]).splitlines()[0] for message in server.sent]


# --- what it survives


def test_many_chats_are_answered_each_in_its_own_order(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server, COVERAGE_BOT_TELEGRAM__QUESTIONS_PER_MINUTE="100")
    people = [server.user(f"User {number}") for number in range(8)]
    names = ["Tusk", "Sikorski", "Putin"]
    for name in names:
        for person in people:
            person.says(f"what did {name} say?")
    for person in people:
        for name in names:
            assert name in person.hear(15)["text"].splitlines()[0]


def test_a_flood_limit_and_a_lost_connection_lose_nothing(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    server.faults.fail("sendMessage", 429, retry_after=1)
    alice.says(Q1)
    assert quoted(alice.hear(10))
    assert len(alice.unheard()) == 0


@pytest.mark.parametrize("status", [500, 502])
def test_a_server_in_trouble_is_asked_again(server: BotApiServer, bot_process: Starter, status: int) -> None:
    bot_process(server)
    server.faults.fail("sendMessage", status, times=2)
    alice = server.user("Alice")
    alice.says("what did Tusk say?")
    assert quoted(alice.hear(15))
    assert len(server.sent) == 1


@pytest.mark.parametrize(("accepted", "messages"), [(False, 1), (True, 2)])
def test_what_may_be_lost_is_sent_again(
    server: BotApiServer, bot_process: Starter, accepted: bool, messages: int
) -> None:
    """A connection that ends before the answer to a request: it cannot be known whether the message arrived."""
    bot_process(server)
    alice = server.user("Alice")
    alice.says("what did Sikorski say?")
    alice.hear()
    server.faults.drop("sendMessage", accepted=accepted)
    alice.says("what did Tusk say?")
    for _ in range(messages):
        assert alice.hear(15)["text"].startswith("Donald Tusk")
    alice.says("what did Sikorski say?")
    assert alice.hear()["text"].startswith("Radosław Sikorski")


def test_what_is_delivered_twice_is_answered_once_even_after_a_restart(
    server: BotApiServer, bot_process: Starter
) -> None:
    first = bot_process(server)
    alice = server.user("Alice")
    alice.says("what did Tusk say?")
    alice.hear()
    server.delivery.repeat()
    alice.says("what did Sikorski say?")
    alice.hear()
    first.stop()
    server.delivery.repeat()
    bot_process(server)
    alice.says("what did Putin say?")
    assert alice.hear()["text"].startswith("Vladimir Putin")
    assert len(server.sent) == 3


def test_bots_that_share_a_folder_share_nothing_else(server: BotApiServer, bot_process: Starter) -> None:
    first = bot_process(server)
    alice = server.user("Alice")
    alice.says("what did Tusk say?")
    told = alice.hear()
    first.stop()
    server.token = "8800223344" + server.token[10:]  # another bot, whose updates have the same numbers
    server.delivery.repeat()
    bot_process(server)
    assert alice.hear()["text"] == told["text"]


def test_what_was_asked_while_it_was_down_is_answered(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server).stop()
    alice = server.user("Alice")
    alice.says("what did Tusk say?")
    bot_process(server)
    assert alice.hear()["text"].startswith("Donald Tusk")


def test_a_network_that_is_down_at_the_start_is_waited_for(server: BotApiServer, bot_process: Starter) -> None:
    with server.unreachable():
        bot = bot_process(server, ready=False)
        bot.wait_for_log("Telegram cannot be reached")
    bot.wait_ready()


def test_a_chat_that_blocks_the_bot_is_left_alone(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server)
    alice, bob = server.user("Alice"), server.user("Bob")
    server.faults.slow("sendMessage", 0.0)
    alice.says(Q1)
    alice.blocks_bot()
    bot.wait_for_log("does not take messages any more")
    bob.says("what did Tusk say?")
    assert bob.hear()["text"].startswith("Donald Tusk")
    assert "Traceback" not in bot.logs


def test_a_group_that_has_moved_is_followed(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice, group = server.user("Alice"), server.group(kind="group")
    alice.says("/ask what did Tusk say?", group, deliver=False)
    asked = server.messages[max(server.messages)]
    moved = group.migrates()
    server.delivery.push("message", asked, group.id)
    assert moved.hear()["text"].startswith("Donald Tusk")


def test_a_message_whose_formatting_is_refused_is_sent_without(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server)
    server.faults.fail("sendMessage", 400, description="Bad Request: can't parse entities: something new")
    alice = server.user("Alice")
    alice.says("what did Tusk say?")
    answer = alice.hear()
    assert answer["text"].startswith("Donald Tusk")
    assert "entities" not in answer
    bot.wait_for_log("sent without formatting")


def test_an_answer_that_takes_too_long_is_given_up_politely(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server, COVERAGE_BOT_TELEGRAM__ANSWER_SECONDS="0.00001")
    alice = server.user("Alice")
    alice.says("what did Tusk say?")
    assert "takes longer" in alice.hear()["text"]


# --- kill -9


def test_what_a_kill_interrupts_is_answered_at_the_next_start(server: BotApiServer, bot_process: Starter) -> None:
    names = {"Tusk": "Donald Tusk", "Sikorski": "Radosław Sikorski", "Putin": "Vladimir Putin", "Stoltenberg": "Jens"}
    first = bot_process(server)
    alice = server.user("Alice")
    server.faults.slow("sendMessage", 0.3, times=2)
    for name in names:
        alice.says(f"what did {name} say?")
    server.until(lambda: len(server.sent) == 2)  # accepted, but the bot has not been told so of the second
    first.kill()
    bot_process(server)
    server.until(lambda: len(answers(server)) >= len(names) and answers(server)[-1].startswith("Jens"), 15)
    told = answers(server)
    assert {next(name for name, begin in names.items() if line.startswith(begin)) for line in told} == set(names)
    repeated = len(told) - len(names)
    assert repeated <= 1, told


def test_a_long_answer_is_gone_on_with_where_a_kill_interrupted_it(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    long = " ".join(f"Word number {number} of a long speech." for number in range(600))
    write_article(tmp_path, "a", f"“{long}” said Anna Nowak.")
    first = bot_process(server, corpus=tmp_path)
    alice = server.user("Alice")
    stalled = server.faults.order(_third("stall"))
    alice.says("What did Anna Nowak say?")
    server.until(lambda: stalled.used == 1)
    first.kill()
    stalled.release()
    bot_process(server, corpus=tmp_path)
    bob = server.user("Bob")
    bob.says("What did Anna Nowak say?")  # the same answer, without an interruption
    whole = [bob.hear()["text"]]
    while not whole[-1].rstrip().endswith(f"part {len(whole)} of {len(whole)}"):
        whole.append(bob.hear()["text"])
    assert len(whole) > 3
    server.until(lambda: len(alice.chat.from_bot) >= len(whole))
    assert [message["text"] for message in alice.chat.from_bot] == whole


def _third(kind: str) -> Fault:
    """A fault of the third message."""
    seen = iter(range(1000))
    return Fault(kind, "sendMessage", only=lambda request: next(seen) == 2)


def test_a_kill_during_a_reload_leaves_a_whole_library(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()

    def write_all(state: str) -> None:
        for number in range(400):
            said = (f"“The bridge {number}-{line} is {state},” said Anna Nowak." for line in range(12))
            write_article(folder, f"a{number}", "\n\n".join(said))

    write_all("open")
    first = bot_process(server, corpus=folder, COVERAGE_BOT_TELEGRAM__ADMINS="[7]")
    admin = server.user("Chief", identity=7)
    write_all("closed")  # only what has changed is read again
    write_article(folder, "new", "“The road is shut,” said Jan Kowal.")
    admin.says("/reload")
    admin.hear()
    time.sleep(0.2)
    assert server.calls("editMessageText") == []  # it is at work
    first.kill()
    bot_process(server, corpus=folder, COVERAGE_BOT_TELEGRAM__ADMINS="[7]")
    admin.says("What did Jan Kowal say?")
    server.until(lambda: any("Jan Kowal" in line for line in answers(server)), 15)
    admin.says("/status")
    server.until(lambda: any("401 articles" in line for line in answers(server)), 15)
    assert any("Read again" in call.parameters["text"] for call in server.calls("editMessageText"))


# --- webhook and health


def test_by_webhook_it_answers_whoever_knows_the_secret(server: BotApiServer, bot_process: Starter) -> None:
    port, health = free_port(), free_port()
    server.delivery.proxies["https://bot.example.org"] = local = f"http://127.0.0.1:{port}"
    bot = bot_process(
        server, COVERAGE_BOT_TELEGRAM__WEBHOOK_URL=WEBHOOK, COVERAGE_BOT_TELEGRAM__WEBHOOK_LISTEN=f"127.0.0.1:{port}",
        COVERAGE_BOT_TELEGRAM__HEALTH_LISTEN=f"127.0.0.1:{health}",
    )  # fmt: skip
    registered = server.delivery.webhook
    assert str(registered["url"]).startswith(f"{WEBHOOK}/")
    assert len(str(registered["url"])) > len(WEBHOOK) + 24
    assert len(str(registered["secret_token"])) >= 32
    alice = server.user("Alice")
    alice.says(Q1)
    answer = alice.hear()
    assert quoted(answer)
    alice.presses(answer, "1").wait()
    assert quoted(alice.hear())
    path = str(registered["url"]).removeprefix("https://bot.example.org")
    assert _status(f"{local}{path}", {"X-Telegram-Bot-Api-Secret-Token": "guessed"}) == 403
    assert _status(f"{local}/hooks", {}) == 404
    assert _status(f"http://127.0.0.1:{health}/health") == 200
    assert server.calls("getUpdates") == []
    assert bot.stop() == 0
    assert server.delivery.webhook == {}


def test_by_webhook_all_goes_as_by_polling(server: BotApiServer, bot_process: Starter) -> None:
    port = free_port()
    server.delivery.proxies["https://bot.example.org"] = f"http://127.0.0.1:{port}"
    bot_process(
        server, COVERAGE_BOT_TELEGRAM__WEBHOOK_URL=WEBHOOK, COVERAGE_BOT_TELEGRAM__WEBHOOK_LISTEN=f"127.0.0.1:{port}",
        COVERAGE_BOT_TELEGRAM__GUESTS="true",
    )  # fmt: skip
    alice, bob, group = server.user("Alice"), server.user("Bob"), server.group()
    server.faults.fail("sendMessage", 429, retry_after=1)
    asked = alice.says("what did Macron say about strikes in Russia")
    answer = alice.hear(10)
    server.delivery.repeat()
    alice.edits(asked, Q1)
    server.until(lambda: quoted(answer), 10)
    alice.says("and in September?", reply_to=answer)
    assert "Poland Daily 24" not in alice.hear()["text"]
    bob.says(f"@{server.bot['username']} what did Tusk say?", group)
    assert group.hear()["text"].startswith("Donald Tusk")
    assert bob.types_inline("what did Tusk say").wait()["results"]
    guest = bob.mentions_as_guest(f"@{server.bot['username']} what did Tusk say?")
    assert "Donald Tusk" in guest.wait()["result"]["input_message_content"]["message_text"]
    assert alice.unheard() == group.unheard() == []


def test_a_webhook_that_another_process_takes_over_ends_it(server: BotApiServer, bot_process: Starter) -> None:
    port = free_port()
    server.delivery.proxies["https://bot.example.org"] = f"http://127.0.0.1:{port}"
    server.faults.slow("getWebhookInfo", 0.5)
    bot = bot_process(
        server, COVERAGE_BOT_TELEGRAM__WEBHOOK_URL=WEBHOOK, COVERAGE_BOT_TELEGRAM__WEBHOOK_LISTEN=f"127.0.0.1:{port}"
    )
    with server.changed:
        server.delivery.webhook = {"url": "https://bot.example.org/another"}
    assert bot.wait_exit(30) == 76
    assert server.delivery.webhook == {"url": "https://bot.example.org/another"}  # not taken away from the other


def test_health_is_told_by_file_and_by_page(server: BotApiServer, bot_process: Starter, tmp_path: Path) -> None:
    pulse, port = tmp_path / "pulse", free_port()
    bot_process(
        server, COVERAGE_BOT_TELEGRAM__HEALTH_FILE=str(pulse),
        COVERAGE_BOT_TELEGRAM__HEALTH_LISTEN=f"127.0.0.1:{port}",
    )  # fmt: skip
    server.until(pulse.exists, why="the first touch")
    assert _status(f"http://127.0.0.1:{port}/health") == 200
    assert _status(f"http://127.0.0.1:{port}/other") == 404


def _status(url: str, headers: dict[str, str] | None = None) -> int:
    data = None if headers is None else b'{"update_id": 1}'
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **(headers or {})})
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


# --- signals


def test_sighup_reads_the_articles_again(server: BotApiServer, bot_process: Starter, tmp_path: Path) -> None:
    write_article(tmp_path, "a", "“The bridge is open,” said Anna Nowak.")
    bot = bot_process(server, corpus=tmp_path)
    write_article(tmp_path, "b", "“The road is shut,” said Jan Kowal.")
    bot.send(signal.SIGHUP)
    bot.wait_for_log("reloaded: library")
    alice = server.user("Alice")
    alice.says("What did Jan Kowal say?")
    assert quoted(alice.hear()) == ["“The road is shut,”"]


def test_sigterm_finishes_what_is_being_answered(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server)
    server.faults.slow("sendMessage", 0.5)
    alice = server.user("Alice")
    alice.says("what did Tusk say?")
    alice.says("what did Sikorski say?")
    server.wait("sendMessage", answered=False)
    assert bot.stop() == 0
    assert [line.split(":")[0] for line in answers(server)] == ["Donald Tusk", "Radosław Sikorski"]


# --- what it ends for


def test_a_wrong_token_ends_it_at_once_with_one_clear_line(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server, token="123456789:" + "A" * 35, ready=False)
    assert bot.wait_exit() == 78
    assert "does not know this token" in bot.logs


def test_no_token_ends_it_with_a_word_on_where_to_put_it(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server, token="", ready=False)
    assert bot.wait_exit() == 78
    assert "TELEGRAM_BOT_TOKEN" in bot.logs


def test_a_second_instance_ends_with_its_own_code(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server)
    server.faults.fail("getUpdates", 409, times=20)
    assert bot.wait_exit(30) == 76
    assert "another process runs with this token" in bot.logs


def test_polling_that_died_ends_it_with_a_code_to_restart_on(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server, COVERAGE_BOT_TELEGRAM__STALE_SECONDS="5")
    server.faults.fail("getUpdates", 404)
    assert bot.wait_exit(30) == 75
    assert "no update could be fetched" in bot.logs


def test_it_ends_well_when_it_is_told_to(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server)
    bot.send(signal.SIGINT)
    assert bot.wait_exit() == 0
