"""Starting the portal and the worker as processes."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from portal import jobs
from portal.app import Coplan
from portal.migrations import prepare
from portal.payments.gateway import standin_file
from portal.settings import JobsMode, Mode, Settings, from_environment

GRACE = 10  # seconds a server process has to finish what it does


def application() -> Any:
    """The ASGI application for a server process; settings come from the environment."""
    end_with(os.getppid())
    return Coplan(from_environment()).asgi()


def end_with(parent: int) -> None:
    """End this process soon after the one that started it, also when that one was killed and could not say so."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(GRACE)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()


def serve(settings: Settings) -> int:
    """Bring the database up to date, make the demonstration if wanted, serve until stopped."""
    from granian import Granian
    from granian.constants import Interfaces, Loops
    from granian.log import LogLevels

    if (why := _closed(settings)) is not None:
        said = f"We cannot answer at {settings.host}:{settings.port}: {why}. Choose another PORT or HOST."
        print(said, file=sys.stderr)
        return 1
    prepare(settings)
    jobs.prepare(settings)
    if settings.demo:
        from portal import demonstration

        demonstration.make(settings, reset=False)
    else:
        _offer_set_up(settings)
    os.environ.update(
        PORT=str(settings.port), HOST=settings.host, COPLAN_MODE=settings.mode.value, COPLAN_BASE_URL=settings.base_url
    )
    standin = _start_standin(settings)
    server = Granian(
        "portal.serving:application",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=1,
        factory=True,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    threading.Thread(target=_say_when_ready, args=(settings,), daemon=True).start()
    try:
        server.serve()
    finally:
        if standin and standin.stdin:
            standin.stdin.close()  # it ends by itself when nobody holds its standard input
            standin.wait()
            standin_file(settings).unlink(missing_ok=True)
    return 0


def _closed(settings: Settings) -> str | None:
    """Why we cannot listen there: the server would share a port silently, and visitors would meet either portal."""
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as problem:
        return (problem.strerror or str(problem)).partition(" (")[0]
    return None


def _start_standin(settings: Settings) -> subprocess.Popen[bytes] | None:
    """Without a key of a payment service, start the made-up one beside us and tell our processes where it is."""
    if settings.stripe_key or settings.mode is Mode.PRODUCTION:
        return None
    listening = socket.create_server((settings.host, 0))
    base = f"http://{urlsplit(settings.base_url).hostname}:{listening.getsockname()[1]}"
    key = "sk_test_stand_in"
    kept = standin_file(settings)
    (fresh := kept.with_suffix(".part")).write_text(json.dumps({"key": key, "base": base}))
    os.replace(fresh, kept)
    os.environ.update(
        STRIPE_SECRET_KEY=key,
        STRIPE_WEBHOOK_SECRET=f"whsec_{secrets.token_hex(16)}",
        STRIPE_API_BASE=base,
    )
    own = f"http://{'127.0.0.1' if settings.host == '0.0.0.0' else settings.host}:{settings.port}"
    command = [sys.executable, "-m", "portal.payments.standin", "--socket", str(listening.fileno())]
    command += ["--base", base, "--portal", own, "--state", str(settings.data / "stand-in.json")]
    with listening:
        return subprocess.Popen(command, stdin=subprocess.PIPE, pass_fds=[listening.fileno()])


def _offer_set_up(settings: Settings) -> None:
    from portal.accounts.commands import offer_set_up

    with Coplan(settings).open_work() as work:
        code = offer_set_up(work)
    if code:
        print(f"First start: open {settings.base_url}/set-up and use this code within 30 minutes: {code}", flush=True)


def _say_when_ready(settings: Settings) -> None:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"http://{host}:{settings.port}"
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    print(f"Coplan is ready: {settings.base_url}", flush=True)
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)


def work(settings: Settings) -> int:
    """Run jobs until told to stop."""
    prepare(settings)
    jobs.prepare(settings)
    coplan = Coplan(replace(settings, jobs=JobsMode.WORKER))
    jobs.launch(coplan.settings, coplan)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    print("Coplan's worker is ready.", flush=True)
    stopped.wait()
    jobs.shut_down()
    coplan.jobs.close()
    return 0
