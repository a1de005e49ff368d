"""Assistive technology and home modifications: its steps, what a quote comes to, and what is held for it."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """Where something is on its way from a need to its return; each has one thing that comes next."""

    NEED = "need"
    TRIAL = "trial"
    QUOTES = "quotes"
    ASKED = "asked"  # approval was asked for
    APPROVED = "approved"
    REFUSED = "refused"  # approval was not given
    ORDERED = "ordered"
    DELIVERED = "delivered"
    IN_USE = "in_use"
    RETURNED = "returned"  # given back, or not wanted any more
