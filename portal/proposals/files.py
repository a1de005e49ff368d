"""The supports of a draft or of an accepted version as tables: to be read, printed and taken along as a file."""

from __future__ import annotations

from collections.abc import Sequence

from budgeting.explain import BANDS, NOT_KNOWN, Figure
from budgeting.explain.describe import listed, schedule_words
from budgeting.explain.lines import unit_of
from budgeting.explain.particulars import particulars
from budgeting.money import Minutes, Money
from budgeting.quotation import LineQuote, Quote
from budgeting.words import Name, Value, Words, words
from portal.proposals import pricing
from portal.proposals.frozen import FrozenLine, FrozenProposal
from portal.proposals.queries import Draft
from portal.proposals.reasons import line_figure, proposal_figure, shares_figure
from portal.site.tables import Cell, Column, Content, Later, Table

NOBODY, NOTHING = words("No provider yet"), words("Nothing named")
TOGETHER = words("All supports together")


def of_draft(draft: Draft) -> list[Later]:
    """The lines of a draft, and what each of them costs on each kind of day: made when a file is asked for."""
    lines, prices = words("Supports in this plan"), words("By kind of day")
    return [
        Later("lines", lines, lambda: _lines(draft, lines)),
        Later("prices", prices, lambda: _prices(draft, prices)),
    ]


def _lines(draft: Draft, caption: Words) -> Table:
    quoted = {one.line.id: one for one in draft.quote.lines}
    rows: list[tuple[Content, ...]] = []
    for line in draft.lines:
        if line.counts:
            answer, terms = quoted[str(line.key)], line.terms
            provider = pricing.provider_name(terms, draft.setting.providers)
            purpose = pricing.purpose_words(terms, draft.setting.purposes)
            rows.append(
                (
                    Name(line.name),
                    Name(provider) if provider else NOBODY,
                    Name(purpose) if purpose else NOTHING,
                    schedule_words(terms.schedule),
                    terms.starts,
                    terms.ends,
                    answer.minutes,
                    _known(answer),
                    answer.contribution if answer.contribution else "",
                )
            )
    quote = draft.quote
    amount, share = None if quote.unpriced else quote.amount, quote.contribution if quote.contribution else ""
    together = _together(quote.complete or quote.unpriced)
    return Table("lines", caption, _heads(), rows, (together, "", "", "", "", "", quote.minutes, amount, share))


def _together(complete: bool) -> Words:
    """What the row of totals is called; a file has no place beside it to say that some of it is not known."""
    return TOGETHER if complete else words("{label}: {value}", label=TOGETHER, value=NOT_KNOWN)


def _heads() -> tuple[Column, ...]:
    texts = (words("Support"), words("Provider"), words("What for"), words("When and how much"))
    numbers = (words("Hours of support"), words("Amount"), words("What you pay yourself"))
    days = (words("From"), words("To"))
    return (*map(Column, (*texts, *days)), *(Column(one, numeric=True) for one in numbers))


def _known(answer: LineQuote) -> Money | None:
    return answer.amount if any(row.amount is not None for row in answer.rows) else None


def _prices(draft: Draft, caption: Words) -> Table:
    texts = (words("Support"), words("Kind of day"), words("Item"), words("From"), words("To"), words("Counted in"))
    numbers = (words("Visits"), words("How many"), words("Price"), words("Limit"), words("Amount"))
    columns = (*map(Column, texts), *(Column(one, numeric=True) for one in numbers))
    rows: list[tuple[Content, ...]] = [
        (
            Name(one.line.name),
            BANDS[row.band],
            Name(row.item or ""),
            row.first,
            row.last,
            unit_of(row),
            row.visits if row.visits else "",
            row.quantity,
            row.unit_price,
            row.limit if row.limit is not None else "",
            row.amount,
        )
        for one in draft.quote.lines
        for row in one.rows
    ]
    return Table("prices", caption, columns, rows)


# What is accepted


def asked_table(quote: Quote, title: Words) -> Table:
    """What somebody says yes to, or would, each amount with its explanation."""
    texts = (words("Support"), words("When and how much"), words("From"), words("To"))
    columns = (*map(Column, texts), Column(words("Amount"), numeric=True))
    rows: list[tuple[Content, ...]] = [
        (
            Name(one.line.name),
            Cell(schedule_words(one.line.schedule), note=_rare(one)),
            one.line.period.first,
            one.line.period.last,
            one.figure,
        )
        for one in quote.lines
    ]
    together = _together(quote.complete or quote.unpriced)
    return Table("asked", title, columns, rows, (together, "", "", "", quote.figure.brief))


def _rare(quoted: LineQuote) -> Words | None:
    """What is rare about a support, such as who shares it; None for an ordinary one."""
    told = [words("{label}: {value}", label=label, value=value) for label, value in particulars(quoted.line)]
    return listed(told) if told else None


def accepted_table(frozen: FrozenProposal) -> Table:
    """What was accepted, each amount with its explanation."""
    texts = (words("Support"), words("Provider"), words("When and how much"), words("What for"))
    columns = (*map(Column, texts), Column(words("Amount"), numeric=True))
    rows, foot = [_accepted(line) for line in frozen.lines], _foot(frozen)
    return Table("accepted", words("What was accepted"), columns, rows, (foot[0], "", "", "", foot[1].brief))


def _foot(frozen: FrozenProposal) -> tuple[Words, Figure]:
    """What everything that was accepted costs, and what that is called."""
    figure = proposal_figure(frozen)
    return _together(figure.value is None or all(line.complete for line in frozen.lines)), figure


def _accepted(line: FrozenLine) -> tuple[Content, ...]:
    figure = line_figure(line)
    least: Value | None = None if line.complete or figure.value is None else NOT_KNOWN
    return (
        Name(line.name),
        Name(line.provider) if line.provider else NOBODY,
        schedule_words(line.terms.schedule),
        Name(line.purpose) if line.purpose else NOTHING,
        Cell(figure.value, figure=figure, note=least),
    )


def of_plan(frozen: FrozenProposal) -> Later:
    """The supports of a plan as a file, with what each costs."""
    caption = words("Everything in the plan")

    def make() -> Table:
        rows: list[tuple[Content, ...]] = [
            (
                Name(line.name),
                Name(line.provider) if line.provider else NOBODY,
                Name(line.purpose) if line.purpose else NOTHING,
                schedule_words(line.terms.schedule),
                line.terms.starts,
                line.terms.ends,
                line.minutes,
                line_figure(line),
                line.contribution if line.contribution else "",
            )
            for line in frozen.lines
        ]
        minutes = Minutes(sum(line.minutes.count for line in frozen.lines))
        shares = shares_figure(frozen) if frozen.contribution else ""
        together, amount = _foot(frozen)
        return Table("plan-lines", caption, _heads(), rows, (together, "", "", "", "", "", minutes, amount, shares))

    return Later("plan-lines", caption, make)


def of_figures(figures: Sequence[Figure]) -> Table:
    """How the figures of a draft came about, for the paper below it: each line that the first adds up, then all."""
    rows: list[tuple[Content, ...]] = [(one.label, one) for one in (*figures[0].parts, *figures)]
    columns = (Column(words("Support")), Column(words("Amount"), numeric=True))
    return Table("on-paper", words("How these numbers were worked out"), columns, rows)
