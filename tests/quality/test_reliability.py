"""How the certainty of speakers is measured: which quotes count, and into which band."""

import json
from typing import Any

import pytest

from tests.quality import reliability
from tests.quality.reliability import Judged, bands, judge

BODY = "“The bridge is closed until spring,” Anna Kowalska said. She wants a new one."
START, END = BODY.index("The"), BODY.index("”")


def annotated(**fields: Any) -> dict[str, Any]:
    row = {"article": "a", "primary": True, "kind": "direct", "content": [[START - 1, END + 1]]}
    return row | {"source_text": "Anna Kowalska", "speaker_name": None, "speaker_method": "name"} | fields


def quote(speaker: str | None = "Anna Kowalska", certainty: float = 0.98, **fields: Any) -> dict[str, Any]:
    row = {"article": {"id": "a"}, "kind": "direct", "content": [[START, END]], "speaker": speaker}
    return row | {"certainty": certainty} | fields


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        (annotated(), quote(), [True]),
        (annotated(), quote("Boris Nowak"), [False]),
        (annotated(), quote(None), [False]),
        (annotated(), quote(kind="indirect"), []),
        (annotated(), quote(content=[[START, START + 10]]), []),
        (annotated(primary=False), quote(), []),
        (annotated(source_text="the mayor", speaker_method="nominal"), quote(), []),
        (annotated(source_text="She", speaker_method="pronoun"), quote(), []),
    ],
)
def test_a_quote_counts_where_its_words_and_a_name_are_annotated(
    gold: dict[str, Any], found: dict[str, Any], right: list[bool]
) -> None:
    assert [one.right for one in judge([gold], {"a": BODY}, [found])] == right


def test_a_band_counts_the_names_that_people_gave_apart() -> None:
    machine = annotated(speaker_method="coref-silver")
    judged = [
        Judged(quote(), annotated(), True),
        Judged(quote(), machine, False),
        Judged(quote(certainty=0.9), annotated(), False),
    ]
    top, _, third, *_ = bands(judged)
    assert (top["quotes"], top["right"], top["with_machine"]) == (1, 1.0, 0.5)
    assert (third["from"], third["quotes"], third["right"]) == (0.9, 1, 0.0)


def test_the_surest_speakers_are_right() -> None:
    """Of the quotes with a certainty of .9 or more at least 97% name the right speaker, as it was measured."""
    sure = [band for band in json.loads(reliability.KEPT.read_text(encoding="utf-8")) if band["from"] >= 0.9]
    assert sum(band["quotes"] for band in sure) > 0
    assert sum(band["quotes"] * band["with_machine"] for band in sure) / sum(band["quotes"] for band in sure) >= 0.97
