"""Sentences: their values have names, their translations fit, and the list of them is up to date."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from hypothesis import given, strategies as st
from jinja2 import Environment, nodes

from portal.setup import catalogues, gate
from portal.setup.catalogues import LOCALES, placeholders
from portal.setup.pseudo import pseudo
from tests.house.source import called, files, parts, text

IN_PYTHON = {"_": 1, "words": 1, "nwords": 2, "ngettext": 2}  # how many texts stand first
IN_TEMPLATES = {"_": 1, "plain": 1, "ngettext": 2}
DEFINED = ("budgeting/words.py", "portal/language.py", "portal/templating.py")  # where these words are made
#: Tables of sentences that are filled where they are used: an agreement and a working give the values, and a missing
#: one stops their making. What these files say inside a function has its values there, as everywhere.
FILLED_LATER = ("agreements/clauses/sentences.py", "budgeting/working.py")


def _problem(texts: list[object], values: set[str], open_ended: str) -> Iterator[str]:
    if not all(isinstance(each, str) for each in texts):
        yield "the sentence is not written here, so it cannot be translated"
        return
    given_values = values | ({"n"} if len(texts) == 2 else set())
    wanted = placeholders(map(str, texts))
    if wanted - given_values and not open_ended:
        yield f"no value for {sorted(wanted - given_values)}"
    if values - wanted - {"n"}:
        yield f"no place for {sorted(values - wanted)}"


def _in_python(name: str) -> Iterator[str]:
    inside: set[int] = set()
    if name in FILLED_LATER:
        functions = [node for node in parts(name) if isinstance(node, ast.FunctionDef)]
        inside = {id(part) for function in functions for part in ast.walk(function)}
    for node in parts(name):
        if isinstance(node, ast.Call) and called(node) in IN_PYTHON:
            verb = called(node)
            texts = [part.value if isinstance(part, ast.Constant) else None for part in node.args[: IN_PYTHON[verb]]]
            named = {keyword.arg for keyword in node.keywords if keyword.arg}
            in_a_table = name in FILLED_LATER and id(node) not in inside
            open_ended = in_a_table or any(keyword.arg is None for keyword in node.keywords)
            rest = "**" if open_ended else ""
            for problem in _problem(list(texts), named, rest):
                yield f"{name}:{node.lineno} {problem}"


def _in_template(name: str) -> Iterator[str]:
    for node in Environment(autoescape=True).parse(text(name)).find_all(nodes.Call):
        if isinstance(node.node, nodes.Name) and node.node.name in IN_TEMPLATES:
            verb = node.node.name
            texts = [part.value if isinstance(part, nodes.Const) else None for part in node.args[: IN_TEMPLATES[verb]]]
            named = {keyword.key for keyword in node.kwargs}
            for problem in _problem(list(texts), named, "**" if node.dyn_kwargs else ""):
                yield f"{name}:{node.lineno} {problem}"


def test_every_value_of_a_sentence_has_its_place_and_every_place_its_value() -> None:
    found = [line for name in files(".py") if name not in DEFINED for line in _in_python(name)]
    found += [line for name in files(".html", ".txt") if "/templates/" in name for line in _in_template(name)]
    assert not found, "\n".join(found)


def test_the_list_of_sentences_and_every_translation_is_complete_and_fits() -> None:
    found = gate.findings()
    assert not found, "\n".join(found[:40])


def test_a_translation_file_looks_the_same_whoever_writes_it(tmp_path: Path) -> None:
    template = catalogues.read(catalogues.template_path())  # it holds what the source does: see the test above
    for folder in catalogues.folders():
        copy = catalogues.catalogue_path(folder, tmp_path)
        catalogues.write(copy, catalogues.catalogue_path(folder).read_text(encoding="utf-8"))
        assert not catalogues.update(folder, template, tmp_path), f"{folder}: run the update command"


def test_no_compiled_catalogue_is_older_than_its_source() -> None:
    catalogues.compile_stale()
    assert catalogues.compile_stale() == []


@pytest.mark.parametrize(
    ("translation", "complaint"),
    [
        ("", "not translated"),
        ("مرحبا", "values differ (name)"),
        ("مرحبا {nam}", "values differ (nam, name)"),
        ("مرحبا <b>{name}</b>", "markup that the source does not have"),
        ("مرحبا {name} 3", "a number that the source does not have"),
        ("مرحبا {name} ٣", "a number that the source does not have"),
        ("مرحبا  {name}", "spaces at the ends, doubled, or a line break"),
        ("مرحبا {name} {", "a stray brace"),
        ("Hello {name}", "the same as the English"),
    ],
)
def test_a_translation_that_does_not_fit_its_source_is_named(translation: str, complaint: str) -> None:
    assert list(gate.problems("ar", Message("Hello {name}", translation), 6)) == [complaint]


def test_an_arabic_plural_may_say_one_and_two_as_words_but_not_many() -> None:
    english = ("{n} hour", "{n} hours")
    good = ("لا ساعات", "ساعة", "ساعتان", "{n} ساعات", "{n} ساعة", "{n} ساعة")
    assert list(gate.problems("ar", Message(english, good), 6)) == []
    bad = (*good[:4], "ساعة", good[5])
    assert list(gate.problems("ar", Message(english, bad), 6)) == ["values differ (n)"]


def test_a_handed_in_translation_is_written_and_one_for_no_sentence_is_named(tmp_path: Path) -> None:
    template = Catalog(charset="utf-8")
    template.add("Hello {name}")
    template.add(("{n} door", "{n} doors"))
    catalogues.update("ar", template, tmp_path)
    doors = ["لا أبواب", "باب", "بابان", "{n} أبواب", "{n} بابا", "{n} باب"]
    refused = catalogues.merge("ar", {"Hello {name}": "مرحبا {name}", "{n} door": doors, "Gone": "x"}, tmp_path)
    assert refused == ["ar: not a sentence of the source: Gone"]
    kept = catalogues.messages(catalogues.read(catalogues.catalogue_path("ar", tmp_path), "ar"))
    assert kept["Hello {name}", None].string == "مرحبا {name}"
    assert kept["{n} door", None].string == tuple(doors)
    assert "Hello {name}" not in catalogues.gaps("ar", tmp_path)


@given(st.text(st.sampled_from("abcXYZ .,"), min_size=1), st.from_regex(r"[a-z_][a-z0-9_]*", fullmatch=True))
def test_the_pseudo_language_changes_every_letter_and_keeps_every_value(sentence: str, name: str) -> None:
    made = pseudo(f"{sentence}{{{name}}}")
    assert placeholders([made]) == {name}
    outside = made.replace(f"{{{name}}}", "")
    assert not any(letter in outside for letter in "abcXYZ")
    assert 10 * len(outside) >= 13 * len(sentence)


def test_arabic_has_six_plural_forms_and_chinese_one() -> None:
    if not (LOCALES / "ar").exists():
        pytest.skip("there is no translation yet")
    assert catalogues.empty("ar").num_plurals == 6
    assert catalogues.empty("zh_Hans").num_plurals == 1
