"""What is said to the person themselves as "you", and of them to everybody else: one way and the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar, cast

from budgeting.money import ZERO
from budgeting.words import Name, Words, nwords, words
from portal.plans.spoken import YOU_PAY

T = TypeVar("T")

NOT_KNOWN = words("The person’s share for this kind of service is not known yet.")
SHARE = words("The person’s own share of it")
PAYS = words("What the person pays themselves")
NOBODY = Name("")
#: What the calculator says to the person, and the same said of them; by its English text.
OF_THEM = {
    "You pay": SHARE,
    "You pay for this month": words("The person pays for this month"),
    "What you pay yourself": PAYS,
    "What you pay towards {support}": words("What the person pays towards {support}", support=NOBODY),
    "What you pay whatever is used": words("What the person pays whatever is used"),
    "What you pay beside each payer, added up": words("What the person pays beside each payer, added up"),
    "You pay a share only while the program pays. Other money pays the whole price.": words(
        "The person pays a share only while the program pays. Other money pays the whole price."
    ),
    "You need not pay": words("The person need not pay"),
    "{share}, less {relieved} that you need not pay": words(
        "{share}, less {relieved} that the person need not pay", share=ZERO, relieved=ZERO
    ),
    "{amount}, less {share} that you pay": words(
        "{amount}, less {share} that the person pays", amount=ZERO, share=ZERO
    ),
    "Your share": SHARE,
    "Your share of one visit": SHARE,
    "Your share of {amount}, as it was counted on the day it was accepted": words(
        "The share of {amount}, as it was counted on the day it was accepted", amount=ZERO
    ),
    "Your share depends on the kind of service. It is rounded to the cent for each visit.": words(
        "The share depends on the kind of service. It is rounded to the cent for each visit."
    ),
    "Your share for some services is not known yet.": words("The share for some services is not known yet."),
    "Your share for this kind of service is not known yet.": NOT_KNOWN,
    "Your share is not known yet": words("The share is not known yet"),
    "The part of your share that hardship or the lifetime limit takes off, in the order of days": words(
        "The part of the share that hardship or the lifetime limit takes off, in the order of days"
    ),
    "Your money lasts until": words("The money lasts until"),
    "Not known, since your part of it is not known.": NOT_KNOWN,
    "The price {price} less {paid} that you pay": words(
        "The price {price} less {paid} that the person pays", price=ZERO, paid=ZERO
    ),
    "{cap} less {paid} that you paid before": words(
        "{cap} less {paid} that the person paid before", cap=ZERO, paid=ZERO
    ),
    "Work for you while you are not there": words("Work while the person is not there"),
    "What went on from the quarter before, as you told us": words("What went on from the quarter before, as told here"),
    "What went on from the quarter before is not known yet. It stands on the statement of your provider.": words(
        "What went on from the quarter before is not known yet. It stands on the statement of the provider."
    ),
    "No care management is written down for this month. At least {n} contact a month is due to you.": nwords(
        "No care management is written down for this month. At least {n} contact a month is due.",
        "Too little care management is written down for this month. At least {n} contacts a month are due.",
        0,
    ),
    "While you wait for a full place, a part of the amount is paid. The rest is not paid later.": words(
        "Until there is a full place, a part of the amount is paid. The rest is not paid later."
    ),
}
#: What pages say of the person, and the same said to themselves, for their own pages; by its English text.
TO_THEM: Mapping[str, str] = {
    of_them: to_them.text
    for of_them, to_them in {
        "The person pays, from money they manage themselves": YOU_PAY,
        "The person whose plan this is": words("This is your plan"),
        "The person manages this money, so the price limits do not bind. The price is agreed with the provider.": words(
            "You manage this money, so the price limits do not bind. The price is agreed with the provider."
        ),
        "Which share the person pays of each kind of service is set by the government, not by the provider.": words(
            "Which share you pay of each kind of service is set by the government, not by the provider."
        ),
        "What the person pays themselves": words("What you pay yourself"),
        "The person wants it so": words("You want it so"),
        "The person decides": words("You decide"),
        "The person is asked before it is decided": words("You are asked before it is decided"),
        "The person is told what was decided": words("You are told what was decided"),
        "The person chose": words("You chose"),
        "the person asked for it": words("you asked for it"),
        "What the person said about their life": words("What you said about your life"),
        "Waits for what the person says": words("Waits for what you say"),
        "The person called the visit off, and it was not charged": words(
            "You called the visit off, and it was not charged"
        ),
        "The person called the visit off, and it was charged": words("You called the visit off, and it was charged"),
        "Work for the person without them": words("Work for you while you are not there"),
        "who gets to know about the person: somebody new comes in": words(
            "who gets to know about you: somebody new comes in"
        ),
        "Wrote down the number under which the agency knows the person.": words(
            "Wrote down the number under which the agency knows you."
        ),
        "It is the plan of {name}.": words("It is your plan."),
        "It is the plan of {name}. Nothing changes in it without that yes.": words(
            "It is your plan. Nothing changes in it without your yes."
        ),
        "{support}: {provider} has nobody who speaks the person’s language, as last confirmed on {day}. "
        "An interpreter may be needed.": words(
            "{support}: {provider} has nobody who speaks your language, as last confirmed on {day}. "
            "An interpreter may be needed.",
            **dict.fromkeys(("support", "provider", "day"), NOBODY),
        ),
    }.items()
}


def said_of(value: T) -> T:
    """Words, a figure, or what holds some, said of the person to somebody else; what says nothing to them stays."""
    found: Any = value
    if isinstance(found, Words):
        other = OF_THEM.get(found.text)
        found = replace(found, text=other.text, plural=other.plural) if other else found
        spoken = {name: said_of(one) for name, one in found.values.items()}
        found = replace(found, values=spoken) if _differs(found.values, spoken) else found
    elif type(found) in (tuple, list):
        parts = type(found)(map(said_of, found))
        found = parts if any(now is not then for now, then in zip(found, parts, strict=True)) else found
    elif is_dataclass(found) and not isinstance(found, type):
        now = {name: getattr(found, name) for name in _names(type(found))}
        then = {name: said_of(one) for name, one in now.items()}
        found = replace(found, **then) if _differs(now, then) else found
    return cast(T, found)


def _differs(now: Any, then: dict[str, Any]) -> bool:
    return any(now[name] is not one for name, one in then.items())


@lru_cache(maxsize=64)
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.init)
