"""Judges that nobody here wrote, on every request of the bot: aiogram's models, TDLib's parser; and the limits.

    judges = Judges()
    judges.check("sendMessage", {"chat_id": 1, "text": "…"})    # a list of what is wrong
    judges.watch(server)                                         # all of its requests, when `verdict` is asked for

TDLib is not built for every machine: where it is missing, `judges.missing` names it, and the tests of it are skipped.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any

import aiogram.methods  # takes some seconds: once, when tests are collected
from parameters import PARAMETERS, Json, Refused, read
from pydantic import BaseModel, ValidationError
from rules import nested_texts, problems
from stored import from_html, part, stored

if TYPE_CHECKING:
    from server import BotApiServer

try:
    import tdjson
except ImportError:
    tdjson = None

_QUOTES = ("blockquote", "expandable_blockquote")
#: Characters that TDLib's Markdown knows, and what stands in for them while it looks at entities.
_MARKS = "*_~|`[]()!\\"
_STAND_INS = range(0xE000, 0xE000 + 200)  # private use: one unit each, and left alone by Telegram


@dataclass(frozen=True)
class Violation:
    judge: str
    method: str
    problem: str
    said: Json

    def __str__(self) -> str:
        return f"{self.judge} on {self.method}: {self.problem}\n    {json.dumps(self.said, ensure_ascii=False)[:600]}"


class Judges:
    """Collects what is wrong with the requests of one test."""

    def __init__(self) -> None:
        self.missing = ["tdjson"] if tdjson is None else []
        self.violations: list[Violation] = []
        self.seen = 0
        self._servers: list[BotApiServer] = []
        self._forgiven: list[str] = []

    def watch(self, server: BotApiServer) -> None:
        self._servers.append(server)

    def forgive(self, words: str) -> None:
        """Let violations pass whose text holds these words: for a test that asks for them."""
        self._forgiven.append(words)

    def check(self, method: str, said: Mapping[str, object]) -> list[Violation]:
        """Judge one request; values may be strings, as in a form, or what they stand for.  Remembers what is wrong."""
        self.seen += 1
        found = list(self._judged(method, dict(said)))
        self.violations += found
        return found

    def verdict(self) -> list[Violation]:
        """Judge all requests of the servers that are watched, and return all that is wrong."""
        for server in self._servers:
            for request in list(server.requests):
                self.check(request.method, request.raw)
        self._servers = []
        return [one for one in self.violations if not any(words in str(one) for words in self._forgiven)]

    def _judged(self, method: str, said: Json) -> Iterator[Violation]:
        if method not in PARAMETERS:
            yield Violation("limits", method, "this method is not known to the rig", said)
            return
        typed = any(not isinstance(value, str | bytes) for value in said.values())
        try:
            said = read(method, said, typed)
        except Refused as refused:
            yield Violation("limits", method, refused.description, said)
            return
        wrong = problems(method, said)
        for problem in wrong:
            yield Violation("limits", method, problem, said)
        for problem in aiogram_says(method, said):
            yield Violation("aiogram", method, problem, said)
        for name, content in nested_texts(method, said) if not any("wrong entity" in words for words in wrong) else ():
            for problem in tdlib_says(content, name):
                yield Violation("TDLib", method, problem, said)


# --- aiogram


@cache
def _models() -> dict[str, type[BaseModel]]:
    found: dict[str, type[BaseModel]] = {}
    for name in aiogram.methods.__all__:
        model = getattr(aiogram.methods, name)
        if isinstance(getattr(model, "__api_method__", None), str):
            found[model.__api_method__] = model
    return found


def aiogram_says(method: str, said: Json) -> list[str]:
    """Return what aiogram's model of a method does not accept: missing, unknown and wrongly typed fields."""
    if method not in _models():
        return ["aiogram knows no such method"]
    try:
        made = _models()[method].model_validate({k: v for k, v in said.items() if not isinstance(v, bytes)})
    except ValidationError as error:
        return [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    return [f"{where}: unknown field" for where in _unknown(made, "")]


def _unknown(value: Any, where: str) -> Iterator[str]:
    if isinstance(value, BaseModel):
        yield from (f"{where}{name}" for name in value.model_extra or {})
        for name in value.model_fields_set:
            yield from _unknown(getattr(value, name, None), f"{where}{name}.")
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value):
            yield from _unknown(one, f"{where}{number}.")


# --- TDLib


@cache
def _quiet() -> None:
    tdjson.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')


def _execute(name: str, **arguments: object) -> Any:
    _quiet()
    return json.loads(tdjson.td_execute(json.dumps({"@type": name, **arguments}).encode()))


def tdlib_parses(source: str, mode: str = "HTML") -> tuple[str, list[Json]]:
    """Return the text and entities that TDLib reads from HTML; raises a ValueError with its words where it cannot."""
    read = _execute("parseTextEntities", text=source, parse_mode={"@type": f"textParseMode{mode}"})
    if read["@type"] == "error":
        raise ValueError(read["message"])
    return read["text"], [_from_tdlib(entity) for entity in read["entities"]]


def tdlib_sees(text: str, entities: Iterable[Json]) -> tuple[str, list[Json]]:
    """Return what TDLib makes of a text with entities, before it trims; raises a ValueError where it refuses them."""
    masks = _masks(text)
    asked = {
        "@type": "formattedText", "text": text.translate(masks),
        "entities": [_to_tdlib(entity) for entity in entities],
    }  # fmt: skip
    seen = _execute("parseMarkdown", text=asked)
    if seen["@type"] == "error":
        raise ValueError(seen["message"])
    back = {ord(mask): chr(mark) for mark, mask in masks.items()}
    return str(seen["text"]).translate(back), [_from_tdlib(entity) for entity in seen["entities"]]


def _masks(text: str) -> dict[int, str]:
    free = (chr(code) for code in _STAND_INS if chr(code) not in text)
    return {ord(mark): next(free) for mark in _MARKS if mark in text}


def tdlib_says(content: Json, name: str = "text") -> list[str]:
    """Return how TDLib's view of a message differs from what the bot sent: nothing may be changed on the way."""
    if tdjson is None:
        return []
    text, entities = str(content[name]), list(content.get("entities") or [])
    try:
        if content.get("parse_mode"):
            text, entities = tdlib_parses(text)
            ours = from_html(str(content[name]))
            if ours[0] != text or marked(*ours) != marked(text, entities):
                return [f"the rig reads the HTML otherwise: {ours} and not {(text, entities)}"]
        seen, kept = tdlib_sees(text, entities)
    except ValueError as error:
        return [str(error)]
    except Refused as error:
        return [f"TDLib reads this HTML, and the rig does not: {error.description}"]
    found = []
    if seen != text:
        where = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(seen, text, strict=False)))
        found.append(f"Telegram alters the text at {where}: {text[where:][:40]!r} becomes {seen[where:][:40]!r}")
    if stored(text, entities)[0] != text:
        found.append(f"Telegram trims the text: {text[:20]!r} … {text[-20:]!r}")
    if marked(text, entities) != marked(seen, kept):
        lost, made = marked(text, entities) - marked(seen, kept), marked(seen, kept) - marked(text, entities)
        found.append(f"Telegram alters the entities: {sorted(lost)} become {sorted(made)}")
    return found


def marked(text: str, entities: Iterable[Json]) -> set[tuple[str, int, int, str]]:
    """Return what is marked how: TDLib may split and join marks, but not block quotations, and this stays the same."""
    spans: list[tuple[str, str, int, int]] = []
    for entity in entities:
        start, end = int(str(entity["offset"])), int(str(entity["offset"])) + int(str(entity["length"]))
        detail = {k: v for k, v in entity.items() if k not in ("type", "offset", "length") and v not in (None, "")}
        if isinstance(url := detail.get("url"), str):
            detail["url"] = url.removesuffix("/")  # TDLib ends a bare address with one
        spans.append((str(entity["type"]), json.dumps(detail, sort_keys=True, ensure_ascii=False), start, end))
    found = {(kind, start, end, detail) for kind, detail, start, end in spans if kind in _QUOTES}
    loose = sorted(span for span in spans if span[0] not in _QUOTES)
    for (kind, detail), group in groupby(loose, key=lambda span: span[:2]):
        joined: list[list[int]] = []
        for _, _, start, end in group:
            if joined and start <= joined[-1][1]:
                joined[-1][1] = max(end, joined[-1][1])
            else:
                joined.append([start, end])
        found |= {(kind, start, end, detail) for start, end in joined}
    return found


def quotations(text: str, entities: Iterable[Json]) -> list[str]:
    """Return the words that TDLib shows as block quotations in a message: what readers get to see as quoted."""
    seen, kept = tdlib_sees(text, entities)
    return [part(seen, int(str(e["offset"])), int(str(e["length"]))) for e in kept if e["type"] in _QUOTES]


_KINDS = {
    "bold": "Bold", "italic": "Italic", "underline": "Underline", "strikethrough": "Strikethrough", "code": "Code",
    "spoiler": "Spoiler", "pre": "Pre", "text_link": "TextUrl", "blockquote": "BlockQuote", "date_time": "DateTime",
    "expandable_blockquote": "ExpandableBlockQuote", "custom_emoji": "CustomEmoji", "text_mention": "MentionName",
    "mention": "Mention", "hashtag": "Hashtag", "cashtag": "Cashtag", "bot_command": "BotCommand", "url": "Url",
    "email": "EmailAddress", "phone_number": "PhoneNumber",
}  # fmt: skip
_NAMES = {f"textEntityType{theirs}": ours for ours, theirs in _KINDS.items()} | {"textEntityTypePreCode": "pre"}


def _to_tdlib(entity: Json) -> Json:
    kind: Json = {"@type": f"textEntityType{_KINDS[str(entity['type'])]}"}
    if entity["type"] == "text_link":
        kind["url"] = entity.get("url") or ""
    if entity["type"] == "date_time":
        kind["unix_time"] = entity.get("unix_time") or 0
        kind |= _time_format(str(entity.get("date_time_format") or ""))
    if entity["type"] == "pre" and entity.get("language"):
        kind |= {"@type": "textEntityTypePreCode", "language": entity["language"]}
    if entity["type"] == "text_mention":
        user: Any = entity.get("user") or {}
        kind["user_id"] = user.get("id", 0)
    return {"@type": "textEntity", "offset": entity["offset"], "length": entity["length"], "type": kind}


def _from_tdlib(entity: Any) -> Json:
    kind = entity["type"]
    made: Json = {"type": _NAMES[kind["@type"]], "offset": entity["offset"], "length": entity["length"]}
    made |= {name: kind[name] for name in ("url", "language", "unix_time") if kind.get(name) not in (None, "")}
    if "user_id" in kind:
        made["user"] = {"id": kind["user_id"]}
    if letters := _format_letters(kind.get("formatting_type")):
        made["date_time_format"] = letters
    return made


_PRECISION = {"Short": 0, "Long": 1}


def _time_format(letters: str) -> Json:
    """Turn the Bot API's letters for showing a time ("r", "wDT") into TDLib's type."""
    if not letters:
        return {}
    if letters == "r":
        return {"formatting_type": {"@type": "dateTimeFormattingTypeRelative"}}
    chosen = {
        part: next((name for name, at in _PRECISION.items() if pair[at] in letters), "None")
        for part, pair in (("time", "tT"), ("date", "dD"))
    }
    absolute: Json = {f"{part}_precision": {"@type": f"dateTimePartPrecision{name}"} for part, name in chosen.items()}
    return {
        "formatting_type": {
            "@type": "dateTimeFormattingTypeAbsolute", "show_day_of_week": "w" in letters, **absolute,
        }
    }  # fmt: skip


def _format_letters(formatting: Any) -> str:
    if not formatting:
        return ""
    if formatting["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    letters = "w" if formatting["show_day_of_week"] else ""
    for name, pair in (("date", "dD"), ("time", "tT")):
        precision = formatting[f"{name}_precision"]["@type"].removeprefix("dateTimePartPrecision")
        letters += pair[_PRECISION[precision]] if precision in _PRECISION else ""
    return letters
