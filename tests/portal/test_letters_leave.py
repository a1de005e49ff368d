"""Letters on their way: a mail server that is slow, away or says no keeps nobody waiting, and loses none."""

from __future__ import annotations

import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from portal import jobs
from portal.access.table import Resource
from portal.accounts.events import Looked
from portal.app import Coplan
from portal.jobs import run_now
from portal.mail import Letter, deliver
from portal.settings import JobsMode, Settings
from tests.builders import an_account
from tests.postgres import free_port

PATIENCE = 60  # seconds


class Post(socketserver.ThreadingTCPServer):
    """A mail server of the test's own; ``met`` happens as it is met, ``refused`` are people it does not know."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int, met: Callable[[], object] = lambda: None, refused: tuple[str, ...] = ()) -> None:
        super().__init__(("127.0.0.1", port), OneVisit)
        self.met, self.refused, self.asked = met, refused, 0
        self.letters: list[EmailMessage] = []
        self.passport: ssl.SSLContext | None = None


class OneVisit(socketserver.StreamRequestHandler):
    """What is said in one visit."""

    server: Post

    def handle(self) -> None:
        self.server.met()
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.upper()
            if word.startswith("EHLO") and self.server.passport:
                self._say("250-here\r\n250 STARTTLS")
            elif word == "STARTTLS" and self.server.passport:
                self._say("220 go on")
                secret = self.server.passport.wrap_socket(self.connection, server_side=True)
                self.request = secret
                self.setup()
            elif word == "DATA":
                self._say("354 go on")
                self.server.letters.append(message_from_bytes(self._body(), EmailMessage, policy=policy.default))
                self._say("250 taken")
            elif word.startswith("RCPT"):
                self.server.asked += 1
                known = not any(name in line for name in self.server.refused)
                self._say("250 yes" if known else "550 nobody of that name here")
            else:
                self._say("221 good-bye" if word == "QUIT" else "250 yes")

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def _body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)


@contextmanager
def open_post(post: Post) -> Iterator[Post]:
    thread = threading.Thread(target=post.serve_forever, daemon=True)
    thread.start()
    try:
        yield post
    finally:
        post.shutdown()
        post.server_close()
        thread.join()


def by_post(database: Settings, port: int, mode: JobsMode) -> Coplan:
    """A portal whose letters go to a mail server at this port."""
    settings = replace(database, smtp_url=f"smtp://127.0.0.1:{port}", jobs=mode)
    jobs.prepare(settings)
    return Coplan(settings)


def nothing_waits(coplan: Coplan) -> bool:
    with coplan.open_reading() as work:
        return not jobs.unfinished(work.session)


def soon(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()


def test_whoever_saves_something_does_not_wait_for_a_letter_on_its_way(database: Settings) -> None:
    coplan = by_post(database, port := free_port(), JobsMode.INLINE)

    def somebody_saves() -> None:
        with coplan.open_work() as work:
            an_account(work, "Yusuf Haddad")

    with coplan.open_work() as work:
        mei = an_account(work, "Mei Chen").id
    with open_post(Post(port, met=somebody_saves)) as post:
        run_now("accounts.tell", {"account_id": str(mei), "key": "one"}, coplan)
    (letter,) = post.letters
    assert letter["Message-ID"] == "<one@coplan.invalid>"
    assert letter["Date"].datetime.tzinfo is not None


def test_a_letter_leaves_while_somebody_else_saves_something(database: Settings) -> None:
    coplan = by_post(database, port := free_port(), JobsMode.INLINE)
    with coplan.open_work() as work:
        mei = an_account(work, "Mei Chen").id
    with open_post(Post(port)) as post, coplan.open_work():
        run_now("accounts.tell", {"account_id": str(mei), "key": "one"}, coplan)
    assert len(post.letters) == 1


def passport_of_its_own(folder: Path) -> ssl.SSLContext:
    """A certificate for which nobody but its holder vouches."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    began = datetime(2026, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, began, began + timedelta(days=36_500))
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = made.add_extension(here, critical=False).sign(key, hashes.SHA256())
    (folder / "certificate").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate", folder / "key")
    return context


def test_a_letter_goes_only_to_a_mail_server_whose_certificate_is_known(
    database: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(database, smtp_url=f"smtp+starttls://127.0.0.1:{(port := free_port())}")
    letter = Letter("one", "mei@example.org", "ar", datetime(2026, 11, 23, tzinfo=UTC))
    with open_post(Post(port)) as post:
        post.passport = passport_of_its_own(tmp_path)
        with pytest.raises(ssl.SSLCertVerificationError):
            deliver(letter, settings)
        assert post.letters == []
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate"))
        deliver(letter, settings)
        assert len(post.letters) == 1


def test_a_letter_that_is_on_its_way_twice_at_once_is_written_into_the_folder_whole(database: Settings) -> None:
    letter = Letter("one", "mei@example.org", "ar", datetime(2026, 11, 23, tzinfo=UTC))
    folder = database.mail_folder
    folder.mkdir(parents=True)
    begun = folder / "one.part"  # by whoever else writes it at this moment
    begun.write_bytes(b"Subject:")
    deliver(letter, database)
    assert begun.read_bytes() == b"Subject:"
    assert message_from_bytes((folder / "one.eml").read_bytes())["Message-ID"] == "<one@coplan.invalid>"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A letter that could not leave is tried again at once."""
    monkeypatch.setattr(jobs, "LETTERS_WAIT", 0.2)


@pytest.mark.usefixtures("quick")
def test_a_mail_server_that_is_away_keeps_only_letters_waiting_and_none_is_lost_or_sent_twice(
    database: Settings,
) -> None:
    coplan = by_post(database, port := free_port(), JobsMode.WORKER)
    letters = 2 * jobs.AT_ONCE
    with coplan.open_work() as work:
        mei = an_account(work, "Mei Chen").id
        for number in range(letters):
            work.later("accounts.tell", account_id=mei, key=f"letter-{number}")
        work.record(Looked(client_id=uuid4(), resource=Resource.PLAN))
        work.later("journal.checkpoint")
    jobs.launch(coplan.settings, coplan)
    try:
        assert soon(lambda: coplan.settings.checkpoints.exists()), "another job waits for the mail server"
        with open_post(Post(port)) as post:
            assert soon(lambda: len(post.letters) >= letters)
            assert soon(lambda: nothing_waits(coplan))
    finally:
        jobs.shut_down()
        coplan.jobs.close()
    expected = sorted(f"<letter-{number}@coplan.invalid>" for number in range(letters))
    assert sorted(letter["Message-ID"] for letter in post.letters) == expected


@pytest.mark.usefixtures("quick")
def test_an_address_that_does_not_exist_any_more_is_not_tried_again(database: Settings) -> None:
    coplan = by_post(database, port := free_port(), JobsMode.WORKER)
    with coplan.open_work() as work:
        gone, mei = an_account(work, "Gone Away"), an_account(work, "Mei Chen")
        refused = (gone.address,)
        for person in (gone, mei):
            work.later("accounts.tell", account_id=person.id, key=person.name.replace(" ", "-"))
    jobs.launch(coplan.settings, coplan)
    try:
        with open_post(Post(port, refused=refused)) as post:
            assert soon(lambda: len(post.letters) == 1)
            assert soon(lambda: nothing_waits(coplan))
    finally:
        jobs.shut_down()
        coplan.jobs.close()
    assert post.asked == 2
    assert post.letters[0]["Message-ID"] == "<Mei-Chen@coplan.invalid>"
