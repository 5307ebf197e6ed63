"""Articles into the corpus folder: one file for each page of the web, written whole or not at all.

Names of files are made here and nowhere else, of letters, digits and hyphens, so that nothing that a page says of
itself can lead out of the folder.  A link in the folder is not followed.
"""

import fcntl
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Literal

from anyascii import anyascii

from bot.errors import ConfigurationError, RefusedArticle, RefusedSource
from bot.ingest.addresses import Addresses
from bot.ingest.files import Record, read_page, write_page

_LONGEST_SLUG = 60
_UNFINISHED = ".adding-"  # how names of files begin that are not whole yet; a dot, so that nobody reads them
_HEAD = 20_000  # bytes among which front matter is looked for
_FIELD = re.compile(rb"^(id|url):[ \t]*([^\s'\"|>&*!{\[#%@`]\S*)[ \t]*\r?$", re.MULTILINE)
_ORDER = ("id", "headline", "outlet", "republished_by", "author", "published", "url", "language")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article that is to stand in the corpus.  `key` is what it is known by: the page's address, or its file."""

    text: str
    key: str
    fields: Mapping[str, str] = field(default_factory=dict)
    stated_by: Mapping[str, str] = field(default_factory=dict)
    name: str = ""  # what the file is called after, where there is no address
    note: str = ""  # what whoever adds it should know

    @property
    def file_name(self) -> str:
        digest = hashlib.sha256(self.key.encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return f"{_slug(self.name or self.key)}-{digest}.md"


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a draft, and the file that holds the article."""

    outcome: Literal["added", "updated", "unchanged"]
    file: Path
    article_id: str


def _slug(text: str) -> str:
    words = re.findall(r"[a-z0-9]+", anyascii(text[:400]).lower())
    return "-".join(words)[:_LONGEST_SLUG].strip("-") or "article"


class CorpusFolder:
    """The folder of articles as a place to put some; may be used by several threads and processes."""

    def __init__(self, folder: Path, addresses: Addresses) -> None:
        self._folder, self._addresses = folder, addresses
        self._turn = Lock()
        self._by_key: dict[str, Kept] | None = None
        self._by_id: dict[str, Path] = {}
        with self._alone():
            for left in folder.glob(f"{_UNFINISHED}*"):  # of a program that was killed
                with suppress(OSError):
                    left.unlink()

    def find(self, address: str) -> Kept | None:
        """Return the article of an address, if it is here."""
        with self._turn:
            return self._known().get(self._addresses.key(address))

    def put(self, draft: Draft, today: date) -> Kept:
        """Write an article, unless its text is here already.

        Raises RefusedSource where it cannot be written, or its place or id is taken by another.
        """
        with self._turn, self._alone():
            here = self._known().get(draft.key)
            target = here.file if here is not None else self._folder / draft.file_name
            try:
                return self._write(draft, target, today)
            except RefusedArticle as refused:
                raise RefusedSource(str(target), f"the article cannot be kept: {refused.reason}") from None
            except OSError as error:
                reason = f"it cannot be written ({error.strerror}); please check the folder"
                raise RefusedSource(str(target), reason, passing=True) from None

    def _write(self, draft: Draft, target: Path, today: date) -> Kept:
        if target.suffix.lower() == ".jsonl":
            return self._already_a_row(draft, target)
        before = _read(target)
        if before is not None and before.text == draft.text:
            return Kept("unchanged", target, before.fields.get("id", target.stem))
        stated = _merged(draft, before, today)
        own = str(stated.get("id", target.stem))
        if (other := self._by_id.get(own, target)) != target:
            raise RefusedSource(str(target), f"the id {own!r} is taken by {other.name}; please give it another")
        self._replace(target, write_page(draft.text, stated))
        self._known()[draft.key] = Kept("unchanged", target, own)
        self._by_id[own] = target
        return Kept("added" if before is None else "updated", target, own)

    @staticmethod
    def _already_a_row(draft: Draft, file: Path) -> Kept:
        for row in _rows(file):
            if row.get("body") == draft.text:
                return Kept("unchanged", file, str(row.get("id") or ""))
        reason = f"this article stands in {file.name}, which is not rewritten; please change it there"
        raise RefusedSource(str(file), reason)

    def _replace(self, target: Path, data: bytes) -> None:
        """Put a whole file in place of another, or of none: at no moment is there half of one."""
        unfinished = self._folder / f"{_UNFINISHED}{os.getpid()}-{target.stem[-20:]}.tmp"
        opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o666)
        try:
            with os.fdopen(opened, "wb") as file:
                with suppress(FileNotFoundError):
                    os.fchmod(file.fileno(), stat.S_IMODE(target.lstat().st_mode))
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        _sync_folder(target.parent)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes that add to this folder waiting; the lock ends with the process, however it ends."""
        try:
            opened = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise ConfigurationError(
                f"the corpus folder {self._folder} cannot be opened ({error.strerror}); name another with --corpus"
            ) from None
        try:
            fcntl.flock(opened, fcntl.LOCK_EX)
            yield
        finally:
            os.close(opened)

    def _known(self) -> dict[str, Kept]:
        """Return the articles that are here by their keys; the folder is read once."""
        if self._by_key is None:
            self._by_key = {}
            for path in _regular_files(self._folder):
                for url, identity in _stated_in(path):
                    if identity:
                        self._by_id.setdefault(identity, path)
                    if url:
                        self._by_key.setdefault(self._addresses.key(url), Kept("unchanged", path, identity))
        return self._by_key


def _merged(draft: Draft, before: Record | None, today: date) -> dict[str, object]:
    """Return the front matter to write: what the source states, and what somebody wrote there by hand before.

    A field is somebody's own where `stated_by` does not name a tag for it.
    """
    fields, stated_by = dict(draft.fields), dict(draft.stated_by)
    if before is not None:
        for name in before.fields.keys() - before.stated_by.keys():
            fields[name] = before.fields[name]
            stated_by.pop(name, None)
    stated: dict[str, object] = {name: fields[name] for name in (*_ORDER, *sorted(fields)) if name in fields}
    stated["retrieved"] = today.isoformat()
    if stated_by:
        stated["stated_by"] = {name: stated_by[name] for name in stated if name in stated_by}
    return stated


def _read(path: Path) -> Record | None:
    """Return the record of an article's file, None where there is none; raises RefusedArticle for a broken one."""
    if path.suffix.lower() == ".jsonl" or not os.path.lexists(path):
        return None
    if not stat.S_ISREG(path.lstat().st_mode):
        raise RefusedArticle(path.name, 1, f"{path.name} is no ordinary file; please remove it")
    return read_page(path.read_bytes(), path.name)


def _regular_files(folder: Path) -> Iterator[Path]:
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in sorted(names):
            path = Path(top, name)
            if not name.startswith(".") and name.lower().endswith((".md", ".txt", ".jsonl")) and not path.is_symlink():
                yield path


def _stated_in(path: Path) -> Iterator[tuple[str | None, str]]:
    """Yield the address and the id of each article of a file; of a file that cannot be read, nothing."""
    with suppress(OSError, RefusedArticle):
        if path.suffix.lower() == ".jsonl":
            for row in _rows(path):
                url, identity = row.get("url"), row.get("id")
                yield url if isinstance(url, str) else None, str(identity) if identity is not None else ""
            return
        with path.open("rb") as file:
            head = file.read(_HEAD)
        front = head.partition(b"\n---")[0] if head.startswith((b"---", b"\xef\xbb\xbf---")) else b""
        # Most front matter is lines of plain words, which need no YAML reader; one costs a millisecond for each file.
        found = {name: value.decode("utf-8", "replace") for name, value in _FIELD.findall(front)}
        for name in (b"id", b"url"):
            if name + b":" in front and name.decode() not in found:
                found = dict(read_page(path.read_bytes(), path.name).fields)
                break
        yield found.get("url"), found.get("id", path.stem)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    with path.open("rb") as file:
        for line in file:
            with suppress(ValueError, RecursionError):
                row = json.loads(line)
                if isinstance(row, dict):
                    yield row


def _sync_folder(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
