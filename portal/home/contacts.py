"""Whom to call outside the portal, and the rights people have: dated rows with their source, and plain words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from budgeting.words import Words, words

DATA = Path(__file__).parent / "contacts.toml"


@dataclass(frozen=True)
class Contact:
    """One row of the directory: name and number as published, what it is for, and how sure we are of it."""

    key: str
    name: str
    phone: str
    site: str | None
    confidence: str
    source: str
    checked: date
    what_for: Words

    @property
    def how_sure(self) -> Words:
        return SURE[self.confidence]


SURE = {
    "A": words("Read on a government page"),
    "B": words("Government text, read second-hand"),
    "C": words("One second-hand source"),
    "U": words("Not confirmed yet"),
}
WHAT_FOR = {
    "emergency": words("You or someone else is in danger now: police, fire, ambulance."),
    "ndis_commission": words("A complaint about an NDIS provider or worker."),
    "ndia": words("Your NDIS plan or funding, or a complaint about the agency itself."),
    "abuse_hotline": words("Abuse or neglect of a person with disability."),
    "aged_care_commission": words("A complaint about an aged care provider. You can call without giving your name."),
    "my_aged_care": words("Aged care assessments, a new assessment, and who may speak for you."),
    "services_australia": words("What you pay towards your care, and help when you cannot pay."),
    "advocacy_network": words("Someone independent who speaks up with you about aged care, free of charge."),
    "elder_help": words("An older person is hurt, threatened or used for their money."),
    "ombudsman": words("A decision of a government office that you think is wrong or unfair."),
    "interpreter": words("An interpreter for any phone call, in your language."),
    "relay": words("Phone calls when you are deaf or find it hard to hear or speak."),
}

#: Statement of Rights, Aged Care Act 2024, section 23, in our plain words (confidence A for its content).
AGED_CARE_RIGHTS = (
    words("You choose how you live, who helps you, when and how. You may take risks. You get support to decide."),
    words("You get a fair assessment of what you need, and care at the end of life when you need it."),
    words("You are safe and treated with dignity. Your identity and culture are respected. Workers are qualified."),
    words("Your privacy is kept. You get information about your care that you can understand, and see your records."),
    words("People talk with you in your language or your way. You may complain, and nobody may make you pay for it."),
    words("You may have an advocate, and keep in touch with the people and places that matter to you."),
)

#: What NDIS participants can count on when they complain: NDIS Act 2013, section 73W, and the complaints rules of 2018.
DISABILITY_RIGHTS = (
    words("Anyone may complain to a provider, also without giving a name. It must be easy and cost nothing."),
    words("You get help to complain, and an advocate may be with you."),
    words("You are told what happens with it, what is decided, why, and what you can do next."),
    words("You may go to the NDIS Commission at any time, before, during or after. The provider must help."),
    words("Nobody may treat you worse because you complained."),
    words("You may ask for a plan decision to be looked at again within three months, and then by a tribunal."),
)


@lru_cache(maxsize=1)
def contacts() -> tuple[Contact, ...]:
    """The directory, in the order in which it is shown."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["contact"]
    return tuple(Contact(**{"site": None, **row}, what_for=WHAT_FOR[row["key"]]) for row in rows)
