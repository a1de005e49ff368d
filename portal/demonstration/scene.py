"""A stage for made-up stories: units of work as this or that person, through the same verbs as everybody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from portal.work import Actor, ActorKind, Work, utc_now

if TYPE_CHECKING:
    from portal.app import Coplan


class Scene:
    """Knows everybody by a short key: ``scene.account["mei"]``, ``scene.organisation["sunrise"]``."""

    def __init__(self, coplan: Coplan) -> None:
        self.coplan = coplan
        self.account: dict[str, UUID] = {}
        self.client: dict[str, UUID] = {}
        self.organisation: dict[str, UUID] = {}
        self.tie: dict[tuple[str, str], UUID] = {}  #: (client key, account or organisation key)

    @contextmanager
    def acting(self, key: str | None = None) -> Iterator[Work]:
        """A unit of work as one person (freshly confirmed), or as the system; commits, then runs its jobs."""
        actor = None if key is None else Actor(ActorKind.ACCOUNT, self.account[key], key, stepped_up_at=utc_now())
        with self.coplan.open_work() if actor is None else self.coplan.open_work(actor) as work:
            yield work
        self.coplan.jobs.run_waiting()
