"""A folder of articles, read in one order, every fault collected and everything sound kept."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ConfigurationError, RefusedArticle
from bot.ingest.dates import read_date
from bot.ingest.files import Record, read_page, read_row
from bot.ingest.furniture import Furniture
from bot.ingest.layout import lay_out
from bot.ingest.lines import lines_of
from bot.model import Article, Block, PartialDate, text_hash

_PAGES = (".md", ".txt")
_ROWS = ".jsonl"
#: Bytes that one article may take.  The longest of 4,413 news articles measured, a live blog, takes 0.6 MB.
LARGEST_ARTICLE = 10_000_000
_DERIVED_ID = 16  # hexadecimal characters: 64 bits tell a million articles apart


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a folder, and what could not be read of it."""

    articles: tuple[Article, ...] = ()
    refused: tuple[RefusedArticle, ...] = ()


def read_corpus(folder: Path, furniture: Furniture, largest: int = LARGEST_ARTICLE) -> Corpus:
    """Read every article in the folder and the folders below it, in the order of their paths."""
    refused: list[RefusedArticle] = []
    articles: dict[str, Article] = {}
    for found in _articles(folder, furniture, largest):
        if isinstance(found, RefusedArticle):
            refused.append(found)
        elif (first := articles.get(found.article.id)) is not None:
            reason = f"the id {first.id!r} is taken by {first.origin}, which is kept; please give this one another"
            refused.append(RefusedArticle(found.file, found.line, reason))
        else:
            articles[found.article.id] = found.article
    return Corpus(tuple(articles.values()), tuple(refused))


@dataclass(frozen=True, slots=True)
class _Found:
    """An article and where its id stands."""

    article: Article
    file: str
    line: int


def _articles(folder: Path, furniture: Furniture, largest: int) -> Iterator[_Found | RefusedArticle]:
    for entry in _entries(folder):
        if isinstance(entry, RefusedArticle):
            yield entry
            continue
        try:
            read = _read_rows if entry.suffix.lower() == _ROWS else _read_file
            yield from read(entry, folder, furniture, largest)
        except RefusedArticle as refusal:
            yield refusal
        except OSError as error:
            yield RefusedArticle(_name(entry), 1, f"cannot be read ({error.strerror}); please check its permissions")


def _entries(folder: Path) -> list[Path | RefusedArticle]:
    """Return the files to read and the refusals of those that cannot be, in the order of their paths."""
    faults: list[OSError] = []
    found: dict[str, Path | RefusedArticle] = {}
    for top, folders, names in os.walk(folder, onerror=faults.append):
        below = [name for name in folders if not name.startswith(".")]
        folders[:] = below
        linked = [name for name in below if os.path.islink(os.path.join(top, name))]
        wanted = [name for name in names if name.lower().endswith((*_PAGES, _ROWS)) and not name.startswith(".")]
        for path in (Path(top, name) for name in linked + wanted):
            reason = _unusable(path, folder)
            if reason or path.name not in linked:
                found[path.relative_to(folder).as_posix()] = RefusedArticle(_name(path), 1, reason) if reason else path
    for fault in faults:
        where = Path(fault.filename or folder)
        if where == folder:
            raise ConfigurationError(
                f"the corpus folder {_name(folder)} cannot be read ({fault.strerror}); "
                "please create it, or name another with --corpus"
            )
        reason = f"this folder cannot be read ({fault.strerror}); please check its permissions"
        found[where.relative_to(folder).as_posix()] = RefusedArticle(_name(where), 1, reason)
    return [found[path] for path in sorted(found)]


def _unusable(path: Path, folder: Path) -> str | None:
    """Return why a path must not be opened: it leads out of the folder, or nowhere, or would block."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "this link leads nowhere; please remove it"
    if not target.is_relative_to(folder.resolve()):
        return "this link leads out of the corpus folder; please copy the article into it"
    if not path.is_file() and not path.is_dir():
        return "this is no ordinary file; please remove it"
    return None


def _read_file(path: Path, folder: Path, furniture: Furniture, largest: int) -> Iterator[_Found]:
    with path.open("rb") as file:
        data = file.read(largest + 1)
    _check_size(len(data), largest, _name(path), 1)
    record = read_page(data, _name(path))
    yield _found(record, path, _name(path.relative_to(folder)), _printable(path.stem), furniture)


def _read_rows(path: Path, folder: Path, furniture: Furniture, largest: int) -> Iterator[_Found | RefusedArticle]:
    with path.open("rb") as file:
        for line, data in enumerate(file, start=1):
            row = data.removeprefix(b"\xef\xbb\xbf") if line == 1 else data
            if row.isspace() or not row:
                continue
            try:
                _check_size(len(row), largest, _name(path), line)
                record = read_row(row, _name(path), line)
                derived = text_hash(record.text)[:_DERIVED_ID]
                yield _found(record, path, f"{_name(path.relative_to(folder))}:{line}", derived, furniture)
            except RefusedArticle as refusal:
                yield refusal


def _check_size(size: int, largest: int, file: str, line: int) -> None:
    if size > largest:
        reason = f"larger than {largest / 1e6:g} MB, the most one article may take; please split or shorten it"
        raise RefusedArticle(file, line, reason)


def _found(record: Record, path: Path, origin: str, derived_id: str, furniture: Furniture) -> _Found:
    """Make the article of a record: what is stated about it, else what its own text states."""
    stated, text = record.fields, record.text
    article_id = stated.get("id", derived_id)
    if not article_id.strip():
        raise RefusedArticle(_name(path), record.line_of("id"), "the id is empty; please give one, or leave it out")
    published = _published(record, _name(path))
    headline = stated.get("headline", stated.get("title"))
    blocks = lay_out(text, furniture, headline, stated.get("author"))
    article = Article(
        id=article_id,
        sha256=text_hash(text),
        text=text,
        blocks=blocks,
        headline=headline if headline is not None else _printed_headline(text, blocks),
        outlet=stated.get("outlet"),
        republished_by=stated.get("republished_by"),
        published=published if published is not None else _printed_date(text, blocks, furniture),
        author=stated.get("author", _printed_author(text, blocks, furniture)),
        url=stated.get("url"),
        language=stated.get("language"),
        origin=origin,
    )
    return _Found(article, _name(path), record.lines.get("id", record.text_line if ":" in origin else 1))


def _published(record: Record, file: str) -> PartialDate | None:
    value = record.fields.get("published")
    if value is None:
        return None
    stated = read_date(value)
    if stated is None:
        reason = f"published is {value[:60]!r}: no date, or one of two; please write it as 2024-07-15, or leave it out"
        raise RefusedArticle(file, record.line_of("published"), reason)
    return stated


def _printed_headline(text: str, blocks: tuple[Block, ...]) -> str | None:
    return next((block.span.of(text) for block in blocks if block.kind == "headline"), None)


def _printed_date(text: str, blocks: tuple[Block, ...], furniture: Furniture) -> PartialDate | None:
    for block in blocks:
        if block.kind == "dateline":
            for line in lines_of(block.span.of(text)):
                if (stated := furniture.publication_date(line)) is not None:
                    return stated
    return None


def _printed_author(text: str, blocks: tuple[Block, ...], furniture: Furniture) -> str | None:
    for block in blocks:
        if block.kind == "byline":
            for line in lines_of(block.span.of(text)):
                if (author := furniture.author_in(line)) is not None:
                    return author
    return None


def _name(path: Path) -> str:
    return _printable(path.as_posix())


def _printable(name: str) -> str:
    """Return a file's name as text that can be shown: the system allows bytes that are no characters."""
    return os.fsencode(name).decode("utf-8", "replace")
