"""One measured figure beside its goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Figure:
    """A name, a whole number in a unit, and the goal it is held to (None: only told); ``most``: less is better.

    ``skipped`` says why there is no value.
    """

    name: str
    value: int | None
    unit: str
    goal: int | None = None
    most: bool = True
    skipped: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is no goal or no value."""
        if self.goal is None or self.value is None:
            return None
        return self.value <= self.goal if self.most else self.value >= self.goal

    def as_json(self) -> dict[str, Any]:
        """The figure as plain values."""
        plain = {"name": self.name, "value": self.value, "unit": self.unit, "goal": self.goal, "met": self.met}
        return {**plain, "skipped": self.skipped} if self.skipped else plain

    def as_text(self) -> str:
        """The figure as one line."""
        if self.value is None:
            return f"skipped  {self.name}: {self.skipped}"
        mark = {True: "met    ", False: "MISSED ", None: "       "}[self.met]
        goal = "" if self.goal is None else f"   (goal: {'at most' if self.most else 'at least'} {self.goal:,})"
        return f"{mark}  {self.name}: {self.value:,} {self.unit}{goal}"


def percentile(values: Sequence[int], hundredths: int) -> int:
    """The value below which this many hundredths of the others lie; 0 without values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * hundredths // 100)] if ordered else 0


def median(values: Sequence[int]) -> int:
    """The middle value."""
    return percentile(values, 50)
