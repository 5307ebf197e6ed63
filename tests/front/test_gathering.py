"""Whoever asks from a chat adds what stands on the web, and never a file of this machine."""

import pytest

from bot.errors import UsageError
from bot.front.gathering import gather_address
from bot.settings import load


@pytest.mark.parametrize(
    "source",
    ["/etc/hostname", "~/.ssh/id_rsa", "file:///etc/hostname", "notes.txt", "", "--feeds", "https://a.example b"],
)
def test_who_asks_from_afar_adds_no_file_of_this_machine(source: str) -> None:
    with pytest.raises(UsageError, match="one address of the web"):
        gather_address(load(None, None), source, pytest.fail)
