"""Reads, writes, updates and compiles the catalogues under ``locales``; files come out the same on every machine."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from portal.setup.extraction import ROOT
from portal.setup.pseudo import FOLDER as PSEUDO, pseudo

LOCALES = ROOT / "locales"
PLURALS = {  # the order of the forms, as gettext and most tools have it; a language not named here takes Babel's
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: coplan\\n"
{language}"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""

Key = tuple[str, str | None]  # the English sentence (the singular one), and its context


def key(message: Message) -> Key:
    """What names a message: its English text and its context."""
    return (message.id if isinstance(message.id, str) else message.id[0]), message.context


def forms(message: Message) -> tuple[str, ...]:
    """The translations of a message: one, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def messages(catalogue: Catalog) -> dict[Key, Message]:
    """The messages of a catalogue by key, without the header."""
    return {key(message): message for message in catalogue if message.id}


def template_path(locales: Path = LOCALES) -> Path:
    """Where the list of all English sentences is kept."""
    return locales / "messages.pot"


def catalogue_path(folder: str, locales: Path = LOCALES) -> Path:
    """Where the translations into one language are kept."""
    return locales / folder / "LC_MESSAGES" / "messages.po"


def folders(locales: Path = LOCALES) -> list[str]:
    """The languages that have a catalogue, by folder name."""
    return sorted(path.parent.parent.name for path in locales.glob("*/LC_MESSAGES/messages.po"))


def read(path: Path, folder: str | None = None) -> Catalog:
    """A catalogue from its file; a damaged file is a ``babel.messages.pofile.PoFileError``."""
    with path.open("rb") as file:
        return read_po(file, locale=folder, charset="utf-8", abort_invalid=True)


def plural_rule(folder: str) -> str:
    """The Plural-Forms line of a language."""
    return PLURALS.get(folder) or f"{Catalog(locale=folder).plural_forms.rstrip(';')};"


def empty(folder: str) -> Catalog:
    """A catalogue of this language with no messages yet, which knows how many plural forms it needs."""
    text = HEADER.format(language=_language(folder))
    return read_po(io.BytesIO(text.encode()), locale=folder, charset="utf-8")


def _language(folder: str) -> str:
    return f'"Language: {folder}\\n"\n"Plural-Forms: {plural_rule(folder)}\\n"\n'


def text(catalogue: Catalog, folder: str | None = None) -> str:
    """A catalogue as the text of its file: sorted, unwrapped, without dates, places or obsolete messages."""
    body = io.BytesIO()
    write_po(body, catalogue, 0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    header = HEADER.format(language=_language(folder) if folder else "")
    return header + body.getvalue().decode().strip("\n") + "\n"


def write(path: Path, content: str) -> bool:
    """Replace a file in one step, and only when it changes; says whether it did."""
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    _replace(path, content.encode())
    return True


def update(folder: str, template: Catalog, locales: Path = LOCALES) -> bool:
    """Bring one language's file up to date with the template: new sentences empty, gone ones dropped, none guessed."""
    path = catalogue_path(folder, locales)
    kept = messages(read(path, folder)) if path.exists() else {}
    fresh = empty(folder)
    for name, message in messages(template).items():
        old = kept.get(name)
        same_kind = old is not None and isinstance(old.id, str) == isinstance(message.id, str)
        fresh.add(
            message.id,
            old.string if old is not None and same_kind else None,
            auto_comments=message.auto_comments,
            user_comments=old.user_comments if old is not None else (),
            context=message.context,
        )
    return write(path, text(fresh, folder))


def merge(folder: str, given: Mapping[str, Any], locales: Path = LOCALES) -> list[str]:
    """Write handed-in translations into one language's file; returns a sentence for each that could not be taken.

    ``given`` maps the English sentence to its translation, or to the list of its plural forms. A sentence with a
    context is named ``context|sentence``.
    """
    path = catalogue_path(folder, locales)
    catalogue = read(path, folder) if path.exists() else empty(folder)
    known = {f"{context}|{english}" if context else english: m for (english, context), m in messages(catalogue).items()}
    refused: list[str] = []
    for english, translation in given.items():
        message = known.get(english)
        if message is None:
            refused.append(f"{folder}: not a sentence of the source: {english}")
        elif isinstance(message.id, str) and isinstance(translation, str):
            message.string = translation
        elif isinstance(message.id, tuple) and _is_forms(translation, catalogue.num_plurals):
            message.string = tuple(translation)
        else:
            wanted = "one text" if isinstance(message.id, str) else f"a list of {catalogue.num_plurals} texts"
            refused.append(f"{folder}: needs {wanted}: {english}")
    write(path, text(catalogue, folder))
    return refused


def _is_forms(translation: Any, wanted: int) -> bool:
    return (
        isinstance(translation, list)
        and len(translation) == wanted
        and all(isinstance(form, str) for form in translation)
    )


def gaps(folder: str, locales: Path = LOCALES) -> dict[str, str | list[str]]:
    """The sentences of one language that are not translated yet, in the shape that ``merge`` takes back."""
    catalogue = read(catalogue_path(folder, locales), folder)
    return {
        f"{context}|{english}" if context else english: "" if isinstance(m.id, str) else [""] * catalogue.num_plurals
        for (english, context), m in messages(catalogue).items()
        if not all(forms(m))
    }


def compile_stale(locales: Path = LOCALES) -> list[str]:
    """Make the binary catalogues that are missing or older than their source, the pseudo-language too.

    Called at set-up and at every start; quick when nothing changed. Returns the folders that were made.
    """
    made = []
    for folder in folders(locales):
        source = catalogue_path(folder, locales)
        if _stale(source.with_suffix(".mo"), source):
            _compile(read(source, folder), source.with_suffix(".mo"))
            made.append(folder)
    template = template_path(locales)
    target = catalogue_path(PSEUDO, locales).with_suffix(".mo")
    if template.exists() and _stale(target, template):
        _compile(pseudo_catalogue(read(template)), target)
        made.append(PSEUDO)
    return made


def pseudo_catalogue(template: Catalog) -> Catalog:
    """Every sentence of the template in the pseudo-language."""
    catalogue = Catalog(locale="en", charset="utf-8")
    for message in messages(template).values():
        string = pseudo(message.id) if isinstance(message.id, str) else tuple(map(pseudo, message.id))
        catalogue.add(message.id, string, context=message.context)
    return catalogue


def _stale(made: Path, source: Path) -> bool:
    return not made.exists() or made.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(catalogue: Catalog, target: Path) -> None:
    binary = io.BytesIO()
    write_mo(binary, catalogue)
    target.parent.mkdir(parents=True, exist_ok=True)
    _replace(target, binary.getvalue())


def _replace(path: Path, content: bytes) -> None:
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")


def placeholders(sentences: Iterable[str]) -> set[str]:
    """The names of the ``{values}`` in some sentences."""
    return {name for sentence in sentences for name in PLACEHOLDER.findall(sentence)}
