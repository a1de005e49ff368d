"""Many people in one draft: opening it with all that was said, telling 200 open pages, and editing at the same time.

``python -m portal.bench.together`` measures only this; ``coplan bench`` measures it with everything else.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from portal.access.table import Relationship, Scope
from portal.accounts import commands as accounts
from portal.accounts.model import Account
from portal.app import Coplan
from portal.bench import runs
from portal.bench.figures import Figure, percentile
from portal.bench.load import Connection
from portal.bench.stage import Stage, make
from portal.people import queries as people
from portal.people.model import Authority, AuthorityKind, Tie
from portal.proposals import queries, talk_commands
from portal.proposals.model import SuggestionKind
from portal.settings import from_environment
from portal.site.live import MOST_EACH
from portal.work import Actor, ActorKind, Work

COMMENTS, SUGGESTIONS = 200, 50
OPEN_PAGES, EDITORS = 200, 16
TELLINGS, EVERY, SECONDS = 10, 5, 60  # edits that are timed; seconds between two edits of one person, and of the run


@dataclass(frozen=True)
class Busy:
    """A draft in which everybody has a say: their cookies, and the lines that the editors edit."""

    stage: Stage
    sheet: str
    cookies: tuple[str, ...]
    lines: tuple[UUID, ...]


def busy(data: Path) -> Busy:
    """The draft of the other measurements with what people said in it, and enough people who decide together."""
    stage = make(data)
    coplan = Coplan(from_environment({"COPLAN_DATA": str(data), "COPLAN_JOBS": "inline"}))
    client_id, proposal_id = (UUID(part) for part in stage.sheet.split("/")[2::2])
    with coplan.open_work() as work:
        everybody = [_somebody(work, client_id, number) for number in range(-(-OPEN_PAGES // MOST_EACH))]
        tokens = [accounts.sign_in(work, one, "bench", None) for one in everybody]
    with coplan.open_work(Actor(ActorKind.ACCOUNT, everybody[0].id, everybody[0].name)) as work:
        proposal = queries.proposal(work, people.client(work, client_id), proposal_id)
        lines = queries.lines(work, proposal)
        for number in range(COMMENTS):
            talk_commands.say(work, proposal, lines[number % len(lines)], f"What about this? {number}", disagrees=False)
        for number in range(SUGGESTIONS):
            line = lines[number % len(lines)]
            terms = replace(line.terms, name=f"{line.terms.name}, suggestion {number}")
            talk_commands.suggest(work, proposal, SuggestionKind.CHANGE, line, terms, "It would be better")
    coplan.jobs.run_waiting()
    coplan.database.engine.dispose()
    return Busy(stage, stage.sheet, tuple(f"sid={token}" for token in tokens), stage.lines)


def _somebody(work: Work, client_id: UUID, number: int) -> Account:
    """One of those who decide by law on the plan."""
    account = Account(login=f"{number}@example.org", name=f"Somebody {number}", language="en", created_at=work.now)
    tie = Tie(
        client_id=client_id,
        relationship=Relationship.AUTHORITY,
        account_id=None,
        label="",
        starts=work.day - timedelta(days=1),
    )
    work.session.add(account)
    work.session.flush()
    tie.account_id = account.id
    work.session.add(tie)
    work.session.flush()
    work.session.add(
        Authority(
            client_id=client_id,
            tie_id=tie.id,
            kind=AuthorityKind.PLAN_NOMINEE,
            scopes=Authority.pack(frozenset({Scope.PLANNING, Scope.MONEY})),
            starts=tie.starts,
            evidence="made up",
            checked_by="bench",
            checked_at=work.now,
        )
    )
    work.session.flush()
    return account


class Page:
    """An open page that listens."""

    def __init__(self, port: int, cookie: str, address: str) -> None:
        self._port, self._cookie, self._address = port, cookie, address
        self.told = 0
        self.at = 0

    async def listen(self) -> None:
        """Listen until cancelled; ``at`` is when it was told last (ns)."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        head = {"Host": f"127.0.0.1:{self._port}", "Accept": "text/event-stream", "Cookie": self._cookie}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        writer.write(f"GET {self._address}/live HTTP/1.1\r\n{lines}\r\n".encode())
        try:
            while line := await reader.readline():
                if line.startswith(b"event: changed"):
                    self.told, self.at = self.told + 1, time.perf_counter_ns()
        finally:
            writer.close()


class Editor:
    """Somebody who edits a line of their own, again and again."""

    def __init__(self, port: int, cookie: str, draft: Busy, line: UUID) -> None:
        self.connection = Connection(port, cookie)
        self._draft, self._line = draft, line
        self._csrf, self._version, self._number = "", 1, 0

    async def edit(self) -> int:
        """One edit with a price that was not there before; how long until the sheet was there again (ns)."""
        if not self._csrf:
            page = await self.connection.ask("GET", f"{self._draft.sheet}/lines/{self._line}")
            self._csrf = runs.hidden(page.body, "_csrf")
        form = {"_csrf": self._csrf, "_key": secrets.token_urlsafe(16), "_form": "bench", "version": str(self._version)}
        form["price"] = f"{50 + self._number % 40}.{self._number % 90 + 10}"
        began = time.perf_counter_ns()
        address = f"{self._draft.sheet}/lines/{self._line}/quick"
        answer = await self.connection.ask("POST", address, form, HX_Request="true")
        assert answer.status == 200, f"an edit answered {answer.status}"
        self._version, self._number = self._version + 1, self._number + 1
        return time.perf_counter_ns() - began


def measure(folder: Path) -> list[Figure]:
    """The three figures of a draft in which many are at work."""
    draft = busy(folder)
    with runs.serving(draft.stage) as port:
        return asyncio.run(_all(draft, port))


async def _all(draft: Busy, port: int) -> list[Figure]:
    found = [
        replace(one, name=f"{one.name}, with {COMMENTS} comments and {SUGGESTIONS} suggestions", goal=None)
        for one in await runs.sheet(draft.stage, port, draft.cookies[0])
    ]
    found = [replace(one, goal=60) if one.unit == "times" else one for one in found]
    found.append(await _told(draft, port))
    return [*found, await _edited(draft, port)]


async def _told(draft: Busy, port: int) -> Figure:
    """How long until the last of all open pages is told of an edit: the slowest of some."""
    pages = [Page(port, draft.cookies[number // MOST_EACH], draft.sheet) for number in range(OPEN_PAGES)]
    listening = [asyncio.create_task(page.listen()) for page in pages]
    editor = Editor(port, draft.cookies[0], draft, draft.lines[-1])
    while not all(page.told for page in pages):
        await asyncio.sleep(0.1)
    waits = []
    for _ in range(TELLINGS):
        before, began = [page.told for page in pages], time.perf_counter_ns()
        await editor.edit()
        while not all(page.told > told for page, told in zip(pages, before, strict=True)):
            await asyncio.sleep(0.02)
        waits.append((max(page.at for page in pages) - began) // 10**6)
    for one in listening:
        one.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    await editor.connection.close()
    return Figure(
        f"an edit is told to the last of {OPEN_PAGES} open pages, slowest of {TELLINGS}", max(waits), "ms", 2000
    )


async def _edited(draft: Busy, port: int) -> Figure:
    """Sixteen people edit every five seconds, each with the page open."""
    pages = [Page(port, cookie, draft.sheet) for cookie in draft.cookies[:EDITORS]]
    listening = [asyncio.create_task(page.listen()) for page in pages]
    editors = [Editor(port, *one) for one in zip(draft.cookies, [draft] * EDITORS, draft.lines, strict=False)]
    took: list[int] = []

    async def work(editor: Editor, number: int) -> None:
        until = time.monotonic() + SECONDS
        await asyncio.sleep(number * EVERY / EDITORS)
        while time.monotonic() < until:
            took.append(await editor.edit())
            await asyncio.sleep(EVERY)

    await asyncio.gather(*(work(editor, number) for number, editor in enumerate(editors)))
    for one in listening:
        one.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    return Figure(f"{EDITORS} people edit every {EVERY} s, p99", percentile(took, 99) // 10**6, "ms", 300)


def main() -> None:
    """Measure, and print the figures as JSON."""
    with tempfile.TemporaryDirectory(prefix="coplan-together-") as folder:
        print(json.dumps([asdict(figure) for figure in measure(Path(folder) / "data")], indent=1))


if __name__ == "__main__":
    main()
