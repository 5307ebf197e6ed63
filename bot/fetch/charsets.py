"""Bytes of a web page as text, whatever its server and its head say about them."""

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.+-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_:.+-]{2,40})["']""")
_HEAD = 4096  # bytes in which a page says what its bytes mean; browsers look at a quarter of that
_SAMPLE = 200_000  # bytes that are enough to guess by
# Python has these for other purposes; a page that names one is not to be taken at its word.
_NO_CHARSETS = frozenset({"utf-7", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
# As the web has it (WHATWG Encoding): pages that say the one mean the other.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}


def decode(data: bytes, stated: str | None = None) -> tuple[str, bool]:
    """Return the text of a page, and whether every byte of it could be read.

    A byte order mark goes first; then UTF-8, which other charsets do not look like by chance; then what the server
    states, then the page; then what the bytes look like.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _forced(data[len(mark) :], name)
    head = data[:_HEAD]
    said = [match[1].decode("ascii") for pattern in (_XML, _META) if (match := pattern.search(head))]
    candidates = ["utf-8", *filter(None, map(_codec, [stated or "", *said]))]
    for name in candidates:
        try:
            return data.decode(name), True
        except (UnicodeDecodeError, ValueError):
            continue
    if len(candidates) > 1:
        return _forced(data, candidates[1])
    guess = from_bytes(data[:_SAMPLE]).best()
    return _forced(data, guess.encoding if guess is not None else "utf-8")


def _forced(data: bytes, name: str) -> tuple[str, bool]:
    text = data.decode(name, "replace")
    return text, text.count("\ufffd") == _stated_replacements(data, name)


def _stated_replacements(data: bytes, name: str) -> int:
    """Return how many replacement characters a page holds by itself: some have lost a letter long ago."""
    return data.decode(name, "ignore").count("\ufffd")


def _codec(stated: str) -> str | None:
    """Return the codec for a charset's name, or None where there is none that pages may use."""
    try:
        found = codecs.lookup(stated.strip())
    except (LookupError, ValueError):
        return None
    name = found.name.replace("_", "-")
    # Python marks as such the codecs that make bytes of bytes.
    if name in _NO_CHARSETS or not getattr(found, "_is_text_encoding", True):
        return None
    return _MEANT.get(name, found.name)
