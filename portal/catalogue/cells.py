"""What each cell of a price list may say, and what it means; a cell that says something else is Odd, never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from budgeting.catalogue import OPEN_END
from budgeting.money import Money, dollars
from budgeting.words import Name, Words, words
from portal.catalogue.problem import Odd

UNITS = ("H", "E", "D", "WK", "MON", "YR")
LONGEST_NAME = 500
DEAREST = Money(1_000_000_000)  # a limit above this is a slip of the hand

_PRICE = re.compile(r"\$? ?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,2})?)")
_FINE_PRICE = re.compile(r"\$? ?[\d,]+\.\d{3,}")
_NUMBER = re.compile(r"[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*")
_DAY = re.compile(r"(\d{4})(-?)(\d{2})\2(\d{2})")
_SERIAL = re.compile(r"\d{5}|2958465")  # a day as spreadsheets count it, left without its format
_DAY_ZERO = date(1899, 12, 30)

TYPES = {
    "": "",
    "price limited support": "Price Limited Supports",  # the spelling until 2025-26
    "priced support": "Priced Supports",  # the same, from 2026-27
    "unit price = $1": "Unit Price = $1",
    "quotable support": "Quotable Supports",
}


def tidy(text: str) -> str:
    """The text of a cell on one line, without space around it; spaces that do not break become ordinary ones."""
    return " ".join(text.replace("\ufeff", "").split())


def folded(text: str) -> str:
    """The text as it is searched and compared: no case, accents, or kinds of dash and space."""
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return tidy("".join("-" if unicodedata.category(letter) == "Pd" else letter for letter in letters)).casefold()


def filled(text: str) -> str:
    """The tidy text of a cell that may not be empty."""
    if written := tidy(text):
        return written
    raise Odd(words("This cell is empty. Copy it from the published catalogue."))


def shown(text: str) -> Name:
    """What a cell says, as it is quoted back: on one line, and not more than fits in a sentence."""
    return Name(tidy(text)[:60])


def item_number(text: str) -> str:
    """A support item number, which may also be a word such as ``Bereavement``."""
    number = filled(text)
    if not _NUMBER.fullmatch(number) or len(number) > 40:
        raise Odd(
            words("{found} is not a support item number. It has letters, digits and underscores.", found=shown(text))
        )
    return number


def name(text: str) -> str:
    """A name as published: its own dashes and spaces are kept, only the space around it goes."""
    if len(filled(text)) > LONGEST_NAME:
        raise Odd(words("This name is too long to be one. The file may be damaged here."))
    return text.strip()


def category(text: str) -> str:
    """A support category as two digits: ``1`` and ``01`` are the same."""
    number = filled(text)
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= 99):
        raise Odd(
            words("{found} is not a category number. Write it like {example}.", found=shown(text), example=Name("15"))
        )
    return f"{int(number):02d}"


def group(text: str) -> str:
    """A registration group of four digits; the zeros in front that a spreadsheet drops come back."""
    number = filled(text)
    if not (number.isascii() and number.isdigit() and len(number) <= 4):
        message = words(
            "{found} is not a registration group. Write it like {example}.", found=shown(text), example=Name("0107")
        )
        raise Odd(message)
    return number.zfill(4)


def unit(text: str) -> str:
    """The unit that a limit is for: hour, each, day, week, month or year."""
    code = filled(text).upper()
    if code not in UNITS:
        known = Name(", ".join(UNITS))
        raise Odd(words("{found} is not a unit we know. The units are {units}.", found=shown(text), units=known))
    return code


def quoted(text: str) -> bool:
    """Whether this support needs a quote."""
    answer = filled(text).casefold()
    if answer not in ("yes", "no", "y", "n"):
        raise Odd(words("{found} is not an answer here. Write Yes or No.", found=shown(text)))
    return answer.startswith("y")


def flag(text: str) -> str:
    """Whether a kind of claim is allowed: Y, N, or NA where the question does not arise."""
    answer = filled(text).upper()
    answer = "NA" if answer in ("N/A", "#N/A") else answer
    if answer not in ("Y", "N", "NA"):
        raise Odd(words("{found} is not an answer here. Write Y, N or NA.", found=shown(text)))
    return answer


def kind(text: str) -> str:
    """How the support is priced, in the spelling of its year; empty when the list says nothing."""
    key = folded(text).removesuffix("s")
    if key not in TYPES:
        known = Name(", ".join(sorted({spelling for spelling in TYPES.values() if spelling})))
        raise Odd(
            words("{found} is not a type we know. The types are {types}, or nothing.", found=shown(text), types=known)
        )
    return TYPES[key]


def limit(text: str) -> Money | None:
    """A price limit to the cent; a blank cell means that there is no limit, which is not zero."""
    amount = tidy(text)
    if not amount:
        return None
    match = _PRICE.fullmatch(amount)
    if match is None:
        raise Odd(_not_a_price(text, _FINE_PRICE.fullmatch(amount) is not None))
    price = dollars(match[1].replace(",", ""))
    if not price:
        raise Odd(words("A limit of zero would let nobody charge anything. Leave the cell blank for no limit."))
    if price > DEAREST:
        raise Odd(words("{found} is far more than a support costs. Please check this price.", found=shown(text)))
    return price


def day(text: str) -> date:
    """A day written 20260701, or as a spreadsheet's own date; 99991231 is the open end."""
    written = filled(text)
    try:
        if match := _DAY.fullmatch(written):
            return date(int(match[1]), int(match[3]), int(match[4]))
        if _SERIAL.fullmatch(written):
            return _DAY_ZERO + timedelta(days=int(written))
    except ValueError:
        raise Odd(words("{found} is not a day of the calendar.", found=shown(text))) from None
    raise Odd(
        words(
            "{found} is not a date we can read. Write it like {example}.", found=shown(text), example=Name("20260701")
        )
    )


def first_day(text: str) -> date:
    """The first day of a row, which is never the open end."""
    starts = day(text)
    if starts == OPEN_END:
        raise Odd(words("A support cannot start on the day that means an open end. Write its first day."))
    return starts


def _not_a_price(text: str, too_fine: bool) -> Words:
    if too_fine:
        return words("{found} has more decimals than cents. Write dollars and cents.", found=shown(text))
    example = Name("$1,063.13")
    return words(
        "{found} is not a price. Write it like {example}, or leave the cell blank.", found=shown(text), example=example
    )
