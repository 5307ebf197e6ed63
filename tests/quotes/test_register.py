"""One person under every spelling: what the articles of a corpus teach, merged."""

from collections.abc import Iterable

import pytest

from bot.model import Person
from bot.quotes.reader import Reading
from bot.quotes.register import enrol


def named(*spellings: str) -> Iterable[Person]:
    """Return one person for each of the names, as articles of their own would teach them."""
    return [Person(spelling, frozenset({spelling})) for spelling in spellings]


@pytest.mark.parametrize(
    ("spellings", "shown"),
    [
        (("Radoslaw Sikorski", "Radosław Sikorski"), "Radosław Sikorski"),
        (("Wladyslaw Kosiniak-Kamysz", "Władysław Kosiniak-Kamysz"), "Władysław Kosiniak-Kamysz"),
        (("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy"), None),
    ],
)
def test_spellings_of_one_name_are_one_person(spellings: tuple[str, ...], shown: str | None) -> None:
    register = enrol(named(*spellings), [])
    assert len(register.people) == 1
    assert register.people[0].spellings == set(spellings)
    assert len({register.name(spelling) for spelling in spellings}) == 1
    assert shown is None or register.name(spellings[0]) == shown


def test_two_people_of_one_surname_stay_apart() -> None:
    register = enrol(named("Bill Clinton", "Hillary Clinton"), [])
    assert [register.name("Bill Clinton"), register.name("Hillary Clinton")] == ["Bill Clinton", "Hillary Clinton"]
    assert register.name("Clinton") == "Clinton"  # whose it is nobody can say


def test_a_surname_alone_is_its_only_bearer() -> None:
    register = enrol([Person("Donald Tusk", frozenset({"Donald Tusk"}))] * 3, [])
    assert register.name("Tusk") == "Donald Tusk"
    assert register.name("Macron") == "Macron"


def test_what_is_configured_wins() -> None:
    configured = [Person("Jens Stoltenberg", frozenset({"Jens Stoltenberg", "Йенс Столтенберг"}), pronoun="he")]
    register = enrol(named("Jens Stoltenberg", "Йенс Столтенберг"), configured)
    assert [person.name for person in register.people] == ["Jens Stoltenberg"]
    assert register.name("Йенс Столтенберг") == "Jens Stoltenberg"
    assert register.people[0].pronoun == "he"


def test_the_seed_articles_have_one_of_each(readings: dict[str, Reading]) -> None:
    register = enrol([person for reading in readings.values() for person in reading.people], [])
    names = [person.name for person in register.people]
    assert len(names) == len(set(names))
    everybody = {"Jens Stoltenberg", "Radosław Sikorski", "Władysław Kosiniak-Kamysz", "Donald Tusk", "Vladimir Putin"}
    assert everybody <= set(names)
    assert register.name("Radoslaw Sikorski") == "Radosław Sikorski"


def test_nobody_makes_an_empty_register() -> None:
    register = enrol([], [])
    assert register.people == ()
    assert register.name("Anybody") == "Anybody"
