"""What entities may be in a text: within it, at whole characters, one within the other, and only what may be nested."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from parameters import Json
from stored import units
from telegram.constants import MessageEntityType, MessageLimit

_QUOTES = ("blockquote", "expandable_blockquote")
_ALONE = ("pre", "code")  # nothing may be marked within them
_WHOLE = ("text_link", "date_time", "text_mention", "url", "mention", "custom_emoji")  # none of these within another
_ENTITY_KEYS = {
    "type", "offset", "length", "url", "user", "language", "custom_emoji_id", "unix_time", "date_time_format",
}  # fmt: skip


def entity_problems(text: str, entities: Sequence[Json]) -> Iterator[str]:
    if len(entities) > MessageLimit.MESSAGE_ENTITIES:
        yield f"can't parse entities: {len(entities)} entities are more than {MessageLimit.MESSAGE_ENTITIES}"
    ends = _boundaries(text)
    spans = []
    for entity in entities:
        if not isinstance(entity, dict) or not _integers(entity) or entity.get("type") not in set(MessageEntityType):
            yield f"can't parse entities: wrong entity {entity}"
            continue
        if extra := set(entity) - _ENTITY_KEYS:
            yield f"can't parse entities: unknown field {sorted(extra)[0]}"
        start, end = entity["offset"], entity["offset"] + entity["length"]
        if start < 0 or start >= units(text):
            yield f"entity begins after the end of the text at UTF-16 offset {start}"
        elif end <= start:
            yield f"can't parse entities: entity at UTF-16 offset {start} has no length"
        elif end > units(text):
            yield f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
        elif start not in ends or end not in ends:
            where, byte = ("begins", start) if start not in ends else ("ends", end)
            yield f"entity {where} in a middle of a UTF-16 symbol at byte offset {_byte(text, byte)}"
        else:
            spans.append((start, end, str(entity["type"])))
        if entity["type"] == "text_link" and not is_address(entity.get("url")):
            yield f"entity URL '{entity.get('url')}' is invalid: Wrong HTTP URL"
        if entity["type"] == "date_time" and not isinstance(entity.get("unix_time"), int):
            yield "can't parse entities: date_time without unix_time"
    yield from _overlaps(sorted(spans, key=lambda span: (span[0], -span[1])))


def _boundaries(text: str) -> set[int]:
    ends, at = {0}, 0
    for character in text:
        at += units(character)
        ends.add(at)
    return ends


def _byte(text: str, offset: int) -> int:
    return len(text.encode("utf-16-le")[: 2 * offset].decode("utf-16-le", "ignore").encode())


def _integers(entity: Json) -> bool:
    return all(type(entity.get(name)) is int for name in ("offset", "length"))


def _overlaps(spans: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    opened: list[tuple[int, int, str]] = []
    for start, end, kind in spans:
        opened = [other for other in opened if other[1] > start]
        for other_start, other_end, other in opened:
            pair = f"{kind} at {start} and {other} at {other_start}"
            if end > other_end:
                yield f"can't parse entities: {pair} overlap without one holding the other"
            elif kind in _QUOTES and other in _QUOTES:
                yield f"can't parse entities: {pair}: a quotation within a quotation"
            elif other in _ALONE or (kind in _ALONE and other not in _QUOTES):
                yield f"can't parse entities: {pair}: code holds no other entity and lies in none but quotations"
            elif kind in _WHOLE and other in _WHOLE:
                yield f"can't parse entities: {pair}: Telegram drops one of them"
            elif kind == other:
                yield f"can't parse entities: {pair}: the same twice"
        opened.append((start, end, kind))


def is_address(url: object) -> bool:
    if not isinstance(url, str) or not url or re.search(r"[\s<>]", url):
        return False
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "tg", "ton") and bool(parts.netloc)
