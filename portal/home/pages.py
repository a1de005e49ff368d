"""The first page, help and rights; a client's overview and history; joining a circle; the audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from budgeting.forecast.reach import hours_left, reaches
from budgeting.words import Name, nwords, words
from portal.access.table import Action, Relationship, Resource
from portal.accounts import commands as accounts, queries as own
from portal.accounts.model import Role
from portal.accounts.pages import CHANGE_OWN, NewPassword, account_for, new_password, welcome
from portal.home import caseload, caseload_rows, commands, everybody, queries, waiting
from portal.home.rights import AGED_CARE_RIGHTS, DISABILITY_RIGHTS
from portal.home.samples import STATES, Samples
from portal.language import Language, current, formatted, markup
from portal.notes import queries as notes
from portal.people import commands as circles, history, next_steps, parts, queries as people
from portal.people.communicate_queries import for_reader
from portal.people.model import Client
from portal.people.next_steps import NextStep
from portal.people.outside import contacts
from portal.proposals import lasting
from portal.site import forms, guard
from portal.site.incoming import Incoming
from portal.site.page import Asked, Cookie, Go, No, Stay, View
from portal.site.paging import asked_for, paged
from portal.site.routing import get, post
from portal.site.tables import Column, Content, Later, Table
from portal.spending.managing import managing
from portal.work import Work

PEOPLE_ON_A_PAGE = 20
EXAMPLE_LASTS = timedelta(days=112)  # the picture for visitors, marked as an example
CARD_LASTS = 3600  # seconds a typed code is remembered while someone signs in or makes an account
SUPPORTS_AT_A_GLANCE = 5
WORKS_WITH_PEOPLE = frozenset({Role.COORDINATOR, Role.PROVIDER_STAFF, Role.PLAN_MANAGER_STAFF})


@get("/")
def first_page(work: Work, asked: Asked) -> View | Go:
    """Visitors read what this is; a client goes to their overview; others see whom they are connected with."""
    if work.account_id is None:
        return View("home/welcome.html", {"example": work.day + EXAMPLE_LASTS})
    mine = people.own_record(work)
    if mine and "all" not in asked.query:
        _, connected = people.people(work, size=1)
        if connected == 1:
            return Go(f"/people/{mine}")
    held = own.roles(work)
    if Role.COORDINATOR in held:
        return _caseload(work, asked)
    search, page = asked.query.get("q", "")[:80], asked_for(asked)
    found, total = people.people(work, search, page, PEOPLE_ON_A_PAGE)
    whole = total == len(found) and not search
    steps, marks = everybody.steps_of(work, found) if whole else (next_steps.steps_of(work, found), {})
    managed = managing(work) if Role.PLAN_MANAGER_STAFF in held else ()
    return View(
        "home/people.html",
        {
            "people": [_person(client, steps[client.id]) for client in found],
            "total": total,
            "search": search,
            "searchable": bool(search) or total > 5,
            "works": bool(held & WORKS_WITH_PEOPLE),
            "roles": {role.value for role in held},
            "managing": managed[:PEOPLE_ON_A_PAGE],
            "more_managed": len(managed) > PEOPLE_ON_A_PAGE,
            "waits": (own_steps := next_steps.own(work)),
            "live": waiting.together(marks, own_steps) if whole else "",
            "pages": paged(range(total), asked, PEOPLE_ON_A_PAGE),
        },
    )


def _person(client: Client, steps: Sequence[NextStep]) -> dict[str, Any]:
    return {
        "name": client.name,
        "href": f"/people/{client.id}",
        "step": steps[0] if steps else None,
        "more": sum(step.yours for step in steps[1:]),
    }


def _caseload(work: Work, asked: Asked) -> View:
    """Everybody a coordinator works with; the same address gives all of them, as they are filtered, as a file."""
    search, number = asked.query.get("q", "")[:80], asked_for(asked)
    show, kind = asked.query.get("show", "all"), asked.query.get("kind", "")
    sort = asked.query.get("sort", "waits")
    size = None if "as" in asked.query else caseload.SIZE
    page = caseload.page(work, search, show, sort, number, size, kind if kind in (*waiting.KINDS, waiting.SOON) else "")
    return View(
        "home/caseload.html",
        {
            "waits": page.own,
            "kinds": caseload_rows.kinds(page, kind, search),
            "kind": kind,
            "live": page.mark,
            "everyone": page.everyone,
            "search": search,
            "current": show if show in caseload.SHOWS else "all",
            "shows": caseload_rows.tabs(page, show, search, sort),
            "sort": sort,
            "sorts": [(key, markup(label)) for key, (label, _) in caseload.SORTS.items()],
            "table": caseload_rows.table(work, page.people, asked.query, sort),
            "pages": paged(range(page.total), asked, caseload.SIZE),
        },
    )


@get("/help")
def help_page(work: Work) -> View:
    """How people are protected here, what cannot be protected against, and whom to call."""
    return View("home/help.html", {"contacts": contacts()})


@get("/rights")
def rights(work: Work) -> View:
    """People's rights in plain words, and where to complain outside."""
    keys = {"ndis_commission", "aged_care_commission", "disability_advocacy", "aged_care_advocacy", "ombudsman"}
    return View(
        "home/rights.html",
        {
            "aged_care": AGED_CARE_RIGHTS,
            "disability": DISABILITY_RIGHTS,
            "contacts": [contact for contact in contacts() if contact.key in keys],
        },
    )


# One client


@get("/people/{client_id:uuid}", access=(Resource.IDENTITY, Action.READ))
def overview(work: Work, client_id: UUID) -> View:
    """What is next and whose turn it is, how things stand, and what happened lately."""
    client = people.client(work, client_id)
    steps, own_steps = next_steps.steps(work, client), next_steps.own(work)
    first, rest = waiting.first_of([*own_steps, *(step for step in steps if step.yours)])
    return View(
        "home/overview.html",
        {
            "first": first,
            "rest": rest,
            "live": waiting.mark({client.id: steps}, own_steps),
            "own": people.is_own(work, client),
            "notes_for_you": notes.shown_to_me(work, client),
            "others": [step for step in steps if not step.yours],
            "glances": next_steps.glances(work, client),
            "lasts": _lasts(work, client),
            "alone": people.is_alone(work, client) and work.can(Resource.CIRCLE, Action.SHARE, client.id),
            "latest": _entries(history.latest(work, client, 3), client),
            "in_other_words": for_reader(work, client, current.get().tag),
            "talks": Role.COORDINATOR in own.roles(work) and work.can(Resource.DRAFT, Action.COMMENT, client.id),
        },
        client=client,
    )


@post("/people/{client_id:uuid}/talked", access=(Resource.DRAFT, Action.COMMENT), view=overview)
def talked(work: Work, client_id: UUID) -> Stay:
    """A coordinator notes that they talked today."""
    commands.note_talk(work, people.client(work, client_id))
    return Stay(words("Noted: you talked today."))


def _lasts(work: Work, client: Client) -> dict[str, Any] | None:
    """Until when the money lasts, with its explanation; None when the funding itself is over."""
    found = lasting.outlook(work, client)
    if found is None or found.outlook.until is None:
        return None
    gap, since, money = found.gap, work.today(client), found.outlook.quote.package.funding
    if money is not None and money.period.last < since:
        return None
    reached = sorted(reaches(found.outlook.quote, since), key=lambda one: not one.ends_early)
    return {
        "hours": hours_left(reached, since, found.outlook.quote.complete),
        "supports": [(one.words, one.left, one.ends_early) for one in reached[:SUPPORTS_AT_A_GLANCE]],
        "rest": len(reached) > SUPPORTS_AT_A_GLANCE,
        "until": found.outlook.figures[0],
        "gap": lasting.said(gap) if gap else None,
        "untold": money is not None and money.untold(since),
        "href": found.page,
        "draft": found.draft,
        "beside": lasting.beside(work, client, found),
    }


SHOWS = (("everything", words("Everything")), ("changes", words("What was done")), ("looked", words("Who looked")))


@get("/people/{client_id:uuid}/history", access=(Resource.LOOKED, Action.READ))
def history_page(work: Work, client_id: UUID, asked: Asked) -> View:
    """What happened, who did it and on whose behalf, and who looked; newest first, by day."""
    client = people.client(work, client_id)
    show = asked.query.get("show", "everything")
    page = asked_for(asked)
    found, total = history.of_client(work, client, show, page)
    at = ZoneInfo(client.time_zone)
    days = [
        (day, _entries(list(group), client)) for day, group in groupby(found, key=lambda h: h.at.astimezone(at).date())
    ]
    here = f"/people/{client_id}/history?show="
    return View(
        "home/history.html",
        {
            "own": people.is_own(work, client),
            "days": days,
            "table": Later("history", words("History"), lambda: _as_table(found)),
            "tabs_shown": [{"label": markup(text), "href": here + key, "current": key == show} for key, text in SHOWS],
            "pages": paged(range(total), asked, history.PAGE),
        },
        client=client,
    )


def _as_table(found: Any) -> Table:
    """What happened as a table: the entries of this page."""
    heads = (words("When"), words("What happened"), words("Who"), words("For whom"))
    rows = [(one.at, one.what, one.who or "", one.on_behalf_of or "") for one in found]
    return Table("history", words("History"), tuple(map(Column, heads)), rows)


def _entries(found: Any, client: Client) -> list[dict[str, Any]]:
    language: Language = current.get()
    at = ZoneInfo(client.time_zone)
    return [
        {
            "time": formatted(happening.at.astimezone(at).time(), language),
            "day": happening.at.astimezone(at).date(),
            "what": happening.what,
            "who": happening.who,
            "for_whom": happening.on_behalf_of,
            "kind": "looked" if happening.looked else "",
        }
        for happening in found
    ]


# Joining a circle with a code


@get("/join")
def join(work: Work, asked: Asked, incoming: Incoming) -> View:
    """Enter a code; once it fits, what it opens, and joining."""
    code = _card(work, incoming)
    invitation = people.open_invitation(work, code) if code else None
    values: dict[str, Any] = {
        "typed": asked.query.get("code", "")[:40],
        "fits": invitation is not None,
        "inviting": None,
    }
    if invitation is not None and work.account_id:
        role, inviting = invitation.relationship, people.inviting(work, invitation)
        values |= {
            "inviting": inviting,
            "called": parts.TITLES[role],
            "means": parts.explain(role, inviting, own=role is Relationship.CLIENT),
            "own": role is Relationship.CLIENT,
            "sees": [parts.PARTS[part] for part, _ in parts.unpack(invitation.consents)],
        }
    return View("home/join.html", values)


@dataclass(frozen=True)
class CodeForm:
    code: str = forms.text(60)


@post("/join", form=CodeForm, view=join)
def enter_code(work: Work, form: CodeForm, asked: Asked) -> Go | No:
    """Look whether a code fits, and remember it while its holder signs in or makes an account."""
    if not accounts.count_try(work, accounts.CODE_NETWORK, asked.network):
        return No(accounts.TOO_MANY)
    code = people.bare_code(form.code)
    if people.open_invitation(work, code) is None:
        return No(words("This code does not fit, or it is too old. Look at it again, or ask for a new one."), "code")
    return Go(
        "/join", cookies=(Cookie("invitation", guard.signed(work.house.keys.session, "invitation", code), CARD_LASTS),)
    )


def _card(work: Work, incoming: Incoming) -> str | None:
    """The code this browser entered a while ago, as long as it was really we who kept it."""
    return guard.verified(work.house.keys.session, "invitation", incoming.cookies.get("invitation", ""))


@get("/join/new")
def new_account(work: Work, incoming: Incoming) -> View | Go:
    """Make an account to join with."""
    code = _card(work, incoming)
    if work.account_id or code is None or people.open_invitation(work, code) is None:
        return Go("/join")
    return View("home/join_new.html")


@dataclass(frozen=True)
class NewAccountForm:
    name: str = forms.text(120)
    login: str = forms.text(254)
    password: str = forms.password()


def _hash(work: Work, form: NewAccountForm) -> NewPassword:
    return new_password(work, form.login, form.name, form.password)


@post("/join/new", form=NewAccountForm, view=new_account, prepare=_hash)
def make_account(work: Work, form: NewAccountForm, asked: Asked, incoming: Incoming, prepared: NewPassword) -> Go | No:
    """Make the account and sign in; the code waits on the next page."""
    if not accounts.count_try(work, accounts.CODE_NETWORK, asked.network):
        return No(accounts.TOO_MANY)
    code = _card(work, incoming)
    if code is None or people.open_invitation(work, code) is None:
        return No(words("Enter your code first."))
    account = account_for(work, form.login, form.name, prepared, asked)
    if isinstance(account, No):
        return account
    return welcome(work, account, incoming, "/join")


@post("/join/accept", access=CHANGE_OWN, view=join)
def accept(work: Work, incoming: Incoming) -> Go:
    """Join the circle."""
    client_id = circles.accept(work, _card(work, incoming) or "")
    return Go(f"/people/{client_id}", words("You have joined the circle."), cookies=(Cookie("invitation", "", 0),))


# The audit, and pages for machines and builders


AUDITED = tuple(Column(one) for one in (words("Number"), words("When"), words("Kind"), words("Who")))


def _audited(rows: Sequence[queries.AuditRow], total: int) -> Table:
    """One page of the journal as a table; of what is private only that there is an entry."""
    cells: list[tuple[Content, ...]] = [
        (one.number, one.at or "", Name(one.kind), Name(one.who or ""))
        if one.kind
        else (one.number, "", words("kept private"), "")
        for one in rows
    ]
    return Table("audit", nwords("{n} entry", "{n} entries", total), AUDITED, cells)


@get("/audit", access=(Resource.AUDIT, Action.READ))
def audit(work: Work, asked: Asked) -> View:
    """The journal without content, and whether its chain is whole."""
    page = asked_for(asked)
    rows, total = queries.audit(work, page)
    checked = "check" in asked.query
    turning = {name: value for name, value in asked.query.items() if name != "check"}
    return View(
        "home/audit.html",
        {
            "table": _audited(rows, total),
            "total": total,
            "checked": checked,
            "broken": queries.first_break(work) if checked else None,
            "pages": paged(range(total), replace(asked, query=turning), queries.AUDIT_PAGE),
        },
    )


@get("/healthz")
def health(work: Work) -> View:
    """Whether the portal can read its records."""
    queries.answers(work)
    return View("home/health.html")


@get("/style")
def style(work: Work, asked: Asked) -> View:
    """Every component in every state, for those who build pages; not in production."""
    queries.only_while_building(work)
    state = asked.query.get("state", "")
    shown = Samples(state if state in STATES else STATES[0])
    return View("style.html", shown.values)
