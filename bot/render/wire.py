"""Text as a messenger takes it: with entities instead of markup, measured in UTF-16 code units.

Nothing in such a text is escaped and nothing in it can fail to parse.  What Telegram itself would change in a text is
changed here first, so that offsets hold and what is sent is what arrives.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.errors import VerbatimError
from bot.model import Span
from bot.render.visible import line

#: Kinds of entity, as the Bot API names them (https://core.telegram.org/bots/api#messageentity).
Kind = Literal["bold", "italic", "underline", "code", "text_link", "blockquote", "expandable_blockquote"]
BLOCKQUOTES: frozenset[Kind] = frozenset({"blockquote", "expandable_blockquote"})

# What TDLib does to every text (clean_input_string in td/telegram/misc.cpp): it drops a ring above, two lines above and
# below and the bidirectional controls, and makes a blank of any other control character but the line feed.
_DROPPED = re.compile("[\u030a\u0333\u033f\u202a-\u202e]")
_BLANK = re.compile("[\x00-\x09\x0b-\x1f]")
# These end a line.  Telegram would drop them too, and so glue two words of somebody's into one.
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entity:
    """How a part of a text is formatted; `offset` and `length` count UTF-16 code units."""

    kind: Kind
    offset: int
    length: int
    url: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Message:
    """A text and its entities, in order of offset, an outer one before those within it.  An empty one is false."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __add__(self, other: "Message") -> "Message":
        by = units(self.text)
        moved = (replace(entity, offset=entity.offset + by) for entity in other.entities)
        return Message(self.text + other.text, (*self.entities, *moved))

    def styled(self, kind: Kind, url: str | None = None) -> "Message":
        """Return the message with an entity around all of it."""
        return replace(self, entities=(Entity(kind, 0, units(self.text), url), *self.entities)) if self else self

    def marked(self, spans: Sequence[Span], kind: Kind) -> "Message":
        """Return a message without entities with one around each span, which are code points in order."""
        runs = [(units(self.text[: span.start]), units(span.of(self.text))) for span in spans]
        return replace(self, entities=tuple(Entity(kind, *run) for run in runs))

    def cut(self, at: int) -> "tuple[Message, Message]":
        """Return what is before and after a code point, with the part of each entity that is there."""
        where, whole = units(self.text[:at]), units(self.text)
        return self._part(self.text[:at], 0, where), self._part(self.text[at:], where, whole)

    def of(self, entity: Entity) -> str:
        """Return the text that an entity is around."""
        encoded = self.text.encode("utf-16-le")
        return encoded[2 * entity.offset : 2 * entity.end].decode("utf-16-le")

    def _part(self, text: str, start: int, end: int) -> "Message":
        parts = ((entity, max(entity.offset, start), min(entity.end, end)) for entity in self.entities)
        kept = (
            replace(entity, offset=first - start, length=last - first) for entity, first, last in parts if first < last
        )
        return Message(text, tuple(kept))


def joined(separator: str, parts: Iterable[Message]) -> Message:
    """Return the parts that are not empty, with the separator between them."""
    whole = Message()
    for part in parts:
        if part:
            whole = whole + Message(separator) + part if whole else part
    return whole


def units(text: str) -> int:
    """Return the length of a text as Telegram counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(text: str) -> Message:
    """Return words of our own, or a name that an article states, on one line and safe to display."""
    return Message(arriving(line(text)).strip())


def sent(words: str) -> str:
    """Return an article's words as they are sent, which is as they arrive.

    They are composed first (NFC), so that an å keeps the ring that Telegram would drop by itself.
    """
    if _SURROGATE.search(words):
        raise VerbatimError("the words hold half of a surrogate pair, which cannot be sent; they are not shown")
    if not (text := arriving(words).strip(" \n")):
        raise VerbatimError("nothing of the words could be sent; they are not shown")
    return text


def arriving(text: str) -> str:
    """Return what arrives of a text, apart from the blanks around a message, which Telegram cuts off as well."""
    composed = _LINE_END.sub("\n", unicodedata.normalize("NFC", text))
    # A letter and an accent may stand side by side only now.
    return unicodedata.normalize("NFC", _BLANK.sub(" ", _DROPPED.sub("", composed)))
