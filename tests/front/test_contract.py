"""The contract of the command line: exit codes, and data on stdout with everything else on stderr."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from program import Run, write_article

ANSWERED = "What did Stoltenberg say about strikes in Russia?"
ABSTAINED = "What did Macron say about strikes in Russia?"


def test_an_answer(run: Run) -> None:
    done = run("ask", ANSWERED)
    assert done.returncode == 0
    assert "Stoltenberg" in done.stdout
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_an_abstention(run: Run) -> None:
    done = run("ask", ABSTAINED)
    assert done.returncode == 1
    assert "Macron" in done.stdout
    assert done.stderr == ""


def test_an_empty_question_is_abstained_from(run: Run) -> None:
    done = run("ask", "", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["reason"] == "empty_question"


def test_json_is_one_object_whose_quotes_are_slices_of_their_articles(run: Run) -> None:
    done = run("ask", "--json", ANSWERED)
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["status"]) == (0, "answered")
    assert done.stdout.count("\n") == 1
    quotes = [quote for statement in answer["statements"] for quote in statement["quotes"]]
    assert quotes
    cited = {quote["article"]["id"] for quote in quotes}
    texts = {one: json.loads(run("article", one, "--json").stdout)["text"] for one in cited}
    for quote in quotes:
        text = texts[quote["article"]["id"]]
        assert quote["text"] == " ".join(text[start:end] for start, end in quote["spans"])


def test_statements_limits_what_is_shown(run: Run) -> None:
    shown = [json.loads(run("ask", "--json", "--statements", n, ANSWERED).stdout) for n in ("1", "3")]
    assert [len(answer["statements"]) <= most for answer, most in zip(shown, (1, 3), strict=True)] == [True, True]
    assert len(shown[0]["statements"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", "a", "--batch", "-"),
        ("ask", "--batch", "no-such-file"),
        ("ask", "--today", "yesterday", "a"),
        ("ask", "--statements", "0", "a"),
        ("quotes", "--since", "2024-02-30"),
        ("quotes", "--format", "xml"),
        ("article", "no-such-article"),
        ("--corpus", "corpus", "ask", "a"),
        ("asks",),
        ("--nonsense",),
    ],
)
def test_misuse_is_2_and_says_so_on_stderr(run: Run, arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr


def test_an_article_that_is_not_there_suggests_others(run: Run, corpus: Path) -> None:
    assert "did you mean dated" in run("article", "datde", "--corpus", str(corpus)).stderr


def test_configuration_errors_are_78(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bot.toml"
    file.write_text("[answer]\nstatments = 1\n", encoding="utf-8")
    done = run("ask", "a", "--config", str(file))
    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr == f"coverage-bot: {file}:2: answer.statments: there is no such key; did you mean statements?\n"
    assert run("quotes", "--corpus", str(tmp_path / "absent")).returncode == 78


def test_it_works_in_an_empty_folder(run: Run, tmp_path: Path) -> None:
    assert run("ask", ANSWERED, cwd=tmp_path).returncode == 0


def test_an_empty_corpus_is_a_state(run: Run, tmp_path: Path) -> None:
    for arguments in (("ask", ANSWERED), ("quotes",), ("quotes", "--format", "csv")):
        assert run(*arguments, "--corpus", str(tmp_path)).returncode == 1
    assert run("check", "--corpus", str(tmp_path)).returncode == 0


def test_a_refused_article_is_named_and_the_others_are_used(run: Run, corpus: Path) -> None:
    (corpus / "broken.md").write_bytes(b"---\nid: broken\noutlet: [\n---\n\xff\xfe")
    done = run("ask", "What did Stoltenberg say about the bridge?", "--corpus", str(corpus))
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert f"{corpus / 'broken.md'}:" in done.stderr
    assert "broken" not in done.stdout


def test_check(run: Run, corpus: Path, tmp_path: Path) -> None:
    done = run("check", "--corpus", str(corpus))
    assert (done.returncode, done.stderr) == (0, "")
    (corpus / "broken.md").write_bytes(b"---\nid: broken\noutlet: [\n---\n\xff\xfe")
    done = run("check", "--corpus", str(corpus))
    assert done.returncode == 1
    assert f"{corpus / 'broken.md'}:" in done.stdout
    found = json.loads(run("check", "--json", "--corpus", str(corpus)).stdout)
    assert [problem["file"] for problem in found["problems"]] == [str(corpus / "broken.md")]
    settings = tmp_path / "bot.toml"
    settings.write_text("[answer]\nx = 1\n[nope]\n", encoding="utf-8")
    done = run("check", "--config", str(settings))
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 2


def test_config_show(run: Run) -> None:
    done = run("config", "show", COVERAGE_BOT_ANSWER__STATEMENTS="7")
    assert "[answer]\nstatements = 7\n" in done.stdout


def test_article(run: Run, corpus: Path) -> None:
    plain = run("article", "undated", "--corpus", str(corpus)).stdout
    assert plain.startswith("headline: On undated\noutlet: Żółw Times\n")
    assert "\n“The bridge is closed,” said Anna Kowalska.\n" in plain
    value = json.loads(run("article", "dated", "--json", "--corpus", str(corpus)).stdout)
    assert list(value)[:6] == ["id", "headline", "outlet", "author", "published", "url"]
    assert value["published"] == "2024-07-15"


def test_batch_answers_in_order_and_names_what_is_malformed(run: Run, tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "question": ANSWERED}),
        "",
        "{not json",
        json.dumps(["list"]),
        json.dumps({"id": 1}),
        json.dumps({"id": 2, "question": "x", "history": "y"}),
        json.dumps({"question": "x" * 1_000_001}),
        "[" * 100_000,
        json.dumps({"id": 7, "question": ""}),
        json.dumps({"id": "b", "question": "And what about Poland?", "history": [ANSWERED]}),
        json.dumps({"id": "c", "question": "half a letter \ud800"}),
    ]
    file = tmp_path / "questions.jsonl"
    file.write_bytes("\r\n".join(lines).encode() + b"\n\xff\n")
    done = run("ask", "--batch", str(file), "--json")
    assert done.returncode == 2
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["a", 7, "b", "c"]
    named = [line.split(": ")[1] for line in done.stderr.splitlines()]
    assert named == [f"{file}:{number}" for number in (3, 4, 5, 6, 7, 8, 12)]


def test_batch_from_stdin_is_0_whatever_the_answers(run: Run) -> None:
    asked = [{"id": n, "question": question} for n, question in enumerate((ANSWERED, ABSTAINED, ""))]
    done = run("ask", "--batch", "-", "--json", stdin="\n".join(map(json.dumps, asked)))
    assert (done.returncode, done.stderr) == (0, "")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["status"] for answer in answers] == ["answered", "abstained", "abstained"]


def test_piped_input_is_one_question_a_line(run: Run) -> None:
    done = run(stdin=f"\n{ANSWERED}\n:cite 1\n:source\n{ABSTAINED}\n:more\n:quit\n{ANSWERED}\n")
    assert done.returncode == 0
    assert done.stdout.count("“") > 1
    assert " — " in done.stdout
    assert "offsets" in done.stdout
    assert "> " not in done.stdout
    assert "no answer to go on from" in done.stderr


def test_an_unknown_command_in_piped_input_is_2(run: Run) -> None:
    done = run(stdin=":sorces\n:people\n")
    assert done.returncode == 2
    assert "did you mean :sources?" in done.stderr
    assert "Stoltenberg" in done.stdout


def test_piped_input_may_be_empty_or_no_text(run: Run) -> None:
    assert run(stdin="").returncode == 0
    assert run(stdin=b"\xff\xfe\x00\n").returncode == 0


def test_a_session_reads_the_corpus_again(run: Run, corpus: Path) -> None:
    write_article(corpus, "third", "“It is open again,” said Anna Kowalska.")
    done = run("--corpus", str(corpus), stdin=":sources\n:reload\n")
    assert "3 articles" in done.stdout
    assert "nothing changed" in done.stdout


@pytest.mark.parametrize("command", ["quotes --format jsonl", "ask --batch - --json"])
def test_head_ends_quietly(run: Run, environment: dict[str, str], tmp_path: Path, command: str) -> None:
    questions = tmp_path / "questions"
    questions.write_text('{"id": 1, "question": "What did Stoltenberg say?"}\n' * 200, encoding="utf-8")
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m bot {command} < {questions} | head -1; exit ${{PIPESTATUS[0]}}"],
        capture_output=True, env=environment, cwd=environment["PYTHONPATH"], timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1


def test_a_full_disk_is_an_error_of_its_own(environment: dict[str, str]) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs /dev/full")
    with full.open("wb") as nowhere:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "config", "show"],
            stdout=nowhere, stderr=subprocess.PIPE, env=environment, cwd=environment["PYTHONPATH"], check=False,
        )  # fmt: skip
    assert done.returncode == 74
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_any_locale_can_print_quotes(run: Run) -> None:
    done = run("ask", "--json", ANSWERED, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert json.loads(done.stdout)["statements"]
