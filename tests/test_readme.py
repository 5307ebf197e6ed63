"""The README: what it prints is what there is.  `python -m tests.test_readme` writes its generated parts anew."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from bot import settings
from bot.front.cli import COMMANDS
from bot.front.console.session import Session
from bot.model import Answer, Reason
from tests.quality import data, gate, reliability
from tests.test_architecture import as_printed as layers

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
ASKED = ("ask", "--statements", "2", "what did Stoltenberg say about strikes in Russia")
REFUSED = ("ask", "what did Macron say about strikes in Russia")
COLUMNS = "110"


def printed(arguments: tuple[str, ...]) -> str:
    """Return a command and what it prints into a window of that many columns."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_BOT_")}
    command = [sys.executable, "-m", "bot", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=kept | {"COLUMNS": COLUMNS}, stdout=subprocess.PIPE, check=False)
    typed = " ".join(f'"{argument}"' if " " in argument else argument for argument in arguments)
    return f"```\n$ coverage-bot {typed}\n{done.stdout.decode().rstrip()}\n```"


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ("---",) * len(head), *rows]).replace("| --- ", "|---")


def commands() -> str:
    ours = [(f"`coverage-bot {name}`", said) for name, (_, said) in COMMANDS.items()]
    session = ("`coverage-bot`", "On a terminal, a session of questions; with piped input, one question a line.")
    return table(("command", "what it does"), [session, *ours])


def session() -> str:
    return table(("line", "what it does"), [(f"`{name}`", said) for name, (_, said) in _session_commands().items()])


def _session_commands() -> dict[str, tuple[object, str]]:
    return dict(Session(data.open_corpus(ROOT / "corpus")).commands)


def keys() -> str:
    """Return the table of settings: each with its default and the comment above it in the shipped file."""
    lines = (ROOT / "config" / "bot.toml").read_text(encoding="utf-8").splitlines()
    rows: list[tuple[str, ...]] = []
    section, comment = "", list[str]()
    for line in lines:
        if line.startswith("#"):
            comment.append(line.removeprefix("#").strip())
            continue
        if line.startswith("["):
            section = line
        elif " = " in line:
            name, _, default = line.partition(" = ")
            rows.append((f"`{section} {name}`", f"`{default}`", " ".join(comment)))
        comment = []
    return table(("key", "default", "meaning"), rows)


def lists() -> str:
    files = sorted((ROOT / "config").glob("*.toml"))
    return table(("file", "holds"), [(f"`{file.name}`", _holds(file)) for file in files if file.stem != "bot"])


def _holds(file: Path) -> str:
    """Return the first sentence of a file's opening comment."""
    opening = re.match(r"(?:#.*\n)+", file.read_text(encoding="utf-8"))
    text = " ".join(line.removeprefix("#").strip() for line in opening[0].splitlines()) if opening else ""
    return re.split(r"(?<=[.:])\s", text)[0].rstrip(".:")


def figures() -> str:
    """Return the table of what the gate measured, from its baseline."""
    rows: list[tuple[str, ...]] = []
    sets = gate.read_baseline()["sets"]
    for name in gate.SEED_SETS:
        now, of = sets[name]["figures"], sets[name]["of"]
        about = f"`{name}`, on the five articles"
        rows += [
            (about, "words that a right answer must hold, shown", _percent(now["required_found"])),
            ("", "a right quote comes first", _percent(now["first_right"])),
            ("", "quotes shown that are listed as right", _percent(now["shown_listed"])),
            ("", "refused though answerable", f"{len(now['refused_answerable'])} of {of['answerable']}"),
            ("", "answered though unanswerable", f"{len(now['answered_unanswerable'])} of {of['unanswerable']}"),
            ("", "questions with words that must not be shown", str(len(now["forbidden_shown"]))),
            ("", "questions with a wrong kind or speaker", str(len(now["mislabelled"]))),
        ]
    read, said, hard, compared, pairs, seen, unseen, others, unseen_others = (sets[name] for name in gate.LARGE_SETS)
    quoted = f"PolNeAR, {read['of']['articles']} news articles with annotated quotations"
    for kind, what in (("quoted", "quotations between marks"), ("indirect", "reported clauses")):
        rows += [
            (quoted, f"{what} found, of {read['of'][f'{kind}.gold']:,}", _percent(read["figures"][f"{kind}.recall"])),
            ("", "found ones that are annotated as such", _percent(read["figures"][f"{kind}.precision"])),
            ("", "speaker right, where a name is annotated", _percent(read["figures"][f"{kind}.speaker_right"])),
            ("", "… where the source is a name", _percent(read["figures"][f"{kind}.name_right"])),
            ("", "… where a machine found the name", _percent(read["figures"][f"{kind}.by_machine_right"])),
        ]
        quoted = ""
    now, of, invented = said["figures"], said["of"], hard["figures"]["answered_unanswerable"]
    asked = f"PolNeAR, {of['answerable'] + of['unanswerable']} questions “what did X say about Y?”"
    rows += [
        (asked, "an annotated quote in the first statement", _percent(now["hit_at_1"])),
        ("", "… in the first five", _percent(now["hit_at_5"])),
        ("", "… in the first, or the first five, paragraphs of plain `rank_bm25`", _plain(of)),
        ("", f"refused, of {of['answerable']} answerable", _percent(now["refused_answerable"])),
        ("", f"answered, of {of['unanswerable']} unanswerable", _percent(now["answered_unanswerable"])),
        ("", f"answered, of {hard['of']['unanswerable']} hard unanswerable: both in one article", _percent(invented)),
        ("", "shown and annotated quotes whose speaker is right", _percent(now["attribution_right"])),
    ]
    now, of = compared["figures"], compared["of"]
    rows += [
        (
            f"MultiHop-RAG, {of['answerable'] + of['unanswerable']} questions that compare articles",
            "evidence in the first ten of the search",
            _percent(now["evidence_at_10"]),
        ),
        ("", "… of plain `rank_bm25`", _percent(of["plain_evidence_at_10"])),
        ("", f"refused, of {of['answerable']} answerable", _percent(of["refused"])),
        ("", f"answered, of {of['unanswerable']} unanswerable", _percent(of["answered"])),
    ]
    two = "pairs of quotes of two articles on one event, judged by hand"
    for judged, what in (
        (pairs, "pairs of quotes, judged by hand"),
        (seen, two),
        (unseen, f"{two} apart from the rules"),
    ):
        now, of = judged["figures"], judged["of"]
        rows += [
            (
                f"{of['pairs']:,} {what}",
                "pairs in one statement that are one utterance",
                _percent(now["pair_precision"]),
            ),
            ("", f"of {of['one_utterance']} that are, in one statement", _percent(now["pair_recall"])),
        ]
    for judged, note in ((others, ""), (unseen_others, ", apart from the rules")):
        now, of = judged["figures"], judged["of"]
        rows += [
            (f"{of['judged']} quotations of five other outlets, judged by hand{note}", "found", _percent(now["read"])),
            ("", "speaker right, of those found", _percent(now["speaker_right"])),
            ("", "somebody else named", _percent(now["speaker_wrong"])),
            ("", f"right, of {of['plainly']} shown without “probably”", _percent(now["plainly_right"])),
            ("", f"right, of {of['surely']} with a certainty of 0.9 or more", _percent(now["surely_right"])),
        ]
    return table(("measured on", "figure", "value"), rows)


def certainty() -> str:
    """Return the table of how far each band of certainty can be trusted, as it was measured."""
    bands = json.loads(reliability.KEPT.read_text(encoding="utf-8"))
    rows = [
        (
            f"{one['from']:.2f} to {below:.2f}",
            f"{one['quotes']:,}",
            _percent(one["right"]),
            _percent(one["with_machine"]),
        )
        for one, below in zip(bands, (1.0, *reliability.BANDS), strict=False)
    ]
    return table(("certainty", "quotes", "speaker right", "counting names that a machine found"), rows)


def _plain(of: Mapping[str, float]) -> str:
    return f"{_percent(of['plain_hit_at_1'])}, {_percent(of['plain_hit_at_5'])}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


PARTS: dict[str, Callable[[], str]] = {
    "answer": lambda: printed(ASKED),
    "commands": commands,
    "session": session,
    "settings": keys,
    "lists": lists,
    "abstention": lambda: printed(REFUSED),
    "figures": figures,
    "certainty": certainty,
    "layers": layers,
}


def readme() -> str:
    return README.read_text(encoding="utf-8")


def part(name: str) -> str:
    """Return what stands between two marks of the README."""
    found = re.search(rf"<!-- {name} -->\n(.*?)\n?<!-- end -->", readme(), re.DOTALL)
    assert found, f"the README has no part {name}"
    return found[1]


@pytest.mark.parametrize("name", PARTS)
def test_a_generated_part_is_up_to_date(name: str) -> None:
    assert part(name) == PARTS[name](), "python -m tests.test_readme writes it anew"


def test_the_commands_of_the_first_run() -> None:
    first, second = re.findall(r"^python3 -m venv .*$", readme(), re.MULTILINE)
    assert second in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    for command in (first, second):
        for file in re.findall(r"-c (\S+)", command):
            assert (ROOT / file).is_file()
    script, module = first.split(" && ")[-1], second.split(" && ")[-1]
    assert script.startswith('.venv/bin/coverage-bot ask "')
    assert module == ".venv/bin/python -m pytest"


def test_the_constraints_name_every_dependency() -> None:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    bounds = {_normal(re.split(r"[<>=\[]", line)[0]): re.findall(r">=([\d.]+)", line)[0] for line in declared}
    lines = (ROOT / "config" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {_normal(name): version for name, _, version in (line.partition("==") for line in lines if line[0] != "#")}
    assert bounds.keys() <= pinned.keys()
    for name, bound in bounds.items():
        assert _numbers(pinned[name]) >= _numbers(bound), name


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)]


def test_every_setting_is_in_the_table() -> None:
    named = re.findall(r"^\| `\[(\w+)\] (\w+)` \|", part("settings"), re.MULTILINE)
    assert named == [(section, key) for section, names in settings.keys().items() for key in names]


def test_every_reason_is_in_the_table() -> None:
    named = set(re.findall(r"^\| `([a-z_]+)` \|", readme(), re.MULTILINE))
    assert set(get_args(Reason)) <= named


def test_every_example_of_a_question_is_answered() -> None:
    service = data.open_corpus(ROOT / "corpus")
    examples = re.search(r"\| ask \| such as \|\n\|---\|---\|\n((?:\|.*\n)+)", readme())
    assert examples
    questions = [row.split("|")[2].strip() for row in examples[1].splitlines()]
    assert [question for question in questions if not isinstance(service.ask(question).outcome, Answer)] == []
    assert len(questions) > 5


def test_the_examples_of_articles_are_read_as_they_stand(tmp_path: Path) -> None:
    for name, file in (("page", "page.md"), ("row", "row.jsonl")):
        (tmp_path / file).write_text("\n".join(part(name).splitlines()[1:-1]), encoding="utf-8")
    library = data.open_corpus(tmp_path).library
    assert library.refused == ()
    assert [(one.headline, one.outlet) for one in library.articles.values()] == [
        ("Bridge to stay closed", "Daily Post")
    ] * 2
    assert {quote.speaker for quote in library.quotes} == {"Maria Kowalska"}
    row = json.loads(part("row").splitlines()[1])
    assert str(library.articles[row["id"]].published) == row["published"]


def test_the_tree_is_that_of_the_repository() -> None:
    tree = re.search(r"## Layout\n\n```\n(.*?)```", readme(), re.DOTALL)
    assert tree
    named = re.findall(r"(?:^|, | )([a-z_]+(?:/|\.py))", re.sub(r" {3,}.*", "", tree[1]), re.MULTILINE)
    inside = [name for name in named if name not in ("bot/", "config/", "corpus/", "tests/")]
    ours = {path.name + "/" * path.is_dir() for path in (ROOT / "bot").iterdir() if not path.name.startswith("__")}
    assert set(inside) == ours


def main() -> None:
    text = readme()
    for name, make in PARTS.items():
        new = f"<!-- {name} -->\n{make()}\n<!-- end -->"
        text = re.sub(rf"<!-- {name} -->\n.*?<!-- end -->", new.replace("\\", r"\\"), text, flags=re.DOTALL)
    README.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
