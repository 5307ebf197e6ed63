"""The articles of a folder by themselves, by the steps with which the program reads them before it analyses any."""

from dataclasses import dataclass
from pathlib import Path

from bot.errors import RefusedArticle
from bot.ingest.articles import article_of
from bot.ingest.folder import LARGEST_ARTICLE, accepted, read_folder
from bot.ingest.furniture import Furniture
from bot.model import Article


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a folder, and what could not be read of it."""

    articles: tuple[Article, ...] = ()
    refused: tuple[RefusedArticle, ...] = ()


def read_corpus(folder: Path, furniture: Furniture, largest: int = LARGEST_ARTICLE) -> Corpus:
    drafts, refused = accepted(read_folder(folder, largest))
    return Corpus(tuple(article_of(draft, furniture) for draft in drafts), tuple(refused))
