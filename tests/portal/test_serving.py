"""Starting and ending: no port is shared, no process is left behind, and the worker finds the payment service."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from budgeting.money import dollars
from portal.payments import gateway
from portal.settings import Mode, from_environment
from tests.postgres import free_port


def starting(data: Path, port: int, **more: str) -> subprocess.Popen[str]:
    """``coplan run`` as a process of its own."""
    others = ("COPLAN_", "STRIPE_", "SMTP_", "DATABASE_URL", "PORT")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    environment |= {"COPLAN_DATA": str(data), "COPLAN_MODE": "development", "PORT": str(port)} | more
    command = [sys.executable, "-m", "portal", "run"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5).status_code == 200
    except httpx.TransportError:
        return False


def in_time(wanted: bool, port: int, seconds: int) -> bool:
    until = time.monotonic() + seconds
    while answers(port) is not wanted and time.monotonic() < until:
        time.sleep(0.2)
    return answers(port) is wanted


def test_a_port_that_another_portal_listens_on_is_not_shared(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as the server listens
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = starting(tmp_path / "data", port)
        _, said = process.communicate(timeout=180)
    assert process.returncode == 1
    assert str(port) in said
    assert not (tmp_path / "data" / "coplan.db").exists()


def test_a_killed_portal_leaves_nobody_on_its_port_and_its_worker_found_the_payment_service(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    process = starting(data, port)
    try:
        assert in_time(True, port, 90)
        order = gateway.Order(
            uuid4(), uuid4(), dollars("86.40"), "Contribution", "en", "http://x/back", "http://x/left"
        )
        another_process = from_environment({"COPLAN_DATA": str(data), "COPLAN_JOBS": "worker"})
        assert gateway.open_page(another_process, order).url
    finally:
        process.kill()
        process.wait()
    assert in_time(False, port, 20), "a server process stayed behind"
    with suppress(OSError):
        socket.create_server(("127.0.0.1", port)).close()


def test_behind_a_proxy_it_says_when_it_is_ready_and_keeps_everything_for_its_own_user(tmp_path: Path) -> None:
    behind = {"COPLAN_MODE": "production", "COPLAN_BASE_URL": "https://care.example.org"}
    process = starting(tmp_path / "data", free_port(), **behind)
    assert process.stdout is not None
    try:
        first, ready = process.stdout.readline(), process.stdout.readline()
    finally:
        process.terminate()
        process.wait()
    assert first.startswith("First start: open https://care.example.org/set-up and use this code")
    assert ready == "Coplan is ready: https://care.example.org\n"
    others = 0o077
    kept = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    assert {path.name for path in kept} >= {"coplan.db", "audit-v1.key"}
    assert [path.name for path in kept if path.stat().st_mode & others] == []


def test_without_a_running_stand_in_there_is_no_payment_service(tmp_path: Path) -> None:
    settings = from_environment({"COPLAN_DATA": str(tmp_path)})
    assert gateway.with_standin(settings) == settings


def test_a_real_key_or_production_never_meets_the_stand_in(tmp_path: Path) -> None:
    settings = from_environment({"COPLAN_DATA": str(tmp_path)})
    gateway.standin_file(settings).write_text(json.dumps({"key": "sk_test_stand_in", "base": "http://127.0.0.1:9"}))
    assert gateway.with_standin(settings).stripe_api_base == "http://127.0.0.1:9"
    for real in (replace(settings, stripe_key="sk_live_x"), replace(settings, mode=Mode.PRODUCTION)):
        assert gateway.with_standin(real) == real
    with pytest.raises(gateway.NotSetUp):
        gateway.look_up(replace(settings, mode=Mode.PRODUCTION), "cs_1")
