"""The report of faults names the rule that fired and the words that went wrong."""

from pathlib import Path
from typing import Any

import pytest

from tests.quality import data
from tests.quality.reliability import judge
from tests.quality.report import __main__ as report
from tests.quality.report import quotes

BODY = "“The bridge is closed until spring,” Anna Kowalska said.\n\nBoris Nowak wants a new bridge over the river."


@pytest.fixture
def read(tmp_path: Path) -> data.Large:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    service = data.open_corpus(tmp_path)
    library = service.library
    [article] = library.articles
    start, end = BODY.index("The"), BODY.index("”")
    gold: dict[str, Any] = {"article": article, "primary": True, "kind": "direct", "content": [[start - 1, end + 1]]}
    gold |= {"speaker_name": "Maria Lis", "source_text": "Maria Lis", "speaker_method": "name", "cue_text": "said"}
    found = [data.as_json.quote(library.article(quote), quote) for quote in library.quotes]
    return data.Large(service, [gold], {article: BODY}, found)


def test_a_wrong_speaker_stands_under_its_rule(read: data.Large) -> None:
    [fault] = quotes.wrong_speakers(judge(read.gold, read.bodies, read.quotes), quotes.rules_of(read))
    assert fault.under == "X said"
    assert "Anna Kowalska (Anna Kowalska), annotated Maria Lis" in fault.shown


def test_what_nobody_annotated_is_false_and_what_nobody_found_is_missed(read: data.Large) -> None:
    [fault] = quotes.false(read, quotes.rules_of(read), quoted=False)
    assert fault.under == "stance: wants"
    assert list(quotes.missed(read, quoted=True)) == []
    nothing = data.Large(read.service, read.gold, read.bodies, [])
    assert [fault.under for fault in quotes.missed(nothing, quoted=True)] == ["said"]


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert report.main(["nothing"]) == 2
    assert "quotes" in capsys.readouterr().err
