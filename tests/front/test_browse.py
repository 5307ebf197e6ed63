"""`coverage-bot quotes` and its filters."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from program import Run

from bot.front.console.browse import people, quotes
from bot.front.options import partial_day

ALL = ["We will support the bridge,", "The bridge is closed,"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ALL),
        ({"speaker": "jens stoltenberg"}, ALL[:1]),
        ({"speaker": "STOLTENBERG"}, ALL[:1]),
        ({"speaker": "Jens"}, []),
        ({"speaker": ""}, []),
        ({"outlet": "zolw times"}, ALL[1:]),
        ({"outlet": "The Daily Post"}, ALL[:1]),
        ({"outlet": "Żółw"}, []),
        ({"about": "bridge support"}, ALL[:1]),
        ({"about": "BRIDGE"}, ALL),
        ({"about": "bridge tunnel"}, []),
        ({"since": "2024-07-15"}, ALL[:1]),
        ({"since": "2024-07", "until": "2024"}, ALL[:1]),
        ({"until": "2024-06"}, []),
        ({"speaker": "Kowalska", "outlet": "Daily Post"}, []),
    ],
)
def test_filters(
    corpus: Path, capsys: pytest.CaptureFixture[str], filters: dict[str, str], expected: list[str]
) -> None:
    read: dict[str, Any] = {
        name: partial_day(value) if name in ("since", "until") else value for name, value in filters.items()
    }
    code = quotes(format_="jsonl", corpus=corpus, **read)
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == (0 if found else 1)
    assert [quote["text"] for quote in found if quote["kind"] == "direct"] == expected


def test_what_states_no_date_is_left_out_with_a_note(run: Run, corpus: Path) -> None:
    done = run("quotes", "--since", "2024", "--format", "jsonl", "--corpus", str(corpus))
    assert "of no stated date left out" in done.stderr
    assert "left out" not in done.stdout


def test_nothing_found_is_1_with_a_polite_line(run: Run, corpus: Path) -> None:
    done = run("quotes", "--about", "xylophone", "--corpus", str(corpus))
    assert (done.returncode, done.stdout) == (1, "")
    assert "no quotes match" in done.stderr


def test_formats(run: Run, corpus: Path) -> None:
    shown = {
        name: run("quotes", "--speaker", "Kowalska", "--format", name, "--corpus", str(corpus)).stdout
        for name in ("table", "csv", "md")
    }
    assert "“The bridge is closed,”\n" in shown["table"]
    assert next(csv.DictReader(io.StringIO(shown["csv"])))["words"] == "The bridge is closed,"
    assert shown["md"].splitlines()[2].startswith("| “The bridge is closed,” | ")


def test_people_are_listed_with_their_quotes_titles_and_spellings(capsys: pytest.CaptureFixture[str]) -> None:
    assert people() == 0
    first, *others = capsys.readouterr().out.splitlines()
    assert first.startswith("Jens Stoltenberg: ")
    assert "NATO Secretary General (15 Jul 2024 – 17 Sep 2024)" in first
    assert any("also written Radoslaw Sikorski (1)" in other for other in others)


def test_one_of_the_people_is_found_under_any_spelling(capsys: pytest.CaptureFixture[str]) -> None:
    assert people("radoslaw sikorskij", json_=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["name"], found["quotes"], found["articles"]) == ("Radosław Sikorski", 2, 2)
    assert found["spellings"] == {"Radosław Sikorski": 1, "Radoslaw Sikorski": 1}


def test_nobody_of_a_name_is_said_to_be_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    assert people("Macron") == 1
    assert capsys.readouterr().out == "Nobody of the name Macron is named in full in the articles.\n"


def test_an_article_that_is_gone_was_withdrawn_on_a_day(run: Run, corpus: Path) -> None:
    for _ in range(2):  # sessions, which note what came and what went
        assert run("--corpus", str(corpus), stdin=":sources\n").returncode == 0
        (corpus / "dated.md").unlink(missing_ok=True)
    gone = run("article", "dated", "--corpus", str(corpus))
    assert (gone.returncode, gone.stdout) == (2, "")
    assert f"dated: this article was withdrawn on {date.today()}, and 1 quote with it" in gone.stderr


def test_an_id_that_nothing_has_names_the_nearest(run: Run, corpus: Path) -> None:
    assert (
        "datd: there is no article with this id; did you mean dated"
        in run("article", "datd", "--corpus", str(corpus)).stderr
    )
    assert "there are dated, undated" in run("article", "zzz", "--corpus", str(corpus)).stderr
