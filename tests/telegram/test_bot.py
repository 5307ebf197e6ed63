"""The bot as a process on the rig: what people see in a chat, and how it ends."""

import json
from pathlib import Path

from bot_process import Starter
from program import write_article
from seeds import config
from server import BotApiServer
from talk import Q1, SELF_DEFENSE, label, labels, quoted

from bot.search.composing import build_library


def test_a_question_is_answered_with_quotations_as_a_reply(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    asked = alice.says(Q1)
    answer = alice.hear()
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    assert answer["text"].startswith("Jens Stoltenberg on strikes in Russia")
    assert any(SELF_DEFENSE in words for words in quoted(answer))


def test_a_follow_up_goes_on_from_the_question_before(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice, bob = server.user("Alice"), server.user("Bob")
    alice.says(Q1)
    alice.hear()
    alice.says("and in September?")
    assert "Poland Daily 24" not in alice.hear()["text"]
    bob.says("and in September?")
    assert "on strikes in Russia" not in bob.hear()["text"]


def test_an_abstention_says_why(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    alice.says("What did Macron say about strikes in Russia?")
    answer = alice.hear()
    assert "Macron" in answer["text"]
    assert quoted(answer) == []


def test_more_statements_come_at_the_press_of_a_button_even_after_a_restart(
    server: BotApiServer, bot_process: Starter
) -> None:
    first = bot_process(server)
    alice = server.user("Alice")
    alice.says(Q1)
    answer = alice.hear()
    assert first.stop() == 0
    bot_process(server)
    alice.presses(answer, label(answer, "further")).wait()
    more = alice.hear()
    assert more["text"].startswith("6")
    assert not set(quoted(more)) & set(quoted(answer))
    assert labels(more)[:2] == ["6", "7"]


def test_a_button_of_an_older_program_is_passed_over(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    alice.says(Q1)
    answer = alice.hear()
    alice.presses_data(answer, "0:old").wait()
    assert "ask it again" in alice.hear()["text"]


def test_in_a_group_it_answers_only_what_is_meant_for_it(server: BotApiServer, bot_process: Starter) -> None:
    server.bot["can_read_all_group_messages"] = True
    bot_process(server)
    alice, group = server.user("Alice"), server.group()
    alice.says("what a day", group)
    alice.says(f"@{server.bot['username']} what did Tusk say?", group)
    assert "Donald Tusk" in group.hear()["text"]
    alice.says("/ask what did Sikorski say?", group)
    answer = group.hear()
    assert "Sikorski" in answer["text"]
    alice.says("and Putin?", group, reply_to=answer)
    assert "Putin" in group.hear()["text"]
    assert group.unheard() == []


def test_commands_tell_of_the_bot_and_of_the_coverage(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    told = {
        "/start": "Ask what somebody said",
        "/help": "For example",
        "/sources": "Poland Daily 24",
        "/people": "Jens Stoltenberg",
        "/about": "verbatim",
    }
    for command, part in told.items():
        alice.says(command)
        assert part in alice.hear()["text"], command


def test_a_link_to_a_quote_shows_it_and_dies_with_its_words(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    write_article(tmp_path, "a", "“The bridge is open,” said Anna Nowak.")
    bot_process(server, corpus=tmp_path, COVERAGE_BOT_TELEGRAM__ADMINS="[7]")
    anna, admin = server.user("Anna"), server.user("Chief", identity=7)
    anna.says("What did Anna Nowak say?")
    assert quoted(anna.hear()) == ["“The bridge is open,”"]
    identity = _quote_id(tmp_path)
    anna.says(f"/start q_{identity}")
    assert quoted(anna.hear()) == ["“The bridge is open,”"]
    write_article(tmp_path, "a", "“The bridge is shut,” said Anna Nowak.")
    admin.says("/reload")
    server.wait("editMessageText")
    anna.says(f"/start q_{identity}")
    assert "withdrawn" in anna.hear()["text"]


def _quote_id(folder: Path) -> str:
    return build_library(folder, config().tables, k1=0.9, b=0.4).quotes[0].id


def test_only_an_administrator_reloads_and_never_by_an_edit(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    write_article(tmp_path, "a", "“The bridge is open,” said Anna Nowak.")
    bot_process(server, corpus=tmp_path, COVERAGE_BOT_TELEGRAM__ADMINS="[7]")
    alice, admin = server.user("Alice"), server.user("Chief", identity=7)
    write_article(tmp_path, "b", "“The road is shut,” said Jan Kowal.")
    alice.says("/reload")
    alice.says("/sources")
    assert "b" not in alice.hear()["text"].split()
    typo = admin.says("/relaod")
    admin.edits(typo, "/reload")
    admin.says("/reload")
    admin.hear()
    edited = server.wait("editMessageText")
    assert "Added: b" in edited.parameters["text"]
    assert len(server.calls("editMessageText")) == 1
    alice.says("What did Jan Kowal say?")
    assert quoted(alice.hear()) == ["“The road is shut,”"]


def test_a_reload_that_fails_keeps_the_old_library(server: BotApiServer, bot_process: Starter, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    write_article(folder, "a", "“The bridge is open,” said Anna Nowak.")
    bot_process(server, corpus=folder, COVERAGE_BOT_TELEGRAM__ADMINS="[7]")
    admin = server.user("Chief", identity=7)
    folder.rename(tmp_path / "elsewhere")
    admin.says("/reload")
    assert "Nothing was changed" in server.wait("editMessageText").parameters["text"]
    admin.hear()
    admin.says("What did Anna Nowak say?")
    assert quoted(admin.hear()) == ["“The bridge is open,”"]


def test_strangers_and_the_hasty_are_told_politely(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server, COVERAGE_BOT_TELEGRAM__USERS="[5]", COVERAGE_BOT_TELEGRAM__QUESTIONS_PER_MINUTE="1")
    friend, stranger = server.user("Friend", identity=5), server.user("Stranger")
    stranger.says(Q1)
    assert "list of people" in stranger.hear()["text"]
    friend.says(Q1)
    assert quoted(friend.hear())
    friend.says(Q1)
    assert "wait a minute" in friend.hear()["text"]


def test_a_question_is_in_no_log(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server)
    alice = server.user("Alice")
    alice.says("what did Stoltenberg say about zebras and quaggas")
    alice.hear()
    line = bot.wait_for_log("answered chat=")
    assert "reason=not_quoted_on_this" in line
    assert "zebras" not in bot.logs


def test_commands_are_offered_to_whom_they_concern(server: BotApiServer, bot_process: Starter) -> None:
    server.user("Chief", identity=7).says("hi")
    bot_process(server, COVERAGE_BOT_TELEGRAM__ADMINS="[7]")
    offered = {
        json.dumps(call.parameters["scope"]): [command["command"] for command in call.parameters["commands"]]
        for call in server.calls("setMyCommands")
    }
    assert [("reload" in names) for scope, names in offered.items() if "all_" in scope] == [False, False]
    assert [("reload" in names) for scope, names in offered.items() if "all_" not in scope] == [True]
