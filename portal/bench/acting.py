"""Random people do random things with changes through the real verbs, in a real database, while the days go by.

Nobody keeps to the rules here: everybody tries everything, and what the portal refuses is simply not done. What was
said, and to which lines, is kept in a log of its own, which looking.py holds against the stored rows after each act.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from budgeting.money import Money
from budgeting.package import Weekly
from portal.access.scope import unscoped
from portal.access.table import Relationship, Resource, Scope
from portal.bench.calendared import Calendar, Cast, Said
from portal.changes import answer_commands, commands, effect_commands, part_commands
from portal.changes.edits import line_hashes, unpack
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.settling import newest, people_of, terms_of
from portal.changes.states import ANSWERED_IN, Given, RequestState
from portal.db import Stale
from portal.jobs import run_now
from portal.people import commands as people
from portal.people.model import AuthorityKind, Client, Tie
from portal.plans import commands as plans
from portal.plans.model import Brief, PlanPart
from portal.plans.states import BriefState
from portal.proposals.frozen import thaw
from portal.proposals.terms import Terms
from portal.work import Actor, ActorKind, NotVisible, Refusal, Work

REFUSED = (Refusal, NotVisible, Stale, StaleDataError)
EACH_MORNING = ("plans.new_day", "changes.new_day", "changes.watch", "agreements.let_out_providers")
AT_TWO, LONGER, SHORTER = (Weekly((1, 4), time(a), time(b)) for a, b in ((14, 16), (9, 12), (9, 10)))
KINDS = (AuthorityKind.GUARDIAN, AuthorityKind.ATTORNEY, AuthorityKind.PLAN_NOMINEE)
LONG = 12  #: acts of one story


Log = dict[UUID, dict[object, list[Said]]]


@dataclass
class Story:
    """One sequence of acts. ``log`` holds by change and party what was really said."""

    coplan: Calendar
    cast: Cast
    dice: random.Random
    log: Log = field(default_factory=dict)
    done: list[str] = field(default_factory=list)  #: what was tried, by whom, and how it went

    def act(self) -> str | None:
        """One random act of a random person, or some days; its name, or None when it was refused."""
        name, does = self.dice.choices(_ACTS, _WEIGHTS)[0]
        try:
            return self._did(name, does)
        except NothingThere:  # that this could be done with
            return self._did(*_ACTS[0])

    def _did(self, name: str, does: Callable[[Story], None]) -> str | None:
        self.done.append(name)
        try:
            does(self)
        except NothingThere:
            self.done.pop()
            raise
        except REFUSED as why:
            self.done[-1] += f" ({type(why).__name__}: {why})"
            return None
        finally:
            self.coplan.jobs.run_waiting()
        return name

    # Who acts, on what

    @contextmanager
    def acting(self, key: str) -> Iterator[Work]:
        """A unit of work as one person who has just shown that it is them."""
        self.done[-1] += f" by {key}"
        actor = Actor(ActorKind.ACCOUNT, self.cast.accounts[key], key, stepped_up_at=self.coplan.now)
        with self.coplan.open_work(actor) as work:
            yield work

    def somebody(self) -> str:
        return self.dice.choice(list(self.cast.accounts))

    def one_who_asks(self) -> str:
        """Mostly somebody who may."""
        may = [key for key in self.cast.accounts if key not in ("karim", "zara", "ben")]
        return self.dice.choice(may) if self.dice.random() < 0.95 else self.somebody()

    def key_of(self, account: UUID | None) -> str:
        return next((key for key, one in self.cast.accounts.items() if one == account), self.somebody())

    def one_request(self, *states: RequestState) -> ChangeRequest:
        """One of the last few changes in some states; Refusal when there is none."""
        with self.coplan.open_reading() as work:
            wanted = select(ChangeRequest).order_by(ChangeRequest.made_at, ChangeRequest.effective)
            found: list[ChangeRequest] = [one for one in _all(work, wanted) if not states or one.state in states]
        if not found:
            raise NothingThere
        return self.dice.choice(found[-3:])

    def rows(self, request: ChangeRequest) -> list[Authorisation]:
        with self.coplan.open_reading() as work:
            wanted = select(Authorisation).where(Authorisation.request_id == request.id)
            return sorted(_all(work, wanted), key=lambda row: str(row.whose))

    def the_asker_or_anybody(self, request: ChangeRequest) -> str:
        return self.key_of(request.made_by) if self.dice.random() < 0.9 else self.somebody()

    def note(self, row: Authorisation, said: Said) -> None:
        self.log.setdefault(row.request_id, {}).setdefault(row.whose, []).append(said)


class NothingThere(Exception):
    """There is nothing in the story yet that this could be done with."""


def _nothing() -> Any:
    raise NothingThere


def _all(work: Work, wanted: Any) -> list[Any]:
    return list(work.session.scalars(unscoped(wanted, "a story looks for something to act on")))


def _again(work: Work, model: Any, record: Any) -> Any:
    """The same row in this unit of work, whoever acts: the verbs protect themselves."""
    return _all(work, select(model).where(model.id == record.id))[0]


def _client(story: Story, work: Work) -> Client:
    found: Client = _all(work, select(Client).where(Client.id == story.cast.client_id))[0]
    return found


# Whoever asks


def _ask(story: Story) -> None:
    """Somebody asks for a change of one line or two; sometimes it stays a draft."""
    who = story.one_who_asks()
    with story.acting(who) as work:
        client, urgent = _client(story, work), story.dice.random() < 0.5
        first = max(work.today(client), newest(work, client.id).starts)
        day = first + timedelta(days=story.dice.choice((0, 0, 0, 1, 5)) if not urgent else story.dice.choice((-2, 0)))
        if story.cast.homes.get(who) in story.cast.providers:
            parts = _all(work, select(PlanPart).order_by(PlanPart.position, PlanPart.starts))
            own = [part for part in parts if part.provider_id == story.cast.homes[who]]
            part = story.dice.choice(own if own and story.dice.random() < 0.9 else parts)
            request = commands.start_as_provider(work, part, "Because", day, urgent=urgent)
        else:
            request = commands.start(work, client, "Because", day, urgent=urgent, reason_shared=True)
        for _ in range(story.dice.choice((1, 1, 2, 3))):
            _write_a_line(story, work, request)
        if story.dice.random() < 0.95:
            commands.ask(work, request)


def _write_a_line(story: Story, work: Work, request: ChangeRequest) -> None:
    lines = thaw(newest(work, request.client_id).content).lines
    if request.made_for is not None:
        lines = tuple(line for line in lines if line.provider_id == request.made_for)
    if not lines:
        raise NotVisible
    if story.dice.random() < 0.1:
        new = Terms("Something new", request.effective, lines[0].terms.ends, schedule=SHORTER, price=Money(40_00))
        commands.add_line(work, request, replace(new, provider_id=story.dice.choice(story.cast.providers)))
        return
    line = story.dice.choice(lines)
    commands.edit_line(work, request, line.id, _other(story, terms_of(work, request, line.id)[0]))


def _other(story: Story, now: Terms) -> Terms | None:
    return story.dice.choice(
        (
            lambda: replace(now, schedule=AT_TWO),
            lambda: replace(now, schedule=LONGER),
            lambda: replace(now, price=Money(story.dice.randint(50, 90) * 100)),
            lambda: replace(now, provider_id=story.dice.choice(story.cast.providers)),
            lambda: replace(now, ends=now.ends - timedelta(days=7)),
            lambda: replace(now, more=replace(now.more, workers=3 - now.more.workers)),
            lambda: None,
        )
    )()


def _of_the_asker(*states: RequestState) -> Callable[[Callable[..., None]], Callable[[Story], None]]:
    """An act on a change in one of these states by whoever asked for it; nobody else may succeed with it."""

    def mark(does: Callable[[Story, Work, ChangeRequest], None]) -> Callable[[Story], None]:
        def act(story: Story) -> None:
            found = story.one_request(*states)
            who = story.the_asker_or_anybody(found)
            with story.acting(who) as work:
                does(story, work, _again(work, ChangeRequest, found))
            assert story.cast.accounts[who] == found.made_by, f"{who} changed what somebody else asks for"

        return act

    return mark


@_of_the_asker(RequestState.DRAFT, RequestState.OPEN, RequestState.AGREED)
def _edit(story: Story, work: Work, request: ChangeRequest) -> None:
    _write_a_line(story, work, request)


@_of_the_asker(RequestState.OPEN, RequestState.AGREED)
def _another_day(story: Story, work: Work, request: ChangeRequest) -> None:
    day = request.effective + timedelta(days=story.dice.choice((0, 1, 7)))
    urgent = story.dice.random() < 0.5
    commands.set_details(work, request, "Because", day, urgent=urgent, reason_shared=request.reason_shared)


@_of_the_asker(RequestState.DRAFT)
def _ask_the_draft(story: Story, work: Work, request: ChangeRequest) -> None:
    commands.ask(work, request)


@_of_the_asker()
def _withdraw(story: Story, work: Work, request: ChangeRequest) -> None:
    commands.withdraw(work, request)


@_of_the_asker(RequestState.SUPERSEDED, RequestState.OPEN)
def _look_again(story: Story, work: Work, request: ChangeRequest) -> None:
    commands.look_again(work, request)


@_of_the_asker(RequestState.PARKED)
def _resume(story: Story, work: Work, request: ChangeRequest) -> None:
    part_commands.resume(work, request)
    commands.ask(work, request)


@_of_the_asker(RequestState.OPEN, RequestState.AGREED)
def _go_on_with(story: Story, work: Work, request: ChangeRequest) -> None:
    edits = unpack(request.edits)
    kept = [edit.line_id for edit in story.dice.sample(edits, max(1, len(edits) - 1))]
    rest = part_commands.go_on_with(work, request, kept)
    story.log[rest.id] = {whose: list(said) for whose, said in story.log.get(request.id, {}).items()}


@_of_the_asker(RequestState.DRAFT, RequestState.OPEN, RequestState.AGREED)
def _put_aside(story: Story, work: Work, request: ChangeRequest) -> None:
    edits = unpack(request.edits)
    some = story.dice.sample(edits, story.dice.randint(1, len(edits))) if edits else ()
    until, lines = work.today(_client(story, work)) + timedelta(days=9), [edit.line_id for edit in some]
    parked = part_commands.park(work, request, until, "Not yet", lines)
    story.log.pop(parked.id, None)  # nobody's yes counts any more when it is taken up again


# Those who are asked


def _answer(story: Story) -> None:
    request = story.one_request(*sorted(ANSWERED_IN))
    rows = story.rows(request)
    waiting = [row for row in rows if row.state is Given.WAITING] or rows
    row = story.dice.choice(waiting) if waiting else _nothing()
    given = story.dice.choice((Given.AGREED,) * 12 + (Given.PARTLY, Given.PARTLY, Given.DECLINED, Given.OTHER))
    _one_answers(story, row, given, story.dice.random() < 0.1)


def _most_say_yes(story: Story) -> None:
    """One after the other, so that each sees what the one before has brought about."""
    request = story.one_request(*sorted(ANSWERED_IN))
    for row in story.rows(request):
        if row.state is Given.WAITING and story.dice.random() < 0.8:
            try:
                _one_answers(story, row, Given.AGREED, somebody_else=False)
            except REFUSED:
                continue
            story.coplan.jobs.run_waiting()


def _one_answers(story: Story, seen: Authorisation, given: Given, somebody_else: bool) -> None:
    with story.coplan.open_reading() as work:
        theirs = sorted(people_of(work, seen), key=story.key_of)
    who = story.key_of(theirs[0]) if theirs and not somebody_else else story.somebody()
    with story.acting(who) as work:
        row = _again(work, Authorisation, seen)
        known = line_hashes(row.content)
        some = story.dice.sample(sorted(known), max(1, len(known) - 1)) if given is Given.PARTLY else list(known)
        apart = given is Given.PARTLY or story.dice.random() < 0.5
        answer_commands.answer(work, row, given, "In my own words", lines=some if apart else None)
        agreed = frozenset(known[line] for line in some) if given in (Given.AGREED, Given.PARTLY) else frozenset[str]()
        said = Said(frozenset(known.values()), agreed, apart, lasting=True)
    assert story.cast.accounts[who] in theirs, f"{who} answered for somebody else"
    story.note(row, said)


def _telephone(story: Story) -> None:
    """Somebody writes down what somebody else said on the telephone."""
    rows = story.rows(story.one_request(*sorted(ANSWERED_IN)))
    seen = story.dice.choice(rows) if rows else _nothing()
    who = "daniel" if story.dice.random() < 0.8 else story.somebody()
    with story.acting(who) as work:
        row = _again(work, Authorisation, seen)
        known = frozenset(line_hashes(row.content).values())
        answer_commands.record_telephone_answer(work, row, Given.AGREED, "Yes, do", "Whoever answered")
        said = Said(known, known, apart=False, lasting=not row.spoken)
    assert who == "daniel" or row.party is Relationship.PROVIDER, f"{who} wrote down what a person said"
    story.note(row, said)


def _decide(story: Story) -> None:
    """About an urgent change: on, or back."""
    found = story.one_request(RequestState.RUNNING, RequestState.LAPSED)
    who = story.somebody()
    with story.acting(who) as work:
        request = _again(work, ChangeRequest, found)
        effect_commands.decide(work, request, goes_on=story.dice.random() < 0.5, said="I have thought about it")


# Those around


def _read_a_brief(story: Story) -> None:
    """A provider reads what it was sent, and may answer."""
    with story.coplan.open_reading() as work:
        briefs = _all(work, select(Brief).order_by(Brief.sent_at, Brief.parts))
    sent = [brief for brief in briefs if brief.open] or briefs
    brief = story.dice.choice(sent[-4:])
    staff = [key for key, home in story.cast.homes.items() if home == brief.provider_id]
    with story.acting(staff[0] if staff else story.somebody()) as work:
        found = _again(work, Brief, brief)
        if story.dice.random() < 0.5:
            plans.mark_read(work, found)
        else:
            plans.answer(work, found, story.dice.choice((BriefState.CAN, BriefState.CANNOT)), "We have looked")


def _somebody_goes(story: Story) -> None:
    """A tie or an authority ends, a consent is taken back, or somebody is kept out."""
    with story.acting(story.dice.choice(("mei", "mei", "daniel", story.somebody()))) as work:
        ties = sorted(_all(work, select(Tie)), key=lambda tie: (tie.relationship, story.key_of(tie.account_id)))
        tie = story.dice.choice(ties)
        way = story.dice.randrange(4)
        if way == 0:
            people.withdraw_consent(work, tie, Resource.CHANGE)
        elif way == 1 and tie.account_id:
            people.hide(work, _client(story, work), tie.account_id, [None])
        elif tie.relationship is Relationship.AUTHORITY:
            people.end_authority(work, tie)
        else:
            people.remove(work, tie)


def _somebody_comes(story: Story) -> None:
    """The papers of somebody who decides with or for the person are seen."""
    with story.acting("daniel" if story.dice.random() < 0.8 else story.somebody()) as work:
        tie = _all(work, select(Tie).where(Tie.account_id == story.cast.accounts["zara"]))[0]
        kind, several = story.dice.choice(KINDS), story.dice.random() < 0.5
        people.check_authority(work, tie, kind, list(Scope), work.day, None, "A letter", several=several)


def _days_go_by(story: Story) -> None:
    days = story.dice.choice((1, 1, 1, 5, 14, 29))
    story.coplan.now += timedelta(days=days)
    story.done[-1] += f" ({days})"
    for name in EACH_MORNING:
        run_now(name, {}, story.coplan)
        story.coplan.jobs.run_waiting()


DAYS = "some days go by"
DECIDES = "somebody decides"
_CHOICES: tuple[tuple[str, Callable[[Story], None], int], ...] = (
    ("somebody asks", _ask, 14),
    ("somebody answers", _answer, 20),
    ("most say yes", _most_say_yes, 14),
    (DAYS, _days_go_by, 14),
    ("it is edited", _edit, 6),
    ("it gets another day", _another_day, 3),
    ("a draft is asked", _ask_the_draft, 2),
    ("it is taken back", _withdraw, 2),
    ("it is looked at again", _look_again, 6),
    ("it is taken up again", _resume, 2),
    ("some of it goes on", _go_on_with, 5),
    ("some of it is put aside", _put_aside, 3),
    ("a telephone call", _telephone, 5),
    (DECIDES, _decide, 5),
    ("a brief is read", _read_a_brief, 6),
    ("somebody goes", _somebody_goes, 5),
    ("somebody comes", _somebody_comes, 3),
)
_ACTS = [(name, does) for name, does, _ in _CHOICES]
_WEIGHTS = [weight for *_, weight in _CHOICES]
