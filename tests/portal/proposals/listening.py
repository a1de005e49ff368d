"""A page that is open: its stream of events, read piece by piece from the application itself."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar.types import ASGIApp

from portal.accounts import commands as accounts
from portal.accounts.model import Account
from portal.app import Coplan
from tests.person import ADDRESS, Person

PATIENCE = 60  # seconds; only a test that fails waits so long


def let_in(coplan: Coplan, person: Person, account: Account) -> Person:
    """Somebody at a new device who came in through the door a moment ago (without the slow password)."""
    with coplan.open_work() as work:
        token = accounts.sign_in(work, account, "a test", None)
    person.cookies.set("sid", token, domain="127.0.0.1")
    return person


class Stream:
    """One open stream; ``said`` is everything it has told so far."""

    def __init__(self, app: ASGIApp, person: Person, address: str) -> None:
        self.status = 0
        self.kind = ""
        self.said = ""
        self.ended = False
        self._more = asyncio.Event()
        self._gone = asyncio.Event()
        cookie = "; ".join(f"{name}={value}" for name, value in person.cookies.items())
        headers = {"host": ADDRESS.removeprefix("http://"), "cookie": cookie, "accept": "text/event-stream"}
        self._scope: Any = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": address,
            "raw_path": address.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 8000),
            "extensions": {},
            "state": {},
        }
        self._asked = False
        self._task = asyncio.ensure_future(self._run(app))

    async def _run(self, app: ASGIApp) -> None:
        await app(self._scope, self._receive, self._send)

    async def _receive(self) -> Any:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.kind = {bytes(name): bytes(value) for name, value in message["headers"]}[b"content-type"].decode()
        else:
            self.said += message.get("body", b"").decode()
            self.ended = not message.get("more_body", False)
        self._more.set()

    async def until(self, text: str, times: int = 1) -> None:
        """Wait until the stream has said this so often; fails when it does not come."""
        await self._until(lambda: self.said.count(text) >= times)

    async def until_it_ends(self) -> None:
        """Wait until the stream has ended."""
        await self._until(lambda: self.ended)

    async def _until(self, there: Any) -> None:
        async with asyncio.timeout(PATIENCE):
            while not there():
                self._more.clear()
                await self._more.wait()

    async def leave(self) -> None:
        """Close the page."""
        self._gone.set()
        await asyncio.wait_for(self._task, PATIENCE)
