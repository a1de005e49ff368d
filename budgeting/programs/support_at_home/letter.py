"""Who writes the letters of Support at Home, and what they are asked for."""

from __future__ import annotations

from datetime import date

from budgeting.letters import Letter, Shares
from budgeting.money import Money
from budgeting.programs.support_at_home.facts import classification, classification_codes
from budgeting.senders import Sender
from budgeting.words import words

SENDER = Sender(
    who=words("My Aged Care, for an older person at home."),
    choose=words("It is Support at Home"),
    rather=words("The letter is from Support at Home"),
)
NO_WORSE_OFF = date(2024, 9, 12)  # Department of Health, Disability and Ageing, no worse off principle (confidence B)
SHARES = Shares(
    asked={
        "independence": words("Share for independence services"),
        "everyday_living": words("Share for everyday living"),
    },
    names={
        "clinical": words("Clinical care"),
        "independence": words("Independence"),
        "everyday_living": words("Everyday living"),
    },
    title=words("What you pay towards services"),
    about=words(
        "The shares are in the letter from Services Australia. Leave them out when you do not have it: we never make "
        "them up. Nobody pays for clinical care."
    ),
    free=words("Nobody pays for clinical care."),
    means={
        "full_pensioner": words("Full pension"),
        "part_pensioner": words("Part pension, or a Commonwealth Seniors Health Card"),
        "self_funded_no_cshc": words("No pension and no Commonwealth Seniors Health Card"),
        "means_not_disclosed": words("Income and assets were not told to Services Australia"),
    },
    cohorts={
        "standard": words("The rules for people who came later"),
        "no_worse_off": words(
            "“No worse off”: on {day} you had a Home Care Package, or were approved or waiting for one",
            day=NO_WORSE_OFF,
        ),
    },
)
LETTER = Letter(
    starts=words("First day of your Support at Home place"),
    ends=None,
    level_hint=words(
        "In the letter from My Aged Care, for instance SAH-5. It decides how much is credited for each day."
    ),
    shares=SHARES,
    spent=words("Taken from the account this quarter so far"),
    spent_hint=words("It is in your monthly statement. Leave it out when you do not know."),
)
WRITTEN_ROUNDED = 100  # letters write a budget without its cents


def level_of(quarter: Money, day: date) -> str | None:
    """The classification whose published budget for a quarter is what a letter says; None where none or several are."""
    published = {code: classification(code, day).published_quarter.minor for code in classification_codes()}
    found = [code for code, amount in published.items() if abs(amount - quarter.minor) < WRITTEN_ROUNDED]
    return found[0] if len(found) == 1 else None
