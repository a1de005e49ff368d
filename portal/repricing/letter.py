"""What new prices mean for one person, in sentences: for the page, the letter, and the reason of a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from budgeting.compare.repricing import Mark, Outcome, RepricedLine, Repricing, Touch
from budgeting.explain import BANDS
from budgeting.period import DAY
from budgeting.words import Name, Value, Words, words


@dataclass(frozen=True)
class Letter:
    """The sentences of a letter, in its order, not yet in any language."""

    title: Words
    greeting: Words
    costs: tuple[Words, ...]
    lines: tuple[Words, ...]
    can_do: tuple[Words, ...]
    ending: Words


def letter(found: Repricing, name: str) -> Letter:
    """The letter to the person about their own plan."""
    return Letter(
        title=words("The prices from {day} and your plan", day=found.since),
        greeting=words("Dear {name},", name=Name(name)),
        costs=(costs(found), *lasts(found), *in_hours(found)),
        lines=tuple(sentence for line in found.lines for sentence in about(line)),
        can_do=tuple(can_do(found)),
        ending=words("Nothing changes by itself. Your plan and your agreements stay as they are until you agree."),
    )


def costs(found: Repricing) -> Words:
    """What the whole plan costs with the new prices."""
    said: dict[str, Value] = {"day": found.since, "before": found.before.amount, "after": found.after.amount}
    match found.outcome:
        case Outcome.DEARER:
            return words(
                "From {day} new prices hold. All supports of the plan together then cost {after} instead of {before}: "
                "{more} more.",
                **said,
                more=found.more,
            )
        case Outcome.CHEAPER:
            return words(
                "From {day} new prices hold. All supports of the plan together then cost {after} instead of {before}: "
                "{less} less.",
                **said,
                less=-found.more,
            )
        case Outcome.SAME:
            return words(
                "From {day} new prices hold. All supports of the plan together cost the same as before: {after}.",
                day=found.since,
                after=found.after.amount,
            )
    return words(
        "From {day} new prices hold. A support of the plan has no price in the new list, so we cannot say yet what the "
        "whole plan costs.",
        day=found.since,
    )


def lasts(found: Repricing) -> Sequence[Words]:
    """Whether the money lasts as long as before; nothing where there is no funding to say it from."""
    before, after = found.runs_dry
    last = found.after.package.funding.period.last if found.after.package.funding else None
    if last is None or not any(one.lasts_until for one in found.after.components):
        return ()
    if found.earlier and after is not None:
        if before is None:
            text = words("The money lasted to the end before. With the new prices it runs short on {day}.", day=after)
        else:
            text = _moved(before, after)
        return (text,)
    if before is not None and after is None:
        return (
            words("The money ran short on {before} before. With the new prices it lasts to the end.", before=before),
        )
    if before is not None and after is not None and after > before:
        return (_moved(before, after),)
    if after is not None:
        return (words("The money runs short on {day}, as before.", day=after),)
    return (words("The money lasts to the end, {day}, as before.", day=last),)


def _moved(before: date, after: date) -> Words:
    """The last day that is paid, from the first days that are not."""
    return words("The money now lasts until {after}; before, until {day}.", after=after - DAY, day=before - DAY)


def in_hours(found: Repricing) -> Sequence[Words]:
    """What it means in time."""
    paid_before, paid_after = found.paid
    said: list[Words] = []
    if paid_after < paid_before:
        text = words(
            "The money then pays for {after} of support instead of {before}.", after=paid_after, before=paid_before
        )
        said.append(text)
    if found.lost.count:
        said.append(words("What is added would buy about {time} of these supports.", time=found.lost))
    return said


def about(line: RepricedLine) -> Sequence[Words]:
    """What the new prices do to one support: each mark one sentence."""
    return [_about(line, touch) for touch in line.touches]


def _about(line: RepricedLine, touch: Touch) -> Words:
    support, mark = Name(line.name), touch.mark
    if mark is Mark.ENDED:
        return words(
            "{support}: the new list does not have this support any more. Ask the provider how they claim it from "
            "{day} on.",
            support=support,
            day=touch.day,
        )
    if touch.agreed is not None and touch.limit_after is not None:
        said: dict[str, Value] = {
            "support": support,
            "agreed": touch.agreed,
            "limit": touch.limit_after,
            "day": touch.day,
        }
        if mark is Mark.ABOVE_LIMIT:
            return words("{support}: you agreed to {agreed}. From {day} on at most {limit} may be paid.", **said)
        if mark is Mark.OVER:
            return words(
                "{support}: you agreed to {agreed}. From {day} on that is above the limit of {limit}. You may "
                "still pay it, because you manage this money yourself.",
                **said,
            )
        if mark is Mark.STAYS:
            return words(
                "{support}: the price of {agreed} stays as agreed. The limit rises to {limit} on {day}; nobody may ask "
                "for more before you agree.",
                **said,
            )
        if touch.limit_before is not None:
            return words(
                "{support}: you agreed to {agreed}. From {day} on at most {limit} may be paid, instead of {before}.",
                **said,
                before=touch.limit_before,
            )
    if touch.limit_before is None or touch.limit_after is None:
        return words("{support}: {after} instead of {before}.", support=support, after=line.after, before=line.before)
    return words(
        "{support}: no price was agreed for this time: {when}. So it costs the published limit: {after} instead of "
        "{before}, from {day} on.",
        support=support,
        when=BANDS[touch.band],
        after=touch.limit_after,
        before=touch.limit_before,
        day=touch.day,
    )


LOOK = words("Look at the plan together, and decide what should change, if anything.")


def can_do(found: Repricing) -> Sequence[Words]:
    """What the person can do about it, the gentlest first."""
    marks = {mark for line in found.lines for mark in line.marks}
    said = []
    if Mark.ABOVE_LIMIT in marks:
        said.append(words("Agree on a price that is not above the limit, so that your agreement says what is paid."))
    if Mark.ENDED in marks:
        said.append(words("Ask your provider about the support that is not in the new list."))
    if Mark.DEARER in marks:
        said.append(words("Ask your provider for a price of your own that is lower than the limit."))
    if found.earlier:
        said.append(words("Ask for a change of the plan, for instance a visit less, so that the money lasts."))
    if found.outcome is not Outcome.SAME:
        said.append(LOOK)
    said.append(words("Leave everything as it is, and look again later."))
    return said


def reason(found: Repricing, fix: Words | None, *, lower: bool) -> Sequence[Words]:
    """Why a change is asked for, in a few sentences that somebody then edits.

    ``fix`` is what makes the money reach again; ``lower``: a price comes down. With neither, people look together.
    """
    said = [costs(found), *(lasts(found) if found.earlier else ())]
    if fix is not None:
        return [*said, words("What would mend it"), fix]
    return said if lower else [*said, LOOK]
