"""One person under every spelling over a whole corpus, and never two people under one name."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seeds import config

from bot.analysis.analyst import analyser_of
from bot.model import Appearance, PartialDate, Person, Tenure, Title
from bot.people.gathering import Told
from bot.people.register import Register
from bot.prose.name_words import NameWords


@cache
def name_words() -> NameWords:
    return replace(NameWords.from_tables(config().tables), people=())


def register_of(articles: Iterable[Told], *configured: Person) -> Register:
    names = replace(name_words(), people=configured)
    return Register(articles, names, analyser_of(config().tables).of_words)


def naming(*names: str, day: str | None = None, text: str = "", **titles: str) -> Told:
    """Return an article that names people; a title is given by the surname: Rutte="NATO chief"."""
    people = [
        Appearance(
            name, {name: 1}, frozenset({Title(titles[surname])} if (surname := name.split()[-1]) in titles else ())
        )
        for name in names
    ]
    return Told(people, PartialDate(*map(int, day.split("-"))) if day else None, text)


def one_each(*names: str, times: int = 1) -> list[Told]:
    return [naming(name) for name in names for _ in range(times)]


def same(*names: str) -> Person:
    """Return what the configuration says of somebody: the first name is the one to show."""
    return Person(names[0], dict.fromkeys(names, 0))


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("Radoslaw Sikorski", "Radosław Sikorski"), "Radosław Sikorski"),
        (("Wladyslaw Kosiniak-Kamysz", "Władysław Kosiniak Kamysz"), None),
        (("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Volodymyr Zelenskyi"), None),
        (("Joe Biden", "Joe Biden", "Joseph R. Biden Jr.", "Joseph Biden"), "Joe Biden"),
        (("George H.W. Bush", "George HW Bush", "George H. W. Bush"), None),
        (("J.D. Vance", "JD Vance", "JD Vance"), "JD Vance"),
        (("Mohammed bin Salman", "Mohamed Bin Salman", "Muhammad bin Salman"), None),
        (("Bashar al-Assad", "Bashar Assad"), None),
        (("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan", "Recep Erdogan"), None),
        (("Antony Blinken", "Antony Blinken", "Anthony Blinken", "Tony Blinken"), "Antony Blinken"),
        (("Hillary Clinton", "Hillary Clinton", "Hillary Rodham Clinton", "Says Hillary Clinton"), "Hillary Clinton"),
        (("Debbie Wasserman Schultz", "Debbie Wasserman Schultz", "Wasserman Schultz"), "Debbie Wasserman Schultz"),
        (("Donald Trump", "Donald Trump", "DONALD TRUMP", "Donald J. Trump"), "Donald Trump"),
        (("Sens. Pete Ricketts", "Pete Ricketts"), "Pete Ricketts"),
    ],
)
def test_spellings_of_one_person_are_joined(names: tuple[str, ...], shown: str | None) -> None:
    register = register_of(one_each(*names))
    assert [person.name for person in register.people] == [shown or register.people[0].name]
    assert register.people[0].spellings.keys() == set(names)
    assert register.people[0].articles == len(names)


@pytest.mark.parametrize(
    "names",
    [
        ("Bill Clinton", "Hillary Clinton", "Chelsea Clinton"),
        ("Jens Stoltenberg", "Camilla Stoltenberg"),
        ("George W. Bush", "George H.W. Bush"),
        ("Donald Trump", "Donald Trump Jr."),
        ("Ron Paul", "Rand Paul"),
        ("Marc Levin", "Mark Levin"),
        ("Christine Jones", "Christina Jones"),
        ("David Davies", "David Davis"),
        ("Michael Kofman", "Mike Coffman"),
        ("Aaron David Miller", "David Miller"),
        ("Andrew Cuomo", "Chris Cuomo"),
    ],
)
def test_different_people_stay_apart(names: tuple[str, ...]) -> None:
    assert {person.name for person in register_of(one_each(*names, times=3)).people} == set(names)


def test_a_name_that_could_be_two_peoples_is_neither_but_in_an_article_that_names_one() -> None:
    both = [*one_each("George W. Bush", "George H.W. Bush", times=3), naming("George Bush")]
    register = register_of(both)
    assert len(register.people) == 3
    assert register.link("George Bush", register.cast(both[-1]))[0] == "George Bush"
    beside = naming("George Bush", "George W. Bush")
    assert register.link("George Bush", register.cast(beside))[0] == "George W. Bush"


def test_a_misprint_keeps_nobody_apart() -> None:
    articles = [*one_each("Donald Trump", "Donald J. Trump", times=50), naming("Donald M. Trump")]
    assert {person.name for person in register_of(articles).people} == {"Donald Trump", "Donald M. Trump"}


def test_short_forms_need_a_proof_where_others_have_the_surname() -> None:
    cohens = ["Stephen S. Cohen", "Steve Cohen", "Anna Cohen"]
    assert len(register_of(one_each(*cohens)).people) == 3
    titled = [naming(name, Cohen="congressman") for name in cohens[:2]]
    assert len(register_of([*titled, naming("Anna Cohen")]).people) == 2


@pytest.mark.parametrize(
    ("corpus", "article", "written", "linked", "sure"),
    [
        # the article names them in full
        (one_each("Anna Nowak", "Jan Nowak"), naming("Anna Nowak"), "Nowak", "Anna Nowak", 1.0),
        (one_each("Rachel Maddow"), naming(text="“The Rachel Maddow Show” began."), "Maddow", "Rachel Maddow", 1.0),
        (one_each("Anna Nowak", "Jan Nowak"), naming("Anna Nowak", "Jan Nowak"), "Nowak", "Nowak", 0.9),
        # it does not, and one person bears it, whom many articles name
        (one_each("Donald Tusk", times=10), naming(), "Tusk", "Donald Tusk", 0.95),
        (one_each("Donald Tusk", times=2), naming(), "Tusk", "Tusk", 0.9),
        (one_each("Rand Paul", times=10), naming(), "Paul", "Paul", 0.9),  # rather a given name
        (one_each("Donald Tusk", times=10), naming(), "Macron", "Macron", 1.0),
        # several do
        (one_each("Bill Clinton", "Hillary Clinton", times=20), naming(), "Clinton", "Clinton", 0.9),
        ([*one_each("Barack Obama", times=20), *one_each("Michelle Obama")], naming(), "Obama", "Barack Obama", 0.7),
        # the family's name may come first, but not what only stands before a name, or names no family
        (one_each("Tsai Ing-wen"), naming("Tsai Ing-wen"), "Tsai", "Tsai Ing-wen", 1.0),
        ([*one_each("Ann Swift", times=20), naming("Trump Ann Swift")], naming("Ann Swift"), "Trump", "Trump", 1.0),
        (one_each("Hamas-run Gaza", times=10), naming(), "Hamas", "Hamas", 1.0),
        # places and media are nobody's surname
        (one_each("Jack London", times=20), naming(), "London", "London", 1.0),
        (one_each("Emily Post", times=20), naming(), "Post", "Post", 1.0),
    ],
)
def test_a_surname_alone(corpus: list[Told], article: Told, written: str, linked: str, sure: float) -> None:
    register = register_of([*corpus, article])
    assert register.link(written, register.cast(article)) == (linked, sure)


def test_a_title_tells_whose_surname_it_is() -> None:
    corpus = [naming("Barack Obama", Obama="President") for _ in range(5)] + one_each("Michelle Obama", times=4)
    article = Told([Appearance("Obama", {"Obama": 1}, frozenset({Title("President")}))])
    register = register_of([*corpus, article])
    assert register.link("Obama", register.cast(article)) == ("Barack Obama", 0.95)


def test_somebody_else_of_the_surname_in_the_article_keeps_it_from_the_best_known() -> None:
    corpus = [*one_each("Sabrina Singh", times=20)]
    article = naming("Jasleen Singh", Singh="expert")
    register = register_of([*corpus, article])
    assert register.link("Singh", register.cast(article))[0] != "Sabrina Singh"
    assert register.link("Singh", register.cast(naming(), ["Jasleen Singh"])) == ("Singh", 0.9)
    assert register.link("Singh", register.cast(naming(), ["hackers and Singh"])) == ("Sabrina Singh", 0.95)


def test_what_is_configured_wins() -> None:
    articles = one_each("Jens Stoltenberg", "Йенс Столтенберг", "Jens P. Stoltenberg")
    plain = register_of(articles)
    assert {person.name for person in plain.people} == {"Jens Stoltenberg", "Йенс Столтенберг"}
    known = replace(
        same("Jens Stoltenberg", "Йенс Столтенберг"), pronoun="he", apart=frozenset({"Jens P. Stoltenberg"})
    )
    people = {person.name: person for person in register_of(articles, known).people}
    assert people.keys() == {"Jens Stoltenberg", "Jens P. Stoltenberg"}
    assert people["Jens Stoltenberg"].pronoun == "he"
    assert people["Jens Stoltenberg"].articles == 2


def test_somebody_configured_whom_no_article_names_is_nobody_here() -> None:
    assert register_of(one_each("Anna Nowak"), same("Mark Rutte")).people[0].name == "Anna Nowak"


def test_a_person_has_titles_with_the_days_of_the_articles_that_give_them() -> None:
    articles = [naming("Mark Rutte", day=day, Rutte="NATO chief") for day in ("2024-10-02", "2024-12-01", "2024-11-05")]
    [rutte] = register_of(articles).people
    assert rutte.tenures == (Tenure("NATO chief", PartialDate(2024, 10, 2), PartialDate(2024, 12, 1), 3),)


def test_nobody_makes_an_empty_register() -> None:
    register = register_of([])
    assert register.people == ()
    assert register.link("Anybody", register.cast(naming())) == ("Anybody", 1.0)


NAMES = [
    "Donald Trump", "Donald J. Trump", "Donald Trump Jr.", "Ivanka Trump", "Says Trump", "Trump", "Joe Biden",
    "J. Biden", "Joseph R. Biden Jr.", "Joseph Biden", "Jill Biden", "Says Joe Biden", "George Bush", "George W. Bush",
    "George H.W. Bush", "Steve Cohen", "Stephen S. Cohen", "Volodymyr Zelensky", "Volodymyr Zelenskyy",
    "Itamar Ben Gvir", "Ben Gvir",
]  # fmt: skip
articles = st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True), max_size=14)


def _known(order: Sequence[Sequence[str]]) -> tuple[object, ...]:
    told = [naming(*names, Trump="president", Biden="vice president") for names in order]
    register = register_of(told)
    casts = {tuple(sorted(names)): register.cast(one) for names, one in zip(order, told, strict=True)}
    links = {(key, name): register.link(name, cast) for key, cast in casts.items() for name in NAMES}
    return register.people, links


@given(articles.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
@settings(deadline=None)
def test_linking_does_not_depend_on_the_order_of_articles(
    orders: tuple[list[list[str]], list[list[str]]],
) -> None:
    assert _known(orders[0]) == _known(orders[1])


def _told(names: Sequence[str], day: int) -> Told:
    return naming(*names, day=f"2024-10-{day}", Trump="US president", Biden="US president", Bush="president")


WRITTEN = [*NAMES, "Biden", "Bush", "the US president", "Zelensky", "Cohen"]
coming = st.lists(
    st.builds(_told, st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True), st.integers(10, 28)),
    max_size=14,
)


@given(coming, coming, coming, st.booleans())
@settings(deadline=None)
def test_a_register_that_follows_another_is_the_one_that_would_be_made(
    stay: list[Told], go: list[Told], come: list[Told], configured: bool
) -> None:
    people = [same("Volodymyr Zelensky", "Joe Volodymyr Cohen")] if configured else []
    before = register_of([*stay, *go], *people)
    names, of_words = replace(name_words(), people=tuple(people)), analyser_of(config().tables).of_words
    after = Register([*come, *stay], names, of_words, before)
    anew = register_of([*stay, *come], *people)
    assert after.people == anew.people
    changed = after.changes(before)
    for article in [*stay, *come]:
        links = {written: after.link(written, after.cast(article)) for written in WRITTEN}
        assert links == {written: anew.link(written, anew.cast(article)) for written in WRITTEN}
        for written in WRITTEN if article in stay else ():
            if not changed(before.grounds([written], article)):
                assert before.link(written, before.cast(article)) == links[written]
