"""Every sentence of the calculator, findings too, can be said in every language with values of the types it takes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import pytest

import budgeting
from budgeting import letters, programs
from budgeting.letters import grants, parts
from budgeting.money import Minutes, Money, Percent, Quantity
from budgeting.words import Arithmetic, Name, Sign, Value, Words
from portal.language import FIELD, LANGUAGES, OFFERED, markup, plain

HOME = Path(budgeting.__file__).parent
SAMPLES: tuple[Value, ...] = (
    Money(-1234_56),
    Percent(175_000),
    Minutes(135),
    Quantity(12_500),
    Name("Ṡara & مريم <b>"),
    date(2026, 7, 1),
    time(9, 30),
    1234,
    Words("Monday"),
    Arithmetic((12, Sign.TIMES, Money(140_46)), Money(1685_52)),
)


@dataclass(frozen=True)
class Sentence:
    """A sentence where it stands, with the names of its values; ``many`` is its form for several."""

    place: str
    one: str
    many: str | None
    given: frozenset[str] | None  # None where the values cannot be read from the code


def sentences() -> Iterator[Sentence]:
    for path in sorted(HOME.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("words", "nwords"):
                yield from _sentence(node, node.func.id == "nwords", f"{path.relative_to(HOME)}:{node.lineno}")


def _sentence(call: ast.Call, plural: bool, place: str) -> Iterator[Sentence]:
    texts = [arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    if len(texts) < (2 if plural else 1):
        return  # the sentence stands in a table or a variable
    names = [keyword.arg for keyword in call.keywords]
    known = {name for name in names if name} | ({"n"} if plural else set())
    yield Sentence(place, texts[0], texts[1] if plural else None, None if None in names else frozenset(known))


def in_tables() -> Iterator[Sentence]:
    """The sentences of tables, with the values that stand beside them."""
    for program in programs.PROGRAMS:
        shares = letters.letter(program).shares
        said = [words for one in programs.forgotten(program) for words in (one.label, one.about)]
        said += [words for one in programs.families(program) for words in (one.label, one.search)]
        said += [words for one in parts.of(program).values() for words in (one.words, one.about)]
        said += [words for one in grants.grants(program) for words in (one.label, one.about, *one.codes.values())]
        said += [words for table in (shares.means, shares.cohorts) for words in table.values()] if shares else []
        yield from (Sentence(f"{program}: {one.text}", one.text, None, frozenset(one.values)) for one in said)


ALL = [*sentences(), *in_tables()]


def test_the_calculator_says_a_lot() -> None:
    assert len(ALL) > 300
    assert {"checks.py", "forecast/__init__.py"} <= {one.place.partition(":")[0] for one in ALL}


def test_every_sentence_is_given_exactly_the_values_it_names() -> None:
    wrong = []
    for one in ALL:
        if one.given is None or one.place.startswith("working.py"):  # there, figures fill in the values themselves
            continue
        named = set(FIELD.findall(one.one)) | set(FIELD.findall(one.many or ""))
        if named - one.given or one.given - named - {"n"}:
            wrong.append(f"{one.place}: {one.one!r} takes {sorted(named)}, is given {sorted(one.given)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("tag", OFFERED)
def test_every_sentence_can_be_said_in_every_language(tag: str) -> None:
    language = LANGUAGES[tag]
    for number, one in enumerate(ALL):
        names = dict.fromkeys(FIELD.findall(one.one + (one.many or "")))
        values = {name: SAMPLES[(number + n) % len(SAMPLES)] for n, name in enumerate(names)}
        for count in (0, 1, 2, 3, 11, 100) if one.many else (1,):
            values |= {"n": count} if one.many else {}
            said = Words(one.one, values, one.many, count)
            assert not re.search(r"\{\w*\}", plain(said, language)), one
            shown = markup(said, language)
            assert not re.search(r"\{\w*\}", shown), one
            assert "<b>" not in shown, one
