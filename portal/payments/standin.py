"""A small stand-in for the payment service, for trying things out and for tests: no money moves.

It speaks the part of the Stripe API that ``gateway.py`` uses (make, retrieve, list and expire a Checkout Session,
honouring ``Idempotency-Key``), shows a "pay" page, and sends signed messages. It is a process of its own:

    python -m portal.payments.standin --socket 5 --base http://127.0.0.1:9000 --portal http://127.0.0.1:8000
        --state FILE   with STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET in the environment

It ends with the process that started it, or when its standard input closes.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import os
import queue
import socket
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit
from uuid import uuid4

from budgeting.money import Money
from budgeting.words import words
from portal.language import LANGUAGES, OFFERED, choose, current
from portal.templating import environment, template_folders
from portal.work import utc_now

Send = Callable[[bytes, str], None]
BANK_TAKES = 20  # seconds a made-up bank works on a payment
STYLE = Path(__file__).parents[1] / "site" / "static" / "app.css"
FONTS = {f"{font.parent.name}/{font.name}": font for font in (STYLE.parent / "vendor").glob("*/*.woff2")}
BUTTONS = ("card", "bank", "fail", "cancel")


class StandIn:
    """The made-up payment service itself: sessions, and the messages about them."""

    def __init__(self, base: str, key: str, secret: str, send: Send, state: Path | None = None) -> None:
        self.base, self.key, self.secret, self.send = base, key, secret, send
        self._state = state
        self._lock = threading.RLock()
        self._pages = environment(template_folders())
        kept = json.loads(state.read_text()) if state and state.exists() else {}
        self.sessions: dict[str, dict[str, Any]] = kept.get("sessions", {})
        self._made: dict[str, list[str]] = kept.get("made", {})  # idempotency key -> session, digest of what was asked

    # the interface

    def create(self, asked: Mapping[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        """Make a session; the same key gives the same one, and is refused with another order."""
        digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
        with self._lock:
            if key and key in self._made:
                session_id, first = self._made[key]
                if first != digest:
                    return 400, _error("idempotency_error", "Keys can only be used with the same parameters.")
                return 200, self.shown(session_id)
            item = asked["line_items"]["0"]
            session_id = f"cs_test_{uuid4().hex}"
            self.sessions[session_id] = {
                "id": session_id,
                "object": "checkout.session",
                "created": int(utc_now().timestamp()),
                "amount_total": int(item["price_data"]["unit_amount"]) * int(item["quantity"]),
                "currency": item["price_data"]["currency"],
                "client_reference_id": asked.get("client_reference_id"),
                "metadata": asked.get("metadata", {}),
                "livemode": False,
                "mode": asked["mode"],
                "status": "open",
                "payment_status": "unpaid",
                "payment_intent": None,
                "success_url": asked["success_url"],
                "cancel_url": asked["cancel_url"],
                "label": item["price_data"]["product_data"]["name"],
            }
            if key:
                self._made[key] = [session_id, digest]
            self._keep()
            return 200, self.shown(session_id)

    def shown(self, session_id: str, expanded: bool = False) -> dict[str, Any]:
        """A session as the interface answers it."""
        session = dict(self.sessions[session_id])
        session["url"] = f"{self.base}/pay/{session_id}" if session["status"] == "open" else None
        if session["payment_intent"] and not expanded:
            session["payment_intent"] = session["payment_intent"]["id"]
        return session

    def expire(self, session_id: str) -> tuple[int, dict[str, Any]]:
        """Close an open session."""
        with self._lock:
            if self.sessions[session_id]["status"] != "open":
                return 400, _error("invalid_request_error", "Only open Checkout Sessions can be expired.")
            self._change(session_id, status="expired")
            self._tell(session_id, "expired")
            return 200, self.shown(session_id)

    # what someone does on the pay page

    def press(self, session_id: str, button: str) -> str:
        """Carry out a button of the pay page; returns where it leads."""
        with self._lock:
            session = self.sessions[session_id]
            if session["status"] != "open" or button not in BUTTONS:
                return str(session["success_url"])
            if button == "cancel":
                return str(session["cancel_url"])
            paid = button == "card"
            intent = {"id": f"pi_{uuid4().hex}", "object": "payment_intent"}
            intent["status"] = {"card": "succeeded", "bank": "processing"}.get(button, "requires_payment_method")
            status = "paid" if paid else "unpaid"
            self._change(session_id, status="complete", payment_status=status, payment_intent=intent)
            self._tell(session_id, "completed")
            if button == "fail":
                self._tell(session_id, "async_payment_failed")
            if button == "bank":
                timer = threading.Timer(BANK_TAKES, self.arrive, [session_id])
                timer.daemon = True
                timer.start()
            return str(session["success_url"])

    def arrive(self, session_id: str) -> None:
        """Let a bank payment arrive."""
        with self._lock:
            intent = {**self.sessions[session_id]["payment_intent"], "status": "succeeded"}
            self._change(session_id, payment_status="paid", payment_intent=intent)
            self._tell(session_id, "async_payment_succeeded")

    def _change(self, session_id: str, **values: Any) -> None:
        self.sessions[session_id].update(values)
        self._keep()

    def _keep(self) -> None:
        if self._state:
            unfinished = self._state.with_suffix(".part")
            unfinished.write_text(json.dumps({"sessions": self.sessions, "made": self._made}))
            os.replace(unfinished, self._state)

    def _tell(self, session_id: str, what: str) -> None:
        event = {
            "id": f"evt_{uuid4().hex}",
            "object": "event",
            "type": f"checkout.session.{what}",
            "created": int(utc_now().timestamp()),
            "livemode": False,
            "data": {"object": self.shown(session_id)},
        }
        body = json.dumps(event).encode()
        self.send(body, signature(body, self.secret, int(utc_now().timestamp())))

    def page(self, session_id: str, wish: str) -> str:
        """The pay page, in the reader's language where there is one."""
        session = self.sessions[session_id]
        language = choose(wish, session["metadata"].get("language"))
        current.set(language)
        others = [(tag, LANGUAGES[tag].own_name, LANGUAGES[tag].html_lang) for tag in OFFERED if tag != language.tag]
        return self._pages.get_template("payments/standin.html").render(
            lang=language,
            others=others,
            amount=Money(session["amount_total"], session["currency"].upper()),
            label=session["label"],
            open=session["status"] == "open",
            buttons=LABELS,
            back=session["success_url"],
            rejected=None,
            csrf="",
            new_key=str,
        )


LABELS = (
    ("card", words("Pay"), ""),
    ("bank", words("Pay from a bank account: arrives a little later"), "alt"),
    ("fail", words("Let the payment fail"), "alt"),
    ("cancel", words("Go back without paying"), "quiet"),
)


def signature(body: bytes, secret: str, at: int) -> str:
    """The signature header for a message, over its time and its raw body."""
    mark = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={mark}"


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"error": {"type": kind, "message": message}}


def nested(body: str) -> dict[str, Any]:
    """``a[b][0]=c`` as a dictionary of dictionaries."""
    result: dict[str, Any] = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        *path, last = name.replace("]", "").split("[")
        place = result
        for part in path:
            place = place.setdefault(part, {})
        place[last] = value
    return result


class Handler(BaseHTTPRequestHandler):
    """HTTP in, HTTP out."""

    standin: StandIn  # set on a subclass by ``server``

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        query = parse_qs(address.query)
        match address.path.strip("/").split("/"):
            case ["app.css"]:
                self._answer(200, STYLE.read_bytes(), "text/css")
            case ["vendor", folder, font] if kept := FONTS.get(f"{folder}/{font}"):
                self._answer(200, kept.read_bytes(), "font/woff2")
            case ["pay", session_id] if session_id in self.standin.sessions:
                page = self.standin.page(session_id, query.get("lang", [""])[0])
                self._answer(200, page.encode(), "text/html; charset=utf-8")
            case ["v1", "checkout", "sessions"] if self._known():
                since = int((query.get("created[gte]") or ["0"])[0])
                ids = [id_ for id_, session in self.standin.sessions.items() if session["created"] >= since]
                found = [self.standin.shown(id_, expanded=True) for id_ in reversed(ids)]
                self._json(200, {"object": "list", "data": found, "has_more": False, "url": address.path})
            case ["v1", "checkout", "sessions", session_id] if self._known():
                if session_id in self.standin.sessions:
                    self._json(200, self.standin.shown(session_id, expanded="expand" in address.query))
                else:
                    self._json(404, {"error": {"type": "invalid_request_error", "code": "resource_missing"}})
            case _:
                self._nothing()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        match urlsplit(self.path).path.strip("/").split("/"):
            case ["pay", session_id] if session_id in self.standin.sessions:
                to = self.standin.press(session_id, (parse_qs(body).get("do") or [""])[0])
                self._answer(303, b"", "text/plain", location=to)
            case ["v1", "checkout", "sessions"] if self._known():
                self._json(*self.standin.create(nested(body), self.headers.get("idempotency-key") or ""))
            case ["v1", "checkout", "sessions", session_id, "expire"] if self._known():
                if session_id in self.standin.sessions:
                    self._json(*self.standin.expire(session_id))
                else:
                    self._json(404, {"error": {"type": "invalid_request_error", "code": "resource_missing"}})
            case _:
                self._nothing()

    def _nothing(self) -> None:
        strange = self.path.startswith("/v1/") and not self._known()
        self._json(401 if strange else 404, _error("invalid_request_error", "There is nothing here."))

    def _known(self) -> bool:
        return hmac.compare_digest(self.headers.get("authorization") or "", f"Bearer {self.standin.key}")

    def _json(self, status: int, value: Mapping[str, Any]) -> None:
        self._answer(status, json.dumps(value).encode(), "application/json")

    def _answer(self, status: int, body: bytes, kind: str, location: str | None = None) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.send_header("cache-control", "no-store")
        if location:
            self.send_header("location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: what people do on a payment page is not logged."""


def server(listening: socket.socket, standin: StandIn) -> ThreadingHTTPServer:
    """An HTTP server for a stand-in on a socket that listens already."""
    made = ThreadingHTTPServer(listening.getsockname()[:2], type("Bound", (Handler,), {"standin": standin}), False)
    made.socket.close()
    made.socket = listening
    made.server_name, made.server_port = listening.getsockname()[:2]
    return made


class Postman:
    """Sends messages to the portal one after the other, again when it does not answer, as the real service does."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._waiting: queue.Queue[tuple[bytes, str, int]] = queue.Queue()
        threading.Thread(target=self._deliver, daemon=True).start()

    def __call__(self, body: bytes, signed: str) -> None:
        """Send a message soon."""
        self._waiting.put((body, signed, 1))

    def _deliver(self) -> None:
        while True:
            body, signed, attempt = self._waiting.get()
            headers = {"Stripe-Signature": signed, "Content-Type": "application/json"}
            try:
                urllib.request.urlopen(urllib.request.Request(self._address, body, headers), timeout=10).close()
            except (urllib.error.URLError, OSError):
                if attempt < 5:
                    again = threading.Timer(2**attempt, self._waiting.put, [(body, signed, attempt + 1)])
                    again.daemon = True
                    again.start()


def main() -> int:
    """Serve until standard input closes."""
    parser = argparse.ArgumentParser(prog="python -m portal.payments.standin")
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument("--base", required=True)
    parser.add_argument("--portal", required=True)
    parser.add_argument("--state", type=Path)
    options = parser.parse_args()
    key, secret = os.environ["STRIPE_SECRET_KEY"], os.environ["STRIPE_WEBHOOK_SECRET"]
    standin = StandIn(options.base, key, secret, Postman(f"{options.portal}/stripe/webhook"), options.state)
    running = server(socket.socket(fileno=options.socket), standin)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    _wait_for_the_end(os.getppid())
    return 0


def _wait_for_the_end(parent: int) -> None:
    """Until standard input closes, or the process that started us is gone (others may still hold our input then)."""
    closed = threading.Event()

    def listen() -> None:
        sys.stdin.read()
        closed.set()

    threading.Thread(target=listen, daemon=True).start()
    while not closed.wait(1) and os.getppid() == parent:
        pass
    os._exit(0)  # the thread that listens cannot be woken, and nothing here is left to finish


if __name__ == "__main__":
    sys.exit(main())
