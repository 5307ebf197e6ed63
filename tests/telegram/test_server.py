"""The Bot API server refuses, delivers and fails as Telegram does: seen over plain HTTP."""

import asyncio
import json
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from judges import Judges
from methods import quoted_words
from people import buttons
from server import BotApiServer
from wire import Call, Reply, Wire

Json = dict[str, Any]


class Api:
    """Calls of the Bot API, without a library that would know better."""

    def __init__(self, server: BotApiServer, client: httpx.Client) -> None:
        self.server, self.client = server, client

    def __call__(self, method: str, **said: object) -> Json:
        """Call with a form, as bots do: structures as JSON."""
        form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in said.items()}
        return self.client.post(f"{self.server.url}{self.server.token}/{method}", data=form).json()

    def ok(self, method: str, **said: object) -> Any:
        answer = self(method, **said)
        assert answer["ok"], answer
        return answer["result"]


@pytest.fixture
def api(server: BotApiServer) -> Iterator[Api]:
    with httpx.Client(timeout=10) as client:
        yield Api(server, client)


@pytest.fixture
def careless(judges: Judges) -> None:
    """For tests that send what must be refused."""
    judges.forgive("")


# --- requests


def test_answers_get_form_and_json(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice")
    alice.says("hi")
    base = f"{server.url}{server.token}"
    assert api.client.get(f"{base}/getMe").json()["result"]["username"] == "coverage_test_bot"
    assert api.client.get(f"{base}/sendMessage?chat_id={alice.id}&text=a%20b").json()["result"]["text"] == "a b"
    assert api.ok("sendMessage", chat_id=alice.id, text="form")["text"] == "form"
    entity = {"type": "bold", "offset": 0, "length": 4}
    said = {"chat_id": alice.id, "text": "json", "entities": [entity]}
    assert api.client.post(f"{base}/sendmessage", json=said).json()["result"]["entities"] == [entity]
    assert [request.method for request in server.requests] == ["getMe", *["sendMessage"] * 3]
    assert [message["text"] for message in server.sent] == ["a b", "form", "json"]


@pytest.mark.usefixtures("careless")
def test_refuses_unknown_tokens_methods_and_addresses(server: BotApiServer, api: Api) -> None:
    def answer(path: str) -> tuple[int, str]:
        got = api.client.post(f"http://127.0.0.1:{server.wire.port}{path}")
        return got.status_code, got.json()["description"]

    assert answer("/bot123456:wrong/getMe") == (401, "Unauthorized")
    assert answer(f"/bot{server.token}/sendRichWords") == (404, "Not Found: method not found")
    assert answer("/") == (404, "Not Found")
    server.without.add("getMe")
    assert answer(f"/bot{server.token}/getMe") == (404, "Not Found: method not found")


LINK = {"type": "text_link", "offset": 0, "length": 3, "url": "https://example.org/a#:~:text=b,c"}
BOLD = {"type": "bold", "offset": 0, "length": 3}
QUOTE = {"type": "blockquote", "offset": 0, "length": 5}


def keyboard(**button: object) -> Json:
    return {"inline_keyboard": [[{"text": "Go", **button}]]}


@pytest.mark.usefixtures("careless")
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"chat_id": None}, "chat_id is empty"),
        ({"chat_id": 4}, "chat not found"),
        ({"text": None}, "message text is empty"),
        ({"text": " \n\u200b"}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "<b>" + "x" * 4097 + "</b>", "parse_mode": "HTML"}, "message is too long"),
        ({"disable_web_page_preview": True}, 'unknown parameter "disable_web_page_preview"'),
        ({"disable_notification": "maybe"}, 'parameter "disable_notification" has a wrong type'),
        ({"entities": "[{"}, "can't parse entities JSON object"),
        ({"entities": [BOLD | {"offset": 9}]}, "entity begins after the end of the text at UTF-16 offset 9"),
        (
            {"entities": [BOLD | {"length": 30}]},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 30",
        ),
        (
            {"text": "ä😀b", "entities": [BOLD | {"length": 2}]},
            "entity ends in a middle of a UTF-16 symbol at byte offset 2",
        ),
        ({"text": "x" * 200, "entities": [BOLD | {"offset": i, "length": 1} for i in range(101)]}, "more than 100"),
        ({"entities": [QUOTE, QUOTE | {"offset": 2}]}, "overlap without one holding the other"),
        ({"entities": [QUOTE, QUOTE | {"offset": 1, "length": 2}]}, "a quotation within a quotation"),
        ({"entities": [LINK, {"type": "date_time", "offset": 0, "length": 2, "unix_time": 5}]}, "drops one of them"),
        ({"entities": [LINK | {"url": "no link"}]}, "entity URL 'no link' is invalid: Wrong HTTP URL"),
        ({"entities": [BOLD | {"colour": "red"}]}, "unknown field colour"),
        ({"parse_mode": "HTML", "text": "<b>x"}, "can't parse entities: Can't find end tag corresponding to start tag"),
        ({"parse_mode": "HTML", "text": "ä<x>"}, 'can\'t parse entities: Unsupported start tag "x" at byte offset 2'),
        ({"parse_mode": "MarkdownV2", "text": "*x*"}, "unsupported parse_mode"),
        ({"reply_markup": keyboard(callback_data="ä" * 33)}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": keyboard()}, "Text buttons are unallowed in the inline keyboard"),
        ({"reply_markup": keyboard(url="nowhere")}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        ({"reply_markup": keyboard(copy_text={"text": "x" * 257})}, "BUTTON_COPY_TEXT_INVALID"),
        ({"reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"reply_parameters": {"message_id": 3}}, "message to be replied not found"),
    ],
    ids=lambda value: str(value)[:50],
)  # fmt: skip
def test_refuses_messages_in_telegrams_words(server: BotApiServer, api: Api, said: Json, words: str) -> None:
    alice = server.user("Alice")
    alice.says("hi")
    said = {"chat_id": alice.id, "text": "A text.", **said}
    answer = api("sendMessage", **{name: value for name, value in said.items() if value is not None})
    assert answer["error_code"] == 400
    assert answer["description"].startswith("Bad Request: ")
    assert words in answer["description"]
    assert not server.sent


def article(number: int = 0, name: str | None = None) -> Json:
    content = {"message_text": "words", "entities": [BOLD]}
    return {
        "type": "article", "id": name if name is not None else str(number), "title": "Title",
        "input_message_content": content,
    }  # fmt: skip


@pytest.mark.usefixtures("careless")
@pytest.mark.parametrize(
    ("method", "said", "words"),
    [
        ("answerInlineQuery", {"results": [article(i) for i in range(51)]}, "RESULTS_TOO_MUCH"),
        ("answerInlineQuery", {"results": [article(name="ä" * 33)]}, "RESULT_ID_INVALID"),
        ("answerInlineQuery", {"results": [article(), article()]}, "RESULT_ID_DUPLICATE"),
        ("answerInlineQuery", {"results": [article()], "next_offset": "x" * 65}, "NEXT_OFFSET_INVALID"),
        (
            "answerInlineQuery",
            {"results": [], "button": {"text": "Go", "start_parameter": "a b"}},
            "START_PARAM_INVALID",
        ),
        ("answerInlineQuery", {"results": [{**article(), "title": ""}]}, "ARTICLE_TITLE_EMPTY"),
        ("setMyCommands", {"commands": [{"command": "Ask", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "ask", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setWebhook", {"url": "http://example.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ("setWebhook", {"url": "https://a.org", "secret_token": "ä"}, "secret token contains unallowed characters"),
        ("getUpdates", {"allowed_updates": ["messages"]}, "unknown update type messages"),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_refuses_answers_and_settings(server: BotApiServer, api: Api, method: str, said: Json, words: str) -> None:
    query = server.user("Alice").types_inline("x")
    if method == "answerInlineQuery":
        said = {"inline_query_id": query.id, **said}
    assert api(method, **said) == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    assert query.answer is None


# --- messages


@pytest.mark.usefixtures("careless")
def test_stores_texts_as_telegram_alters_them(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice")
    alice.says("hi")
    text = "  a\u030a\tb\r\nc\u2028d\u0000 \n"
    bold = {"type": "bold", "offset": 4, "length": 4}
    message = api.ok("sendMessage", chat_id=alice.id, text=text, entities=[bold])
    assert message["text"] == "a b\ncd"
    assert message["entities"] == [{"type": "bold", "offset": 1, "length": 3}]
    html = '<blockquote expandable>a &lt; 😀</blockquote> <a href="https://example.org/?a=1&amp;b=2">x</a>'
    message = api.ok("sendMessage", chat_id=alice.id, text=html, parse_mode="HTML")
    assert message["text"] == "a < 😀 x"
    assert message["entities"] == [
        {"type": "expandable_blockquote", "offset": 0, "length": 6},
        {"type": "text_link", "offset": 7, "length": 1, "url": "https://example.org/?a=1&b=2"},
    ]
    assert quoted_words(message) == ["a < 😀"]


def test_replies_hold_what_they_reply_to(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice")
    asked = alice.says("Who said “bridge” here?")
    reply = {"message_id": asked["message_id"], "quote": "bridge"}
    message = api.ok("sendMessage", chat_id=alice.id, text="A", reply_parameters=reply)
    assert message["reply_to_message"]["message_id"] == asked["message_id"]
    assert message["quote"] == {"text": "bridge", "position": 10, "is_manual": True}
    gone = {"message_id": 7, "allow_sending_without_reply": True}
    assert "reply_to_message" not in api.ok("sendMessage", chat_id=alice.id, text="B", reply_parameters=gone)


@pytest.mark.usefixtures("careless")
def test_edits_in_place_and_refuses_what_changes_nothing(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice")
    asked = alice.says("hi")
    sent = api.ok("sendMessage", chat_id=alice.id, text="A", reply_markup=keyboard(callback_data="x"))
    heard = alice.hear()
    where = {"chat_id": alice.id, "message_id": sent["message_id"]}
    words = api("editMessageText", **where, text="A ", reply_markup=keyboard(callback_data="x"))["description"]
    assert words.startswith("Bad Request: message is not modified: specified new message content and reply markup")
    assert api.ok("editMessageText", **where, text="B")["text"] == "B"
    assert heard["text"] == "B"
    assert not buttons(heard), "an edit without a keyboard takes the keyboard away"
    assert buttons(api.ok("editMessageReplyMarkup", **where, reply_markup=keyboard(callback_data="y")))
    where["message_id"] = asked["message_id"]
    assert api("editMessageText", **where, text="B")["description"] == "Bad Request: message can't be edited"
    where["message_id"] = 1
    assert api("editMessageText", **where, text="B")["description"] == "Bad Request: message to edit not found"
    assert api("deleteMessage", **where)["description"] == "Bad Request: message to delete not found"
    words = api("editMessageText", chat_id=alice.id, text="B")["description"]
    assert words == "Bad Request: message identifier is not specified"


def test_chats_that_are_not_there(server: BotApiServer, api: Api) -> None:
    alice, group = server.user("Alice"), server.group(kind="group")
    assert api("sendMessage", chat_id=alice.id, text="A")["description"] == "Bad Request: chat not found"
    alice.says("hi")
    alice.blocks_bot()
    blocked = {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"}
    assert api("sendMessage", chat_id=alice.id, text="A") == blocked
    alice.unblocks_bot()
    assert api.ok("sendMessage", chat_id=alice.id, text="A")
    new = group.migrates()
    moved = api("sendMessage", chat_id=group.id, text="A")
    assert moved["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert moved["parameters"] == {"migrate_to_chat_id": new.id}
    assert api.ok("sendMessage", chat_id=new.id, text="A")["chat"]["type"] == "supergroup"
    new.kicks_bot(alice)
    assert api("sendChatAction", chat_id=new.id, action="typing")["error_code"] == 403


# --- queries


def test_a_button_is_answered_once_and_soon(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice")
    alice.says("hi")
    api.ok("sendMessage", chat_id=alice.id, text="A", reply_markup=keyboard(callback_data="v1"))
    first, second = (alice.presses(alice.chat.from_bot[0], "Go") for _ in range(2))
    update = api.ok("getUpdates")[-1]
    assert update["callback_query"]["data"] == "v1"
    assert update["callback_query"]["message"]["text"] == "A"
    assert api.ok("answerCallbackQuery", callback_query_id=first.id, text="Yes") is True
    assert first.wait()["text"] == "Yes"
    second.expired = True
    too_old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    for name in (first.id, second.id, "17"):
        assert api("answerCallbackQuery", callback_query_id=name)["description"] == too_old
    with pytest.raises(LookupError, match="no button 'Stop'"):
        alice.presses(alice.chat.from_bot[0], "Stop")


def test_inline_results_are_picked_and_edited(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice")
    query = alice.types_inline("bridge", offset="5")
    asked = api.ok("getUpdates")[0]["inline_query"]
    assert (asked["query"], asked["offset"]) == ("bridge", "5")
    result = {**article(name="q_1"), "reply_markup": keyboard(callback_data="v1")}
    api.ok("answerInlineQuery", inline_query_id=query.id, results=[result], next_offset="10")
    name = alice.picks(query, "q_1")
    assert server.inline_messages[name]["text"] == "words"
    assert api.ok("getUpdates")[-1]["chosen_inline_result"]["inline_message_id"] == name
    alice.presses(name, "Go")
    assert api.ok("editMessageText", inline_message_id=name, text="more") is True
    assert server.inline_messages[name] == {"text": "more", "edit_date": server.inline_messages[name]["edit_date"]}


def test_a_guest_answers_where_it_is_no_member(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice")
    query = alice.mentions_as_guest("@coverage_test_bot who said so?")
    asked = api.ok("getUpdates")[0]["guest_message"]
    assert asked["guest_query_id"] == query.id
    sent = api.ok("answerGuestQuery", guest_query_id=query.id, result=article())
    assert server.inline_messages[sent["inline_message_id"]]["text"] == "words"
    assert "query is too old" in api("answerGuestQuery", guest_query_id=query.id, result=article())["description"]
    assert api("sendMessage", chat_id=asked["chat"]["id"], text="A")["error_code"] == 403


# --- updates


def test_polls_confirm_by_offset(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice", language="de")
    for text in ("/start q_1", "two", "three"):
        alice.says(text)
    updates = api.ok("getUpdates", limit=2)
    assert [update["message"]["text"] for update in updates] == ["/start q_1", "two"]
    assert updates[0]["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert updates[0]["message"]["from"]["language_code"] == "de"
    assert api.ok("getUpdates", limit=2) == updates, "what is not confirmed comes again"
    (third,) = api.ok("getUpdates", offset=updates[1]["update_id"] + 1)
    assert third["message"]["text"] == "three"
    again = server.delivery.repeat(updates[0])
    assert api.ok("getUpdates", offset=third["update_id"] + 1) == [again]
    assert api.ok("getUpdates", offset=third["update_id"] + 1) == []
    for text in ("four", "five"):
        alice.says(text)
    assert [update["message"]["text"] for update in api.ok("getUpdates", offset=-1)] == ["five"]


def test_a_poll_waits_for_an_update(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice")
    found: list[Json] = []
    poll = threading.Thread(target=lambda: found.extend(api.ok("getUpdates", timeout=30)))
    poll.start()
    server.wait("getUpdates", answered=False)
    alice.says("hi")
    poll.join(5)
    assert [update["message"]["text"] for update in found] == ["hi"]
    begun = time.monotonic()
    assert api.ok("getUpdates", offset=found[0]["update_id"] + 1, timeout=1) == []
    assert 0.9 < time.monotonic() - begun < 3


def test_allowed_updates_are_remembered(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice")
    api.ok("getUpdates", allowed_updates=["callback_query"])
    alice.says("hi")
    assert api.ok("getUpdates") == []
    assert [update["message"]["text"] for update in server.delivery.withheld] == ["hi"]
    api.ok("getUpdates", allowed_updates=[])
    message = alice.says("hi")
    alice.edits(message, "hi there")
    assert [set(update) - {"update_id"} for update in api.ok("getUpdates")] == [{"message"}, {"edited_message"}]


def test_of_two_pollers_the_first_gets_a_conflict(server: BotApiServer, api: Api) -> None:
    answers: list[Json] = []
    first = threading.Thread(target=lambda: answers.append(api("getUpdates", timeout=30)))
    first.start()
    server.wait("getUpdates", answered=False)
    with httpx.Client() as other:
        assert other.post(f"{server.url}{server.token}/getUpdates").json()["result"] == []
    first.join(5)
    assert answers[0]["error_code"] == 409
    assert answers[0]["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )


def test_groups_in_privacy_mode(server: BotApiServer, api: Api) -> None:
    alice, group = server.user("Alice"), server.group()
    sent = api.ok("sendMessage", chat_id=group.id, text="I said bridge.")
    heard = ["/ask x", "/ask@coverage_test_bot x", "@coverage_test_bot x"]
    for text in ("chatter", *heard, "/ask@other_bot x"):
        alice.says(text, group)
    alice.says("why?", group, reply_to=sent, quote="bridge")
    messages = [update["message"] for update in api.ok("getUpdates")]
    assert [message["text"] for message in messages] == [*heard, "why?"]
    assert messages[-1]["quote"] == {"text": "bridge", "position": 7, "is_manual": True}
    assert messages[-1]["reply_to_message"]["from"]["is_bot"]
    assert {"type": "mention", "offset": 0, "length": 18} in messages[2]["entities"]
    group.reads_all = True
    alice.says("chatter", group)
    server.channel().posts("/ask news")
    *_, chatter, post = api.ok("getUpdates")
    assert chatter["message"]["text"] == "chatter"
    assert "from" not in post["channel_post"]


# --- faults


@pytest.mark.usefixtures("careless")
def test_fails_on_demand(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice")
    alice.says("hi")
    server.faults.fail("sendMessage", 429, times=2, retry_after=7)
    for _ in range(2):
        assert api("sendMessage", chat_id=alice.id, text="A") == {
            "ok": False, "error_code": 429, "description": "Too Many Requests: retry after 7",
            "parameters": {"retry_after": 7},
        }  # fmt: skip
    for status, words in ((500, "Internal Server Error"), (404, "Not Found"), (401, "Unauthorized")):
        server.faults.fail(None, status)
        assert api("getMe")["description"] == words
    server.faults.fail("sendMessage", 403, only=lambda request: request.said["text"] == "B")
    assert api.ok("sendMessage", chat_id=alice.id, text="A")
    assert api("sendMessage", chat_id=alice.id, text="B")["error_code"] == 403
    server.faults.fail("getMe", 502)
    answer = api.client.get(f"{server.url}{server.token}/getMe")
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html")
    server.faults.garble("getMe")
    with pytest.raises(json.JSONDecodeError):
        api("getMe")
    assert api.ok("getMe")


def test_breaks_connections_on_demand(server: BotApiServer, api: Api) -> None:
    alice = server.user("Alice")
    alice.says("hi")
    server.faults.drop("sendMessage")
    with pytest.raises(httpx.RemoteProtocolError):
        api("sendMessage", chat_id=alice.id, text="lost")
    server.faults.drop("sendMessage", accepted=True)
    with pytest.raises(httpx.RemoteProtocolError):
        api("sendMessage", chat_id=alice.id, text="kept")
    assert [message["text"] for message in server.sent] == ["kept"]
    assert [(request.done, request.status) for request in server.calls("sendMessage")] == [(False, 0), (True, 0)]
    stalled = server.faults.stall("sendMessage")
    with httpx.Client(timeout=0.1) as hasty, pytest.raises(httpx.ReadTimeout):
        Api(server, hasty)("sendMessage", chat_id=alice.id, text="never")
    stalled.release()
    server.faults.slow("sendMessage", 0.2, times=1)
    begun = time.monotonic()
    api.ok("sendMessage", chat_id=alice.id, text="late")
    assert time.monotonic() - begun >= 0.2
    with server.unreachable(), pytest.raises(httpx.ConnectError):
        api("getMe")
    assert api.ok("getMe")


def test_what_was_waited_for_is_named(server: BotApiServer, api: Api) -> None:
    api.ok("getMe")
    with pytest.raises(TimeoutError, match=r"a request sendMessage did not come in 0\.05 s(?s:.)*getMe 200"):
        server.wait("sendMessage", timeout=0.05)


# --- webhook


@pytest.fixture
def receiver() -> Iterator[tuple[Wire, list[Call], list[int]]]:
    """A web server that keeps what it gets, and answers with the statuses in the list, then with 200."""
    calls: list[Call] = []
    statuses: list[int] = []

    async def handle(call: Call) -> Reply:
        calls.append(call)
        return Reply(statuses.pop(0) if statuses else 200, b"")

    wire = Wire(handle)
    wire.start()
    yield wire, calls, statuses
    wire.stop()


def test_posts_updates_with_the_secret_until_they_are_taken(
    server: BotApiServer, api: Api, receiver: tuple[Wire, list[Call], list[int]]
) -> None:
    wire, calls, statuses = receiver
    statuses += [500, 403]
    server.delivery.proxies["https://bot.example.org"] = f"http://127.0.0.1:{wire.port}"
    alice = server.user("Alice")
    alice.says("before")
    api.ok("setWebhook", url="https://bot.example.org/path", secret_token="s-1")
    alice.says("after")
    server.until(lambda: not server.delivery.pending)
    assert [post.status for post in server.delivery.posted] == [500, 403, 200, 200]
    assert [json.loads(call.body)["message"]["text"] for call in calls] == ["before"] * 3 + ["after"]
    assert {call.headers["x-telegram-bot-api-secret-token"] for call in calls} == {"s-1"}
    assert {call.path for call in calls} == {"/path"}
    info = api.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 403 Forbidden"
    assert "webhook is active" in api("getUpdates")["description"]
    api.ok("deleteWebhook")
    assert api.ok("getUpdates") == []


@pytest.mark.asyncio
async def test_waits_without_blocking_a_loop(server: BotApiServer, api: Api) -> None:
    async def ticks() -> AsyncIterator[int]:
        for number in range(3):
            await asyncio.sleep(0)
            yield number

    waiting = asyncio.create_task(server.wait_for("getMe", after=server.mark()))
    assert [number async for number in ticks()] == [0, 1, 2]
    await asyncio.to_thread(api.ok, "getMe")
    assert (await waiting).ok
