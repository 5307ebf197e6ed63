"""The rules that say whose words stand between quotation marks, the surest first."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.model import Span
from bot.prose.frames import Frame, has_comma
from bot.prose.lines import Line
from bot.prose.sentences import QUOTATION, Word
from bot.prose.speakers import Speaker, is_somebody
from bot.quotes.places import Attributed, Place

_NEAR = 4  # words between a cue inside somebody else's report and the words that it introduces
_LINKS = ("to", "of", "with", "on", "about", "for", "against")
_WHERE = ("in", "at", "from", "near")
_DASHES = ("-", "–", "—", "―")
_LONGEST_SIGNATURE = 8  # words behind the name in “— Name, who …”
_BARE = 4  # words that can stand behind “X said” in a sentence of its own


def _cue_behind(place: Place) -> Attributed | None:
    """“…,” said X; “…,” X said; “…,” according to X."""
    after = next((frame for frame in place.frames if _follows(place.words, place.position, frame)), None)
    if after is not None and after.hands_on:  # “…,” Reuters quoted X as saying
        after = next((frame for frame in place.frames if frame.cue[0] > after.cue[0]), None)
    if after is None or after.undone or _is_inserted(place):
        return None
    before = _introducing(place)
    if before is not None and not place.direct and before.cue[1] >= place.position - 1 and not after.inverted:
        return None  # he said he would “…,” the crowd cheered
    return place.by("said X" if after.inverted else "X said", after)


def _is_inserted(place: Place) -> bool:
    """Whether the words stand between two dashes: X complained of it – “…” – but Y said …"""
    around = [word.low for word in place.words[max(0, place.position - 1) : place.position + 2]]
    return around[0] in _DASHES and around[-1] in _DASHES


def _cue_before(place: Place) -> Attributed | None:
    """X said, “…”; X said that “…” and “…”."""
    frame = _introducing(place)
    if frame is None or (frame.source is None and frame.start == 0):
        return None  # Adding, “…”
    if (
        any(word.low == QUOTATION for word in place.words[: frame.cue[0]])
        and place.words[place.position - 1].low in ",."
    ):
        return place.by("second half", frame)
    return place.by("X said, “" if place.position - frame.cue[1] <= 2 else "X said … “", frame)


def _introducing(place: Place) -> Frame | None:
    """Return the cue before the words that introduces them: the outermost one, unless an inner one is near."""
    speaking = [frame for frame in place.frames if _introduces(frame, place.position)]
    speaking = [frame for frame in speaking if frame.source] or speaking
    speaking = [frame for frame in speaking if not _is_relay(place, frame, speaking)]
    for frame in reversed(speaking):
        far = not _is_near(place, frame)
        if ((frame.nested and far) or not is_somebody(place.line.speaker(frame))) and frame is not speaking[0]:
            continue
        if not (far and _is_beside(place, frame)):
            return frame
    return next((frame for frame in reversed(speaking) if _is_near(place, frame)), None)


def _is_relay(place: Place, frame: Frame, speaking: Sequence[Frame]) -> bool:
    """Whether a cue right before the words only tells who passes them on: X said, *according to* Y: “…”."""
    if "according" not in frame.kinds or place.position - frame.end > 1 or not frame.start:
        return False
    earlier = [one for one in speaking if "say" in one.kinds and one.end < frame.start and not one.undone]
    return bool(earlier) and place.words[frame.start - 1].low == ","


def _is_beside(place: Place, frame: Frame) -> bool:
    """Whether a cue stands in a clause that has ended, or that another one of the sentence rules."""
    if not (frame.subordinate or _is_relative(frame)):
        return False
    between = place.words[frame.cue[1] : place.position]
    if _is_inserted(place) and not has_comma(between, 0, len(between)):
        return False
    ruled = any(other.is_main for other in place.frames if other is not frame)
    return ruled or has_comma(between, 0, len(between) - 1) or any(word.low == QUOTATION for word in between)


def _is_relative(frame: Frame) -> bool:
    """Whether a cue tells of somebody beside the point: a candidate *who promised* …"""
    return frame.borrowed and frame.cue[0] > 0 and frame.sentence.words[frame.cue[0] - 1].low == "who"


def _introduces(frame: Frame, position: int) -> bool:
    spoken = frame.kinds & {"say", "utter", "stance", "according"}
    return bool(spoken) and not frame.undone and frame.cue[1] <= position and frame.start < position


def _is_later_cue(frame: Frame) -> bool:
    beside = frame.undone or frame.borrowed or frame.nested or frame.hands_on
    return bool(frame.kinds & {"say", "according"}) and not beside


def _is_near(place: Place, frame: Frame) -> bool:
    """Whether a cue stands close before the marked words, with no clause between."""
    between = place.words[frame.cue[1] : place.position - 1]
    return len(between) < _NEAR and all(word.is_word for word in between)


def _cue_later(place: Place) -> Attributed | None:
    """The “…” was …, X said."""
    later = [frame for frame in place.frames if frame.start > place.position and _is_later_cue(frame)]
    frame = next((one for one in later if is_somebody(place.line.speaker(one))), later[0] if later else None)
    return place.by("trailing", frame) if frame else None


def _reopened(place: Place) -> Attributed | None:
    return place.like("reopened", place.before[-1]) if place.marked.reopened and place.before else None


def _cue_in_previous(place: Place) -> Attributed | None:
    """The sentence before, in this paragraph or the one above, ends with a cue and a comma, or with a colon."""
    number, at = (place.number, place.at - 1) if place.at else (place.number - 1, -1)
    if not place.whole or number < 0 or not place.lines[number].sentences:
        return None
    line = place.lines[number]
    sentence = line.sentences[at]
    ending = sentence.span.of(place.text).rstrip()[-1:]
    if ending not in (",", ":"):
        return None
    frames = [
        frame
        for frame in line.frames[at]
        if not frame.undone and frame.kinds & {"say", "utter", "stance"} and not frame.nested
    ]
    if frames:
        return place.by("cue in previous", frames[-1], number)
    subject = line.subjects[at]
    return (
        replace(place.to("cue in previous", subject, line.subject_spans[at]), frame_line=number)
        if subject and ending == ":"
        else None
    )


def _bare_cue_behind(place: Place) -> Attributed | None:
    """“….” X said.  A full stop where a comma should be."""
    line, after = place.line, place.at + 1
    ends = place.words[-1].start == place.marked.outer.start
    if not place.direct or not ends or after >= len(line.sentences):
        return None
    words = line.sentences[after].words
    for frame in line.frames[after]:
        if _is_bare(frame, words[frame.end :]) and not frame.undone and frame.kinds & {"say", "utter"}:
            return place.by("bare cue behind", frame)
    return None


def _is_bare(frame: Frame, rest: Sequence[Word]) -> bool:
    """Whether a cue and its source are a sentence by themselves; not: Jane Doe contributed *reporting*; X praised Y."""
    if frame.source is None or frame.start or frame.forms is None or frame.forms.participle or len(rest) > _BARE:
        return False
    alone = "say" in frame.kinds or not rest or not rest[0].is_word
    return alone and not any(word.low in ("that", QUOTATION, ":") for word in rest)


def _label(place: Place) -> Attributed | None:
    """NAME: “…”."""
    words, position = place.words, place.position
    labelled = 2 <= position <= 5 and words[position - 1].low == ":"
    if labelled and all(word.capital for word in words[: position - 1]) and not _is_heading(place):
        span = Span(words[0].start, words[position - 2].end)
        return place.to("label", Speaker(span.of(place.text), "name"), span)
    return None


def _is_heading(place: Place) -> bool:
    """Whether a label is no name of anybody: CLAIM, READ MORE."""
    label = place.words[: place.position - 1]
    named = place.line.named.get(Span(label[0].start, label[-1].end))
    return Span(label[0].start, label[-1].end).of(place.text).isupper() and not (named and named.person)


def _signed(place: Place) -> Attributed | None:
    """“…”⏎— Name."""
    if not place.whole or place.words[-1].start != place.marked.outer.start or place.number + 1 >= len(place.lines):
        return None
    following = place.lines[place.number + 1]
    words = following.sentences[0].words
    if len(words) < 2 or words[0].low not in _DASHES or not words[1].capital or len(following.sentences) > 1:
        return None
    end = next((number for number, word in enumerate(words) if number and not word.capital), len(words))
    if end < 2 or len(words) - end > _LONGEST_SIGNATURE:
        return None
    span = Span(words[1].start, words[end - 1].end)
    return place.to("signed", following.signed, span) if following.signed else None


def _name_before_colon(place: Place) -> Attributed | None:
    """That does not surprise the pollster Jane Doe: “…”."""
    words, last = place.words, place.position - 2
    if place.position < 3 or words[place.position - 1].low != ":" or not words[last].capital or words[last].possessive:
        return None
    first = last
    while first and words[first - 1].capital:
        first -= 1
    if first and words[first - 1].low in _WHERE:
        return None
    if words[first - 1].low in _LINKS and first and is_somebody(place.line.subjects[place.at]):
        return None  # X has a message *to* Y: “…”
    ending = Span(words[first].start, words[last].end)
    named = place.line.named.get(ending) if _ends(place) else None
    return place.to("colon", named, ending) if named else None


def _name_behind_dash(place: Place) -> Attributed | None:
    """The pollsters agree – Jane Doe: “…”."""
    named = _name_before_colon(place)
    if named is None or named.source is None:
        return None
    first = next(n for n, word in enumerate(place.words) if word.start == named.source.start)
    return named if first and place.words[first - 1].low in _DASHES else None


def _same_paragraph(place: Place) -> Attributed | None:
    """“…,” X said. “…”"""
    if place.here and place.whole and place.here.speaker and _nobody_between(place.line, place.here, place.at):
        return place.like("same paragraph", place.here)
    return None


def _subject_before_colon(place: Place) -> Attributed | None:
    """Her response was clear: “…”."""
    subject = place.line.subjects[place.at]
    if place.whole or place.words[place.position - 1].low != ":" or not is_somebody(subject) or not _ends(place):
        return None
    return place.to("colon", subject, place.line.subject_spans[place.at])


def _ends(place: Place) -> bool:
    """Whether the marks hold the end of a sentence, as no title does."""
    return place.marked.inner.of(place.text)[-1] in ".,?!…"


def _follows(words: Sequence[Word], position: int, frame: Frame) -> bool:
    """Whether a frame begins right behind the quotation: “…,” said X."""
    if frame.source is None or frame.cue[0] <= position or frame.source[0] <= position:
        return False
    if not frame.kinds & {"say", "utter", "according"}:
        return False
    between = words[position + 1 : min(frame.cue[0], frame.source[0])]
    return len(between) <= 2 and all(
        not word.is_word or word.low.endswith("ly") or word.low in ("as", "then") for word in between
    )


def _nobody_between(line: Line, earlier: Attributed, at: int) -> bool:
    """Whether no sentence between an earlier quote of the paragraph and this one has another subject."""
    first = line.sentence_of(earlier.pieces[-1].outer.end - 1)
    name = earlier.speaker.name if earlier.speaker else None
    return all(subject is None or subject.name == name for subject in line.subjects[first + 1 : at])


Rule = Callable[[Place], Attributed | None]
RULES: tuple[Rule, ...] = (
    _cue_behind,
    _name_behind_dash,
    _cue_before,
    _cue_later,
    _reopened,
    _signed,
    _cue_in_previous,
    _bare_cue_behind,
    _name_before_colon,
    _subject_before_colon,
    _label,
    _same_paragraph,
)
