"""Who comes: this week, new workers that wait for a yes, and a private wish."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.people import queries as people
from portal.people.parts import BY_CONSENT
from portal.plans import queries as plans
from portal.plans.rows import called_support
from portal.site import forms
from portal.site.page import Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work
from portal.workers import commands, queries, showing
from portal.workers.states import WorkerAct

READ = (Resource.PLAN, Action.READ)
ANSWER = (Resource.REQUEST, Action.WRITE)
WISH = (Resource.REQUEST, Action.SHARE)
ANSWERS = (WorkerAct.ACCEPT.value, WorkerAct.MEET.value, WorkerAct.DECLINE.value)


@get("/people/{client_id:uuid}/workers", access=READ)
def workers(work: Work, client_id: UUID) -> View:
    """Who comes this week, who waits for a yes, and who comes from which provider."""
    client = people.client(work, client_id)
    found = queries.workers(work, client)
    visits = queries.week(work, client)
    wishes = queries.not_again(work, client)
    names = plans.provider_names(
        work, [*(one.provider_id for one in found), *(one.going.part.provider_id for one in visits)]
    )
    supports = {part.line_id: called_support(part) for part in plans.parts(work, client)}
    shadows, today = queries.shadows(work, [client.id]), work.today(client)
    decides = queries.decides(work, client)
    whose = showing.waiting_for(Name(client.name), yours=decides)
    rows = [
        showing.row(one, supports, names.get(one.provider_id, Name("")), shadows, today, whose, wish=wishes.get(one.id))
        for one in found
    ]
    waiting, coming, past = showing.sorted_rows(rows)
    own = people.is_own(work, client)
    values = {
        "own": own,
        "person": Name(client.name),
        "base": f"/people/{client.id}",
        "days": showing.coming(visits, names, wishes),
        "waiting": waiting,
        "coming": coming,
        "past": past,
        "answers": work.can(Resource.REQUEST, Action.SHARE, client.id),
        "told": not decides,  # then the reader may only write down what the person told them
        "wishes": work.can(Resource.REQUEST, Action.SHARE, client.id) and queries.may_wish(work, client),
        "near": work.can(Resource.PLAN, Action.COMMENT, client.id),
        "may_be_let": work.decide(Resource.PLAN, Action.READ, client.id).relationship in BY_CONSENT,
        "backups": work.can(Resource.REQUEST, Action.READ, client.id),
    }
    return View("workers/workers.html", values, client=client)


@dataclass(frozen=True)
class AnswerForm:
    answer: str = forms.one_of(ANSWERS)
    told: bool = forms.tick()
    version: int = forms.version()


@post("/people/{client_id:uuid}/workers/{worker_id:uuid}/answer", access=ANSWER, form=AnswerForm, view=workers)
def answer(work: Work, form: AnswerForm, client_id: UUID, worker_id: UUID) -> Stay:
    """Yes, not this one, or meet first."""
    row = queries.worker(work, people.client(work, client_id), worker_id)
    row.expect(form.version)
    commands.answer(work, row, WorkerAct(form.answer), told=form.told)
    return Stay(words("Your answer is saved. The provider is told."))


@dataclass(frozen=True)
class WishForm:
    why: str = forms.text(1000, required=False)


@post("/people/{client_id:uuid}/workers/{worker_id:uuid}/not-again", access=WISH, form=WishForm, view=workers)
def not_again(work: Work, form: WishForm, client_id: UUID, worker_id: UUID) -> Stay:
    """A private wish that somebody does not come again."""
    row = queries.worker(work, people.client(work, client_id), worker_id)
    commands.say_not_again(work, row, form.why)
    return Stay(words("Noted. Only you and your coordinator can read it."))


@post("/people/{client_id:uuid}/workers/{worker_id:uuid}/again", access=WISH, view=workers)
def again(work: Work, client_id: UUID, worker_id: UUID) -> Stay:
    """They may come again after all."""
    wish = queries.not_again(work, people.client(work, client_id)).get(worker_id)
    if wish is None:
        raise NotVisible
    commands.take_back_wish(work, wish)
    return Stay(words("The wish is taken back."))


@dataclass(frozen=True)
class AlongForm:
    agreed: str = forms.one_of(("yes", "no"))
    told: bool = forms.tick()
    version: int = forms.version()


@post("/people/{client_id:uuid}/workers/along/{shadow_id:uuid}", access=ANSWER, form=AlongForm, view=workers)
def along(work: Work, form: AlongForm, client_id: UUID, shadow_id: UUID) -> Stay:
    """Yes or no to a worker coming along once to learn."""
    row = queries.shadow(work, people.client(work, client_id), shadow_id)
    row.expect(form.version)
    commands.answer_shadow(work, row, agreed=form.agreed == "yes", told=form.told)
    return Stay(words("Your answer is saved. The provider is told."))
