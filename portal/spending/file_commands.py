"""Files of invoices: sent in, read by a job, looked at by a person, and then taken in whole or put aside."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, or_, select

from budgeting.money import total
from budgeting.spending import EntryState
from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Resource
from portal.catalogue.problem import Problem, packed
from portal.people.model import Client
from portal.spending import events
from portal.spending.columns import Role
from portal.spending.layouts import packed as packed_columns
from portal.spending.model import Delivered, FileState, InvoiceImport, Source
from portal.spending.understood import FileRow, Understood, pack, unpack
from portal.work import Refusal, Work, command, open_command

KEPT = timedelta(hours=24)  # how long a file waits to be taken in


@command(Resource.BUDGET, Action.WRITE)
def send_file(work: Work, client: Client, name: str, content: bytes) -> InvoiceImport:
    """Keep a file and have it read by a job; nothing counts before somebody has looked at what was understood.

    The same file that is on its way already is that one, not a second.
    """
    digest = hashlib.sha256(content).hexdigest()
    open_ones = select(InvoiceImport).where(
        InvoiceImport.client_id == client.id,
        InvoiceImport.file_hash == digest,
        InvoiceImport.finished_at.is_(None),
    )
    found = work.session.scalars(unscoped(open_ones, "the command has permitted it")).first()
    if found is not None:
        return found
    found = InvoiceImport(
        client_id=client.id,
        file_name=name[:200],
        file_hash=digest,
        asked_by=work.account_id,
        asked_at=work.now,
    )
    found.content = content.decode("latin-1")
    work.session.add(found)
    work.session.flush()
    work.record(events.FileSent(client_id=client.id, subject=found.id))
    work.later("spending.read_file", import_id=found.id)
    return found


@command(Resource.BUDGET, Action.WRITE)
def tell_columns(
    work: Work, found: InvoiceImport, version: int, columns: Mapping[int, Role | None], order: str
) -> None:
    """Say what each column is and how days are written ("dmy", "mdy" or empty); the file is read again."""
    found.expect(version)
    if found.finished or found.content_sealed is None:
        raise Refusal(words("This file was taken in or put aside already. Send it again to change how it is read."))
    found.problems = "[]"
    found.columns = packed_columns(columns, unpack(found.read).layout if found.read is not None else None)
    found.day_order, found.state, found.rows_done = order, FileState.WAITING, 0
    work.record(events.FileSent(client_id=found.client_id, subject=found.id))
    work.later("spending.read_file", import_id=found.id)


@open_command
def begin(work: Work, import_id: UUID) -> InvoiceImport | None:
    """For the job: mark a file as being read; None when that was done already, or when it was put aside."""
    found = _of_job(work, import_id)
    if found is None or found.state not in (FileState.WAITING, FileState.READING) or found.content_sealed is None:
        return None
    if found.state is FileState.WAITING:
        found.state = FileState.READING
        work.record(events.FileRead(client_id=found.client_id, subject=found.id, rows=0, problems=0))
    return found


@open_command
def finish(work: Work, import_id: UUID, understood: Understood, problems: tuple[Problem, ...], asks: bool) -> None:
    """For the job: keep what was understood, or everything that must be put right; then the file itself is gone."""
    found = _of_job(work, import_id)
    if found is None or found.state is not FileState.READING:
        return
    found.read, found.problems = pack(understood), packed(problems)
    found.rows_all = found.rows_done = len(understood.rows)
    found.state = FileState.REFUSED if problems else FileState.ASKING if asks else FileState.READY
    if problems and understood.layout is None:
        found.content_sealed = None  # it stays to be seen until it is put aside: whoever sent it may have left the page
    rows, many = len(understood.rows), len(problems)
    work.record(events.FileRead(client_id=found.client_id, subject=found.id, rows=rows, problems=many))


@command(Resource.BUDGET, Action.WRITE)
def take(work: Work, found: InvoiceImport, version: int, both: Collection[int], provider: str) -> int:
    """Take in every row that is not here yet, all at once; how many these are.

    ``both``: rows of the file that say the same as an earlier one of it and were really meant. ``provider``: who sent
    the invoices, for rows that do not say. Taking the same rows in again changes nothing.
    """
    found.expect(version)
    if found.state is not FileState.READY or found.read is None:
        raise Refusal(words("This file is not ready to be taken in, or it was taken in already."))
    rows = [one for one in unpack(found.read).rows if one.number == 1 or one.row in both]
    known = _known(work, found.client_id)
    new = [one for one in rows if one.mark not in known]
    values = [_row(work, found, one, provider) for one in new]
    if values:
        work.session.execute(unscoped(insert(Delivered), "the command has permitted it"), values)
    found.state, found.taken, found.known = FileState.TAKEN, len(new), len(rows) - len(new)
    found.content_sealed, found.read_sealed, found.finished_at = None, None, work.now
    amount = total([one.told.amount for one in new])
    work.record(events.FileTaken(client_id=found.client_id, subject=found.id, rows=len(new), amount=amount))
    return len(new)


@command(Resource.BUDGET, Action.WRITE)
def put_aside(work: Work, found: InvoiceImport, version: int) -> None:
    """Forget a file that was not taken in; nothing of it counts."""
    found.expect(version)
    if found.state is FileState.TAKEN:
        raise Refusal(words("This file was taken in. Remove its entries one by one if they are wrong."))
    found.state, found.content_sealed, found.read_sealed = FileState.REFUSED, None, None
    found.finished_at = work.now
    work.record(events.FileDropped(client_id=found.client_id, subject=found.id))


@open_command
def forget_waiting(work: Work) -> int:
    """For the job: put aside every file nobody took in for a day, and drop what is kept of any; how many these are.

    The row stays, with what had to be put right. The file can be sent again.
    """
    kept = or_(InvoiceImport.content_sealed.is_not(None), InvoiceImport.read_sealed.is_not(None))
    wanted = select(InvoiceImport).where(kept, InvoiceImport.asked_at <= work.now - KEPT).with_for_update()
    files = work.session.scalars(unscoped(wanted, "a job drops files that nobody took in")).all()
    for found in files:
        found.content_sealed, found.read_sealed = None, None
        if not found.finished:
            found.state, found.finished_at = FileState.REFUSED, work.now
            work.record(events.FileDropped(client_id=found.client_id, subject=found.id))
    return len(files)


def _of_job(work: Work, import_id: UUID) -> InvoiceImport | None:
    wanted = select(InvoiceImport).where(InvoiceImport.id == import_id).with_for_update()
    return work.session.scalars(unscoped(wanted, "a job reads the file it was given")).one_or_none()


def _known(work: Work, client_id: UUID) -> set[str]:
    marks = select(Delivered.mark).where(Delivered.client_id == client_id)
    return set(work.session.scalars(unscoped(marks, "the command has permitted it")))


def _row(work: Work, found: InvoiceImport, one: FileRow, provider: str) -> dict[str, Any]:
    """A row of a file as a row of the table."""
    told = vars(one.told)
    named = told["provider_name"] or ("" if told["provider_id"] else provider)
    return {
        **told,
        "provider_name": named,
        "id": uuid4(),
        "version": 1,
        "client_id": found.client_id,
        "state": EntryState.ENTERED,
        "reference": "",
        "question": "",
        "source": Source.FILE,
        "import_id": found.id,
        "row": one.row,
        "mark": one.mark,
        "entered_by": work.account_id,
        "entered_at": work.now,
        "removed_why": "",
    }
