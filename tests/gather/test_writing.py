"""What is written into the corpus is read back as it is, stands once, and stays inside."""

import os
import re
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from canonical import ADDRESSES
from corpora import read_corpus
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import RefusedArticle, RefusedSource
from bot.gather.writing import CorpusFolder, Draft
from bot.ingest.files import FIELDS, read_page, write_page
from bot.ingest.layout import Furniture

TODAY = date(2026, 11, 22)
NOBODY = 65534
URL = "https://daily-post.example/bridge"
BODY = "“The bridge is closed,” said Maria Kowalska.\n"

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=200)
words = texts.map(lambda text: " ".join(text.split())).filter(bool)
values = st.one_of(words, st.sampled_from(["No", "null", "~", "2024", "2024-07-15", "- x", "a: b", "#", "*x", "---"]))
fields = st.dictionaries(st.sampled_from(sorted(FIELDS)), values)


def draft(text: str = BODY, url: str = URL, **more: str) -> Draft:
    return Draft(text, ADDRESSES.key(url), {"url": url, "headline": "Bridge"} | more, {"headline": "og:title"})


@given(text=texts.filter(lambda text: text.strip("\ufeff \t\r\n") and not text.isspace()), stated=fields)
def test_every_article_is_read_back_as_it_was_written(text: str, stated: dict[str, str]) -> None:
    by = dict.fromkeys(stated, "og:title")
    record = read_page(write_page(text, stated | {"retrieved": "2026-11-22", "stated_by": by}), "x.md")
    assert (record.text, record.fields, record.stated_by) == (text, stated, by)


@pytest.mark.parametrize("text", ["", " \n", "half \ud800", "nul \0"])
def test_what_no_file_can_hold_is_refused(text: str) -> None:
    with pytest.raises(RefusedArticle):
        write_page(text, {})


def test_a_person_can_read_what_is_written(folder: Path) -> None:
    kept = CorpusFolder(folder, ADDRESSES).put(draft(published="2024-07-15", headline="Bridge: “closed”"), TODAY)
    assert kept.file.read_text(encoding="utf-8") == (
        "---\n"
        "headline: 'Bridge: “closed”'\n"
        "published: 2024-07-15\n"
        "url: https://daily-post.example/bridge\n"
        "retrieved: 2026-11-22\n"
        "stated_by:\n"
        "  headline: og:title\n"
        "---\n" + BODY
    )


def test_the_corpus_reads_what_was_written(folder: Path, furniture: Furniture) -> None:
    kept = CorpusFolder(folder, ADDRESSES).put(draft(outlet="Daily Post", author="Anna", published="2024-07"), TODAY)
    [article] = read_corpus(folder, furniture).articles
    read = (article.id, article.text, article.headline, article.outlet, str(article.published), article.url)
    assert read == (kept.article_id, BODY, "Bridge", "Daily Post", "2024-07", URL)


def test_one_page_has_one_file_whose_text_is_the_last(folder: Path) -> None:
    corpus = CorpusFolder(folder, ADDRESSES)
    first = corpus.put(draft(), TODAY)
    other_way = draft(url="http://www.daily-post.example/bridge/?utm_source=x#top")
    again = CorpusFolder(folder, ADDRESSES).put(other_way, TODAY)
    changed = corpus.put(draft(BODY + "More.\n", headline="Bridge open"), TODAY)
    assert [kept.outcome for kept in (first, again, changed)] == ["added", "unchanged", "updated"]
    assert [first.file, again.file, changed.file] == [next(folder.iterdir())] * 3
    record = read_page(first.file.read_bytes(), "x")
    assert (record.text, record.fields["headline"]) == (BODY + "More.\n", "Bridge open")


@pytest.mark.parametrize(
    "front",
    [f"url: {URL}", f'url: "{URL}"', f"url:   {URL}   # the original", f"url: >-\n  {URL}", f"url: '{URL}/'"],
)
def test_a_page_that_somebody_wrote_down_by_hand_is_found(folder: Path, front: str) -> None:
    by_hand = folder / "below" / "mine.md"
    by_hand.parent.mkdir()
    by_hand.write_text(f"---\nid: bridge\noutlet: The Daily Post\n{front}\n---\n{BODY}", encoding="utf-8")
    corpus = CorpusFolder(folder, ADDRESSES)
    kept = corpus.put(draft(outlet="daily-post.example"), TODAY)
    assert (kept.outcome, kept.file, kept.article_id) == ("unchanged", by_hand, "bridge")
    assert corpus.put(draft("Other words.\n", outlet="daily-post.example"), TODAY).file == by_hand
    record = read_page(by_hand.read_bytes(), "x")
    assert record.text == "Other words.\n"
    assert record.fields["outlet"] == "The Daily Post"  # a person's word goes before a page's


def test_a_field_that_a_tag_stated_follows_the_page(folder: Path) -> None:
    corpus = CorpusFolder(folder, ADDRESSES)
    by = {"outlet": "og:site_name", "author": "author"}
    corpus.put(Draft(BODY, "k", {"outlet": "Post", "author": "Anna"}, by), TODAY)
    kept = corpus.put(Draft("New.\n", "k", {"outlet": "The Post"}, by), TODAY)
    assert read_page(kept.file.read_bytes(), "x").fields == {"outlet": "The Post"}


def test_an_article_in_a_file_of_rows_is_found_and_not_rewritten(folder: Path) -> None:
    rows = folder / "archive.jsonl"
    rows.write_text(f'{{"body": "Other.", "id": "a"}}\nbroken\n{{"body": "Words.", "id": "b", "url": "{URL}"}}\n')
    before = rows.read_bytes()
    assert CorpusFolder(folder, ADDRESSES).put(draft("Words."), TODAY).article_id == "b"
    with pytest.raises(RefusedSource, match="please change it there"):
        CorpusFolder(folder, ADDRESSES).put(draft("New words."), TODAY)
    assert rows.read_bytes() == before
    assert list(folder.iterdir()) == [rows]


def test_an_id_that_is_taken_is_refused(folder: Path) -> None:
    (folder / "bridge.md").write_text("Words.")
    with pytest.raises(RefusedSource, match=r"the id 'bridge' is taken by bridge\.md"):
        CorpusFolder(folder, ADDRESSES).put(draft(id="bridge"), TODAY)


def test_a_file_that_somebody_broke_is_left_as_it_is(folder: Path) -> None:
    corpus = CorpusFolder(folder, ADDRESSES)
    kept = corpus.put(draft(), TODAY)
    kept.file.write_text("---\nheadline: [\n---\nWords")
    with pytest.raises(RefusedSource, match="cannot be kept"):
        corpus.put(draft("New.\n"), TODAY)
    assert kept.file.read_text() == "---\nheadline: [\n---\nWords"


@given(key=st.text(max_size=100), name=st.text(max_size=100))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_name_leads_out_of_the_folder(key: str, name: str) -> None:
    allowed = set(string.ascii_lowercase + string.digits + "-")
    made = Draft("x", key, name=name).file_name
    assert made.endswith(".md")
    assert set(made.removesuffix(".md")) <= allowed
    assert not made.startswith("-")
    assert len(made) < 100


@pytest.mark.parametrize("key", ["../../etc/passwd", "/etc/passwd", "..", "a/../../b", "~root", "con", "żółw/\x00"])
def test_what_looks_like_a_path_is_a_name(folder: Path, key: str) -> None:
    kept = CorpusFolder(folder, ADDRESSES).put(Draft(BODY, key), TODAY)
    assert kept.file.parent == folder
    assert re.fullmatch(r"[a-z0-9-]+\.md", kept.file.name)


def test_a_link_in_the_place_of_an_article_is_not_followed(tmp_path: Path, folder: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("mine")
    (folder / draft().file_name).symlink_to(outside)
    with pytest.raises(RefusedSource, match="no ordinary file"):
        CorpusFolder(folder, ADDRESSES).put(draft(), TODAY)
    assert outside.read_text() == "mine"


def test_a_linked_file_or_folder_is_not_written_through(tmp_path: Path, folder: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.md").write_text(f"---\nurl: {URL}\n---\nmine")
    (folder / "linked").symlink_to(outside)
    (folder / "also.md").symlink_to(outside / "mine.md")
    assert CorpusFolder(folder, ADDRESSES).put(draft(), TODAY).outcome == "added"
    assert (outside / "mine.md").read_text() == f"---\nurl: {URL}\n---\nmine"
    assert list(outside.iterdir()) == [outside / "mine.md"]


def test_what_a_killed_program_left_unfinished_is_cleared_away(folder: Path) -> None:
    (folder / ".adding-123-x.tmp").write_text("half of")
    CorpusFolder(folder, ADDRESSES)
    assert list(folder.iterdir()) == []


def test_a_file_keeps_its_permissions(folder: Path) -> None:
    corpus = CorpusFolder(folder, ADDRESSES)
    kept = corpus.put(draft(), TODAY)
    kept.file.chmod(0o640)
    corpus.put(draft("New.\n"), TODAY)
    assert kept.file.stat().st_mode & 0o777 == 0o640


@pytest.fixture
def unwritable() -> Iterator[Path]:
    """A folder that may only be read, with an article and a half; root, who may write everywhere, is nobody for it."""
    user = os.geteuid()
    with TemporaryDirectory() as made:
        folder = Path(made, "corpus")
        folder.mkdir()
        CorpusFolder(folder, ADDRESSES).put(draft(), TODAY)
        (folder / ".adding-123-x.tmp").write_text("half of")
        Path(made).chmod(0o755)
        folder.chmod(0o555)
        os.seteuid(user or NOBODY)
        yield folder
        os.seteuid(user)
        folder.chmod(0o755)


def test_a_folder_that_may_only_be_read_has_its_articles_and_refuses_others(unwritable: Path) -> None:
    corpus = CorpusFolder(unwritable, ADDRESSES)
    assert corpus.put(draft(), TODAY).outcome == "unchanged"
    for new in (draft("New.\n"), draft(url="https://another.example/a")):
        with pytest.raises(RefusedSource, match="cannot be written"):
            corpus.put(new, TODAY)
