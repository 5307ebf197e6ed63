"""The article of a page is told from the page, as well as it was; where the pages are there."""

import pytest

from tests.quality import extraction


@pytest.mark.parametrize(
    ("stated", "found", "precision", "recall"),
    [
        ("a b c d e", "a b c d e", 1.0, 1.0),
        ("a b c d e", "a b c d", 1.0, 0.5),
        ("a b c d", "a b c d e", 0.5, 1.0),
        ("a b c d", "w x y z", 0.0, 0.0),
        ("a b c d", "", 0.0, 0.0),
        ("", "", 1.0, 1.0),
        ("a b", "a, b!", 1.0, 1.0),
        ("a b c d a b c d", "a b c d", 1.0, 0.2),
    ],
)
def test_the_measure(stated: str, found: str, precision: float, recall: float) -> None:
    assert extraction.precision_and_recall(stated, found) == (precision, recall)


@pytest.mark.slow
def test_the_article_is_told_from_the_page() -> None:
    if not extraction.folder().is_dir():
        pytest.skip(f"there is no folder {extraction.folder()}; COVERAGE_BOT_DATA names another")
    score = extraction.measure(extraction.ours)
    assert score.f1 >= extraction.FLOOR
    assert score.verbatim == 1.0
