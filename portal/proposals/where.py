"""How far a plan has come, in five states that anyone can explain, with its one next step and whose turn it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from budgeting.words import Name, Words, nwords, words
from portal.access.table import Action, Resource
from portal.people.model import Client
from portal.proposals import mark_queries, others, queries, round_queries
from portal.proposals.mark_states import Asked
from portal.proposals.model import Proposal, ProposalState, Suggestion
from portal.work import Work


class Stage(StrEnum):
    """The five states, in the order in which a plan goes through them."""

    OPTION = "option"
    PROPOSAL = "proposal"
    AGREED = "agreed"
    IN_FORCE = "in_force"
    ENDED = "ended"


MEANS: Mapping[Stage, Words] = {
    Stage.OPTION: words("Something that could be: an idea, a scenario, an empty draft. Nobody is asked for anything."),
    Stage.PROPOSAL: words("It is being worked out together. Everybody may suggest; nothing counts yet."),
    Stage.AGREED: words("Everybody whose yes it needs has said yes. It waits for its first day."),
    Stage.IN_FORCE: words("This is what happens now. It changes only when the right people agree."),
    Stage.ENDED: words(
        "It is over: its days have passed, a later version took its place, or it was put away. It can still be read."
    ),
}

YOURS = words("It is your turn.")
NOBODYS = words("Nobody has to do anything.")


@dataclass(frozen=True)
class Where:
    """One state, those it went through, the one next step, where that is done, and whose turn it is."""

    stage: Stage
    step: Words
    whose: Words
    href: str
    passed: Sequence[Stage] = ()
    coming: bool = False  #: it goes on by itself in a moment

    @property
    def means(self) -> Words:
        """What the state is, in a sentence."""
        return MEANS[self.stage]


Later = Callable[[Work, Client, UUID], Where | None]
_LATER: list[Later] = []


def once_agreed(tell: Later) -> Later:
    """Register how far a proposal has come after a yes: the slice of the plan knows, by the id of the proposal."""
    _LATER.append(tell)
    return tell


def of_proposal(work: Work, client: Client, one: Proposal) -> Where:
    """How far a proposal has come."""
    here = f"/people/{client.id}/proposals/{one.id}"
    if one.state is ProposalState.CLOSED:
        again = words("You can begin a new draft from it.")
        return Where(Stage.ENDED, again, NOBODYS, here, (Stage.OPTION, Stage.PROPOSAL))
    if one.state is ProposalState.ACCEPTED:
        found = next((where for tell in _LATER if (where := tell(work, client, one.id))), None)
        made = words("The plan is made from it now.")
        return found or Where(Stage.AGREED, made, NOBODYS, here, (Stage.OPTION, Stage.PROPOSAL), coming=True)
    step, whose, href = _of_draft(work, client, one, here)
    stage = Stage.PROPOSAL if any(line.counts for line in queries.lines(work, one)) else Stage.OPTION
    return Where(stage, step, whose, href, (Stage.OPTION,) if stage is Stage.PROPOSAL else ())


def _of_draft(work: Work, client: Client, one: Proposal, here: str) -> tuple[Words, Words, str]:
    """The one next step of a draft: what stands in the way of a yes comes first, then whoever it was handed to."""
    decides = work.can(Resource.DRAFT, Action.APPROVE, client.id)
    handed = round_queries.rounds(work, one)
    last = handed[-1].handed_to if handed else None
    other = last if last != work.account_id and last and others.may(work, last, Action.APPROVE, one) else None
    deciding = _turn_of(work, other) if other else YOURS if decides else _turn(Name(client.name))
    if not any(line.counts for line in queries.lines(work, one)):
        return words("Add the first support."), deciding, f"{here}/add"
    if one.kept_by is not None:
        return words("Nobody but you sees this draft yet. Share it first, then say yes."), YOURS, here
    if waiting := queries.open_suggestions(work, one):
        return _to_answer(work, waiting, deciding, here)
    if any(said.disagrees and said.resolved_at is None for said in queries.comments(work, one)):
        together = words("It is the turn of everybody who works on it.")
        settle = words("Settle what somebody does not agree with yet, or leave it out for now.")
        return settle, together, f"{here}/accept" if decides else here
    if any(asked.state is Asked.OPEN for asked in mark_queries.challenges(work, one)):
        question = words("Answer the question whether something must be fixed.")
        return question, words("It is the turn of whoever marked it, or leads the work."), f"{here}/terms"
    if last and last != work.account_id:
        return words("Look at the draft, and hand it on."), _turn_of(work, last), f"{here}/since"
    if decides:
        return words("Say yes when it is right. Not yet is fine too."), YOURS, f"{here}/accept"
    if last:
        return words("Look at the draft, and hand it on."), YOURS, f"{here}/since"
    return words("Say yes when it is right. Not yet is fine too."), deciding, here


def _to_answer(work: Work, waiting: Sequence[Suggestion], deciding: Words, here: str) -> tuple[Words, Words, str]:
    """Suggestions wait for whoever decides; one that was answered with something else, for whoever is asked back."""
    mine = [one for one in waiting if one.asked_id is not None and one.asked_id == work.account_id]
    open_ones = [one for one in waiting if one.asked_id is None]
    asked = waiting[0].asked_id
    if mine:
        open_ones, deciding, here = mine, YOURS, f"{here}/suggestions/{mine[0].id}"
    elif not open_ones and asked is not None:
        open_ones, deciding = list(waiting), _turn_of(work, asked)
    return nwords("Answer {n} suggestion.", "Answer {n} suggestions.", len(open_ones)), deciding, here


def _turn(name: Name) -> Words:
    return words("It is the turn of {person}.", person=name)


def _turn_of(work: Work, account_id: UUID) -> Words:
    return _turn(Name(queries.people_named(work, [account_id]).get(account_id, "")))
