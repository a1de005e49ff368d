"""Pages for trying things out with a draft: what if, the same money and more of this, the year rehearsed.

They only read. Everything that is tried stands in the address, so it can be sent and opened again, and nothing is
stored by looking. What is worth keeping is kept by try_pages.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from budgeting import programs
from budgeting.choosing.trades import Trades, trades
from budgeting.compare import Difference, compare, together
from budgeting.forecast.rehearsal import Rehearsal, rehearse
from budgeting.pricing import quote
from budgeting.quotation import Quote
from budgeting.words import Name, Words, words
from portal.access.table import Action, Resource
from portal.catalogue import queries as catalogue
from portal.language import show
from portal.people.model import Client
from portal.proposals import away, checking, queries, trying, year_view
from portal.proposals.model import Proposal
from portal.proposals.pages import DECIDE, ONE, READ, WRITE, address, found
from portal.proposals.queries import Draft
from portal.site.page import Asked, View
from portal.site.routing import get
from portal.work import Work

MOST_ASKS = 12  # more wishes than these are asked for in the form below them
KEEP = (Resource.DRAFT, Action.COMMENT)
WISHED = (("line", ""), ("how", "visits"), ("many", "1"))  # the fields of a wish, and what stands in them at first


def opened(work: Work, client_id: UUID, proposal_id: UUID) -> tuple[Client, Proposal, Draft, Mapping[str, Any]]:
    """A draft, and what every page here shows about it."""
    client, one = found(work, client_id, proposal_id)
    draft = queries.draft(work, client, one)
    shown = {"proposal": one, "base": address(one), "any": bool(draft.quote.lines)}
    return client, one, draft, shown


def changes_from(work: Work, client: Client, proposal: Proposal) -> date | None:
    """The first day that can still be changed: today, while the days of the draft go by; else all of them."""
    today = work.today(client)
    return today if today in proposal.period else None


@get(ONE + "/what-if", access=READ)
def what_if(work: Work, asked: Asked, client_id: UUID, proposal_id: UUID) -> View:
    """Other days, times and numbers, with the package before and after; with script as soon as they are typed.

    What answers while somebody types brings no more than it must: how a figure came about comes when it is asked for.
    """
    client, one, draft, values = opened(work, client_id, proposal_id)
    values = {**values, "of": show(Name(one.title)), "agreed": False}
    return answered(work, asked, client, draft.quote, values, changes_from(work, client, one))


def answered(
    work: Work, asked: Asked, client: Client, now: Quote, values: Mapping[str, Any], since: date | None
) -> View:
    """What is tried beside what there is now; ``since`` is the first day that can still be changed."""
    after, lines = trying.tried(now.package, asked.query)
    sent, opened_figure = trying.ASKED in asked.query, asked.query.get("why", "")
    shown: Mapping[str, Any] = {}
    if sent:
        priced = quote(after, catalogue.editions(work, now.package.program), programs.calendar())
        found = compare(now, priced)
        shown = {
            "change": trying.difference(found, quick=asked.htmx and not opened_figure),
            "affords": trying.affords(found),
            "in_short": show(trying.in_short(found)),
            "all_days": _has_days_over(found, since),
            "again": trying.again(asked.query, now.package),
            "unread": [(line.name, line.wrong) for line in lines if line.wrong is not None],
        }
    shown = {**values, "tried": lines, "sent": sent, "may_keep": work.can(*KEEP, client.id), **shown}
    shown |= {"quick": asked.htmx, "opened": opened_figure}
    return View("proposals/what_if.html", shown, fragment="proposals/_what_if.html", client=client, own=True)


def _has_days_over(found: Difference, since: date | None) -> bool:
    """Whether a line that is changed has days that are over already."""
    lines = [one.before.line for one in found.changed if one.before]
    return since is not None and any(line.period.first < since for line in lines)


def trades_of(
    work: Work, client: Client, one: Proposal, draft: Draft, query: Mapping[str, str]
) -> tuple[Trades | None, Words | None]:
    """What could give way for the wish in an address; None with a sentence when it cannot be asked for."""
    package = draft.quote.package
    keep = [line.id for line in package.lines if f"keep-{trying.short(line.id)}" in query]
    wish, wrong = trying.wish_of(package, query)
    if wish is None:
        return None, wrong
    editions, since = catalogue.editions(work, one.program), changes_from(work, client, one)
    try:
        return trades(package, wish, editions, programs.calendar(), keep=keep, since=since), None
    except ValueError:
        return None, words("That is more than a week or a day can hold. Ask for less.")


def rehearsal_of(work: Work, client: Client, one: Proposal, draft: Draft) -> Rehearsal:
    """The draft played through its days, with what was told of who is away."""
    editions, since = catalogue.editions(work, one.program), changes_from(work, client, one)
    aways = away.everybody(work, client)
    absent, instead = away.absences(aways), away.backups(work, client, aways)
    ends = checking.agreed_until(work, client, [(line.ref, line.terms) for line in draft.lines if line.counts])
    package, calendar = draft.quote.package, programs.calendar()
    return rehearse(package, editions, calendar, since=since, agreed_until=ends, away=absent, backups=instead)


@get(ONE + "/more", access=READ)
def more_of_this(work: Work, asked: Asked, client_id: UUID, proposal_id: UUID) -> View:
    """More of one support within the same money, and what could give way for it."""
    client, one, draft, values = opened(work, client_id, proposal_id)
    package = draft.quote.package
    seen, wrong = trades_of(work, client, one, draft, asked.query)
    since = changes_from(work, client, one)
    answer: Mapping[str, Any] = {}
    if seen:
        answer = {
            "sentences": [show(sentence) for sentence in seen.sentences],
            "cost": compare(together(seen.before), together(seen.wanted)).figure,
            "since": since if since and one.starts < since else None,
            "serves": [show(Name(purpose)) for purpose in seen.purposes],
            "trades": [trying.trade(seen, each, number) for number, each in enumerate(seen.found, start=1)],
        }
    choices = [(trying.short(line.id), show(Name(line.name))) for line in trying.wishable(package.lines)]
    values = {
        **values,
        "choices": choices,
        "asks": [(text, urlencode(fields)) for text, fields in trying.asks(package.lines)[:MOST_ASKS]],
        "lines": [
            (trying.short(line.id), show(Name(line.name)), f"keep-{trying.short(line.id)}" in asked.query)
            for line in package.lines
        ],
        "typed": {name: asked.query.get(name, start) for name, start in WISHED},
        "wrong": show(wrong) if wrong else None,
        "answer": answer,
        "again": trying.again(asked.query, package),
        "may_keep": work.can(*KEEP, client.id),
        "decides": work.can(*DECIDE, client.id),
        "may_suggest": work.can(*WRITE, client.id),
    }
    return View("proposals/more.html", values, client=client)


@get(ONE + "/year", access=READ)
def year(work: Work, asked: Asked, client_id: UUID, proposal_id: UUID) -> View:
    """The draft played through its days: the first one that breaks, what mends it, and all that happens."""
    client, one, draft, values = opened(work, client_id, proposal_id)
    seen = rehearsal_of(work, client, one, draft)
    fixes = [trying.fix(number, each) for number, each in enumerate(seen.fixes, start=1)]
    chosen = next((each for each in fixes if str(each["number"]) == asked.query.get("fix", "")), None)
    change = trying.difference(seen.fixes[int(chosen["number"]) - 1].difference) if chosen else None
    values = {
        **values,
        "first": {"day": show(seen.first.day), "why": show(seen.first.words)} if seen.first else None,
        "others": [(show(each.day), show(each.words)) for each in seen.breaks[1:]],
        "fixes": fixes,
        "chosen": chosen,
        "may_keep": work.can(*KEEP, client.id),
        "decides": work.can(*DECIDE, client.id),
        "may_suggest": work.can(*WRITE, client.id),
        "change": change,
        "lost": year_view.lost(seen.events),
        "may_tell": bool(draft.quote.lines) and work.can(*WRITE, client.id),
        "supports": [(str(line.key), show(Name(line.name))) for line in draft.lines if line.counts],
        "aways": year_view.told(aways := away.everybody(work, client), draft.quote.package),
        **year_view.values(
            year_view.Played(seen.quote, seen.events, seen.breaks, aways), asked, work.today(client), fixes
        ),
    }
    return View("proposals/year.html", values, client=client)
