"""Buttons under an answer.  The question that a button goes on from is the message which the answer replies to."""

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

_VERSION = "1"
_MORE = "more"


@dataclass(frozen=True, slots=True)
class More:
    """Asks for the statements behind the first `shown`, of a library of some revision."""

    shown: int
    revision: str

    @property
    def data(self) -> str:
        data = f"{_VERSION}:{_MORE}:{self.shown}:{self.revision}"
        assert len(data.encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
        return data

    @classmethod
    def read(cls, data: str) -> "More | None":
        """Return what a button's data says, or None where it is of another version or none of ours."""
        parts = data.split(":")
        if len(parts) != 4 or parts[:2] != [_VERSION, _MORE] or not parts[2].isdecimal():
            return None
        return cls(int(parts[2]), parts[3])


def more_button(shown: int, left: int, revision: str) -> InlineKeyboardMarkup | None:
    """Return the keyboard that shows further statements, or None where there are none."""
    if not left:
        return None
    label = f"{left} further statement{'' if left == 1 else 's'}"
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=More(shown, revision).data)]])
