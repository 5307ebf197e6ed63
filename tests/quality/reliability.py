"""How far a certainty can be trusted: of the quotes of each band, the share whose speaker is the annotated one.

    python -m tests.quality.reliability            the table, measured on PolNeAR (see tests.quality.gate)
    python -m tests.quality.reliability --update   and kept in reliability.json, which the README prints

A quote counts where people annotated the same words and a name for their source.  Some of those names a machine found
for a pronoun or a title; they are often wrong, and counted apart.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.quality import data
from tests.quality.score import MACHINE, Row, between_marks, characters, is_speaker, name_of, share

KEPT = Path(__file__).with_name("reliability.json")
BANDS = (0.97, 0.95, 0.9, 0.8, 0.7, 0.5, 0.0)  # the least certainty of each
QUOTED, REPORTED = 0.8, 0.5  # the share of characters that a quote has in common with the annotated words


@dataclass(frozen=True, slots=True)
class Judged:
    """A quote whose speaker people named, and whether the reader named the same."""

    quote: Row
    annotated: Row
    right: bool

    @property
    def by_machine(self) -> bool:
        return bool(self.annotated["speaker_method"] == MACHINE)


def judge(gold: Iterable[Row], bodies: Mapping[str, str], quotes: Iterable[Row]) -> Iterator[Judged]:
    """Yield the quotes that hold annotated words of somebody with a name, each with the closest annotation."""
    found: dict[str, list[tuple[Row, list[set[int]]]]] = {}
    for quote in quotes:
        parts = [set(range(start, end)) for start, end in quote["content"]]
        found.setdefault(quote["article"]["id"], []).append((quote, [*parts, set().union(*parts)]))
    for row in gold:
        named = name_of(row) and row["speaker_method"] != "pronoun"  # “He” is no name
        if not named or not row["primary"] or not row["content"] or row["article"] not in bodies:
            continue
        reported = row["kind"] == "indirect"
        pieces = [characters(row["content"])] if reported else between_marks(row, bodies[row["article"]])
        kinds, overlap = (("indirect",), REPORTED) if reported else (("direct", "mixed"), QUOTED)
        for words in pieces:
            alike = [
                (len(words & part) / len(words | part), number, quote)
                for number, (quote, parts) in enumerate(found.get(row["article"], ()))
                if quote["kind"] in kinds
                for part in parts
                if len(words & part) >= overlap * len(words | part)
            ]
            if alike:
                quote = max(alike, key=lambda one: one[:2])[2]
                yield Judged(quote, row, is_speaker(quote["speaker"], row))


def bands(judged: Sequence[Judged]) -> list[Row]:
    """Return the bands of certainty from the highest, each with how many quotes and what share of them is right."""
    rows = []
    for least, below in zip(BANDS, (1.01, *BANDS), strict=False):
        inside = [one for one in judged if least <= one.quote["certainty"] < below]
        by_people = [one for one in inside if not one.by_machine]
        shares = {"right": _right(by_people), "with_machine": _right(inside)}
        rows.append({"from": least, "quotes": len(by_people), **shares})
    return rows


def _right(judged: Sequence[Judged]) -> float:
    return share(sum(one.right for one in judged), len(judged))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.reliability", description="Measure certainty.")
    parser.add_argument("--update", action="store_true", help="keep the table")
    given = parser.parse_args()
    if not data.folder().is_dir():
        sys.exit(f"there is no folder {data.folder()}; COVERAGE_BOT_DATA names another")
    read = data.read_large()
    rows = bands(list(judge(read.gold, read.bodies, read.quotes)))
    print("certainty from   quotes   speaker right   with names found by machine")
    for row in rows:
        print(f"{row['from']:14.2f} {row['quotes']:8,}   {row['right']!s:>13}   {row['with_machine']!s:>13}")
    if given.update:
        KEPT.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
