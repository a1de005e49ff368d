"""Where sentences become someone's language: catalogues, typed values, the one Jinja environment, reading numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache, partial
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_currency
from babel.support import NullTranslations, Translations
from markupsafe import Markup, escape

from budgeting.money import Minutes, Money, Percent, Quantity
from budgeting.words import Arithmetic, Name, Sign, Value, Words, nwords, words

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "locales"
COUNTRY = "en_AU"  # money and numbers are written the operator's way in every language


@dataclass(frozen=True, eq=False)
class Language:
    """A language a reader can choose: its public tag, catalogue folder, Babel locale, html lang and direction."""

    tag: str
    own_name: str
    folder: str
    formats: str
    html_lang: str
    dir: str = "ltr"
    easy: bool = False

    @property
    def rtl(self) -> bool:
        return self.dir == "rtl"


LANGUAGES: Mapping[str, Language] = {
    language.tag: language
    for language in (
        Language("en", "English", "en", "en_AU", "en-AU"),
        Language("ar", "العربية", "ar", "ar_001", "ar", "rtl"),
        Language("zh-Hans", "简体中文", "zh_Hans", "zh_Hans", "zh-Hans"),
        Language("en-XA", "⟦Ṕšéúđó⟧", "en_XA", "en_AU", "en-XA"),
    )
}
OFFERED = ("en", "ar", "zh-Hans")  # complete; the pseudo-locale is for tests and development
ENGLISH = LANGUAGES["en"]


def spoken_in(tag: str) -> str:
    """The ``lang`` of somebody's own words on a page; a language that is not offered keeps its tag."""
    return LANGUAGES[tag].html_lang if tag in LANGUAGES else tag


LETTERS = {
    "ar": ("\u0600", "\u06ff"),
    "zh-Hans": ("\u4e00", "\u9fff"),
    "en": ("A", "\u024f"),
}  #: from the first to the last


@lru_cache(maxsize=8_000)
def script_of(text: str) -> str:
    """The offered language with whose letters most of a text is written; empty where none of them is used."""
    counts = {tag: sum(first <= one <= last for one in text if one.isalpha()) for tag, (first, last) in LETTERS.items()}
    most = max(counts, key=lambda tag: counts[tag])
    return most if counts[most] else ""


def foreign(text: str, language: Language) -> str:
    """The ``lang`` of a stored text in other letters than the reader's; none where they are the same, or for a code."""
    if text.isascii() and (language.html_lang.startswith("en") or text == text.upper()):
        return ""
    tag = script_of(text)
    return "" if tag == script_of(language.own_name) else tag


def tongue(text: object, among: str = "") -> Markup:
    """The attributes of an element that holds somebody's own words and nothing else: their direction and language.

    ``among`` is their language where it is known; else other letters than the reader's tell it.
    """
    tag = spoken_in(among) or foreign(str(text or ""), current.get())
    return Markup(' dir="auto" lang="{}"').format(tag) if tag else Markup(' dir="auto"')


def chosen_in(text: str) -> Markup:
    """The same for a choice of a list, which may be a sentence of ours: it has not one letter of the reader's."""
    first, last = LETTERS[script_of(current.get().own_name)]
    return Markup() if any(first <= one <= last for one in text if one.isalpha()) else tongue(text)


current: ContextVar[Language] = ContextVar("language", default=ENGLISH)
zone: ContextVar[str] = ContextVar("zone", default="Australia/Sydney")


def choose(*wishes: str | None) -> Language:
    """The first wish we have: tags from the address, the person, the cookie, then an Accept-Language header."""
    for wish in wishes:
        for part in (wish or "").split(","):
            tag = known(part.split(";")[0].strip())
            if tag:
                return LANGUAGES[tag]
    return ENGLISH


def known(tag: str) -> str | None:
    """Our tag for the language that somebody's tag means; None when it is none of ours."""
    if tag in LANGUAGES:
        return tag
    lower = tag.lower()
    if lower == "zh" or lower.startswith(("zh-cn", "zh-sg", "zh-hans")):
        return "zh-Hans"
    base = lower.split("-")[0]
    return base if base in OFFERED else None


@lru_cache(maxsize=32)
def _catalogue(folder: str) -> NullTranslations:
    return Translations.load(LOCALES, [folder], domain="messages")


AS_WRITTEN: Mapping[str, Words] = MappingProxyType({})
#: What this reader is told in other words, by the English text; set while a page about somebody is made: what is said
#: of a person as it is said to them, and what is said to them as others read it.
retold: ContextVar[Mapping[str, Words]] = ContextVar("retold", default=AS_WRITTEN)


def as_written(caller: Callable[[], Markup]) -> Markup:
    """What a template says between ``{% call as_written() %}`` and its end, retold to nobody: as providers read it."""
    before = retold.set(AS_WRITTEN)
    try:
        return caller()
    finally:
        retold.reset(before)


def voice() -> str:
    """What sentences that are remembered depend on: the language, and whether they are said to or of the person."""
    return f"{current.get().tag} {id(retold.get())}"


def _translated(words: Words, language: Language) -> str:
    catalogue = _catalogue(language.folder)
    if words.plural is None:
        return str(catalogue.ugettext(words.text))
    return str(catalogue.ungettext(words.text, words.plural, words.count))


FIELD = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
FIRST_STRONG, LEFT_TO_RIGHT, RIGHT_TO_LEFT, POP = "\u2068", "\u2066", "\u2067", "\u2069"


def plain(words: Words, language: Language | None = None) -> str:
    """A sentence as plain text for titles, attributes, letters and SVG; values are isolated for direction."""
    language = language or current.get()
    other = retold.get().get(words.text)
    told = replace(words, text=other.text, plural=other.plural) if other else words
    return FIELD.sub(lambda m: _isolated(words.values[m[1]], language), _translated(told, language))


#: Text that is markup already, without looking for what else it may be.
marked: Callable[[str], Markup] = cast(Any, partial(str.__new__, Markup))


def markup(words: Words, language: Language | None = None) -> Markup:
    """A sentence as markup: text escaped, every value formatted by its type and isolated for direction."""
    language = language or current.get()
    told = retold.get().get(words.text, words)
    parts = _pieces(told.text, told.plural, words.count, language)
    if len(parts) == 1:
        return marked(parts[0])
    values = words.values
    shown = (show(values[part], language) if number % 2 else part for number, part in enumerate(parts))
    return marked("".join(shown))  # the text is escaped by _pieces(), the values by show()


@lru_cache(maxsize=8_000)
def _pieces(text: str, plural: str | None, count: int, language: Language) -> tuple[str, ...]:
    """A translated and escaped sentence, taken apart: text and names of fields in turn."""
    return tuple(FIELD.split(str(escape(_translated(Words(text, {}, plural, count), language)))))


def show(value: Value, language: Language | None = None) -> Markup:
    """One value as markup."""
    language = language or current.get()
    if type(value) in _ALIKE:
        return _shown(value, language)
    if isinstance(value, Words):
        return markup(value, language)
    if isinstance(value, Arithmetic):
        way = language.dir if value.of_days else "ltr"
        return Markup(f'<bdi dir="{way}" class="working">{_keyed(value, lambda one: _apart(one, language))}</bdi>')
    return _unkept(value, language)


def _unkept(value: Value, language: Language) -> Markup:
    text = escape(formatted(value, language))
    if isinstance(value, Money | Quantity | Percent | int):
        return marked(f'<bdi dir="ltr" class="num">{text}</bdi>')
    if isinstance(value, time):
        text = text.replace(NARROW, NARROW_MARKUP)  # what is ASCII else becomes bytes thirty times sooner
    elif isinstance(value, Name | str) and (tag := foreign(text, language)):
        return marked(f'<bdi lang="{tag}">{text}</bdi>')
    return marked(f"<bdi>{text}</bdi>")


_ALIKE = frozenset({Money, Quantity, Percent, int, date})  #: what every reader of a language sees alike
_shown = lru_cache(maxsize=20_000, typed=True)(_unkept)


def _apart(value: Value, language: Language) -> Markup:
    return Markup(f"<bdi>{markup(value, language)}</bdi>") if isinstance(value, Words) else show(value, language)


class Places(dict[str, Markup]):
    """What fills the places of a shape, by their names; what is not markup is escaped as it is put in."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__({name: value if type(value) is Markup else escape(value) for name, value in values.items()})

    def also(self, **values: object) -> Places:
        """The same and some more, or others of the same name."""
        more = Places(values)
        for name, value in self.items():
            more.setdefault(name, value)
        return more


def filled(shape: str, places: Mapping[str, str]) -> Markup:
    """Markup that a template wrote once, filled for one row of many: ``{name}`` marks a place in it.

    ``shape`` and what fills it must be markup already: ``Places`` sees to that.
    """
    pieces, names = _taken_apart(shape)
    whole = [*pieces]
    whole[1::2] = names(places)
    return marked("".join(whole))


@lru_cache(maxsize=500)
def _taken_apart(shape: str) -> tuple[tuple[str, ...], Callable[[Mapping[str, str]], Iterable[str]]]:
    """Text and places of a shape in turn, and what finds the values of all places at once."""
    pieces = tuple(FIELD.split(shape))
    names = pieces[1::2]
    if len(names) > 1:
        return pieces, itemgetter(*names)
    return pieces, lambda places: [places[name] for name in names]


def kept(html: bytes) -> Markup:
    """Markup that our own templates made earlier, stored with its hash and shown again byte for byte."""
    return Markup(html.decode())


def show_plain(value: Value, language: Language | None = None) -> str:
    """One value as plain text."""
    return _isolated(value, language or current.get())


def _isolated(value: Value, language: Language, nested: bool = False) -> str:
    text = formatted(value, language)
    if not language.rtl or (isinstance(value, Words) and not nested):
        return text
    mark = LEFT_TO_RIGHT if isinstance(value, Money | Quantity | Percent | int | Arithmetic) else FIRST_STRONG
    if isinstance(value, Arithmetic) and value.of_days:
        mark = RIGHT_TO_LEFT
    return f"{mark}{text}{POP}"


def formatted(value: Value, language: Language) -> str:
    """A value by its type: numbers the country's way, words and dates the reader's way."""
    match value:
        case Words():
            return plain(value, language)
        case Arithmetic():
            return _keyed(value, lambda one: _isolated(one, language, nested=True))
        case Money():
            return _money(value.minor, value.currency)
        case Percent():
            return f"{_trimmed(value.ppm, 4)}%"
        case Quantity():
            return _trimmed(value.thousandths, 3)
        case Minutes():
            return _duration(value.count, language)
        case datetime():
            return when(value, language)
        case date():
            return _date(value, language.formats)
        case time():
            return format_time(value, "short", locale=language.formats)
        case bool():
            raise TypeError("a yes or no is two sentences, not a value")
        case int():
            return f"{value:,}".replace("-", LESS)
        case Name():
            return value.text
        case str():
            return value
    raise TypeError(f"{type(value).__name__} cannot stand in a sentence")


NARROW = "\u202f"  #: the space in "9:00 am"
NARROW_MARKUP = Markup("&#8239;")
LESS = Sign.MINUS.value  # a hyphen is not read aloud: money that is missing would be heard as money left


@lru_cache(maxsize=20_000)
def _money(minor: int, currency: str) -> str:
    return format_currency(Decimal(minor).scaleb(-2), currency, locale=COUNTRY).replace("-", LESS)


@lru_cache(maxsize=8_000)
def _date(day: date, formats: str) -> str:
    return format_date(day, "long", locale=formats)


TIMED = words("{n} min")  # a time among other numbers: whole minutes, as they are typed into a calculator


def _keyed(value: Arithmetic, one: Callable[[Value], str]) -> str:
    """Terms, signs and result in the order of the keys; ``one`` shows a single value."""
    multiplied = Sign.TIMES in value.terms or Sign.OVER in value.terms

    def typed(term: Value) -> str:
        if multiplied and isinstance(term, Minutes):
            return one(Words(TIMED.text, {"n": term.count}))
        return one(term)

    pieces: list[str] = []
    for term in value.terms:
        if isinstance(term, Sign):
            pieces.append(term.value if term in (Sign.OPEN, Sign.CLOSE) else f" {term.value} ")
        else:
            pieces.append(f"({typed(term)})" if pieces and _negative(term) else typed(term))
    pieces.append(f" = {typed(value.result)}")
    if multiplied and isinstance(value.result, Minutes):
        pieces.append(f" = {one(value.result)}")
    return "".join(pieces)


def _negative(value: Value) -> bool:
    return isinstance(value, Money) and value.minor < 0


def _trimmed(number: int, places: int) -> str:
    sign, number = (LESS, -number) if number < 0 else ("", number)
    whole, rest = divmod(number, 10**places)
    fraction = f"{rest:0{places}d}".rstrip("0")
    return f"{sign}{whole:,}" + (f".{fraction}" if fraction else "")


def when(moment: datetime, language: Language | None = None) -> str:
    """An instant as day and time where the reader's plan is."""
    language = language or current.get()
    local = moment.astimezone(ZoneInfo(zone.get()))
    # Translators: an instant, such as 22 November 2026, 4:05 pm. The comma is yours to choose, or to leave out.
    instant = words("{day}, {time}", day=local.date(), time=local.time())
    return plain(instant, language)


def _duration(minutes: int, language: Language) -> str:
    hours, rest = divmod(abs(minutes), 60)
    if rest == 0:
        return plain(nwords("{n} hour", "{n} hours", hours), language)
    if hours == 0:
        return plain(nwords("{n} minute", "{n} minutes", rest), language)
    return plain(words("{hours} h {minutes} min", hours=hours, minutes=rest), language)


def weekday_names(language: Language | None = None, width: str = "wide") -> list[str]:
    """Monday to Sunday in the reader's language."""
    names: Mapping[int, str] = Locale.parse((language or current.get()).formats).days["stand-alone"][width]
    return [names[day] for day in range(7)]


def month_name(day: date, language: Language | None = None) -> Markup:
    """The month and year of a day in the reader's language, as a heading; isolated for direction as every date is."""
    return show(str(format_skeleton("yMMMM", day, locale=(language or current.get()).formats)), language)
