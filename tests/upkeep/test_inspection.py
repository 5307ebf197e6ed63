"""What `check` says of a corpus: which findings are problems and which are notes, and where they stand."""

import json
from datetime import date
from pathlib import Path

import pytest
from program import Run, write_article

from bot.ingest.addresses import Addresses
from bot.search.composing import build_library
from bot.settings import load
from bot.upkeep.copies import copies
from bot.upkeep.inspection import Finding, inspect

TODAY = date(2024, 9, 20)
STATED = "published: 2024-07-15\nurl: https://example.org/{0}\n"
SAID = "“The bridge over the river Vistula is closed until the spring,” said Anna Kowalska, the mayor, on Monday. "
LONG = SAID + " ".join(f"Engineers checked pillar number {n} for cracks of about {n} millimetres." for n in range(40))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    write_article(folder, "sound", LONG, more=STATED.format("sound"))
    return folder


def found(folder: Path) -> list[Finding]:
    tables = load(None, folder).tables
    library = build_library(folder, tables, k1=0.9, b=0.4)
    return inspect(library, Addresses.from_table(tables["addresses"]), TODAY)


POLISH = (
    "Ministrowie spotkali się w poniedziałek w Kijowie, aby rozmawiać o obronie, i spotkają się ponownie jesienią. "
)


@pytest.mark.parametrize(
    ("kind", "is_problem", "line", "more", "body"),
    [
        ("future_date", True, 5, "published: 2024-12-24\n", SAID),
        ("mojibake", True, 2, STATED.format("b"), "It cost Â£800,000, said Anna Kowalska."),
        ("same_address", True, 6, "published: 2024\nurl: http://www.example.org/sound/?utm_source=x\n", SAID),
        ("no_date", False, 2, "", SAID),
        ("language", False, 6, "published: 2024\nlanguage: pl\n", SAID),
        ("language", False, 7, "published: 2024\n", POLISH * 3),
        ("copy", False, 2, "published: 2024\n", LONG),
        ("copy", False, 2, "published: 2024\n", LONG + "\n\nAnother paragraph tells of the weather on the day."),
        ("correction", False, 2, "published: 2024\n", SAID + "\n\nCorrection: An earlier version misstated the day."),
    ],
)
def test_a_finding_is_named_once_with_its_line(
    folder: Path, kind: str, is_problem: bool, line: int, more: str, body: str
) -> None:
    assert found(folder) == []
    file = write_article(folder, "zz", body, more=more)
    [finding] = found(folder)
    assert (finding.kind, finding.is_problem, finding.file, finding.line) == (kind, is_problem, str(file), line)
    assert finding.message.startswith(f"{file}:{line}: ")


def test_a_page_that_is_mostly_furniture_is_noted(folder: Path) -> None:
    links = "\n\n".join(f"Read more: the {n}th story about something else that happened on that day" for n in range(9))
    write_article(folder, "zz", f"{SAID}\n\n{links}", more="published: 2024\n")
    assert [finding.kind for finding in found(folder)] == ["furniture"]


def test_pages_of_one_subject_are_no_copies(folder: Path) -> None:
    other = LONG.replace("Engineers", "Divers").replace("checked", "measured").replace("cracks", "scour")
    write_article(folder, "zz", other, more="published: 2024\n")
    assert copies(build_library(folder, load(None, folder).tables, k1=0.9, b=0.4).collection.analyses) == []


def test_pages_that_list_the_same_other_pages_are_no_copies(folder: Path) -> None:
    links = "\n\n".join(f"The {n}th story of the year about something that happened on that day" for n in range(30))
    for name in ("harbour", "tunnel", "station", "airport", "market"):
        write_article(folder, name, f"“The {name} is open again,” said Jan Kos.\n\n{links}", more="published: 2024\n")
    assert copies(build_library(folder, load(None, folder).tables, k1=0.9, b=0.4).collection.analyses) == []


def test_check_ends_with_1_only_where_there_is_a_problem(run: Run, folder: Path) -> None:
    write_article(folder, "undated", SAID)
    done = run("check", "--corpus", str(folder))
    assert done.returncode == 0
    assert done.stdout.startswith(f"note: {folder}/undated.md:2: states no date")
    write_article(folder, "zz", "It cost Â£800,000.", more="published: 2024\n")
    done = run("check", "--json", "--corpus", str(folder))
    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert [(problem["kind"], problem["line"]) for problem in said["problems"]] == [("mojibake", 2)]
    assert [note["kind"] for note in said["notes"]] == ["no_date"]


def test_the_shipped_articles_have_only_notes(run: Run) -> None:
    done = run("check", "--json")
    assert done.returncode == 0
    assert {note["kind"] for note in json.loads(done.stdout)["notes"]} == {"no_date"}
