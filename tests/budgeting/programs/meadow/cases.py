"""The worked cases of the Meadow Allowance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from budgeting import programs
from budgeting.cases.inputs import Inputs, Result, Runner, text_of
from budgeting.catalogue import Editions
from budgeting.money import Money
from budgeting.package import Funding
from budgeting.period import Period


def weekly_share(inputs: Inputs, editions: Editions) -> Result:
    """What is paid for the weeks between two days."""
    days = Period(date.fromisoformat(inputs["first"]), date.fromisoformat(inputs["last"]))
    share = programs.rules("meadow").fixed_share(Funding(days, classification="small"), days)
    if share is None or not isinstance(share.value, Money):
        raise ValueError("there is always a share in days that are funded")
    return {"share": text_of(share.value)}


KINDS: Mapping[str, Runner] = {"meadow_share": weekly_share}
