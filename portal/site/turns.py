"""Who computes when: pages take turns, since two that compute at once in one process only hinder each other."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakValueDictionary

THREADS = 4
MOST_EACH = THREADS - 1  #: pages made at once for one sender, so that there is always a thread for everybody else
INTERRUPTED = 0.02  #: seconds after which another thread that could compute breaks in on a page
WATCHED = 0.25  #: seconds that a page may take before anybody looks whether whoever asked for it is still there
PATIENCE = 0.05  #: seconds that pages wait for the one before them; that one computes long, or waits for a writer

Made = TypeVar("Made")
Page = tuple[Callable[[], Any], Future[Any]]


class Left(Exception):
    """Whoever asked for a page hung up before it was begun."""


class Turns:
    """One thread makes a page after the other; where it stays long with one, another thread goes on beside it.

    Python computes one thing at a time: a second page beside the first costs both a sixth of their time, and handing
    over from thread to thread costs too. When none of those who wait has had their turn for as long as the patience
    lasts, one thread more begins, THREADS in all; whoever was passed by meanwhile takes no further page. Whoever asks
    for many long pages at once waits for their own: of one sender MOST_EACH are under way.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._senders: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._waiting: deque[Page] = deque()
        self._hold = Lock()  #: whoever changes what waits, or the two numbers
        self._working = 0  #: threads that make pages
        self._begun = 0  #: pages begun, ever
        self._watching = False  #: whether the loop will look whether those who wait go on

    async def take(
        self, work: Callable[[], Made], sender: str = "", left: Callable[[], Awaitable[None]] | None = None
    ) -> Made:
        """What the work returns, or raises, in a thread and in its turn.

        ``left`` ends when whoever asked is gone: then Left is raised, unless the work has begun. It is begun when the
        page has taken WATCHED seconds, as few do, and cancelled when the page is there.
        """
        made: Future[Made] = Future()
        if left is None:
            return await self._take(work, sender, made)
        watching: asyncio.Task[None] | None = None

        async def given_up() -> None:
            await left()
            made.cancel()

        def watch() -> None:
            nonlocal watching
            watching = asyncio.create_task(given_up())

        timer = asyncio.get_running_loop().call_later(WATCHED, watch)
        try:
            return await self._take(work, sender, made)
        except asyncio.CancelledError:
            if watching is not None and watching.done():
                raise Left from None
            raise
        finally:
            timer.cancel()
            if watching is not None:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)

    async def _take(self, work: Callable[[], Made], sender: str, made: Future[Made]) -> Made:
        theirs = self._senders.setdefault(sender, asyncio.Semaphore(MOST_EACH))
        async with theirs:
            if made.cancelled():
                raise Left
            with self._hold:
                self._waiting.append((work, made))
                begins = self._working == 0
            if begins:
                self._begin()
            elif not self._watching:
                self._watch()
            return await asyncio.wrap_future(made)

    def stop(self) -> None:
        """Take no more; what runs ends by itself."""
        self._threads.shutdown(wait=False)

    def _begin(self) -> None:
        with self._hold:
            self._working += 1
        self._threads.submit(self._make)

    def _watch(self) -> None:
        self._watching = True
        asyncio.get_running_loop().call_later(self._patience, self._look, self._begun)

    def _look(self, begun: int) -> None:
        with self._hold:
            self._watching = bool(self._waiting)
            stuck = self._watching and self._begun == begun and self._working < THREADS
        if stuck:
            self._begin()
        if self._watching:
            self._watch()

    def _make(self) -> None:
        mine = None
        while (page := self._next(mine)) is not None:
            (work, made), mine = page
            if not made.set_running_or_notify_cancel():  # nobody waits for it any more
                continue
            try:
                made.set_result(work())
            except BaseException as problem:
                made.set_exception(problem)
            del page, work, made

    def _next(self, last: int | None) -> tuple[Page, int] | None:
        """The page whose turn it is and its number, for the thread that made number ``last``."""
        with self._hold:
            passed_by = last is not None and self._begun > last and self._working > 1
            if passed_by or not self._waiting:
                self._working -= 1
                return None
            self._begun += 1
            return self._waiting.popleft(), self._begun
