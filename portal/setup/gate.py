"""The gate for translations: what is missing, does not fit its source, or would show a reader something wrong."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from portal.setup import catalogues
from portal.setup.catalogues import LOCALES, PLACEHOLDER, forms, messages, placeholders
from portal.setup.extraction import sentences

SAME_EVERYWHERE = frozenset({"Coplan", "NDIS", "PDF", "CSV", "XLSX", "Stripe"})  # names that are not translated
TAG = re.compile(r"<[^>]*>|&#?\w+;|[<>]")
NUMBER = re.compile(r"\d+")
ONE_NUMBER_ONLY = {"ar": (0, 1, 2)}  # plural forms that stand for exactly one number, so may say it as a word


def findings(locales: Path = LOCALES) -> list[str]:
    """What keeps the catalogues from being complete and true, one readable line each; empty when all is well."""
    source = sentences()
    template_path = catalogues.template_path(locales)
    if not template_path.exists():
        return ["locales/messages.pot is missing: run `python -m portal.setup.languages update`."]
    found = list(_source(source))
    stale = _difference(catalogues.read(template_path), source)
    if stale:
        found.append(f"messages.pot is not up to date ({stale}): run `python -m portal.setup.languages update`.")
    if not catalogues.folders(locales):
        found.append("There is no translation yet.")
    for folder in catalogues.folders(locales):
        found.extend(f"{folder}: {line}" for line in _language(folder, source, locales))
    return found


def _difference(template: Catalog, source: Catalog) -> str:
    ours, theirs = messages(template), messages(source)
    new, gone = len(theirs.keys() - ours.keys()), len(ours.keys() - theirs.keys())
    changed = sum(ours[name].id != theirs[name].id for name in ours.keys() & theirs.keys())
    return f"{new} new, {gone} gone, {changed} changed" if new or gone or changed else ""


def _source(source: Catalog) -> Iterator[str]:
    for message in messages(source).values():
        texts = (message.id,) if isinstance(message.id, str) else message.id
        for english in texts:
            if english != english.strip() or "  " in english or "\n" in english:
                yield f"source: spaces at the ends, doubled, or a line break: {english!r}"
            if re.search(r"[{}]|%[sd(]", PLACEHOLDER.sub("", english)):
                yield f"source: a value is written {{name}}, nothing else in braces: {english!r}"


def _language(folder: str, source: Catalog, locales: Path) -> Iterator[str]:
    path = catalogues.catalogue_path(folder, locales)
    catalogue = catalogues.read(path, folder)
    ours, theirs = messages(catalogue), messages(source)
    for name in sorted(theirs.keys() - ours.keys(), key=str):
        yield f"missing: {name[0]!r}"
    for name in sorted(ours.keys() - theirs.keys(), key=str):
        yield f"no longer in the source: {name[0]!r}"
    if catalogue.obsolete:
        yield f"{len(catalogue.obsolete)} obsolete entries kept as comments"
    for name, message in sorted(ours.items(), key=lambda entry: str(entry[0])):
        if name in theirs:
            for problem in problems(folder, message, catalogue.num_plurals):
                yield f"{problem}: {name[0]!r}"


def problems(folder: str, message: Message, plurals: int) -> Iterator[str]:
    """What is wrong with the translation of one message."""
    english = (message.id,) if isinstance(message.id, str) else message.id
    translated = forms(message)
    if not all(translated):
        yield "not translated"
        return
    if message.fuzzy:
        yield "marked fuzzy"
    if isinstance(message.id, tuple) and len(translated) != plurals:
        yield f"needs {plurals} plural forms, has {len(translated)}"
    wanted = placeholders(english)
    for place, form in enumerate(translated):
        optional = {"n"} if len(english) > 1 and place in ONE_NUMBER_ONLY.get(folder, ()) else set()
        if placeholders([form]) | optional != wanted | optional:
            yield f"values differ ({', '.join(sorted(placeholders([form]) ^ wanted))})"
        yield from _text_problems(form, english)
    if len(english) == 1 and _is_copy(translated[0], english[0]):
        yield "the same as the English"


def _text_problems(form: str, english: tuple[str, ...] | list[str]) -> Iterator[str]:
    source = " ".join(english)
    if Counter(TAG.findall(form)) - Counter(TAG.findall(source)):
        yield "markup that the source does not have"
    if re.search(r"[{}]", PLACEHOLDER.sub("", form)):
        yield "a stray brace"
    digits = {_ascii(run) for run in NUMBER.findall(PLACEHOLDER.sub("", form))}
    if digits - set(NUMBER.findall(PLACEHOLDER.sub("", source))):
        yield "a number that the source does not have"
    if "  " in form or form != form.strip() or "\n" in form:
        yield "spaces at the ends, doubled, or a line break"


def _ascii(run: str) -> str:
    return "".join(str(unicodedata.digit(character)) for character in run)


def _is_copy(form: str, english: str) -> bool:
    letters = re.search(r"[^\W\d_]", PLACEHOLDER.sub("", english))
    return form == english and bool(letters) and english not in SAME_EVERYWHERE
