"""The language of an article, told by its small words."""

import pytest
from seeds import config

from bot.analysis.language import LanguageWords

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
    ("other", "Para menteri bertemu di Kyiv pada hari Senin untuk membahas pertahanan udara, dan mereka akan bertemu lagi musim gugur ini, kata juru bicara tersebut kepada wartawan."),
    ("other", "Οι υπουργοί συναντήθηκαν τη Δευτέρα στο Κίεβο για να μιλήσουν για την αεράμυνα, και θα συναντηθούν ξανά το φθινόπωρο, είπε ο εκπρόσωπος στους δημοσιογράφους της χώρας."),
    (None, "Kyiv, Monday"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text"), LANGUAGES)
def test_a_text_s_language_is_told_and_none_is_made_up(language: str | None, text: str) -> None:
    assert LanguageWords.from_table(config().tables["function_words"]).language(text) == language
