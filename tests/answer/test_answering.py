"""Answers: what is shown for which kind of question, in which order, and with what left out."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from seeds import article, ask, library, library_of, shown

from bot.model import Abstention, Answer, LeftOut, PartialDate
from bot.render import verbatim

Q1 = "what did Stoltenberg say about strikes in Russia"
RIGHT_TO_ATTACK = "Ukraine has the right to attack legitimate military targets"
SELF_DEFENSE = "This is clearly defined by international law"
INDIVIDUAL_ALLIES = "I welcome these developments and these decisions"
NO_RISK_FREE = "There are no risk-free options in the war,"
MODELS = "We have seen different models"
NOT_INVOLVED = "NATO’s policy remains unchanged – we will not participate in this conflict."


def answered(text: str, *history: str) -> Answer:
    outcome = ask(text, *history)
    assert isinstance(outcome, Answer), outcome.message
    return outcome


@pytest.mark.parametrize(
    ("text", "must", "never"),
    [
        (Q1, [RIGHT_TO_ATTACK, SELF_DEFENSE, INDIVIDUAL_ALLIES], [MODELS, "poland's proposal shoot down"]),
        ("What did Stoltenberg say about NATO membership for part of Ukraine?", [MODELS], [RIGHT_TO_ATTACK]),
        ("What is the biggest risk according to Stoltenberg?", [NO_RISK_FREE], [MODELS]),
        ("What has Putin threatened?", ["Vladimir Putin has previously threatened"], [NO_RISK_FREE]),
        ("What did Tusk say?", ["Donald Tusk discussed with NATO", "Donald Tusk emphasized the need"], [NOT_INVOLVED]),
        ("Which countries let Ukraine strike across the border?", ["the U.S. and Germany finally allowed"], []),
        ("Was a decision announced after their meeting?", ["no decision was announced"], []),
        ("Who said “risk-free options in the war”?", [NO_RISK_FREE], [MODELS]),
        ("who decides on long-range missiles", [INDIVIDUAL_ALLIES], []),
    ],
)
def test_what_is_shown_and_what_never_is(text: str, must: list[str], never: list[str]) -> None:
    words = shown(answered(text))
    for part in must:
        assert any(part in one for one in words), part
    for part in never:
        assert not any(part in one for one in words), part


def test_words_of_the_speaker_come_before_words_that_only_have_the_subject_beside_them() -> None:
    led_in = "Maria Lis was asked about the harbour. “We have done what we could, and more,” Maria Lis said."
    said = "Maria Lis said that the harbour stays closed for the winter."
    outcome = ask("What did Maria Lis say about the harbour?", of=library_of(article("a", f"{led_in}\n\n{said}")))
    assert [words[:14] for words in shown(outcome)] == ["Maria Lis said", "We have done w"]


def test_somebody_with_the_name_of_an_office_is_found() -> None:
    of = library_of(article("a", "“The grandchildren are safe,” said Amy Pope, the deputy mayor."))
    assert isinstance(ask("What did Amy Pope say about a grandchild?", of=of), Answer)


def test_everybody_who_is_named_is_among_the_first() -> None:
    statements = answered("what did Stoltenberg or Sikorski say about missiles").statements
    assert {statement.quotes[0].speaker for statement in statements[:2]} == {"Jens Stoltenberg", "Radosław Sikorski"}


def test_every_outlet_that_is_named_is_among_the_first_and_no_other() -> None:
    named = {"Earthlings 1997", "The Kyiv Independent"}
    statements = answered("what did Stoltenberg say in Earthlings 1997 and in the Kyiv Independent").statements
    first = {library().article(quote).outlet for statement in statements[:2] for quote in statement.quotes}
    every = {library().article(quote).outlet for statement in statements for quote in statement.quotes}
    assert first == every == named


def test_whoever_is_named_and_not_quoted_on_it_is_told() -> None:
    assert "no words of Vladimir Putin on this" in answered("Stoltenberg or Putin on NATO membership").message


def test_first_and_latest_order_what_is_on_the_subject() -> None:
    plain = {statement.id for statement in answered(Q1).statements + answered(Q1).more}
    for text in (
        "latest statement of Stoltenberg on strikes in Russia",
        "what did Stoltenberg first say about strikes in Russia",
    ):
        found = answered(text)
        assert {statement.id for statement in found.statements + found.more} <= plain


def test_the_latest_and_the_first_need_no_subject() -> None:
    latest, first = answered("what was said last").statements, answered("the first statements").statements
    days = [str(library().articles[one.quotes[0].article_id].published) for one in latest]
    assert set(days) == {max(str(one.published) for one in library().articles.values() if one.published)}
    assert {one.id for one in latest}.isdisjoint(one.id for one in first)


def test_how_often_counts_and_shows() -> None:
    found = answered("how often did Stoltenberg mention international law?")
    assert [fact.label for fact in found.facts] == ["statements", "quotes", "articles", "outlets"]
    assert found.facts[0].value == str(len(found.statements))


def test_which_outlets_quote_somebody_is_told_with_the_number_of_their_articles() -> None:
    found = answered("which outlets quote Stoltenberg?")
    assert {fact.label for fact in found.facts} == {"outlet"}
    shown = {quote.speaker for statement in found.statements for quote in statement.quotes}
    assert "Jens Stoltenberg" in shown


def test_articles_that_hold_a_word_are_counted() -> None:
    found = answered("how many articles mention missiles?")
    assert found.message.endswith("of 5 hold the words “missiles”.")
    assert found.facts[0].label == "articles"
    assert int(found.facts[0].value) == sum("missile" in one.text.lower() for one in library().articles.values())


def test_what_somebody_left_unsaid_is_in_no_article() -> None:
    assert answered("what did Stoltenberg not say about strikes in Russia").message.endswith(
        "; what was left unsaid, no article holds"
    )
    assert "unsaid" not in answered(Q1).message


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("what did Stoltenberg say about strikes, but not from Poland Daily 24", "Poland Daily 24"),
        ("what did Stoltenberg say, except in the Kyiv Independent", "The Kyiv Independent"),
    ],
)
def test_what_is_to_be_left_out_is_not_shown(text: str, without: str) -> None:
    found = answered(text)
    quotes = [quote for statement in found.statements + found.more for quote in statement.quotes]
    assert without not in {library().article(quote).outlet for quote in quotes}


def test_days_to_leave_out_leave_out_what_has_no_day_as_well() -> None:
    found = answered("what did Stoltenberg say about strikes in Russia, not in September")
    assert all("2024-09" not in str(quote.said_on) for statement in found.statements for quote in statement.quotes)
    assert found.left_out == LeftOut(undated=2)


def test_only_the_named_speakers_words_are_shown() -> None:
    for name in ("Stoltenberg", "Tusk", "Sikorski", "Putin"):
        for statement in answered(f"what did {name} say").statements:
            assert all(name in str(quote.speaker) for quote in statement.quotes)


def test_words_between_marks_come_before_reports_that_fit_alike() -> None:
    kinds = [statement.quotes[0].kind for statement in answered(Q1).statements]
    assert kinds[:2] == ["direct", "direct"] or kinds[:2] == ["direct", "mixed"]


def test_one_utterance_is_one_statement_in_the_wordings_of_its_outlets() -> None:
    first = answered("What did Stoltenberg say about being involved in the conflict?").statements[0]
    assert len({quote.article_id for quote in first.quotes}) == 4


def test_a_statement_shows_one_report_an_article_at_most() -> None:
    for statement in answered("What is Stoltenberg’s position on Poland shooting down Russian missiles?").statements:
        reports = [quote.article_id for quote in statement.quotes if quote.kind == "indirect"]
        assert len(reports) == len(set(reports))


@pytest.mark.parametrize(
    ("text", "articles", "left_out"),
    [
        ("What did Stoltenberg say in September 2024?", {"004"}, LeftOut(undated=2)),
        ("What did Stoltenberg say before August?", {"000", "001"}, LeftOut(undated=2)),
        ("What did Stoltenberg say since 1 August about missiles?", {"004"}, LeftOut(undated=2)),
        ("What did Kosiniak-Kamysz say on 10 July?", {"001"}, LeftOut()),
        ("what did stoltenberg say in earthlings 1997", {"003"}, LeftOut()),
        ("Only from the Kyiv Independent: what did Stoltenberg say?", {"000"}, LeftOut()),
        ("What was republished by like123.com of Stoltenberg?", {"001", "004"}, LeftOut()),
        ("What does Politico report?", {"004"}, LeftOut()),
        ("What did Stoltenberg say via Ukrainska Pravda?", {"001"}, LeftOut()),
        ("what was said on LBC radio", {"004"}, LeftOut()),
    ],
)
def test_filters_admit_only_what_they_say_and_tell_what_they_could_not_test(
    text: str, articles: set[str], left_out: LeftOut
) -> None:
    outcome = answered(text)
    found = {quote.article_id[:3] for statement in outcome.statements for quote in statement.quotes}
    assert found == articles
    assert outcome.left_out == left_out


def test_a_copy_of_an_article_answers_for_its_own_outlet() -> None:
    said = "“The bridge is open,” said Anna Nowak."
    copies = [article("a", said, outlet="Herald"), article("b", said, outlet="Post", published=PartialDate(2024, 7, 3))]
    of = library_of(*copies)
    for text in ("What did Anna Nowak say in the Post?", "What did Anna Nowak say in July 2024?"):
        outcome = ask(text, of=of)
        assert isinstance(outcome, Answer), text
        assert [quote.article_id for quote in outcome.statements[0].quotes] == ["b"]


AROUND = " ".join(f"Lane number {number} was swept on Monday." for number in range(30))


@pytest.mark.parametrize(
    ("endings", "counts"),
    [
        (("", "", ""), {"statements": "2", "quotes": "2", "articles": "1", "outlets": "3"}),
        (
            (" Rain fell.", " Snow fell.", " Hail fell."),
            {"statements": "2", "quotes": "2", "articles": "1", "outlets": "3"},
        ),
        # an article that reports the same words on its own is no copy
        ((" Rain fell.", " Snow fell.", None), {"statements": "2", "quotes": "4", "articles": "2", "outlets": "3"}),
    ],
)
def test_copies_of_an_article_count_once(endings: tuple[str | None, ...], counts: dict[str, str]) -> None:
    said = "“The bridge is open,” said Anna Nowak. “The bridge is closed again,” Anna Nowak said."
    bodies = [said if ending is None else f"{said} {AROUND}{ending}" for ending in endings]
    outlets = zip(("Herald", "Post", "Times"), bodies, strict=True)
    of = library_of(*(article(outlet, body, outlet=outlet) for outlet, body in outlets))
    outcome = ask("how often did Anna Nowak mention the bridge?", of=of)
    assert isinstance(outcome, Answer)
    assert {fact.label: fact.value for fact in outcome.facts} == counts
    [anna] = of.people
    assert anna.quotes == int(counts["quotes"])


def test_an_unknown_name_beside_a_known_one_is_told() -> None:
    outcome = answered("What did Macron and Stoltenberg say about strikes in Russia?")
    assert "Macron" in outcome.message
    assert all(quote.speaker == "Jens Stoltenberg" for one in outcome.statements for quote in one.quotes)


def test_questions_about_the_corpus_keep_to_the_filters() -> None:
    outcome = answered("How many articles are there in September 2024?")
    assert ("articles", "1") in [(fact.label, fact.value) for fact in outcome.facts]
    assert outcome.left_out == LeftOut(undated=2)


def test_a_filter_by_outlet_counts_articles_that_state_none() -> None:
    said = "“The bridge is open,” said Anna Nowak."
    of = library_of(article("a", said, outlet="Herald"), article("b", said.replace("open", "wide open")))
    outcome = ask("What did Anna Nowak say in the Herald?", of=of)
    assert isinstance(outcome, Answer)
    assert outcome.left_out == LeftOut(without_outlet=1)


def test_a_course_of_time_is_ordered_by_the_day_it_was_said() -> None:
    outcome = answered("How did Stoltenberg’s position on strikes in Russia change from July to September 2024?")
    days = []
    for statement in outcome.statements:
        dated = [quote.said_on or outcome.articles[quote.article_id].published for quote in statement.quotes]
        days.append(min(str(day)[:10] for day in dated if day))
    assert days == sorted(days)
    assert any(INDIVIDUAL_ALLIES in one for one in shown(outcome))


def test_provenance_shows_the_words_that_name_the_relay() -> None:
    outcome = answered("Which outlets quote Stoltenberg on missile interception, and through whom?")
    assert "According to Ukrainska Pravda, Stoltenberg responded by stating," in shown(outcome)


def test_headlines_are_shown_as_headlines_even_where_only_the_metadata_states_them() -> None:
    of = library_of(article("a", "He crossed the bridge at noon, and left.", headline="Bridge opens"))
    outcome = ask("show me the headlines on the bridge", of=of)
    assert isinstance(outcome, Answer)
    quote = outcome.statements[0].quotes[0]
    assert (quote.kind, quote.shown, quote.speaker) == ("headline", (), None)
    assert shown(outcome) == ["Bridge opens"]


def test_when_is_answered_by_a_sentence_that_states_a_day() -> None:
    for words in shown(answered("When did Poland and Ukraine sign the security agreement?"))[:1]:
        assert "July" in words


def test_a_note_about_an_author_is_labelled_as_no_coverage() -> None:
    outcome = answered("Who is Martin Fornusek?")
    assert "no coverage" in outcome.message
    assert outcome.statements[0].quotes[0].kind == "narration"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("How many articles are there?", {"articles": "5"}),
        ("Which outlets do you have?", {"outlet": "The Kyiv Independent (1)"}),
        ("When was the Kyiv Independent article published?", {"published": "2024-07-15"}),
        ("Who wrote the Kyiv Independent article?", {"author": "Martin Fornusek"}),
        ("Who wrote the Poland Daily 24 article?", {"author": "not stated"}),
        ("what is the latest article?", {"newest": "2024-09-17T21:00"}),
    ],
)
def test_questions_about_the_coverage_are_answered_with_facts(text: str, facts: dict[str, str]) -> None:
    found = [(fact.label, fact.value) for fact in answered(text).facts]
    assert set(facts.items()) <= set(found)


@pytest.mark.parametrize(
    ("text", "history", "must"),
    [
        ("and in September?", [Q1], INDIVIDUAL_ALLIES),
        ("what about Sikorski?", ["What is Stoltenberg’s position on missiles?"], "Radosław Sikorski revealed"),
        ("source?", ["What is the biggest risk according to Stoltenberg?"], NO_RISK_FREE),
        (
            "show me the other wordings",
            ["Did Stoltenberg say NATO will participate in this conflict?"],
            "not participate",
        ),
        ("and on membership?", [Q1], MODELS),
    ],
)
def test_follow_ups_are_answered(text: str, history: list[str], must: str) -> None:
    assert any(must in one for one in shown(answered(text, *history)))


def test_a_question_for_the_source_is_answered_with_what_the_articles_state() -> None:
    outcome = answered("source?", "What is the biggest risk according to Stoltenberg?")
    facts = {fact.label: fact.value for fact in outcome.facts}
    assert facts["file"].startswith("004")
    assert (facts["published"], facts["outlet"]) == ("2024-09-17T21:00", "Euromaidan Press")


def test_further_statements_are_kept_for_whoever_asks_for_more() -> None:
    few, many = ask(Q1, most=2), ask(Q1, most=50)
    assert isinstance(few, Answer)
    assert isinstance(many, Answer)
    assert len(few.statements) == 2
    assert (*few.statements, *few.more) == many.statements


def test_more_goes_on_where_the_last_answer_ended() -> None:
    first, more, last = answered(Q1), answered("more", Q1), ask("more", Q1, "more", "more", "more")
    assert more.statements == first.more[: len(more.statements)]
    assert isinstance(last, Abstention)
    assert "no further statements" in last.message


def test_the_latest_statement_comes_first_and_the_undated_last() -> None:
    outcome = answered("latest statement by Stoltenberg")
    articles = [statement.quotes[0].article_id[:3] for statement in outcome.statements]
    assert articles == ["004"] * 4 + ["001"]


@pytest.mark.parametrize(
    "quoted",
    ["Ukraine has the right to self-defense", "Allies have different policies on this.", "a war that Russia has"],
)
def test_a_name_among_quoted_words_is_not_who_said_them(quoted: str) -> None:
    answer = answered(f"who said “{quoted}”?")
    assert [statement.quotes[0].speaker for statement in answer.statements] == ["Jens Stoltenberg"]


def test_nobody_is_quoted_on_what_only_the_sentence_before_speaks_of() -> None:
    for text in ("What did Tusk say about restrictions?", "What did Putin say about NATO?"):
        assert isinstance(ask(text), Abstention)


def test_that_nobody_is_quoted_directly_is_said() -> None:
    assert "no words between quotation marks" in answered("What did Tusk say?").message


def test_conflicting_accounts_are_never_one_statement() -> None:
    statements = answered("What did Donald Tusk say?").statements
    assert [len(statement.quotes) for statement in statements] == [1, 1]


PIECES = [
    "what", "did", "Stoltenberg", "Tusk", "say", "about", "missiles", "Russia", "when", "who said", "“no risk-free”",
    "in July", "from the Kyiv Independent", "headlines", "how many", "and", "?", "source", "Macron", "which outlets",
    "Politico", "change",
]  # fmt: skip


@given(
    st.text(max_size=200) | st.lists(st.sampled_from(PIECES)).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=2),
)
@example("A:W:𰺼", [])  # a letter that has no Latin one
@settings(deadline=None, max_examples=150)
def test_whatever_is_asked_every_shown_word_is_the_articles_own(text: str, history: list[str]) -> None:
    outcome = ask(text, *history)
    if isinstance(outcome, Abstention):
        assert outcome.message
        return
    assert outcome.statements or outcome.facts
    for statement in (*outcome.statements, *outcome.more):
        for quote in statement.quotes:
            said = verbatim.words(outcome.articles[quote.article_id], quote)
            for part in verbatim.pieces(outcome.articles[quote.article_id], quote):
                assert part in said
                assert part in library().articles[quote.article_id].text or quote.kind == "headline"


def test_a_quote_that_was_said_before_the_filter_but_published_in_it_is_left_out() -> None:
    text = "“The bridge is open,” said Anna Nowak on 3 July 2024."
    of = library_of(article("a", text, published=PartialDate(2024, 8, 1)))
    assert isinstance(ask("What did Anna Nowak say in August 2024?", of=of), Abstention)
    assert isinstance(ask("What did Anna Nowak say in July 2024?", of=of), Answer)
