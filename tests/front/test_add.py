"""`coverage-bot add`: what it prints where, and how it ends."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Run
from website import Website, article, html, website, xml


@pytest.fixture
def site() -> Iterator[Website]:
    with website() as one:
        yield one


@pytest.fixture
def folder(tmp_path: Path, environment: dict[str, str]) -> Path:
    environment["COVERAGE_BOT_FETCH__PRIVATE_HOSTS"] = '["127.0.0.1"]'
    environment["COVERAGE_BOT_FETCH__DELAY_SECONDS"] = "0"
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def test_every_source_is_a_line_on_stderr_and_one_of_json_on_stdout(run: Run, site: Website, folder: Path) -> None:
    site.pages["/a"] = html(article())
    done = run("add", site.address + "/a", site.address + "/gone", "--json", "--corpus", str(folder))
    rows = {row["source"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 1
    added, refused = rows[site.address + "/a"], rows[site.address + "/gone"]
    assert (added["outcome"], added["reason"], added["file"]) == ("added", None, f"{folder / added['id']}.md")
    assert (refused["outcome"], refused["id"]) == ("refused", None)
    assert sorted(done.stderr.splitlines()) == [
        f"added {site.address}/a → {added['id']}",
        f"refused {site.address}/gone: there is no such page (404); please check the address",
    ]


def test_what_was_added_is_answered_from(run: Run, site: Website, folder: Path) -> None:
    site.pages["/a"] = html(article())
    assert run("add", site.address + "/a", "--corpus", str(folder)).returncode == 0
    asked = run("ask", "What did Kowalska say about the bridge?", "--json", "--corpus", str(folder))
    [quote] = [quote for one in json.loads(asked.stdout)["statements"] for quote in one["quotes"]][:1]
    assert (quote["text"], quote["speaker"]) == ("The bridge is closed until spring,", "Maria Kowalska")
    assert (quote["article"]["outlet"], quote["article"]["url"]) == ("Daily Post", site.address + "/a")


def test_feeds_are_those_of_feeds_toml_and_cron_hears_of_news_alone(
    run: Run, site: Website, folder: Path, tmp_path: Path
) -> None:
    site.pages |= {"/rss": xml(f"<rss><channel><item><link>{site.address}/a</link></item></channel></rss>")}
    site.pages["/a"] = html(article())
    config = tmp_path / "config" / "bot.toml"
    config.parent.mkdir()
    config.write_text("")
    arguments = ("add", "--feeds", "--corpus", str(folder), "--config", str(config))
    nothing = run(*arguments)
    assert (nothing.returncode, "no feeds are named" in nothing.stderr) == (78, True)
    (config.parent / "feeds.toml").write_text(f'[[feeds]]\nurl = "{site.address}/rss"\noutlet = "The Post"\n')
    first, again = run(*arguments), run(*arguments)
    assert (first.returncode, first.stderr.startswith("added ")) == (0, True)
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    del site.pages["/rss"]
    assert [run(*arguments).returncode for _ in "12"] == [1, 0]  # a failure is told once


def test_misuse(run: Run, tmp_path: Path) -> None:
    assert run("add").returncode == 2
    assert "no such folder" in run("add", "x.md", "--corpus", str(tmp_path / "absent")).stderr
    (tmp_path / "corpus").mkdir()
    bare = run("add", "daily-post.example/bridge", "--corpus", str(tmp_path / "corpus"))
    assert (bare.returncode, "write an address with https://" in bare.stderr) == (1, True)


def test_what_sources_say_does_no_harm_to_a_terminal(run: Run, folder: Path) -> None:
    done = run("add", "\x1b[31mred", "--corpus", str(folder))
    assert "\x1b" not in done.stderr
