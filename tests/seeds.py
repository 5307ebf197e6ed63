"""The shipped corpus and word lists as the program reads them, once for all tests."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from bot.analysis.analyst import Analyst
from bot.analysis.collection import Collection
from bot.answer.answering import answer
from bot.ingest.layout import Furniture, lay_out
from bot.model import Abstention, Answer, Article, Question, text_hash
from bot.question.following import go_on
from bot.question.reading import QuestionReader
from bot.question.words import QuestionWords
from bot.render import verbatim
from bot.search.composing import build_library, compose
from bot.search.library import Library
from bot.settings import Config, load

TODAY = date(2024, 9, 20)


@cache
def config() -> Config:
    return load(None, None)


@cache
def library() -> Library:
    return build_library(config().corpus, config().tables, k1=0.9, b=0.4)


@cache
def words() -> QuestionWords:
    return QuestionWords.from_tables(config().tables)


def library_of(*articles: Article) -> Library:
    """Return the library of articles that a test writes itself."""
    tables = config().tables
    analyst = Analyst(tables)
    return compose(Collection(tuple(map(analyst.of, articles))), tables, k1=0.9, b=0.4)


def article(identity: str, text: str, **stated: object) -> Article:
    """Return an article as the reader of files would make it."""
    blocks = lay_out(text, Furniture.from_table(config().tables["layout"]), headline=stated.get("headline"))  # type: ignore[arg-type]
    return Article(identity, text_hash(text), text, blocks, **stated)  # type: ignore[arg-type]


def ask(text: str, *history: str, most: int = 5, of: Library | None = None) -> Answer | Abstention:
    return answer(of or library(), text, history, TODAY, words(), most)


def read(text: str, *history: str) -> Question:
    """Return how a question is read that follows others."""
    reader = QuestionReader(library(), words(), TODAY)
    question = Question("")
    for asked in (*history, text):
        question = go_on(reader.read(asked), question, words())
    return question


def shown(outcome: Answer | Abstention) -> Sequence[str]:
    """Return the words of every quote that an answer shows, in order."""
    if isinstance(outcome, Abstention):
        return []
    articles = outcome.articles
    return [
        verbatim.words(articles[quote.article_id], quote)
        for statement in outcome.statements
        for quote in statement.quotes
    ]
