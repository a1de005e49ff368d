"""Whom to call outside the portal: dated rows with their source, and plain words for what each is for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from budgeting.explain import Confidence
from budgeting.words import Words, words

FOR: Mapping[str, Words] = {
    "emergency": words("You or someone else is in danger now: police, fire, ambulance."),
    "ndis_commission": words("A complaint about an NDIS provider or worker."),
    "aged_care_commission": words("A complaint about an aged care provider. You can call without giving your name."),
    "disability_advocacy": words("An advocate for people with disability, near you"),
    "aged_care_advocacy": words("Someone independent who speaks up with you about aged care, free of charge."),
    "abuse_disability": words("Abuse or neglect of a person with disability."),
    "abuse_older": words("An older person is hurt, threatened or used for their money."),
    "ndia": words("Your NDIS plan or funding, or a complaint about the agency itself."),
    "my_aged_care": words("Aged care assessments, a new assessment, and who may speak for you."),
    "services_australia": words("What you pay towards your care, and help when you cannot pay."),
    "ombudsman": words("A decision of a government office that you think is wrong or unfair."),
    "interpreter": words("An interpreter for any phone call, in your language."),
    "relay": words("Phone calls when you are deaf or find it hard to hear or speak."),
}


@dataclass(frozen=True)
class Contact:
    """One body outside, how to reach it, where that was read, and when it was last checked."""

    key: str
    name: str
    confidence: Confidence
    source: str
    checked: date
    phone: str = ""
    web: str = ""

    @property
    def about(self) -> Words:
        return FOR[self.key]

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return "tel:" + self.phone.replace(" ", "")


@cache
def contacts() -> tuple[Contact, ...]:
    """Everyone outside, emergency first; the list is data (outside.toml)."""
    rows = tomllib.loads((resources.files("portal.people") / "outside.toml").read_text(encoding="utf-8"))["contact"]
    return tuple(Contact(**row | {"confidence": Confidence(row["confidence"])}) for row in rows)
