"""A program that is killed while it adds leaves a whole corpus and a whole memory behind."""

import json
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from corpora import read_corpus
from program import Run
from website import Answer, Asked, Website, article, html, xml

from bot.ingest.layout import Furniture

_PAGES = 20
_LAST = "buses will take another way until then, she added.\n"


@pytest.mark.parametrize("kills", [2, pytest.param(100, marks=pytest.mark.slow)], ids=["some", "many"])
def test_a_kill_leaves_everything_whole(
    site: Website, folder: Path, furniture: Furniture, environment: dict[str, str], run: Run, kills: int
) -> None:
    chance = random.Random(kills)
    environment |= {
        "COVERAGE_BOT_FETCH__PRIVATE_HOSTS": '["127.0.0.1"]',
        "COVERAGE_BOT_FETCH__DELAY_SECONDS": "0",
        "COVERAGE_BOT_CORPUS": str(folder),
    }
    addresses = _changing_pages(site)
    for _ in range(kills):
        _killed_while_adding(site, addresses, environment, chance)
        read = read_corpus(folder, furniture)
        assert read.refused == ()
        assert [one.origin for one in read.articles if not one.text.endswith(_LAST)] == []
        assert len({one.url for one in read.articles}) == len(read.articles)
    done = run("add", "--json", *addresses)
    assert done.returncode == 0, done.stderr
    assert "refused" not in {json.loads(line)["outcome"] for line in done.stdout.splitlines()}
    assert len(read_corpus(folder, furniture).articles) == _PAGES * 2
    assert [file.name for file in folder.iterdir() if not file.name.endswith(".md")] == []
    assert list((folder.parent / "state").rglob("*.damaged")) == []


def _changing_pages(site: Website) -> list[str]:
    """Write pages, and a feed of others, whose text is another one each time they are asked for."""

    def changing(asked: Asked) -> Answer:
        return html(article(f"Bridge {asked.path}", more=f"It was {time.monotonic_ns()}. " + "More was said. " * 2000))

    feed = "".join(f"<item><link>{site.address}/fed{n}</link></item>" for n in range(_PAGES))
    site.pages["/feed"] = xml(f"<rss><channel>{feed}</channel></rss>")
    site.pages |= {f"/{kind}{number}": changing for kind in ("page", "fed") for number in range(_PAGES)}
    return [f"{site.address}/page{number}" for number in range(_PAGES)] + [site.address + "/feed"]


def _killed_while_adding(
    site: Website, addresses: list[str], environment: dict[str, str], chance: random.Random
) -> None:
    """Kill the program a moment after some request of it, or when it has ended."""
    wanted = len(site.asked) + chance.randrange(1, 2 * _PAGES)
    program = subprocess.Popen(
        [sys.executable, "-m", "bot", "add", *addresses],
        cwd=environment["PYTHONPATH"], env=environment, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    reached = threading.Event()
    while not reached.wait(0.001) and program.poll() is None:
        if len(site.asked) >= wanted:
            reached.set()
    time.sleep(chance.random() * 0.03)
    program.send_signal(signal.SIGKILL)
    program.wait()
