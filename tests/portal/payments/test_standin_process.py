"""The stand-in as ``coplan run`` starts it: a process of its own that ends with the one that started it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin
from uuid import uuid4

import httpx

from budgeting.money import dollars
from portal.payments import gateway
from portal.payments.states import AttemptState
from portal.settings import Settings, from_environment

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def started(place: Path) -> tuple[subprocess.Popen[bytes], Settings]:
    listening = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    command = [sys.executable, "-m", "portal.payments.standin", "--socket", str(listening.fileno()), "--base", base]
    command += ["--portal", "http://127.0.0.1:9", "--state", str(place / "stand-in.json")]  # nobody answers there
    environment = {**os.environ, "STRIPE_SECRET_KEY": "sk_test_process", "STRIPE_WEBHOOK_SECRET": "whsec_process"}
    with listening:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=[listening.fileno()], env=environment)
    settings = from_environment({"COPLAN_DATA": str(place)})
    return process, replace(settings, stripe_key="sk_test_process", stripe_api_base=base)


def ended(process: subprocess.Popen[bytes]) -> int:
    assert process.stdin
    process.stdin.close()
    return process.wait(20)


def test_the_stand_in_keeps_its_pages_over_a_restart_and_ends_with_whoever_started_it(tmp_path: Path) -> None:
    order = gateway.Order(uuid4(), uuid4(), dollars("86.40"), "Contribution", "ar", "http://x/back", "http://x/left")
    process, settings = started(tmp_path)
    page = gateway.open_page(settings, order)
    assert page.url
    assert 'dir="rtl"' in httpx.get(page.url).text
    sheet = f"{settings.stripe_api_base}/app.css"
    fonts = re.findall(r"url\(([^)]+\.woff2)\)", httpx.get(sheet).text)
    assert fonts
    assert {httpx.get(urljoin(sheet, font)).status_code for font in fonts} == {200}
    assert httpx.get(urljoin(sheet, "vendor/../app.js")).status_code == 404
    assert httpx.post(page.url, data={"do": "card"}, follow_redirects=False).headers["location"] == order.back
    assert ended(process) == 0

    process, settings = started(tmp_path)
    assert gateway.look_up(settings, page.session_id).state is AttemptState.PAID
    assert [found.session_id for found in gateway.pages_since(settings, LONG_AGO)] == [page.session_id]
    assert ended(process) == 0
