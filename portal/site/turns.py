"""Who computes when: pages take turns, since two that compute at once in one process only hinder each other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar
from weakref import WeakValueDictionary

THREADS = 4
MOST_EACH = THREADS - 1  #: pages made at once for one sender, so that there is always a thread for everybody else
PATIENCE = 0.05  #: seconds that a page waits for the one before it; that one computes long, or waits for a writer

Made = TypeVar("Made")


class Turns:
    """Threads that take turns: a page stands ready in its thread, and begins when the one before it has ended.

    Python computes one thing at a time; a second page beside the first costs both a sixth of their time. Whoever has
    waited long enough goes on beside the one before, at most THREADS in all. Whoever asks for many long pages at once
    waits for their own: of one sender MOST_EACH are under way.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._before = Lock()  #: held by the page that was asked for last, until it has ended
        self._senders: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    async def take(self, work: Callable[[], Made], sender: str = "") -> Made:
        """What the work returns, or raises, in a thread and in its turn."""
        theirs = self._senders.setdefault(sender, asyncio.Semaphore(MOST_EACH))
        async with theirs:
            before, mine = self._before, Lock()
            mine.acquire()
            self._before = mine

            def in_turn() -> Made:
                before.acquire(timeout=self._patience)
                try:
                    return work()
                finally:
                    mine.release()

            return await asyncio.get_running_loop().run_in_executor(self._threads, in_turn)

    def stop(self) -> None:
        """Take no more; what runs ends by itself."""
        self._threads.shutdown(wait=False)
