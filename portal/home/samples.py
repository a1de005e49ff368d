"""What ``/style`` shows: the same invented things in every state a component can be in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from budgeting.explain import Confidence, Figure, Source
from budgeting.money import Money
from budgeting.words import Name, Words, words
from portal.site import pictures
from portal.site.appendix import appendix
from portal.site.errors import Rejected
from portal.site.forms import Posted
from portal.site.tables import Cell, Column, Table

#: How many rows there are, or what happened to the form. The last four are put on by style.js.
STATES = ("ordinary", "empty", "many", "long", "refused", "conflict", "confirm", "hover", "focus", "busy", "disabled")
ROWS = {"empty": 0, "many": 12}
DAY, MOMENT = date(2027, 3, 14), datetime(2026, 11, 22, 5, 5, tzinfo=UTC)
NAME, LONG = (
    "Sunrise Support",
    "Sunrise Support and Community Participation of the Northern Rivers Donaudampfschifffahrt Pty Ltd",
)
OWN_WORDS = ("I want to cook for my grandchildren again.", "أريد أن أطبخ لأحفادي من جديد.", "我想再给孙子孙女做饭。")
#: Every field of the form on the page, with what somebody typed; ``/style`` is tested to have no other.
TYPED: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("select", "radios", "checks"), ("2",)),
    **dict.fromkeys(("checkbox", "password", "file"), ()),
    "text": ("Maryam",),
    "area": ("…",),
    "money": ("1.250",),
    "number": ("many",),
    "date": ("31/02/2026",),
    "time": ("25:00",),
}


@dataclass(frozen=True)
class Samples:
    """What the components of one state are given."""

    state: str

    @property
    def rows(self) -> range:
        """Nothing, one or many."""
        return range(ROWS.get(self.state, 1))

    @property
    def name(self) -> Name:
        """Somebody or something that has a name."""
        return Name(LONG if self.state == "long" else NAME)

    @property
    def amount(self) -> Money:
        """An amount, and one that breaks no layout."""
        return Money(123_456_789_012 if self.state == "long" else 2_474_60)

    @property
    def said(self) -> Sequence[str]:
        """Own words in three directions and letters; nothing where nobody said anything."""
        return [one * (9 if self.state == "long" else 1) for one in OWN_WORDS] if self.rows else [""]

    @property
    def figure(self) -> Figure:
        """A figure with all that it can say of itself; one that is not known."""
        label = words("All supports together")
        if not self.rows:
            return Figure(label, None)
        source = Source("NDIS Pricing Arrangements and Price Limits", "page 24", DAY, Confidence.A)
        part = Figure(words("{name}", name=self.name), self.amount, words("Amount"), rule=words("Price"), source=source)
        parts = (part,) * len(self.rows)
        return Figure(label, self.amount, words("Amount"), parts, words("Price"), source, (words("Not checked yet"),))

    @property
    def table(self) -> Table:
        """A table whose cells are all a cell can be."""
        columns = (Column(words("Support")), Column(words("Amount"), numeric=True), Column(words("When"), wide=True))
        badged = Cell(words("Waiting"), href="#data_table", badge="wait", note=DAY)
        return Table("sample-table", words("Supports"), columns, [(self.name, self.figure, badged)] * len(self.rows))

    @property
    def picture(self) -> pictures.Picture:
        """What was and what will be, side by side."""
        rows = [pictures.Pair(self.name, self.amount, Money(-5_33)) for _ in self.rows]
        return pictures.bars("sample-picture", words("Before and after"), rows)

    @property
    def values(self) -> Mapping[str, Any]:
        """What the template needs besides, under the names that components expect."""
        client = SimpleNamespace(id="sample", name=self.name.text)
        given = {"client": client, "can": lambda *asked: True, "rejected": self.rejected}
        return {"s": self, "states": STATES, "day": DAY, "moment": MOMENT, "grounds": appendix([self.figure]), **given}

    @property
    def rejected(self) -> Rejected | None:
        """The form as it comes back in this state."""
        found: Mapping[str, Words] = {}
        if self.state == "refused":
            found = {name: words("Choose one of the answers.") for name in TYPED}
        elif self.state == "confirm":
            found = {"_password": words("Type your password to confirm that it is you, then send this again.")}
        elif self.state != "conflict":
            return None
        posted = Posted({**TYPED, "_form": ("style",)})
        return Rejected("style", posted, found, None, self.state == "conflict", 422, self.state == "confirm")
