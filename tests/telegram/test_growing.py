"""Coverage that grows while the bot runs: `/add` by an administrator, and feeds on a schedule."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from time import sleep

from bot_process import Starter
from program import Run, write_article
from server import BotApiServer
from talk import quoted
from website import article, html, website, xml

ROOT = Path(__file__).parents[2]
ADMIN = {"COVERAGE_BOT_TELEGRAM__ADMINS": "[7]", "COVERAGE_BOT_FETCH__DELAY_SECONDS": "0"}


def test_an_article_is_added_from_the_chat_and_can_be_asked_about_at_once(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    write_article(folder, "a", "“The road is shut,” said Jan Kowal.")
    with website() as site:
        site.pages["/bridge"] = html(article())
        bot_process(server, corpus=folder, COVERAGE_BOT_FETCH__PRIVATE_HOSTS=json.dumps(["127.0.0.1"]), **ADMIN)
        admin, alice = server.user("Chief", identity=7), server.user("Alice")
        alice.says(f"/add {site.address}/bridge")
        admin.says(f"/add {site.address}/bridge")
        report = admin.hear()
        server.until(lambda: report["text"].startswith("added"), 30)
        assert "Read again: 2 articles" in report["text"]
        alice.says("What did Maria Kowalska say about the bridge?")
        assert "“The bridge is closed until spring,”" in quoted(alice.hear())
        admin.says("/add /etc/passwd")
        refused = admin.hear()
        server.until(lambda: "one address of the web" in refused["text"], 10)


def test_what_takes_its_time_to_fetch_says_how_far_it_is(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    with website() as site:
        items = [f"<item><title>Bridge {n}</title><link>{site.address}/{n}</link></item>" for n in range(2)]
        site.pages["/feed"] = xml(f"<rss version='2.0'><channel><title>Post</title>{''.join(items)}</channel></rss>")
        site.pages["/0"] = html(article("Bridge 0"))
        site.pages["/1"] = lambda asked: sleep(8) or html(article("Bridge 1"))
        bot_process(server, corpus=tmp_path, COVERAGE_BOT_FETCH__PRIVATE_HOSTS=json.dumps(["127.0.0.1"]), **ADMIN)
        admin = server.user("Chief", identity=7)
        admin.says(f"/add {site.address}/feed")
        report, seen = admin.hear(), set()
        server.until(lambda: seen.add(report["text"]) or "Read again: 2 articles" in report["text"], 60)
        assert f"Fetching from {site.address}/feed: 1 done, at last {site.address}/0 …" in seen


def test_a_private_address_is_refused_and_the_reason_told(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    bot_process(server, corpus=tmp_path, **ADMIN)
    admin = server.user("Chief", identity=7)
    admin.says("/add http://127.0.0.1:9/secrets")
    report = admin.hear()
    server.until(lambda: report["text"].startswith("refused"), 30)
    assert list(tmp_path.glob("*.md")) == []


def test_feeds_are_looked_at_and_what_fails_is_told_to_administrators(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    folder, settings = tmp_path / "articles", tmp_path / "config"
    folder.mkdir()
    shutil.copytree(ROOT / "config", settings)
    with website() as site:
        item = f"<item><title>Bridge to stay closed</title><link>{site.address}/bridge</link></item>"
        site.pages["/feed"] = xml(f"<rss version='2.0'><channel><title>Post</title>{item}</channel></rss>")
        site.pages["/bridge"] = html(article())
        feeds = [f'[[feeds]]\nurl = "{site.address}/{path}"\n' for path in ("feed", "gone")]
        (settings / "feeds.toml").write_text("\n".join(feeds), encoding="utf-8")
        server.user("Chief", identity=7).says("/status")
        bot = bot_process(
            server, "--config", str(settings / "bot.toml"), corpus=folder,
            COVERAGE_BOT_FETCH__PRIVATE_HOSTS=json.dumps(["127.0.0.1"]), **ADMIN,
        )  # fmt: skip
        bot.wait_for_log("looked at the feeds: 1 new", 30)
        server.until(lambda: any("/gone" in message["text"] for message in server.sent), 10)
        alice = server.user("Alice")
        alice.says("What did Maria Kowalska say about the bridge?")
        assert "“The bridge is closed until spring,”" in quoted(alice.hear())


def test_feeds_that_cannot_be_looked_at_are_told_once(
    server: BotApiServer, bot_process: Starter, tmp_path: Path
) -> None:
    settings = tmp_path / "config"
    shutil.copytree(ROOT / "config", settings)
    (settings / "feeds.toml").write_text('[[feeds]]\nlink = "https://post.example/feed"\n', encoding="utf-8")
    server.user("Chief", identity=7).says("/status")
    bot = bot_process(
        server, "--config", str(settings / "bot.toml"), corpus=tmp_path, COVERAGE_BOT_FEEDS__MINUTES="0.02", **ADMIN
    )
    for _ in range(3):
        bot.wait_for_log("could not be looked at", 30, after=len(bot.lines))
    told = [message["text"] for message in server.sent if "could not be looked at" in message["text"]]
    assert len(told) == 1
    assert "feed 1 has no address" in told[0]


def test_a_long_reload_says_how_far_it_is(server: BotApiServer, bot_process: Starter, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    bot_process(server, corpus=folder, **ADMIN)
    said = "“Pillar {} has cracks of {} millimetres,” said Jan Kowal, the engineer, on Monday.\n\n"
    rows = (json.dumps({"id": str(n), "body": "".join(said.format(n, k) for k in range(60))}) for n in range(600))
    (folder / "many.jsonl").write_text("\n".join(rows), encoding="utf-8")
    admin = server.user("Chief", identity=7)
    admin.says("/reload")
    report, seen = admin.hear(), set()
    server.until(lambda: seen.add(report["text"]) or report["text"].startswith("Read again: 600 articles"), 120)
    assert any(re.fullmatch(r"Reading the articles: \d+ of 600 …", text) for text in seen), seen


def test_a_page_that_changed_keeps_its_id_and_history_and_its_lost_quote_is_withdrawn(
    server: BotApiServer, bot_process: Starter, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    with website() as site:
        site.pages["/bridge"] = html(article())
        bot_process(server, corpus=folder, COVERAGE_BOT_FETCH__PRIVATE_HOSTS=json.dumps(["127.0.0.1"]), **ADMIN)
        admin, alice = server.user("Chief", identity=7), server.user("Alice")
        admin.says(f"/add {site.address}/bridge")
        added = admin.hear()
        server.until(lambda: "Read again: 1 article" in added["text"], 30)
        rows = run("quotes", "--format", "jsonl", "--corpus", str(folder)).stdout.splitlines()
        before = [json.loads(row) for row in rows]
        [lost] = [quote["id"] for quote in before if quote["text"] == "The bridge is closed until spring,"]
        site.pages["/bridge"] = html(article().replace(b"closed until spring", b"closed until summer"))
        admin.says(f"/add {site.address}/bridge")
        report = admin.hear()
        server.until(lambda: "Quotes gained: 1, lost: 1." in report["text"], 30)
        assert report["text"].startswith("updated")
        alice.says(f"/start q_{lost}")
        assert re.match(rf"This quote was withdrawn on {date.today():%-d %B %Y}: ", alice.hear()["text"])
        [file] = folder.iterdir()
        history = json.loads(run("article", file.stem, "--json", "--corpus", str(folder)).stdout)["history"]
        assert [lost in change["withdrawn"] for change in history][-1]
        file.unlink()
        admin.says("/reload")
        gone = admin.hear()
        server.until(lambda: f"Removed: {file.stem}" in gone["text"], 30)
        alice.says("What did Maria Kowalska say about the bridge?")
        assert "no articles" in alice.hear()["text"].lower()
