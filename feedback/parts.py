"""What pages show of what people tell us: ready sentences for states, promises, choices and messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from budgeting.explain import Source
from budgeting.words import Name, Words, nwords, words
from feedback import clock, queries
from feedback.clock import Promise, Step
from feedback.model import Complaint, Message
from feedback.states import By, Danger, Kind, Outcome, Resolved, State
from portal.changes.causes import Came
from portal.changes.events import HELPED
from portal.changes.showing import STATES as OF_CHANGES
from portal.changes.states import RequestState
from portal.language import choose, current, markup, plain
from portal.people.communicate_queries import Translated
from portal.people.outside import Contact, contacts
from portal.plans.written_in import unlike
from portal.site.tables import Cell, Column, Content, Table
from portal.work import Work

KINDS: Mapping[Kind, tuple[Words, Words]] = {
    Kind.COMPLAINT: (words("A complaint"), words("Something was not right. You get an answer with reasons.")),
    Kind.FEEDBACK: (words("Feedback"), words("Something could be better. You hear what we did with it.")),
    Kind.COMPLIMENT: (words("A compliment"), words("Something was good. We pass it on.")),
}
STATES: Mapping[State, tuple[str, Words]] = {
    State.RECEIVED: ("wait", words("We have it")),
    State.ACKNOWLEDGED: ("info", words("We said who looks into it")),
    State.LOOKING: ("info", words("We are looking into it")),
    State.ANSWERED: ("ok", words("Answered")),
    State.CLOSED: ("ok", words("Closed")),
    State.REOPENED: ("wait", words("Open again")),
    State.WITHDRAWN: ("", words("Taken back")),
}
DANGERS: Mapping[Danger, Words] = {
    Danger.NONE: words("Nobody is in danger"),
    Danger.HELPED: words("Someone was in danger, and help is there or on its way"),
    Danger.REPORTED: words("It may be a reportable incident, and I have passed it on"),
}
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.DONE: words("You said, we did"),
    Outcome.WILL_BE: words("You said, we will"),
    Outcome.NOT_DONE: words("You said, and this is why we do not change it"),
}
RATINGS: Mapping[Resolved, Words] = {
    Resolved.YES: words("Yes, it is resolved"),
    Resolved.HALF: words("Partly resolved"),
    Resolved.NO: words("No"),
}
OWES: Mapping[Step, Words] = {
    Step.ACKNOWLEDGE: words("Say that we have it"),
    Step.UPDATE: words("Write to the one who told us"),
    Step.ANSWER: words("The answer"),
    Step.FEEDBACK: words("The answer"),
}
THANKS = words("Thank you for telling us. We take it seriously.")
NOT_SAID = words("Not said yet whether it helped")
PATH = (State.RECEIVED, State.ACKNOWLEDGED, State.LOOKING, State.ANSWERED, State.CLOSED)


@dataclass(frozen=True)
class At:
    """One step of the way, for the row of steps."""

    label: Markup
    state: str
    href: str | None = None


@dataclass(frozen=True)
class Owed:
    """A promise in words: the day, how late it is if it is, and where the days come from."""

    sentence: Words
    late: Words | None
    then: Words | None  #: by when the answer itself comes, where that is another day
    too_late: bool
    source: Source


@dataclass(frozen=True)
class Said:
    """One message as the page shows it."""

    who: Words
    text: str
    day: date
    by: str
    mine: bool
    translation: Translated | None  #: the same in the language of whoever told us
    other: tuple[str, Words] | None  #: for a reader of other letters: the language of the text, and what to do
    number: int
    untranslated: bool  #: of ours, written in another language than we were told in


def kinds() -> Sequence[tuple[str, Words, Words]]:
    """What one can call it, with what follows from it."""
    return [(kind.value, title, about) for kind, (title, about) in KINDS.items()]


def outside() -> Sequence[Contact]:
    """Everybody outside who helps, but the emergency number, which stands apart."""
    return contacts()[1:]


def owed(promise: Promise | None, day: date, started: date | None = None) -> Owed | None:
    """A promise in words for the person it was made to; ``started``: from when the days of the answer are counted."""
    if promise is None:
        return None
    sentence = {
        Step.ACKNOWLEDGE: words("You will hear who looks into it by {day}.", day=promise.by),
        Step.UPDATE: words("You will hear from us by {day}.", day=promise.by),
        Step.ANSWER: words("You will have an answer by {day}.", day=promise.by),
        Step.FEEDBACK: words("You will have an answer by {day}.", day=promise.by),
    }[promise.step]
    late = promise.days_late(day)
    said = nwords(
        "We are {n} day late. We are sorry. You can go to anyone named here now, and we go on with it.",
        "We are {n} days late. We are sorry. You can go to anyone named here now, and we go on with it.",
        late,
    )
    then = None
    if started and promise.step not in (Step.ANSWER, Step.FEEDBACK):
        then = words(
            "That is not yet the answer. We mean to answer with reasons by {day}.", day=clock.answer_by(started)
        )
    return Owed(sentence, said if late else None, then, day > promise.limit, promise.source)


def due(promise: Promise | None, day: date) -> tuple[str, Words] | None:
    """A promise in words for the one who has to keep it, with the kind of its badge."""
    if promise is None:
        return None
    late, left = promise.days_late(day), promise.days_left(day)
    if late:
        kind, when = "bad", nwords("{n} day late", "{n} days late", late)
    elif left == 0:
        kind, when = "warn", words("Today")
    else:
        kind, when = "warn" if left <= 1 else "info", nwords("In {n} day", "In {n} days", left)
    return kind, words("{label}: {value}", label=OWES[promise.step], value=when)


def steps(complaint: Complaint) -> Sequence[At]:
    """Where it is on its way; what was opened again is being looked into."""
    now = State.LOOKING if complaint.state is State.REOPENED else complaint.state
    if complaint.state is State.WITHDRAWN or complaint.kind is not Kind.COMPLAINT:
        return ()
    here = PATH.index(now)
    return [
        At(markup(STATES[state][1]), "done" if at < here or now is State.CLOSED else "now" if at == here else "next")
        for at, state in enumerate(PATH)
    ]


def _who(work: Work, message: Message, as_teller: bool) -> Words:
    if message.by is By.TELLER:
        return words("You") if as_teller else words("The one who told us")
    return words("{name}", name=queries.name_of(work, message.author_id))


def in_another(text: str) -> tuple[str, Words] | None:
    """The language of words in other letters than the reader's, and who can help; None where they can be read."""
    found = unlike(text, current.get())
    if found is None:
        return None
    tag, sentence = found
    help_with_it = words(
        "These words are in {language}, and there is no translation here. An interpreter can help by telephone.",
        language=sentence.values["language"],
    )
    return tag, help_with_it


def _said(work: Work, message: Message, as_teller: bool, mine: tuple[By, ...], told_in: str) -> Said:
    who, text, translation = _who(work, message, as_teller), message.text, message.translation
    translated = Translated(told_in, translation, Name(plain(who)), 0) if translation else None
    own = message.by in mine
    other = None if translated or own else in_another(text)
    missing = own and not as_teller and not translation and choose(message.language) != choose(told_in)
    return Said(who, text, message.said_on, message.by.value, own, translated, other, message.number, missing)


def _closing(work: Work, complaint: Complaint, as_teller: bool) -> dict[str, Any]:
    """The last words: in their language where somebody translated them, else in which they are and who can help."""
    if not complaint.closing:
        return {}
    text, theirs = complaint.closing_translation, choose(complaint.language)
    by = queries.name_of(work, complaint.handler_id)
    return {
        "closing_translation": Translated(complaint.language, text, by, 0) if text else None,
        "closing_other": in_another(complaint.closing) if as_teller and not text else None,
        "closing_untranslated": not as_teller and not text and theirs != current.get(),
    }


def thread(work: Work, complaint: Complaint, as_teller: bool) -> dict[str, Any]:
    """Everything a page about one of them shows, for the one who told it or the one who handles it."""
    promise = queries.promise(work, complaint)
    mine = (By.TELLER,) if as_teller else (By.HANDLER, By.ANSWER, By.ACKNOWLEDGEMENT)
    return {
        "it": complaint,
        "told_language": Name(choose(complaint.language).own_name),
        "told_other": None if as_teller else in_another(complaint.text),
        **_closing(work, complaint, as_teller),
        "number": Name(complaint.number),
        "kind": KINDS[complaint.kind][0],
        "state": STATES[complaint.state],
        "way": steps(complaint),
        "came": [
            (
                words("A change of the plan, from {day}", day=one.effective),
                one,
                _so_far(one),
            )
            for one in queries.came_of(work, complaint)
        ],
        "ask_because": queries.ask_because(work, complaint) if as_teller else None,
        "messages": [
            _said(work, message, as_teller, mine, complaint.language) for message in queries.messages(work, complaint)
        ],
        "handler": queries.name_of(work, complaint.handler_id),
        "owed": owed(promise, work.day, complaint.started_on),
        "answer_by": clock.answer_by(complaint.started_on),
        "outcome": OUTCOMES[complaint.outcome] if complaint.outcome else None,
        "ratings": [(rating.value, label) for rating, label in RATINGS.items()],
        "may_rate": complaint.state in (State.ANSWERED, State.CLOSED) and complaint.resolved is not Resolved.YES,
        "may_withdraw": complaint.state not in (State.CLOSED, State.WITHDRAWN),
        "contacts": outside(),
        "emergency": contacts()[0],
    }


def _so_far(one: Came) -> Words:
    """How far a change has come; once it holds, whether it helped."""
    if one.helped:
        return HELPED[one.helped]
    return NOT_SAID if one.state is RequestState.DONE else OF_CHANGES[one.state]


LIST = tuple(
    Column(one)
    for one in (words("Number"), words("What it is"), words("Where it stands"), words("Due"), words("Came on"))
)


def listed(key: str, caption: Words, found: Sequence[tuple[Complaint, Promise | None]], day: date) -> Table:
    """The handler's list as a table, in the order of ``found``."""
    return Table(key, caption, LIST, [_row(one, promise, day) for one, promise in found], show_caption=False)


def _row(complaint: Complaint, promise: Promise | None, day: date) -> tuple[Content, ...]:
    (state_kind, state), by = STATES[complaint.state], due(promise, day)
    return (
        Cell(
            words("Number {number}", number=Name(complaint.number)),
            href=f"/handling/{complaint.id}",
            note=_news(complaint),
        ),
        KINDS[complaint.kind][0],
        Cell(state, badge=state_kind),
        Cell(by[1], badge=by[0]) if by else words("Nothing is due"),
        complaint.received_on,
    )


def _news(complaint: Complaint) -> Words | None:
    """What must be seen first of one in the list: that somebody may be in danger, or that a message is new."""
    if complaint.in_danger and not complaint.danger:
        return words("Danger?")
    return words("New message") if complaint.unread else None


def thanks(complaint: Complaint) -> str:
    """The first words of an acknowledgement, in the language in which we were told."""
    return plain(THANKS, choose(complaint.language))


def to_do(complaint: Complaint) -> dict[str, Any]:
    """What the one who handles it can do now."""
    ways = complaint.ways()
    first = complaint.danger is None and complaint.kind is Kind.COMPLAINT
    return {
        "first": first,
        "may_acknowledge": State.ACKNOWLEDGED in ways and not first,
        "thanks": thanks(complaint),
        "thanks_meaning": None
        if choose(complaint.language) == current.get()
        else words(
            "They wrote in {language}. The words below say: {sentence}",
            language=Name(choose(complaint.language).own_name),
            sentence=THANKS,
        ),
        "told_in": None if choose(complaint.language) == current.get() else Name(choose(complaint.language).own_name),
        "may_begin": State.LOOKING in ways,
        "may_answer": State.ANSWERED in ways and not first,
        "may_close": State.CLOSED in ways,
        "dangers": [(danger.value, label) for danger, label in DANGERS.items()],
        "outcomes": [(outcome.value, label) for outcome, label in OUTCOMES.items()],
        "danger": DANGERS[complaint.danger] if complaint.danger else None,
        "rating": RATINGS[complaint.resolved] if complaint.resolved else None,
    }
