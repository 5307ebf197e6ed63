"""Joining: which names of a corpus are one person's.

Names that can be one person's are joined unless one of them can also be somebody else's: “George Bush” beside George W.
and George H. W. Bush stays by itself.  Nothing here depends on the order of the articles.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import combinations

from bot.people.spelling import Comparer, Form, Likeness
from bot.text import Words

# A form in at most so many articles, and in at most this share of those of its rival, keeps nobody from being joined.
_STRAY, _STRAY_SHARE = 2, 0.05
_BEST_FIRST: tuple[Likeness, ...] = ("same", "short", "kin")
_OFTENER = 2  # how much oftener a name stands without the words in front of it that are none of its own


@dataclass(slots=True)
class Node:
    """A name in full, with the articles that use it; several names where the configuration says they are one."""

    forms: list[Form]
    articles: set[object] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)  # the last words of the titles that articles give them
    configured: str | None = None  # the name that it is to have
    apart: frozenset[Words] = frozenset()

    @property
    def key(self) -> Words:
        return min(form.words for form in self.forms)


@dataclass(frozen=True, slots=True)
class Joined:
    """Groups of nodes that are one person each; `near` are the groups that an ambiguous node could have joined."""

    groups: Sequence[Sequence[Node]]
    near: Mapping[Words, Sequence[int]]


def join(nodes: Iterable[Node], comparer: Comparer) -> Joined:
    """Return the nodes in groups, in an order of their own."""
    ordered = sorted(nodes, key=lambda node: node.key)
    graph = _Graph(ordered, comparer)
    ambiguous = graph.ambiguous()
    links = [(one, other) for one, other in graph.edges() if not {one, other} & ambiguous.keys()]
    links += graph.fronted()
    group_of = _components(len(ordered), links)
    numbers = {root: number for number, root in enumerate(dict.fromkeys(group_of))}
    groups: list[list[Node]] = [[] for _ in numbers]
    for node, root in zip(ordered, group_of, strict=True):
        groups[numbers[root]].append(node)
    near = {
        form.words: tuple(sorted({numbers[group_of[other]] for other in others}))
        for one, others in ambiguous.items()
        for form in ordered[one].forms
    }
    return Joined(groups, near)


class _Graph:
    """Nodes, and which of them can be one person's."""

    def __init__(self, nodes: Sequence[Node], comparer: Comparer) -> None:
        self._nodes, self._comparer = nodes, comparer
        self._by_words = {form.words: number for number, node in enumerate(nodes) for form in node.forms}
        self._alike: dict[int, set[int]] = {number: set() for number in range(len(nodes))}
        by_surname: dict[str, set[int]] = defaultdict(set)
        for number, node in enumerate(nodes):
            for form in node.forms:
                by_surname[form.surname].add(number)
        for bearers in by_surname.values():
            self._compare(sorted(bearers))
        self._part_strays()

    def edges(self) -> Iterator[tuple[int, int]]:
        for one, others in self._alike.items():
            yield from ((one, other) for other in sorted(others) if one < other)

    def ambiguous(self) -> dict[int, Set[int]]:
        """Return the nodes that could join either of two that cannot be one, with all that they could join."""
        return {
            one: others
            for one, others in self._alike.items()
            if any(second not in self._alike[first] for first, second in combinations(sorted(others), 2))
        }

    def _compare(self, bearers: Sequence[int]) -> None:
        """Put the names of one surname side by side.

        Short forms join where nobody else has the surname, or both have a title in common or stand in one article:
        Steve Cohen is a congressman, Stephen S. Cohen a professor.
        """
        likeness = {
            (one, other): self._likeness(self._nodes[one], self._nodes[other])
            for one, other in combinations(bearers, 2)
        }
        rare = all(alike != "none" or self._is_junk(pair) for pair, alike in likeness.items())
        for (one, other), alike in likeness.items():
            mine, theirs = self._nodes[one], self._nodes[other]
            proven = rare or mine.titles & theirs.titles or mine.articles & theirs.articles
            kin = alike == "kin" and mine.titles & theirs.titles and not mine.articles & theirs.articles
            if alike == "same" or (alike == "short" and proven) or kin:
                self._alike[one].add(other)
                self._alike[other].add(one)

    def _is_junk(self, pair: Iterable[int]) -> bool:
        """Whether one of two names is a stray capital before a surname: *Whether* Cruz."""
        return any(
            len(self._nodes[number].articles) <= _STRAY
            and not any(self._comparer.is_given(form.first) for form in self._nodes[number].forms)
            for number in pair
        )

    def _likeness(self, one: Node, other: Node) -> Likeness:
        if one.configured and other.configured:
            return "none"
        if any(form.words in other.apart for form in one.forms) or any(form.words in one.apart for form in other.forms):
            return "none"
        # A father and his son stand in one article, two ways to write one man's name seldom do, or with one title.
        told_apart = bool(one.articles & other.articles) and not one.titles & other.titles
        found = {
            self._comparer.likeness(mine, theirs)
            for mine in one.forms
            for theirs in other.forms
            if mine.suffix == theirs.suffix or not told_apart
        }
        return next((alike for alike in _BEST_FIRST if alike in found), "none")

    def _part_strays(self) -> None:
        """Part a node from those that make it ambiguous without weight: a misprint, or a son of the same name."""
        parted = []
        for one, others in self._alike.items():
            for pair in combinations(sorted(others), 2):
                if pair[1] not in self._alike[pair[0]]:
                    parted += [(one, stray) for stray, rival in (pair, pair[::-1]) if self._is_stray(one, stray, rival)]
        for one, stray in parted:
            self._alike[one].discard(stray)
            self._alike[stray].discard(one)

    def _is_stray(self, one: int, stray: int, rival: int) -> bool:
        node, other = self._nodes[stray], self._nodes[rival]
        suffix, others, own = (self._nodes[number].forms[0].suffix for number in (stray, rival, one))
        if suffix != own and others == own and len(node.articles) < len(other.articles):
            return True
        return not node.configured and len(node.articles) <= min(_STRAY, _STRAY_SHARE * len(other.articles))

    def fronted(self) -> Iterator[tuple[int, int]]:
        """Yield names with words in front that are none of their own, each with the name itself: Says Hillary Clinton.

        And names without the given name, such as Wasserman Schultz, with the only ones in full.
        """
        longer: dict[Words, set[int]] = defaultdict(set)
        for number, node in enumerate(self._nodes):
            for words in (form.words for form in node.forms):
                for start in range(1, len(words) - 1):
                    inner = self._by_words.get(words[start:])
                    if inner is None or inner == number:
                        continue
                    if any(map(self._comparer.is_given, words[:start])):
                        if not self._comparer.is_given(words[start]) or self._is_particle(number, words[start]):
                            longer[words[start:]].add(number)
                    elif all(map(self._comparer.is_title, words[:start])) or (
                        len(self._nodes[inner].articles) >= _OFTENER * len(node.articles)
                    ):
                        yield number, inner
        for words, numbers in sorted(longer.items()):
            if len(numbers) == 1 and not self._nodes[self._by_words[words]].configured:
                yield self._by_words[words], min(numbers)

    def _is_particle(self, number: int, word: str) -> bool:
        """Whether a word inside a name is one of those that are left out when names are compared."""
        return any(word in form.words[1:] and word not in form.given for form in self._nodes[number].forms)


def _components(size: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each number the least one that links lead to."""
    root = list(range(size))

    def found(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    for one, other in links:
        first, second = sorted((found(one), found(other)))
        root[second] = first
    return [found(number) for number in range(size)]
