"""Text as it may be displayed: on one line, and without characters that command a terminal.

Only what is displayed is changed, after the words were checked; JSON holds them as they are.
"""

import re

# Controls (an escape sequence begins with one), bidirectional marks that can reorder what follows, halves of surrogate
# pairs, which no encoding can print, and the two separators that end a line for some readers.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]*[\t\r\n][ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]*")
_PICTURES = 0x2400  # U+2400 and following picture the control characters from U+0000 to U+001F


def line(text: str) -> str:
    """Return the text on one line, every unsafe character replaced by something that shows it was there."""
    return _UNSAFE.sub(_shown, _SPACE.sub(" ", text))


def lines(text: str) -> str:
    """Return the text safe to display, with its lines and tabs."""
    return re.sub("[^\n\t]+", lambda run: _UNSAFE.sub(_shown, run[0]), text.replace("\r\n", "\n"))


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
