"""Quotes in chats that the bot is not in: inline mode, and mentions as a guest."""

from pathlib import Path

import pytest
from bot_process import Starter
from program import write_article
from server import BotApiServer
from talk import Q1, SELF_DEFENSE, quoted

GUESTS = "COVERAGE_BOT_TELEGRAM__GUESTS"


def test_a_quote_is_picked_and_posted_with_its_source(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    query = alice.types_inline(Q1)
    results = query.wait()["results"]
    assert "Jens Stoltenberg" in results[0]["title"]
    assert SELF_DEFENSE in results[0]["description"] or SELF_DEFENSE[:40] in results[0]["description"]
    name = alice.picks(query, 0)
    posted = server.inline_messages[name]
    assert any(SELF_DEFENSE in words for words in quoted(posted))
    assert "Poland Daily 24" in posted["text"]


def test_results_come_in_pages(server: BotApiServer, bot_process: Starter, tmp_path: Path) -> None:
    for number in range(23):
        write_article(tmp_path, f"a{number}", f"“The bridge {number} is open on day {number},” said Anna Nowak.")
    bot_process(server, corpus=tmp_path)
    alice = server.user("Alice")
    seen: list[str] = []
    offset = ""
    for _ in range(3):
        answer = alice.types_inline("what did Anna Nowak say", offset).wait()
        seen += [result["id"] for result in answer["results"]]
        offset = answer["next_offset"]
    assert len(seen) == len(set(seen)) == 23
    assert offset == ""


def test_before_anything_is_typed_the_latest_words_are_offered(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    answer = server.user("Alice").types_inline("").wait()
    assert answer["results"]
    assert "Sep 2024" in answer["results"][0]["title"]
    assert answer["button"] == {"text": "Ask what somebody said about something", "start_parameter": "help"}


def test_without_an_answer_the_reason_stands_above_the_empty_list(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    answer = server.user("Alice").types_inline("what did Macron say about peace").wait()
    assert answer["results"] == []
    assert "Macron" in answer["button"]["text"]


def test_a_shared_quote_is_found_by_its_id_until_it_is_withdrawn(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    write_article(tmp_path, "a", "“The bridge is open,” said Anna Nowak.")
    bot_process(server, corpus=tmp_path, COVERAGE_BOT_TELEGRAM__ADMINS="[7]")
    alice, admin = server.user("Alice"), server.user("Chief", identity=7)
    found = alice.types_inline("what did Anna Nowak say").wait()["results"]
    shared = alice.types_inline(f"q_{found[0]['id']}").wait()
    assert [result["id"] for result in shared["results"]] == [found[0]["id"]]
    write_article(tmp_path, "a", "“The bridge is shut,” said Anna Nowak.")
    admin.says("/reload")
    server.wait("editMessageText")
    gone = alice.types_inline(f"q_{found[0]['id']}").wait()
    assert gone["results"] == []
    assert "withdrawn" in gone["button"]["text"]
    assert gone["cache_time"] == 0  # right after a reload nobody gets what was found before


def test_of_what_is_typed_in_haste_only_the_last_is_looked_up(server: BotApiServer, bot_process: Starter) -> None:
    bot = bot_process(server, ready=False)  # they wait until it comes
    alice = server.user("Alice")
    queries = [alice.types_inline("what did Tusk say"[:length]) for length in (8, 13, 17)]
    bot.wait_ready()
    assert queries[-1].wait()["results"]
    assert [query.answer for query in queries[:-1]] == [None, None]


def test_strangers_are_offered_nothing(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server, COVERAGE_BOT_TELEGRAM__USERS="[5]")
    answer = server.user("Stranger").types_inline(Q1).wait()
    assert answer["results"] == []
    assert "list of people" in answer["button"]["text"]


def test_a_mention_under_a_claim_is_answered_once_where_guests_are_welcome(
    server: BotApiServer, bot_process: Starter
) -> None:
    bot_process(server, **{GUESTS: "true", "COVERAGE_BOT_TELEGRAM__GUEST_QUESTIONS_PER_HOUR": "1"})
    alice, bob, elsewhere = server.user("Alice"), server.user("Bob"), server.group("Elsewhere")
    claim = bob.says("Ukraine has the right to self-defense", elsewhere, deliver=False)
    mention = f"@{server.bot['username']} who said that?"
    first = alice.mentions_as_guest(mention, claim, elsewhere)
    content = first.wait()["result"]["input_message_content"]
    assert SELF_DEFENSE in content["message_text"]
    second = alice.mentions_as_guest(mention, claim, elsewhere)
    third = bob.mentions_as_guest(f"@{server.bot['username']} what did Tusk say?", chat=elsewhere)
    assert "Donald Tusk" in third.wait()["result"]["input_message_content"]["message_text"]
    assert second.answer is None


@pytest.mark.parametrize("setting", [{}, {GUESTS: "false"}])
def test_guests_are_not_answered_unless_a_setting_says_so(
    server: BotApiServer, bot_process: Starter, setting: dict[str, str]
) -> None:
    bot_process(server, **setting)
    alice = server.user("Alice")
    query = alice.mentions_as_guest(f"@{server.bot['username']} {Q1}")
    alice.says("what did Tusk say?")
    alice.hear()
    assert query.answer is None
