"""``coplan verify``: what must hold, checked from outside; the first broken row is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url

from portal import checkpoints
from portal.invariants import CHECKS, invariant as invariant
from portal.settings import Settings, SettingsError, key_files
from portal.work import Work


def breaks(work: Work) -> Iterator[str]:
    """Everything that does not hold, the journal first."""
    broken = work.house.journal.first_break(work.session)
    if broken is not None and broken <= (work.house.journal.length(work.session) or 1):
        yield f"journal: entry {broken} is missing or was changed"
    elif broken is not None:
        yield f"journal: entry {broken} and what came after it are missing, or the mark of its end was changed"
    yield from checkpoints.breaks(work)
    for name, check in CHECKS:
        try:
            for sentence in check(work):
                yield f"{name}: {sentence}"
        except Exception as problem:  # whatever somebody put there: the other checks are made all the same
            yield f"{name}: a row cannot be read ({type(problem).__name__})"


def verify(settings: Settings) -> int:
    """Print what is broken, or that all is well; the exit code is 1 on a break. Where no portal is, none is begun."""
    from portal.app import Coplan

    known = [*key_files(settings.data / "keys").values()]
    if settings.sqlite:
        known.append(Path(make_url(settings.database_url).database or ""))
    if missing := next((path for path in known if not path.is_file() or not path.stat().st_size), None):
        raise SettingsError(
            f"Nothing was looked at: {missing} is missing or empty. Look at COPLAN_DATA and DATABASE_URL."
        )
    coplan = Coplan(settings)
    with coplan.open_reading() as work:
        found = list(breaks(work))
        entries = work.house.journal.length(work.session)
    for sentence in found:
        print(sentence)
    if not found:
        print(f"All is well: {entries} journal entries, {len(CHECKS)} further checks.")
    return 1 if found else 0
