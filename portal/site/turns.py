"""Who computes when: pages take turns, since two that compute at once in one process only hinder each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from weakref import WeakValueDictionary

THREADS = 4
MOST_EACH = THREADS - 1  #: pages made at once for one sender, so that there is always a thread for everybody else
PATIENCE = 0.05  #: seconds after which a page that computes or waits no longer keeps the others from theirs

Made = TypeVar("Made")


class Turns:
    """Threads that take turns: the next page begins when the one before has ended, or has taken a while.

    Python computes one thing at a time; a second page beside the first costs both a sixth of their time. A long page,
    or one that waits for another writer, gives up its turn and goes on beside the others, at most THREADS in all.
    Whoever asks for many long pages at once waits for their own: of one sender MOST_EACH are under way.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._turn = asyncio.Semaphore(1)
        self._senders: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def take(self, work: Callable[[], Made], sender: str = "") -> Made:
        """What the work returns, or raises, in a thread and in its turn."""
        theirs = self._senders.setdefault(sender, asyncio.Semaphore(MOST_EACH))
        async with theirs:
            return await self._take(work)

    async def _take(self, work: Callable[[], Made]) -> Made:
        await self._turn.acquire()
        loop, ended = asyncio.get_running_loop(), False

        def give_up() -> None:
            nonlocal ended
            if not ended:
                ended = True
                self._turn.release()

        soon = loop.call_later(self._patience, give_up)
        try:
            return await loop.run_in_executor(self._threads, work)
        finally:
            soon.cancel()
            give_up()

    def stop(self) -> None:
        """Take no more; what runs ends by itself."""
        self._threads.shutdown(wait=False)
