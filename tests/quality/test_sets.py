"""The sets that are made here: what they hold, and what their measures say."""

import pytest

from tests.quality import ablation, retrieval, statement_pairs, unanswerable
from tests.quality.attributions import Attribution

OPENING = "A storm came over the town in the night.\n\nNobody was hurt by it, the police think.\n\n"
BODY = (
    OPENING
    + "“The bridge is closed,” said Anna Nowak. It will stay so. The harbour was full of ships. "
    + "Boris Kowal said the harbour works. The museum opened in May."
)


def annotated(said: str, speaker: str) -> dict[str, object]:
    start = BODY.index(said)
    content = [[start, start + len(said), said]]
    return {"article": "a", "content": content, "speaker_name": speaker, "source_text": speaker}


GOLD = [annotated("The bridge is closed,", "Anna Nowak"), annotated("the harbour works", "Boris Kowal")]


@pytest.mark.parametrize(
    ("topic", "made"),
    [
        ("bridge", False),  # said
        ("museum", True),
        ("harbour", True),  # somebody else's words
        ("storm", False),  # what the article is about
        ("train", False),  # in no article
    ],
)
def test_a_hard_question_has_speaker_and_topic_in_one_article_and_nothing_said(topic: str, made: bool) -> None:
    asked = [{"speaker": "Anna Nowak", "topic": topic, "question": f"What did Anna Nowak say about {topic}?"}]
    found = unanswerable.questions([{"id": "a", "title": "Storm", "body": BODY}], GOLD, asked)
    assert [row["question"] for row in found] == [asked[0]["question"]] * made
    assert all(row["articles"] == ["a"] for row in found)


def test_plain_ranking_is_that_of_the_package() -> None:
    texts = ["The harbour is open", "The bridge is closed", "Trains are late", "Nobody came"]
    assert retrieval.plain(texts, ["is the BRIDGE closed?"], 1) == [[1]]


def test_the_wordings_of_the_five_articles_are_grouped_as_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COVERAGE_BOT_DATA", "no-such-folder")
    figures = statement_pairs.measure(statement_pairs.judged(statement_pairs.PAIRS))
    assert figures["pairs"] >= 40
    assert figures["pair_precision"] >= 0.95
    assert figures["pair_recall"] >= 0.8


def test_every_constant_is_in_the_table_of_what_it_is_worth() -> None:
    table = ablation.TABLE.read_text(encoding="utf-8")
    for module, name, _ in ablation.CONSTANTS:
        assert f"`{module.__name__.rpartition('.')[2]}.{name}`" in table
    for module, name, _ in statement_pairs.CONSTANTS:
        assert f"`{name}` of `{module.__name__.rpartition('.')[2]}`" in table


@pytest.mark.parametrize(
    ("judged", "speaker", "source", "verdict"),
    [
        ("Anna Nowak", "Anna Nowak", "She", "right"),
        ("Anna Nowak", "Nowak", "Nowak", "right"),
        ("Anna Nowak", "Boris Kowal", "She", "wrong"),
        ("Anna Nowak", None, "the mayor", "none"),
        ("an aide", None, "an aide to Nowak", "right"),
        ("an aide", "Anna Nowak", "an aide to Nowak", "wrong"),
        ("Harbour Authority, the agency", "agency", "the agency", "right"),
    ],
)
def test_a_speaker_is_right_wrong_or_not_named(judged: str, speaker: str | None, source: str, verdict: str) -> None:
    one = Attribution({"speaker": judged}, {"speaker": speaker, "source": source})
    assert (one.is_right, one.is_wrong) == (verdict == "right", verdict == "wrong")
