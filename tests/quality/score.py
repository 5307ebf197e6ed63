"""How answers and quotes are scored against question sets and annotated quotes.

Questions, answers and quotes are objects as their JSON has them: answers as `ask --batch --json` prints them, quotes
as `quotes --format jsonl` does.  Each function returns a table of figures.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Figures = dict[str, Any]

SPOKEN = ("direct", "mixed", "indirect")
TOP = 5  # statements of an answer that count: what a reader is shown before asking for more
WORDINGS = 6  # quotes of one statement that count
MISSING: Row = {"status": "missing", "statements": []}
#: The kinds of quote that show what an item of a question set is.
KINDS = {
    "direct_quote": ("direct", "mixed"),
    "indirect_quote": ("indirect", "mixed", "direct"),
    "headline": ("headline",),
    "narration": ("narration", "indirect"),
    "outlet_commentary": ("narration",),
}
MARKS = re.compile(r'"[^"]{2,}"|“[^”]{2,}”')


def fold(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    text = "".join(char for char in text if not unicodedata.combining(char)).lower()
    return re.sub(r"[^a-z0-9\u0400-\u04ff]+", " ", text).strip()


def surname(name: str | None) -> str:
    words = [word for word in fold(name or "").split() if word not in ("jr", "sr", "ii", "iii", "s")]
    return words[-1] if words else ""


def covers(shown: str, wanted: str) -> bool:
    """Whether the shown words hold at least 80% of the wanted ones in one run."""
    a, b = fold(shown), fold(wanted)
    return bool(b) and (b in a or (a in b and len(a) >= 0.8 * len(b)))


def quotes_of(answer: Row, most: int | None = None) -> list[tuple[int, Row]]:
    return [(n, quote) for n, statement in enumerate(answer["statements"]) for quote in statement["quotes"][:most]]


def share(part: float, whole: float) -> float:
    return round(part / max(whole, 1), 3)


def seed(questions: Sequence[Row], answers: Iterable[Row]) -> Figures:
    """Score answers to questions whose right words are listed.

    `required_found`: the share of the words a right answer must hold that were shown.  `first_right`: of the
    questions, how many have a right quote first.  `shown_listed`: of the quotes shown, how many are listed as right.
    `mislabelled`: questions with a right quote under a wrong kind or speaker.
    """
    given = {answer["id"]: answer for answer in answers}
    need = got = first = judged = shown_count = listed_count = 0
    refused, invented, forbidden, mislabelled, incomplete, not_first = [], [], [], [], [], []
    for question in questions:
        answer = given.get(question["id"], MISSING)
        quotes = [quote for n, quote in quotes_of(answer) if n < TOP]
        shown = [quote["text"] for quote in quotes]
        if any(covers(text, item["text"]) for item in question["must_not"] for text in shown):
            forbidden.append(question["id"])
        if not question["answerable"]:
            invented += [question["id"]] * (answer["status"] == "answered")
            continue
        refused += [question["id"]] * (answer["status"] != "answered")
        wanted = question["must"] or question["any_of"]
        if not wanted:
            continue
        judged += 1
        good = question["must"] + question["any_of"] + question["may"]
        found = [any(covers(text, item["text"]) for text in shown) for item in wanted]
        complete = all(found) if question["must"] else any(found)
        need += len(question["must"]) or 1
        got += sum(found) if question["must"] else any(found)
        incomplete += [] if complete else [question["id"]]
        listed = [any(covers(text, i["text"]) or covers(i["text"], text) for i in good) for text in shown]
        shown_count, listed_count = shown_count + len(listed), listed_count + sum(listed)
        mislabelled += [question["id"]] * any(_mislabelled(quote, item) for quote in quotes for item in good)
        right = any(covers(x["text"], item["text"]) for n, x in quotes_of(answer, 1) if n == 0 for item in good)
        first += right
        not_first += [] if right else [question["id"]]
    answerable = [question for question in questions if question["answerable"]]
    return {
        "answerable": len(answerable),
        "unanswerable": len(questions) - len(answerable),
        "required_found": share(got, need),
        "first_right": share(first, judged),
        "shown_listed": share(listed_count, shown_count),
        "refused_answerable": refused,
        "answered_unanswerable": invented,
        "forbidden_shown": forbidden,
        "mislabelled": mislabelled,
        "incomplete": incomplete,
        "not_first": not_first,
    }


def _mislabelled(quote: Row, item: Row) -> bool:
    if item["role"] not in KINDS or not covers(quote["text"], item["text"]):
        return False
    misnamed = quote["kind"] in SPOKEN and surname(quote["speaker"]) != surname(item.get("speaker"))
    return quote["kind"] not in KINDS[item["role"]] or bool(item.get("speaker") and misnamed)


def said_about(questions: Sequence[Row], answers: Iterable[Row], gold: Iterable[Row]) -> Figures:
    """Score answers to "What did SPEAKER say about TOPIC?" against quotes that people annotated.

    `hit_at_1`, `hit_at_5`: of the answerable questions, how many have an annotated quote of that speaker on that
    topic in the first statement, or in the first five.  `attribution_right`: of the quotes shown that were annotated,
    how many name the annotated speaker.
    """
    truth: dict[str, list[tuple[set[int], list[str]]]] = defaultdict(list)
    for row in gold:
        name = " ".join(filter(None, (row.get("speaker_name"), row.get("source_text"))))
        if re.search(r"[A-Z]", name):
            truth[row["article"]].append((characters(row["content"]), fold(name).split()))
    given = {answer["id"]: answer for answer in answers}
    first = top = refused = invented = judged = named = 0
    for question in questions:
        answer = given.get(question["id"], MISSING)
        if not question["answerable"]:
            invented += answer["status"] == "answered"
            continue
        refused += answer["status"] != "answered"
        spoken = _spoken(answer)
        hits = [rank for rank, quote in spoken if _is_hit(quote, question["gold"])]
        first, top = first + (0 in hits), top + bool(hits)
        for _, quote in spoken:
            speaker = _annotated_speaker(quote, truth[quote["article"]["id"]])
            judged += speaker is not None
            named += speaker is not None and surname(quote["speaker"]) in speaker
    answerable = sum(question["answerable"] for question in questions)
    return {
        "answerable": answerable,
        "unanswerable": len(questions) - answerable,
        "hit_at_1": share(first, answerable),
        "hit_at_5": share(top, answerable),
        "refused_answerable": share(refused, answerable),
        "answered_unanswerable": share(invented, len(questions) - answerable),
        "attribution_right": share(named, judged),
        "attribution_judged": judged,
    }


def _spoken(answer: Row) -> list[tuple[int, Row]]:
    """Return what somebody said among the first statements of an answer, each with its statement's number."""
    return [(n, quote) for n, quote in quotes_of(answer, WORDINGS) if n < TOP and quote["kind"] in SPOKEN]


def is_found(question: Row, answer: Row) -> bool:
    """Whether the first statements of an answer have an annotated quote."""
    return any(_is_hit(quote, question["gold"]) for _, quote in _spoken(answer))


def characters(spans: Iterable[Sequence[Any]]) -> set[int]:
    return {at for start, end, *_ in spans for at in range(start, end)}


def _is_hit(quote: Row, gold: Iterable[Row]) -> bool:
    shown = characters(quote["content"] or quote["spans"])
    contents = [characters(row["content"]) for row in gold if row["article"] == quote["article"]["id"]]
    return any(len(content & shown) >= max(0.5 * len(content), 0.2 * len(shown)) for content in contents)


def _annotated_speaker(quote: Row, truth: Iterable[tuple[set[int], list[str]]]) -> list[str] | None:
    shown = characters(quote["content"] or quote["spans"])
    overlaps = [(len(content & shown), who) for content, who in truth if len(content & shown) >= 0.5 * len(shown)]
    return max(overlaps, default=(0, None))[1]


#: How the annotation says that the source of a quote is a name, and that no person but a machine found its name.
NAMED, MACHINE = ("name", "name-multi"), "coref-silver"


def quotes(gold: Iterable[Row], bodies: Mapping[str, str], predicted: Iterable[Row]) -> Figures:
    """Score quotes, span by span, against those that people annotated.

    `quoted`: words between quotation marks, at least four words long, found where a predicted span shares 80% of
    their characters with them.  `indirect`: reported clauses, found at 50%.  A predicted quote of at least 15
    characters is right where annotated words make up half of it.
    """
    gold = [row for row in gold if row.get("primary", True) and row["article"] in bodies and row["content"]]
    articles = {row["article"] for row in gold}
    found: dict[str, list[tuple[Row, list[set[int]]]]] = defaultdict(list)
    for quote in predicted:
        if quote["article"]["id"] in articles:
            parts = [set(range(start, end)) for start, end in quote["content"] or quote["spans"] if end > start]
            found[quote["article"]["id"]].append((quote, parts))
    annotated: dict[str, set[int]] = defaultdict(set)
    quoted, indirect = [], []
    for row in gold:
        annotated[row["article"]] |= characters(row["content"])
        if row["kind"] == "indirect":
            indirect.append((row, characters(row["content"])))
        else:
            quoted += [(row, between) for between in between_marks(row, bodies[row["article"]])]
    return {
        "articles": len(articles),
        "quoted": _spans(quoted, found, annotated, ("direct", "mixed"), 0.8),
        "indirect": _spans(indirect, found, annotated, ("indirect",), 0.5),
    }


def name_of(row: Row) -> str:
    """Return the name that is annotated for the source of a quote, or nothing where there is none."""
    source = row.get("source_text") or ""
    return row.get("speaker_name") or (source if re.search(r"[A-Z]", source) else "")


def is_speaker(speaker: str | None, row: Row) -> bool:
    """Whether a speaker is the one that is annotated, by the surname."""
    who = surname(speaker)
    return bool(who) and who in fold(f"{name_of(row)} {row.get('source_text') or ''}").split()


def between_marks(row: Row, body: str) -> list[set[int]]:
    pieces = [
        match
        for start, end, *_ in row["content"]
        for match in MARKS.finditer(body, max(0, start - 1), min(len(body), end + 1))
    ]
    return [set(range(piece.start() + 1, piece.end() - 1)) for piece in pieces if len(piece.group().split()) >= 4]


def _spans(
    gold: Sequence[tuple[Row, set[int]]],
    found: Mapping[str, Sequence[tuple[Row, list[set[int]]]]],
    annotated: Mapping[str, set[int]],
    kinds: Sequence[str],
    overlap: float,
) -> Figures:
    matched, judged = 0, list[tuple[str, bool]]()
    for row, wanted in gold:
        hits = [
            (len(wanted & part) / len(wanted | part), quote)
            for quote, parts in found.get(row["article"], ())
            if quote["kind"] in kinds and parts
            for part in (*parts, set().union(*parts))
            if len(wanted & part) >= overlap * len(wanted | part)
        ]
        if not hits:
            continue
        matched += 1
        if name_of(row):
            right = is_speaker(max(hits, key=lambda hit: hit[0])[1]["speaker"], row)
            judged.append((row.get("speaker_method") or "", right))
    contents = [
        (article, content)
        for article, several in found.items()
        for quote, parts in several
        if quote["kind"] in kinds and len(content := set().union(*parts)) >= 15
    ]
    good = sum(len(content & annotated[article]) >= 0.5 * len(content) for article, content in contents)
    recall, precision = matched / max(len(gold), 1), good / max(len(contents), 1)
    return {
        "gold": len(gold),
        "recall": round(recall, 3),
        "predicted": len(contents),
        "precision": round(precision, 3),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 3),
        "speaker_right": _right(judged),
        "name_right": _right(one for one in judged if one[0] in NAMED),
        "by_machine_right": _right(one for one in judged if one[0] == MACHINE),
        "speakers_judged": len(judged),
    }


def _right(judged: Iterable[tuple[str, bool]]) -> float:
    right = [right for _, right in judged]
    return share(sum(right), len(right))
