"""The buttons under answers and quotes: what each shows, and that it outlives restarts and reloads."""

from pathlib import Path
from typing import Any

import pytest
from bot_process import Starter
from people import buttons
from program import write_article
from server import BotApiServer
from talk import Q1, SELF_DEFENSE, label, labels, quoted

from bot.front.chat.buttons import Press, QuotePress, read


@pytest.mark.parametrize(
    "press",
    [
        Press("more", 5, "0123456789ab"),
        Press("try", 2, "0123456789ab", derived="2", follows=True),
        Press("all", 0, "0123456789ab", derived="all"),
        QuotePress("context", "k6cev2dpdamw"),
    ],
)
def test_a_press_is_read_as_it_was_made(press: Press | QuotePress) -> None:
    assert read(press.data) == press


@pytest.mark.parametrize(
    "data", ["", ":", "0:old", "1:more:5:abc", "2:more", "2:more:x:abc::0", "2:quote", "2:dance:1"]
)
def test_what_is_not_of_this_program_is_nothing(data: str) -> None:
    assert read(data) is None


def test_the_number_of_a_statement_opens_its_quote(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    alice.says(Q1)
    answer = alice.hear()
    assert labels(answer)[:5] == ["1", "2", "3", "4", "5"]
    alice.presses(answer, "2").wait()
    card = alice.hear()
    assert quoted(card) == [quoted(answer)[1]]
    offered = {button["text"]: button for button in buttons(card)}
    assert set(offered) == {"Context", "Other wordings", "Open the source", "Citation", "Share"}
    assert offered["Open the source"]["url"].startswith("https://euromaidanpress.com/2024/07/15/")
    assert offered["Share"]["switch_inline_query"].startswith("q_")
    links = [entity["url"] for entity in card["entities"] if entity["type"] == "text_link"]
    assert f"https://t.me/{server.bot['username']}?start={offered['Share']['switch_inline_query']}" in links


def test_context_shows_the_paragraphs_around_the_words(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    alice.says(Q1)
    answer = alice.hear()
    alice.presses(answer, "1").wait()
    card = alice.hear()
    assert SELF_DEFENSE in quoted(card)[0]
    alice.presses(card, "Context").wait()
    context = alice.hear()
    assert any(SELF_DEFENSE in paragraph for paragraph in quoted(context))
    assert len("".join(quoted(context))) > len("".join(quoted(card)))
    bold = [entity for entity in context["entities"] if entity["type"] == "bold"]
    assert bold


def test_other_wordings_stand_below_the_first_with_what_differs_underlined(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    write_article(tmp_path, "a", "“Poland will never be involved in this dreadful war of theirs,” said Anna Nowak.")
    write_article(tmp_path, "b", "“Poland will never participate in this dreadful war of theirs,” said Anna Nowak.")
    bot_process(server, corpus=tmp_path)
    alice = server.user("Alice")
    alice.says("What did Anna Nowak say about the war?")
    answer = alice.hear()
    alice.presses(answer, "Other wordings").wait()
    both = alice.hear()
    assert len(quoted(both)) == 2
    assert any(entity["type"] == "underline" for entity in both["entities"])


def test_a_short_citation_is_copied(server: BotApiServer, bot_process: Starter, tmp_path: Path) -> None:
    write_article(tmp_path, "a", "“The bridge is open,” said Anna Nowak.")
    bot_process(server, corpus=tmp_path)
    alice = server.user("Alice")
    alice.says("What did Anna Nowak say?")
    offered = {button["text"]: button for button in buttons(alice.hear())}
    assert offered["Copy citation"]["copy_text"]["text"].startswith("“The bridge is open,” — Anna Nowak, Daily Post")


def test_a_citation_too_long_to_copy_is_sent(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    alice.says(Q1)
    alice.presses(alice.hear(), "2").wait()
    alice.presses(alice.hear(), "Citation").wait()
    cited = alice.hear()
    assert "Euromaidan Press, 15 Jul 2024" in cited["text"]
    assert [entity["type"] for entity in cited["entities"]] == ["code"]


def test_a_button_on_a_quote_says_when_the_words_are_gone(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    write_article(tmp_path, "a", "“The bridge is open,” said Anna Nowak.")
    bot_process(server, corpus=tmp_path, COVERAGE_BOT_TELEGRAM__ADMINS="[7]")
    alice, admin = server.user("Alice"), server.user("Chief", identity=7)
    alice.says("What did Anna Nowak say?")
    answer = alice.hear()
    write_article(tmp_path, "a", "“The bridge is shut,” said Anna Nowak.")
    admin.says("/reload")
    server.wait("editMessageText")
    alice.presses(answer, "Context").wait()
    assert "withdrawn" in alice.hear()["text"]


def test_statements_are_put_in_order_of_date(server: BotApiServer, bot_process: Starter, tmp_path: Path) -> None:
    for name, day, words in (("a", "2024-09-02", "open"), ("b", "2024-07-15", "shut"), ("c", "2024-08-01", "old")):
        write_article(tmp_path, name, f"“The bridge is {words},” said Anna Nowak.", more=f"published: {day}\n")
    bot_process(server, corpus=tmp_path)
    alice = server.user("Alice")
    alice.says("What did Anna Nowak say about the bridge?")
    answer = alice.hear()
    alice.presses(answer, "In order of date").wait()
    ordered = alice.hear()
    assert quoted(ordered) == ["“The bridge is shut,”", "“The bridge is old,”", "“The bridge is open,”"]
    assert "In order of date" not in labels(ordered)


def test_a_filter_is_taken_away_and_the_rest_goes_on_from_there(server: BotApiServer, bot_process: Starter) -> None:
    first = bot_process(server)
    alice = server.user("Alice")
    alice.says("what did Stoltenberg say in September 2024")
    answer = alice.hear()
    first.stop()
    bot_process(server)
    alice.presses(answer, "Without the filter").wait()
    everything = alice.hear()
    assert "since" not in everything["text"]
    assert "Without the filter" not in labels(everything)
    alice.presses(everything, label(everything, "further")).wait()
    further = alice.hear()
    assert further["text"].startswith("6")
    assert not set(quoted(further)) & set(quoted(everything))


def test_a_suggestion_under_an_abstention_can_be_pressed(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server)
    alice = server.user("Alice")
    alice.says("what did Macron say about strikes in Russia")
    refused = alice.hear()
    assert quoted(refused) == []
    alice.presses(refused, "what did Jens Stoltenberg say").wait()
    assert any(SELF_DEFENSE in words for words in quoted(alice.hear()))


def test_buttons_under_a_follow_up_need_what_it_follows(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    first = bot_process(server)
    alice = server.user("Alice")
    alice.says("what did Sikorski say about NATO?")
    alice.hear()
    alice.says("and Stoltenberg?")
    answer = alice.hear()
    first.stop()
    second = bot_process(server)
    alice.presses(answer, label(answer, "further")).wait()
    further = alice.hear()
    assert further["text"].startswith("6")
    second.stop()
    state = tmp_path / "elsewhere"  # as after the time that questions are remembered
    bot_process(server, COVERAGE_BOT_STATE__FOLDER=str(state))
    alice.presses(answer, label(answer, "further")).wait()
    assert "ask it again" in alice.hear()["text"]


def test_a_press_that_comes_too_late_to_acknowledge_is_carried_out(server: BotApiServer, bot_process: Starter) -> None:
    server.query_seconds = 0.0
    bot_process(server)
    alice = server.user("Alice")
    alice.says(Q1)
    answer = alice.hear()
    alice.presses(answer, "1")
    assert quoted(alice.hear())


def test_an_outlets_own_sentence_has_no_id_to_be_found_by(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    write_article(tmp_path, "a", "The bridge collapsed on 8 July.", more="url: https://post.example/a\n")
    bot_process(server, corpus=tmp_path)
    alice = server.user("Alice")
    alice.says("what happened to the bridge?")
    answer = alice.hear()
    assert quoted(answer) == ["The bridge collapsed on 8 July."]
    assert labels(answer) == ["Open the source", "Copy citation"]


def test_every_button_under_every_answer_can_be_pressed(server: BotApiServer, bot_process: Starter) -> None:
    bot_process(server, COVERAGE_BOT_TELEGRAM__QUESTIONS_PER_MINUTE="1000")
    alice = server.user("Alice")
    asked = ["what did Tusk say?", "what did Sikorski say on 2 September 2024?", "what did Macron say about peace?"]
    for question in asked:
        alice.says(question)
        answer: dict[str, Any] = alice.hear()
        for button in buttons(answer):
            if "callback_data" in button:
                alice.presses(answer, button["text"]).wait()
                assert alice.hear()["text"]
