"""How tests run the program as its users do, and the articles they write for it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ARTICLE = "---\nid: {id}\nheadline: On {id}\noutlet: {outlet}\n{more}---\n{body}\n"


def write_article(folder: Path, identity: str, body: str, outlet: str = "Daily Post", more: str = "") -> Path:
    file = folder / f"{identity}.md"
    text = ARTICLE.format(id=identity, outlet=outlet, more=more, body=body)
    file.write_text(text, encoding="utf-8", newline="\n")
    return file
