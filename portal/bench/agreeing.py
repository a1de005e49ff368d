"""Sixteen parties approve, edit and withdraw one change at once, over and over, in a real database: none lost or wrong.

The rounds count what was acknowledged and hold it against what is kept; they know nothing of how it is kept.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from threading import Barrier
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from budgeting.money import Money
from budgeting.package import Weekly
from portal.access.scope import unscoped
from portal.access.table import Relationship
from portal.app import Coplan
from portal.changes import answer_commands, commands, queries
from portal.changes.drafts import Suggested
from portal.changes.edits import Edit
from portal.changes.engine import all_agreed
from portal.changes.model import Authorisation, ChangeRequest
from portal.changes.settling import newest, terms_of
from portal.changes.states import Given, RequestState
from portal.db import Stale
from portal.people.model import Client
from portal.proposals.frozen import thaw
from portal.proposals.terms import Terms
from portal.work import Actor, ActorKind, NotVisible, Refusal

AT_ONCE = 16
PATIENCE = 60  # seconds until all of them must stand at the start
REFUSED_POLITELY = (Refusal, Stale, StaleDataError, NotVisible)


@dataclass(frozen=True)
class Around:
    """Who acts: the client, and one person of each provider with the line it delivers."""

    client: Client
    account: UUID
    providers: Sequence[tuple[UUID, UUID]]  #: the account of one of its people, and its line


def rounds(coplan: Coplan, around: Around, number: int, seed: int = 1) -> int:
    """Do some rounds; gives how many answers were acknowledged. AssertionError when anything is lost or wrong."""
    dice, acknowledged, start = random.Random(seed), 0, Barrier(AT_ONCE)

    def begins(act: _Answer | _Edits) -> bool:
        start.wait(PATIENCE)
        return act.run()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for turn in range(number):
            request_id = _asked(coplan, around)
            acts = [_Answer(coplan, around, account, request_id) for account, _ in around.providers]
            editor = _Edits(coplan, around, request_id, turn, withdraws=dice.random() < 0.25)
            everybody = dice.sample([*acts, editor], AT_ONCE)
            acknowledged += sum(pool.map(begins, everybody))
            _check(coplan, request_id, acts, editor)
            _take_back(coplan, around, request_id)
    return acknowledged


@dataclass
class _Answer:
    coplan: Coplan
    around: Around
    account: UUID
    request_id: UUID
    said_yes_to: str = ""  #: the hash of the part that was acknowledged

    def run(self) -> bool:
        try:
            with self.coplan.open_work(_as(self.account)) as work:
                rows = queries.rows(work, self.around.client, self.request_id)
                row = next(one for one in rows if queries.is_mine(work, one))
                said = row.hash
                answer_commands.answer(work, row, Given.AGREED)
        except REFUSED_POLITELY:
            return False
        self.said_yes_to = said
        return True


@dataclass
class _Edits:
    coplan: Coplan
    around: Around
    request_id: UUID
    turn: int
    withdraws: bool
    acknowledged: bool = False

    @property
    def line(self) -> UUID:
        """The line that is edited in this turn."""
        return self.around.providers[self.turn % len(self.around.providers)][1]

    def run(self) -> bool:
        try:
            with self.coplan.open_work(_as(self.around.account)) as work:
                request = queries.whole(work, self.around.client, self.request_id)
                if self.withdraws:
                    commands.withdraw(work, request)
                else:
                    terms, _ = terms_of(work, request, self.line)
                    commands.edit_line(work, request, self.line, _at(terms, 15))
        except REFUSED_POLITELY:
            return False
        self.acknowledged = True
        return True


def _asked(coplan: Coplan, around: Around) -> UUID:
    """A change that touches every provider, asked by the client."""
    request_id = uuid4()
    with coplan.open_work() as work:
        first = work.today(around.client) + timedelta(days=3)
        plan = thaw(newest(work, around.client.id).content)
        edits = tuple(Edit(line, _at(plan.line(line).terms, 14)) for _, line in around.providers)
        commands.draft_for(work, Suggested(around.client.id, "Another time", first, edits), request_id, around.account)
    with coplan.open_work(_as(around.account)) as work:
        commands.ask(work, queries.whole(work, around.client, request_id))
    return request_id


def _at(terms: Terms, hour: int) -> Terms:
    return replace(terms, schedule=Weekly((1,), time(hour), time(hour + 1)))


def _check(coplan: Coplan, request_id: UUID, acts: Sequence[_Answer], editor: _Edits) -> None:
    """Every yes that was acknowledged is kept, unless its part moved; so is the edit; and the state follows."""
    with coplan.open_reading() as work:
        request = work.session.scalars(
            unscoped(select(ChangeRequest).where(ChangeRequest.id == request_id), "the proof looks")
        ).one()
        rows = work.session.scalars(
            unscoped(select(Authorisation).where(Authorisation.request_id == request_id), "the proof looks")
        ).all()
        kept = {row.answered_by: row for row in rows if row.party is Relationship.PROVIDER}
        for act in acts:
            row = kept.get(act.account)
            if act.said_yes_to and row is not None and row.hash == act.said_yes_to:
                assert row.state is Given.AGREED, "an acknowledged yes to exactly this part was lost"
            assert not act.said_yes_to or row is not None, "an acknowledged yes was lost"
        agreed = all_agreed([row.vote for row in rows])
        if request.state is not RequestState.WITHDRAWN:
            assert (request.state is RequestState.AGREED) is agreed, "the state does not follow from the answers"
        assert all(row.state is not Given.AGREED or row.answered_by for row in rows), "a yes of nobody"
        if editor.acknowledged and editor.withdraws:
            assert request.state is RequestState.WITHDRAWN, "an acknowledged withdrawal was lost"
        elif editor.acknowledged:
            terms, _ = terms_of(work, request, editor.line)
            assert terms == _at(terms, 15), "an acknowledged edit was lost"


def _take_back(coplan: Coplan, around: Around, request_id: UUID) -> None:
    with coplan.open_work(_as(around.account)) as work:
        request = queries.whole(work, around.client, request_id)
        if request.state is not RequestState.WITHDRAWN:
            commands.withdraw(work, request)


def _as(account: UUID) -> Actor:
    return Actor(ActorKind.ACCOUNT, account, "somebody")


def priced(first: date, last: date, provider: UUID, number: int) -> Terms:
    """One hour on Tuesdays, by one provider."""
    weekly = Weekly((1,), time(9), time(10))
    return Terms(f"Support {number}", first, last, schedule=weekly, price=Money(60_00), provider_id=provider)
