"""A throw-away PostgreSQL for the tests: its own cluster, from the installed programs, as a user without rights."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

PLACES = ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin")
QUICK = {  # nothing in this cluster has to survive a crash
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "listen_addresses": "127.0.0.1",
}
PATIENCE = 60  # seconds until the server must answer


def missing(what: str) -> None:
    """A part of the machine is not here: a failure where CI=true, elsewhere a skip that says so."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}; with CI=true it must be here")
    pytest.skip(what)


def programs() -> Path | None:
    """The folder of the newest installed server programs, or None."""
    found = [Path(place) for pattern in PLACES for place in glob.glob(pattern) if Path(place, "postgres").exists()]
    if found:
        return max(found, key=lambda folder: [int(part) for part in folder.as_posix().split("/") if part.isdigit()])
    initdb = shutil.which("initdb")
    folder = Path(initdb).resolve().parent if initdb else None
    return folder if folder and (folder / "postgres").exists() else None


@dataclass
class Cluster:
    """A running server that belongs to this test run alone."""

    port: int

    def url(self, database: str) -> str:
        """The address of one of its databases, as DATABASE_URL takes it."""
        return f"postgresql+psycopg://coplan@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str = "template0") -> str:
        """A new database, copied from ``template`` if named; returns its address."""
        self._run(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database and whoever is still connected to it."""
        self._run(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        where = f"host=127.0.0.1 port={self.port} user=coplan dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Make a cluster, start it, and remove it at the end; skips (CI: fails) where PostgreSQL is not installed."""
    folder = programs()
    if folder is None:
        missing("PostgreSQL is not installed")
    assert folder is not None
    home = Path(tempfile.mkdtemp(prefix="coplan-postgres-"))
    user = _plain_user()
    if user:
        os.chown(home, user["user"], user["group"])
    try:
        data = home / "data"
        subprocess.run(
            [folder / "initdb", "-D", data, "-U", "coplan", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
            check=True,
            capture_output=True,
            cwd=home,
            **user,
        )
        with _server(folder, home, data, user) as port:
            yield Cluster(port)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _server(folder: Path, home: Path, data: Path, user: dict[str, Any]) -> Iterator[int]:
    port = free_port()
    settings = [f"-c{name}={value}" for name, value in (QUICK | {"unix_socket_directories": str(home)}).items()]
    with (home / "log").open("wb") as log:
        command = [str(folder / "postgres"), "-D", str(data), "-p", str(port), *settings]
        process: subprocess.Popen[bytes] = subprocess.Popen(command, stdout=log, stderr=log, cwd=home, **user)
    try:
        _wait(process, port, home / "log")
        yield port
    finally:
        process.send_signal(signal.SIGINT)  # a fast stop: whoever is connected is sent away
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=coplan dbname=postgres", connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.1)
    pytest.fail(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}")


def _plain_user() -> dict[str, Any]:
    """Root may not run PostgreSQL: whom to run it as instead; nothing for anybody else."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise AssertionError("there is no user without rights to run PostgreSQL as")


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
