"""The larger sets: where they are, and how they are read.

They are looked for in the folder COVERAGE_BOT_DATA, or else in ../shared/data next to the project.  The texts of the
press in them belong to their publishers and are no part of the project.
"""

import json
import lzma
import os
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def folder() -> Path:
    """Return where the larger sets are, if they are there."""
    return Path(os.environ.get("COVERAGE_BOT_DATA") or ROOT.parent / "shared" / "data")


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a set, told by its path in the folder: an .xz file of JSON lines."""
    with lzma.open(folder() / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]
