"""Story after story of random acts, each from the same beginning; the same seed tells the same story."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing

from portal.bench.acting import LONG, Story
from portal.bench.calendared import Calendar, Cast
from portal.bench.looking import Watch
from portal.changes.states import RequestState


class Stage:
    """A portal on SQLite in which everybody is ready; ``held`` counts the states that changes came to."""

    def __init__(self, coplan: Calendar, cast: Cast) -> None:
        self.coplan, self.cast = coplan, cast
        self.held: Counter[RequestState] = Counter()
        self.acts = 0
        self._began = coplan.now
        self._file = coplan.settings.data / "coplan.db"
        self._beginning = sqlite3.connect(":memory:")
        with closing(sqlite3.connect(self._file)) as here:
            here.backup(self._beginning)

    def stories(self, seeds: Iterable[int]) -> None:
        """One after the other; AssertionError with the number of the first in which anything unforeseen happened."""
        for seed in seeds:
            try:
                self.story(seed)
            except Exception as broken:
                raise AssertionError(f"story {seed}: {type(broken).__name__}: {broken}") from broken

    def story(self, seed: int, acts: int = LONG) -> None:
        """One story from the beginning; AssertionError on any breach, with everything that was done."""
        self._from_the_beginning()
        story = Story(self.coplan, self.cast, random.Random(seed))
        watch = Watch(story)
        watch.look("the beginning")
        for _ in range(acts):
            self.acts += 1
            if act := story.act():
                watch.look(act)
        watch.look("the end", at_all=True)
        self.held.update(watch.held)

    def _from_the_beginning(self) -> None:
        self.coplan.database.engine.dispose()
        with closing(sqlite3.connect(self._file)) as here:
            self._beginning.backup(here)
        self.coplan.house.memory.clear()
        self.coplan.now = self._began
