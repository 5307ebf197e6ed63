"""The nouns of the product: frozen values that the stages hand to each other.

Data flows one way: bytes become an `Article`, an article's text becomes `Passage`s and `Quote`s, quotes
become `Statement`s, a `Question` about them becomes an `Answer` or an `Abstention`.  Nothing here holds a
copy of an article's words: whoever shows words slices them out of `Article.text` by a `Span`.
"""

from bot.model.answer import Abstention, Answer, Fact, LeftOut, LibraryFacts, Reason
from bot.model.article import COVERAGE, Article, Block, BlockKind, Language, Passage, Span, Works, text_hash
from bot.model.dates import DateRange, PartialDate
from bot.model.person import Appearance, Person, Pronoun, Tense, Tenure, Title
from bot.model.question import Correction, Intent, Question, Without
from bot.model.quote import SPOKEN, Quote, QuoteKind, Statement, quote_id

__all__ = [
    "COVERAGE",
    "SPOKEN",
    "Abstention",
    "Answer",
    "Appearance",
    "Article",
    "Block",
    "BlockKind",
    "Correction",
    "DateRange",
    "Fact",
    "Intent",
    "Language",
    "LeftOut",
    "LibraryFacts",
    "PartialDate",
    "Passage",
    "Person",
    "Pronoun",
    "Question",
    "Quote",
    "QuoteKind",
    "Reason",
    "Span",
    "Statement",
    "Tense",
    "Tenure",
    "Title",
    "Without",
    "Works",
    "quote_id",
    "text_hash",
]
