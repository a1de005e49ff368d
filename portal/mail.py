"""Letters: subject and body in the recipient's language, sent by a job after the transaction that wanted them."""

from __future__ import annotations

import os
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import urlsplit

from markupsafe import escape

from budgeting.words import Words, words
from portal.language import LANGUAGES, Language, plain
from portal.settings import Settings

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
    """Send by SMTP when it is set up; otherwise write the letter into the mail folder."""
    message = compose(letter, settings)
    if settings.smtp_url:
        _send(message, settings.smtp_url)
        return
    settings.mail_folder.mkdir(parents=True, exist_ok=True)
    path = settings.mail_folder / f"{letter.key}.eml"
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(bytes(message))
    os.replace(unfinished, path)


def _send(message: EmailMessage, url: str) -> None:
    parts = urlsplit(url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(parts.hostname or "localhost", parts.port or 0, timeout=20) as server:
        if parts.scheme == "smtp+starttls":
            server.starttls()
        if parts.username:
            server.login(parts.username, parts.password or "")
        server.send_message(message)
