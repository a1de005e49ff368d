"""The pages of a proposal: the list, the budget sheet, adding a support, and every edit made in the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from budgeting.explain.describe import schedule_words
from budgeting.explain.particulars import particulars
from budgeting.explain.payments import payer_figure
from budgeting.explain.totals import contributions_figure, quote_figures
from budgeting.period import Period
from budgeting.programs import PROGRAMS, program
from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.funding import queries as funding
from portal.goals import queries as goals
from portal.language import plain, show
from portal.people import next_steps, queries as people
from portal.people.model import Client
from portal.proposals import commands, edits, files, queries, suggested, talk_commands
from portal.proposals.line_form import LineForm, QuickForm, options, quick_terms, terms_of, typed
from portal.proposals.lines import title_after
from portal.proposals.model import Feeling, Line, Proposal, SuggestionKind
from portal.proposals.offering import begun_with, beside
from portal.proposals.sheet import sheet
from portal.proposals.talk import feelings, log, put_off, talk
from portal.proposals.terms import Terms
from portal.proposals.together import mark_of
from portal.proposals.views import (
    accepted,
    choosing,
    figure as named_figure,
    heard,
    named_price,
    not_part_of_it,
    on_holidays,
)
from portal.proposals.where import of_proposal
from portal.site import forms
from portal.site.appendix import appendix
from portal.site.page import Asked, Go, Stay, View
from portal.site.routing import get, post
from portal.work import Work

HOME = "/people/{client_id:uuid}/proposals"
ONE = HOME + "/{proposal_id:uuid}"
LINE = ONE + "/lines/{line_id:uuid}"
READ, WRITE, DECIDE = (
    (Resource.DRAFT, Action.READ),
    (Resource.DRAFT, Action.WRITE),
    (Resource.DRAFT, Action.APPROVE),
)
YEAR = timedelta(days=364)


def found(work: Work, client_id: UUID, proposal_id: UUID) -> tuple[Client, Proposal]:
    """The client and their proposal, as the reader may see them."""
    client = people.client(work, client_id)
    return client, queries.proposal(work, client, proposal_id)


def line_of(work: Work, client_id: UUID, proposal_id: UUID, line_id: UUID) -> tuple[Client, Proposal, Line]:
    """The same with one of its lines."""
    client, proposal = found(work, client_id, proposal_id)
    return client, proposal, queries.line(work, proposal, line_id)


def address(proposal: Proposal) -> str:
    """Where a proposal is."""
    return f"/people/{proposal.client_id}/proposals/{proposal.id}"


@get(HOME, access=READ)
def proposals(work: Work, client_id: UUID) -> View:
    """Every draft and accepted version of this client, and how to begin."""
    client = people.client(work, client_id)
    plan, days = funding.current(work, client), _next_days(work, client)
    every = queries.proposals(work, client, kept=True)
    taken, first = {each.title for each in every}, plain(words("My plan"))
    values = {
        "proposals": every,
        "may_start": work.can(Resource.DRAFT, Action.WRITE, client.id),
        "programs": [(key, show(Name(program(key).name))) for key in PROGRAMS],
        "program": plan.program if plan else PROGRAMS[0],
        "starts": days.first.isoformat(),
        "ends": days.last.isoformat(),
        "title": first if first not in taken else title_after(first, taken),
        "base": f"/people/{client.id}/proposals",
    }
    return View("proposals/proposals.html", values, client=client)


def _next_days(work: Work, client: Client) -> Period:
    """The days that a new draft is for: those that are left of the funding, or a year where there is none for today."""
    today = work.today(client)
    plan = funding.current(work, client)
    if plan is None or (last := funding.last_day(plan, today)) < today:
        return Period(today, today + YEAR)
    return Period(min(max(funding.first_unspent(plan), today), last), last)


@dataclass(frozen=True)
class StartForm:
    title: str = forms.text(120)
    program: str = forms.one_of(PROGRAMS)
    starts: date = forms.day()
    ends: date = forms.day()
    kept: bool = forms.tick()


@post(HOME, access=WRITE, form=StartForm, view=proposals)
def start(work: Work, form: StartForm, client_id: UUID) -> Go:
    """Begin to work on a plan."""
    client = people.client(work, client_id)
    made = commands.start(work, client, form.title, form.program, form.starts, form.ends, kept=form.kept)
    return Go(address(made), words("Your draft is open. Nothing counts until you say yes."))


@get(ONE, access=READ)
def proposal(work: Work, client_id: UUID, proposal_id: UUID) -> View:
    """The budget sheet, and the talk about the whole."""
    client, one = found(work, client_id, proposal_id)
    draft = queries.draft(work, client, one)
    if one.frozen is not None:
        values = {**accepted(work, one, one.frozen), **not_part_of_it(work, draft), **_after_a_yes(work, client, one)}
        values |= {**talk(work, draft, None), "against": [row for row in log(work, draft) if row["stood"]]}
        return View("proposals/accepted.html", values, fragment="proposals/_next.html", client=client)
    shown = {**sheet(work, draft), **edits.offered(work, draft), "mark": mark_of(draft)}
    values = {**shown, "heard": heard(work, client), **talk(work, draft, None), "files": files.of_draft(draft)}
    return View("proposals/proposal.html", values, fragment="proposals/_sheet.html", client=client)


def _after_a_yes(work: Work, client: Client, one: Proposal) -> dict[str, object]:
    """How far an accepted version has come, and the next step: about agreements or the plan, else what waits first."""
    steps = next_steps.steps(work, client)
    pages = (f"/people/{client.id}/agreements", f"/people/{client.id}/plan")
    about = [one for one in steps if one.href.startswith(pages)] or steps[:1]
    step = next((one for one in about if one.coming), about[0] if about else None)
    return {"own": people.is_own(work, client), "step": step, "where": of_proposal(work, client, one)}


@post(ONE + "/close", access=DECIDE, view=proposal)
def close(work: Work, client_id: UUID, proposal_id: UUID) -> Go:
    """Put a draft away."""
    _client, one = found(work, client_id, proposal_id)
    commands.close(work, one)
    return Go(f"/people/{client_id}/proposals", words("The draft is put away. You can still read it."))


@post(ONE + "/again", access=WRITE, view=proposal)
def again(work: Work, client_id: UUID, proposal_id: UUID) -> Go:
    """Begin a new draft with the lines of this one."""
    client, one = found(work, client_id, proposal_id)
    taken = {each.title for each in queries.proposals(work, client, kept=True)}
    days = _next_days(work, client) if one.ends < work.today(client) else None
    made = commands.go_on_from(work, one, title_after(one.title, taken), days)
    return Go(address(made), words("A new draft with the same supports. What was agreed before stays as it is."))


@get(ONE + "/why", access=READ)
def all_figures(work: Work, client_id: UUID, proposal_id: UUID) -> View:
    """Every figure of the sheet with its explanation, to be read or printed as a whole."""
    client, one = found(work, client_id, proposal_id)
    quote = queries.draft(work, client, one).quote
    figures = quote_figures(quote)
    if not program(one.program).client_share and not quote.contribution:  # nothing is asked, so nothing is unknown
        figures = tuple(figure for figure in figures if figure.label != contributions_figure(quote).label)
    values = {"figures": figures, "appendix": appendix(figures), "on_paper_of": files.of_figures(figures)}
    values |= {"proposal": one, "base": address(one)}
    return View("proposals/worked_out.html", values, fragment="proposals/_on_paper.html", client=client)


@get(ONE + "/why/{figure:str}", access=READ)
def why(work: Work, client_id: UUID, proposal_id: UUID, figure: str) -> View:
    """One figure of the sheet with its sum, rule, source and date."""
    client, one = found(work, client_id, proposal_id)
    draft = queries.draft(work, client, one)
    values = {"figure": named_figure(draft, figure), "key": figure, "back_to": address(one)}
    return View("proposals/why.html", values, fragment="proposals/_why.html", client=client)


# editing in the sheet


@post(LINE + "/quick", access=WRITE, form=QuickForm, view=proposal)
def quick(work: Work, form: QuickForm, client_id: UUID, proposal_id: UUID, line_id: UUID) -> Stay:
    """Change the time, the number or the price of a line; from others it is a suggestion."""
    _client, one, line = line_of(work, client_id, proposal_id, line_id)
    return change(work, one, line, quick_terms(form, line.terms, one.program), form.version, "")


def change(work: Work, one: Proposal, line: Line, terms: Terms, version: int, reason: str) -> Stay:
    """Edit a line where the reader decides, else suggest it."""
    if work.can(Resource.DRAFT, Action.APPROVE, one.client_id):
        commands.edit_line(work, line, one, terms, version)
        return Stay(words("Saved."))
    line.expect(version)
    made = talk_commands.suggest(work, one, SuggestionKind.CHANGE, line, terms, reason)
    return Stay(words("Suggested. Nothing changes until it is accepted.") if made else words("It says that already."))


@post(LINE + "/undo", access=DECIDE, form=forms.VersionForm, view=proposal)
def undo(work: Work, form: forms.VersionForm, client_id: UUID, proposal_id: UUID, line_id: UUID) -> Stay:
    """Undo the last edit of a line."""
    _client, one, line = line_of(work, client_id, proposal_id, line_id)
    commands.undo(work, line, one, form.version)
    return Stay(words("Undone."))


@post(LINE + "/back", access=DECIDE, form=forms.VersionForm, view=proposal)
def bring_back(work: Work, form: forms.VersionForm, client_id: UUID, proposal_id: UUID, line_id: UUID) -> Stay:
    """Bring a line back into the draft."""
    _client, one, line = line_of(work, client_id, proposal_id, line_id)
    commands.bring_back(work, line, one)
    return Stay(words("It is back in the draft."))


@dataclass(frozen=True)
class AnswerForm:
    answer: str = forms.text(2000, required=False)
    say: str = forms.one_of(("yes", "no", "back"))
    version: int = forms.version()


@post(ONE + "/suggestions/{suggestion_id:uuid}", access=WRITE, form=AnswerForm, view=proposal)
def answer(work: Work, form: AnswerForm, client_id: UUID, proposal_id: UUID, suggestion_id: UUID) -> Stay:
    """Say yes or no to a suggestion, or take one's own back."""
    _client, one = found(work, client_id, proposal_id)
    suggestion = queries.suggestion(work, one, suggestion_id)
    suggestion.expect(form.version)
    if form.say == "back":
        talk_commands.withdraw(work, suggestion)
        return Stay(words("Your suggestion is taken back."))
    if form.say == "no":
        talk_commands.decline_suggestion(work, suggestion, form.answer)
        return Stay(words("You said no. The draft stays as it is."))
    if work.can(*DECIDE, client_id):
        commands.accept_suggestion(work, suggestion, one, form.answer)
    else:
        commands.agree(work, suggestion, one, form.answer)
    return Stay(words("You said yes. The draft is changed."))


# adding a support


@get(ONE + "/add", access=WRITE)
def add(work: Work, asked: Asked, client_id: UUID, proposal_id: UUID) -> View:
    """Find a support by everyday words, then say who, when and how much."""
    client, one = found(work, client_id, proposal_id)
    one.must_be_draft()
    draft = queries.draft(work, client, one)
    chosen = choosing(work, draft, *(asked.query.get(name, "")[:200] for name in ("q", "support", "line")))
    values = {
        **chosen,
        "f": begun_with(chosen["f"], asked.query),
        "decides": work.can(Resource.DRAFT, Action.APPROVE, client.id),
        "instead_of": None,
        "goal": asked.query.get("goal", "")[:200],
        "at": f"{address(one)}/add",
        "base": address(one),
        "proposal": one,
        **options(draft, list(goals.agreed(work, client))),
    }
    return View("proposals/add.html", values, fragment="proposals/_found.html", client=client)


@post(ONE + "/add", access=WRITE, form=LineForm, view=add)
def add_line(work: Work, form: LineForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Add a line, or suggest one."""
    client, one = found(work, client_id, proposal_id)
    terms = terms_of(form, queries.draft(work, client, one))
    if work.can(Resource.DRAFT, Action.APPROVE, client.id):
        made = commands.add_line(work, one, terms)
        return Go(f"{address(one)}#line-{made.id}", words("Added. The sheet shows what it costs."))
    asked = talk_commands.suggest(work, one, SuggestionKind.ADD, None, terms, form.reason)
    at = f"{address(one)}#suggestion-{asked.id}" if asked else address(one)
    return Go(at, words("Suggested. Nothing changes until it is accepted."))


# one line


@get(LINE, access=READ)
def line(work: Work, client_id: UUID, proposal_id: UUID, line_id: UUID) -> View:
    """One line with everything it says, what was suggested, and the talk about it."""
    client, one, row = line_of(work, client_id, proposal_id, line_id)
    draft = queries.draft(work, client, one)
    mine = queries.own_reaction(work, row)
    plain = next((each.line for each in draft.quote.lines if each.line.id == str(row.key)), None)
    values = {
        **(shown := sheet(work, draft)),
        "row": next((each for each in shown["rows"] if each.id == row.id), None),
        **talk(work, draft, row),
        **options(draft, list(goals.agreed(work, client))),
        "line": row,
        "f": typed(row.terms, one.program),
        **beside(work, draft, row.terms),
        "cost": draft.quote.line(str(row.key)).figure if plain else None,
        "payer": payer_figure(draft.quote, draft.quote.line(str(row.key))) if plain else None,
        "particulars": [(show(what), show(value)) for what, value in particulars(plain)] if plain else [],
        "when": show(schedule_words(row.terms.schedule)),
        "price": show(said) if (said := named_price(row.terms, plain.price if plain else None)) is not None else None,
        "holidays": show(told) if (told := on_holidays(row.terms, one.program)) else None,
        "feelings": feelings(work, draft, row),
        "mine": mine.feeling.value if mine else "",
        "past": suggested.past(work, draft, row),
        **put_off(work, draft, row),
        "edited_by": show(Name(draft.names.get(row.edited_by, ""))) if row.edited_by else None,
    }
    return View("proposals/line.html", values, client=client)


@post(LINE, access=WRITE, form=LineForm, view=line)
def change_line(work: Work, form: LineForm, client_id: UUID, proposal_id: UUID, line_id: UUID) -> Stay:
    """Change anything about a line; from others it is a suggestion."""
    client, one, row = line_of(work, client_id, proposal_id, line_id)
    terms = terms_of(form, queries.draft(work, client, one), row.terms)
    return change(work, one, row, terms, form.version, form.reason)


@dataclass(frozen=True)
class OutForm:
    how: str = forms.one_of(("remove", "park", "back"))
    owner: UUID | None = forms.record_id(required=False)
    due: date | None = forms.day(required=False)
    reason: str = forms.text(2000, required=False)
    version: int = forms.version()


@post(LINE + "/out", access=WRITE, form=OutForm, view=line)
def out(work: Work, form: OutForm, client_id: UUID, proposal_id: UUID, line_id: UUID) -> Go:
    """Take a line out, leave it out for now, or suggest to take it out."""
    _client, one, row = line_of(work, client_id, proposal_id, line_id)
    row.expect(form.version)
    if not work.can(Resource.DRAFT, Action.APPROVE, client_id):
        talk_commands.suggest(work, one, SuggestionKind.REMOVE, row, None, form.reason)
        return Go(address(one), words("Suggested. Nothing changes until it is accepted."))
    if form.how == "park":
        commands.park(work, row, one, form.owner if form.due else None, form.due)
        return Go(address(one), words("Left out for now. You can go on talking about it."))
    commands.remove_line(work, row, one, form.version)
    return Go(address(one), words("Taken out. You can bring it back below the sheet."))


@dataclass(frozen=True)
class SayForm:
    text: str = forms.text(4000)
    line: UUID | None = forms.record_id(required=False)
    about: UUID | None = forms.record_id(required=False)
    disagrees: bool = forms.tick()


@post(ONE + "/say", access=(Resource.DRAFT, Action.COMMENT), form=SayForm, view=proposal)
def say(work: Work, form: SayForm, client_id: UUID, proposal_id: UUID) -> Go:
    """Say something about a line or the whole."""
    _client, one = found(work, client_id, proposal_id)
    row = queries.line(work, one, form.line) if form.line else None
    about = queries.suggestion(work, one, form.about) if form.about else None
    talk_commands.say(work, one, row, form.text, disagrees=form.disagrees, about=about)
    back = f"{address(one)}/lines/{row.id}#talk" if row else f"{address(one)}#talk"
    back = f"{address(one)}/suggestions/{about.id}#talk" if about else back
    said = words("Kept. The rest can go on meanwhile.") if form.disagrees else words("Kept, word for word.")
    return Go(back, said)


@post(ONE + "/comments/{comment_id:uuid}/settle", access=(Resource.DRAFT, Action.COMMENT), view=proposal)
def settle(work: Work, client_id: UUID, proposal_id: UUID, comment_id: UUID) -> Go:
    """Settle a disagreement."""
    _client, one = found(work, client_id, proposal_id)
    comment = queries.comment(work, one, comment_id)
    talk_commands.settle(work, comment)
    where = f"{address(one)}/lines/{comment.line_id}" if comment.line_id else address(one)
    return Go(f"{where}#talk", words("Settled."))


@dataclass(frozen=True)
class FeelForm:
    feeling: Feeling = forms.choice(Feeling)


@post(LINE + "/feel", access=(Resource.DRAFT, Action.COMMENT), form=FeelForm, view=line)
def feel(work: Work, form: FeelForm, client_id: UUID, proposal_id: UUID, line_id: UUID) -> Stay:
    """Show how one feels about a line."""
    _client, _one, row = line_of(work, client_id, proposal_id, line_id)
    talk_commands.react(work, row, form.feeling)
    return Stay(words("Kept."))
