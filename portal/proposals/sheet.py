"""The budget sheet as ready values: every amount, note and suggestion already in the reader's language.

Formatting is most of a sheet's work, so amounts and schedules are formatted once and remembered by value and language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial, reduce
from typing import Any
from uuid import UUID

from markupsafe import Markup

from budgeting.compare import compare
from budgeting.explain import BANDS, UNTOLD, shown, so_much
from budgeting.explain.describe import schedule_words
from budgeting.explain.particulars import PRIORITIES, part_words, particulars
from budgeting.extras import RowKind
from budgeting.money import Money, total as added
from budgeting.package import Schedule, Units, Weekly
from budgeting.quotation import ComponentTotal, Finding, Level, LineQuote, Quote, Row
from budgeting.words import Name, Words, nwords, words
from portal.access.table import Action, Resource
from portal.language import Places, markup, show, voice
from portal.proposals import divided, lasting, left_then, pricing
from portal.proposals.cards import Cards, Kept, Pairs, SheetPart, SheetSuggestion, Would, kept, titled
from portal.proposals.check_queries import to_look_at
from portal.proposals.draft_rows import Asked, DraftLine
from portal.proposals.model import Act, ProposalState
from portal.proposals.queries import Draft
from portal.proposals.row_shapes import Shapes, SheetLine, laid_out, typed_again
from portal.proposals.terms import Terms, applied
from portal.work import Work

SAID_BY_THE_ROW = frozenset({"no_provider", "no_purpose"})  # a row without them says so itself
KINDS = {Level.NOTE: "info", Level.WARNING: "warn", Level.STOP: "bad"}


def _cost(quote: Quote) -> Markup:
    return markup(words("Not known yet")) if quote.unpriced else show(quote.amount)


@lru_cache(maxsize=4_000)
def _name(text: str, tag: str) -> Markup:
    return show(Name(text)) if text else Markup()


@lru_cache(maxsize=4_000)
def _paid(amount: Money, tag: str) -> Markup:
    return markup(words("Own share: {amount}", amount=amount))


@lru_cache(maxsize=4_000)
def _schedule(schedule: Schedule | None, tag: str) -> Markup:
    return markup(schedule_words(schedule))


@lru_cache(maxsize=4_000)
def _visits(visits: int, tag: str) -> Markup:
    return markup(nwords("{n} visit", "{n} visits", visits))


@dataclass(frozen=True, slots=True)
class SheetComponent:
    """One part of the funding: what is planned and left, by funding period too."""

    key: str
    name: Markup
    left: Markup
    short: bool
    percent: int
    sentence: Markup
    held: Markup | None  #: the money that is not there for the supports
    lasts: Markup | None
    gap: Markup | None  #: the days that are not paid, where more money comes after them
    periods: Sequence[tuple[Markup, Markup, Markup, bool]]  #: when, planned, left, whether it is short


def sheet(work: Work, draft: Draft) -> Mapping[str, Any]:
    """Everything the template of the sheet places."""
    tag, proposal, quote = voice(), draft.proposal, draft.quote
    open_now = proposal.state is ProposalState.DRAFT
    decides = open_now and work.can(Resource.DRAFT, Action.APPROVE, draft.client.id)
    reaches = quote.components and not pricing.not_enough(quote)
    notes: dict[str | None, list[Finding]] = {}
    for finding in quote.findings:
        if finding.kind not in SAID_BY_THE_ROW:
            notes.setdefault(finding.line, []).append(finding)
    suggests = open_now and not decides and work.can(Resource.DRAFT, Action.WRITE, draft.client.id)
    base = f"/people/{draft.client.id}/proposals/{proposal.id}"
    return {
        "rows": _rows(work, draft, base, notes, tag),
        "components": [_component(quote, total) for total in quote.components],
        "notes": [(KINDS[one.level], markup(one.words)) for one in notes.get(None, ())],
        "total": _cost(quote),
        "counted_from": min((one.line.period.first for one in quote.lines), default=None),
        "left": _left(quote.left, any(map(_unsure, quote.components))) if reaches and not quote.unpriced else None,
        "hours": show(quote.minutes),
        "contribution": show(quote.contribution) if quote.contribution else None,
        "complete": quote.complete or quote.unpriced,
        "new_ones": suggested(work, draft, [one for one in draft.suggestions if one.line_id is None], tag),
        "put_off": suggested(work, draft, draft.put_off, tag),
        "owners": draft.names,
        "parked": [line for line in draft.lines if line.parked_at is not None and line.removed_at is None],
        "removed": [line for line in draft.lines if line.removed_at is not None],
        "decides": decides,
        "suggests": suggests,
        "editable": decides or suggests,
        "Shapes": Shapes,
        "cards": Cards(),
        "laid_out": laid_out,
        "typed_again": typed_again,
        "base": base,
        "proposal": proposal,
        "waiting": len(draft.suggestions),
        "to_check": len(to_look_at(work, draft.client, draft)),
    }


def _rows(work: Work, draft: Draft, base: str, notes: Mapping[str | None, list[Finding]], tag: str) -> list[SheetLine]:
    quoted = {one.line.id: one for one in draft.quote.lines}
    bands = {band: markup(label) for band, label in BANDS.items()}
    said: dict[UUID | None, int] = {}
    for comment in draft.comments:
        said[comment.line_id] = said.get(comment.line_id, 0) + 1
    asked: dict[UUID, list[SheetSuggestion]] = {}
    about = [one for one in draft.suggestions if one.line_id is not None]
    for one, card in zip(about, suggested(work, draft, about, tag), strict=True):
        if one.line_id is not None:
            asked.setdefault(one.line_id, []).append(card)
    disputed, proposal = draft.disputed, draft.proposal
    rows = []
    for line in draft.lines:
        if not line.counts:
            continue
        answer = quoted[line.ref]
        key = (line.id, line.version, proposal.starts, proposal.ends, tag)
        shown = answer.once(key, partial(_values, draft, line, answer, base, bands, tag))
        rows.append(
            SheetLine(
                id=line.id,
                form_id=shown.places["form_id"],
                address=shown.places["at"],
                version=line.version,
                places=shown.places,
                fields=shown.fields,
                undoable=line.before is not None,
                edited_by=draft.names.get(line.edited_by, "") if line.edited_by else "",
                when=shown.places["when"],
                parts=shown.parts,
                notes=[_note(found) for found in notes.get(line.ref, ())],
                comments=said.get(line.id, 0),
                disputed=line.id in disputed,
                suggestions=asked.get(line.id, ()),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class Values:
    """What a row says as long as its line, its price and the language are the same."""

    places: Places
    fields: str
    parts: Sequence[Places]


def _values(
    draft: Draft, line: DraftLine, answer: LineQuote, base: str, bands: Mapping[Any, Markup], tag: str
) -> Values:
    terms = line.terms
    fields, begins, ends, units, price = _quick(terms)
    known = any(row.amount is not None for row in answer.rows)
    unknown = words("Given without pay") if answer.unpaid else words("Not known yet")
    nobody = words("Nobody named") if answer.unpaid else words("No provider yet")
    provider = _name(pricing.provider_name(terms, draft.setting.providers), tag)
    purpose = _name(pricing.purpose_words(terms, draft.setting.purposes), tag)
    also = besides(terms, draft.proposal.starts, draft.proposal.ends)
    places = {
        "id": str(line.id),
        "at": f"{base}/lines/{line.id}",
        "form_id": f"q-{line.id.hex[:12]}",
        "name": _name(line.name, tag),
        "provider": provider or markup(nobody),
        "purpose": purpose or markup(words("No goal or need named yet")),
        "when": _schedule(terms.schedule, tag),
        "also": markup(also) if also else "",
        "total": show(answer.amount) if known else markup(unknown),
        "hours": show(answer.minutes) if answer.minutes.count else "",
        "share": _paid(answer.contribution, tag) if answer.contribution else "",
        "begins": begins,
        "ends": ends,
        "units": units,
        "price": price,
        "version": line.version,
    }
    parts = [] if answer.unpaid else [_part(row, bands, tag) for row in answer.rows]
    return Values(Places(places), fields, parts)


def besides(terms: Terms, starts: date, ends: date) -> Words | None:
    """On which days a line runs, where they are not all days from ``starts`` to ``ends``, and what is rare in it."""
    said = []
    if (terms.starts, terms.ends) != (starts, ends):
        said.append(words("{first} to {last}", first=terms.starts, last=terms.ends))
    if terms.more.priority is not None:
        matters = PRIORITIES[terms.more.priority]
        said.append(words("{label}: {value}", label=words("How much it matters"), value=matters))
    if terms.more.participants > 1:
        said.append(words("{label}: {value}", label=words("People who share it"), value=terms.more.participants))
    return reduce(lambda before, one: words("{before}; {one}", before=before, one=one), said) if said else None


def _part(row: Row, bands: Mapping[Any, Markup], tag: str) -> Places:
    much = _visits(row.visits, tag) if row.visits else show(so_much(row.quantity, row.unit))
    amount = show(row.amount) if row.amount is not None else markup(words("Not known yet"))
    return Places({"kind": _kind(row, bands), "much": much, "amount": amount})


def _kind(row: Row, bands: Mapping[Any, Markup]) -> Markup:
    return bands[row.band] if row.kind is RowKind.SUPPORT else markup(part_words(row.kind, row.band))


def _note(found: Finding) -> Places:
    return Places({"kind": KINDS[found.level], "text": markup(found.words)})


def _quick(terms: Terms) -> tuple[str, str, str, str, str]:
    """The few fields that can be typed into the sheet itself, as a person would type them."""
    price = decimal(terms.price.minor, 2) if terms.price is not None else ""
    schedule = terms.schedule
    if isinstance(schedule, Weekly):
        return "weekly", schedule.start.isoformat("minutes"), schedule.end.isoformat("minutes"), "", price
    if isinstance(schedule, Units):
        return "units", "", "", decimal(schedule.quantity.thousandths, 3), price
    return "later", "", "", "", price


def decimal(number: int, places: int) -> str:
    """An amount or quantity as plain text for a field: 68.50, 2.5, 12."""
    whole, rest = divmod(number, 10**places)
    fraction = f"{rest:0{places}d}"
    fraction = fraction if places == 2 and rest else fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else str(whole)


def _unsure(part: ComponentTotal) -> bool:
    """Whether some of it may have been spent unseen, or is wanted for what has no price yet."""
    return part.component.unseen or part.unpriced


def _left(value: Money, unsure: bool) -> Markup:
    return markup(words("Not known yet")) if unsure else show(value)


def _component(quote: Quote, total: ComponentTotal) -> SheetComponent:
    unsure, unpriced = _unsure(total), total.unpriced
    used = (total.spent + total.planned).minor
    held = [quote.held_in(total.component.key, one.period) for one in total.periods]
    kept = added(held)
    sentence = words(
        "{spent} spent, {planned} planned of {amount}",
        spent=UNTOLD if total.untold else total.spent,
        planned=UNTOLD if unpriced else total.planned - kept,
        amount=total.amount,
    )
    also = words("{label}: {value}", label=words("Money that is held"), value=kept) if kept else None
    ends = total.lasts_until if total.runs_dry else None
    lasts = words("The money lasts until {day}.", day=ends) if ends else None
    short = lasting.gap(quote, total)
    gap = lasting.said(short) if short else None
    return SheetComponent(
        key=total.component.key,
        name=show(shown(total.component.name)),
        left=_left(total.left, unsure),
        short=total.left.minor < 0 or total.runs_dry is not None,
        percent=used * 100 // total.amount.minor if total.amount else 0,
        sentence=markup(sentence),
        held=markup(also) if also else None,
        lasts=markup(lasts) if lasts else None,
        gap=markup(gap) if gap else None,
        periods=[
            (
                markup(words("{first} to {last}", first=one.period.first, last=one.period.last)),
                _left(one.planned - much, unpriced),
                _left(-one.short if one.short else one.left, unsure),
                bool(one.short),
            )
            for one, much in zip(total.periods, held, strict=True)
        ],
    )


def suggested(work: Work, draft: Draft, asked: Iterable[Asked], tag: str) -> list[SheetSuggestion]:
    """Suggestions as they would change the draft now."""
    waiting = list(asked)
    known = kept(work, draft, tag) if waiting else Kept(())
    return [_suggested(work, draft, one, tag, known) for one in waiting]


def _suggested(work: Work, draft: Draft, one: Asked, tag: str, known: Kept) -> SheetSuggestion:
    return SheetSuggestion(
        id=one.id,
        version=one.version,
        who=_name(draft.names.get(one.suggested_by, ""), tag),
        mine=one.suggested_by == work.account_id,
        would=known.once(draft, one, partial(_would, work, draft, one, tag)),
        reason=one.reason,
        asked=_name(draft.names.get(one.asked_id, ""), tag) if one.asked_id else None,
        asks_me=one.asked_id is not None and one.asked_id == work.account_id,
        answers=one.answers_id is not None,
        owner=_name(draft.names.get(one.park_owner_id, ""), tag) if one.park_owner_id else None,
        due=show(one.park_due) if one.park_due else None,
        late=one.park_due is not None and one.park_due < work.today(draft.client),
        over=divided.over(one.acts, draft.by_id, work.today(draft.client)),
    )


def _would(work: Work, draft: Draft, one: Asked, tag: str) -> Would:
    lines = [draft.by_id.get(act.line_id) if act.line_id else None for act in one.acts]
    says = [(act, line.terms if line else None) for act, line in zip(one.acts, lines, strict=True)]
    pairs = [(now, act_on(act, now)) for act, now in says]
    parts = [suggested_part(work, draft, now, act_on(act, now), tag, divided.said(act, now)) for act, now in says]
    acts = [(line.ref if line else None, then) for line, (_, then) in zip(lines, pairs, strict=True)]
    return Would(
        title=titled(one.suggests, pairs) or parts[0].title,
        parts=parts,
        together=together(work, draft, pairs) if len(pairs) > 1 else [],
        left=left_then.said(work, draft, acts, tag),
    )


def act_on(act: Act, now: Terms | None) -> Terms | None:
    """What a line says when a part of a suggestion is done with it as it is now; None: it goes."""
    return applied(act.was, act.terms, now) if act.terms is not None and now is not None else act.terms


def suggested_part(
    work: Work, draft: Draft, now: Terms | None, then: Terms | None, tag: str, note: Words | None = None
) -> SheetPart:
    """What a suggestion does with one line, from what it says to what it would say."""
    name = Name(terms.name if (terms := then or now) else "")
    title = words("Add: {support}", support=name)
    if now is not None:
        title = words("Change: {support}", support=name) if then else words("Take out: {support}", support=name)
    said = markup(note) if note else Markup()
    return SheetPart(markup(title), now is None, changes(work, draft, now, then, tag), said)


def together(work: Work, draft: Draft, pairs: Pairs) -> list[tuple[Markup, Markup, Markup]]:
    """Hours and money of everything in a suggestion, before and after, also where they stay the same."""
    said = ([now for now, _then in pairs], [then for _now, then in pairs])
    before, after = (
        pricing.quote(work, draft.setting, [(str(number), one) for number, one in enumerate(side) if one])
        for side in said
    )
    return [
        (markup(words("Hours")), show(before.minutes), show(after.minutes)),
        (markup(words("Amount")), _cost(before), _cost(after)),
    ]


def changes(
    work: Work, draft: Draft, now: Terms | None, then: Terms | None, tag: str
) -> list[tuple[Markup, Markup, Markup]]:
    """What differs between two states of one line: each field, then hours and money."""
    before, after = pricing.alone(work, draft.setting, now), pricing.alone(work, draft.setting, then)
    if not (before.lines and after.lines):
        return _changes(before, after, now, then, tag)
    key = ("changes", before.lines[0].line, tag)
    return after.lines[0].once(key, partial(_changes, before, after, now, then, tag))


def _changes(
    before: Quote, after: Quote, now: Terms | None, then: Terms | None, tag: str
) -> list[tuple[Markup, Markup, Markup]]:
    found = [
        (markup(field.label), show(field.before), show(field.after))
        for change in compare(before, after).lines
        for field in change.fields
    ]
    if now is None and then is not None:
        line, new = after.lines[0].line, Markup("–")
        found.append((markup(words("When and how much")), new, _schedule(then.schedule, tag)))
        unpaid = [(words("Price"), words("Given without pay"))] if after.lines[0].unpaid else []
        found += [(markup(what), new, show(value)) for what, value in (*unpaid, *particulars(line))]
    if before.minutes != after.minutes:
        found.append((markup(words("Hours")), show(before.minutes), show(after.minutes)))
    if (before.amount, before.unpriced) != (after.amount, after.unpriced):
        found.append((markup(words("Amount")), _cost(before), _cost(after)))
    return found
