"""Scenarios as ready values: the cards of the list, the supports of one, and packages side by side."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from budgeting.compare import Difference, compare, together
from budgeting.compare.side_by_side import facts
from budgeting.compare.who_comes import Known
from budgeting.explain.describe import schedule_words
from budgeting.package import Units, Weekly
from budgeting.quotation import Quote
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.language import show
from portal.options.saying import CAME
from portal.proposals import trying
from portal.proposals.draft_rows import DraftLine
from portal.proposals.kept import Scenario
from portal.proposals.model import Proposal, ProposalState
from portal.proposals.pricing import provider_name
from portal.proposals.queries import Draft, people_named
from portal.proposals.scenarios import Side, address, differing
from portal.proposals.sheet import besides, decimal
from portal.proposals.terms import canonical
from portal.site.drawing import Picture
from portal.site.pictures import Pair, bars
from portal.site.tables import Column, Content, Table
from portal.work import Work


def cards(work: Work, found: Iterable[Scenario]) -> list[Mapping[str, Any]]:
    """The scenarios of the list: whose, since when, and whether others see them."""
    rows = list(found)
    names = people_named(work, [one.made_by for one in rows])
    return [
        {
            "id": one.id,
            "key": f"scenario-{one.id}",
            "title": one.title,
            "note": one.note,
            "href": address(one),
            "private": one.shared_at is None,
            "mine": one.made_by == work.account_id,
            "who": show(Name(names.get(one.made_by, ""))),
            "when": show(one.made_at),
        }
        for one in rows
    ]


def came_options() -> list[tuple[str, Any]]:
    """How a scenario may have come to be there, to choose from."""
    return [(came.value, show(text)) for came, text in CAME.items()]


def supports(draft: Draft, one: Scenario) -> list[Mapping[str, Any]]:
    """Each support of a scenario with what it costs and the few fields that can be typed at once."""
    quoted = {each.line.id: each for each in draft.quote.lines}
    return [_support(draft, line, quoted.get(str(line.key)), address(one)) for line in draft.lines]


def _support(draft: Draft, line: DraftLine, quoted: Any, base: str) -> Mapping[str, Any]:
    schedule, price = line.terms.schedule, line.terms.price
    known = quoted is not None and any(row.amount is not None for row in quoted.rows)
    provider = provider_name(line.terms, draft.setting.providers)
    also = besides(line.terms, draft.proposal.starts, draft.proposal.ends)
    return {
        "id": line.key,
        "form_id": f"q-{line.key.hex[:12]}",
        "href": f"{base}/lines/{line.key}",
        "name": show(Name(line.name)),
        "provider": show(Name(provider)) if provider else show(words("No provider yet")),
        "when": show(schedule_words(schedule)),
        "also": show(also) if also else None,
        "out": not line.counts,
        "figure": quoted.figure if known else None,
        "unpaid": quoted is not None and quoted.unpaid,
        "hours": show(quoted.minutes) if quoted is not None and quoted.minutes.count else None,
        "weekly": isinstance(schedule, Weekly),
        "begins": schedule.start.isoformat("minutes") if isinstance(schedule, Weekly) else "",
        "finishes": schedule.end.isoformat("minutes") if isinstance(schedule, Weekly) else "",
        "units": decimal(schedule.quantity.thousandths, 3) if isinstance(schedule, Units) else None,
        "price": decimal(price.minor, 2) if price is not None else "",
    }


def against(draft: Draft, one: Scenario, proposal: Proposal, now: Draft, plan: Quote | None) -> Mapping[str, Any]:
    """What a scenario changes in the draft that it could go into, as that draft is now; or in the plan in force."""
    wanted = differing(now.lines, one.lines)
    found = compare(together(plan or now.quote), together(draft.quote))
    order = words("The plan in force, and then the scenario") if plan else words("The draft, and then the scenario")
    return {
        "change": trying.difference(found),
        "bars": difference_bars("against", order, found),
        "in_short": show(trying.in_short(found)),
        "plan": plan is not None,
        "count": len(wanted),
        "open": proposal.state is ProposalState.DRAFT,
        "seen": seen(one, now.lines),
        "title": show(Name(proposal.title)),
        "href": f"/people/{proposal.client_id}/proposals/{proposal.id}",
    }


def difference_bars(key: str, title: Words, found: Difference) -> Picture:
    """Money, hours and visits of two packages as pairs of bars."""
    known = not (found.before.unpriced or found.after.unpriced)
    pairs = [Pair(words("All supports together"), found.before.amount, found.after.amount)] if known else []
    pairs += [
        Pair(words("Hours of support"), found.before.minutes, found.after.minutes),
        Pair(words("Visits"), *found.visits),
    ]
    pairs += [Pair(words("{component}: planned", component=one.name), *one.planned) for one in found.components]
    return bars(key, title, pairs)


def seen(one: Scenario, now: Sequence[DraftLine]) -> str:
    """What stands for a scenario and a draft as somebody saw them, so that a press from an older page is told."""
    state = [(str(line.id), line.version, line.counts) for line in now]
    return hashlib.sha256(canonical([one.content, [list(each) for each in state]]).encode()).hexdigest()[:32]


def side_by_side(chosen: Sequence[tuple[Side, Quote]], known: Known) -> Table:
    """The facts of some packages, each package a column, in the order in which they came."""
    heads = tuple(Column(words("{title}", title=side.title), numeric=True) for side, _ in chosen)
    rows: list[Sequence[Content]] = [
        (fact.label, *("" if cell is None else cell for cell in fact.cells))
        for fact in facts([quoted for _, quoted in chosen], known)
    ]
    columns = (Column(words("What")), *heads)
    return Table("side-by-side", words("Side by side"), columns, rows, show_caption=False)


def may_use(work: Work, client_id: UUID) -> Mapping[str, bool]:
    """What the reader may make of a scenario."""
    return {
        "decides": work.can(Resource.DRAFT, Action.APPROVE, client_id),
        "may_suggest": work.can(Resource.DRAFT, Action.WRITE, client_id),
        "may_ask": work.can(Resource.CHANGE, Action.WRITE, client_id),
    }
