"""How questions are read: who is asked about, about what, and within which limits."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seeds import TODAY, article, ask, library_of, read, words

from bot.model import Correction, DateRange, Without
from bot.question.reading import QuestionReader

STOLTENBERG, SIKORSKI = "Jens Stoltenberg", "Radosław Sikorski"
KAMYSZ, TUSK, PUTIN = "Władysław Kosiniak-Kamysz", "Donald Tusk", "Vladimir Putin"


@pytest.mark.parametrize(
    ("text", "intent", "speakers", "topic"),
    [
        ("what did Stoltenberg say about strikes in Russia", "said", (STOLTENBERG,), "strikes in Russia"),
        ("What is Stoltenberg’s position on Poland?", "said", (STOLTENBERG,), "Poland"),
        ("position of Jens Stoltenberg on missiles", "said", (STOLTENBERG,), "missiles"),
        ("What is the biggest risk according to Stoltenberg?", "said", (STOLTENBERG,), "biggest risk"),
        ("stoltenberg russia strikes", "said", (STOLTENBERG,), "russia strikes"),
        ("what about Sikorski?", "said", (SIKORSKI,), ""),
        ("What did Radoslaw Sikorski say?", "said", (SIKORSKI,), ""),
        ("Stoltenberg, Sikorski and Tusk on missiles", "said", (STOLTENBERG, SIKORSKI, TUSK), "missiles"),
        ("Stoltenberg or Sikorski on missiles", "said", (STOLTENBERG, SIKORSKI), "missiles"),
        ("What did the Polish foreign minister say about missiles?", "said", (SIKORSKI,), "missiles"),
        ("what did the NATO chief say", "said", (STOLTENBERG,), ""),
        ("What did the Secretary General say about membership?", "said", (STOLTENBERG,), "membership"),
        ("Poland’s defence minister on missiles", "said", (KAMYSZ,), "missiles"),
        ("What has Putin threatened?", "said", (PUTIN,), "threatened"),
        ("What did President Biden say about missiles?", "said", ("Joe Biden",), "missiles"),
        ("What did Polish FM Sikorski say about missiles?", "said", (SIKORSKI,), "missiles"),
        ("What did Britain say about Storm Shadow?", "said", ("U.K.",), "Storm Shadow"),
        ("latest statement by Stoltenberg", "latest", (STOLTENBERG,), ""),
        ("what is the latest?", "latest", (), ""),
        ("what did Stoltenberg say most recently about missiles", "latest", (STOLTENBERG,), "missiles"),
        ("thank you", "smalltalk", (), ""),
        ("Will Russia attack NATO?", "judgement", (), "Russia attack NATO"),
        ("quotes by Donald Tusk", "said", (TUSK,), ""),
        ("Did Stoltenberg say that the decision was a step?", "verify", (STOLTENBERG,), "the decision was a step"),
        ("Who said that there are no risk-free options?", "who_said", (), "risk-free options"),
        ("When did Stoltenberg give the interview?", "when", (), "Stoltenberg give the interview"),
        ("How many missiles entered Poland?", "how_many", (), "missiles entered Poland"),
        ("Kiev request to intercept missiles", "find", (), "Kiev request to intercept missiles"),
        ("How do the headlines differ on Poland?", "headlines", (), "Poland"),
        ("Who is Martin Fornusek?", "who_is", (), "Martin Fornusek"),
        ("Who wrote the article on missiles?", "about_article", (), "missiles"),
        ("how many articles do you have", "about_corpus", (), ""),
        ("Which outlets quote Stoltenberg on missiles?", "provenance", ("Jens Stoltenberg",), "missiles"),
        ("how many articles mention Poland", "mentions", (), "Poland"),
        ("what did Stoltenberg say abuot missiles", "said", ("Jens Stoltenberg",), "missiles"),
        ("what did Stoltenberg say at the UN", "said", ("Jens Stoltenberg",), "UN"),
        ("Stoltenberg vs Sikorski on Politico", "said", (STOLTENBERG, SIKORSKI), "Politico"),
        ("climate change", "find", (), "climate change"),
        ("what did Stoltenberg say about red lines", "said", (STOLTENBERG,), "red lines"),
        ("statements by the NATO chief on missiles", "said", (STOLTENBERG,), "missiles"),
        ("Is Stoltenberg right?", "judgement", (), "right"),
        ("Should Poland shoot missiles down?", "judgement", (), "Poland shoot missiles down"),
    ],
)
def test_who_is_asked_about_what(text: str, intent: str, speakers: tuple[str, ...], topic: str) -> None:
    question = read(text)
    assert (question.intent, question.speakers) == (intent, speakers)
    assert topic in ("", question.topic) or intent == "judgement"


WIRE = article(
    "wire",
    "The UN said that the famine spreads.\nChina said that tariffs are unfair.\n"
    "“No tariffs on ferries,” Anna Kowalska told the UN Security Council, according to a Reuters report.\n"
    "“No tariffs on grain,” Boris Nowak said, according to UN.\nThe World Harbour Organization said that piers fall.",
)


@pytest.mark.parametrize(
    ("text", "speakers", "via"),
    [
        ("what did the UN say about the famine", ("UN",), None),
        ("what does Nowak say about grain via UN", ("Boris Nowak",), "UN"),
        ("kowalska tariffs china", ("Anna Kowalska",), None),  # a country among key words is what is asked about
        ("what did China say about tariffs", ("China",), None),
        ("what does Reuters report about ferries", (), "Reuters"),
        ("What did the WHO say about piers?", ("World Harbour Organization",), None),
        ("who said that piers fall", (), None),
        ("what does the un say about the famine", ("UN",), None),
    ],
)
def test_a_body_is_who_speaks_or_what_is_asked_about(text: str, speakers: tuple[str, ...], via: str | None) -> None:
    reader = QuestionReader(library_of(WIRE), words(), TODAY)
    question = reader.read(text)
    assert (question.speakers, question.via) == (speakers, via)


@pytest.mark.parametrize(
    ("text", "described", "topic", "speakers"),
    [
        ("what did families of sailors say about the pier", "families of sailors", "the pier", {None}),
        ("what did the families of sailors say", "families of sailors", "", {None}),
        ("what did people say about the pier", "", "pier", {"Anna Nowak"}),
        ("what did Anna Nowak say about the pier", "", "the pier", {"Anna Nowak"}),
    ],
)
def test_who_is_asked_about_need_have_no_name(text: str, described: str, topic: str, speakers: set[str | None]) -> None:
    told = "The families of sailors said that the pier is closed.\n“The pier is old,” Anna Nowak said."
    found = ask(text, of=library_of(article("a", told)))
    assert (found.question.described, found.question.topic) == (described, topic)
    assert {one.quotes[0].speaker for one in found.statements} == speakers


def test_an_answer_says_where_it_has_no_words_of_those_who_are_asked_about() -> None:
    of = library_of(article("a", "Sailors sing. “The pier of the sailors is old,” Anna Nowak said."))
    found = ask("what did the sailors say about the pier", of=of)
    assert found.message.startswith("The pier (no words of sailors): ")


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("What did Macron say about strikes in Russia?", "Macron"),
        ("what did macron say about strikes", "macron"),
        ("What did Olaf Scholz say?", "Olaf Scholz"),
        ("Emmanuel Macron’s position on missiles", "Emmanuel Macron"),
        ("What did the French president say?", "French president"),
        ("What did Anna Stoltenberg say about missiles?", "Anna Stoltenberg"),
        ("according to Rutte, who decides?", "Rutte"),
        ("What did President Macron say about strikes?", "President Macron"),
        ("What did NATO chief Rutte say about Ukraine?", "NATO chief Rutte"),
        ("What did Polish President Andrzej Duda say?", "Polish President Andrzej Duda"),
        ("what did Putin's spokesman say about missiles", "Putin's spokesman"),
        ("what did the wife of Tusk say", "Tusk"),
        ("What did the British foreign minister say?", "British foreign minister"),
        ("Що сказав Макрон про удари?", "Makron"),
    ],
)
def test_a_name_in_the_speakers_place_that_nobody_knows(text: str, unknown: str) -> None:
    question = read(text)
    assert question.unknown_names == (unknown,)
    assert question.speakers == ()


@pytest.mark.parametrize(
    ("text", "written", "meant", "speaker"),
    [
        ("what did stoltenburg say about poland", "stoltenburg", "Stoltenberg", STOLTENBERG),
        ("what did Sikorsky say", "Sikorsky", "Sikorski", SIKORSKI),
        ("Kosiniak-Kamish nato consensus", "Kosiniak-Kamish", "Kosiniak-Kamysz", KAMYSZ),
        ("Donlad Tusk on missiles", "Donlad Tusk", "Donald Tusk", TUSK),
    ],
)
def test_a_misspelt_name_is_read_with_a_visible_correction(text: str, written: str, meant: str, speaker: str) -> None:
    question = read(text)
    assert Correction(written, meant) in question.corrections or question.corrections == ()
    assert question.speakers == (speaker,)


@pytest.mark.parametrize(
    ("text", "outlet", "via"),
    [
        ("Only from the Kyiv Independent: what did Stoltenberg say?", "The Kyiv Independent", None),
        ("what did Stoltenberg say according to Euromaidan Press", "Euromaidan Press", None),
        ("stoltenberg quotes in earthlings 1997", "Earthlings 1997", None),
        ("What did like123.com print?", "like123.com", None),
        ("What does Politico report?", None, "Politico"),
        ("what did stoltenberg say via politco", None, "Politico"),
        ("What did he tell LBC radio?", None, "LBC radio"),
        ("What did Stoltenberg tell LBC?", None, "LBC radio"),
        ("only earthlings1997.com: what did Stoltenberg say", "Earthlings 1997", None),
        ("What did Stoltenberg say in the Guardian?", "Guardian", None),
        ("What did Stoltenberg say about Politico?", None, None),
    ],
)
def test_outlets_and_relays_are_filters(text: str, outlet: str | None, via: str | None) -> None:
    question = read(text)
    assert (question.outlet, question.via) == (outlet, via)
    assert question.dates is None


@pytest.mark.parametrize(
    ("text", "language", "speakers", "topic"),
    [
        ("Що сказав Столтенберг про удари по Росії?", "uk", (STOLTENBERG,), "strikes in Russia"),
        ("Що сказав Сікорський про ракети?", "uk", (SIKORSKI,), "missiles"),
        ("Что сказал Столтенберг об ударах по России?", "ru", (STOLTENBERG,), "strikes in Russia"),
        ("Что сказал Путин?", "ru", (PUTIN,), ""),
        ("Co powiedział Stoltenberg o atakach na Rosję?", "pl", (STOLTENBERG,), "attacks on Russia"),
        ("Jakie jest stanowisko Stoltenberga w sprawie członkostwa?", "pl", (STOLTENBERG,), "membership"),
    ],
)
def test_other_languages_are_read_word_by_word(text: str, language: str, speakers: tuple[str, ...], topic: str) -> None:
    question = read(text)
    assert (question.language, question.speakers, question.topic) == (language, speakers, topic)
    assert question.readable


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Was hat Stoltenberg über Angriffe in Russland gesagt?", "German"),
        ("Qu'a dit Stoltenberg sur les frappes en Russie ?", "French"),
        ("¿Qué dijo Stoltenberg sobre los ataques en Rusia?", "Spanish"),
        ("斯托尔滕贝格说了什么？", "a language other than these"),
    ],
)
def test_languages_that_do_not_work_are_told(text: str, language: str) -> None:
    question = read(text)
    assert question.language == language
    assert not question.readable


Q1 = "what did Stoltenberg say about strikes in Russia"
SEPTEMBER = DateRange(date(2024, 9, 1), date(2024, 9, 30))


@pytest.mark.parametrize(
    ("text", "history", "expected"),
    [
        ("and in September?", [Q1], {"speakers": (STOLTENBERG,), "topic": "strikes in Russia", "dates": SEPTEMBER}),
        ("what about Sikorski?", [Q1], {"speakers": (SIKORSKI,), "topic": "strikes in Russia", "intent": "said"}),
        ("and on membership?", [Q1], {"speakers": (STOLTENBERG,), "topic": "membership"}),
        ("source?", [Q1], {"speakers": (STOLTENBERG,), "topic": "strikes in Russia", "intent": "source"}),
        ("show me the other wordings", [Q1], {"speakers": (STOLTENBERG,), "intent": "wordings"}),
        ("only from Euromaidan Press", [Q1], {"speakers": (STOLTENBERG,), "outlet": "Euromaidan Press"}),
        ("when did he say that?", [Q1], {"speakers": (STOLTENBERG,), "intent": "when", "topic": "strikes in Russia"}),
        ("who reported it?", [Q1], {"speakers": (STOLTENBERG,), "intent": "provenance"}),
        ("and Macron?", [Q1], {"unknown_names": ("Macron",), "speakers": (), "topic": "strikes in Russia"}),
        ("and in July?", [Q1, "and in September?"], {"dates": DateRange(date(2024, 7, 1), date(2024, 7, 31))}),
        ("What did Tusk say?", [Q1], {"speakers": (TUSK,), "topic": ""}),
        (
            "who else?",
            [Q1],
            {"speakers": (), "without": Without(speakers=(STOLTENBERG,)), "topic": "strikes in Russia"},
        ),
        ("and before that?", [Q1, "and in September?"], {"dates": DateRange(None, date(2024, 8, 31))}),
        ("and after that?", [Q1, "in July?"], {"dates": DateRange(date(2024, 8, 1), None)}),
        ("all outlets", [Q1, "only from Euromaidan Press"], {"outlet": None, "speakers": (STOLTENBERG,)}),
        ("without the date", [Q1, "and in September?"], {"dates": None, "topic": "strikes in Russia"}),
        ("more", [Q1], {"page": 1, "topic": "strikes in Russia", "speakers": (STOLTENBERG,)}),
        ("who is he?", ["What did Sikorski say?"], {"intent": "who_is", "speakers": (SIKORSKI,)}),
        ("did he mention Putin?", [Q1], {"speakers": (STOLTENBERG,), "topic": "Putin"}),
        ("how many articles do you have", [Q1], {"speakers": (), "topic": ""}),
    ],
)
def test_follow_ups_keep_what_they_leave_unsaid(text: str, history: list[str], expected: dict[str, object]) -> None:
    question = read(text, *history)
    assert {name: getattr(question, name) for name in expected} == expected


@pytest.mark.parametrize(
    "text",
    [
        "people other than Stoltenberg on missiles",
        "Everyone except Stoltenberg on missiles",
        "who but not Stoltenberg spoke",
        "what did anyone but Stoltenberg say",
    ],
)
def test_whoever_is_excluded_is_no_speaker(text: str) -> None:
    question = read(text)
    assert (question.speakers, question.without) == ((), Without(speakers=(STOLTENBERG,)))


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("what did Stoltenberg say, but not from Poland Daily 24", Without(outlets=("Poland Daily 24",))),
        ("Stoltenberg on missiles except in the Kyiv Independent", Without(outlets=("The Kyiv Independent",))),
        ("what did Stoltenberg say about missiles not via Politico", Without(relays=("Politico",))),
        ("stoltenberg missiles -politico", Without(relays=("Politico",))),
        ("who spoke about missiles, not by Tusk", Without(speakers=(TUSK,))),
        ("who besides Tusk or Sikorski spoke about missiles", Without(speakers=(TUSK, SIKORSKI))),
        ("what did Stoltenberg say, not in July", Without(dates=DateRange(date(2024, 7, 1), date(2024, 7, 31)))),
        ("what did Stoltenberg say that was not about Poland", Without(terms=("poland",))),
        ("what did Stoltenberg say about a deal without Putin", Without()),
        ("did Stoltenberg say that Russia, not Ukraine, started the war", Without()),
        ("what did Stoltenberg say, not only from Poland Daily 24", Without()),
    ],
)
def test_what_is_to_be_left_out_is_no_filter_that_admits_it(text: str, without: Without) -> None:
    question = read(text)
    assert question.without == without
    assert (question.via, question.dates) == (None, None)
    assert question.outlets == (("Poland Daily 24",) if "only" in text else ())


def test_two_outlets_are_both_admitted() -> None:
    assert read("compare Poland Daily 24 and Euromaidan Press").outlets == ("Poland Daily 24", "Euromaidan Press")


@pytest.mark.parametrize(
    ("text", "speakers", "terms"),
    [
        (
            "kowalska long walls",
            ("Maria Kowalska",),
            ("long", "wall"),
        ),  # in small letters a word is a name if it mostly is one
        ("What did Long say about walls?", ("Eva Long",), ("wall",)),
        ("What did Li say?", ("Li Weiming",), ()),  # the name that the article goes on with
        ("who else said Long was late", (), ("long", "late")),
    ],
)
def test_a_name_is_told_from_a_word_by_how_the_articles_use_it(
    text: str, speakers: tuple[str, ...], terms: tuple[str, ...]
) -> None:
    walls = [article(f"w{number}", "It was a long wall, and the walk was long.") for number in range(5)]
    named = "“The wall is high,” said Maria Kowalska. Eva Long said that walls fall. Li Weiming came. “It is,” Li said."
    question = ask(text, of=library_of(article("a", named), *walls)).question
    assert (question.speakers, question.terms) == (speakers, terms)


@pytest.mark.parametrize(
    ("text", "speakers", "outlets", "terms"),
    [
        ("What did the mayor of Gdynia say?", ("Maria Kowalska",), (), ()),
        ("What did the mayor of Sopot say?", (), (), ()),  # of which nobody is mayor
        ("What did Ferryline founder Long say about walls?", ("Eva Long",), (), ("wall",)),
        ("What did the Daily and the Herald report Long said?", ("Eva Long",), ("The Daily", "The Herald"), ()),
        ("Who spoke about Hurricane Ann?", (), (), ("hurrican", "ann")),
    ],
)
def test_a_name_is_read_with_what_stands_beside_it(
    text: str, speakers: tuple[str, ...], outlets: tuple[str, ...], terms: tuple[str, ...]
) -> None:
    told = (
        "“The wall is high,” said Maria Kowalska, the mayor of Gdynia. Ferryline said that walls fall. “They do,” said "
        "Eva Long. Sopot said no. Hurricane Ann said little. A Daily report said that walls fall. A hurricane came."
    )
    articles = [article("a", told, outlet="The Daily"), article("b", "A hurricane is near.", outlet="The Herald")]
    question = ask(text, of=library_of(*articles)).question
    assert (question.speakers, question.outlets) == (speakers, outlets)
    assert tuple(term for term in question.terms if term not in question.optional) == terms


def test_what_stands_before_the_subject_need_not_be_in_the_answer() -> None:
    question = read("What did Stoltenberg recently declare in public about NATO membership?")
    assert "public" in question.optional
    assert set(question.terms) - question.optional == set(read("NATO membership").terms)


def test_words_between_quotation_marks_are_phrases() -> None:
    question = read('Did he say NATO "will not be involved", ‘will not participate’ or “will not engage”?')
    assert question.phrases == ("will not be involved", "will not participate", "will not engage")


@pytest.mark.parametrize("written", ["'The Kyiv Independent'", "the “Kyiv Independent”"])
def test_a_name_between_quotation_marks_is_a_name(written: str) -> None:
    question = read(f"what did {written} report about missiles")
    assert (question.outlet, question.phrases) == ("The Kyiv Independent", ())
    assert read('who said "Putin"').phrases == ("Putin",)


PIECES = [
    "what", "did", "Stoltenberg", "say", "about", "on", "by", "from", "the Kyiv Independent", "in July", "who", "said",
    "“", "”", "'", "Tusk’s", "position", "according to", "Politico", "Що", "сказав", "NATO chief", "and", "?",
]  # fmt: skip


@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES)).map(" ".join))
@settings(deadline=None)
def test_reading_a_question_never_fails(text: str) -> None:
    question = read(text)
    assert question.text == text
