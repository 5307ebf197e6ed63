"""The word lists as they are shipped, the reader that goes by them, and the five seed articles as they are ingested."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from corpora import read_corpus

from bot.ingest.layout import Furniture
from bot.model import Article
from bot.prose.name_words import NameWords
from bot.prose.words import SpeechWords
from bot.quotes.reader import QuoteReader, Reading

ROOT = Path(__file__).parents[2]
Tables = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="session")
def tables() -> Tables:
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "config").glob("*.toml")}


@pytest.fixture(scope="session")
def reader(tables: Tables) -> QuoteReader:
    return QuoteReader(SpeechWords.from_table(tables["speech"]), NameWords.from_tables(tables))


@pytest.fixture(scope="session")
def articles(tables: Tables) -> Mapping[str, Article]:
    """The five seed articles by the first three characters of their names."""
    corpus = read_corpus(ROOT / "corpus", Furniture.from_table(tables["layout"]))
    return {article.id[:3]: article for article in corpus.articles}


@pytest.fixture(scope="session")
def readings(articles: Mapping[str, Article], reader: QuoteReader) -> Mapping[str, Reading]:
    return {name: reader.read(article) for name, article in articles.items()}
