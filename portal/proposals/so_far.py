"""How far a support is, from an option to its delivery: each slice says what it knows of a line, nothing is typed.

A slice above registers what it knows in its ``queries.py``:

    @so_far.of_line
    def parts(work: Work, client: Client, key: UUID) -> Iterable[Fact]: ...

``key`` stays the same from draft to draft and from version to version.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from budgeting.words import Name, Words, words
from portal.access.scope import limit
from portal.people.model import Client
from portal.proposals.model import Line, Proposal, ProposalState
from portal.work import Work


class Stage(StrEnum):
    """The stages in order; where a line is, is the furthest that a fact speaks of."""

    OPTION = "option"
    ASKED = "asked"
    AGREED = "agreed"
    IN_FORCE = "in_force"
    DELIVERING = "delivering"
    STOPPED = "stopped"


STAGES: dict[Stage, Words] = {
    Stage.OPTION: words("An option in a draft"),
    Stage.ASKED: words("The provider is asked"),
    Stage.AGREED: words("Agreed"),
    Stage.IN_FORCE: words("In force"),
    Stage.DELIVERING: words("It is delivered"),
    Stage.STOPPED: words("Stopped"),
}


@dataclass(frozen=True)
class Fact:
    """One thing that is known about a line; ``holds`` False: it was so once, and is no more."""

    stage: Stage
    words: Words
    when: date | datetime
    href: str | None = None
    holds: bool = True
    who: UUID | None = None  #: the account that did it, where somebody did

    @property
    def order(self) -> tuple[int, str]:
        return list(Stage).index(self.stage), self.when.isoformat()


Tell = Callable[[Work, Client, UUID], Iterable[Fact]]
_TELLING: list[Tell] = []


def of_line(tell: Tell) -> Tell:
    """Register what a slice knows about a line by the key it keeps."""
    _TELLING.append(tell)
    return tell


def facts(work: Work, client: Client, key: UUID) -> Sequence[Fact]:
    """Everything known about a line that the reader may know, in the order of the stages."""
    return sorted((fact for tell in _TELLING for fact in tell(work, client, key)), key=lambda fact: fact.order)


def stage_of(known: Iterable[Fact]) -> Stage:
    """The furthest stage that holds; a stop ends what was in force, unless it goes on elsewhere."""
    holding = {fact.stage for fact in known if fact.holds}
    if Stage.STOPPED in holding and Stage.IN_FORCE not in holding:
        return Stage.STOPPED
    return max(holding - {Stage.STOPPED}, key=list(Stage).index, default=Stage.OPTION)


@of_line
def _in_drafts(work: Work, client: Client, key: UUID) -> Iterable[Fact]:
    """The drafts and versions that hold the line."""
    columns = (Line.id, Proposal.id, Proposal.title, Proposal.state, Proposal.created_at, Proposal.accepted_at)
    wanted = (
        limit(select(*columns, Line.parked_at, Line.removed_at, Proposal.accepted_by), work, Line)
        .join(Proposal, Proposal.id == Line.proposal_id)
        .where(Line.client_id == client.id, Line.key == key)
        .order_by(Proposal.created_at)
    )
    for line_id, proposal_id, title, state, created, accepted, parked, removed, by in work.session.execute(wanted):
        href = f"/people/{client.id}/proposals/{proposal_id}"
        there = removed is None and parked is None
        yield Fact(
            Stage.OPTION,
            words("In the draft {draft}", draft=Name(title)),
            created,
            f"{href}/lines/{line_id}" if state is ProposalState.DRAFT else href,
            holds=there and state is ProposalState.DRAFT,
        )
        if state is ProposalState.ACCEPTED and accepted is not None and there:
            yield Fact(Stage.AGREED, words("Accepted with {draft}", draft=Name(title)), accepted, href, who=by)
