"""What is said to the person themselves as "you", and of them to everybody else: one way and the other."""

from __future__ import annotations

from collections.abc import Mapping

from budgeting.money import ZERO
from budgeting.words import Name, Words, nwords, words
from portal.plans.spoken import YOU_PAY

NOT_KNOWN = words("The person’s share for this kind of service is not known yet.")
SHARE = words("The person’s own share of it")
PAYS = words("What the person pays themselves")
NOBODY = Name("")
#: What the calculator says to the person, and the same said of them; by its English text.
OF_THEM: Mapping[str, Words] = {
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
    "Nothing here says why. Ask your provider.": words("Nothing here says why. Ask the provider."),
    "Beside the statement of your provider": words("Beside the statement of the provider"),
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
    "What your providers answered": words("What the providers answered"),
    # What the calculator notices.
    "{component}: from {day} it does not pay {short}. Your provider may ask you for it only if you agreed to that in "
    "writing before.": words(
        "{component}: from {day} it does not pay {short}. The provider may ask the person for it only if they agreed "
        "to that in writing before.",
        **dict.fromkeys(("component", "day", "short"), NOBODY),
    ),
    "From {day} you use {amount} of the quarter before. It is expected, and confirmed once that quarter is settled.": (
        words(
            "From {day} {amount} of the quarter before is used. It is expected, and confirmed once that quarter is "
            "settled.",
            **dict.fromkeys(("day", "amount"), NOBODY),
        )
    ),
    "Your shares are an estimate: {independence} for independence, {everyday} for everyday living. Services Australia "
    "decides them.": words(
        "The shares are an estimate: {independence} for independence, {everyday} for everyday living. Services "
        "Australia decides them.",
        **dict.fromkeys(("independence", "everyday"), NOBODY),
    ),
    "On {day} you reach the most that anyone pays in a lifetime: {cap}. From then on you pay no share.": words(
        "On {day} the most that anyone pays in a lifetime is reached: {cap}. From then on no share is paid.",
        **dict.fromkeys(("day", "cap"), NOBODY),
    ),
    "{support}: your share is not known yet. It is in the letter from Services Australia.": words(
        "{support}: the share is not known yet. It is in the letter from Services Australia.", support=NOBODY
    ),
    "{support}: it was announced that you pay no share from {day}. That is not confirmed and not counted.": words(
        "{support}: it was announced that no share is paid from {day}. That is not confirmed and not counted.",
        **dict.fromkeys(("support", "day"), NOBODY),
    ),
    "{support}: somebody else pays for it directly. It takes nothing from your money, so no price is needed here.": (
        words(
            "{support}: somebody else pays for it directly. It takes nothing from the funding, so no price is needed "
            "here.",
            support=NOBODY,
        )
    ),
    "{support}: {agreed} is above the limit {limit}. You may pay it. At the limit the money buys {time} more.": words(
        "{support}: {agreed} is above the limit {limit}. It may be paid. At the limit the money buys {time} more.",
        **dict.fromkeys(("support", "agreed", "limit", "time"), NOBODY),
    ),
    "{support}: {agreed} is above the limit {limit}. You may pay it.": words(
        "{support}: {agreed} is above the limit {limit}. It may be paid.",
        **dict.fromkeys(("support", "agreed", "limit"), NOBODY),
    ),
    "{support}: one of those who should pay for it is not among your money.": words(
        "{support}: one of those who should pay for it is not among the money that was told.", support=NOBODY
    ),
    "{support}: driving you cannot be claimed with this support.": words(
        "{support}: driving the person cannot be claimed with this support.", support=NOBODY
    ),
    "{support}: work while you are not there cannot be claimed with this support.": words(
        "{support}: work while the person is not there cannot be claimed with this support.", support=NOBODY
    ),
    # How long the money lasts.
    "Your money lasts until {day}.": words("The money lasts until {day}.", day=NOBODY),
    "Nothing draws on your money yet.": words("Nothing draws on it yet"),
    # Trips and visits.
    "Your share is {part} of {of}": words("The person’s share is {part} of {of}", part=NOBODY, of=NOBODY),
    "{costs}. Your share is {part} of {of}.": words(
        "{costs}. The person’s share is {part} of {of}.", **dict.fromkeys(("costs", "part", "of"), NOBODY)
    ),
    "Driving you": words("Driving the person"),
    "You pay and claim it back": words("The person pays and claims it back"),
    "A worker's travel to you": words("A worker’s travel to the person"),
}
#: What pages say of the person, and the same said to themselves, for their own pages; by its English text.
TO_THEM: Mapping[str, Words] = {
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
    "In place of {name} only all of these together can say yes: {people}.": words(
        "In place of you only all of these together can say yes: {people}.", people=NOBODY
    ),
    "May say yes in place of {name}, within a checked authority.": words(
        "May say yes in place of you, within a checked authority."
    ),
    "Others said yes in place of {name}.": words("Others said yes in place of you."),
    "{support}: {provider} has nobody who speaks the person’s language, as last confirmed on {day}. "
    "An interpreter may be needed.": words(
        "{support}: {provider} has nobody who speaks your language, as last confirmed on {day}. "
        "An interpreter may be needed.",
        **dict.fromkeys(("support", "provider", "day"), NOBODY),
    ),
}
