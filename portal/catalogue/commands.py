"""Bringing in price lists. A list comes in whole, in one transaction, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, insert, select

from budgeting.catalogue import PriceEdition
from budgeting.money import Percent
from budgeting.programs import PROGRAMS, program as program_of
from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.catalogue import events, queries
from portal.catalogue.comparison import EditionChanges, compare_editions, same_rows
from portal.catalogue.model import Edition, EditionItem, ImportState, ListImport, Origin
from portal.catalogue.problem import Problem, packed
from portal.catalogue.reading import Reading
from portal.catalogue.stored import fingerprint, row_of
from portal.work import Refusal, Work, command, open_command

AFTER_IMPORT = "repricing.new_list"
MAY_BE_LOST = Percent(200_000)  # of the supports before; more looks like a cut file, and must be meant


@dataclass(frozen=True)
class Imported:
    """The outcome of an import: the list that counts now, whether it is a new one, and what it changed."""

    edition_id: UUID
    added: bool
    changes: EditionChanges


@command(Resource.PRICES, Action.WRITE)
def start_import(
    work: Work, about: None, program: str, valid_from: date, file_name: str, content: bytes, allow_ended: bool
) -> UUID:
    """Keep a file and have it imported by a job; returns the id under which its progress is found."""
    _check_program(program)
    found = ListImport(
        program=program,
        valid_from=valid_from,
        allow_ended=allow_ended,
        file_name=file_name[:200],
        file_hash=hashlib.sha256(content).hexdigest(),
        content=content,
        state=ImportState.WAITING,
        asked_by=work.account_id,
        asked_at=work.now,
    )
    work.session.add(found)
    work.session.flush()
    work.record(events.ImportAsked(client_id=None, subject=found.id, valid_from=valid_from))
    work.later("catalogue.import_list", import_id=found.id)
    return found.id


@open_command
def begin_import(work: Work, import_id: UUID) -> ListImport | None:
    """For the job: mark an import as being read, with its content loaded; None when it is finished already."""
    wanted = select(ListImport).where(ListImport.id == import_id).with_for_update()
    found = work.session.scalars(wanted).one_or_none()
    if found is None or found.finished or found.content is None:
        return None
    if found.state is ImportState.WAITING:
        found.state = ImportState.READING
        work.record(events.ImportBegan(client_id=None, subject=found.id))
    return found


@open_command
def finish_import(work: Work, import_id: UUID, reading: Reading) -> None:
    """For the job: bring in what was read, or keep every problem; either way the file is gone after it."""
    found = work.session.scalars(select(ListImport).where(ListImport.id == import_id).with_for_update()).one()
    if found.finished:
        return
    problems: Sequence[Problem] = reading.errors
    if not problems:
        read = PriceEdition(found.program, found.valid_from, reading.rows, found.file_name)
        try:
            imported = import_edition(work, None, read, found.file_hash, found.allow_ended, asked_by=found.asked_by)
        except Refusal as refusal:
            problems = (Problem(1, "", refusal.sentence),)
        else:
            found.state, found.edition_id, found.added = ImportState.DONE, imported.edition_id, imported.added
    if problems:
        found.state, found.problems = ImportState.REFUSED, packed(problems)
        day, many = found.valid_from, len(problems)
        work.record(events.ImportRefused(client_id=None, subject=found.id, valid_from=day, problems=many))
    found.content, found.finished_at = None, work.now


@command(Resource.PRICES, Action.WRITE)
def import_edition(
    work: Work,
    about: None,
    read: PriceEdition,
    file_hash: str,
    allow_ended: bool,
    origin: Origin = Origin.PUBLISHED,
    asked_by: UUID | None = None,
) -> Imported:
    """Bring in a price list that was read without problems.

    The same list for the same first day again changes nothing; another one takes its place. Refused: a list of which
    nothing is in force on its first day, and one that lacks too much of the list before (unless ``allow_ended``).
    """
    _check_program(read.program)
    _refuse_none_in_force(read)
    day = read.valid_from
    previous = queries.before(work, read.program, day)
    old = None if previous is None else queries.edition(work, previous.id)
    changes = compare_editions(old, read)
    if previous is not None and previous.valid_from == day and old is not None and same_rows(old, read):
        work.record(events.ImportFoundNothingNew(client_id=None, subject=previous.id, valid_from=day))
        return Imported(previous.id, False, changes)
    if old is not None and not allow_ended:
        _refuse_great_loss(old, changes)
    new = _keep(work, read, file_hash, origin, previous, asked_by)
    work.record(
        events.ListImported(
            client_id=None,
            subject=new.id,
            valid_from=day,
            rows=changes.rows,
            new=len(changes.new),
            changed=len(changes.changed),
            ended=len(changes.ended),
        )
    )
    work.later(AFTER_IMPORT, edition_id=new.id)
    return Imported(new.id, True, changes)


def _keep(
    work: Work, read: PriceEdition, file_hash: str, origin: Origin, previous: Edition | None, asked_by: UUID | None
) -> Edition:
    highest = select(func.max(Edition.place)).where(
        Edition.program == read.program, Edition.valid_from == read.valid_from
    )
    new = Edition(
        program=read.program,
        valid_from=read.valid_from,
        place=(work.session.scalar(highest) or 0) + 1,
        origin=origin,
        source=read.source,
        file_hash=file_hash,
        rows_hash=fingerprint(read),
        row_count=len(read.rows),
        compared_with=None if previous is None else previous.id,
        imported_by=asked_by or work.account_id,
        imported_at=work.now,
    )
    work.session.add(new)
    work.session.flush()
    work.session.execute(insert(EditionItem), [row_of(new.id, place, item) for place, item in enumerate(read.rows, 1)])
    return new


def _refuse_none_in_force(read: PriceEdition) -> None:
    day = read.valid_from
    if not any(item.starts <= day <= item.ends for item in read.rows):
        raise Refusal(
            words(
                "No price in this list holds on {day}; the first begins on {first}. Change the first day.",
                day=day,
                first=min(item.starts for item in read.rows),
            ),
            "valid_from",
        )


def _refuse_great_loss(old: PriceEdition, changes: EditionChanges) -> None:
    before = len({item.number for item in old.rows})
    if len(changes.ended) * 1_000_000 > before * MAY_BE_LOST.ppm:
        raise Refusal(
            words(
                "This list lacks {lost} of the {before} supports of the list of {day}. A file that lacks more than "
                "{most} of them may be cut off. If they really ended, say so and import it again.",
                lost=len(changes.ended),
                before=before,
                day=old.valid_from,
                most=MAY_BE_LOST,
            ),
            "allow_ended",
        )


def _check_program(program: str) -> None:
    if program not in PROGRAMS:
        known = Name(", ".join(PROGRAMS))
        sentence = words("There is no program {name}. The programs are {known}.", name=Name(program), known=known)
        raise Refusal(sentence, "program")
    if program_of(program).price_source != "published_limit":
        sentence = words("This program has no published price list: its providers set their own prices.")
        raise Refusal(sentence, "program")
