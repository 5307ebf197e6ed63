"""The questions “What did X say about Y?” that are answered worst, each with the rule or the line that decided.

    python -m tests.quality.report questions

Every miss is put down to the first step that lost it: the name was read otherwise, no quote was found where people
annotated one, it was found with another speaker, it covers too little of the topic, or others came before it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answer import answering
from bot.answer.finding import Finder
from bot.front.service import Service
from bot.model import Answer, Question, Quote
from bot.question.reading import QuestionReader
from tests.quality import data, score, unanswerable
from tests.quality.score import Row

_MOST_SHOWN = 15  # of each kind
_LENGTH = 160  # characters of a quote


@dataclass(frozen=True, slots=True)
class Miss:
    """A question, the step that lost it, and what decided there."""

    question: str
    step: str
    decided: str
    wanted: str


def misses(service: Service, questions: Sequence[Row], answers: Sequence[Row]) -> Iterator[Miss]:
    """Yield the answerable questions whose first five statements have no annotated quote."""
    assert service.today is not None
    reader = QuestionReader(service.library, service.desk.stock.words, service.today)
    quotes = _by_article(service)
    for row, answer in zip(questions, answers, strict=True):
        if not row["answerable"] or score.is_found(row, answer):
            continue
        question = reader.read(row["question"])
        step, decided = _lost(service, question, row, quotes)
        yield Miss(row["question"], step, f"{answer['status']}: {decided}", row["gold"][0]["content_text"][:_LENGTH])


def _by_article(service: Service) -> Mapping[str, Sequence[Quote]]:
    found: dict[str, list[Quote]] = {}
    for quote in service.library.quotes:
        found.setdefault(quote.article_id, []).append(quote)
    return found


def _lost(service: Service, question: Question, row: Row, quotes: Mapping[str, Sequence[Quote]]) -> tuple[str, str]:
    """Return the first step that lost the annotated quotes, and the value that decided there."""
    if not question.speakers:
        return "name", f"nobody is known as {', '.join(question.unknown_names) or row['speaker']}"
    if score.surname(row["speaker"]) not in map(score.surname, question.speakers):
        return "name", f"read as {', '.join(question.speakers)}"
    near = [quote for gold in row["gold"] for quote in quotes.get(gold["article"], ()) if _touches(quote, gold)]
    held = [quote for quote in near if any(_holds(quote, gold) for gold in row["gold"])]
    theirs = [quote for quote in held if quote.speaker in question.speakers]
    if not near:
        return "reading", "no quote was read there"
    if not held:
        kinds = Counter(quote.kind for quote in near).most_common(1)[0][0]
        return "extent", f"the content of the {kinds} quote there is less than half of the annotated one"
    if not theirs:
        return "speaker", f"read as words of {', '.join(sorted({str(quote.speaker) for quote in held}))}"
    ranked = Finder(service.library, question, service.desk.stock.words).quotes(question.speakers)
    places = {one.quote.key: (rank, one) for rank, one in enumerate(ranked)}
    rank, best = min((places[quote.key] for quote in theirs), key=lambda place: place[0])
    if best.coverage < answering.ON_TOPIC:
        return "coverage", f"{best.coverage:.2f} of the question, below ON_TOPIC {answering.ON_TOPIC}"
    return "rank", f"candidate {rank + 1} with score {best.score:.2f}, the best has {ranked[0].score:.2f}"


def _characters(quote: Quote, shown: bool) -> set[int]:
    return {
        at for span in (quote.shown if shown else quote.contents or quote.shown) for at in range(span.start, span.end)
    }


def _touches(quote: Quote, gold: Row) -> bool:
    wanted = score.characters(gold["content"])
    return 2 * len(_characters(quote, shown=True) & wanted) >= len(wanted)


def _holds(quote: Quote, gold: Row) -> bool:
    wanted, content = score.characters(gold["content"]), _characters(quote, shown=False)
    return len(wanted & content) >= max(0.5 * len(wanted), 0.2 * len(content))


def main(arguments: Sequence[str]) -> None:
    articles = data.rows("polnear/articles.dev.jsonl.xz")
    gold, questions = data.rows("polnear/quotes.train.jsonl.xz"), data.rows("polnear/said_about.dev.jsonl.xz")
    service = data.open_rows(articles)
    found = list(misses(service, questions, data.answers(service, questions)))
    counts = Counter(miss.step for miss in found)
    print(f"{len(found)} of {sum(row['answerable'] for row in questions)} answerable questions are missed")
    for step, count in counts.most_common():
        print(f"\n{step}: {count}")
        for miss in [miss for miss in found if miss.step == step][:_MOST_SHOWN]:
            print(f"  {miss.question}\n    {miss.decided}\n    wanted: {miss.wanted}")
    print("\nanswered though unanswerable")
    for row in [
        *(row for row in questions if not row["answerable"]),
        *unanswerable.questions(articles, gold, questions),
    ]:
        outcome = service.ask(row["question"]).outcome
        if isinstance(outcome, Answer):
            _show_answer(row, outcome)


def _show_answer(row: Row, outcome: Answer) -> None:
    quote = outcome.statements[0].quotes[0]
    words = " … ".join(span.of(outcome.articles[quote.article_id].text) for span in quote.shown)
    print(f"  {row['question']}\n    {quote.speaker}, {quote.kind}, {quote.article_id}: {words[:_LENGTH]}")
