"""A small load client: plain sockets that stay open, so that it costs little beside what it measures."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

Headers = Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What came back; ``wire`` is how many bytes travelled, head included."""

    status: int
    headers: Headers
    body: bytes
    wire: int


@dataclass
class Connection:
    """One connection to the portal, kept open."""

    port: int
    cookie: str = ""
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = field(default=None)

    async def ask(self, method: str, path: str, form: Headers | None = None, **headers: str) -> Answer:
        """Send one request and read its whole answer."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=2**20)
        reader, writer = self._streams
        body = urlencode(form).encode() if form is not None else b""
        sent = {"Host": f"127.0.0.1:{self.port}", "Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie:
            sent["Cookie"] = self.cookie
        if form is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in sent.items())
        writer.write(head.encode() + b"\r\n" + body)
        return await _read(reader)

    async def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
            self._streams = None


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    found: dict[str, str] = {}
    for line in filter(None, lines):
        name, _, value = line.partition(":")
        name = name.lower()
        found[name] = f"{found[name]}\n{value.strip()}" if name in found else value.strip()
    if found.get("transfer-encoding") == "chunked":
        body = b""
        while size := int(await reader.readline(), 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
    else:
        body = await reader.readexactly(int(found.get("content-length", "0")))
    return Answer(int(first.split()[1]), found, body, len(head) + len(body))


async def hammer(
    connections: list[Connection], seconds: int, once: Callable[[Connection], Awaitable[Answer]]
) -> tuple[list[int], list[Answer]]:
    """Each connection asks again and again for some seconds: how long each answer took (µs), and those not 2xx/3xx."""
    until, took, wrong = time.monotonic() + seconds, [], []

    async def one(connection: Connection) -> None:
        while time.monotonic() < until:
            began = time.perf_counter_ns()
            answer = await once(connection)
            took.append((time.perf_counter_ns() - began) // 1000)
            if answer.status >= 400:
                wrong.append(answer)

    await asyncio.gather(*map(one, connections))
    return took, wrong
