"""The pages of scenarios: the list, one with its supports, several side by side, and what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from budgeting.explain.describe import schedule_words
from budgeting.explain.totals import hours_figure
from budgeting.words import Name, nwords, words
from portal.access.table import Action, Resource
from portal.goals import queries as goals
from portal.language import plain, show
from portal.options.model import Came
from portal.people import queries as people
from portal.people.model import Client
from portal.proposals import (
    draft_rows,
    people_known,
    queries,
    scenario_commands as commands,
    scenario_views as views,
)
from portal.proposals.kept import KeptLine, Scenario
from portal.proposals.line_form import LineForm, QuickForm, options, quick_terms, terms_of, typed
from portal.proposals.model import Proposal, ProposalState
from portal.proposals.offering import beside
from portal.proposals.pages import address as address_of_draft
from portal.proposals.queries import Draft
from portal.proposals.scenarios import (
    Side,
    address,
    around,
    as_draft,
    in_force,
    made_for,
    scenario,
    scenarios,
    sides,
)
from portal.proposals.views import choosing
from portal.site import forms
from portal.site.page import Asked, Go, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Refusal, Work

HOME = "/people/{client_id:uuid}/proposals/scenarios"
ONE = HOME + "/{scenario_id:uuid}"
LINE = ONE + "/lines/{key:uuid}"
READ, KEEP = (Resource.DRAFT, Action.READ), (Resource.DRAFT, Action.COMMENT)


def mine(work: Work, client_id: UUID, scenario_id: UUID) -> tuple[Client, Scenario, Draft]:
    """A scenario that the reader may see, as a draft."""
    client = people.client(work, client_id)
    one = scenario(work, client, scenario_id)
    return client, one, as_draft(work, around(work, client), one)


@get(HOME, access=READ)
def home(work: Work, client_id: UUID) -> View:
    """What was tried out and kept, what can be compared, and how to begin."""
    client = people.client(work, client_id)
    found = sides(work, client)
    values = {
        "cards": views.cards(work, scenarios(work, client)),
        "may_keep": work.can(*KEEP, client.id),
        "choices": [(one.key, show(one.title), show(one.kind)) for one in found],
        "choice_options": [(one.key, plain(words("{kind}: {title}", kind=one.kind, title=one.title))) for one in found],
        "came_options": views.came_options(),
        "base": f"/people/{client.id}/proposals/scenarios",
    }
    return View("proposals/scenarios.html", values, client=client)


@dataclass(frozen=True)
class KeepForm:
    title: str = forms.text(120)
    of: str = forms.text(60)
    came: Came | None = forms.choice(Came, required=False)


@post(HOME, access=KEEP, form=KeepForm, view=home)
def keep(work: Work, form: KeepForm, client_id: UUID) -> Go:
    """Make a named copy of a draft, of the plan in force, or of another scenario."""
    client = people.client(work, client_id)
    side = next((one for one in sides(work, client) if one.key == form.of), None)
    if side is None:
        raise Refusal(words("Choose one of the answers."), "of")
    made = commands.keep(work, client, _could_go_into(work, client, side), side.lines, form.title, side, form.came)
    return Go(address(made), words("Kept. Nobody but you sees it until you share it."))


def _could_go_into(work: Work, client: Client, side: Side) -> Proposal:
    """The draft into which a copy of a package could go: its own, else the newest one, else the version it is from."""
    found = queries.proposals(work, client)
    own = [one for one in found if one.id == side.proposal.id]
    drafts = [one for one in found if one.state is ProposalState.DRAFT]
    if own and own[0].state is ProposalState.DRAFT:
        return own[0]
    if not (drafts or own):
        raise NotVisible
    return (drafts or own)[0]


@get(ONE, access=READ)
def one_scenario(work: Work, client_id: UUID, scenario_id: UUID) -> View:
    """One scenario: its supports, what it costs, what it changes, and what can be made of it."""
    client, one, draft = mine(work, client_id, scenario_id)
    goes = queries.proposal(work, client, one.proposal_id)
    now = queries.draft(work, client, goes)
    (whose,) = views.cards(work, [one])
    compared, plan = Side(f"draft-{goes.id}", words("Draft"), Name(goes.title), "", goes, ()), None
    if goes.state is not ProposalState.DRAFT:  # it was agreed, and may have changed since
        for side in [each for each in sides(work, client) if each.key == "plan"]:
            lines = [(str(line.key), line.terms) for line in side.lines]
            compared, plan = side, around(work, client).quote(work, side.proposal, lines)
    this = Side("this", words("Scenario"), Name(one.title), "", draft.proposal, ())
    beside = [(compared, plan or now.quote), (this, draft.quote)]
    values = {
        "scenario": one,
        "whose": whose,
        "made_for": made_for(work, client, one.id),
        "base": address(one),
        "home": f"/people/{client.id}/proposals/scenarios",
        "supports": views.supports(draft, one),
        "against": views.against(draft, one, goes, now, plan),
        "table": views.side_by_side(beside, people_known.known(work, client)),
        "total": draft.quote.figure,
        "hours": hours_figure(draft.quote),
        "complete": draft.quote.complete,
        "deleted": one.deleted_at is not None,
        "came_options": views.came_options(),
        "undoable": one.before is not None,
        "compare_with": f"/people/{client.id}/proposals/scenarios/compare?{compared.key}=yes&scenario-{one.id}=yes",
        "change_href": f"/people/{client.id}/changes/new?because=scenario:{one.id}",
        "has_plan": in_force(work, client) is not None,
        **views.may_use(work, client.id),
    }
    return View("proposals/scenario.html", values, fragment="proposals/_scenario.html", client=client)


# changing one


@post(LINE + "/quick", access=KEEP, form=QuickForm, view=one_scenario)
def quick(work: Work, form: QuickForm, client_id: UUID, scenario_id: UUID, key: UUID) -> Stay:
    """Change the time, the number or the price of a support."""
    _client, one, _draft = mine(work, client_id, scenario_id)
    line = _line(one, key)
    return _put(work, one, replace(line, terms=quick_terms(form, line.terms, one.program)), form.version)


def _line(one: Scenario, key: UUID) -> KeptLine:
    found = next((line for line in one.lines if line.key == key), None)
    if found is None:
        raise NotVisible
    return found


def _put(work: Work, one: Scenario, line: KeptLine, version: int) -> Stay:
    commands.change(work, one, [line if each.key == line.key else each for each in one.lines], version)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class OutForm:
    out: bool = forms.tick()
    version: int = forms.version()


@post(LINE + "/out", access=KEEP, form=OutForm, view=one_scenario)
def out(work: Work, form: OutForm, client_id: UUID, scenario_id: UUID, key: UUID) -> Stay:
    """Leave a support out of a scenario, or take it in again."""
    _client, one, _draft = mine(work, client_id, scenario_id)
    return _put(work, one, replace(_line(one, key), out=form.out), form.version)


@get(LINE, access=KEEP)
def line(work: Work, client_id: UUID, scenario_id: UUID, key: UUID) -> View:
    """Everything one support of a scenario says."""
    client, one, draft = mine(work, client_id, scenario_id)
    kept = _line(one, key)
    values = {
        **options(draft, list(goals.agreed(work, client))),
        "line": kept,
        "f": typed(kept.terms, one.program),
        **beside(work, draft, kept.terms),
        "when": show(schedule_words(kept.terms.schedule)),
        "scenario": one,
        "base": address(one),
        "decides": True,  # it is one's own: nothing here is a suggestion
    }
    return View("proposals/scenario_line.html", values, client=client)


@post(LINE, access=KEEP, form=LineForm, view=line)
def change_line(work: Work, form: LineForm, client_id: UUID, scenario_id: UUID, key: UUID) -> Go:
    """Change anything about a support of a scenario."""
    _client, one, draft = mine(work, client_id, scenario_id)
    kept = _line(one, key)
    _put(work, one, replace(kept, terms=terms_of(form, draft, kept.terms)), form.version)
    return Go(address(one), words("Saved."))


@get(ONE + "/add", access=KEEP)
def add(work: Work, asked: Asked, client_id: UUID, scenario_id: UUID) -> View:
    """Find a support by everyday words, then say who, when and how much."""
    client, one, draft = mine(work, client_id, scenario_id)
    values = {
        **choosing(work, draft, *(asked.query.get(name, "")[:200] for name in ("q", "support", "line"))),
        **options(draft, list(goals.agreed(work, client))),
        "decides": True,
        "base": address(one),
        "instead_of": None,
        "at": f"{address(one)}/add",
        "proposal": draft.proposal,
    }
    return View("proposals/add.html", values, fragment="proposals/_found.html", client=client)


@post(ONE + "/add", access=KEEP, form=LineForm, view=add)
def add_line(work: Work, form: LineForm, client_id: UUID, scenario_id: UUID) -> Go:
    """Add a support to a scenario."""
    _client, one, draft = mine(work, client_id, scenario_id)
    made = KeptLine(uuid4(), terms_of(form, draft))
    commands.change(work, one, [*one.lines, made], one.version)
    return Go(f"{address(one)}#support-{made.key}", words("Added."))


@post(ONE + "/undo", access=KEEP, form=forms.VersionForm, view=one_scenario)
def undo(work: Work, form: forms.VersionForm, client_id: UUID, scenario_id: UUID) -> Stay:
    """Undo the last edit of a scenario."""
    _client, one, _draft = mine(work, client_id, scenario_id)
    commands.undo(work, one, form.version)
    return Stay(words("Undone."))


@dataclass(frozen=True)
class NameForm:
    title: str = forms.text(120)
    note: str = forms.text(2000, required=False)
    came: Came | None = forms.choice(Came, required=False)
    version: int = forms.version()


@post(ONE + "/name", access=KEEP, form=NameForm, view=one_scenario)
def rename(work: Work, form: NameForm, client_id: UUID, scenario_id: UUID) -> Stay:
    """Give a scenario another name."""
    _client, one, _draft = mine(work, client_id, scenario_id)
    commands.rename(work, one, form.title, form.note, form.version, form.came)
    return Stay(words("Saved."))


@dataclass(frozen=True)
class DoForm:
    do: str = forms.one_of(("share", "private", "delete", "back", "copy"))


@post(ONE + "/do", access=KEEP, form=DoForm, view=one_scenario)
def do(work: Work, form: DoForm, client_id: UUID, scenario_id: UUID) -> Stay | Go:
    """Share a scenario or keep it to oneself, put it away or bring it back, or copy it."""
    client, one, _draft = mine(work, client_id, scenario_id)
    if form.do == "copy":
        return _copy(work, client, one, one.lines)
    if form.do == "share":
        commands.share(work, one)
        return Stay(words("Shared. Everybody who may see the draft can now see it."))
    if form.do == "private":
        commands.keep_to_oneself(work, one)
        return Stay(words("Only you see it again."))
    if form.do == "back":
        commands.bring_back(work, one)
        return Stay(words("It is back."))
    commands.delete(work, one)
    return Stay(words("Put away. You can bring it back here."))


def _copy(work: Work, client: Client, one: Scenario, lines: Sequence[KeptLine]) -> Go:
    goes = queries.proposal(work, client, one.proposal_id)
    side = Side("", words("Scenario"), Name(one.title), "", as_draft(work, around(work, client), one).proposal, lines)
    title = plain(words("{title}, a copy", title=Name(one.title)))
    made = commands.keep(work, client, goes, lines, title, side)
    return Go(address(made), words("Kept. Nobody but you sees it until you share it."))


# what is made of one


@dataclass(frozen=True)
class UseForm:
    how: str = forms.one_of(("draft", "suggest", "new"))
    reason: str = forms.text(2000, required=False)
    seen: str = forms.text(64)


@post(ONE + "/use", access=(Resource.DRAFT, Action.WRITE), form=UseForm, view=one_scenario)
def use(work: Work, form: UseForm, client_id: UUID, scenario_id: UUID) -> Go:
    """Put a scenario into the draft, suggest it, or begin a new draft from it."""
    client, one, _draft = mine(work, client_id, scenario_id)
    goes = queries.proposal(work, client, one.proposal_id)
    if form.how == "new":
        made = commands.start_from(work, client, one)
        return Go(address_of_draft(made), words("Your draft is open. Nothing counts until you say yes."))
    if form.seen != views.seen(one, draft_rows.lines(work, goes)):
        return Go(address(one), words("Something changed since you opened this page. Look at it again, then press."))
    return into_draft(work, goes, one.lines, form.reason, suggest=form.how == "suggest")


def into_draft(work: Work, goes: Proposal, lines: Sequence[KeptLine], reason: str, *, suggest: bool) -> Go:
    """Make a draft what some lines say, or suggest it; from those who do not decide it is always a suggestion."""
    if suggest or not work.can(Resource.DRAFT, Action.APPROVE, goes.client_id):
        made = commands.suggest(work, goes, lines, reason)
        said = nwords(
            "{n} suggestion is made. Nothing changes until it is accepted.",
            "{n} suggestions are made. Nothing changes until they are accepted.",
            made,
        )
        return Go(address_of_draft(goes), said)
    changed = commands.put_into(work, goes, lines)
    said = nwords(
        "{n} support in the draft changed. You can undo it in one press.",
        "{n} supports in the draft changed. You can undo it in one press.",
        changed,
    )
    return Go(address_of_draft(goes), said)
