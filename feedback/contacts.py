"""Who else helps when something is wrong: bodies outside this portal, from a dated list with confidence marks."""

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
    "emergency": words("Danger now: police, fire, ambulance"),
    "ndis_commission": words("Complaints about anyone who provides NDIS supports"),
    "aged_care_commission": words("Complaints about aged care at home or elsewhere"),
    "aged_care_advocacy": words("An advocate for older people, free, on your side only"),
    "disability_advocacy": words("An advocate for people with disability, near you"),
    "abuse_disability": words("Abuse or neglect of a person with disability"),
    "abuse_older": words("Abuse or neglect of an older person"),
    "ombudsman": words("Complaints about a government office"),
    "interpreter": words("An interpreter on the telephone, to call any of these"),
    "relay": words("To call any of these when you cannot hear or speak well"),
}


@dataclass(frozen=True)
class Contact:
    """One body outside, how to reach it, and when that was last checked."""

    key: str
    name: str
    phone: str
    web: str
    checked: date
    confidence: Confidence

    @property
    def about(self) -> Words:
        return FOR[self.key]

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return "tel:" + self.phone.replace(" ", "")


@cache
def contacts() -> tuple[Contact, ...]:
    """Everyone outside, emergency first; the list is data (contacts.toml)."""
    rows = tomllib.loads((resources.files("feedback") / "contacts.toml").read_text(encoding="utf-8"))["contact"]
    return tuple(
        Contact(
            row["key"],
            row["name"],
            row.get("phone", ""),
            row.get("web", ""),
            row["checked"],
            Confidence(row["confidence"]),
        )
        for row in rows
    )
