"""What may be told about a line of a proposal beside its visits, and the lines that people often forget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from budgeting.choosing.offers import offered
from budgeting.explain import Figure
from budgeting.package import Role, Unpaid, Weekly
from budgeting.period import Place
from budgeting.programs import forgotten, rules
from budgeting.programs.search import rank
from budgeting.words import words
from portal.catalogue import queries as catalogue
from portal.funding import queries as funding
from portal.language import current, formatted, plain, show
from portal.proposals import more_form
from portal.proposals.particulars import ELSEWHERE
from portal.proposals.queries import Draft
from portal.proposals.terms import Terms
from portal.work import Work

UNPAID, LIKELY = "unpaid", "likely"  # what may be forgotten in any program

# Translators: words to find help without pay by, separated by commas; give those people type in your language.
FAMILY = words(
    "family, relatives, mum, mom, mother, dad, father, parents, sister, brother, daughter, son, wife, husband, "
    "partner, grandmother, grandfather, aunt, uncle, cousin, friend, neighbour, unpaid, without pay, free, volunteer"
)


def beside(work: Work, draft: Draft, terms: Terms) -> Mapping[str, Any]:
    """The groups of rare fields to show for a line, those to show open, and what there is to choose from in them."""
    shown = rare(work, draft.proposal.program, funding.place(draft.client), terms)
    return {**shown, "usual": usual(terms, draft.proposal.program)}


def usual(terms: Terms, program: str) -> Figure | None:
    """What is usually asked for a support whose price nobody agreed and nothing limits; None: not known."""
    if terms.price is not None or terms.more.bands or terms.more.given:
        return None
    return rules(program).usual_price(terms.support, terms.starts)


def rare(work: Work, program: str, place: Place, terms: Terms) -> Mapping[str, Any]:
    """The same for a line of a program at a place."""
    may = offered(program, terms.support, place, catalogue.editions(work, program), terms.starts)
    sleeps = isinstance(terms.schedule, Weekly) and terms.schedule.sleepover
    return {
        "groups": more_form.shown_groups(may | ({"active"} if sleeps else set()), terms.more),
        "open_groups": more_form.filled(terms.more, sleepover=sleeps),
        **more_form.choices(),
    }


def often_forgotten(program: str, wanted: str = "") -> Sequence[Mapping[str, Any]]:
    """The lines that people often forget, each with the address it is added at and what to know about it.

    With ``wanted`` only help without pay, and only where these words speak of it: the rest is found as a support.
    """
    family = {
        "query": f"support=other&line={UNPAID}",
        "label": show(words("Help from family or friends, without pay")),
        "about": show(words("It is counted in hours, within what they say they can give.")),
        "sure": None,
    }
    if wanted:
        return rank([(family, f"{plain(FAMILY)}, {FAMILY.text}")], wanted)
    likely = {
        "query": f"support=other&line={LIKELY}",
        "label": show(words("Money held back for something likely")),
        "about": show(words("For instance weeks in which you need more help. It stays apart from the rest.")),
        "sure": None,
    }
    found = [
        {
            "query": f"support={one.support or 'other'}&line={one.key}",
            "label": show(one.label),
            "about": show(one.about),
            "sure": show(one.confidence.words) if one.confidence else None,
        }
        for one in forgotten(program)
    ]
    return [*found, family, likely]


def begun_as(blank: Terms, program: str, key: str) -> Terms:
    """An empty line as somebody begins it who chose one of the often forgotten ones; an unknown key changes nothing."""
    if key == UNPAID:
        return replace(blank, more=replace(blank.more, given=Unpaid()))
    if key == LIKELY:
        return replace(blank, more=replace(blank.more, role=Role.RESERVE))
    one = next((one for one in forgotten(program) if one.key == key), None)
    if one is None:
        return blank
    name = blank.name or formatted(one.label, current.get())
    return replace(blank, name=name, component=ELSEWHERE if one.free else blank.component)


#: Fields of a line that an option may bring along in its address.
BROUGHT = ("name", "provider", "provider_name", "price", "component", "goal")


def begun_with(f: Mapping[str, Any], query: Mapping[str, str]) -> Mapping[str, Any]:
    """The fields a new line begins with, when an option or a goal that somebody came from brings some of them."""
    return {**f, **{name: query[name][:200] for name in BROUGHT if query.get(name)}}
