"""The one form of the five minutes: plan, parts and week, read at once; every error at its field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from budgeting import letters
from budgeting.letters import parts as catalogue
from budgeting.letters.parts import OTHER
from budgeting.package import Management
from budgeting.programs import PROGRAMS
from budgeting.words import Words
from portal.funding import releases
from portal.funding.forms import PartForm
from portal.funding.terms import Letter, Terms, levels, new_key
from portal.funding.week import WeekLine
from portal.language import Language
from portal.site.forms import REQUIRED, FieldErrors, Posted, read
from portal.start import saying
from portal.start.draft import MOST_LINES, MOST_PARTS, TOO_MANY_LINES, Draft
from portal.start.forms import StartLetterForm
from portal.start.heard import differs
from portal.start.letter import Fields
from portal.work import Refusal

ROW = ("kind", "name", "amount", "spent", "spent_until", "management", "release", "periods", "stated", "each")
TYPED = ("name", "amount", "spent", "periods")  # a row in which none of these stands is no part
UNKNOWN = "unknown"
USUAL_DAYS = 365  # how long we look where nobody knows the last day: our own choice


@dataclass(frozen=True, slots=True)
class _Row:
    """One part as it was typed, and as it is understood: what its row leaves out is as in the row above."""

    number: int
    typed: Fields
    whole: Fields


def told(posted: Posted, before: Draft, language: Language) -> Draft:
    """The draft with all that one form says; FieldErrors names every field that needs another look."""
    errors: dict[str, Words] = {}
    letter, form = _letter(posted, errors)
    rows = [] if letter and levels(letter.program) else list(_rows(posted))
    parts = _parts(rows, letter, errors)
    program = posted.one("program")
    if not rows and program in PROGRAMS and not levels(program):
        errors |= {"kind_1" if catalogue.of(program) else "name_1": REQUIRED, "amount_1": REQUIRED}
    week, unclear = before.week, before.open_lines
    try:
        if "week" not in errors:  # a week that is too long is not read
            program = letter.program if letter else before.program
            week, unclear = _week(posted.one("week"), before, program, language)
    except Refusal as refusal:
        errors["week"] = refusal.sentence
    if errors or letter is None or form is None:
        raise FieldErrors(errors)
    return replace(
        before,
        letter=letter,
        state=form.state,
        zone=form.zone or "national",
        parts=tuple(parts),
        rows=tuple(tuple(row.typed.items()) for row in rows),
        week=week,
        open_lines=unclear,
        ends_unknown=form.ends is None and letters.letter(letter.program).ends is not None,
        payers_unknown=tuple(
            one.key for one, row in zip(parts, rows, strict=True) if row.whole["management"] == UNKNOWN
        ),
        heard=(),
        unfinished=(),
    )


def heard(parts: Sequence[Fields]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The parts of a pasted letter as rows: what it does not say of one is not taken from the row above.

    What is the same as above is left empty, so that nobody has to read it again.
    """
    rows: list[tuple[tuple[str, str], ...]] = []
    above = {"management": "", "release": ""}
    for part in parts:
        mine = {"management": part["management"] or UNKNOWN, "release": part["release"] or releases.ONCE}
        asked = {name: "" if mine[name] == above[name] != releases.WRITTEN else mine[name] for name in mine}
        rows.append(tuple((part | (asked if rows else {})).items()))
        above = mine
    return tuple(rows)


def _letter(posted: Posted, errors: dict[str, Words]) -> tuple[Letter | None, StartLetterForm | None]:
    """The plan as a whole; where nobody knows its last day we look a year ahead, and say so."""
    try:
        form = read(StartLetterForm, posted)
    except FieldErrors as problem:
        errors |= problem.errors
        return None, None
    letter = form.told()
    if letter.ends is None and letters.letter(letter.program).ends is not None:
        letter = replace(letter, ends=letter.starts + timedelta(USUAL_DAYS - 1))
    if letter.spent is None:
        letter = replace(letter, spent_until=None)
    errors |= dict(letter.wrong())
    return letter, form


def _rows(posted: Posted) -> Iterator[_Row]:
    above: Fields = {"management": UNKNOWN, "release": ""}
    for number in range(1, MOST_PARTS + 1):
        typed = {name: posted.one(f"{name}_{number}").strip() for name in ROW}
        if typed["kind"] in ("", OTHER) and not any(typed[name] for name in TYPED):
            continue
        whole = typed | {name: typed[name] or above[name] for name in above}
        above = {name: whole[name] for name in above}
        yield _Row(number, typed, whole)


def _parts(rows: list[_Row], letter: Letter | None, errors: dict[str, Words]) -> list[Terms]:
    """The parts of the money that are as they should be; while the days of the plan are not known, any will do."""
    starts = letter.starts if letter else date.min
    ends = letter.ends if letter and letter.ends else starts + timedelta(USUAL_DAYS - 1)
    program = letter.program if letter else ""
    found: list[Terms] = []
    for row in rows:
        wrong, terms = _part(row, program, starts, ends)
        errors |= {f"{name}_{row.number}": sentence for name, sentence in wrong.items()}
        if terms is not None:
            found.append(replace(terms, key=new_key(terms.key, {one.key for one in found})))
    return found


def _part(row: _Row, program: str, starts: date, ends: date) -> tuple[dict[str, Words], Terms | None]:
    payer = row.whole["management"]
    fields = row.whole | {"management": Management.PLAN.value if payer == UNKNOWN else payer}
    if not fields["spent"]:
        fields["spent_until"] = ""  # its day stands there already, for whoever types an amount
    try:
        form = read(PartForm, Posted({name: [value] for name, value in fields.items() if value}))
        terms = form.told(program, starts, ends) if program else None
    except FieldErrors as problem:
        return dict(problem.errors), None
    except Refusal as refusal:
        return {refusal.field or "amount": refusal.sentence}, None
    if terms is None:
        return {}, None
    wrong = dict(terms.wrong())
    if row.whole["release"] in releases.EVERY and (question := differs(fields["each"], terms.releases)):
        wrong["release"] = question
    return wrong, terms


def _week(text: str, before: Draft, program: str, language: Language) -> tuple[tuple[WeekLine, ...], tuple[str, ...]]:
    """The lines of the week, those of the text first; a line that says what it said before stays as it is now."""
    known = {line.typed: line for line in before.week if line.typed}
    wanted = [line for line in map(str.strip, text.splitlines()) if line]
    if len(wanted) > MOST_LINES:
        raise Refusal(TOO_MANY_LINES)
    new = [line for line in wanted if line not in known]
    clear, unclear = saying.lines("\n".join(new), "", program, language) if new else ([], [])
    heard = known | {line.typed: line for line in clear}
    by_fields = [line for line in before.week if not line.typed]
    return (*(heard[line] for line in wanted if line in heard), *by_fields), tuple(unclear)
