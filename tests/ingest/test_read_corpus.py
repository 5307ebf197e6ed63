"""Reading a folder: what is read, what it becomes, and what is refused with which words."""

import json
import os
import time
from hashlib import sha256
from pathlib import Path

import pytest
from corpora import Corpus, read_corpus

from bot.errors import ConfigurationError
from bot.ingest.layout import Furniture
from bot.model import Article, text_hash

#: SHA-256 of the five seed texts as captured; front matter must not have touched a byte of them.
SEED_TEXTS = {
    "000_166d8fd6c939a9d8": "913582c7b291002362e2068dde64cfc0970c7b9249a69230b9eca679dd39c7e3",
    "001_0f77700f0b2ee103": "73dc6b131cefe5c5562944a0177aea230e557d6f972a2524bddd226f7c237247",
    "002_6e1fb37e046cb65c": "376d8eb0c5dbdeb276a50841614a2c49374b7cc755329c2c6c40c23db855d1e7",
    "003_fbb3ce7330fe43bf": "2b60fa5742611fdbd162ce653b770bcc351462986f426d480bc8b0d2531b7b05",
    "004_2780c6c5c6a93c21": "4d3872647c92572ca48cd5feba81823a8071ba2437a8654578acff1503412dab",
}
BODY = "Ministers met in Kyiv on Monday to talk about air defence.\n\nThey will meet again in the autumn."


class Folder:
    """A corpus folder that a test fills."""

    def __init__(self, path: Path, furniture: Furniture) -> None:
        self.path, self.furniture = path, furniture

    def add(self, name: str, content: str | bytes) -> "Folder":
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def read(self, **limits: int) -> Corpus:
        return read_corpus(self.path, self.furniture, **limits)

    def article(self) -> Article:
        corpus = self.read()
        assert not corpus.refused
        (article,) = corpus.articles
        return article

    def refusal(self, **limits: int) -> tuple[str, int, str]:
        corpus = self.read(**limits)
        (refused,) = corpus.refused
        return Path(refused.file).relative_to(self.path).as_posix(), refused.line, refused.reason


@pytest.fixture
def folder(tmp_path: Path, furniture: Furniture) -> Folder:
    return Folder(tmp_path, furniture)


def row(**fields: object) -> str:
    return json.dumps({"body": BODY} | fields) + "\n"


def page(front_matter: str, body: str = BODY) -> str:
    return f"---\n{front_matter}\n---\n{body}"


def test_seed_texts_are_as_captured_to_the_byte(seeds: Path, furniture: Furniture) -> None:
    corpus = read_corpus(seeds, furniture)
    assert not corpus.refused
    assert {article.id: article.sha256 for article in corpus.articles} == SEED_TEXTS
    for article in corpus.articles:
        raw = (seeds / article.origin).read_bytes()
        assert raw.endswith(article.text.encode())
        assert sha256(article.text.encode()).hexdigest() == article.sha256


def test_seed_metadata_is_what_the_provenance_states_and_nothing_else(seeds: Path, furniture: Furniture) -> None:
    found = [
        (a.id[:3], a.outlet, a.republished_by, a.author, a.published and str(a.published), (a.headline or "")[:20])
        for a in read_corpus(seeds, furniture).articles
    ]
    assert found == [
        ("000", "The Kyiv Independent", None, "Martin Fornusek", "2024-07-15", "Stoltenberg signals "),
        ("001", "Euromaidan Press", "like123.com", None, "2024-07-15T07:54", "Poland’s proposal to"),
        ("002", "Poland Daily 24", None, None, None, ""),
        ("003", "Earthlings 1997", None, None, None, "NATO Rejects Polish "),
        ("004", "Euromaidan Press", "like123.com", None, "2024-09-17T21:00", "Stoltenberg: Each NA"),
    ]


def test_a_caption_s_date_and_a_bio_s_outlet_are_not_the_article_s(folder: Folder, seeds: Path) -> None:
    text = (seeds / "000_166d8fd6c939a9d8.md").read_bytes().split(b"\n---\n", 1)[1]
    article = folder.add("bare.txt", text).article()
    assert (article.published, article.outlet, article.author) == (None, None, None)
    assert article.headline == "Stoltenberg signals opposition to Poland downing missiles over Ukraine"


def test_a_bare_page_has_the_date_that_stands_under_its_headline(folder: Folder, seeds: Path) -> None:
    text = (seeds / "001_0f77700f0b2ee103.md").read_bytes().split(b"\n---\n", 1)[1]
    assert str(folder.add("bare.txt", text).article().published) == "2024-07-15T07:54"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Jul 15, 2024 - 07:54", "2024-07-15T07:54"),
        ("July 15, 2024", "2024-07-15"),
        ("Published: 15 July 2024", "2024-07-15"),
        ("Published: 2024-07-15", "2024-07-15"),
        ("Published on July 15, 2024 at 9:24 PM", "2024-07-15T21:24"),
        ("Monday, July 15, 2024", "2024-07-15"),
        ("Updated: July 16, 2024", None),
        ("15 July", None),
        ("On July 15, 2024, the ministers met in Kyiv.", None),
        ("The minister on July 11, 2023. (Andrey Rudakov/Bloomberg via Getty Images)", None),
    ],
)
def test_only_a_line_that_is_a_date_dates_a_bare_page(folder: Folder, line: str, published: str | None) -> None:
    article = folder.add("a.txt", f"Ministers agree on air defence\n\n{line}\n\n{BODY}").article()
    assert (article.published and str(article.published)) == published
    assert article.headline == "Ministers agree on air defence"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By Jane Doe and Willem de Vries", "Jane Doe and Willem de Vries"),
        ("By Monday the ministers had met.", None),
        ("By and by", None),
    ],
)
def test_a_byline_names_the_author(folder: Folder, line: str, author: str | None) -> None:
    assert folder.add("a.txt", f"Ministers agree on air defence\n\n{line}\n\n{BODY}").article().author == author


def test_front_matter_is_read_and_unknown_keys_are_left_alone(folder: Folder) -> None:
    matter = (
        "id: one\ntitle: No\noutlet: 24\nrepublished_by: like123.com\nauthor: null\npublished: 2024-07\n"
        "url: https://example.org/a\nlanguage: en\nstandfirst: A deck.\ntags: [a, b]\nrating: {a: 1}"
    )
    article = folder.add("a.md", page(matter)).article()
    assert (article.id, article.headline, article.outlet, article.author) == ("one", "No", "24", None)
    assert (article.republished_by, article.url, article.language) == ("like123.com", "https://example.org/a", "en")
    assert (str(article.published), article.text, article.origin) == ("2024-07", BODY, "a.md")
    assert article.sha256 == text_hash(BODY)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"---\nid: a\n---\nLine one.\r\nLine two.\n", "Line one.\r\nLine two.\n"),
        (b"---\r\nid: a\r\n---\r\nLine one.\r\nLine two.", "Line one.\r\nLine two."),
        (b"\xef\xbb\xbf---\nid: a\n---\n\nText.", "\nText."),
        (b"---\nid: a\n--- \nText\n---\nmore", "Text\n---\nmore"),
        (b"---\n---\nText.", "Text."),
        (b"Bare\r\ntext\x0b\x85", None),
        ("Bare\r\ntext\xa0\u2028 ".encode(), "Bare\r\ntext\xa0\u2028 "),
    ],
)
def test_the_text_begins_after_the_closing_line_and_stays_as_it_is(
    folder: Folder, content: bytes, text: str | None
) -> None:
    corpus = folder.add("a.md", content).read()
    assert [article.text for article in corpus.articles] == ([] if text is None else [text])


def test_rows_are_articles_and_lines_are_their_origin(folder: Folder) -> None:
    folder.add("wire.jsonl", row(id="x", title="T", author="None", outlet="", extra=[1]) + "\n" + row(headline=None))
    first, second = folder.read().articles
    assert (first.id, first.headline, first.origin) == ("x", "T", "wire.jsonl:1")
    assert (first.author, first.outlet) == ("None", "")
    assert (second.id, second.headline, second.origin) == (text_hash(BODY)[:16], None, "wire.jsonl:3")


def test_the_order_is_that_of_the_paths_and_other_files_are_left_alone(folder: Folder) -> None:
    for name in ("b/z.md", "a.txt", "b.txt", ".hidden.md", ".git/a1.md", "notes.pdf", "B.MD"):
        folder.add(name, BODY)
    assert [article.origin for article in folder.read().articles] == ["B.MD", "a.txt", "b.txt", "b/z.md"]


def test_an_empty_folder_is_an_empty_corpus(folder: Folder) -> None:
    assert folder.read() == Corpus()


@pytest.mark.parametrize("name", ["missing", "file.md"])
def test_a_folder_that_is_none_is_a_configuration_error(folder: Folder, name: str) -> None:
    folder.add("file.md", BODY)
    with pytest.raises(ConfigurationError, match=f"corpus folder .*{name} cannot be read .*--corpus"):
        read_corpus(folder.path / name, folder.furniture)


@pytest.mark.parametrize(
    ("name", "content", "line", "reason"),
    [
        ("a.txt", b"One line.\nK\xe9v", 2, "not UTF-8: byte 0xe9 at offset 11"),
        ("a.txt", "Text.".encode("utf-16"), 1, "not UTF-8|NUL byte"),
        ("a.md", b"---\nid: a\n---\nText\n\0", 5, "NUL byte at offset 19"),
        ("a.md", b"---\nid: a\nText", 1, "not closed"),
        ("a.md", b"---\nid: a\nurl: [1\n---\nText", 4, "not YAML"),
        ("a.md", b"---\nid: a\nurl: a: b\n---\nText", 3, "not YAML"),
        ("a.md", b"---\nid: \x01\n---\nText", 1, "not YAML"),
        ("a.md", b"---\n- a\n- b\n---\nText", 2, "key: value"),
        ("a.md", b"---\njust words\n---\nText", 2, "key: value"),
        ("a.md", b"---\nid: a\noutlet: [A, B]\n---\nText", 3, "outlet must be text"),
        ("a.md", b"---\nid: a\nauthor:\n  name: A\n---\nText", 3, "author must be text"),
        ("a.md", b"---\nid: a\npublished: 2024-13-45\n---\nText", 3, "published is '2024-13-45'"),
        ("a.md", b"---\npublished: yesterday\n---\nText", 2, "published is 'yesterday'"),
        ("a.md", b"---\nid: ' '\n---\nText", 2, "the id is empty"),
        ("a.md", b"---\nid: a\n---\n \n\xc2\xa0\n", 4, "no text"),
        ("a.md", b"---\nid: a\n---", 3, "no text"),
        ("a.txt", b"", 1, "no text"),
        ("a.md", b"---\nx: " + b"[" * 5000 + b"\n---\nText", None, "not YAML"),
        ("a.jsonl", b'{"body": "Text."', 1, "not JSON"),
        ("a.jsonl", b'\n\n{"id": "a", "body": "Caf\xe9."}', 3, "not UTF-8: byte 0xe9"),
        ("a.jsonl", b'["Text."]', 1, "no object"),
        ("a.jsonl", b"[" * 100_000, 1, "JSON"),
        ("a.jsonl", b'{"n": ' + b"9" * 5000 + b', "body": "a"}', 1, "number that is too long"),
        ("a.jsonl", b'{"id": "a"}', 1, "has no body"),
        ("a.jsonl", b'{"body": null}', 1, "has no body"),
        ("a.jsonl", b'{"body": ["Text."]}', 1, "body that is not text"),
        ("a.jsonl", b'{"body": " \\n "}', 1, "no text"),
        ("a.jsonl", b'{"body": "a\\ud800b"}', 1, "surrogate"),
        ("a.jsonl", b'{"body": "a\\u0000b"}', 1, "NUL"),
        ("a.jsonl", b'{"body": "Text.", "outlet": 7}', 1, "outlet must be text"),
        ("a.jsonl", b'{"body": "Text.", "id": true}', 1, "id must be text"),
        ("a.jsonl", b'{"body": "Text.", "published": "2024-02-30"}', 1, "published is '2024-02-30'"),
    ],
)
def test_a_refusal_names_file_line_and_reason(
    folder: Folder, name: str, content: bytes, line: int | None, reason: str
) -> None:
    folder.add(name, content).add("sound.txt", BODY)
    file, where, why = folder.refusal()
    assert file == name
    assert where == line or line is None
    assert any(part in why for part in reason.split("|")), why
    assert len(folder.read().articles) == 1


def test_one_bad_row_does_not_take_the_others_with_it(folder: Folder) -> None:
    folder.add("a.jsonl", row(id="a") + "{\n" + row(id="b", body="Other text."))
    corpus = folder.read()
    assert [article.id for article in corpus.articles] == ["a", "b"]
    assert [refused.line for refused in corpus.refused] == [2]


def test_the_first_of_two_articles_with_one_id_stays(folder: Folder) -> None:
    folder.add("a.md", page("url: x\nid: same")).add("b.md", page("url: x\nid: same", "Other."))
    file, line, reason = folder.refusal()
    assert (file, line) == ("b.md", 3)
    assert "'same' is taken by a.md" in reason
    assert [article.origin for article in folder.read().articles] == ["a.md"]


def test_the_same_row_twice_is_one_article(folder: Folder) -> None:
    folder.add("a.jsonl", row() + row())
    file, line, reason = folder.refusal()
    assert (file, line) == ("a.jsonl", 2)
    assert "a.jsonl:1" in reason


def test_what_is_too_large_is_refused_at_once(folder: Folder) -> None:
    folder.add("a.jsonl", row(id="a") + json.dumps({"body": "word " * 4_000_000}) + "\n" + row(id="b"))
    start = time.perf_counter()
    assert folder.refusal() == (
        "a.jsonl", 2, "larger than 10 MB, the most one article may take; please split or shorten it"
    )  # fmt: skip
    assert time.perf_counter() - start < 2
    assert [article.id for article in folder.read().articles] == ["a", "b"]


def test_a_page_may_be_as_large_as_the_limit(folder: Folder) -> None:
    folder.add("a.txt", BODY)
    assert not folder.read(largest=len(BODY)).refused
    assert folder.refusal(largest=len(BODY) - 1)[:2] == ("a.txt", 1)


def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path, furniture: Furniture) -> None:
    outside = Folder(tmp_path / "outside", furniture).add("secret.md", BODY)
    folder = Folder(tmp_path / "corpus", furniture).add("real.md", BODY)
    for name, target in {"a.md": "../outside/secret.md", "dir": "../outside", "gone.md": "nowhere.md"}.items():
        (folder.path / name).symlink_to(target)
    (folder.path / "again.txt").symlink_to("real.md")
    corpus = folder.read()
    assert [article.origin for article in corpus.articles] == ["again.txt", "real.md"]
    assert [Path(refused.file).name for refused in corpus.refused] == ["a.md", "dir", "gone.md"]
    assert "leads out of the corpus folder" in corpus.refused[0].reason
    assert "leads nowhere" in corpus.refused[2].reason
    assert outside.path.exists()


def test_a_pipe_is_refused_and_not_waited_for(folder: Folder) -> None:
    os.mkfifo(folder.path / "a.md")
    assert "no ordinary file" in folder.refusal()[2]
