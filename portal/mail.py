"""Letters: subject and body in the recipient's language, sent by a job after the transaction that wanted them."""

from __future__ import annotations

import logging
import os
import secrets
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import escape

from budgeting.words import Words, words
from portal.language import LANGUAGES, Language, plain
from portal.settings import Settings

log = logging.getLogger("coplan.mail")

SUBJECT = words("You have a message")
BODY = words("There is something new for you in Coplan. Sign in to read it.")


@dataclass(frozen=True)
class Letter:
    """A message that says nothing private: what there is to read is behind the sign-in.

    ``key`` makes a repeat recognisable (it becomes the Message-ID); ``path`` is the one link.
    """

    key: str
    to: str
    language: str
    at: datetime
    subject: Words = SUBJECT
    body: Words = BODY
    path: str = "/"


def compose(letter: Letter, settings: Settings) -> EmailMessage:
    """The letter as text and as simple HTML, both in the reader's language and direction."""
    language: Language = LANGUAGES.get(letter.language, LANGUAGES["en"])
    link = settings.base_url + letter.path
    message = EmailMessage(policy=SMTP)
    message["Subject"] = plain(letter.subject, language)
    message["From"] = f"Coplan <no-reply@{urlsplit(settings.base_url).hostname}>"
    message["To"] = letter.to
    message["Date"] = letter.at
    message["Message-ID"] = f"<{letter.key}@coplan.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    text = plain(letter.body, language)
    message.set_content(f"{text}\n\n{link}\n")
    message.add_alternative(
        f'<html lang="{language.html_lang}" dir="{language.dir}"><body dir="{language.dir}">'
        f'<p>{escape(text)}</p><p><a href="{escape(link)}">{escape(link)}</a></p></body></html>',
        subtype="html",
    )
    return message


def deliver(letter: Letter, settings: Settings) -> None:
    """Send by SMTP when it is set up; otherwise write the letter into the mail folder.

    It may take long, so the caller holds no transaction. A letter that is refused for good is only noted in the log.
    """
    message = compose(letter, settings)
    if settings.smtp_url:
        try:
            _send(message, settings.smtp_url)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as problem:
            if not _for_good(problem):
                raise
            log.warning("the mail server refuses letter %s for good", letter.key)
        return
    settings.mail_folder.mkdir(parents=True, exist_ok=True)
    path = settings.mail_folder / f"{letter.key}.eml"
    unfinished = path.with_suffix(f".{secrets.token_hex(8)}.part")  # the same letter may be on its way twice
    unfinished.write_bytes(bytes(message))
    os.replace(unfinished, path)


def _for_good(problem: smtplib.SMTPException) -> bool:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in problem.recipients.values())
    return isinstance(problem, smtplib.SMTPDataError) and problem.smtp_code >= 500


def _send(message: EmailMessage, url: str) -> None:
    parts, known = urlsplit(url), ssl.create_default_context()  # a password goes only to the server it is meant for
    where: dict[str, Any] = {"host": parts.hostname or "localhost", "port": parts.port or 0, "timeout": 20}
    with smtplib.SMTP_SSL(**where, context=known) if parts.scheme == "smtps" else smtplib.SMTP(**where) as server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=known)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
