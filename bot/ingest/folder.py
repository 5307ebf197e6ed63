"""The files of a corpus folder: what each of them states, read again only where it has changed."""

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from bot.errors import ConfigurationError, RefusedArticle
from bot.ingest.dates import read_date
from bot.ingest.files import Record, read_page, read_row
from bot.model import PartialDate, text_hash

_PAGES = (".md", ".txt")
_ROWS = ".jsonl"
#: Bytes that one article may take.  The longest of 4,413 news articles measured, a live blog, takes 0.6 MB.
LARGEST_ARTICLE = 10_000_000
_DERIVED_ID = 16  # hexadecimal characters: 64 bits tell a million articles apart
_BOM = b"\xef\xbb\xbf"
_TICK = 1_000_000_000  # nanoseconds; no file system in use tells times less finely than in seconds
_JUST_NOW = 60_000_000_000  # nanoseconds; by so much the clock of a file server may be slow


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its file states it, before anything is told apart in its text."""

    record: Record
    id: str
    published: PartialDate | None
    file: str  # as messages name it, with the line where its id stands
    line: int
    origin: str
    source: bytes  # a hash of the bytes it was read from, and of the name that they give it


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file with what it states.  `state` tells whether it has changed since; None where that cannot be told."""

    state: tuple[int, ...] | None
    found: tuple[Draft | RefusedArticle, ...]


Sheets = Mapping[str, Sheet]  # by the path in the folder, in the order of the paths
NOTHING: Sheets = {}


def read_folder(folder: Path, largest: int = LARGEST_ARTICLE, before: Sheets = NOTHING) -> dict[str, Sheet]:
    """Return what the files in the folder and the folders below it state, in the order of their paths.

    `before` is what an earlier call returned: files that are as they were then are not opened again.
    """
    sheets: dict[str, Sheet] = {}
    times: dict[str, int] = {}
    for name, entry in _entries(folder):
        if isinstance(entry, RefusedArticle):
            sheets[name] = Sheet(None, (entry,))
            continue
        try:
            stat = entry.stat()
            state = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
            times[name] = max(stat.st_mtime_ns, stat.st_ctime_ns)
            known = before.get(name)
            same = known is not None and known.state == state
            sheets[name] = known if known and same else Sheet(state, _read(Path(entry.path), folder, largest, known))
        except OSError as error:
            reason = f"cannot be read ({error.strerror}); please check its permissions"
            sheets[name] = Sheet(None, (RefusedArticle(_name(Path(entry.path)), 1, reason),))
    # What was written just now can be written again without its times telling, as they have ticks.
    newest = max(times.values(), default=0)
    for name, written in times.items() if newest > time.time_ns() - _JUST_NOW else ():
        if written > newest - _TICK:
            sheets[name] = replace(sheets[name], state=None)
    return sheets


def accepted(sheets: Sheets) -> tuple[list[Draft], list[RefusedArticle]]:
    """Return the articles, no two with one id, and all that is refused."""
    drafts: dict[str, Draft] = {}
    refused: list[RefusedArticle] = []
    for sheet in sheets.values():
        for found in sheet.found:
            if isinstance(found, RefusedArticle):
                refused.append(found)
            elif (first := drafts.get(found.id)) is not None:
                reason = f"the id {first.id!r} is taken by {first.origin}, which is kept; please give this one another"
                refused.append(RefusedArticle(found.file, found.line, reason))
            else:
                drafts[found.id] = found
    return list(drafts.values()), refused


def _entries(folder: Path) -> list[tuple[str, "os.DirEntry[str] | RefusedArticle"]]:
    """Return the files to read and the refusals of those that cannot be, in the order of their paths."""
    found: dict[str, os.DirEntry[str] | RefusedArticle] = {}
    inside = folder.resolve()
    waiting = [str(folder)]
    while waiting:
        top = waiting.pop()
        try:
            with os.scandir(top) as listing:
                entries = [entry for entry in listing if not entry.name.startswith(".")]
        except OSError as error:
            if Path(top) == folder:
                raise ConfigurationError(
                    f"the corpus folder {_name(folder)} cannot be read ({error.strerror}); "
                    "please create it, or name another with --corpus"
                ) from None
            reason = f"this folder cannot be read ({error.strerror}); please check its permissions"
            found[_inside(top, folder)] = RefusedArticle(_name(Path(top)), 1, reason)
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            elif entry.name.lower().endswith((*_PAGES, _ROWS)) or (entry.is_symlink() and entry.is_dir()):
                fault = _unusable(entry, inside)
                if fault or not entry.is_dir():
                    refusal = RefusedArticle(_name(Path(entry.path)), 1, fault) if fault else None
                    found[_inside(entry.path, folder)] = refusal or entry
    return [(name, found[name]) for name in sorted(found)]


def _unusable(entry: "os.DirEntry[str]", inside: Path) -> str | None:
    """Return why a file must not be opened: it leads out of the folder, or nowhere, or would block."""
    if entry.is_symlink():
        try:
            target = Path(entry.path).resolve(strict=True)
        except (OSError, RuntimeError):
            return "this link leads nowhere; please remove it"
        if not target.is_relative_to(inside):
            return "this link leads out of the corpus folder; please copy the article into it"
    if not entry.is_file() and not entry.is_dir():
        return "this is no ordinary file; please remove it"
    return None


def _read(path: Path, folder: Path, largest: int, known: Sheet | None) -> tuple[Draft | RefusedArticle, ...]:
    """Return what a file states; what it stated before, in the same bytes, is not read anew."""
    before = {found.source: found for found in known.found if isinstance(found, Draft)} if known else {}
    rows = path.suffix.lower() == _ROWS
    return tuple((_read_rows if rows else _read_page)(path, folder, largest, before))


def _read_page(
    path: Path, folder: Path, largest: int, before: Mapping[bytes, Draft]
) -> Iterator[Draft | RefusedArticle]:
    with path.open("rb") as file:
        data = file.read(largest + 1)
    name, stem = _name(path), _printable(path.stem)
    source = _hash_of(data, stem)
    try:
        _check_size(len(data), largest, name, 1)
        yield before.get(source) or _draft(read_page(data, name), name, _inside(str(path), folder), stem, source)
    except RefusedArticle as refusal:
        yield refusal


def _read_rows(
    path: Path, folder: Path, largest: int, before: Mapping[bytes, Draft]
) -> Iterator[Draft | RefusedArticle]:
    name, inside = _name(path), _inside(str(path), folder)
    with path.open("rb") as file:
        for line, data in enumerate(file, start=1):
            row = data.removeprefix(_BOM) if line == 1 else data
            if row.isspace() or not row:
                continue
            source, origin = _hash_of(row), f"{inside}:{line}"
            if known := before.get(source):
                yield known if known.origin == origin else replace(known, line=line, origin=origin)
                continue
            try:
                _check_size(len(row), largest, name, line)
                record = read_row(row, name, line)
                yield _draft(record, name, origin, text_hash(record.text)[:_DERIVED_ID], source)
            except RefusedArticle as refusal:
                yield refusal


def _check_size(size: int, largest: int, file: str, line: int) -> None:
    if size > largest:
        reason = f"larger than {largest / 1e6:g} MB, the most one article may take; please split or shorten it"
        raise RefusedArticle(file, line, reason)


def _draft(record: Record, file: str, origin: str, derived_id: str, source: bytes) -> Draft:
    identity = record.fields.get("id", derived_id)
    if not identity.strip():
        raise RefusedArticle(file, record.line_of("id"), "the id is empty; please give one, or leave it out")
    line = record.lines.get("id", record.text_line if ":" in origin else 1)
    return Draft(record, identity, _published(record, file), file, line, origin, source)


def _published(record: Record, file: str) -> PartialDate | None:
    value = record.fields.get("published")
    if value is None:
        return None
    stated = read_date(value)
    if stated is None:
        reason = f"published is {value[:60]!r}: no date, or one of two; please write it as 2024-07-15, or leave it out"
        raise RefusedArticle(file, record.line_of("published"), reason)
    return stated


def _hash_of(data: bytes, name: str = "") -> bytes:
    return blake2b(name.encode() + b"\0" + data, digest_size=20).digest()


def _inside(path: str, folder: Path) -> str:
    return _printable(path.removeprefix(str(folder)).replace(os.sep, "/").lstrip("/"))


def _name(path: Path) -> str:
    return _printable(path.as_posix())


def _printable(name: str) -> str:
    """Return a file's name as text that can be shown: the system allows bytes that are no characters."""
    return os.fsencode(name).decode("utf-8", "replace")
