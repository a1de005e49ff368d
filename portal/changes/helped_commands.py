"""The verbs of the question that comes some weeks later: did it help?"""

from __future__ import annotations

from portal.access.table import Action, Relationship, Resource
from portal.changes import events
from portal.changes.model import ChangeRequest
from portal.changes.settling import path_of
from portal.changes.states import Act, Helped
from portal.plans.telling import SELF, holders, keepers, kept_from, tell
from portal.work import NotVisible, Work, command, open_command


@open_command
def ask_whether_it_helped(work: Work, request: ChangeRequest) -> None:
    """For the system: ask the person, and who decides for them, once; no answer is an answer too."""
    if request.help_asked_at is not None:
        return
    request.must_allow(Act.TELL)
    request.help_asked_at = work.now
    work.record(events.ChangeHelpAsked(client_id=request.client_id, subject=request.id, effective=request.effective))
    tell(work, holders(work, request.client_id, SELF), f"change-{request.id}-helped", path_of(request))


@command(Resource.CHANGE, Action.APPROVE)
def tell_whether_it_helped(work: Work, request: ChangeRequest, helped: Helped, said: str) -> None:
    """Say whether a change helped: the person, or who decides for them. It can be said anew at any time."""
    if work.decision is None or work.decision.relationship not in (Relationship.CLIENT, Relationship.AUTHORITY):
        raise NotVisible
    request.must_allow(Act.TELL)
    request.helped, request.helped_said = helped, said
    request.helped_at, request.helped_by = work.now, work.account_id
    work.record(
        events.ChangeHelped(client_id=request.client_id, subject=request.id, effective=request.effective, helped=helped)
    )
    told = (keepers(work, request.client_id) | {request.made_by}) - kept_from(work, request.client_id)
    tell(work, told, f"change-{request.id}-told", path_of(request))
