"""Saying yes to a draft: what it would mean, what stands in its way, and what is left for later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from markupsafe import Markup

from budgeting.explain import shown
from budgeting.explain.totals import contributions_figure, quote_figures
from budgeting.words import Name, words
from portal.funding import held
from portal.language import show
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import commands, files, pricing, queries, so_far
from portal.proposals.acceptance import frozen_now, in_the_way
from portal.proposals.check_queries import to_look_at
from portal.proposals.model import Line
from portal.proposals.pages import DECIDE, ONE, address, found
from portal.proposals.talk import log
from portal.proposals.views import not_part_of_it
from portal.site import forms
from portal.site.appendix import appendix
from portal.site.page import Go, Stay, View
from portal.site.routing import get, post
from portal.work import Work

ASKED, IN_DRAFT = words("What you say yes to"), words("What is in this draft")


@get(ONE + "/accept", access=DECIDE)
def accepting(work: Work, client_id: UUID, proposal_id: UUID) -> View | Go:
    """What a yes would mean, and what stands in its way; a version that is accepted is shown itself."""
    client, one = found(work, client_id, proposal_id)
    if one.frozen is not None:  # somebody was faster, or the page was kept: there it says who said yes, and when
        return Go(address(one))
    one.must_be_draft()
    rows = queries.lines(work, one)
    draft = queries.draft(work, client, one)
    _text, digest, quote = frozen_now(work, client, one, rows)
    beside = pricing.beside_held(work, client, quote)
    short, open_ones = pricing.not_enough(beside), in_the_way(work, one, rows)
    against = [one.comment_id for one in open_ones if one.may_stand]
    said_by = {row.said_by for row in draft.comments if row.id in against}
    would_end = _running(work, client, [*(each.line for each in open_ones if each.line), *_left_out(rows)])
    values = {
        "proposal": one,
        "base": address(one),
        "own": people.is_own(work, client),
        "open_ones": [one for one in open_ones if not one.may_stand],
        "against": [row for row in log(work, draft) if row["id"] in against],
        "mine": said_by == {work.account_id},
        "would_end": would_end,
        "ends": [would_end[line.id] for line in _left_out(rows) if line.id in would_end],
        "table": files.asked_table(quote, IN_DRAFT if one.kept_by else ASKED),
        "appendix": appendix(quote_figures(beside)),
        "counted_from": min(each.line.period.first for each in quote.lines) if quote.lines else None,
        **not_part_of_it(work, draft),
        "share": contributions_figure(quote).brief if quote.contribution else None,
        "left": [(show(shown(one.component.name)), one.figure) for one in beside.components],
        "held": [] if beside is quote else list(held.by_part(work, client).values()),
        "short": [show(one.words) for one in short],
        "to_check": len(to_look_at(work, client, draft)),
        "digest": digest,
    }
    return View("proposals/accept.html", values, client=client)


def _left_out(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.parked_at is not None and line.removed_at is None]


def _running(work: Work, client: Client, lines: Iterable[Line]) -> Mapping[UUID, Markup]:
    """Lines that are part of the plan in force, and would end there when they are left out: a sentence for each."""
    found = {}
    for line in lines:
        if any(fact.stage is so_far.Stage.IN_FORCE and fact.holds for fact in so_far.facts(work, client, line.key)):
            name = Name(line.name)
            found[line.id] = show(
                words(
                    "{support} is part of the plan in force. Left out, it ends there once the new version is read.",
                    support=name,
                )
            )
    return found


@dataclass(frozen=True)
class AcceptForm:
    seen: str = forms.text(64)
    standing: tuple[UUID, ...] = forms.record_ids()


@post(ONE + "/accept", access=DECIDE, form=AcceptForm, view=accepting)
def accept(work: Work, form: AcceptForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Say yes to the whole."""
    client, one = found(work, client_id, proposal_id)
    commands.accept(work, one, client, form.seen, form.standing)
    return Go(address(one), words("You said yes. This version is kept exactly as you saw it."))


@dataclass(frozen=True)
class ParkForm:
    line: UUID = forms.record_id()


@post(ONE + "/park", access=DECIDE, form=ParkForm, view=accepting)
def park(work: Work, form: ParkForm, client_id: UUID, proposal_id: UUID) -> Stay:
    """Leave a line out for now, so that the rest can be accepted."""
    _client, one = found(work, client_id, proposal_id)
    commands.park(work, queries.line(work, one, form.line), one)
    return Stay(words("Left out for now. You can go on talking about it."))
