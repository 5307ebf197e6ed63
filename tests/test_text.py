"""Folding, words and terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from seeds import library

from bot.text import Stems, fold, skeleton, tokens, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Radosław", "radoslaw"),
        ("Władysław", "wladyslaw"),
        ("Øystein Đoković", "oystein dokovic"),
        ("Malmö", "malmo"),
        ("Straße", "strasse"),
        ("Ukraine’s", "ukraine's"),
        ("long‑range – 2024", "long-range - 2024"),
        ("ŁÓDŹ", "lodz"),
        ("Ærø", "aero"),
    ],
)
def test_folding_drops_case_accents_and_typographic_variants(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kosiniak-Kamysz’s", ("kosiniak", "kamysz")),
        ("the U.S. decision", ("the", "usa", "decision")),
        ("the US and us", ("the", "usa", "and", "us")),
        ("U.K. allies' aims", ("uk", "allies", "aims")),
        ("F-16 at 3.5%", ("f", "16", "at", "3.5")),
        ("don’t", ("don't",)),
    ],
)
def test_words_lose_possessives_and_the_stops_of_initials(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@given(st.text())
def test_every_word_is_a_slice_in_order(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert end <= token.span.start < token.span.end <= len(text)
        end = token.span.end


@pytest.mark.parametrize(
    ("one", "other"),
    [("Russian", "Russia"), ("Kiev", "Kyiv"), ("Polish", "Poland"), ("strikes", "strike"), ("threats", "threatened"),
     ("decisions", "decides"), ("destruction", "destroying"), ("TV", "television")],
)  # fmt: skip
def test_words_that_mean_the_same_are_one_term(one: str, other: str) -> None:
    analyser = library().analyser
    assert analyser.terms(one) == analyser.terms(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [("Radosław Sikorski", "Radoslaw Sikorsky"), ("Zelensky", "Zelenskyy"), ("Zelenskiy", "Zelensky")],
)
def test_spellings_of_one_name_have_one_skeleton(one: str, other: str) -> None:
    assert skeleton(words(one)) == skeleton(words(other))


def test_stop_words_are_no_terms() -> None:
    assert library().analyser.terms("what did he say about it") == []


@pytest.mark.parametrize(
    ("algorithm", "one", "other"),
    [
        ("german", "Raketen", "Rakete"), ("german", "Häuser", "Haus"), ("polish", "rakiety", "rakietach"),
        ("russian", "ракеты", "ракетами"), ("russian", "новый", "новых"), ("french", "l’armée", "armées"),
        ("turkish", "FÜZELERİ", "füzeler"), ("spanish", "misiles", "misil"), ("greek", "πυραύλους", "πυραύλων"),
        ("arabic", "الصواريخ", "صواريخ"), (None, "РАКЕТИ", "ракети"),
    ],
)  # fmt: skip
def test_forms_of_a_word_are_one_term_by_the_stemmer_of_its_language(
    algorithm: str | None, one: str, other: str
) -> None:
    assert Stems(algorithm).term(one) == Stems(algorithm).term(other)


def test_another_language_leaves_out_its_own_small_words() -> None:
    assert Stems("german", ["für", "die"]).terms("Die Raketen für Kiew") == ["rak", "kiew"]
