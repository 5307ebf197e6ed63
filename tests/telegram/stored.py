"""What Telegram makes of a text before it stores it: the characters it drops and replaces, the trimming, the HTML."""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from parameters import Json, bad

#: Dropped without a trace; see clean_input_string in TDLib.
_DROPPED = {"\r", "\u030a", "\u0333", "\u033f", *(chr(code) for code in range(0x2028, 0x202F))}
#: A text of these alone is empty.
_BLANK = {*" \n\u00a0\u00ad\ufeff", *map(chr, range(0x2000, 0x2010)), *map(chr, range(0x2060, 0x2070))}
_TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}  # fmt: skip
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[^\s/>]*)(?P<rest>[^>]*)>")
_ATTRIBUTE = re.compile(r"""\s+([\w-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")
_KNOWN_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);?")
#: What Telegram finds by itself in a message that somebody types.
_FOUND = {
    "bot_command": re.compile(r"(?<![\w/@])/\w{1,32}(?:@\w{3,32})?(?![\w/@])"),
    "mention": re.compile(r"(?<![\w/@])@\w{4,32}(?!\w)"),
    "url": re.compile(r"https?://[^\s<>]+[^\s<>.,;:!?)]"),
    "hashtag": re.compile(r"(?<!\w)#\w*[^\W\d]\w*"),
}


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, which is how Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def part(text: str, offset: int, length: int) -> str:
    """Return a slice by UTF-16 units."""
    coded = text.encode("utf-16-le", "surrogatepass")
    return coded[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def stored(text: str, entities: Sequence[Json] = (), trim: bool = True) -> tuple[str, list[Json]]:
    """Return a text and its entities as Telegram stores them."""
    moved, kept, at = [], [], 0
    for character in text:
        moved += [at] * units(character)
        if character in _DROPPED:
            continue
        kept.append(" " if character < " " and character != "\n" else character)
        at += units(character)
    moved.append(at)
    clean = "".join(kept)
    spans = [(entity, moved[int(entity["offset"])], moved[_end(entity)]) for entity in entities]
    if trim:
        first = min((start for _, start, _ in spans), default=units(clean))
        cut = min(len(clean) - len(clean.lstrip(" \n")), first)  # what is trimmed is one unit each
        clean = clean[cut:].rstrip(" \n")
        last = units(clean)
        spans = [(entity, start - cut, min(end - cut, last)) for entity, start, end in spans]
    made = [{**entity, "offset": start, "length": end - start} for entity, start, end in spans if end > start]
    return clean, sorted(made, key=lambda entity: (entity["offset"], -entity["length"]))


def _end(entity: Json) -> int:
    return int(entity["offset"]) + int(entity["length"])


def is_blank(text: str) -> bool:
    return all(character in _BLANK for character in text)


def typed(text: str) -> tuple[str, list[Json]]:
    """Return what becomes of a text that a person types: what is stored, and what Telegram finds in it."""
    clean, _ = stored(text)
    found = [
        {"type": kind, "offset": units(clean[: match.start()]), "length": units(match[0])}
        for kind, pattern in _FOUND.items()
        for match in pattern.finditer(clean)
    ]
    return clean, sorted(found, key=lambda entity: int(entity["offset"]))


def from_html(source: str) -> tuple[str, list[Json]]:
    """Parse Telegram's HTML; raises what Telegram answers where it cannot."""
    text, entities, open_tags, at = "", [], [], 0
    for match in _tags(source):
        text += _characters(source[at : match.start()])
        at = match.end()
        byte, name = len(source[: match.start()].encode()), match["name"].lower()
        if not match["end"]:
            if name not in _TAGS:
                raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {byte}')
            open_tags.append((name, units(text), _entity(name, match["rest"], byte)))
            continue
        if not open_tags:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {byte}")
        opened, start, entity = open_tags.pop()
        if name not in ("", opened):
            expected = f'expected "</{opened}>", found "</{name}>"'
            raise bad(f"can't parse entities: Unmatched end tag at byte offset {byte}, {expected}")
        if units(text) > start and entity.get("url", "-"):
            entities.append({**entity, "offset": start, "length": units(text) - start})
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1][0]}\"")
    text += _characters(source[at:])
    return text, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _tags(source: str) -> Iterator[re.Match[str]]:
    at = 0
    while (at := source.find("<", at)) >= 0:
        match = _TAG.match(source, at)
        if not match:
            byte = len(source[:at].encode())
            raise bad(f"can't parse entities: Unclosed start tag at byte offset {byte}")
        yield match
        at = match.end()


def _characters(source: str) -> str:
    return _KNOWN_ENTITY.sub(lambda match: unescape(match[0]), source)


def _entity(name: str, rest: str, byte: int) -> Json:
    said = {key.lower(): unescape(value.strip("\"'")) for key, value in _ATTRIBUTE.findall(rest)}
    entity: Json = {"type": _TAGS[name]}
    if name == "span" and said.get("class") != "tg-spoiler":
        raise bad(f'can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset {byte}')
    if name == "a":
        entity["url"] = said.get("href", "")
    if name == "blockquote" and "expandable" in said:
        entity["type"] = "expandable_blockquote"
    if name == "tg-time":
        entity["unix_time"] = int(said["unix"])
        entity |= {"date_time_format": said["format"]} if said.get("format") else {}
    if name == "tg-emoji":
        entity["custom_emoji_id"] = said.get("emoji-id", "")
    return entity
