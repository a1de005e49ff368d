"""Reading files of invoices outside the request that sent them, and forgetting those that nobody took in.

Running either twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select, update

from budgeting import programs
from budgeting.spending.checks import Setting
from budgeting.spending.marks import squeezed
from budgeting.spending.matching import match
from portal.access.scope import unscoped
from portal.accounts.model import Organisation
from portal.catalogue import queries as catalogue
from portal.funding import queries as funding
from portal.jobs import job
from portal.people import queries as people
from portal.people.model import Client
from portal.spending import file_commands
from portal.spending.book import PROGRAM, Plan, placed, whole_plan
from portal.spending.layouts import read_as_before, said
from portal.spending.model import InvoiceImport, Told
from portal.spending.reading import ReadRow, read_invoices
from portal.spending.understood import told_of, understood
from portal.work import OpenWork, Work

AT_ONCE = 2_000  # rows after which it is said how far the reading is


@job("spending.read_file", many=True)
def read_file(open_work: OpenWork, import_id: str) -> None:
    """Read a file without holding a transaction, compare it with the plan, and keep what was understood."""
    found_id = UUID(import_id)
    with open_work() as work:
        found = file_commands.begin(work, found_id)
        if found is None or found.content is None:
            return
        content, order, client_id = found.content.encode("latin-1"), found.day_order, found.client_id
        columns = said(found).columns
    with open_work() as work:
        client = people.client_of(work, client_id, "a job reads a file")
        plan, at, providers = _beside(work, client)
    reading = read_invoices(content, columns, order, at.today)
    if not columns:
        with open_work() as work:
            reading = read_as_before(work, client_id, content, reading, at.today)
    told: list[Told] = []
    for first in range(0, len(reading.rows), AT_ONCE):
        told += _placed(reading.rows[first : first + AT_ONCE], plan, at, providers)
        with open_work() as work:
            _say_how_far(work, found_id, len(told), len(reading.rows))
    with open_work() as work:
        file_commands.finish(work, found_id, understood(reading, told), reading.problems, reading.asks)


@job("spending.forget_files", cron="0 45 15 * * *")
def forget_files(work: Work) -> None:
    """Every night: nothing is kept of files of invoices that nobody took in for a day."""
    file_commands.forget_waiting(work)


def _beside(work: Work, client: Client) -> tuple[Plan, Setting, dict[str, UUID]]:
    """The plan, the prices and the funding of a client, and the organisations of the plan by name and number."""
    plan, letter, today = whole_plan(work, client.id), funding.current_for_job(work, client), work.today(client)
    program = letter.program if letter else plan.current.program if plan.current else PROGRAM
    parts = programs.rules(program).components(funding.funding_values(letter, today)) if letter else ()
    editions = catalogue.editions(work, program)
    at = Setting(program, funding.place(client), editions, programs.calendar(), today, parts, plan.days)
    ids = {one.provider_id for one in plan.planned if one.provider_id}
    rows = work.session.scalars(select(Organisation).where(Organisation.id.in_(ids))).all()
    by_name = {squeezed(row.name): row.id for row in rows}
    return plan, at, by_name | {squeezed(row.abn): row.id for row in rows if row.abn}


def _placed(rows: Sequence[ReadRow], plan: Plan, at: Setting, providers: dict[str, UUID]) -> list[Told]:
    """What each row says, with the line and the part of the funding it belongs to."""
    told = [told_of(row, at, providers) for row in rows]
    entries = [one.entry() for one in told]
    found = match(entries, plan.planned, at.program)
    where = [placed(entry, one, at) for entry, one in zip(entries, found, strict=True)]
    return [
        replace(one, line_id=UUID(at_.line) if at_.line else None, component=at_.component, management=at_.management)
        for one, at_ in zip(told, where, strict=True)
    ]


def _say_how_far(work: Work, import_id: UUID, done: int, of: int) -> None:
    far = update(InvoiceImport).where(InvoiceImport.id == import_id).values(rows_done=done, rows_all=of)
    work.session.execute(unscoped(far, "how far a job is"))
