"""The year rehearsed while somebody is away: the first visit that breaks, who could come instead, and at what cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings, strategies as st

from budgeting.forecast.breaks import Absence, Backup, BreakKind, Known, breaks_of
from budgeting.money import Minutes
from budgeting.package import Role, Unpaid
from budgeting.period import Period
from budgeting.quotation import Quote
from budgeting.words import Name
from tests.budgeting.examples import agreed, day, days, money, package, weekly
from tests.budgeting.forecast.test_rehearsal import SHOWER, play as rehearsed


def test_the_first_visit_while_somebody_is_away_breaks_and_leaving_those_visits_out_mends_it() -> None:
    away = {SHOWER.id: (Absence("Grace", days("2026-07-13", "2026-07-26")),)}
    seen = rehearsed(package(SHOWER), away=away)
    assert [(one.kind, one.day) for one in seen.breaks] == [(BreakKind.AWAY, day("2026-07-13"))]
    assert [fix.cost for fix in seen.fixes] == [-money("400")]  # two Mondays and two Wednesdays
    assert breaks_of(seen.fixes[0].quote, Known({}, frozenset(), away)) == ()


def test_a_backup_who_said_yes_comes_while_somebody_is_away_at_their_own_price() -> None:
    away = {SHOWER.id: (Absence("Grace", days("2026-07-13", "2026-07-26")),)}
    known = (Backup("Ling", "Ling", Unpaid()), Backup("Able Care", "Able Care", agreed("75")))
    seen = rehearsed(package(SHOWER), away=away, backups={SHOWER.id: known})
    family, paid, left_out = seen.fixes
    assert family.cost == left_out.cost == -money("400")  # two Mondays and two Wednesdays
    assert paid.cost == money("200")  # four visits of two hours, each hour 25 dollars dearer
    assert (family.minutes, paid.minutes, left_out.minutes) == (Minutes(0), Minutes(0), Minutes(480))
    assert paid.words.values["backup"] == Name("Able Care")
    comes = [one.period for one in paid.package.lines if one.provider == "Able Care"]
    assert comes == [days("2026-07-13", "2026-07-26")]


def test_who_stands_in_the_package_only_in_place_of_another_is_offered_while_somebody_is_away() -> None:
    away = {SHOWER.id: (Absence("Grace", days("2026-07-13", "2026-07-26")),)}
    stands = replace(SHOWER, id="instead", provider="Able Care", price=agreed("75"), role=Role.BACKUP)
    other = replace(stands, id="other", provider="Somebody for the garden", support="garden")
    late = replace(stands, id="late", provider="Too late", period=days("2026-07-20", "2026-12-31"))
    seen = rehearsed(package(SHOWER, stands, other, late), away=away)
    comes, left_out = seen.fixes
    assert (comes.cost, left_out.cost) == (money("200"), -money("400"))
    assert comes.words.values["backup"] == Name("Able Care")


def test_nobody_is_missed_on_days_without_a_visit_and_a_kept_line_is_left_alone() -> None:
    between = {SHOWER.id: (Absence("Grace", days("2026-07-16", "2026-07-19")),)}
    assert rehearsed(package(SHOWER), away=between).breaks == ()
    away = {SHOWER.id: (Absence("Grace", days("2026-07-13", "2026-07-13")),)}
    kept = rehearsed(package(SHOWER), away=away, keep=[SHOWER.id])
    assert (len(kept.breaks) > 0, kept.fixes) == (True, ())


def _missed(quoted: Quote, away: Mapping[str, Sequence[Absence]], line: str) -> list[date]:
    """The first day of each absence on which somebody is still missed for a line, or a part of it."""
    known = Known({}, frozenset(), away)
    return [
        one.day
        for one in breaks_of(quoted, known)
        if one.kind is BreakKind.AWAY and one.line is not None and one.line.partition("~")[0] == line
    ]


def test_nobody_is_missed_any_more_when_somebody_comes_instead() -> None:
    away = {SHOWER.id: (Absence("Grace", days("2026-07-13", "2026-07-26")),)}
    seen = rehearsed(package(SHOWER), away=away, backups={SHOWER.id: (Backup("Ling", "Ling", Unpaid()),)})
    comes = seen.fixes[0]
    assert comes.words.values["backup"] == Name("Ling")
    assert _missed(comes.quote, away, SHOWER.id) == []


def test_a_support_that_begins_while_somebody_is_away_goes_on_as_itself_afterwards() -> None:
    begins = replace(SHOWER, period=days("2026-07-15", "2026-12-31"))
    away = {SHOWER.id: (Absence("Grace", days("2026-07-13", "2026-07-26")),)}
    seen = rehearsed(package(begins), away=away, backups={SHOWER.id: (Backup("Ling", "Ling", agreed("75")),)})
    comes = seen.fixes[0]
    assert comes.cost == money("150")  # the Wednesday, the Monday and the next Wednesday, 50 dollars more each
    assert _missed(comes.quote, away, SHOWER.id) == []
    assert [one.period.first for one in comes.package.lines if one.id == SHOWER.id] == [day("2026-07-27")]


def test_nobody_comes_instead_who_is_away_as_well() -> None:
    both = (Absence("Grace", days("2026-07-13", "2026-07-26")), Absence("Ling", days("2026-07-20", "2026-07-30")))
    known = {SHOWER.id: (Backup("Ling", "Ling", agreed("75")), Backup("Able Care", "Able Care", agreed("75")))}
    seen = rehearsed(package(SHOWER), away={SHOWER.id: both}, backups=known)
    assert [fix.words.values.get("backup") for fix in seen.fixes] == [Name("Able Care"), None]


@settings(deadline=None, max_examples=60)
@given(
    begins=st.integers(0, 60),
    lasts=st.integers(1, 200),
    absences=st.lists(st.tuples(st.integers(0, 90), st.integers(0, 40)), min_size=1, max_size=3),
    rhythm=st.integers(1, 3),
    over=st.integers(0, 40),
)
def test_what_is_offered_while_somebody_is_away_always_mends_it(
    begins: int, lasts: int, absences: list[tuple[int, int]], rhythm: int, over: int
) -> None:
    start = day("2026-02-01")
    first = start + timedelta(begins)
    visits = weekly("Mon Wed", "09:00", "11:00", every=rhythm)
    comes = replace(SHOWER, period=Period(first, first + timedelta(lasts)), schedule=visits)
    told = tuple(
        Absence(who, Period(start + timedelta(gone), start + timedelta(gone + many)))
        for who, (gone, many) in zip(("Grace", "Tom", "Ben"), absences, strict=False)
    )
    away, backups = {SHOWER.id: told}, {SHOWER.id: (Backup("Ling"), Backup("Able Care", "Able Care", agreed("75")))}
    seen = rehearsed(package(comes), away=away, backups=backups, since=start + timedelta(over))
    for fix in seen.fixes:
        broken = seen.breaks[0]
        gone = next(one for one in told if broken.day in one.period)
        left = breaks_of(fix.quote, Known({}, frozenset(), {SHOWER.id: (gone,)}))
        assert (broken.kind, [one for one in left if one.kind is BreakKind.AWAY]) == (BreakKind.AWAY, [])
        assert fix.quote.minutes.count + fix.minutes.count == seen.quote.minutes.count
        assert len({one.id for one in fix.package.lines}) == len(fix.package.lines)
