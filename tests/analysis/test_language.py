"""The language of an article, told by its small words."""

import pytest
from seeds import config

from bot.analysis.language import Languages
from bot.errors import ConfigurationError

# ruff: noqa: E501
LANGUAGES = [
    ("en", "The ministers met in Kyiv on Monday to talk about air defence, and they will meet again in the autumn, officials said."),
    ("de", "Die Minister trafen sich am Montag in Kiew, um über die Luftverteidigung zu sprechen, und sie werden sich im Herbst wieder mit den Partnern treffen."),
    ("fr", "Les ministres se sont réunis lundi à Kiev pour parler de la défense aérienne, et ils se retrouveront à l’automne dans la capitale avec les alliés."),
    ("es", "Los ministros se reunieron el lunes en Kiev para hablar de la defensa aérea y volverán a reunirse en otoño con los aliados de la región, según el portavoz."),
    ("it", "I ministri si sono riuniti lunedì a Kiev per parlare della difesa aerea e si incontreranno di nuovo in autunno con gli alleati della regione, ha detto il portavoce."),
    ("pl", "Ministrowie spotkali się w poniedziałek w Kijowie, aby rozmawiać o obronie powietrznej, i spotkają się ponownie jesienią, jak powiedział rzecznik, który nie był tam od lat."),
    ("uk", "Міністри зустрілися в понеділок у Києві, щоб поговорити про протиповітряну оборону, і вони зустрінуться знову восени, як сказав речник, який не був там від початку війни."),
    ("ru", "Министры встретились в понедельник в Киеве, чтобы поговорить о противовоздушной обороне, и они встретятся снова осенью, как сказал представитель, который не был там с начала войны."),
    ("id", "Para menteri bertemu di Kyiv pada hari Senin untuk membahas pertahanan udara, dan mereka akan bertemu lagi musim gugur ini, kata juru bicara tersebut kepada wartawan."),
    ("el", "Οι υπουργοί συναντήθηκαν τη Δευτέρα στο Κίεβο για να μιλήσουν για την αεράμυνα, και θα συναντηθούν ξανά το φθινόπωρο, είπε ο εκπρόσωπος στους δημοσιογράφους της χώρας."),
    ("cs", "Ministři se v pondělí sešli v Kyjevě, aby jednali o protivzdušné obraně, a na podzim se podle mluvčího, který byl u toho, sejdou znovu, ale jen pokud to bude třeba."),
    ("sk", "Ministri sa v pondelok stretli v Kyjeve, aby rokovali o protivzdušnej obrane, a na jeseň sa podľa hovorcu, ktorý bol pri tom, stretnú znova, ale len ak to bude treba, keď už nie skôr."),
    ("sr", "Ministri su se sastali u ponedeljak u Kijevu da bi razgovarali o odbrani, a na jesen će se sastati ponovo, kako je rekao portparol koji nije bio tamo od početka rata."),
    ("ja", "閣僚らは月曜日にキーウで会談し、防空について話し合った。秋にも再び会談する予定だと報道官は述べた。"),
    ("zh", "部长们星期一在基辅会晤，讨论防空问题，发言人说他们将在秋天再次会晤。"),
    ("ka", "მინისტრები ორშაბათს კიევში შეხვდნენ და თავდაცვაზე ისაუბრეს."),
    ("other", "Mawaziri walikutana mjini Kyiv siku ya Jumatatu ili kujadili ulinzi wa anga, na watakutana tena katika msimu wa vuli, alisema msemaji wa serikali kwa waandishi wa habari."),
    (None, "Kyiv, Monday"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), LANGUAGES)
def test_a_text_s_language_is_told_and_none_is_made_up(language: str | None, text: str) -> None:
    assert Languages.from_table(config().tables["article_languages"]).told(text, None) == language


ENGLISH, POLISH = LANGUAGES[0][1], next(text for code, text in LANGUAGES if code == "pl")


@pytest.mark.parametrize(
    ("text", "stated", "by_hand", "told"),
    [
        (ENGLISH, "pl", False, "en"),  # the template of a page says so
        (POLISH, "en-US", False, "pl"),
        (POLISH, "sk", False, "sk"),  # near languages are not told apart better than by who wrote the page
        (POLISH, "en", True, "en"),  # somebody has looked
        (ENGLISH, "Polish", True, "pl"),
        ("Kyiv, Monday", "DE_at", False, "de"),
        (POLISH, "xx", False, "xx"),
    ],
)
def test_what_is_stated_holds_where_the_text_does_not_speak_against_it(
    text: str, stated: str, by_hand: bool, told: str
) -> None:
    assert Languages.from_table(config().tables["article_languages"]).told(text, stated, by_hand) == told


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "needs a name"), ({"name": "X", "stem": "x"}, "may have"), ({"name": "X", "words": "a"}, "a list of words"),
        ({"name": "X", "stemmer": "klingon"}, "no stemmer 'klingon'"), ({"name": "X", "letters": "z-a"}, "letters"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_used_says_why(row: object, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        Languages.from_table({"xx": row})
