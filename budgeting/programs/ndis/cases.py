"""The kinds of worked cases of the NDIS."""

from __future__ import annotations

from collections.abc import Mapping

from budgeting.cases.inputs import Runner
from budgeting.programs.ndis import claim_cases, price_cases

KINDS: Mapping[str, Runner] = {**price_cases.KINDS, **claim_cases.KINDS}
