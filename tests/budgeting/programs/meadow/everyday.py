"""The supports of the Meadow Allowance by their everyday names."""

from __future__ import annotations

from budgeting.families import DatedCategory, Family
from budgeting.period import Band
from budgeting.words import words

VISITS = dict.fromkeys((Band.DAY, Band.EVENING, Band.NIGHT, Band.SATURDAY, Band.HOLIDAY), "VISIT")

FAMILIES: tuple[Family, ...] = (
    Family(
        key="visit",
        label=words("A visit at home"),
        search=words("help, company, cook, clean"),
        unit="H",
        categories=(DatedCategory("home"),),
        items={**VISITS, Band.SUNDAY: "VISIT-SUN"},
    ),
    Family(
        key="outing",
        label=words("An outing"),
        search=words("trip, friends, park"),
        unit="E",
        categories=(DatedCategory("out"),),
        items={Band.ANY: "OUTING"},
    ),
)
