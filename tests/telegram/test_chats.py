"""How a talk goes on: edits, replies, quoted words, forwarded claims, groups, and messages that are no text."""

import signal
from pathlib import Path

import pytest
from bot_process import Starter
from program import write_article
from server import BotApiServer
from talk import Q1, SELF_DEFENSE, labels, quoted


def test_an_edited_question_changes_its_answer(server: BotApiServer, bot_process: Starter) -> None:
    first = bot_process(server)
    alice = server.user("Alice")
    asked = alice.says("what did Macron say about strikes in Russia")
    answer = alice.hear()
    assert quoted(answer) == []
    first.stop()  # which answer belongs to it is known after a restart as well
    bot_process(server)
    alice.edits(asked, Q1)
    server.wait("editMessageText")
    assert any(SELF_DEFENSE in words for words in quoted(answer))
    assert "1" in labels(answer)
    assert alice.unheard() == []


def test_an_edit_that_makes_the_answer_shorter_takes_the_rest_away(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    long = " ".join(f"Word number {number} of a long speech." for number in range(200))
    write_article(tmp_path, "a", f"“{long}” said Anna Nowak.\n\n“The road is shut,” said Jan Kowal.")
    bot_process(server, corpus=tmp_path)
    alice = server.user("Alice")
    asked = alice.says("What did Anna Nowak say?")
    first, second = alice.hear(), alice.hear()
    alice.edits(asked, "What did Jan Kowal say?")
    server.wait("deleteMessage")
    assert quoted(first) == ["“The road is shut,”"]
    assert second not in server.sent
    alice.edits(asked, "What did Anna Nowak say?")
    assert quoted(alice.hear())
    assert quoted(first) != ["“The road is shut,”"]


def test_an_edit_that_changes_nothing_in_the_answer_changes_nothing(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server)
    alice = server.user("Alice")
    asked = alice.says("what did Tusk say?")
    answer = dict(alice.hear())
    alice.edits(asked, "what did Tusk say")
    assert "not modified" in server.wait("editMessageText").description
    bot.wait_for_log("changed chat=")
    assert server.sent[-1]["text"] == answer["text"]
    assert alice.unheard() == []


def test_a_question_that_was_deleted_is_answered_all_the_same(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server)
    alice = server.user("Alice")
    alice.says("what did Sikorski say?")
    alice.hear()
    bot.send(signal.SIGSTOP)
    asked = alice.says("what did Tusk say?")
    with server.changed:
        del server.messages[alice.chat.id, asked["message_id"]]
    bot.send(signal.SIGCONT)
    answer = alice.hear()
    assert answer["text"].startswith("Donald Tusk")
    assert "reply_to_message" not in answer


def test_an_edit_of_something_that_was_no_question_is_no_question(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice, group = server.user("Alice"), server.group()
    idle = alice.says("what a day", group)
    alice.edits(idle, f"@{server.bot['username']} {Q1}")
    alice.says("/ask what did Tusk say?", group)
    group.hear()
    assert group.unheard() == []


def test_a_reply_to_an_answer_goes_on_from_its_question(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    alice.says("what did Sikorski say about NATO?")
    about_sikorski = alice.hear()
    alice.says("what did Tusk say?")
    alice.hear()
    alice.says("and Stoltenberg?", reply_to=about_sikorski)
    assert alice.hear()["text"].startswith("Jens Stoltenberg on NATO")


@pytest.mark.parametrize("asks", ["who said this?", "source?", "is this true?", "where?"])
def test_selected_words_are_traced_to_who_said_them(server: BotApiServer, bot_process: Starter, asks: str) -> None:
    bot_process(server)
    alice = server.user("Alice")
    alice.says(Q1)
    answer = alice.hear()
    alice.says(asks, reply_to=answer, quote="This is completely clear to me")
    traced = alice.hear()
    assert traced["text"].startswith("“This is completely clear to me”: 1 statement")
    assert any("This is completely clear to me" in words for words in quoted(traced))


def test_a_question_of_its_own_about_selected_words_is_answered(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    alice.says(Q1)
    answer = alice.hear()
    alice.says("what did Tusk say?", reply_to=answer, quote="This is completely clear to me")
    assert alice.hear()["text"].startswith("Donald Tusk")


def test_a_forwarded_claim_is_traced_and_where_nobody_said_it_that_is_said(
    server: BotApiServer, bot_process: Starter
) -> None:
    bot_process(server)
    alice = server.user("Alice")
    origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
    alice.says("Ukraine has the right to self-defense", forward_origin=origin)
    assert any(SELF_DEFENSE in words for words in quoted(alice.hear()))
    alice.says("Bananas are blue and zebras are green", forward_origin=origin)
    assert quoted(alice.hear()) == []


def test_in_a_group_a_mention_under_a_claim_traces_the_claim(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice, bob, group = server.user("Alice"), server.user("Bob"), server.group()
    claim = bob.says("Ukraine has the right to self-defense", group)
    alice.says(f"@{server.bot['username']} who said that?", group, reply_to=claim)
    assert any(SELF_DEFENSE in words for words in quoted(group.hear()))
    alice.says("/ask", group, reply_to=claim)
    assert any(SELF_DEFENSE in words for words in quoted(group.hear()))
    alice.says("/ask", group)
    assert "Write your question after the command" in group.hear()["text"]


def test_commands_for_another_bot_are_passed_over(server: BotApiServer, bot_process: Starter) -> None:
    server.bot["can_read_all_group_messages"] = True
    bot_process(server)
    alice, group = server.user("Alice"), server.group()
    alice.says(f"/ask@another_bot {Q1}", group)
    alice.says(f"/ask@{server.bot['username']} what did Tusk say?", group)
    assert group.hear()["text"].startswith("Donald Tusk")
    assert group.unheard() == []


def test_quotes_and_latest_are_commands_that_ask(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    alice.says("/quotes Tusk")
    assert alice.hear()["text"].startswith("Donald Tusk")
    alice.says("/latest")
    latest = alice.hear()
    assert latest["text"].startswith("The latest statements")
    assert "Sep 2024" in latest["text"].split("\n\n")[1]
    alice.says("/quotes")
    assert "after the command" in alice.hear()["text"]


def test_what_is_no_text_is_told_politely(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    sticker = {"file_id": "x", "file_unique_id": "y", "width": 1, "height": 1, "is_animated": False, "is_video": False}
    alice.says("", sticker=sticker | {"type": "regular"})
    assert "I read text only" in alice.hear()["text"]


def test_one_cited_article_is_previewed_and_several_are_not(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    for name, said in (("a", "The bridge is open until nightfall,"), ("b", "Our old ferry sails every Sunday,")):
        write_article(tmp_path, name, f"“{said}” said Anna Nowak.", more=f"url: https://post.example/{name}\n")
    bot_process(server, corpus=tmp_path)
    alice = server.user("Alice")
    for question in ("What did Anna Nowak say about the ferry?", "What did Anna Nowak say?"):
        alice.says(question)
        alice.hear()
    one, two = (call.parameters["link_preview_options"] for call in server.calls("sendMessage"))
    assert (one.get("url"), one["is_disabled"]) == ("https://post.example/b", False)
    assert two == {"is_disabled": True}
