"""What family gives in a week, and what it would cost if somebody had to be paid."""

from __future__ import annotations

from datetime import date

from budgeting.living import family_care
from budgeting.money import Minutes, Money
from budgeting.package import Role, Unpaid
from tests.budgeting.examples import days, line, weekly

DAY = date(2026, 3, 4)
MUM = Unpaid(Money(60_00), Minutes(8 * 60))


def test_a_carer_gives_all_their_lines_and_is_asked_for_more_than_they_can() -> None:
    mornings = line(weekly("Mon Tue Wed Thu Fri", "07:00", "08:30"), id="a", price=MUM, provider="Amal")
    evenings = line(weekly("Sat Sun", "18:00", "20:00"), id="b", price=Unpaid(weekly=Minutes(600)), provider="Amal")
    (amal,) = family_care.carers([mornings, evenings], DAY)
    assert amal.week.value == Minutes(690)
    assert (amal.most, amal.over) == (Minutes(480), Minutes(210))
    assert amal.replacement.value == Money(450_00)  # seven and a half hours at 60
    assert len(amal.replacement.not_included) == 2


def test_what_nobody_has_put_a_price_to_is_not_known_and_never_zero() -> None:
    (friend,) = family_care.carers([line(weekly("Mon", "07:00", "08:00"), price=Unpaid())], DAY)
    assert (friend.replacement.value, friend.most, friend.over) == (None, None, None)


def test_paid_lines_backups_and_other_days_are_nobodys_care() -> None:
    paid = line(weekly("Mon", "07:00", "08:00"))
    backup = line(weekly("Mon", "07:00", "08:00"), price=Unpaid(), role=Role.BACKUP)
    over = line(weekly("Mon", "07:00", "08:00"), price=Unpaid(), period=days("2026-01-01", "2026-02-01"))
    assert family_care.carers([paid, backup, over], DAY) == ()
    assert family_care.backups([paid, backup, over], DAY) == (backup,)
