"""From blocks to messages within the limits: cut between blocks, and inside a quote only where it fills a message."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.render.wire import Message, joined, units

# What must not be parted from what stands before it, besides the marks that Unicode calls so: variation selectors, skin
# tones, tags and the second letter of a flag.
_ATTACHED = re.compile("[\u200d\ufe00-\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_LONGEST_CLUSTER = 32
_PART = len(" · part 9999 of 9999")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one message may hold.  A front end passes its library's constants."""

    units: int = 4096  # https://core.telegram.org/bots/api#sendmessage: characters after parsing, UTF-16 code units
    entities: int = 100  # telegram.constants.MessageLimit: undocumented, more are ignored without a word

    def __post_init__(self) -> None:
        if self.units < 256 or self.entities < 16:
            raise ValueError("a message needs room for a name, a source and some words of a quote between them")


TELEGRAM = Limits()
_NOTHING = Message()


@dataclass(frozen=True, slots=True)
class Block:
    """What stays together: a line, or a quote with a line before it and one after it."""

    lead: Message
    quote: Message = _NOTHING
    source: Message = _NOTHING
    number: Message = _NOTHING  # of the statement that the quote is of
    first: bool = True  # whether the number is shown in any case, or only at the top of a message
    gap: str = "\n"

    def head(self, on_top: bool) -> Message:
        return joined(" · ", (self.number if self.first or on_top else _NOTHING, self.lead))

    def whole(self, on_top: bool) -> Message:
        return joined("\n", (self.head(on_top), self.quote, self.source))


def paged(blocks: Iterable[Block], limits: Limits) -> tuple[Message, ...]:
    """Return the blocks that hold something as messages, as few as it takes when they are filled in order."""
    return tuple(_filled((block for block in blocks if block.lead or block.quote), limits))


def _filled(blocks: Iterable[Block], limits: Limits) -> Iterator[Message]:
    page = _NOTHING
    for block in blocks:
        block = _sparing(block, limits)
        longer = page + Message(block.gap) + block.whole(on_top=False) if page else block.whole(on_top=True)
        if _fits(longer, limits):
            page = longer
            continue
        alone = block.whole(on_top=True)
        if page and (_fits(alone, limits) or not _leaves_room(page, limits)):
            yield page
            page = _NOTHING
        if _fits(alone, limits):
            page = alone
        else:
            *full, page = _parts(block, page + Message(block.gap) if page else page, limits)
            yield from full
    if page:
        yield page


def _fits(page: Message, limits: Limits) -> bool:
    return units(page.text) <= limits.units and len(page.entities) <= limits.entities


def _leaves_room(page: Message, limits: Limits) -> bool:
    """Return whether a quote that takes several messages anyway may begin under what the page holds."""
    return units(page.text) <= limits.units // 4 and len(page.entities) <= limits.entities // 4


def _sparing(block: Block, limits: Limits) -> Block:
    """Return the block, without marks in its quote where they would take the room of entities that matter more."""
    entities = block.quote.entities
    if len(entities) <= limits.entities // 2:
        return block
    return replace(block, quote=replace(block.quote, entities=entities[:1]))


def _parts(block: Block, before: Message, limits: Limits) -> list[Message]:
    if not block.quote:
        return _lines(before + block.lead, limits)
    head = before + replace(block, lead=_shortened(block.lead, limits.units // 5)).head(on_top=not before)
    source = _shortened(block.source, limits.units // 5)
    again = joined(" · ", (block.number, Message("continued")))
    chunks: list[Message] = []
    rest = block.quote
    while rest:
        around = units((again if chunks else head).text) + units(source.text) + _PART + len("\n\n")
        chunk, rest = rest.cut(_boundary(rest.text, limits.units - around))
        chunks.append(chunk)
    parts = []
    for number, chunk in enumerate(chunks, start=1):
        # The note comes last, because Telegram would cut off a blank at the end of a message.
        note = Message(f"part {number} of {len(chunks)}")
        below = joined(" · ", (source, note)) if number == len(chunks) else note
        parts.append(joined("\n", (head if number == 1 else again, chunk, below)))
    return parts


def _lines(text: Message, limits: Limits) -> list[Message]:
    """Return a text of our own in parts, without the blanks between them."""
    parts = []
    while text:
        part, text = text.cut(_boundary(text.text, limits.units))
        parts.append(part.cut(len(part.text.rstrip()))[0])
        text = text.cut(len(text.text) - len(text.text.lstrip()))[1]
    return parts


def _shortened(text: Message, most: int) -> Message:
    return text if units(text.text) <= most else text.cut(_boundary(text.text, most - 1))[0] + Message("…")


def _boundary(text: str, room: int) -> int:
    """Return the last place in a text that ends a word, or else a letter, with at most `room` units before it."""
    encoded = text.encode("utf-16-le")[: 2 * room]
    fitting = len(encoded.decode("utf-16-le", "ignore"))  # ignoring half of a surrogate pair at the end
    if fitting == len(text):
        return fitting
    places = range(fitting, 0, -1)
    words = (at for at in places if text[at - 1].isspace() and not _attached(text, at))
    letters = (at for at in places[:_LONGEST_CLUSTER] if not _attached(text, at))
    return next(words, None) or next(letters, fitting)


def _attached(text: str, at: int) -> bool:
    after = text[at]
    return unicodedata.category(after)[0] == "M" or bool(_ATTACHED.match(after)) or text[at - 1] == "\u200d"
