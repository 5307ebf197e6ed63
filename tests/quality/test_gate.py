"""Quality does not fall: the seed sets against the baseline, and the baseline against being lowered in silence."""

import hashlib
import sys
from typing import Any

import pytest

from bot.front.service import Service
from tests.quality import data, gate
from tests.quality.gate import Measured

Set = dict[str, Any]


@pytest.mark.parametrize("name", gate.SEED_SETS)
def test_no_figure_is_worse_than_the_baseline(shipped: Service, name: str) -> None:
    assert gate.regressions(gate.measure_seed(name, shipped), gate.read_baseline()) == []


@pytest.mark.slow
def test_no_figure_of_the_larger_sets_is_worse_than_the_baseline() -> None:
    if not data.folder().is_dir():
        pytest.skip(f"there is no folder {data.folder()}; COVERAGE_BOT_DATA names another")
    baseline = gate.read_baseline()
    assert [problem for one in gate.measure_large() for problem in gate.regressions(one, baseline)] == []


def measured(**figures: Any) -> Measured:
    return Measured("set", "questions", "articles", figures)


@pytest.fixture
def baseline() -> Set:
    return gate.updated({"sets": {}, "lowered": []}, [measured(first_right=0.9, forbidden_shown=["a"], gold=7)], None)


def test_only_figures_that_are_gated_are_kept(baseline: Set) -> None:
    assert baseline["sets"]["set"]["figures"] == {"first_right": 0.9, "forbidden_shown": ["a"]}


@pytest.mark.parametrize(
    ("figures", "falls"),
    [
        ({"first_right": 0.9, "forbidden_shown": ["a"]}, 0),
        ({"first_right": 1.0, "forbidden_shown": []}, 0),
        ({"first_right": 0.8, "forbidden_shown": []}, 1),
        ({"first_right": 1.0, "forbidden_shown": ["b"]}, 1),
        ({"first_right": 1.0}, 1),
    ],
)
def test_a_figure_that_falls_is_a_regression(baseline: Set, figures: Set, falls: int) -> None:
    assert len(gate.regressions(measured(**figures), baseline)) == falls


def test_other_questions_or_articles_have_to_be_measured_anew(baseline: Set) -> None:
    assert "measure them anew" in gate.regressions(Measured("set", "others", "articles", {}), baseline)[0]
    assert "there is no baseline" in gate.regressions(Measured("new", "questions", "articles", {}), baseline)[0]


def test_an_update_lowers_nothing_without_a_reason(baseline: Set) -> None:
    fallen = [measured(first_right=0.8, forbidden_shown=[])]
    with pytest.raises(ValueError, match=r"first_right from 0\.9 to 0\.8; give the reason"):
        gate.updated(baseline, fallen, None)
    new = gate.updated(baseline, fallen, "a question was wrong")
    assert new["sets"]["set"]["figures"]["first_right"] == 0.8
    [kept] = new["lowered"]
    assert (kept["was"], kept["is"], kept["reason"]) == (0.9, 0.8, "a question was wrong")
    assert gate.updated(new, [measured(first_right=1.0, forbidden_shown=[])], None)["lowered"] == [kept]


def test_the_larger_sets_are_skipped_aloud_where_they_are_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COVERAGE_BOT_DATA", "no-such-folder")
    monkeypatch.setattr(sys, "argv", ["gate", "--large"])
    gate.main()
    assert "skipped the larger sets: there is no folder no-such-folder" in capsys.readouterr().err


def test_hashes_are_of_the_questions_and_the_articles(shipped: Service) -> None:
    name = gate.SEED_SETS[0]
    one = gate.measure_seed(name, shipped)
    assert one.questions == hashlib.sha256((gate.BASELINE.parent / name).read_bytes()).hexdigest()
    assert gate.read_baseline()["sets"][name]["articles"] == one.articles
