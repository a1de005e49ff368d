"""What follows from who has said what: pure rules without a database, so that they can be tried a million times."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from portal.access.table import Relationship
from portal.changes.states import REFUSED, AtOnce, Given, Matter, RequestState


@dataclass(frozen=True, slots=True)
class Vote:
    """Where one party stands with exactly the part it is asked about."""

    party: Relationship
    given: Given
    instead: bool = False  #: may say yes in place of the client
    several: bool = False  #: of all who may act each for themselves, one yes is enough
    at_once: AtOnce = AtOnce.NOW
    spoken: bool = False  #: said on the telephone by somebody who can still answer here: enough to begin, not to stay
    matters: frozenset[Matter] = frozenset()  #: what they have a say in; another's yes counts for them only about that

    @property
    def yes(self) -> bool:
        """A yes of any kind."""
        return self.given is Given.AGREED

    @property
    def firm(self) -> bool:
        """A yes that lasts."""
        return self.yes and not self.spoken


Yes = Callable[[Vote], bool]


def all_agreed(votes: Collection[Vote]) -> bool:
    """Whether everybody has said a lasting yes who must, and nobody who was asked said anything else.

    The client's own yes may be given by those who may decide instead. Of people who act jointly each must say it; of
    those who act each for themselves one is enough, of those who have a say in the same matter. A no of any of them
    stops it all the same.
    """
    asked = _asked(votes)
    return not _stopped(asked) and _client_said(asked, _firm) and _others_said(asked, _firm)


def is_waited_for(vote: Vote, votes: Collection[Vote]) -> bool:
    """Whether a party has not answered and its yes is still wanting: one is not where another's yes is enough."""
    if vote.given is not Given.WAITING:
        return False
    asked = _asked(votes)
    if vote.party is Relationship.CLIENT or vote.instead:
        return not _client_said(asked, _firm)
    alike = frozenset[Matter]().union(*(one.matters for one in asked if one.several and not one.instead and one.firm))
    return not (vote.several and bool(alike) and vote.matters <= alike)


def may_begin(votes: Collection[Vote]) -> bool:
    """Whether an urgent change may begin: the client or one who may decide instead has said yes, so has everybody whose
    yes cannot wait, and nobody who was asked said anything else."""
    asked = _asked(votes)
    if _stopped(asked):
        return False
    client = any(vote.yes for vote in asked if vote.party is Relationship.CLIENT or vote.instead)
    others = [vote for vote in asked if vote.party is not Relationship.CLIENT and not vote.instead]
    now = [vote for vote in others if vote.at_once is AtOnce.NOW]
    one = [vote for vote in others if vote.at_once is AtOnce.ONE]
    return client and all(vote.yes for vote in now) and (not one or any(vote.yes for vote in one))


def _firm(vote: Vote) -> bool:
    return vote.firm


def _asked(votes: Collection[Vote]) -> list[Vote]:
    return [vote for vote in votes if vote.given is not Given.TOLD]


def _stopped(asked: Collection[Vote]) -> bool:
    return any(vote.given in REFUSED for vote in asked)


def _client_said(asked: Collection[Vote], yes: Yes) -> bool:
    client = [vote for vote in asked if vote.party is Relationship.CLIENT]
    instead = [vote for vote in asked if vote.instead]
    joint = [vote for vote in instead if not vote.several]
    alone = [vote for vote in instead if vote.several]
    return _all(client, yes) or _all(joint, yes) or any(map(yes, alone))


def _others_said(asked: Collection[Vote], yes: Yes) -> bool:
    others = [vote for vote in asked if vote.party is not Relationship.CLIENT and not vote.instead]
    each = [vote for vote in others if not vote.several]
    one = [vote for vote in others if vote.several]
    said = frozenset[Matter]().union(*(vote.matters for vote in one if yes(vote)))
    return all(map(yes, each)) and (not one or (any(map(yes, one)) and all(vote.matters <= said for vote in one)))


def _all(votes: Collection[Vote], yes: Yes) -> bool:
    return bool(votes) and all(map(yes, votes))


@dataclass(frozen=True, slots=True)
class Days:
    """The days that decide: today where the client is, the first day of the change, and the last one it may hold
    without everybody's yes."""

    today: date
    effective: date
    ratify_by: date | None = None


def follows(state: RequestState, votes: Collection[Vote], days: Days, *, urgent: bool) -> RequestState:
    """The state a change comes to by itself, after an answer, an edit or with a new day; the same when none follows."""
    following = _next(state, votes, days, urgent)
    return state if following is state else follows(following, votes, days, urgent=urgent)


def _next(state: RequestState, votes: Collection[Vote], days: Days, urgent: bool) -> RequestState:
    if state is RequestState.OPEN and all_agreed(votes):
        return RequestState.AGREED
    if state is RequestState.OPEN and urgent and days.today >= days.effective and may_begin(votes):
        return RequestState.RUNNING
    if state is RequestState.AGREED and not all_agreed(votes):
        return RequestState.OPEN
    if state is RequestState.AGREED and days.today >= days.effective:
        return RequestState.DONE
    if state is RequestState.RUNNING and all_agreed(votes):
        return RequestState.DONE
    if state is RequestState.RUNNING and days.ratify_by is not None and days.today > days.ratify_by:
        return RequestState.LAPSED
    return state


def still_agreed(asked_before: frozenset[str], agreed: frozenset[str] | None, asked_now: frozenset[str]) -> bool:
    """Whether a yes goes over to fewer lines: only when it was given to each line by itself, and to each of these.

    ``asked_before`` and ``asked_now`` are the hashes of single lines; ``agreed`` those agreed to each by itself, None
    when the yes was to all of them together.
    """
    if asked_now == asked_before and agreed is None:
        return True
    return agreed is not None and bool(asked_now) and asked_now <= agreed & asked_before
