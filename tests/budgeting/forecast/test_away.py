"""The year rehearsed while somebody is away: the first visit that breaks, who could come instead, and at what cost."""

from __future__ import annotations

from dataclasses import replace

from budgeting.forecast.breaks import Absence, Backup, BreakKind, Known, breaks_of
from budgeting.money import Minutes
from budgeting.package import Role, Unpaid
from budgeting.words import Name
from tests.budgeting.examples import agreed, day, days, money, package
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
    assert paid.minutes == Minutes(0)
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
