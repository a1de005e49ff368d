"""What was tried is kept as a scenario or put into the draft, in one press: what-ifs, trades, fixes of the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl
from uuid import UUID

from budgeting.choosing.trades import Trade
from budgeting.forecast.mending import Fix
from budgeting.package import Package
from budgeting.words import Words, words
from portal.language import show_plain
from portal.people.model import Client
from portal.proposals import queries, scenario_commands as commands, scenarios, trying
from portal.proposals.kept import Scenario
from portal.proposals.model import Proposal
from portal.proposals.pages import ONE, address, found
from portal.proposals.queries import Draft
from portal.proposals.scenario_pages import into_draft
from portal.proposals.terms import Terms
from portal.proposals.what_if import KEEP, more_of_this, rehearsal_of, trades_of, what_if, year
from portal.site import forms
from portal.site.page import Go
from portal.site.routing import post
from portal.work import Work

OLD = words("The draft has changed since you opened this page. Here is what is possible now.")
LONGEST = 20_000  # characters of an address with everything that was tried


@dataclass(frozen=True)
class TriedForm:
    title: str = forms.text(120)
    asked: str = forms.text(LONGEST)


@post(ONE + "/what-if", access=KEEP, form=TriedForm, view=what_if)
def keep_tried(work: Work, form: TriedForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Keep what was tried as a scenario."""
    client, one = found(work, client_id, proposal_id)
    draft = queries.draft(work, client, one)
    after, _fields = trying.tried(draft.quote.package, _query(form.asked))
    return _scenario(work, client, one, draft, after, form.title)


@dataclass(frozen=True)
class TakeForm:
    choice: int = forms.number(most=20)
    seen: str = forms.text(64)
    asked: str = forms.text(LONGEST, required=False)
    into: str = forms.one_of(("scenario", "draft"))


@post(ONE + "/more", access=KEEP, form=TakeForm, view=more_of_this)
def take_trade(work: Work, form: TakeForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Try a trade as a scenario, or put it into the draft."""
    client, one = found(work, client_id, proposal_id)
    draft = queries.draft(work, client, one)
    answer, _wrong = trades_of(work, client, one, draft, _query(form.asked))
    choices: list[Trade | Fix] = [*answer.found] if answer else []
    said = answer.wished if answer else words("More of this, same money")
    return _taken(work, client, one, draft, form, choices, said, f"{address(one)}/more?{form.asked}")


@post(ONE + "/year", access=KEEP, form=TakeForm, view=year)
def take_fix(work: Work, form: TakeForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Try what would mend the year as a scenario, or put it into the draft."""
    client, one = found(work, client_id, proposal_id)
    draft = queries.draft(work, client, one)
    fixes = rehearsal_of(work, client, one, draft).fixes
    said = fixes[form.choice - 1].words if 0 < form.choice <= len(fixes) else words("The year rehearsed")
    return _taken(work, client, one, draft, form, [*fixes], said, f"{address(one)}/year")


def _taken(
    work: Work,
    client: Client,
    one: Proposal,
    draft: Draft,
    form: TakeForm,
    choices: list[Trade | Fix],
    said: Words,
    page: str,
) -> Go:
    """One choice, if it is still the one that was seen; else the page as it is now."""
    chosen = choices[form.choice - 1] if 0 < form.choice <= len(choices) else None
    if chosen is None or trying.seen(chosen) != form.seen:
        return Go(page, OLD)
    if form.into == "scenario":
        return _scenario(work, client, one, draft, chosen.package, title_of(said))
    kept = scenarios.lines_of(chosen.package, draft.quote.package, _says(draft))
    return into_draft(work, one, kept, "", suggest=False)


def _scenario(work: Work, client: Client, one: Proposal, draft: Draft, tried: Package, title: str) -> Go:
    lines = scenarios.lines_of(tried, draft.quote.package, _says(draft))
    return kept_as_scenario(commands.keep(work, client, one, lines, title))


def kept_as_scenario(made: Scenario) -> Go:
    """To what was just kept to be tried."""
    return Go(scenarios.address(made), words("Kept as a scenario. Nobody but you sees it until you share it."))


def _says(draft: Draft) -> Mapping[str, Terms]:
    return {str(line.key): line.terms for line in draft.lines}


def title_of(said: Words) -> str:
    """A sentence as a name that is kept: without the marks that set values apart."""
    return show_plain(said).translate(dict.fromkeys(range(0x2066, 0x206A))).rstrip(".")


def _query(asked: str) -> Mapping[str, str]:
    return dict(parse_qsl(asked, keep_blank_values=True))
