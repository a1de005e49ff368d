"""A draft as the templates of the five minutes show it: ready values, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from babel.lists import format_list

from budgeting import letters, programs
from budgeting.explain import Figure
from budgeting.forecast import Outlook
from budgeting.letters import parts
from budgeting.money import HOURLY, MINUTES_PER_HOUR, Minutes, Money, Quantity, rounded
from budgeting.quotation import ComponentTotal, Quote
from budgeting.words import Name, Value, Words, nwords, words
from portal.funding.forms import BRIEFLY, money_typed, percent_typed
from portal.funding.reading import find
from portal.funding.releases import ONCE
from portal.funding.terms import Letter, Terms, published_limits
from portal.funding.week import BY_PIECE, OnHolidays, WeekLine, limited
from portal.language import Language, current, plain, weekday_names
from portal.people.place import STATE_WORDS
from portal.proposals import lasting
from portal.site.tables import Cell, Column, Content, Table
from portal.start import saying
from portal.start.answer import Answer
from portal.start.draft import Draft
from portal.start.forms import EVERY_WORDS, HOLIDAY_WORDS, ZONE_WORDS

EVENING = time(18)

# the letter


def letter_fields(letter: Letter | None, draft: Draft) -> Mapping[str, Any]:
    """The letter form as it opens: what is kept, else what a pasted letter said."""
    heard = dict(draft.heard)
    names = ("starts", "ends", "letter_date", "classification", "means_status", "rates_since", "spent_until")
    fields: dict[str, Any] = {name: heard.get(name, "") for name in names}
    fields |= {
        **{category: heard.get(category, "") for category in letters.rated()},
        "spent": "",
        "cohort": heard.get("cohort", "standard"),
    }
    if letter is not None:
        fields |= {name: getattr(letter, name) or "" for name in names}
        rates = {one.category: percent_typed(one.ppm) for one in letter.rates}
        fields |= {category: rates.get(category, "") for category in letters.rated()}
        fields |= {"spent": money_typed(letter.spent), "cohort": letter.cohort}
    return {**fields, "state": draft.state, "zone": draft.zone}


def place_choices() -> dict[str, Any]:
    """Where supports happen, to choose from."""
    return {
        "states": [(key, plain(text)) for key, text in STATE_WORDS.items()],
        "zones": [(key, plain(text)) for key, text in ZONE_WORDS.items()],
    }


EMPTY_PART: Mapping[str, Any] = {
    "kind": "",
    "name": "",
    "amount": "",
    "management": "",
    "stated": False,
    "release": "",
    "periods": "",
    "spent": "",
    "spent_until": "",
}


def part_fields(draft: Draft) -> Mapping[str, Any]:
    """The part form as it opens: empty, or the first component that a pasted letter left unfinished."""
    if not draft.unfinished:
        return EMPTY_PART
    heard = dict(draft.unfinished[0])
    each = next(iter(find(f"${heard.get('each', '')}").amounts), None)
    told = {"stated": bool(heard.get("stated")), "release": heard.get("release") or ONCE, "each": each}
    return {**EMPTY_PART, **heard, **told}


def part_rows(draft: Draft) -> list[dict[str, Any]]:
    """The components so far, as they were understood."""
    return [_part_row(number, terms, draft.program) for number, terms in enumerate(draft.parts, 1)]


def _part_row(number: int, terms: Terms, program: str) -> dict[str, Any]:
    part = parts.known(program, terms.name)
    return {
        "number": number,
        "name": parts.shown(terms.name),
        "about": part.about if part else None,
        "amount": terms.amount,
        "management": BRIEFLY[terms.management],
        "stated": terms.stated,
        "releases": terms.releases,
        "spent": terms.spent,
        "spent_until": terms.spent_until,
    }


def stated_total(draft: Draft) -> tuple[Money, Money] | None:
    """What the letter names as its total and what the parts add up to, when these differ."""
    added = Money(sum(one.amount.minor for one in draft.parts))
    return (draft.total, added) if draft.total is not None and draft.total != added else None


# the week


def days_of(weekdays: tuple[int, ...], language: Language | None = None) -> Name:
    """Some weekdays as the reader's language lists them."""
    language = language or current.get()
    names = weekday_names(language)
    return Name(format_list([names[day] for day in weekdays], locale=language.formats))


BY_DAY = words("You did not say from when to when, so we count these times, by day. Evenings and nights cost more.")
NOT_BY_DAY = words("You did not say from when to when, so we count these times.")


def when(line: WeekLine) -> Words:
    """When someone comes, or how much of it there is, in one sentence."""
    if line.unit in HOURLY and line.monthly:
        return words("{time} each month", time=Minutes(rounded(line.amount * MINUTES_PER_HOUR, 1000)))
    if line.unit:
        many = Quantity(line.amount)
        if line.monthly:
            return words("{quantity} each month", quantity=many)
        return words("{days}: {quantity} each day", days=days_of(line.weekdays), quantity=many)
    said: dict[str, Value] = {"days": days_of(line.weekdays), "start": line.start, "end": line.end}
    if line.every_n_weeks == 2:
        return words("Every second week: {days}, {start} to {end}", **said)
    if line.every_n_weeks > 2:
        return words("Every {n} weeks: {days}, {start} to {end}", n=line.every_n_weeks, **said)
    return words("{days}, {start} to {end}", **said)


def line_rows(draft: Draft) -> list[dict[str, Any]]:
    """The lines of the week, each as it was understood."""
    return [_line_row(number, line, draft) for number, line in enumerate(draft.week, 1)]


def _line_row(number: int, line: WeekLine, draft: Draft) -> dict[str, Any]:
    family = programs.program(draft.program).family(line.support)
    return {
        "number": number,
        "name": Name(line.name) if line.name else (family.label if family else words("A support")),
        "typed": line.typed,
        "when": when(line),
        "assumed": _assumed(line),
        "price": _price(line, draft.program),
        "holidays": _holidays(line),
        "support": family.label if family else None,
        "paid_from": _paid_from(line, draft),
    }


def _assumed(line: WeekLine) -> Words | None:
    """That the times are ours; that others cost more is only news where ours are by day."""
    if not line.by_day:
        return None
    return BY_DAY if saying.DAY[0] <= line.start < line.end <= saying.DAY[1] and line.start < EVENING else NOT_BY_DAY


def _price(line: WeekLine, program: str) -> Words:
    if line.price is not None and line.unit and line.unit not in HOURLY:
        return words("{price} for each", price=line.price)
    if line.price is not None:
        return words("{price} an hour", price=line.price)
    if limited(program, line.support) and line.unit != BY_PIECE:
        return words("The published price limit, since you named no price")
    return words("No price yet")


def _holidays(line: WeekLine) -> Words | None:
    if line.unit or (line.price is None and line.on_holidays is not OnHolidays.NO_VISIT):
        return None
    if line.on_holidays is OnHolidays.OWN and line.holiday_price is not None:
        return words("On public holidays: {price} an hour", price=line.holiday_price)
    if line.on_holidays is OnHolidays.LIMIT and line.support is None:
        return None
    said = {
        OnHolidays.LIMIT: words("On public holidays: the published price limit, as an estimate. Ask your provider."),
        OnHolidays.SAME: words("On public holidays: the same price"),
        OnHolidays.NO_VISIT: words("On public holidays: nobody comes"),
    }
    return said.get(line.on_holidays)


def _paid_from(line: WeekLine, draft: Draft) -> Value | None:
    """The part that pays, where the person chose it; the answer shows what the calculator takes otherwise."""
    found = next((one for one in draft.parts if one.key == line.component), None)
    return parts.shown(found.name) if found else None


def support_choices(program: str) -> list[tuple[str, str]]:
    """The supports of the program by their everyday names."""
    return [(family.key, plain(family.label)) for family in programs.families(program)]


def line_choices(draft: Draft) -> dict[str, Any]:
    """What the fields of a line offer."""
    published = draft.program in published_limits()
    holidays = [one for one in OnHolidays if one is not OnHolidays.LIMIT or published]
    return {
        "supports": support_choices(draft.program),
        "weekdays": list(enumerate(weekday_names())),
        "everies": [(key, plain(text)) for key, text in EVERY_WORDS.items()],
        "holiday_choices": [(key.value, plain(HOLIDAY_WORDS[key])) for key in holidays],
        "components": [(one.key, plain(words("{part}", part=parts.shown(one.name)))) for one in draft.parts],
    }


def line_fields(line: WeekLine | None, program: str) -> Mapping[str, Any]:
    """The fields of a line as they open."""
    if line is None:
        holidays = OnHolidays.LIMIT if program in published_limits() else OnHolidays.SAME
        blank = dict.fromkeys(("name", "support", "start", "end", "price", "holiday_price", "component"), "")
        counted = {"unit": "", "amount": "", "monthly": False}
        return {**blank, **counted, "weekdays": (), "every": "1", "sleepover": False, "on_holidays": holidays.value}
    return {
        "name": line.name,
        "support": line.support or "",
        "weekdays": line.weekdays,
        "start": line.start.isoformat("minutes"),
        "end": line.end.isoformat("minutes"),
        "every": str(line.every_n_weeks),
        "sleepover": line.sleepover,
        "price": money_typed(line.price),
        "on_holidays": line.on_holidays.value,
        "holiday_price": money_typed(line.holiday_price),
        "component": line.component or "",
        "unit": line.unit,
        "amount": quantity_typed(line.amount),
        "monthly": line.monthly,
    }


def quantity_typed(thousandths: int) -> str:
    """A number of units as a person types it: 2.5."""
    return f"{thousandths // 1000}.{thousandths % 1000:03d}".rstrip("0").rstrip(".")


# the answer


def answer_values(found: Answer, draft: Draft, today: date) -> dict[str, Any]:
    """The answer page: big sentences with their figures, each component, each funding period, notes."""
    outlook = found.outlook
    until, _, holidays = outlook.figures
    return {
        "answer": found,
        "outlook": outlook,
        "until": until,
        "hours": found.hours,
        "holidays": holidays if _holidays_known(draft) else None,
        "headline": _headline(outlook, draft),
        "lapsed": found.lapsed,
        "idle": _idle(outlook),
        "gap": _gap(lasting.first_gap(outlook)),
        "passed": outlook.runs_dry is not None and outlook.runs_dry <= today,
        "later": outlook.runs_dry is not None and not _came(outlook, outlook.runs_dry, today),
        "parts": [_component(number, outlook.quote, one) for number, one in enumerate(outlook.quote.components, 1)],
        "unpriced": _unpriced(outlook),
        "unpaid": [(one.line, one.words) for one in found.findings if one.kind == "no_component"],
        "lines": [_line(one.figure, one.visits, one.minutes.count) for one in outlook.quote.lines],
        "place": Name(plain(STATE_WORDS[outlook.quote.package.place.state])),
    }


def _holidays_known(draft: Draft) -> bool:
    """Whether anything says what a public holiday costs: a published limit, or somebody who told it."""
    return draft.program in published_limits() or any(one.on_holidays is not OnHolidays.SAME for one in draft.week)


def _came(outlook: Outlook, dry: date, today: date) -> bool:
    """Whether more money was released between the day on which it ran dry and today."""
    begun = [each.period.first for one in outlook.quote.components for each in one.periods]
    return any(dry < first <= today for first in begun)


def _idle(outlook: Outlook) -> Money | None:
    """What is left in the parts of the funding that the week does not draw on; None where there is nothing."""
    left = sum(one.left.minor for one in outlook.quote.components if one.lasts_until is None and one.left.minor > 0)
    return Money(left) if left and outlook.until else None


def _unpriced(outlook: Outlook) -> list[tuple[str, Words]]:
    """The lines that have no price at all, each with its number in the week: with them no day can be promised."""
    bare = [one.line for one in outlook.quote.lines if one.unpriced]
    return [(one.id, words("{support} has no price yet.", support=Name(one.name))) for one in bare]


def _headline(outlook: Outlook, draft: Draft) -> Words:
    """The first sentence of the answer; what is left is only of the parts that the week draws on."""
    endless = draft.ends_unknown or (draft.letter is not None and draft.letter.ends is None)
    if _unpriced(outlook) and not outlook.runs_dry:
        return words("A price is missing, so we cannot say yet how long your money lasts.")
    if endless and outlook.until and not outlook.runs_dry:
        return words("Your money lasts at least until {day}. We looked no further.", day=outlook.until)
    if _idle(outlook) is None or outlook.runs_dry or outlook.until is None:
        return outlook.sentences[0]
    return words(
        "Your money lasts to the end, {day}, and {left} is left in the parts your week uses.",
        day=outlook.until,
        left=outlook.left,
    )


PERIODS = (
    Column(words("Funding period")),
    Column(words("Released"), numeric=True),
    Column(words("From before"), numeric=True),
    Column(words("Spent"), numeric=True),
    Column(words("Planned"), numeric=True),
    Column(words("At its end")),
)


def _periods(number: int, total: ComponentTotal, spent_known: bool) -> Table | None:
    """What happens in each funding period of a part that is drawn on and has several."""
    if len(total.periods) < 2 or total.lasts_until is None:
        return None
    rows: list[tuple[Content, ...]] = [
        (
            words("{first} to {last}", first=one.period.first, last=one.period.last),
            Cell(one.released, figure=one.how) if one.how else one.released,
            one.carried_in,
            one.spent if spent_known else None,
            one.planned,
            Cell(words("short by {amount}, from {day}", amount=one.short, day=one.runs_dry), badge="bad")
            if one.runs_dry
            else Cell(words("{amount} left", amount=one.left), badge="ok"),
        )
        for one in total.periods
    ]
    return Table(f"periods-{number}", words("What happens in each funding period"), PERIODS, rows)


def _gap(short: lasting.Gap | None) -> Words | None:
    return lasting.said(short) if short else None


def _component(number: int, quoted: Quote, total: ComponentTotal) -> dict[str, Any]:
    name = total.component.name
    used = (total.spent + total.planned).minor * 100 // total.amount.minor if total.amount else 0
    spent_known = total.spent.minor > 0 or total.component.spent_until is not None
    return {
        "total": total,
        "periods": _periods(number, total, spent_known),
        "name": Name(name) if isinstance(name, str) else name,
        "used": used,
        "left": total.figure,
        "short": total.runs_dry is not None,
        "gap": _gap(lasting.gap(quoted, total)),
        "spent_known": spent_known,
        "missing": Money(-total.left.minor) if total.left.minor < 0 else None,
        "idle": total.lasts_until is None,
        "lumped": _lumped(total),
    }


def _lumped(total: Any) -> bool:
    """Whether what was spent was told in one sum for several funding periods, so that ours is a way to share it out."""
    until = total.component.spent_until
    return bool(total.spent and len(total.periods) > 1 and until and until > total.periods[0].period.last)


def _line(figure: Figure, visits: int, minutes: int) -> dict[str, Any]:
    return {
        "figure": figure,
        "visits": nwords("{n} visit", "{n} visits", visits) if visits else None,
        "hours": minutes,
    }
