"""An open draft asks here what others changed; and the verb that shares a draft one kept to oneself."""

from __future__ import annotations

from uuid import UUID

from budgeting.words import words
from portal.proposals import privacy_commands, together
from portal.proposals.model import ProposalState
from portal.proposals.pages import DECIDE, ONE, READ, WRITE, address, found, proposal
from portal.site import forms
from portal.site.page import Asked, Go, Listen, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work


@get(ONE + "/live", access=READ, by_itself=True)
def live(work: Work, asked: Asked, client_id: UUID, proposal_id: UUID) -> Listen:
    """A mark that changes with the draft; as a stream of events, told when it does."""
    client, one = found(work, client_id, proposal_id)
    if work.account_id is None or one.state is not ProposalState.DRAFT:
        raise NotVisible
    others = together.others(work, client, one) if asked.query.get("what") != "changed" else ""
    return Listen(client_id, one.id, work.account_id, together.mark(work, one), together=True, others=others)


@get(ONE + "/news", access=READ, by_itself=True)
def news(work: Work, asked: Asked, client_id: UUID, proposal_id: UUID) -> View:
    """Who changed the draft a moment ago, and who is looking at it too."""
    client, one = found(work, client_id, proposal_id)
    kind = asked.query.get("what", "")
    values = {
        "proposal": one,
        "base": address(one),
        "changed": kind in ("waiting", "shown"),
        "waiting": kind == "waiting",
        "by": together.changed_by(work, one) if kind in ("waiting", "shown") else None,
        "others": together.here_too(work, client, one),
    }
    return View("proposals/news.html", values, fragment="proposals/_news.html", client=client)


@get(ONE + "/alone", access=DECIDE)
def alone(work: Work, client_id: UUID, proposal_id: UUID) -> View:
    """Before a yes: is anybody with you? Nothing of this page is kept, whatever is pressed."""
    client, one = found(work, client_id, proposal_id)
    one.must_be_draft()
    return View("proposals/alone.html", {"proposal": one, "base": address(one)}, client=client)


@post(ONE + "/share", access=WRITE, form=forms.VersionForm, view=proposal)
def share(work: Work, form: forms.VersionForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Open a draft that one kept to oneself."""
    _client, one = found(work, client_id, proposal_id)
    privacy_commands.share(work, one, form.version)
    return Go(address(one), words("Shared. Everybody who may see your drafts sees this one now."))
