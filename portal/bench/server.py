"""The portal as a process of its own, with three addresses more that exist only here: ready-made bytes, and times."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from sqlalchemy.orm import Session

from portal.app import Coplan
from portal.jobs import job
from portal.journal import Circumstances, Event, Journal, JournalEntry
from portal.proposals import pricing
from portal.proposals.events import LineChanged
from portal.settings import Settings, from_environment
from portal.site.headers import with_headers
from portal.site.incoming import Incoming
from portal.site.render import Reply
from portal.site.serve import Desk
from portal.work import Work

READY_MADE, BARE, TIMES = "/bench/ready-made", "/bench/bare", "/bench/times"


class CountedJournal(Journal):
    """Leaves one job for each line that changed, in the same transaction, so that lost jobs can be counted."""

    def __init__(self, key: bytes, coplan: Coplan) -> None:
        super().__init__(key)
        self._jobs = coplan.jobs

    def append(self, session: Session, event: Event, how: Circumstances) -> JournalEntry:
        entry = super().append(session, event, how)
        if isinstance(event, LineChanged):
            self._jobs.later(session, "bench.count", {"seq": entry.seq})
        return entry


@job("bench.count")
def count(work: Work, seq: str) -> None:
    """Leave a trace that this job ran."""
    (done(work.house.settings) / str(seq)).touch()


def done(settings: Settings) -> Path:
    """Where jobs leave their traces."""
    folder = settings.data / "done"
    folder.mkdir(exist_ok=True)
    return folder


class TimedDesk(Desk):
    """Notes how long each answer took from parsed request to finished bytes, in µs: with and without waiting."""

    def __init__(self, coplan: Coplan, times: list[tuple[str, int, int]]) -> None:
        super().__init__(coplan.database, coplan.house, coplan.renderer)
        self.times = times

    def serve(self, incoming: Incoming) -> Reply:
        began = _clocks()
        reply = super().serve(incoming)
        self.times.append((incoming.route.method, *_since(began)))
        return reply


def _clocks() -> tuple[int, int]:
    """The clock on the wall and this thread's share of a processor, in nanoseconds."""
    return time.perf_counter_ns(), time.thread_time_ns()


def _since(began: tuple[int, int]) -> tuple[int, int]:
    now = _clocks()
    return (now[0] - began[0]) // 1000, (now[1] - began[1]) // 1000


def application() -> Any:
    """The ASGI application of the portal with the two addresses beside it."""
    coplan = Coplan(from_environment())
    coplan.house = replace(coplan.house, journal=CountedJournal(coplan.keys.audit, coplan))
    times: list[tuple[str, int, int]] = []
    _time_pricing(times)
    coplan.desk = TimedDesk(coplan, times)
    ready = coplan.settings.data / "ready-made.html"
    portal = coplan.asgi([_ready_made(ready)])

    async def beside(scope: Any, receive: Any, send: Any) -> None:
        kind = b"text/html; charset=utf-8"
        body = ready.read_bytes() if scope["path"] == BARE else json.dumps(times).encode()
        if scope["path"] == TIMES:
            times.clear()
        await send({"type": "http.response.start", "status": 200, "headers": [
            (b"content-type", kind), (b"content-length", str(len(body)).encode())]})  # fmt: skip
        await send({"type": "http.response.body", "body": body, "more_body": False})

    ours = with_headers(beside, "", False)

    async def both(scope: Any, receive: Any, send: Any) -> None:
        found = scope["type"] == "http" and scope["path"] in (BARE, TIMES)
        await (ours if found else portal)(scope, receive, send)

    return both


def _ready_made(ready: Path) -> HTTPRouteHandler:
    """The same bytes, ready-made, as a page of the same application: routed and sent like any other."""

    @get(READY_MADE, opt={"declared": True, "uncompressed": True})
    async def answer() -> Response[bytes]:
        return Response(ready.read_bytes(), media_type="text/html; charset=utf-8")

    return answer


def _time_pricing(times: list[tuple[str, int, int]]) -> None:
    price = pricing.quote

    def timed(*values: Any) -> Any:
        began = _clocks()
        quote = price(*values)
        times.append(("pricing", *_since(began)))
        return quote

    setattr(pricing, "quote", timed)  # noqa: B010  # plain assignment to a module's function does not type-check
