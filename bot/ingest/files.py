"""What a file of the corpus states: front matter and text, or one line of JSON.  Bytes in, records out."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from bot.errors import RefusedArticle

#: What front matter and JSON may state of an article; anything else in them is left alone.
FIELDS = frozenset(
    {"id", "headline", "title", "standfirst", "outlet", "republished_by", "author", "published", "url", "language"}
)
_BOM = b"\xef\xbb\xbf"
_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^---[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
_LONGEST_FRONT_MATTER = 20_000  # characters; the front matter of an article is a few hundred
_SURROGATE = re.compile("[\ud800-\udfff]")
_NULL = "tag:yaml.org,2002:null"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml reads ten times as fast, where it is built in


@dataclass(frozen=True, slots=True)
class Record:
    """The text of an article and what is stated about it, with the lines where that stands.

    `stated_by` names, for a field that a program took from a page, what on the page stated it.
    """

    text: str
    text_line: int
    fields: Mapping[str, str]
    lines: Mapping[str, int]
    stated_by: Mapping[str, str] = field(default_factory=dict)

    def line_of(self, field: str) -> int:
        return self.lines.get(field, self.text_line)


def read_page(data: bytes, file: str) -> Record:
    """Read a `.md` or `.txt` file: front matter, where it has some, and the text after it to the byte."""
    framed = data.startswith((b"---", _BOM + b"---"))
    source = _decode(data.removeprefix(_BOM) if framed else data, file, 1)
    opening = _OPENING.match(source)
    if opening is None:
        return _sound(Record(source, 1, {}, {}), file)
    closing = _CLOSING.search(source, opening.end())
    if closing is None:
        raise RefusedArticle(file, 1, "the front matter is not closed; please end it with a line that is just ---")
    text_line = source.count("\n", 0, closing.end()) + 1
    fields, lines, stated_by = _front_matter(source[opening.end() : closing.start()], file)
    return _sound(Record(source[closing.end() :], text_line, fields, lines, stated_by), file)


def read_row(data: bytes, file: str, line: int) -> Record:
    """Read one line of a `.jsonl` file."""
    source = _decode(data, file, line)
    try:
        row = json.loads(source)
    except json.JSONDecodeError as error:
        reason = f"this line is not JSON ({error.msg}, column {error.colno}); please write one object on each line"
        raise RefusedArticle(file, line, reason) from None
    except (ValueError, RecursionError):
        reason = "this line is JSON that is nested too deeply or holds a number that is too long; please simplify it"
        raise RefusedArticle(file, line, reason) from None
    if not isinstance(row, dict):
        raise RefusedArticle(file, line, 'this line is JSON but no object; please write {"body": "…"} on each line')
    body = row.get("body")
    if not isinstance(body, str):
        fault = "has no body" if body is None else "has a body that is not text"
        raise RefusedArticle(file, line, f'the article {fault}; please give its text as "body": "…"')
    fields = {key: _text_of(key, row[key], file, line) for key in FIELDS if row.get(key) is not None}
    return _sound(Record(body, line, fields, dict.fromkeys(fields, line)), file)


def _text_of(key: str, value: object, file: str, line: int) -> str:
    # Numbers are how some archives write ids and years.
    if isinstance(value, int) and not isinstance(value, bool) and key in ("id", "published"):
        return str(value)
    if not isinstance(value, str):
        raise RefusedArticle(file, line, f"{key} must be text; please write it as one string, or leave it out")
    return value


def _decode(data: bytes, file: str, line: int) -> str:
    if (nul := data.find(b"\0")) >= 0:
        reason = f"a NUL byte at offset {nul}: this is a binary file or UTF-16; please save it as UTF-8 text"
        raise RefusedArticle(file, line + data.count(b"\n", 0, nul), reason)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte, at = data[error.start], error.start
        reason = f"not UTF-8: byte 0x{byte:02x} at offset {at} ({error.reason}); please save it as UTF-8"
        raise RefusedArticle(file, line + data.count(b"\n", 0, at), reason) from None


def _sound(record: Record, file: str) -> Record:
    """Return the record if its text is one; JSON can spell characters that no file can hold."""
    if not record.text.strip("\ufeff \t\r\n") or record.text.isspace():
        raise RefusedArticle(file, record.text_line, "the article has no text; please add its body, or remove it")
    for name, value in (("body", record.text), *record.fields.items()):
        if "\0" in value or _SURROGATE.search(value):
            reason = f"{name} holds a NUL or half of a surrogate pair; please write the character itself"
            raise RefusedArticle(file, record.line_of(name), reason)
    return record


def _front_matter(source: str, file: str) -> tuple[dict[str, str], dict[str, int], dict[str, str]]:
    """Return the fields of the front matter as written, the line of each, and what stated them.

    The front matter begins on line 2.

    The nodes are read, not the values: YAML makes a date of `2024-07-15`, a number of `2024` and a truth of `No`.
    """
    if len(source) > _LONGEST_FRONT_MATTER:
        raise RefusedArticle(file, 1, "the front matter is longer than an article's; is its closing --- missing?")
    try:
        root = yaml.compose(source, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = f"the front matter is not YAML ({error.problem or error.context}); please write lines of key: value"
        raise RefusedArticle(file, mark.line + 2 if mark else 1, reason) from None
    except (yaml.YAMLError, RecursionError):
        raise RefusedArticle(file, 1, "the front matter is not YAML; please write lines of key: value") from None
    if root is None:
        return {}, {}, {}
    if not isinstance(root, yaml.MappingNode):
        raise RefusedArticle(file, root.start_mark.line + 2, "the front matter must be lines of key: value")
    fields: dict[str, str] = {}
    lines: dict[str, int] = {}
    stated_by: dict[str, str] = {}
    for key, value in root.value:
        if key.value == "stated_by" and isinstance(value, yaml.MappingNode):
            scalars = ((name.value, by.value) for name, by in value.value if isinstance(by, yaml.ScalarNode))
            stated_by = {name: by for name, by in scalars if isinstance(name, str)}
        if not isinstance(key, yaml.ScalarNode) or key.value not in FIELDS or value.tag == _NULL:
            continue
        line = key.start_mark.line + 2
        if not isinstance(value, yaml.ScalarNode):
            raise RefusedArticle(file, line, f"{key.value} must be text; please write it on one line, or leave it out")
        fields[key.value], lines[key.value] = value.value, line
    return fields, lines, stated_by


class _Plainly(yaml.SafeDumper):
    """Writes a value without quotes where it is read back as it is: to `read_page` a date is its text."""

    yaml_implicit_resolvers = {  # noqa: RUF012  (as the base class has it)
        first: [(tag, pattern) for tag, pattern in rules if tag == _NULL]
        for first, rules in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }


def write_page(text: str, stated: Mapping[str, object]) -> bytes:
    """Return a `.md` file that `read_page` reads as this text and these fields, whatever else `stated` holds.

    Raises RefusedArticle where no such file can be: a text that holds half a character, or none at all.
    """
    front = yaml.dump(dict(stated), Dumper=_Plainly, allow_unicode=True, sort_keys=False, width=10**6)
    try:
        data = f"---\n{front}---\n{text}".encode()
    except UnicodeEncodeError:
        data = b""
    record = read_page(data, "the article")
    fields = {name: value for name, value in stated.items() if name in FIELDS}
    if (record.text, record.fields, record.stated_by) != (text, fields, stated.get("stated_by", {})):
        raise RefusedArticle("the article", 1, "it cannot be written so that it is read back as it is")
    return data
