"""What tests of the bot say and look at again and again."""

from typing import Any

from people import buttons

Q1 = "what did Stoltenberg say about strikes in Russia"
SELF_DEFENSE = "Ukraine has the right to self-defense, including strikes on the aggressor’s territory."


def quoted(message: dict[str, Any]) -> list[str]:
    """Return the words in the blockquotes of a message."""
    raw = str(message["text"]).encode("utf-16-le")
    return [
        raw[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
        for entity in message.get("entities", [])
        if entity["type"] in ("blockquote", "expandable_blockquote")
    ]


def label(message: dict[str, Any], part: str) -> str:
    """Return the whole label of the button that holds a word."""
    return str(next(button["text"] for button in buttons(message) if part in str(button["text"])))


def labels(message: dict[str, Any]) -> list[str]:
    return [str(button["text"]) for button in buttons(message)]
