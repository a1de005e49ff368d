"""The two forms a funding letter is typed into, with and without an account: the plan as a whole, and one component."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from budgeting import letters, programs
from budgeting.letters import parts
from budgeting.money import ZERO, Money
from budgeting.package import Management
from budgeting.words import Words, words
from portal.funding import releases
from portal.funding.granted import AboutPart
from portal.funding.terms import Letter, Rate, Terms, levels
from portal.reading import Unreadable
from portal.site import forms
from portal.work import Refusal

MANAGEMENT: dict[Management, Words] = {
    Management.SELF: words("Self-managed: you pay the invoices and claim the money back"),
    Management.PLAN: words("Plan-managed: a plan manager pays the invoices"),
    Management.AGENCY: words("NDIA-managed: the agency pays registered providers"),
}
BRIEFLY: dict[Management, Words] = {
    Management.SELF: words("Self-managed"),
    Management.PLAN: words("Plan-managed"),
    Management.AGENCY: words("NDIA-managed"),
}
RELEASE: dict[str, Words] = {
    releases.ONCE: words("All at once, on the first day of the plan"),
    "1": words("Every month, in equal parts"),
    "3": words("Every three months, in equal parts"),
    "6": words("Every six months, in equal parts"),
    "12": words("Every year, in equal parts"),
    releases.WRITTEN: words("As I write it below"),
}


def _every_level() -> list[str]:
    return [one for key in programs.PROGRAMS for one in levels(key)]


@dataclass(frozen=True)
class LetterForm:
    """The plan as a whole. What its program does not ask for is simply absent."""

    program: str = forms.one_of(programs.PROGRAMS)
    starts: date = forms.day()
    ends: date | None = forms.day(required=False)
    letter_date: date | None = forms.day(required=False)
    classification: str = forms.one_of(_every_level, required=False)
    means_status: str = forms.one_of(letters.means, required=False)
    cohort: str = forms.one_of(letters.cohorts, required=False)
    shares: Mapping[str, int | None] = forms.shares(letters.rated)
    rates_since: date | None = forms.day(required=False)
    spent: Money | None = forms.money(required=False)
    spent_until: date | None = forms.day(required=False)

    def letter(self) -> Letter:
        """What was typed, checked; Refusal names the field that cannot be."""
        letter = self.told()
        letter.check()
        return letter

    def told(self) -> Letter:
        """What was typed, not checked yet; an answer that only another program has counts for nothing."""
        asks = letters.letter(self.program)
        shares = {one: self.shares[one] for one in asks.shares.asked} if asks.shares else {}
        means = self.means_status if asks.shares and self.means_status in asks.shares.means else None
        cohorts = asks.shares.cohorts if asks.shares else {}
        return Letter(
            program=self.program,
            starts=self.starts,
            ends=self.ends,
            reassessment=self.ends if asks.ends else None,
            letter_date=self.letter_date,
            classification=self.classification or None if levels(self.program) else None,
            entered=None if asks.ends else self.starts,
            means_status=means,
            cohort=self.cohort if self.cohort in cohorts else "standard",
            rates=tuple(Rate(category, ppm) for category, ppm in shares.items() if ppm is not None),
            rates_since=self.rates_since if shares else None,
            spent=self.spent if asks.spent else None,
            spent_until=self.spent_until if asks.spent else None,
        )


@dataclass(frozen=True)
class PartForm:
    """One component: what it is called, how much, who pays the invoices, when it is released, what is spent."""

    kind: str = forms.one_of(parts.choices)
    name: str = forms.text(120, required=False)
    amount: Money = forms.money()
    management: Management = forms.choice(Management)
    stated: bool = forms.tick()
    release: str = forms.one_of(releases.CHOICES, required=False)
    periods: str = forms.text(4000, required=False)
    spent: Money | None = forms.money(required=False)
    spent_until: date | None = forms.day(required=False)
    funder: str = forms.text(120, required=False)
    carried: Money | None = forms.money(required=False)
    fallback: bool = forms.tick()

    def terms(self, program: str, starts: date, ends: date) -> Terms:
        """What was typed, checked; Refusal names the field that cannot be."""
        terms = self.told(program, starts, ends)
        terms.check()
        return terms

    def told(self, program: str, starts: date, ends: date) -> Terms:
        """What was typed, not checked yet; Refusal where its funding periods cannot be."""
        part = parts.of(program).get(self.kind) or parts.known(program, self.name)
        return Terms(
            name=self.name or (part.name if part else ""),
            management=self.management,
            categories=parts.pays_for(program, part),
            amount=self.amount,
            stated=self.stated,
            releases=self._releases(starts, ends),
            spent=self.spent,
            spent_until=self.spent_until,
            key=part.key if part else "",
            about=AboutPart(self.funder, self.carried or ZERO, self.fallback),
        )

    def _releases(self, starts: date, ends: date) -> tuple[releases.Release, ...]:
        if self.release in releases.EVERY and not self.periods:
            return releases.equal(self.amount, starts, ends, releases.EVERY[self.release])
        if self.release == releases.ONCE:
            return ()
        if self.release == releases.WRITTEN and not self.periods:
            raise Refusal(words("Write the funding periods here, or choose another answer above."), "periods")
        try:
            return releases.written(self.periods)
        except Unreadable as unclear:
            raise Refusal(unclear.why, "periods") from None


def kind_of(program: str, name: str, categories: tuple[str, ...]) -> str:
    """The choice in the form for a component that is there already."""
    part = parts.known(program, name)
    if part:
        return part.key
    return next((one.key for one in parts.of(program).values() if one.categories == categories), parts.OTHER)


def percent_typed(ppm: int | None) -> str:
    """A rate as a person types it: 12.5."""
    if ppm is None:
        return ""
    whole, rest = divmod(ppm, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")


def money_typed(amount: Money | None) -> str:
    """An amount as a person types it: 1,250.00."""
    return "" if amount is None else f"{amount.minor // 100:,}.{amount.minor % 100:02d}"
