"""The entries of a client beside the plan that held on each day: what each belongs to, and what is worth a look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from uuid import UUID

from sqlalchemy import select

from budgeting import pricing, programs
from budgeting.explain import Figure
from budgeting.money import ZERO
from budgeting.package import Funding, Package
from budgeting.period import Period
from budgeting.programs.ordinary import Rules
from budgeting.programs.support_at_home.granted import ACCOUNT
from budgeting.programs.support_at_home.relieving import relieved
from budgeting.programs.support_at_home.statement_rows import Service, service
from budgeting.quotation import ComponentTotal, Finding, Quote
from budgeting.spending import Entry
from budgeting.spending.balances import of_days
from budgeting.spending.checks import Setting, look
from budgeting.spending.matching import Match, Planned, match
from budgeting.spending.totals import Standing, standing
from budgeting.words import Name, Words
from portal.access.scope import unscoped, visible
from portal.access.table import Action, Resource
from portal.catalogue import queries as catalogue
from portal.funding import held as held_back, queries as funding
from portal.funding.by_day import on_day, service_days
from portal.funding.model import FundingPlan
from portal.people.model import Client
from portal.plans import queries as plans
from portal.plans.model import PlanPart, PlanVersion
from portal.plans.states import VersionState
from portal.proposals.frozen import FrozenProposal, thaw
from portal.spending import against, agreed, queries
from portal.spending.model import Delivered
from portal.work import ActorKind, Work

PROGRAM = programs.PROGRAMS[0]  # while neither funding nor a plan says which
MANY = 50  # entries from which a book is remembered; fewer are quick to read
BOOKS = 16


@dataclass(frozen=True)
class Plan:
    """What was agreed over time: each line on the days it went on, and the version that holds now."""

    planned: tuple[Planned, ...] = ()
    current: FrozenProposal | None = None

    @property
    def days(self) -> Period | None:
        """From the first day of any line to the last day of the plan that holds now; None without a plan."""
        if self.current is None:
            return None
        days = [one.days for one in self.planned] or [self.current.period]
        last = max(self.current.period.last, *(one.last for one in days))
        return Period(min(one.first for one in days), last)


def plan_of(work: Work, client: Client) -> Plan:
    """The plan as far as the reader may see it; an empty one where there is none."""
    if not work.can(Resource.PLAN, Action.READ, client.id):
        return Plan()
    wanted = visible(work, PlanPart).where(PlanPart.client_id == client.id).order_by(PlanPart.position)
    return _plan(plans.versions(work, client), work.session.scalars(wanted).all())


def whole_plan(work: Work, client_id: UUID, why: str = "a job compares invoices with the client's own plan") -> Plan:
    """The whole plan, whoever reads: for the system's own work, or where only sums of it are shown."""
    versions = select(PlanVersion).where(PlanVersion.client_id == client_id).order_by(PlanVersion.number.desc())
    parts = select(PlanPart).where(PlanPart.client_id == client_id).order_by(PlanPart.position)
    found = work.session.scalars(unscoped(versions, why)).all()
    return _plan(found, work.session.scalars(unscoped(parts, why)).all())


@lru_cache(maxsize=256)
def _thawed(content: str) -> FrozenProposal:
    return thaw(content)


def _plan(versions: Sequence[PlanVersion], parts: Iterable[PlanPart]) -> Plan:
    contents = {version.id: _thawed(version.content) for version in versions}
    began = min((version.number for version in versions), default=0)
    first_ones = {version.id for version in versions if version.number == began}
    known = {
        version_id: {line.id: (line, plain) for line, plain in zip(content.lines, content.package().lines, strict=True)}
        for version_id, content in contents.items()
    }
    planned = []
    for part in parts:
        line, plain = known.get(part.version_id, {}).get(part.line_id, (None, None))
        first, last = part.since or part.starts, min(part.until or part.ends, part.ends)
        if line is None or plain is None or last < first:
            continue
        if part.version_id in first_ones:  # the first plan also counts the days before somebody agreed to it
            first = min(first, line.terms.starts)
        days = Period(first, last)
        planned.append(Planned(plain, days, part.provider_id, line.component, line.management))
    in_force = [one for one in versions if one.state is VersionState.IN_FORCE] or list(versions[:1])
    return Plan(tuple(planned), contents[in_force[0].id] if in_force else None)


@dataclass(frozen=True)
class Kept:
    """The entries of a client as somebody may see them, with what was worked out of them.

    Nothing else goes into it, so what has the same versions, plan and setting is the same.
    """

    versions: frozenset[tuple[UUID, int]]
    rows: Sequence[Delivered]
    names: Mapping[UUID, Name]
    planned: tuple[Planned, ...]
    setting: Setting

    @cached_property
    def entries(self) -> Sequence[Entry]:
        """The entries as values of the calculator."""
        return [_entry(row, self.names) for row in self.rows]

    @cached_property
    def matches(self) -> dict[UUID, Match]:
        """What each entry belongs to."""
        found = match(self.entries, self.planned, self.setting.program)
        return {row.id: one for row, one in zip(self.rows, found, strict=True)}

    @cached_property
    def noticed(self) -> Mapping[str, tuple[Finding, ...]]:
        """What is worth a look, by the id of the entry as text."""
        return look(self.placed, [self.matches[row.id] for row in self.rows], self.setting)

    @cached_property
    def placed(self) -> Sequence[Entry]:
        """The entries with the line and the part of the funding that they belong to, also where nobody said."""
        return [
            placed(entry, self.matches[row.id], self.setting)
            for row, entry in zip(self.rows, self.entries, strict=True)
        ]

    @cached_property
    def charged(self) -> dict[Funding, list[Service]]:
        """The entries as rows of a statement, for the funding they were last worked out for."""
        return {}

    def services(self, money: Funding) -> list[Service]:
        """The entries as rows of a statement; a credit counts on the day of its invoice."""
        found = self.charged.get(money)
        if found is None:
            found = [self._service(row, entry, money) for row, entry in zip(self.rows, self.placed, strict=True)]
            self.charged.clear()
            self.charged[money] = found
        return found

    def _service(self, row: Delivered, entry: Entry, money: Funding) -> Service:
        posted = row.invoice_date if row.amount < ZERO and row.invoice_date else None
        planned = self.matches[row.id].planned
        support = entry.item or (planned.line.support if planned else "")  # a line of the plan says what it was
        passed_on = planned is not None and planned.line.third_party is not None
        named = replace(entry, item=support or "")
        return service(named, money, entry.contribution, posted, passed_on=passed_on)

    def settled(self, money: Funding | None) -> Sequence[Entry]:
        """The entries with the part of the funding that pays, and less what the person pays, as far as it is known."""
        if money is None or money.classification is None:
            return self.placed
        rows = relieved(self.services(money), money)
        return [_settled(entry, row) for entry, row in zip(self.placed, rows, strict=True)]


@dataclass(frozen=True)
class Book:
    """Everything the pages about spending need to know of one client."""

    client: Client
    program: str
    plan: Plan
    letter: FundingPlan | None
    kept: Kept
    setting: Setting
    quote: Quote | None  #: of the plan that holds now, against the funding; None without either
    rules: Rules
    held: Mapping[str, Figure]  #: money put aside for equipment, by the part of the funding
    money: Funding | None  #: of the letter, from what is known last
    days: Period  #: whose supports the letter pays; all days without one

    @property
    def rows(self) -> Sequence[Delivered]:
        """The entries that were not removed, the latest first."""
        return self.kept.rows

    @property
    def entries(self) -> Sequence[Entry]:
        """The same as values of the calculator."""
        return self.kept.entries

    @property
    def names(self) -> Mapping[UUID, Name]:
        """What the providers of the entries are called."""
        return self.kept.names

    @property
    def matches(self) -> dict[UUID, Match]:
        """What each entry belongs to."""
        return self.kept.matches

    @property
    def noticed(self) -> Mapping[str, tuple[Finding, ...]]:
        """What is worth a look, by the id of the entry as text."""
        return self.kept.noticed

    @property
    def placed(self) -> Sequence[Entry]:
        """The entries with the line and the part of the funding that they belong to, also where nobody said."""
        return self.kept.placed

    def findings(self, row: Delivered) -> tuple[Finding, ...]:
        """What is worth a look in one entry."""
        return self.noticed.get(str(row.id), ())

    def why(self, row: Delivered) -> tuple[Words, ...]:
        """Why an entry belongs to its line: what fits, also where a file was taken in with the line that fits."""
        found = self.matches.get(row.id)
        if found is None or row.import_id is None:
            return found.reasons if found else ()
        unsaid = replace(row.entry(self.provider(row).text), line=None)
        (again,) = match([unsaid], self.kept.planned, self.program)
        return again.reasons if again.line == found.line else found.reasons

    def provider(self, row: Delivered) -> Name:
        """What the provider of an entry is called; an empty name where nobody said."""
        return self.names.get(row.provider_id, Name(row.provider_name)) if row.provider_id else Name(row.provider_name)

    @cached_property
    def settled(self) -> Sequence[Entry]:
        """The entries of the days of the letter, with the part of the funding that pays, less what the person pays."""
        return paid_by(self.kept.settled(self.money), self.days, self.money)

    @property
    def others(self) -> Sequence[Entry]:
        """The entries of days before the letter: another one paid them, or none, and no figure here holds them."""
        return [one for one in self.placed if one.first < self.days.first]

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Each part of the funding in five words."""
        if self.letter is None or self.money is None:
            return ()
        told = funding.known(self.money)
        return tuple(
            standing(
                part,
                [one for one in self.settled if one.component == part.component.key],
                self.setting.today,
                told=told.get(part.component.key, not part.component.apart),
                planned=self.plan.current is not None,
                held=self.held.get(part.component.key),
                carries=self.rules.carries,
            )
            for part in self._totals()
        )

    def _totals(self) -> tuple[ComponentTotal, ...]:
        return self.quote.components if self.quote else ()

    @property
    def nowhere(self) -> tuple[Entry, ...]:
        """Entries that belong to no part of the funding, so that no figure holds them."""
        keys = {one.component.key for one in self._totals()}
        return tuple(one for one in self.settled if one.component not in keys)


def placed(entry: Entry, found: Match, at: Setting) -> Entry:
    """An entry with its line, its part of the funding and who manages that; what a person said is kept.

    Without a line the part is the only one that holds the category of the support, or the only one there is.
    """
    planned = found.planned
    key = entry.component or (planned.component if planned else None) or _holding(entry, at)
    part = next((one for one in at.components if one.key == key), None)
    management = entry.management or (planned.management if planned else None) or (part.management if part else None)
    line = entry.line or found.line
    if (line, key, management) == (entry.line, entry.component, entry.management):
        return entry
    return replace(entry, line=line, component=key, management=management)


def paid_by(entries: Iterable[Entry], days: Period, money: Funding | None) -> list[Entry]:
    """The entries of some days that this money pays.

    An account that is credited by the quarter pays for its own quarters: what was delivered in an earlier one was paid
    from that one, and what was left of it then is told.
    """
    found = of_days(entries, days)
    return [one for one in found if money is None or one.component != ACCOUNT or one.first >= money.period.first]


def _settled(entry: Entry, row: Service) -> Entry:
    paid = entry.amount - row.taken if row.taken is not None else None
    return replace(entry, component=row.fund, contribution=paid)


def _holding(entry: Entry, at: Setting) -> str | None:
    open_to_it = [one for one in at.components if not one.apart]
    row = at.editions.row(entry.item, entry.first) if entry.item else None
    if row is not None:
        wanted = {row.item.category, row.item.pace_category}
        open_to_it = [one for one in open_to_it if wanted & set(one.categories)]
    return open_to_it[0].key if len(open_to_it) == 1 else None


def book(work: Work, client: Client, plan: Plan | None = None) -> Book:
    """The entries of a client, as the reader may see them, beside plan, funding and agreements.

    ``plan`` takes the place of the plan as the reader may see it.
    """
    letters, plan = funding.letters(work, client), plan or plan_of(work, client)
    letter = on_day(letters, work.today(client))
    setting = _setting(work, client, letter, plan)
    program, editions = setting.program, setting.editions
    values = funding.told(work, client, letter) if letter else None
    whole = plan.current.package(values) if plan.current and plan.current.program == program else None
    if whole is None and values is not None:
        whole = Package(program, values.period, setting.place, values)
    return Book(
        client,
        program,
        plan,
        letter,
        _kept(work, client, plan.planned, setting),
        setting,
        pricing.quote(whole, editions, setting.calendar) if whole and values else None,
        programs.rules(program),
        held_back.by_part(work, client),
        values,
        service_days(letter, letters) if letter else Period(date.min, date.max),
    )


def entries_for(work: Work, client: Client, letter: FundingPlan) -> Kept:
    """The entries of a client beside the plan alone, without what is held or agreed."""
    by_itself = work.actor.kind is ActorKind.SYSTEM
    plan = whole_plan(work, client.id) if by_itself else plan_of(work, client)
    return _kept(work, client, plan.planned, _setting(work, client, letter, plan))


def _setting(work: Work, client: Client, letter: FundingPlan | None, plan: Plan) -> Setting:
    """What entries are held against: program, place, prices, parts of the funding and agreements."""
    today = work.today(client)
    program = letter.program if letter else plan.current.program if plan.current else PROGRAM
    components = programs.rules(program).components(funding.told(work, client, letter)) if letter else ()
    return Setting(
        program,
        funding.place(client),
        catalogue.editions(work, program),
        programs.calendar(),
        today,
        components,
        plan.days,
        agreed.in_force(work, client) if work.actor.kind is not ActorKind.SYSTEM else None,
        against.not_made(work, client) if work.actor.kind is not ActorKind.SYSTEM else frozenset(),
    )


def _kept(work: Work, client: Client, planned: tuple[Planned, ...], setting: Setting) -> Kept:
    """The entries as they stand now; many that were read before are not read and worked out again.

    Only so many books are remembered, whatever the number of clients: a slot has the one that was opened last.
    """
    versions = queries.versions(work, client)
    slot = ("spending.book", hash((client.id, work.account_id)) % BOOKS)
    known = work.house.memory.get(slot) if work.reading and len(versions) >= MANY else None
    if isinstance(known, Kept) and known.versions == versions:
        names = plans.provider_names(work, list(known.names))
        if (known.names, known.planned, known.setting) == (names, planned, setting):
            return known
    rows = queries.entries(work, client)
    names = plans.provider_names(work, {row.provider_id for row in rows})
    kept = Kept(versions, rows, names, planned, setting)
    if work.reading and len(versions) >= MANY:
        work.house.memory.keep(slot, kept)
    return kept


def _entry(row: Delivered, names: Mapping[UUID, Name]) -> Entry:
    return row.entry(names[row.provider_id].text if row.provider_id and row.provider_id in names else "")
