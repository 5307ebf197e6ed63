"""How well passages are found: the search against plain rank_bm25, on questions whose evidence is known.

Plain is what a few lines with the package give: paragraphs (or the sentences of a set) in lower case, split into words,
ranked with `BM25Okapi` as it comes, for the question as it is typed.  It has nobody whose words it keeps apart and no
way to abstain.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from rank_bm25 import BM25Okapi

from bot.answer.finding import Candidate, Finder
from bot.front.service import Service
from bot.question.reading import QuestionReader
from tests.quality import score
from tests.quality.score import Figures, Row

TOP = 10  # passages of the search that are looked at for evidence
_WORD = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"[^\n]+")


def plain(texts: Sequence[str], questions: Iterable[str], most: int) -> list[list[int]]:
    """Return for each question the numbers of the best texts, as plain rank_bm25 finds them."""
    ranking = BM25Okapi([_WORD.findall(text.lower()) for text in texts])
    scored = (ranking.get_scores(_WORD.findall(question.lower())) for question in questions)
    return [np.argsort(-scores, kind="stable")[:most].tolist() for scores in scored]


def plain_said_about(bodies: Mapping[str, str], questions: Sequence[Row]) -> Figures:
    """Return how often plain rank_bm25 over paragraphs has an annotated quote first, or in the first five.

    A paragraph has a quote where it holds half of it; how much else stands in it is not held against it.
    """
    paragraphs = [(name, match.span()) for name, body in bodies.items() for match in _PARAGRAPH.finditer(body)]
    asked = [question for question in questions if question["answerable"]]
    texts = [bodies[name][start:end] for name, (start, end) in paragraphs]
    found = plain(texts, (question["question"] for question in asked), score.TOP)
    ranks = [
        next((rank for rank, number in enumerate(best) if _holds(*paragraphs[number], question["gold"])), None)
        for question, best in zip(asked, found, strict=True)
    ]
    return {
        "plain_hit_at_1": score.share(sum(rank == 0 for rank in ranks), len(asked)),
        "plain_hit_at_5": score.share(sum(rank is not None for rank in ranks), len(asked)),
    }


def _holds(article: str, paragraph: tuple[int, int], gold: Iterable[Row]) -> bool:
    within = set(range(*paragraph))
    quotes = [
        {at for start, end, *_ in row["content"] for at in range(start, end)}
        for row in gold
        if row["article"] == article
    ]
    return any(2 * len(quote & within) >= len(quote) for quote in quotes)


def evidence(service: Service, questions: Sequence[Row], answers: Sequence[Row], sentences: Sequence[Row]) -> Figures:
    """Return how much of the evidence is among the first ten of the search, by itself and as plain rank_bm25 has it.

    The questions compare several articles or draw on them, which is not what the bot is for: how many of them it
    refuses is told, and there is no bound on it.
    """
    asked = [question for question in questions if question["answerable"]]
    numbers = plain([row["text"] for row in sentences], (one["question"] for one in asked), TOP)
    theirs = [[sentences[number]["id"] for number in best] for best in numbers]
    status = {answer["id"]: answer["status"] for answer in answers}
    refused = sum(status[question["id"]] == "abstained" for question in asked)
    unanswerable = [question["id"] for question in questions if not question["answerable"]]
    return {
        "answerable": len(asked),
        "unanswerable": len(unanswerable),
        "evidence_at_10": share_found(service, questions),
        "plain_evidence_at_10": _share_of_evidence(asked, theirs),
        "refused": score.share(refused, len(asked)),
        "answered": score.share(sum(status[identity] == "answered" for identity in unanswerable), len(unanswerable)),
    }


def share_found(service: Service, questions: Iterable[Row]) -> float:
    """Return the mean share of the evidence of the answerable questions that is among the first ten of the search."""
    assert service.today is not None
    asked = [question for question in questions if question["answerable"]]
    reader = QuestionReader(service.library, service.desk.stock.words, service.today)
    found = (Finder(service.library, reader.read(one["question"]), service.desk.stock.words).anybody() for one in asked)
    return share_of_evidence(asked, found)


def share_of_evidence(questions: Sequence[Row], found: Iterable[Sequence[Candidate]]) -> float:
    """Return the mean share of the evidence of questions that is in the first ten articles among their candidates."""
    ranked = [list(dict.fromkeys(one.quote.article_id for one in candidates))[:TOP] for candidates in found]
    return _share_of_evidence(questions, ranked)


def _share_of_evidence(questions: Sequence[Row], found: Sequence[Sequence[str]]) -> float:
    """Return the mean over the questions of the share of their evidence that was found."""
    shares = [
        len(set(question["evidence"]) & set(ranked)) / len(question["evidence"])
        for question, ranked in zip(questions, found, strict=True)
    ]
    return score.share(sum(shares), len(shares))
