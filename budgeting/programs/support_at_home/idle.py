"""When funding that nobody uses is withdrawn: after some quarters in a row without any service.

The rule (1.1, confidence B) does not say how quarters are counted: whole ones are, in the person's favour (C).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from budgeting.explain import Figure
from budgeting.period import DAY
from budgeting.programs.support_at_home.account import quarter
from budgeting.programs.support_at_home.facts import fact
from budgeting.words import Words, nwords, words
from budgeting.working import COUNTED


def withdrawn(entered: date, served: Iterable[date], on: date) -> Figure:
    """The last day on which the funding stays without a service, as things stand on a day.

    ``served`` are the days of delivered services; those after ``on`` do not count. The quarters are the whole ones
    after the quarter of the last service, or after that of the entry as long as there was none.
    """
    known = fact("idle_quarters", "any", on)
    last = max((day for day in served if entered <= day <= on), default=entered)
    end = quarter(last).last
    for _ in range(known.number):
        end = quarter(end + DAY).last
    text = nwords(
        "{n} whole quarter without a service after {day}",
        "{n} whole quarters without a service after {day}",
        known.number,
        day=last,
    )
    rule = words("After that, My Aged Care can be asked to give the funding back.")
    return Figure(words("Funding stays without a service until"), end, text, (), rule, known.source, working=COUNTED)


def note(entered: date, served: Iterable[date], on: date) -> Words | None:
    """What to say about it on a day: nothing until the last quarter in which a service still keeps the funding."""
    days = list(served)
    end = withdrawn(entered, days, on).value
    if not isinstance(end, date) or on < quarter(end).first:
        return None
    if on > end:
        return words(
            "No service is written down for a long time. The funding may have ended on {day}. My Aged Care can give it "
            "back.",
            day=end,
        )
    return words("No service is written down for a long time. The funding may end on {day} without one.", day=end)
