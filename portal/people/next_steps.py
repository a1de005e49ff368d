"""What is next for a client, and how things stand: each slice says its part, the overview shows them together.

A slice registers once, in its ``queries.py`` (so that it is known as soon as its pages are):

    @next_steps.of_client
    def agreements_to_sign(work: Work, client: Client) -> Iterable[NextStep]:
        for agreement in ...visible(work, Agreement)...:
            yield NextStep(words("Sign the agreement with {provider}.", provider=...), f"/people/{client.id}/...")

    @next_steps.at_a_glance(order=20)
    def money_left(work: Work, client: Client) -> Iterable[Glance]:
        yield Glance(words("Money left"), left, f"/people/{client.id}/funding", words("until {day}", day=ends))

What waits for somebody whoever it is about, for instance everything a provider was sent, is said once for the reader:

    @next_steps.of_reader
    def parts_to_read(work: Work) -> Iterable[NextStep]: ...

The functions read through ``visible(work, ...)`` like every query, so a reader is only told of what they may see: yield
nothing when there is nothing for them. They run on every overview, and for staff on a page of people for all of them:
what is registered there says it for many clients at once, with one or two statements however many they are:

    @next_steps.of_clients
    def agreements_to_sign(work: Work, clients: Clients) -> Iterable[tuple[UUID, NextStep]]:
        for agreement in ...visible(work, Agreement).where(Agreement.client_id.in_(clients))...:
            yield agreement.client_id, NextStep(...)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from budgeting.explain import Figure
from budgeting.words import Value, Words
from portal.people.model import Client
from portal.work import Work

JUST_NOW = timedelta(minutes=10)  # a job takes seconds; what takes longer is no more said to come in a moment


@dataclass(frozen=True)
class NextStep:
    """Something that waits: one sentence and where to do it.

    ``urgent`` comes first among those whose turn it is. ``waiting_for`` names whose turn it is when it is not the
    reader's ("{provider}"). ``coming``: the portal itself does it in a moment, and a page may look again.
    ``accepted``: the one accepted version of a draft it is about; None where it is not about one.
    """

    words: Words
    href: str
    urgent: bool = False
    waiting_for: Words | None = None
    coming: bool = False
    accepted: UUID | None = None

    @property
    def yours(self) -> bool:
        return self.waiting_for is None


@dataclass(frozen=True)
class Glance:
    """How one thing stands: a label, one value (an amount, a day, a sentence), where to read more, a short note below.

    ``fill`` (0 to 100, or more when overdrawn) draws a bar: how much is used; ``note`` must then say the same in words.
    """

    label: Words
    value: Value
    href: str
    note: Words | None = None
    fill: int | None = None
    figure: Figure | None = None  #: where the value can be explained

    @property
    def says(self) -> bool:
        """Whether its value is a sentence, which is not written as large as a figure."""
        return isinstance(self.value, Words)


Clients = Mapping[UUID, Client]
StepsOfMany = Callable[[Work, Clients], Iterable[tuple[UUID, NextStep]]]
Glances = Callable[[Work, Client], Iterable[Glance]]

Own = Callable[[Work], Iterable[NextStep]]

_STEPS: list[StepsOfMany] = []
_OWN: list[Own] = []
_GLANCES: list[tuple[int, Glances]] = []


def of_clients(tell: StepsOfMany) -> StepsOfMany:
    """Register what a slice wants to say about the next steps of many clients at once, in a few statements."""
    _STEPS.append(tell)
    return tell


def of_reader(tell: Own) -> Own:
    """Register what a slice wants to say to whoever reads, apart from any one client."""
    _OWN.append(tell)
    return tell


def at_a_glance(order: int) -> Callable[[Glances], Glances]:
    """Register what a slice shows at a glance, lower first: money 10, draft 20, agreements 30, plan 40, changes 50."""

    def register(tell: Glances) -> Glances:
        _GLANCES.append((order, tell))
        return tell

    return register


def steps(work: Work, client: Client) -> Sequence[NextStep]:
    """What is next for this client, as far as the reader may know: their own turn first, and urgent before the rest."""
    return steps_of(work, [client])[client.id]


def steps_of(work: Work, clients: Iterable[Client]) -> Mapping[UUID, Sequence[NextStep]]:
    """The same for many clients; every one of them has an entry, empty where nothing waits."""
    asked = {client.id: client for client in clients}
    found: dict[UUID, list[NextStep]] = {client_id: [] for client_id in asked}
    for tell in _STEPS if asked else ():
        for client_id, step in tell(work, asked):
            found[client_id].append(step)
    return {
        client_id: sorted(some, key=lambda step: (not step.yours, not step.urgent)) for client_id, some in found.items()
    }


def own(work: Work) -> Sequence[NextStep]:
    """What waits for the reader apart from any one client; nothing for somebody who is not signed in."""
    return [step for tell in _OWN for step in tell(work)] if work.account_id else []


def glances(work: Work, client: Client) -> Sequence[Glance]:
    """How things stand, as far as the reader may know, in the order of the plan."""
    return [glance for _, tell in sorted(_GLANCES, key=lambda pair: pair[0]) for glance in tell(work, client)]
