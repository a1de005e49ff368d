"""A reader with a pocket calculator: what a page shows of a figure, and what comes out when one follows it.

The page of a figure is rendered as readers get it; then everything below reads only its text: labels, numbers, signs
and the few words that say how something was rounded or chosen. It knows nothing of how anything was worked out.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Any

from babel.dates import format_date
from lxml import html

from budgeting.explain import Figure
from budgeting.money import Minutes
from budgeting.words import Words
from portal.language import LANGUAGES, LOCALES, Language, current, plain
from portal.templating import environment, template_folders

POCKET = Context(prec=12, rounding=ROUND_DOWN)  # twelve digits, as on the display of a cheap calculator
MARKS = re.compile("[\u2066-\u2069\u200e\u200f\u061c]")
CENT, THOUSANDTH, ONE = Decimal("0.01"), Decimal("0.001"), Decimal(1)


# What a reader sees ---------------------------------------------------------------------------------------------------


@dataclass
class Shown:
    """One figure as text: its name, its value, the sentence and the arithmetic below it, and the figures under it."""

    label: str
    value: str
    said: str
    worked: str | None
    parts: list[Shown]


@cache
def page() -> Any:
    macro = '{% from "macros/ui.html" import why with context %}{{ why(figure) }}'
    return environment(template_folders()).from_string(macro)


def rendered(figure: Figure, language: Language) -> Shown:
    """A figure as the page shows it to a reader of a language."""
    token = current.set(language)
    try:
        shown = html.fromstring(page().render(figure=figure, lang=language))
    finally:
        current.reset(token)
    body = shown.find("div")
    return _read(_text(body.find("p[@class='why-name']")), _text(shown.find("summary/span")), body)


def _read(label: str, value: str, body: Any) -> Shown:
    sentences = [one for one in body.findall("p") if not one.get("class")]
    worked = body.find("p[@class='worked']")
    parts = []
    for part in body.xpath("(. | details)/dl[@class='sum']/div"):
        if part.get("class") is None:
            how = part.find("dd[@class='how']")
            parts.append(_read(_text(part.find("dt")), _text(part.find("dd")), part if how is None else how))
    said = " ".join(_text(one) for one in sentences)
    return Shown(label, value, said, None if worked is None else _text(worked), parts)


def _text(element: Any) -> str:
    return " ".join(MARKS.sub("", str(element.text_content())).split())


# What a reader knows: the numbers and the few words of a language -----------------------------------------------------


@dataclass(frozen=True)
class Reader:
    """Somebody who reads one language, and can type numbers and signs into a calculator."""

    language: Language
    known: gettext.NullTranslations

    def phrase(self, text: str) -> re.Pattern[str]:
        """A sentence of the language as a pattern, with what stands in it as groups."""
        return _patterns(self.language.tag, text, None)[0]

    def phrases(self, one: str, many: str) -> Sequence[re.Pattern[str]]:
        """All forms that a sentence takes for different numbers."""
        return _patterns(self.language.tag, one, many)

    def number(self, text: str) -> Decimal:
        """An amount, a share, a count, a time in minutes or a day (counted from the year one), as a number."""
        text = text.strip().removeprefix("(").removesuffix(")")
        plain = re.fullmatch(r"(−?)\$?(\d{1,3}(?:,\d{3})*|\d+)(\.\d+)?(%?)", text)
        if plain:
            value = Decimal(plain[2].replace(",", "") + (plain[3] or "")) * (-1 if plain[1] else 1)
            return value / 100 if plain[4] else value
        if text in self.time_words:
            return Decimal(self.time_words[text])
        for pattern, minutes in self.times:
            found = pattern.match(text)
            if found:
                return sum((self.number(found[key]) * minutes[key] for key in found.groupdict()), Decimal(0))
        if text in self.days:
            return Decimal(self.days[text])
        for pattern in self.one_day:
            if found := pattern.match(text):
                return self.number(found["n"]) if found.groupdict() else ONE
        raise AssertionError(f"{text!r} is no number in {self.language.tag}")

    @property
    def times(self) -> list[tuple[re.Pattern[str], dict[str, int]]]:
        return _times(self.language.tag)

    @property
    def time_words(self) -> dict[str, int]:
        return _time_words(self.language.tag)

    @property
    def few(self) -> tuple[int, ...]:
        """Numbers that the language can say without a digit, as in "two visits"."""
        return (1, 2) if self.language.tag == "ar" else (1,)

    @property
    def days(self) -> dict[str, int]:
        return _days(self.language.formats)

    @property
    def one_day(self) -> Sequence[re.Pattern[str]]:
        return self.phrases("{n} day", "{n} days")


@cache
def reader(tag: str) -> Reader:
    language = LANGUAGES[tag]
    return Reader(language, gettext.translation("messages", LOCALES, [language.folder], fallback=True))


@cache
def _patterns(tag: str, one: str, many: str | None) -> tuple[re.Pattern[str], ...]:
    known = reader(tag).known
    forms = {known.gettext(one)} if many is None else {known.ngettext(one, many, n) for n in (0, 1, 2, 3, 11, 100)}
    found = []
    for form in sorted(forms):
        pieces = re.split(r"\{(\w+)\}", " ".join(MARKS.sub("", form).split()))
        text = "".join(f"(?P<{piece}>.+?)" if n % 2 else re.escape(piece) for n, piece in enumerate(pieces))
        found.append(re.compile(text + r"\Z"))
    return tuple(found)


@cache
def _times(tag: str) -> list[tuple[re.Pattern[str], dict[str, int]]]:
    one = reader(tag)
    both = [(one.phrase("{hours} h {minutes} min"), {"hours": 60, "minutes": 1}), (one.phrase("{n} min"), {"n": 1})]
    hours = [(pattern, {"n": 60}) for pattern in one.phrases("{n} hour", "{n} hours")]
    return both + hours + [(pattern, {"n": 1}) for pattern in one.phrases("{n} minute", "{n} minutes")]


@cache
def _time_words(tag: str) -> dict[str, int]:
    """Times that are said without a digit: "one hour", "two minutes"."""
    known, found = reader(tag).known, {}
    for one, many, minutes in (("{n} hour", "{n} hours", 60), ("{n} minute", "{n} minutes", 1)):
        for n in (1, 2):
            form = MARKS.sub("", known.ngettext(one, many, n))
            if "{n}" not in form:
                found[form] = n * minutes
    return found


@cache
def _days(locale: str) -> dict[str, int]:
    start = date(2025, 1, 1)
    days = (start + timedelta(number) for number in range(4 * 365))
    return {format_date(day, "long", locale=locale): day.toordinal() for day in days}


# The calculator -------------------------------------------------------------------------------------------------------


def computed(typed: str, one: Reader) -> tuple[Decimal, list[str]]:
    """What a pocket calculator shows for what is typed, and the numbers in it.

    Keys are pressed one after the other; where nothing stands in brackets, the answer must be the same by the rule of
    school that × goes before +.
    """
    numbers: list[str] = []
    while inner := re.search(r"\(([^()]* [+−×÷] [^()]*)\)", typed):
        shown, within = computed(inner[1], one)
        numbers += [number for number in within if number]
        typed = f"{typed[: inner.start()]}#{shown}{typed[inner.end() :]}"
    terms = re.split(r" ([+−×÷]) ", typed)
    typed_in, signs = terms[::2], terms[1::2]
    values = [Decimal(term[1:]) if term.startswith("#") else one.number(term) for term in typed_in]
    display = values[0]
    for sign, value in zip(signs, values[1:], strict=True):
        display = _press(display, sign, value)
    total, product = Decimal(0), values[0]
    for sign, value in zip(signs, values[1:], strict=True):
        if sign in "×÷":
            product = _press(product, sign, value)
        else:
            total, product = total + product, value if sign == "+" else -value
    assert display == total + product, typed
    return display, numbers + [term for term in typed_in if not term.startswith("#")]


def _press(left: Decimal, sign: str, right: Decimal) -> Decimal:
    match sign:
        case "+":
            return POCKET.add(left, right)
        case "−":
            return POCKET.subtract(left, right)
        case "×":
            return POCKET.multiply(left, right)
    return POCKET.divide(left, right)


ROUNDED = {
    "{working}, rounded to the cent": (CENT, ROUND_HALF_UP),
    "{working}, rounded down to the cent": (CENT, ROUND_DOWN),
    "{working}, rounded to a thousandth": (THOUSANDTH, ROUND_HALF_UP),
    "{working}, rounded to the dollar": (ONE, ROUND_HALF_UP),
    "{working}, rounded to two decimals": (Decimal("0.0001"), ROUND_HALF_UP),
    "{working}, rounded down to a whole number": (ONE, ROUND_DOWN),
    "{working}, rounded to the minute": (ONE, ROUND_HALF_UP),
}
CHOSEN = {
    "The lowest of {first} and {second}: {value}": min,
    "The highest of {first} and {second}: {value}": max,
    "The earliest of {first} and {second}: {value}": min,
}
SAID = (
    "{value}, as told to us, or as a letter or an agreement says",
    "{value}, as published",
    "{value}, counted in the calendar",
    "{value}, explained at its own place",
    "{value}: nothing else to choose from",
    "{value}, the same for each of them",
    "{value}: there is nothing to add up",
)
ADDED = ("{n} figure below, added up: {value}", "{n} figures below, added up: {value}")
ALONE = "{value}, which is the figure below"


def result(shown: Shown, one: Reader) -> Decimal:
    """Follow the arithmetic below a figure, and say what comes out."""
    assert shown.worked is not None
    for said in SAID:
        if found := one.phrase(said).match(shown.worked):
            return one.number(found["value"])
    for chosen, choose in CHOSEN.items():
        if found := one.phrase(chosen).match(shown.worked):
            between = [*_listed(found["first"], one), found["second"]]
            _found_elsewhere(between, shown, one)
            assert choose(one.number(number) for number in between) == one.number(found["value"])
            return one.number(found["value"])
    for pattern in (one.phrase(ALONE), *one.phrases(*ADDED)):
        if found := pattern.match(shown.worked):
            values = [one.number(part.value) for part in shown.parts if not unknown(part, one)]
            assert sum(values, Decimal(0)) == one.number(found["value"]), shown
            return one.number(found["value"])
    for sentence, (unit, way) in ROUNDED.items():
        if found := one.phrase(sentence).match(shown.worked):
            return _equation(found["working"], shown, one, unit, way)
    return _equation(shown.worked, shown, one)


def _equation(text: str, shown: Shown, one: Reader, unit: Decimal | None = None, way: str = ROUND_DOWN) -> Decimal:
    typed, *results = text.split(" = ")
    display, numbers = computed(typed, one)
    _found_elsewhere(numbers, shown, one)
    last = [one.number(value) for value in results]
    assert len(set(last)) == 1, text
    exact = display if unit is None else display.quantize(unit, way)
    assert exact == last[0], f"{text}: the calculator shows {display}"
    return last[0]


def _listed(text: str, one: Reader) -> list[str]:
    found = one.phrase("{first}, {next}").match(text)
    return [*_listed(found["first"], one), found["next"]] if found else [text]


def _found_elsewhere(numbers: Sequence[str], shown: Shown, one: Reader) -> None:
    """Every number that is typed is said in words, or is the value of a part that explains it."""
    parts = {one.number(part.value) for part in shown.parts if not unknown(part, one)}
    for number in numbers:
        named = number.strip("()") in shown.said or one.number(number) in parts
        assert (
            named or one.number(number) in (*one.few, 60) or any(text in shown.said for text in _as_times(number, one))
        ), shown


def _as_times(number: str, one: Reader) -> Iterator[str]:
    """How a number of minutes is written where it is not typed into a calculator."""
    if one.phrase("{n} min").match(number):
        yield MARKS.sub("", plain(Words("{time}", {"time": Minutes(int(one.number(number)))}), one.language))


def unknown(shown: Shown, one: Reader) -> bool:
    return shown.value == one.known.gettext("Not known yet")


def follow(shown: Shown, one: Reader) -> None:
    """Check a figure and everything below it."""
    assert shown.label
    assert "{" not in shown.label + shown.value + shown.said + (shown.worked or "")
    if unknown(shown, one):
        assert shown.worked is None
    else:
        assert shown.worked is not None, f"nothing says how {shown.label}: {shown.value} came about"
        assert result(shown, one) == one.number(shown.value), shown
    for part in shown.parts:
        follow(part, one)
