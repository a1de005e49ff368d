"""The services of the Support at Home list: money held apart for some, and the category of each by day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from budgeting.programs.listed import services

ROWS = services(Path(__file__).parent)

# money that is held apart from the account, by the services it is for
CARE_MANAGEMENT, RESTORATIVE = "care_management", "restorative"
EQUIPMENT, HOME_CHANGES = "assistive_technology", "home_modifications"


def service_category(service: str, day: date, *, announced: bool = False) -> str:
    """The contribution category on a day of a service by its name in the list, or by the beginning of its name.

    Announced changes count only when asked for. A name that is not in the list, or not one service, is a ValueError.
    """
    wanted = service.strip().casefold()
    every = [row for rows in ROWS.values() for row in rows]
    rows = [row for row in every if row["service"].casefold() == wanted]
    rows = rows or [row for row in every if wanted and row["service"].casefold().startswith(wanted)]
    if len({row["service"] for row in rows}) != 1:
        raise ValueError(f"{service!r} is not one service of the list")
    counted = [row for row in rows if row["status"] == "in_force" or announced]
    begun = [row for row in counted if date.fromisoformat(row["since"]) <= day] or counted[:1]
    return max(begun, key=lambda row: row["since"])["category"]
