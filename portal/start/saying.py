"""From a line in somebody's own words to a line of the week; what it leaves open is asked for, never made up."""

from __future__ import annotations

from budgeting import programs
from budgeting.words import Words, words
from portal.funding.terms import NDIS
from portal.funding.week import OnHolidays, WeekLine
from portal.language import Language
from portal.start import ordinary
from portal.start.ordinary import Heard, Unclear
from portal.work import Refusal

_ASKED = {
    Unclear.SEVERAL_TIMES: words("There are several times in it. Write a line of its own for each."),
    Unclear.LENGTH: words("The times and the length do not fit each other. Write only one of them."),
    Unclear.MONTHLY: words("We count in weeks here. Write every week, or every 2, 3 or 4 weeks."),
}


def lines(text: str, support: str, program: str, language: Language) -> list[WeekLine]:
    """Every line of what was said; ``support`` only where they chose it themselves. Refusal asks what is missing."""
    said = [line for line in map(str.strip, text.splitlines()) if line]
    return [_line(line, support, program, language, alone=len(said) == 1) for line in said]


def _line(text: str, support: str, program: str, language: Language, *, alone: bool) -> WeekLine:
    heard = ordinary.hear(text)
    missing = _missing(heard)
    if missing is not None:
        raise Refusal(missing if alone else words("“{line}”: {question}", line=text[:80], question=missing), "text")
    assert heard.start is not None, "asked for above"
    assert heard.end is not None, "asked for above"
    family = programs.program(program).family(support) or ordinary.support_for(heard.name, program, language)
    return WeekLine(
        typed=text,
        name=heard.name,
        support=family.key if family else None,
        weekdays=heard.weekdays,
        start=heard.start,
        end=heard.end,
        every_n_weeks=heard.every_n_weeks,
        price=heard.price,
        on_holidays=OnHolidays.LIMIT if program == NDIS and family else OnHolidays.SAME,
        sleepover=heard.sleepover,
        by_day=heard.by_day,
    )


def _missing(heard: Heard) -> Words | None:
    """The one question to ask about a line; None when it says enough."""
    if heard.unclear is Unclear.MONTHLY:
        return _ASKED[heard.unclear]
    if not heard.weekdays:
        example = words("Mon, Wed")
        return words("On which days? Write them too, for instance: {example}", example=example)
    if heard.unclear is not None and heard.unclear in _ASKED:
        return _ASKED[heard.unclear]
    if heard.start is None or heard.end is None:
        length = words("2 hours")
        return words(
            "From when to when, or how long? Write it too, for instance: {example} or {length}",
            example="9–11",
            length=length,
        )
    if heard.unclear is Unclear.PRICE:
        return words("Write the price of one hour, for instance: {example}", example="$68")
    return None
