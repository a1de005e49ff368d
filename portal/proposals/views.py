"""Ready values that several pages of a proposal share: figures, what was heard, what can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from budgeting.explain import Figure, shown
from budgeting.explain.describe import price_words
from budgeting.explain.lines import contribution_figure
from budgeting.explain.totals import contributions_figure, hours_figure, left_figure
from budgeting.money import HOURLY
from budgeting.options.affording import fits
from budgeting.package import Component, Price, Weekly
from budgeting.words import Name, Value, Words, words
from portal.catalogue import queries as catalogue
from portal.funding import queries as funding
from portal.funding.week import OnHolidays, holiday_item, untold
from portal.goals import queries as goals
from portal.goals.pages import PROMPTS
from portal.language import current, formatted, show, voice
from portal.people.model import Client
from portal.proposals import files, pricing, queries, supports
from portal.proposals.draft_rows import DraftLine, DraftSuggestion
from portal.proposals.frozen import thaw
from portal.proposals.line_form import typed
from portal.proposals.model import Proposal
from portal.proposals.offering import begun_as, beside, often_forgotten
from portal.proposals.queries import Draft
from portal.proposals.reasons import proposal_figure, shares_figure
from portal.proposals.sheet import suggested
from portal.proposals.terms import Terms
from portal.site.appendix import appendix
from portal.work import NotVisible, Work


def heard(work: Work, client: Client) -> list[tuple[Any, str]]:
    """What the person said about their life, to have it in view while the plan is made."""
    answers = goals.told(work, client)
    return [(show(PROMPTS[prompt][0]), answers[prompt]) for prompt in PROMPTS if prompt in answers]


def accepted(work: Work, one: Proposal, text: str) -> Mapping[str, Any]:
    """What an accepted version shows: its frozen text, and nothing priced again."""
    frozen = thaw(text)
    by = queries.people_named(work, [one.accepted_by]).get(one.accepted_by, "") if one.accepted_by else ""
    base = f"/people/{one.client_id}/proposals/{one.id}"
    found = {"frozen": frozen, "table": files.accepted_table(frozen), "accepted_by": show(Name(by))}
    share = shares_figure(frozen) if frozen.contribution.minor > 0 else None
    rests_on = appendix([proposal_figure(frozen), *([share] if share else [])])
    return {**found, "share": share, "appendix": rests_on, "proposal": one, "base": base}


def not_part_of_it(work: Work, draft: Draft) -> Mapping[str, Any]:
    """What a yes leaves for later: lines left out, and suggestions put off, with who sees to each and until when."""

    def owner(each: DraftLine | DraftSuggestion) -> tuple[Any, Any]:
        name = draft.names.get(each.park_owner_id) if each.park_owner_id else None
        return show(Name(name)) if name else None, show(each.park_due) if each.park_due else None

    out = [line for line in draft.lines if line.parked_at is not None and line.removed_at is None]
    cards = suggested(work, draft, draft.put_off, voice())
    return {
        "left_out": [(show(Name(line.name)), *owner(line)) for line in out],
        "put_off": [(card.title, each.id, *owner(each)) for each, card in zip(draft.put_off, cards, strict=True)],
    }


def figure(draft: Draft, name: str) -> Figure:
    """The figure an address names; NotVisible when there is none."""
    kind, _, which = name.partition("-")
    quote = draft.quote
    if name == "all":
        return quote.figure.brief
    if name == "hours":
        return hours_figure(quote)
    if name == "left" and quote.components and not pricing.not_enough(quote):
        return left_figure(quote)
    if name == "shares":
        return contributions_figure(quote).brief
    for line in draft.lines:
        if which == str(line.id) and line.counts:
            if kind == "line":
                return quote.line(str(line.key)).figure
            if kind == "share":
                return contribution_figure(quote.line(str(line.key)))
    for total in quote.components:
        if kind == "part" and which == total.component.key:
            return total.figure
    raise NotVisible


def choosing(work: Work, draft: Draft, wanted: str, support: str, begun: str = "") -> Mapping[str, Any]:
    """Supports that fit what somebody looks for, or the one they chose with the form it begins with.

    ``begun`` is the key of a line that people often forget, when they chose one of those.
    """
    one, client = draft.proposal, draft.client
    editions, place = catalogue.editions(work, one.program), funding.place(client)
    today = work.today(client)
    day = min(max(today, one.starts), one.ends)
    first = day if today <= one.ends else one.starts  # nothing new begins on a day that has passed
    picked = supports.chosen(one.program, support, editions, place, day) if support else None
    everyday = [] if wanted else supports.common(one.program, editions, place, day)
    blank = begun_as(Terms(name_of(picked), first, one.ends, picked.key if picked else None), one.program, begun)
    unit = picked.unit if picked else "H"
    return {
        "wanted": wanted,
        "found": supports.find(one.program, wanted, editions, place, day) if wanted else everyday,
        "picked": picked,
        "picked_key": picked.key if picked else "other",
        "begun": begun,
        "forgotten": often_forgotten(one.program, wanted),
        **(beside(work, draft, blank) if picked or support == "other" else {}),
        "form_open": picked is not None or support == "other",
        "pays": _pays(draft, fits(one.program, picked.key, place, editions, first)) if picked and not begun else None,
        "f": {**typed(blank, one.program), "how": "weekly" if unit in HOURLY else "units", "unit": unit},
    }


def _pays(draft: Draft, fitting: Callable[[Component], bool]) -> Mapping[str, Any] | None:
    """The money that would pay first, or that none does; None where nothing is known of the funding."""
    if not draft.components:
        return None
    others = draft.setting.funding.others if draft.setting.funding else ()
    part = next((one for one in draft.components if fitting(one)), None)
    part = part or next((one for one in others if not one.categories or fitting(one)), None)
    if part is None:
        return {"said": words("No part of the funding is for this kind of support."), "part": None}
    return {"said": words("Paid from: {part}", part=shown(part.name)), "part": part}


def name_of(picked: supports.Found | None) -> str:
    """What a chosen support is called in the reader's language, to begin with."""
    return formatted(picked.name, current.get()) if picked else ""


HOLIDAYS: Mapping[OnHolidays, Words] = {
    OnHolidays.LIMIT: words("On public holidays: the published price limit, as an estimate. Ask your provider."),
    OnHolidays.SAME: words("On public holidays: the same price"),
    OnHolidays.NO_VISIT: words("On public holidays: nobody comes"),
}


def named_price(terms: Terms, price: Price | None) -> Value | None:
    """The price of a line as its page names it: every price of a price book, or that it is given; None: the limit."""
    return price_words(price) if terms.more.given or terms.more.bands else terms.price


def on_holidays(terms: Terms, program: str) -> Words | None:
    """What happens to the visits of a line on public holidays; None where it has no visits, or no price is known."""
    if not isinstance(terms.schedule, Weekly):
        return None
    limited = untold(program, terms.support) is OnHolidays.LIMIT and holiday_item(terms.support, program) is not None
    if terms.price is None and terms.on_holidays is not OnHolidays.NO_VISIT:
        return words("On public holidays: the price limit for public holidays.") if limited else None
    if terms.on_holidays is OnHolidays.OWN and terms.holiday_price is not None:
        return words("On public holidays: {price}", price=terms.holiday_price)
    if terms.on_holidays is OnHolidays.LIMIT and not limited:
        return HOLIDAYS[OnHolidays.SAME]
    return HOLIDAYS.get(terms.on_holidays, HOLIDAYS[OnHolidays.SAME])
