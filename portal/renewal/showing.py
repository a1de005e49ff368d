"""The week held against a new letter, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from budgeting.explain import shown
from budgeting.forecast import Outlook
from budgeting.money import Money
from budgeting.package import Management
from budgeting.quotation import ComponentTotal, LineQuote, Quote
from budgeting.words import Name, Value, Words, words
from portal.funding.forms import BRIEFLY
from portal.language import show
from portal.proposals import lasting
from portal.renewal.queries import Held
from portal.site import pictures
from portal.site.pictures import Pair, Picture
from portal.site.tables import Cell, Column, Content, Table

SAID = frozenset({"no_component", "not_listed", "no_item", "no_limit", "over_component", "over_period", "over_limit"})
FITS = words("Fits")
LOOK = words("Look at this")


def held_values(held: Held) -> dict[str, Any]:
    """Everything the page says: what fits, what does not and why, the money part by part, and how long it lasts."""
    then, now = held.then, held.now
    if then is None:
        return {"held": held, "then": None}
    quoted = then.quote
    until, hours, _ = then.figures
    gap = lasting.first_gap(then)
    return {
        "held": held,
        "then": then,
        "until": until,
        "gap": lasting.said(gap) if gap else None,
        "hours": hours,
        "needed": quoted.minutes,
        "now_until": now.figures[0] if now and now.until else None,
        "troubles": troubles(held),
        "behind": held.carried.behind,
        "lines": lines_table(held),
        "parts": parts_table(now.quote if now else None, quoted),
        "picture_of": _bars(now, then),
    }


def _bars(now: Outlook | None, then: Outlook) -> Picture | None:
    """The money of both plans, part of the funding by part."""
    if now is None:
        return None
    before = {one.component.key: one for one in now.quote.components}
    after = {one.component.key: one for one in then.quote.components}
    rows = [
        Pair(_called(after.get(key) or before[key]), _granted(before.get(key)), _granted(after.get(key)))
        for key in dict.fromkeys([*before, *after])
    ]
    return pictures.bars("granted", words("The money of this plan and of the new one"), rows) if rows else None


def _granted(one: ComponentTotal | None) -> Money:
    return one.amount if one else Money(0)


def _called(one: ComponentTotal) -> Value:
    return shown(one.component.name)


def troubles(held: Held) -> list[Words]:
    """What no longer fits, each in a sentence: what the calculator noticed, and what is different in the letter."""
    if held.then is None:
        return []
    quoted = held.then.quote
    found = [one.words for one in quoted.findings if one.kind in SAID]
    return [*_gone(held, quoted), *_stated(held, quoted), *_managed(held, quoted), *found]


def _before(held: Held) -> Mapping[str, LineQuote]:
    return {one.line.id: one for one in held.now.quote.lines} if held.now else {}


def _gone(held: Held, quoted: Quote) -> list[Words]:
    """Parts of the money that the new plan does not have."""
    if held.now is None:
        return []
    after = {one.component.key for one in quoted.components}
    return [
        words("{part}: the new plan does not have this part any more.", part=_called(one))
        for one in held.now.quote.components
        if one.component.key not in after and one.amount
    ]


def _stated(held: Held, quoted: Quote) -> list[Words]:
    """Parts that are stated now, and were not."""
    stated = _now_stated(held, quoted)
    return [
        words("{part} is stated in the new plan: it pays only for what the letter names.", part=_called(one))
        for one in quoted.components
        if one.component.key in stated and one.lasts_until
    ]


def _now_stated(held: Held, quoted: Quote) -> frozenset[str]:
    before = {one.component.key: one.component.stated for one in held.now.quote.components} if held.now else {}
    found = (one.component for one in quoted.components)
    return frozenset(one.key for one in found if one.stated and not before.get(one.key, True))


def _managed(held: Held, quoted: Quote) -> list[Words]:
    """Supports whose invoices somebody else pays now."""
    return [
        words(
            "{support}: the invoices were paid so far as “{before}”, and in the new plan as “{after}”. Ask the "
            "provider whether that works.",
            support=Name(one.line.name),
            before=BRIEFLY[was],
            after=BRIEFLY[becomes],
        )
        for one, was, becomes in _other_hands(held, quoted)
    ]


def _other_hands(held: Held, quoted: Quote) -> Iterator[tuple[LineQuote, Management, Management]]:
    before = _before(held)
    for one in quoted.lines:
        was = before.get(one.line.id)
        if was and was.management and one.management and was.management is not one.management:
            yield one, was.management, one.management


def lines_table(held: Held) -> Table:
    """Each support in the new plan: who pays, what it costs there, and whether it fits."""
    assert held.then is not None, "only a week that could be held against the letter is shown"
    quoted = held.then.quote
    names = {one.component.key: _called(one) for one in quoted.components}
    noticed = {one.line for one in quoted.findings if one.kind in SAID and one.line}
    noticed |= {one.line.id for one, _, _ in _other_hands(held, quoted)}
    short = {one.component.key for one in quoted.components if one.runs_dry} | _now_stated(held, quoted)
    columns = (
        Column(words("Support")),
        Column(words("Paid from")),
        Column(words("Cost in the new plan"), numeric=True),
        Column(words("Does it fit?")),
    )
    rows: list[tuple[Content, ...]] = []
    for one in quoted.lines:
        bad = one.line.id in noticed or one.component in short or (one.component is None and not one.unpaid)
        payer: Content = names.get(one.component or "", words("Nobody yet"))
        rows.append(
            (Name(one.line.name), payer, one.figure, Cell(LOOK if bad else FITS, badge="warn" if bad else "ok"))
        )
    return Table("week", words("The week in the new plan"), columns, rows)


def parts_table(now: Quote | None, then: Quote) -> Table:
    """The money part by part: so far, in the new plan, and what the week takes of it there."""
    before = {one.component.key: one for one in now.components} if now else {}
    columns = (
        Column(words("Part of the money")),
        Column(words("Until now"), numeric=True),
        Column(words("In the new plan"), numeric=True),
        Column(words("The week takes"), numeric=True),
        Column(words("Left at the end"), numeric=True),
    )
    rows: list[tuple[Content, ...]] = []
    for one in then.components:
        was = before.pop(one.component.key, None)
        rows.append((_called(one), was.amount if was else "", one.amount, one.for_supports, one.figure))
    for gone in before.values():
        rows.append((_called(gone), gone.amount, words("Not in the new plan"), "", ""))
    return Table("parts", words("The money part by part"), columns, rows)


def steps(place: str, now: int, *, letter: bool, funded: bool) -> list[dict[str, Any]]:
    """Where somebody is between the letter and the new draft."""
    open_to = 3 if funded else 2 if letter else 1
    labels = (words("The letter"), words("The parts of the money"), words("Your week"))
    hrefs = (f"{place}?change=letter", f"{place}#parts", f"{place}/week")
    return [
        {
            "label": show(label),
            "state": "now" if number == now else "done" if number < open_to else "next",
            "href": href if number <= open_to else None,
        }
        for number, (label, href) in enumerate(zip(labels, hrefs, strict=True), 1)
    ]
