"""The index against rank_bm25 itself: its scores, but a total order and only documents that hold a term."""

import threading
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from bot.search.index import Index
from bot.text import Counts, counted, together

K1, B = 0.9, 0.4

terms = st.sampled_from("abcdefgh")
documents = st.lists(terms, max_size=8)
corpora = st.lists(documents, max_size=14)
queries = st.lists(terms | st.just("unknown"), max_size=6)
weights = st.sampled_from([0.3, 1.0, 2.0, -1.0, 0.0])
weighted_queries = st.dictionaries(terms | st.just("unknown"), weights, max_size=6)


def oracle(
    corpus: Sequence[Sequence[str]], weighted: Mapping[str, float], k1: float = K1, b: float = B
) -> list[tuple[int, float]]:
    """What rank_bm25 scores, one term at a time, for the documents that hold one; in the total order."""
    if not any(corpus):
        return []
    okapi = BM25Okapi(corpus, k1=k1, b=b)
    totals = np.zeros(len(corpus))
    for term, weight in weighted.items():
        totals += weight * okapi.get_scores([term])
    held = [number for number, document in enumerate(corpus) if not weighted.keys().isdisjoint(document)]
    return sorted(((number, float(totals[number])) for number in held), key=lambda hit: (-hit[1], hit[0]))


@given(corpora, queries, st.floats(0.1, 3.0), st.floats(0.0, 0.99))
def test_scores_are_those_of_get_scores(corpus: list[list[str]], query: list[str], k1: float, b: float) -> None:
    assume(any(corpus))
    expected = BM25Okapi(corpus, k1=k1, b=b).get_scores(query)
    found = Index.build(corpus, k1, b).search(Counter(query))
    assert {number for number, _ in found} == {n for n, document in enumerate(corpus) if set(query) & set(document)}
    for number, score in found:
        assert score == pytest.approx(expected[number], abs=1e-9)


@given(corpora, weighted_queries)
def test_hits_and_order_are_exactly_those_of_the_oracle(corpus: list[list[str]], query: dict[str, float]) -> None:
    assert Index.build(corpus, K1, B).search(query) == oracle(corpus, query)


@given(corpora, weighted_queries, st.integers(-1, 20))
def test_k_cuts_the_whole_list(corpus: list[list[str]], query: dict[str, float], k: int) -> None:
    index = Index.build(corpus, K1, B)
    assert index.search(query, k=k) == index.search(query)[: max(k, 0)]


@given(corpora, weighted_queries, st.lists(st.integers(-3, 20)), st.none() | st.integers(0, 5))
def test_among_leaves_out_the_others_and_changes_no_score(
    corpus: list[list[str]], query: dict[str, float], among: list[int], k: int | None
) -> None:
    index = Index.build(corpus, K1, B)
    expected = [hit for hit in index.search(query) if hit[0] in among][:k]
    kinds = (among, tuple(among), set(among), frozenset(among), dict.fromkeys(among).keys())
    arrays = (np.array(among, dtype=np.int64), np.array(among, dtype=np.int32))
    assert all(index.search(query, numbers, k) == expected for numbers in (*kinds, *arrays))


@given(corpora)
def test_idf_and_frequency_are_those_of_rank_bm25(corpus: list[list[str]]) -> None:
    index = Index.build(iter(corpus), K1, B)
    expected = BM25Okapi(corpus, k1=K1, b=B).idf if any(corpus) else {}
    for term in "abcdefgh":
        assert index.idf(term) == expected.get(term)
        assert index.frequency(term) == sum(term in document for document in corpus)
    assert len(index) == len(corpus)


@given(corpora, st.permutations("abcdefgh"))
def test_documents_with_the_same_terms_come_in_the_order_of_their_numbers(
    corpus: list[list[str]], query: list[str]
) -> None:
    twice = [*corpus, *(document[::-1] for document in corpus)]
    found = Index.build(twice, K1, B).search(dict.fromkeys(query, 0.3))
    scores = dict(found)
    ranks = {number: rank for rank, (number, _) in enumerate(found)}
    for number in range(len(corpus)):
        if number in scores:
            assert scores[number] == scores[number + len(corpus)]
            assert ranks[number] < ranks[number + len(corpus)]


def test_larger_corpora_have_the_top_ten_of_rank_bm25() -> None:
    draw = np.random.default_rng(7)
    corpus = [[str(word) for word in draw.zipf(1.3, size=length) % 5000] for length in draw.poisson(40, size=1500)]
    okapi, index = BM25Okapi(corpus, k1=K1, b=B), Index.build(corpus, K1, B)
    for start in range(0, 1500, 30):
        query = list(dict.fromkeys(corpus[start]))[:5]
        scores = okapi.get_scores(query)
        held = [number for number, document in enumerate(corpus) if not set(query).isdisjoint(document)]
        best = sorted(held, key=lambda number: (-scores[number], number))[:10]
        assert index.search(dict.fromkeys(query, 1.0), k=10) == [(number, float(scores[number])) for number in best]


def test_a_term_in_half_of_the_documents_scores_zero_and_is_found() -> None:
    index = Index.build([["a"], ["b"], ["a"], ["b"]], K1, B)
    assert index.idf("a") == 0
    assert index.search({"a": 1}) == [(0, 0.0), (2, 0.0)]


def test_a_negative_score_is_found_and_comes_last() -> None:
    corpus = [["a", "b"], ["a"], ["a"]]
    index = Index.build(corpus, K1, B)
    idf = index.idf("a")
    assert idf is not None
    assert idf < 0
    assert [number for number, _ in index.search({"a": 1, "b": 1})] == [0, 1, 2]
    assert all(score < 0 for _, score in index.search({"a": 1})[1:])


def test_a_term_of_weight_two_counts_as_if_it_stood_twice() -> None:
    corpus = [["a", "b"], ["b", "c", "c"], ["d"], ["e", "a"], ["f"]]
    scores = BM25Okapi(corpus, k1=K1, b=B).get_scores(["a", "b", "a"])
    assert dict(Index.build(corpus, K1, B).search({"a": 2, "b": 1})) == pytest.approx(
        {number: scores[number] for number in (0, 1, 3)}, abs=1e-9
    )


def test_a_term_of_weight_zero_finds_and_adds_nothing() -> None:
    assert Index.build([["a"], ["b"], ["c"]], K1, B).search({"a": 0}) == [(0, 0.0)]


def test_ties_at_the_cut_stay_in_the_order_of_their_numbers() -> None:
    index = Index.build([["x"], ["a"], *[["a"]] * 40, ["a", "a"], *[["y", "z"]] * 60], K1, B)
    assert [number for number, _ in index.search({"a": 1}, k=4)] == [42, 1, 2, 3]


@pytest.mark.parametrize("corpus", [[], [[]], [[], [], []]])
def test_nothing_to_find_is_a_state_and_not_a_crash(corpus: list[list[str]]) -> None:
    index = Index.build(corpus, K1, B)
    assert len(index) == len(corpus)
    assert index.search({"a": 1}, among=[0], k=3) == index.search({}) == []
    assert (index.idf("a"), index.frequency("a")) == (None, 0)


def test_empty_documents_keep_their_numbers() -> None:
    index = Index.build([[], ["a"], [], ["b"], ["a", "c"]], K1, B)
    assert {number for number, _ in index.search({"a": 1})} == {1, 4}
    assert index.search({"unknown": 1}) == index.search({"a": 1}, among=frozenset()) == []


def test_what_is_found_is_plain_python() -> None:
    [(number, score)] = Index.build([["a"], ["b"], ["c"]], K1, B).search({"a": 1}, among=np.array([0, 1]))
    assert type(number) is int
    assert type(score) is float


def test_an_index_cannot_be_changed() -> None:
    index = Index.build([["a"], ["b"], ["c"]], K1, B)
    with pytest.raises(AttributeError):
        index._size = 4  # type: ignore[misc]
    for values in (index._idf, index._offsets, index._documents, index._frequencies):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0


def test_threads_share_an_index() -> None:
    index = Index.build([[str(n % 7), str(n % 11), str(n % 13)] for n in range(500)], K1, B)
    query = {"1": 1.0, "2": 0.3, "9": 2.0}
    expected, found = index.search(query), []
    threads = [threading.Thread(target=lambda: found.append(index.search(query))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


def parts_of(corpus: Sequence[Sequence[Sequence[str]]]) -> list[tuple[str, Counts]]:
    found = []
    for documents in corpus:
        numbers: dict[str, int] = {}
        counts = counted(documents, numbers)
        found.append((together(numbers), counts))
    return found


@given(st.lists(st.tuples(corpora, st.booleans(), st.booleans()), max_size=6), st.booleans(), queries)
def test_a_revised_index_is_the_one_that_would_be_built(
    drawn: list[tuple[list[list[str]], bool, bool]], turned: bool, query: list[str]
) -> None:
    parts = parts_of([documents for documents, _, _ in drawn])
    before = [part for part, (_, was_there, _) in zip(parts, drawn, strict=True) if was_there]
    after = [part for part, (_, _, is_there) in zip(parts, drawn, strict=True) if is_there]
    after = after[::-1] if turned else after
    revised = Index.empty(K1, B).revised(before).revised(after)
    built = Index.empty(K1, B).revised(after)
    assert len(revised) == len(built)
    assert sorted(revised.terms) == sorted(built.terms)
    found, expected = revised.search(Counter(query)), built.search(Counter(query))
    assert dict(found) == pytest.approx(dict(expected), abs=1e-9)
