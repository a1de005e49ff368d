"""The runs: each measures one promise of the portal on a real server process."""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import UUID

from portal.app import Coplan
from portal.bench import calculator, changing, invoices, people, phone
from portal.bench.figures import Figure, median, percentile
from portal.bench.load import Answer, Connection, hammer
from portal.bench.server import BARE, READY_MADE, TIMES, done
from portal.bench.stage import Stage, make
from portal.catalogue.command_line import import_catalogue
from portal.db import Database
from portal.jobs import unfinished
from portal.language import ROOT
from portal.migrations import prepare
from portal.settings import Settings, from_environment

CONNECTIONS, ROUNDS, ROUND_SECONDS, WRITE_SECONDS, EDITS = 16, 5, 4, 20, 40
SOAK = 30  # times as long under writers
CATALOGUE = ROOT.parent / "shared" / "data" / "ndis" / "ndis-support-catalogue-2026-27-v1.1.csv"


def measure(soak: bool) -> list[Figure]:
    """Every figure, from one run on one throw-away portal."""
    with tempfile.TemporaryDirectory(prefix="coplan-bench-") as folder:
        stage = make(Path(folder) / "data")
        with serving(stage) as port:
            found = asyncio.run(_all(stage, port, WRITE_SECONDS * (SOAK if soak else 1)))
            found += phone.measure(stage, port)
        found.append(_import(Path(folder) / "import"))
        found += people.measure(Path(folder) / "people")
    return [*found, *invoices.measure(), *calculator.measure(soak), *(changing.measure() if soak else ())]


@contextmanager
def serving(stage: Stage) -> Iterator[int]:
    """The portal of a stage as a process; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    others = ("COPLAN_", "STRIPE_", "SMTP_", "DATABASE_URL")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    environment.update(COPLAN_DATA=str(stage.data), PORT=str(port))
    log = stage.data / "log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "portal.bench"], env=environment, stdout=out, stderr=out)
    try:
        _wait(port, process, log)
        yield port
    finally:
        process.terminate()
        process.wait(20)
    if "database is locked" in log.read_text(errors="replace"):
        print("The server's log tells of a locked database.", file=sys.stderr)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        try:
            answer = asyncio.run(Connection(port).ask("GET", "/healthz"))
            if answer.status == 200:
                return
        except OSError:
            if process.poll() is not None:
                break
        time.sleep(0.2)
    raise RuntimeError(f"the portal did not start: {log.read_text(errors='replace')[-2000:]}")


async def _all(stage: Stage, port: int, write_seconds: int) -> list[Figure]:
    cookie = await _sign_in(stage, port)
    found = await _first_visit(port)
    found += await sheet(stage, port, cookie)
    found += await _edits(stage, port, cookie)
    return found + await _writers(stage, port, cookie, write_seconds)


def _cookies(before: str, answer: Answer) -> str:
    kept = dict(pair.split("=", 1) for pair in before.split("; ") if pair)
    for line in answer.headers.get("set-cookie", "").split("\n"):
        if line:
            name, value = line.split(";")[0].split("=", 1)
            kept[name] = value
    return "; ".join(f"{name}={value}" for name, value in kept.items() if value)


def hidden(page: bytes, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.decode())
    assert found, f"the page has no field {name}"
    return found[1]


async def _sign_in(stage: Stage, port: int) -> str:
    connection = Connection(port)
    door = await connection.ask("GET", "/sign-in")
    connection.cookie = _cookies("", door)
    form = {"_csrf": hidden(door.body, "_csrf"), "_key": secrets.token_urlsafe(16), "_form": "sign-in"}
    answer = await connection.ask("POST", "/sign-in", {**form, "login": stage.login, "password": stage.password})
    assert answer.status == 303, "nobody could sign in"
    await connection.close()
    return _cookies(connection.cookie, answer)


async def _first_visit(port: int) -> list[Figure]:
    """What a browser fetches at the first visit, as it travels."""
    connection = Connection(port)
    page = await connection.ask("GET", "/", Accept_Encoding="gzip, br")
    wanted = re.findall(r'<(?:link|script)[^>]*(?:href|src)="(/static/[^"]+)"', page.body.decode())
    answers = [page] + [await connection.ask("GET", path, Accept_Encoding="gzip, br") for path in dict.fromkeys(wanted)]
    await connection.close()
    return [
        Figure("first visit, bytes on the wire", sum(answer.wire for answer in answers), "bytes", 120_000),
        Figure("first visit, requests", len(answers), "requests", 8),
    ]


async def sheet(stage: Stage, port: int, cookie: str) -> list[Figure]:
    """The signed-in sheet against the same bytes ready-made, in rounds that alternate."""
    connections = [Connection(port, cookie) for _ in range(CONNECTIONS)]
    page = await connections[0].ask("GET", stage.sheet)
    assert page.body.count(b"/quick") >= len(stage.lines), f"this is not the sheet: {page.status}"
    (stage.data / "ready-made.html").write_bytes(page.body)
    shown, ready, bare, ratios, waits = [], [], [], [], []
    for _ in range(ROUNDS):
        took, wrong = await hammer(connections, ROUND_SECONDS, lambda each: each.ask("GET", stage.sheet))
        assert not wrong, f"the sheet answered {wrong[0].status}"
        same, _wrong = await hammer(connections, ROUND_SECONDS, lambda each: each.ask("GET", READY_MADE))
        plain, _wrong = await hammer(connections, ROUND_SECONDS, lambda each: each.ask("GET", BARE))
        bare.append(len(plain) // ROUND_SECONDS)
        shown.append(len(took) // ROUND_SECONDS)
        ready.append(len(same) // ROUND_SECONDS)
        ratios.append(-(-len(same) // max(1, len(took))))
        waits += took
    for connection in connections:
        await connection.close()
    return [
        Figure("budget sheet of 40 lines, size", len(page.body), "bytes"),
        Figure("budget sheet of 40 lines", median(shown), "requests/s"),
        Figure("the same bytes ready-made, through the same application", median(ready), "requests/s"),
        Figure("the same bytes from a bare function in the same process", median(bare), "requests/s"),
        Figure("ready-made over sheet, median of five rounds", median(ratios), "times", 40),
        Figure("budget sheet at 16 connections, p99", percentile(waits, 99) // 1000, "ms", 250),
    ]


async def _edit(
    stage: Stage, connection: Connection, csrf: str, line: UUID, version: int, shown: Mapping[str, str] | None = None
) -> Answer:
    """Change the price of a line; with ``shown``, the marks of the rows on the page by their ids, as a browser does."""
    form = {"_csrf": csrf, "_key": secrets.token_urlsafe(16), "_form": "bench", "version": str(version)}
    form["price"] = f"{60 + version % 30}.{version % 90 + 10}"
    headers = {}
    if shown is not None:  # the row that is sent always comes anew
        headers = {"HX_Request": "true", "Coplan_Has": " ".join(m for row, m in shown.items() if row != str(line))}
    return await connection.ask("POST", f"{stage.sheet}/lines/{line}/quick", form, **headers)


async def _edits(stage: Stage, port: int, cookie: str) -> list[Figure]:
    """One person edits one line after the other in a browser; each answer is the sheet with the rows that changed."""
    connection = Connection(port, cookie)
    page = (await connection.ask("GET", stage.sheet)).body
    csrf, shown, sizes = hidden(page, "_csrf"), _marks(page), []
    await connection.ask("GET", TIMES)
    for number in range(EDITS):
        line = stage.lines[number % len(stage.lines)]
        answer = await _edit(stage, connection, csrf, line, 1 + number // len(stage.lines), shown)
        assert answer.status == 200, f"an edit answered {answer.status}"
        shown |= (new := _marks(answer.body))
        assert str(line) in new, "an edit answers with its row"
        sizes.append(len(answer.body))
    times = json.loads((await connection.ask("GET", TIMES)).body)
    await connection.close()
    edits = [(wall, cpu) for kind, wall, cpu in times if kind == "POST"]
    priced = [(wall, cpu) for kind, wall, cpu in times if kind == "pricing"]
    return [
        Figure("one edit of a 40-line sheet, server time, median", median([wall for wall, _ in edits]), "µs", 25_000),
        Figure("the same without waiting for a processor", median([cpu for _, cpu in edits]), "µs"),
        Figure("what travels back for one edit, median", median(sizes), "bytes"),
        Figure("pricing of the sheet within an edit, median", median([wall for wall, _ in priced]), "µs", 1_000),
        Figure("the same without waiting for a processor", median([cpu for _, cpu in priced]), "µs"),
    ]


def _marks(page: bytes) -> dict[str, str]:
    """What the rows of a sheet are known by, by the ids of their lines."""
    return dict(re.findall(r'id="line-([^"]+)" data-as="([^"]+)"', page.decode()))


async def _writers(stage: Stage, port: int, cookie: str, seconds: int) -> list[Figure]:
    """Sixteen writers at once, each on a line of their own, while jobs run in the same process."""
    connections = [Connection(port, cookie) for _ in range(CONNECTIONS)]
    csrf = hidden((await connections[0].ask("GET", stage.sheet)).body, "_csrf")
    settings = from_environment({"COPLAN_DATA": str(stage.data)})
    written = EDITS
    versions = dict.fromkeys(stage.lines, 1 + EDITS // len(stage.lines))
    mine = dict(zip(map(id, connections), stage.lines, strict=False))

    async def once(connection: Connection) -> Answer:
        nonlocal written
        line = mine[id(connection)]
        answer = await _edit(stage, connection, csrf, line, versions[line])
        if answer.status == 303:
            versions[line] += 1
            written += 1
        return answer

    took, wrong = await hammer(connections, seconds, once)
    for connection in connections:
        await connection.close()
    late, waiting, ran = await _jobs_end(settings, written, seconds)
    return [
        Figure(f"16 writers for {seconds} s, writes", len(took), "writes"),
        Figure("16 writers, answers that were not a success", len(wrong), "answers", 0),
        Figure("16 writers, p99", percentile(took, 99) // 1000, "ms", 1_000),
        Figure("16 writers, their last job ended after the last write", late, "s", 2 * seconds),
        Figure("16 writers, jobs still waiting", waiting, "jobs", 0),
        Figure("16 writers, jobs lost", written - waiting - ran, "jobs", 0),
    ]


async def _jobs_end(settings: Settings, written: int, seconds: int) -> tuple[int, int, int]:
    """Wait until every job has left its trace, but no longer than ten times the writing took.

    Returns how long that was in seconds, how many jobs still wait in the queue, and how many have run: what is in
    neither number is lost.
    """
    began = time.monotonic()
    database = Database(settings)

    def waiting() -> int:
        with database.reading() as session:
            return unfinished(session)

    while (left := waiting()) and time.monotonic() - began < 10 * seconds:
        await asyncio.sleep(0.5)
    took = int(time.monotonic() - began)
    database.engine.dispose()
    return took, left, min(written - left, len(list(done(settings).iterdir())))


def _import(data: Path) -> Figure:
    """The import of a whole price list, apart from start-up."""
    name = "import of a price list of 976 rows"
    if not CATALOGUE.exists():
        return Figure(name, None, "ms", 1_500, skipped="the published price list is not beside this checkout")
    settings = from_environment({"COPLAN_DATA": str(data), "COPLAN_JOBS": "inline"})
    prepare(settings)
    coplan = Coplan(settings)
    began = time.perf_counter_ns()
    import_catalogue(coplan.open_work, CATALOGUE, "ndis", date(2031, 7, 1), True)
    took = (time.perf_counter_ns() - began) // 1_000_000
    coplan.database.engine.dispose()
    return Figure(name, took, "ms", 1_500)
