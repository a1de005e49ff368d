"""What others change, told to whoever has the page open: one look at the journal for everybody who listens.

A stream carries no name and no content: only that something changed, under a mark that tells nothing. The page then
asks for the new state in the ordinary way, which cuts it to what its reader may see.

A stream is told nothing that its reader could not ask for: before anything is sent, and at least once in
``CHECKED_EVERY`` seconds (less often for a page about many people, where that takes long), the desk is asked again for
the address of the stream, as if the reader had come anew. When the desk does not answer with a mark (signed out,
revoked, hidden), the stream ends. It holds no thread and no connection between two looks, and where nobody listens
nobody looks. Every process looks for itself, so that jobs and other processes are heard too.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import signal
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from time import thread_time
from types import MappingProxyType
from typing import Any, TypeVar
from uuid import UUID

from portal.happened import happened
from portal.reads import reads_of
from portal.site.incoming import Incoming
from portal.site.page import Listen
from portal.site.serve import Desk

log = logging.getLogger("coplan.live")
T = TypeVar("T")

LOOKS_EVERY = timedelta(milliseconds=500)  # between two looks at the journal
CHECKED_EVERY = 50  # seconds after which the right to listen is asked about again, also when nothing happened
BEATS_EVERY = 15  # seconds of silence after which a line is sent, so that a lost connection is noticed
RESTS = 30  # times as long as a look at many people took is how long the next one waits
MOST_EACH = 6  # streams of one account; a further page asks now and then instead
EVENTS = "text/event-stream"
UNBUFFERED: Mapping[str, str] = MappingProxyType({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


@dataclass(eq=False)
class Listener:
    """One open page."""

    incoming: Incoming
    about: Listen
    mark: str
    others: str  #: those it was told of
    checked: int = 0
    stirred: bool = False  #: something happened since it was asked about
    met: bool = True  #: somebody came or went since; at first too, since something may have happened on the way here
    cost: float = 0  #: seconds of a processor that the last look took
    ended: bool = False
    waiting: list[str] = field(default_factory=list)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    def due(self, now: float) -> bool:
        """Whether it is to be asked about now."""
        since, rest = now - self.checked, self.cost * RESTS if self.about.around else 0
        if self.met:
            return True
        return since > max(CHECKED_EVERY, rest) or (self.stirred and since >= max(self.about.patience, rest))

    def tell(self, what: str) -> None:
        """Have the stream say this at once; what it has not said yet is said only once."""
        if what not in self.waiting:
            self.waiting.append(what)
        self.told.set()

    def end(self) -> None:
        """Have the stream end."""
        self.ended = True
        self.told.set()


class Live:
    """The streams of this process, and the one task that looks for them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._listeners: set[Listener] = set()
        self._looking: asyncio.Task[None] | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._ending = False

    def admits(self, incoming: Incoming, about: Listen) -> bool:
        """Whether a stream was asked for, and this account has not too many already."""
        return EVENTS in incoming.headers.get("accept", "") and self._room(about) and not self._ending

    def _room(self, about: Listen) -> bool:
        return sum(1 for one in self._listeners if one.about.account_id == about.account_id) < MOST_EACH

    async def events(self, incoming: Incoming, about: Listen) -> AsyncIterator[bytes]:
        """The stream of one open page, until its reader leaves or may not listen any more."""
        one = Listener(incoming, about, about.mark, about.others)
        if not self._room(about):  # others were admitted at the same moment
            return
        self._come(one)
        try:
            yield _event("changed", one.mark)
            while not one.ended:
                try:
                    await asyncio.wait_for(one.told.wait(), BEATS_EVERY)
                except TimeoutError:
                    yield b":\n\n"
                    continue
                one.told.clear()
                waiting, one.waiting = one.waiting, []
                for what in waiting:
                    yield _event(what, one.mark)
        finally:
            self._go(one)

    def _come(self, one: Listener) -> None:
        self._listeners.add(one)
        if one.about.together and self._desk.house.here.come(one.about.about, one.about.account_id):
            self._met(one)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().create_task(self._look())

    def _go(self, one: Listener) -> None:
        self._listeners.discard(one)
        if one.about.together and self._desk.house.here.go(one.about.about, one.about.account_id):
            self._met(one)

    def _met(self, one: Listener) -> None:
        """Others are told at the next look that somebody came or went, if they may know of it."""
        for other in self._listeners:
            if other.about.about == one.about.about:
                other.met = True

    def end(self) -> None:
        """End every stream and begin no other; pages that are open find the next process by themselves."""
        self._ending = True
        for one in list(self._listeners):
            one.end()

    async def begin(self) -> None:
        """Have a signal that ends the process end the streams first: the server waits for answers under way.

        The server's own handler is called after ours; asyncio has no public way to ask which one that is.
        """
        self._ending = False
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            before = getattr(loop, "_signal_handlers", {}).get(number)
            if before is not None:
                loop.add_signal_handler(number, self._end_and, before._callback, before._args)

    def _end_and(self, then: Callable[..., object], about: Sequence[Any]) -> None:
        self.end()
        then(*about)

    async def stop(self) -> None:
        """End what is left when the application has ended."""
        self.end()
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None
        if self._thread is not None:
            self._thread.shutdown(wait=False)
            self._thread = None

    # looking

    async def _look(self) -> None:
        last = 0
        while self._listeners:
            try:
                last, touched = await self._apart(self._since, last)
                if due := self._due(touched):
                    await self._check(due)
            except Exception:  # a database that cannot be reached now: listened for again at the next look
                log.exception("live updates could not look")
            await asyncio.sleep(LOOKS_EVERY.total_seconds())

    def _since(self, last: int) -> tuple[int, frozenset[UUID] | None]:
        with self._desk.database.reading() as session:
            return happened(self._desk.house.memory).since(reads_of(session), last)

    def _due(self, touched: frozenset[UUID] | None) -> Sequence[Listener]:
        """Those around whom something happened, or who were not asked about for a while.

        What somebody does in a draft that they keep to themselves is entered without its client: then only their own
        pages are asked about.
        """
        now = asyncio.get_running_loop().time()
        for one in self._listeners:
            around = {one.about.client_id, one.about.account_id, *one.about.around}
            one.stirred = one.stirred or touched is None or not touched.isdisjoint(around)
        return [one for one in self._listeners if one.due(now)]

    async def _check(self, due: Sequence[Listener]) -> None:
        alike: dict[tuple[str | None, UUID], list[Listener]] = {}  # pages of one session about one record
        for one in due:
            alike.setdefault((one.incoming.token, one.about.about), []).append(one)
        for listeners in alike.values():
            who = any(one.met for one in listeners)
            for one in listeners:
                one.stirred = one.met = False
            now, cost = await self._apart(self._ask, listeners[0].incoming, who)
            for one in listeners:
                one.cost = cost
                one.checked = int(asyncio.get_running_loop().time())
                if now is None:
                    one.tell("end")
                    one.end()
                    continue
                if now.mark != one.mark:
                    one.mark = now.mark
                    one.tell("changed")
                if who and now.others != one.others:
                    one.others = now.others
                    one.tell("here")

    def _ask(self, incoming: Incoming, who: bool) -> tuple[Listen | None, float]:
        """What the desk answers now, and what that took; None when this reader may not listen any more."""
        began, asked = thread_time(), incoming.asked
        if not who:
            incoming = replace(incoming, asked=replace(asked, query={**asked.query, "what": "changed"}))
        answer = contextvars.copy_context().run(self._desk.serve, incoming).listen
        return answer, thread_time() - began

    async def _apart(self, ask: Callable[..., T], *about: Any) -> T:
        """Ask the database in a thread beside those that answer pages."""
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, thread_name_prefix="live")
        return await asyncio.get_running_loop().run_in_executor(self._thread, ask, *about)


def _event(what: str, mark: str) -> bytes:
    return f"event: {what}\ndata: {mark}\n\n".encode()
