"""What people say about a draft as ready values: talks with their answers, disagreements, and how people feel."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from budgeting.explain.particulars import PRIORITIES
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.language import show
from portal.proposals import dissent, others, queries
from portal.proposals.draft_rows import DraftComment
from portal.proposals.model import Comment, Feeling, Line, ProposalState
from portal.proposals.queries import Draft
from portal.work import Work

NEWEST = 20  #: so many talks stand on a page at once; those before them open in one press
DECIDE = (Resource.DRAFT, Action.APPROVE)
FEELINGS = {
    Feeling.LIKE: words("I like it"),
    Feeling.UNSURE: words("I am not sure"),
    Feeling.DISLIKE: words("I don't like it"),
}
STANDS: Mapping[str, tuple[str, Words]] = {
    "waits": ("warn", words("Does not agree yet")),
    "answered": ("wait", words("Does not agree yet, and has an answer")),
    "third": ("wait", words("Does not agree yet; somebody was asked to help")),
    "settled": ("ok", words("Settled")),
    "stood": ("wait", words("Does not agree. The yes was said all the same")),
}
"""How a disagreement stands: the look of its mark, and what it says."""


def talk(work: Work, draft: Draft, line: Line | None) -> Mapping[str, Any]:
    """What was said about a line or the whole, and whether the reader may join in."""
    about = line.id if line else None
    return {"talk": talks(work, draft, lambda one: one.line_id == about), **_may(work, draft)}


def talk_about_suggestion(work: Work, draft: Draft, rounds: Collection[UUID]) -> Mapping[str, Any]:
    """What was said about a suggestion in any of its rounds."""
    return {"talk": talks(work, draft, lambda one: one.suggestion_id in rounds), **_may(work, draft)}


def _may(work: Work, draft: Draft) -> Mapping[str, Any]:
    may = work.can(Resource.DRAFT, Action.COMMENT, draft.client.id)
    decides = work.can(Resource.DRAFT, Action.APPROVE, draft.client.id)
    may_say = may and draft.proposal.state is ProposalState.DRAFT
    return {"may_say": may_say, "may_decide": decides, "newest": NEWEST}


def talks(work: Work, draft: Draft, wanted: Callable[[DraftComment], bool]) -> list[Mapping[str, Any]]:
    """Talks in the order in which they began, each with its answers."""
    decides = work.can(Resource.DRAFT, Action.APPROVE, draft.client.id)
    answers: dict[UUID, list[DraftComment]] = {}
    for one in draft.comments:
        if one.answers_id is not None:
            answers.setdefault(one.answers_id, []).append(one)
    found = [one for one in draft.comments if one.answers_id is None and wanted(one)]
    settles = dissent.settles(work, draft.client.id) if any(one.disagrees for one in found) else None
    return [
        {
            **_said(draft, one),
            "disagrees": one.disagrees,
            "open": one.disagrees and one.resolved_at is None,
            "stands": _how(draft, one) if one.disagrees else None,
            "may_settle": (may_settle := one.disagrees and settles is not None and settles(one)),
            "only_they": decides and not may_settle,
            "suggestion": one.suggestion_id,
            "answers": [_said(draft, each) for each in answers.get(one.id, ())],
        }
        for one in found
    ]


def _said(draft: Draft, one: DraftComment) -> Mapping[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "who": show(Name(draft.names.get(one.said_by, ""))),
        "when": show(one.said_at),
    }


def _how(draft: Draft, one: DraftComment) -> tuple[str, Any]:
    look, says = STANDS["stood" if dissent.stood(one, draft.proposal) else stands(one)]
    return look, show(says)


def stands(one: Comment | DraftComment) -> str:
    """How a disagreement stands, as a key of ``STANDS``."""
    if one.resolved_at is not None:
        return "settled"
    if one.third_id is not None:
        return "third"
    return "answered" if one.answered_at is not None else "waits"


def log(work: Work, draft: Draft) -> list[Mapping[str, Any]]:
    """Every disagreement of a draft with its answers, those that are open first."""
    found = [one for one in draft.comments if one.disagrees]
    told = {one["id"]: one for one in talks(work, draft, lambda one: one.disagrees)}
    lines = {line.id: line for line in draft.lines}
    names = queries.people_named(work, [one for each in found for one in (each.third_id, each.resolved_by)])
    rows = [
        {
            **told[one.id],
            "line": show(Name(lines[one.line_id].name)) if one.line_id in lines else None,
            "line_id": one.line_id,
            "stood": dissent.stood(one, draft.proposal),
            "third": show(Name(names.get(one.third_id, ""))) if one.third_id else None,
            "third_asked_at": show(one.third_asked_at) if one.third_asked_at else None,
            "settled_by": show(Name(names.get(one.resolved_by, ""))) if one.resolved_by else None,
            "settled_at": show(one.resolved_at) if one.resolved_at else None,
        }
        for one in found
    ]
    return sorted(rows, key=lambda row: not row["open"])


def feelings(work: Work, draft: Draft, line: Line) -> list[tuple[str, Any, list[Any]]]:
    """Each of the three ways to feel about a line, and who feels it."""
    felt = [one for one in draft.reactions if one.line_id == line.id]
    names = queries.people_named(work, [one.account_id for one in felt])
    return [(kind.value, show(label), _who(names, felt, kind)) for kind, label in FEELINGS.items()]


def _who(names: Mapping[UUID, str], felt: Iterable[Any], kind: Feeling) -> list[Any]:
    return [show(Name(names.get(one.account_id, ""))) for one in felt if one.feeling is kind]


def put_off(work: Work, draft: Draft, line: Line) -> Mapping[str, Any]:
    """Who sees to a line that was left out and until when, and for who decides, whom they may ask to."""
    decides = draft.proposal.state is ProposalState.DRAFT and work.can(*DECIDE, draft.client.id)
    people = others.who_see(work, draft.client, draft.proposal, list(draft.names)) if decides else ()
    owner = draft.names.get(line.park_owner_id) if line.park_owner_id else None
    return {
        "owners": [(str(one), show(name)) for one, name in people],
        "me_id": str(work.account_id),
        "matters": line.terms.more.priority.value if line.terms.more.priority else "",
        "matters_options": [(one.value, show(text)) for one, text in PRIORITIES.items()],
        "owner": show(Name(owner)) if owner else None,
        "due": show(line.park_due) if line.park_due else None,
    }
