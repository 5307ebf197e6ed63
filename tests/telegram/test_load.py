"""Load and soak, on demand: `python -m pytest -m slow -s tests/telegram/test_load.py` prints the figures.

Only what is lost, repeated or out of order can fail here; how fast it goes is printed, beside an echo bot that is built
with the same library and runs on the same rig.
"""

import math
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from bot_process import BotProcess, Starter
from faults import Fault
from people import Person
from server import BotApiServer

pytestmark = pytest.mark.slow
CHATS, EACH = 200, 5
SOAK, SOAKING_CHATS, RELOADS = 10_000, 50, 3
QUESTIONS = ("what did Tusk say?", "what did Sikorski say?", "what did Putin say?", "what did Stoltenberg say?")
UNLIMITED = {
    "COVERAGE_BOT_TELEGRAM__MESSAGES_PER_SECOND": "1000000",
    "COVERAGE_BOT_TELEGRAM__QUESTIONS_PER_MINUTE": "1000000",
}
ECHO = [sys.executable, str(Path(__file__).with_name("echo_bot.py"))]
Asked = dict[tuple[int, int], float]  # when a message was said, by its chat and number


@dataclass(frozen=True, slots=True)
class Figures:
    """What a burst of questions took, in seconds."""

    rate: float
    median: float
    p99: float

    def __str__(self) -> str:
        return f"{self.rate:6.0f} answers/s, median {self.median:.2f} s, 99th percentile {self.p99:.2f} s"


def replies(server: BotApiServer) -> dict[int, list[int]]:
    """Return the numbers of the messages that were answered, chat by chat, in the order of their answers."""
    found: dict[int, list[int]] = defaultdict(list)
    for message in server.sent:
        found[message["chat"]["id"]].append(message["reply_to_message"]["message_id"])
    return found


def burst(server: BotApiServer, people: Sequence[Person], in_order: bool) -> Figures:
    """Have everybody ask at once, several times; nothing may be lost, repeated or, `in_order`, out of order."""
    mark, asked = server.mark(), Asked()
    begun = time.monotonic()
    for number in range(EACH):
        for person in people:
            message = person.says(QUESTIONS[number % len(QUESTIONS)])
            asked[person.id, message["message_id"]] = time.monotonic()
    server.until(lambda: len(server.calls("sendMessage", mark)) >= len(asked), 300)
    took = time.monotonic() - begun
    calls = server.calls("sendMessage", mark)
    done = {(c.said["chat_id"], c.said["reply_parameters"]["message_id"]): c.at for c in calls}
    assert done.keys() == asked.keys(), "lost"
    assert len(calls) == len(asked), "repeated"
    answered = replies(server)
    for person in people if in_order else ():
        assert answered[person.id] == sorted(answered[person.id]), f"out of order in chat {person.id}"
    waited = sorted(done[key] - asked[key] for key in asked)
    return Figures(len(asked) / took, statistics.median(waited), waited[math.ceil(0.99 * len(waited)) - 1])


def test_two_hundred_chats_at_once_beside_an_echo_bot(server: BotApiServer, bot_process: Starter) -> None:
    rates: dict[str, list[float]] = {"echo": [], "coverage": []}
    for _ in range(3):
        for name, command in (("echo", ECHO), ("coverage", [])):
            people = [server.user(f"{name} {number}") for number in range(CHATS)]
            bot = bot_process(server, command=command, **UNLIMITED)
            figures = burst(server, people, in_order=name == "coverage")
            bot.stop()
            rates[name].append(figures.rate)
            print(f"\n{name:9} {figures}", end="")
    ratios = [ours / echo for ours, echo in zip(rates["coverage"], rates["echo"], strict=True)]
    print(f"\ncoverage bot / echo bot: {', '.join(f'{ratio:.2f}' for ratio in ratios)}")


def resident(bot: BotProcess) -> int:
    """Return the memory of a process in MiB."""
    pages = int(Path(f"/proc/{bot.pid}/statm").read_text().split()[1])
    return pages * 4096 // 2**20


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is read from /proc")
def test_ten_thousand_questions_with_faults_and_reloads(server: BotApiServer, bot_process: Starter) -> None:
    chance = random.Random(7)
    bot = bot_process(server, COVERAGE_BOT_TELEGRAM__ADMINS="[7]", **UNLIMITED)
    people = [server.user(f"User {number}") for number in range(SOAKING_CHATS)]
    admin = server.user("Chief", identity=7)

    def now_and_then(kind: str, share: float, **more: float) -> Fault:
        fault = Fault(kind, "sendMessage", math.inf, only=lambda request: chance.random() < share)
        fault.status, fault.seconds = int(more.get("status", 0)), more.get("seconds", 0.0)
        return server.faults.order(fault)

    lost_replies = now_and_then("drop_after", 0.01)
    now_and_then("drop_before", 0.01)
    now_and_then("status", 0.01, status=500)
    now_and_then("slow", 0.02, seconds=0.1)
    memory, asked = [], set()
    rounds = SOAK // SOAKING_CHATS
    for number in range(rounds):
        for person in people:
            message = person.says(chance.choice(QUESTIONS))
            asked.add((person.id, message["message_id"]))
            if chance.random() < 0.02:
                server.delivery.repeat()
        if number % (rounds // (RELOADS + 1)) == rounds // (RELOADS + 2):
            admin.says("/reload")
        server.until(lambda: asked <= _answered(server, people), 120, "an answer to everything")
        if number % (rounds // 20) == 0:
            memory.append(resident(bot))
    server.until(lambda: admin.chat.from_bot[-1]["text"].startswith("Read again"), 60, "the last reload's report")
    times = Counter((chat, one) for chat, all_ in replies(server).items() for one in all_ if chat != admin.id)
    repeated = sum(times.values()) - len(times)
    print(f"\n{len(asked)} questions, {lost_replies.used} lost replies, {repeated} repeated, memory in MiB: {memory}")
    assert repeated <= lost_replies.used
    reports = [message for message in admin.chat.from_bot if message["text"].startswith("Read again")]
    assert len(reports) >= RELOADS
    settled = memory[len(memory) // 4 :]
    assert settled[-1] - settled[0] <= 0.1 * settled[0], "memory grows"


def _answered(server: BotApiServer, people: Sequence[Person]) -> set[tuple[int, int]]:
    return {
        (person.id, message["reply_to_message"]["message_id"]) for person in people for message in person.chat.from_bot
    }
