"""What nobody meant to hand the program: each gets a clear answer or error, the right exit code, and fast."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from program import Run

ON_BRIDGE = "What did Stoltenberg say about the bridge?"


@pytest.fixture(autouse=True)
def _fast() -> Iterator[None]:
    begun = time.perf_counter()
    yield
    assert time.perf_counter() - begun < 20  # seconds; a second and a half where the machine does nothing else


def test_an_empty_corpus(run: Run, tmp_path: Path) -> None:
    done = run("ask", ON_BRIDGE, "--corpus", str(tmp_path))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == "There are no articles to answer from. Add some to the corpus folder and reload.\n"


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("ask", ON_BRIDGE, "--corpus", str(tmp_path / "absent"))
    assert (done.returncode, done.stdout) == (78, "")
    assert "there is no such folder of articles" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("picture.md", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary file"),
        ("latin.txt", "Władysław powiedział".encode("iso-8859-2"), "not UTF-8"),
        ("date.md", b"---\npublished: the 32nd of May\n---\nWords.\n", "published is 'the 32nd of May'"),
        ("open.md", b"---\noutlet: Daily Post\nWords.\n", "not closed"),
        ("twin.md", b"---\nid: dated\n---\nWords.\n", "the id 'dated' is taken by dated.md"),
        ("empty.md", b"", "no text"),
        ("line.txt", b"word " * 4_000_000, "larger than 10 MB"),
        ("rows.jsonl", b'{"body": "' + b"word " * 4_000_000 + b'"}\n', "larger than 10 MB"),
        ("list.jsonl", b"[1, 2]\n", "no object"),
        ("deep.jsonl", b"[" * 100_000, "nested too deeply"),
        ("half.jsonl", b'{"body": "\\ud800 said so"}\n', "half of a surrogate pair"),
    ],
)
def test_an_article_that_cannot_be_read(run: Run, corpus: Path, name: str, content: bytes, says: str) -> None:
    """It is named and left out, the others answer, and `check` finds it."""
    (corpus / name).write_bytes(content)
    done = run("ask", ON_BRIDGE, "--corpus", str(corpus))
    assert (done.returncode, done.stderr.count("\n")) == (0, 1)
    assert f"{corpus / name}:" in done.stderr
    assert says in done.stderr
    checked = run("check", "--corpus", str(corpus))
    assert (checked.returncode, checked.stderr) == (1, "")
    assert checked.stdout.count(f"{corpus / name}:") == 1


@pytest.mark.parametrize(
    ("question", "code", "reason"),
    [
        ("", 1, "empty_question"),
        ("?!… — “”", 1, "empty_question"),
        ("what is it that they did and why", 1, "empty_question"),
        ("\x1b[\x00\x07\u202e\u2028", 1, "empty_question"),
        ("\udfff \ud800", 1, "empty_question"),
        ("\ufffd\ufffe\uffff", 1, "empty_question"),
        ("zzyzx " * 1_700, 1, "no_passage"),
        ("What did Stoltenberg say about the bridge" + "?" * 10_000, 0, None),
        ("What did Stoltenberg\x00 say about the\x1b bridge?", 0, None),
        ("WHAT DID STOLTENBERG SAY ABOUT THE BRIDGE", 0, None),
        ("(" * 10_000, 1, "empty_question"),
    ],
)
def test_a_strange_question(run: Run, corpus: Path, question: str, code: int, reason: str | None) -> None:
    asked = json.dumps({"id": 1, "question": question, "history": [question]})
    done = run("ask", "--batch", "-", "--json", "--corpus", str(corpus), stdin=asked)
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["reason"], answer["status"]) == (reason, "abstained" if code else "answered")
    assert answer["elapsed_ms"] < 5_000  # a fifth of a second for the longest, where the machine is idle
    if "\x00" not in question and "\ud800" not in question:  # which no argument can hold
        done = run("ask", question, "--corpus", str(corpus))
        assert (done.returncode, done.stderr) == (code, "")
        assert not set("\x1b\x07\u202e") & set(done.stdout)


def test_lone_surrogates_in_a_file_of_questions(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_text('{"id": "\\ud800", "question": "what did \\udfffStoltenberg say", "history": ["\\ud800"]}\n')
    done = run("ask", "--batch", str(file), "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["status"] == "answered"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[answer]\nstatement = 3\n", "answer.statement: there is no such key; did you mean statements?"),
        ("[answers]\n", "answers: there is no such section; did you mean answer?"),
        ("[answer\n", "this is not TOML"),
    ],
)
def test_a_configuration_that_cannot_be_used(run: Run, tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "bot.toml"
    file.write_text(text, encoding="utf-8")
    done = run("ask", ON_BRIDGE, "--config", str(file))
    assert (done.returncode, done.stdout) == (78, "")
    assert says in done.stderr


def test_a_word_list_that_is_none(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bot.toml").write_text("", encoding="utf-8")
    (tmp_path / "speech.toml").write_text("say = []\n", encoding="utf-8")
    done = run("ask", ON_BRIDGE, "--config", str(tmp_path / "bot.toml"))
    assert (done.returncode, done.stdout) == (78, "")
    assert "a word list lacks the key" in done.stderr
