"""Forms as frozen values: an explicit list of fields, each with its reader; every error at once, in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

from budgeting.words import Words, words
from portal.reading import Unreadable, bare, read_day, read_decimal, read_money, read_time

F = TypeVar("F")
Reader = Callable[[Sequence[str]], Any]

REQUIRED = words("This is needed to go on.")


@dataclass(frozen=True)
class Upload:
    """A file someone sent: the name they gave it and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Posted:
    """What a form sent, before it is read."""

    fields: Mapping[str, Sequence[str]]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def one(self, name: str) -> str:
        found = self.fields.get(name)
        return found[0] if found else ""


class FieldErrors(Exception):
    """Some fields could not be read or were refused; nothing was saved."""

    def __init__(self, errors: Mapping[str, Words]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def read(form: type[F], posted: Posted) -> F:
    """A form value from what was posted; FieldErrors names every field that needs another look."""
    values: dict[str, Any] = {}
    errors: dict[str, Words] = {}
    for part in fields(form):  # type: ignore[arg-type]  # forms are dataclasses
        reader = part.metadata["reader"]
        if "several" in part.metadata:
            values[part.name] = _several(reader, part.metadata["several"](), posted, errors)
            continue
        sent: Any = posted.files.get(part.name) if part.metadata.get("file") else posted.fields.get(part.name, ())
        try:
            values[part.name] = reader(sent)
        except Unreadable as error:
            errors[part.name] = error.why
    if errors:
        raise FieldErrors(errors)
    return form(**values)


def unread(form: type[Any], posted: Posted) -> Mapping[str, Words]:
    """Every field of what was posted that needs another look."""
    try:
        read(form, posted)
    except FieldErrors as problem:
        return problem.errors
    return {}


def _several(
    reader: Callable[[Any], Any], names: Sequence[str], posted: Posted, errors: dict[str, Words]
) -> dict[str, Any]:
    """What was typed into fields of one kind, by their names; those that need another look are added to the errors."""
    found = {}
    for name in names:
        try:
            found[name] = reader(posted.fields.get(name, ()))
        except Unreadable as error:
            errors[name] = error.why
    return found


def _field(reader: Callable[[Any], Any], **metadata: Any) -> Any:
    return field(metadata={"reader": reader, **metadata})


def _single(read_one: Callable[[str], Any], required: bool, empty: Any) -> Reader:
    def reader(sent: Sequence[str]) -> Any:
        typed = sent[0].strip() if sent else ""
        if not typed:
            if required:
                raise Unreadable(REQUIRED)
            return empty
        return read_one(typed)

    return reader


def text(most: int = 200, required: bool = True) -> Any:
    """A line or a paragraph of at most ``most`` characters, kept as written; empty is ``""`` when not required."""

    def one(typed: str) -> str:
        clean = "".join(c for c in typed.replace("\r\n", "\n") if c in "\n\t" or (ord(c) >= 32 and c != "\x7f"))
        if len(clean) > most:
            raise Unreadable(words("This is too long: use at most {most} characters.", most=most))
        return clean

    return _field(_single(one, required, ""))


def money(required: bool = True) -> Any:
    """An amount as Money; None when empty and not required."""
    return _field(_single(read_money, required, None))


def amounts(names: Callable[[], Sequence[str]]) -> Any:
    """Amounts as Money by the names of their fields; None for those left empty."""
    return _field(_single(read_money, False, None), several=names)


def number(places: int = 0, most: int = 100_000, required: bool = True, least: int = 0) -> Any:
    """A number as an integer of ``10**-places`` (3 places for a Quantity's thousandths); ``least`` is 0 or 1."""

    def read(typed: str) -> int:
        found = read_decimal(typed, places, most * 10**places)
        if found < least * 10**places:
            raise Unreadable(words("Enter a number above zero."))
        return found

    return _field(_single(read, required, None))


def shares(names: Callable[[], Sequence[str]]) -> Any:
    """Percentages from 0 to 100 in parts per million by the names of their fields; the sign may be typed too."""
    reader = _single(lambda typed: read_decimal(re.sub(r"\s*[%٪％]\s*$", "", typed), 4, 100 * 10**4), False, None)
    return _field(reader, several=names)


def day(required: bool = True) -> Any:
    """A day as date; None when empty and not required."""
    return _field(_single(read_day, required, None))


def clock(required: bool = True) -> Any:
    """A time of day; None when empty and not required."""
    return _field(_single(read_time, required, None))


def choice(kind: type[Enum], required: bool = True) -> Any:
    """One member of an enum, by its value."""

    def one(typed: str) -> Enum:
        try:
            return kind(typed)
        except ValueError:
            raise Unreadable(words("Choose one of the answers.")) from None

    return _field(_single(one, required, None))


def one_of(options: Callable[[], Sequence[str]] | Sequence[str], required: bool = True) -> Any:
    """One of some plain strings."""

    def one(typed: str) -> str:
        if typed not in (options() if callable(options) else options):
            raise Unreadable(words("Choose one of the answers."))
        return typed

    return _field(_single(one, required, ""))


def some_of(options: Sequence[str], required: bool = False) -> Any:
    """Any of some plain strings, as a tuple in the order of ``options``."""

    def reader(sent: Sequence[str]) -> tuple[str, ...]:
        if not set(sent) <= set(options):
            raise Unreadable(words("Choose from the answers shown."))
        if required and not sent:
            raise Unreadable(words("Choose at least one."))
        return tuple(option for option in options if option in sent)

    return _field(reader)


def texts(most: int = 20, longest: int = 200) -> Any:
    """Any number of short texts up to ``most``, as a tuple in the order they were sent."""

    def reader(sent: Sequence[str]) -> tuple[str, ...]:
        if len(sent) > most or any(len(value) > longest for value in sent):
            raise Unreadable(words("Choose from the answers shown."))
        return tuple(sent)

    return _field(reader)


def record_id(required: bool = True) -> Any:
    """The id of a record; it is resolved through what the reader may see, like any other."""

    def one(typed: str) -> UUID:
        try:
            return UUID(typed)
        except ValueError:
            raise Unreadable(words("Choose one of the answers.")) from None

    return _field(_single(one, required, None))


def record_ids() -> Any:
    """Any number of record ids, as a tuple."""

    def reader(sent: Sequence[str]) -> tuple[UUID, ...]:
        try:
            return tuple(UUID(value) for value in sent if value)
        except ValueError:
            raise Unreadable(words("Choose from the answers shown.")) from None

    return _field(reader)


def tick(needed: Words | None = None) -> Any:
    """A checkbox: True when ticked; ``needed`` says why there is no going on without the tick."""

    def reader(sent: Sequence[str]) -> bool:
        if needed is not None and not sent:
            raise Unreadable(needed)
        return bool(sent)

    return _field(reader)


def version() -> Any:
    """The version of the record this form was made from."""

    def one(typed: str) -> int:
        digits = bare(typed)
        if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
            raise Unreadable(words("This page is out of date. Open it again."))
        return int(digits)

    return _field(_single(one, True, None))


def password(required: bool = True) -> Any:
    """A password exactly as typed, at most 128 characters; empty is ``""`` when not required."""

    def reader(sent: Sequence[str]) -> str:
        if not sent or not sent[0]:
            if not required:
                return ""
            raise Unreadable(REQUIRED)
        if len(sent[0]) > 128:
            raise Unreadable(words("This is too long: use at most {most} characters.", most=128))
        return sent[0]

    return _field(reader, secret=True)


def upload(required: bool = True) -> Any:
    """A file; None when none was sent and none is required."""

    def reader(sent: Upload | None) -> Upload | None:
        if sent is None or not sent.content:
            if sent is not None and sent.name:
                raise Unreadable(words("This file is empty. Choose another one."))
            if required:
                raise Unreadable(words("Choose a file first."))
            return None
        return sent

    return _field(reader, file=True)


def written(form: type[Any], posted: Posted) -> list[str]:
    """What somebody wrote in a form in more than one word, to be shown again; never a password."""
    shown = [part.name for part in fields(form) if not part.metadata.keys() & {"secret", "file"}]
    return [text for name in shown for text in posted.fields.get(name, ()) if len(text.split()) > 1]


def plain_fields(form: type[Any], posted: Posted) -> list[tuple[str, str]]:
    """Everything a form sent, to be sent again as it was; never a password, a token or a file."""
    left_out = {part.name for part in fields(form) if part.metadata.get("secret")}
    left_out |= {"_password", "_csrf", "_key", "_form", "password", "old"}  # also where a form does not have them
    return [(name, text) for name, texts in posted.fields.items() if name not in left_out for text in texts]


@dataclass(frozen=True)
class Empty:
    """A form with no fields of its own: a single button."""


@dataclass(frozen=True)
class VersionForm:
    """A single button about one record: it sends the version of the record it was made from, and nothing else."""

    version: int = version()


@dataclass(frozen=True)
class DoneForm:
    """On which day something was done that is due by one (macros/due.html)."""

    key: str = text(80)
    due: date = day()
    done_on: date = day()
