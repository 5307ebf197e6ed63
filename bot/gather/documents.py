"""Bytes of some kind, from the web or from a file, as drafts of articles."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from bot.errors import RefusedArticle, RefusedSource
from bot.fetch.addresses import read_address
from bot.fetch.charsets import decode
from bot.gather.pages import read_html
from bot.gather.pdf import read_pdf
from bot.gather.writing import Draft
from bot.ingest.addresses import Addresses, same_site
from bot.ingest.dates import read_date
from bot.ingest.files import Record, read_page, read_row
from bot.model import text_hash

Kind = Literal["html", "text", "rows", "pdf"]

#: The kinds by the ends of their files' names.
KINDS: dict[str, Kind] = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "text", ".markdown": "text", ".txt": "text",
    ".text": "text", ".jsonl": "rows", ".ndjson": "rows", ".pdf": "pdf",
}  # fmt: skip
_MEDIA: dict[str, Kind] = {
    "application/pdf": "pdf", "text/markdown": "text", "application/x-ndjson": "rows", "application/jsonl": "rows",
}  # fmt: skip
_TAG = re.compile(rb"<(?:!doctype|html|head|body|div|p|meta|title)\b", re.IGNORECASE)
_HEAD = 2000  # bytes in which a page without a stated kind shows its first tag

#: A draft, or why there is none, each with where it comes from: the source, with the line where it holds several.
Found = tuple[str, Draft | RefusedSource]


def kind_of(data: bytes, media_type: str, address: str) -> Kind | None:
    """Return the kind of what was fetched, by what it is and what the server says; None where it is no article."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if kind := _MEDIA.get(media_type):
        return kind
    tagged = _TAG.search(data[:_HEAD]) is not None
    if tagged or "html" in media_type:
        return "html"
    named = KINDS.get(PurePosixPath(address.partition("?")[0]).suffix.lower())
    return named or "text" if media_type.startswith("text/plain") else None


def read_document(
    data: bytes, kind: Kind, source: str, addresses: Addresses, charset: str | None = None
) -> list[Found]:
    """Return the articles of a document.  `source` is its address, or the path of its file."""
    document = _Document(source, addresses)
    if kind != "rows":
        return [document.read(data, kind, source, 1, charset)]
    lines = enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1)
    return [document.read(line, kind, f"{source}:{number}", number) for number, line in lines if line.strip()]


@dataclass(frozen=True, slots=True)
class _Document:
    """Where articles come from, and by what they are known."""

    source: str
    addresses: Addresses

    @property
    def on_the_web(self) -> bool:
        return "://" in self.source

    def read(self, data: bytes, kind: Kind, where: str, number: int, charset: str | None = None) -> Found:
        try:
            if kind == "html":
                text, stated = read_html(data, self.addresses, charset, self.source if self.on_the_web else None)
                return where, replace(self._draft(text, stated.fields, stated.by), note="; ".join(stated.notes))
            if kind == "pdf":
                return where, self._draft(read_pdf(data, self.source), {}, {})
            if kind == "rows":
                record = read_row(data, where, number)
                return where, self._of_record(record, record.fields.get("id") or text_hash(record.text))
            if self.on_the_web:
                data = decode(data, charset)[0].encode("utf-8", "replace")
            return where, self._of_record(read_page(data, where))
        except RefusedArticle as refused:
            return where, RefusedSource(where, f"line {refused.line}: {refused.reason}")
        except RefusedSource as refused:
            return where, refused

    def _of_record(self, record: Record, row: str = "") -> Draft:
        published = record.fields.get("published")
        if published is not None and read_date(published) is None:
            reason = f"published is {published[:60]!r}: no date, or one of two; please write it as 2024-07-15"
            raise RefusedSource(self.source, reason)
        if not record.fields.get("id", "id").strip():
            raise RefusedSource(self.source, "its id is empty; please give one, or leave it out")
        return self._draft(record.text, record.fields, record.stated_by, row)

    def _draft(self, text: str, fields: Mapping[str, str], stated_by: Mapping[str, str], row: str = "") -> Draft:
        """Make a draft that is known by the article's address, or else by the file it comes from."""
        if self.on_the_web and not row and "url" not in fields:
            fields = {**fields, "url": self.source}
            stated_by = {**stated_by, "url": "the address it was fetched from"}
        if self.on_the_web and not _speaks_for(self.source, fields.get("url", self.source)):
            claimed = fields["url"][:100]
            reason = f"it takes itself for {claimed}, of another site; if that is so, save it and add the file"
            raise RefusedSource(self.source, reason)
        if url := fields.get("url", "").strip():
            return Draft(text, self.addresses.key(url), fields, stated_by)
        file = self.source if self.on_the_web else PurePosixPath(self.source).stem
        name = " ".join(filter(None, (file, fields.get("id"))))
        return Draft(text, f"file:{self.source} {row}", fields, stated_by, name)


def _speaks_for(source: str, address: str) -> bool:
    """Whether what was fetched may stand for an address: else anybody could put words into another's article."""
    try:
        return same_site(read_address(source).host, read_address(address).host)
    except RefusedSource:
        return False
