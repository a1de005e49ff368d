"""Contributions of the demonstration: one that is paid, one that is open, one that a son is asked to pay."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from budgeting.money import Money
from portal.access.table import Action, Relationship, Resource
from portal.demonstration.scene import Scene
from portal.payments import commands, queries
from portal.payments.gateway import Page
from portal.payments.model import Attempt, Contribution
from portal.payments.states import AttemptState
from portal.people.model import Client, Consent, Tie
from portal.people.queries import client
from portal.work import Work


def fill(scene: Scene) -> None:
    """Let Priya ask, Margaret pay, and Margaret's son see only what he is asked to pay."""
    _let_her_son_pay(scene)
    with scene.acting("priya") as work:
        margaret = client(work, scene.client["margaret"])
        today = work.today(margaret)
        paid = _ask(work, margaret, 8_640, "Your part of cleaning and gardening in the last quarter", today, None)
        _ask(work, margaret, 5_120, "Your part of cleaning this quarter", today + timedelta(days=21), None)
        son = scene.account["tom"]
        _ask(work, margaret, 2_150, "Your part of the ride to the choir", today + timedelta(days=14), son)
    _pay(scene, paid)


def _ask(work: Work, margaret: Client, cents: int, purpose: str, due: date, payer: UUID | None) -> Contribution:
    return commands.ask(work, margaret, Money(cents), purpose, due, payer)


def _let_her_son_pay(scene: Scene) -> None:
    """Tom helps his mother decide; as her son he may also pay, which is another tie with its own consent."""
    with scene.acting() as work:
        began = work.day - timedelta(days=120)
        tie = Tie(
            client_id=scene.client["margaret"],
            relationship=Relationship.FAMILY,
            account_id=scene.account["tom"],
            label="son",
            starts=began,
        )
        work.session.add(tie)
        work.session.flush()
        work.session.add(
            Consent(
                client_id=tie.client_id,
                tie_id=tie.id,
                covers=Resource.PAYMENT,
                comments=True,
                purpose="To pay for me now and then",
                starts=began,
                ends=work.day + timedelta(days=245),
                given_how="in person",
            )
        )


def _pay(scene: Scene, asked: Contribution) -> None:
    """What the payment service would have said; in the demonstration no money moves."""
    page = Page(
        session_id="cs_test_demonstration",
        url=None,
        intent_id="pi_demonstration",
        state=AttemptState.PAID,
        minor=asked.amount.minor,
        currency=asked.amount.currency,
        expected_mode=True,
        attempt=Attempt.id_for(asked.id, 1),
        contribution=asked.id,
    )
    with scene.acting("margaret") as work:
        found = queries.contribution(work, asked.client_id, asked.id, Action.APPROVE)
        commands.begin(work, found, 1, page)
    with scene.acting() as work:
        commands.settle(work, page)
