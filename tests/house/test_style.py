"""The page that shows every component in every state is complete by itself: what is missing on it fails here."""

from __future__ import annotations

import pytest
from jinja2 import nodes

from budgeting.words import words
from portal.home.samples import ROWS, STATES, TYPED
from portal.language import LANGUAGES, OFFERED, ROOT, plain
from portal.templating import environment
from tests.person import Person

KIT = ROOT / "portal" / "site" / "templates"
LOADED = environment([KIT])


def called_in(name: str) -> tuple[dict[str, set[str]], set[str]]:
    """What each macro of a template calls, by its name, and what the template itself calls outside of them."""
    tree = LOADED.parse((KIT / name).read_text())
    inside = {macro.name: _names(macro) for macro in tree.find_all(nodes.Macro)}
    tree.body = [part for part in tree.body if not isinstance(part, nodes.Macro)]
    return inside, _names(tree)


def _names(part: nodes.Node) -> set[str]:
    return {one.node.name for one in part.find_all(nodes.Call) if isinstance(one.node, nodes.Name)}


def test_every_macro_of_the_kit_is_shown_or_stands_in_one_that_is() -> None:
    calls: dict[str, set[str]] = {}
    for path in sorted((KIT / "macros").glob("*.html")):
        calls.update(called_in(f"macros/{path.name}")[0])
    shown = set[str]()
    ahead = called_in("style.html")[1] | called_in("layout.html")[1] | called_in("style.html")[0]["w"]
    while ahead:
        shown |= ahead
        ahead = set[str]().union(*(calls.get(name, set()) for name in ahead)) - shown
    assert calls.keys() - shown == set()


@pytest.fixture(params=STATES)
def state(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def test_each_component_is_shown_in_each_state(person: Person, state: str) -> None:
    shown = person.open(f"/style?state={state}").page
    assert shown.xpath("//main//*[@id='samples']/@data-look") == [state]
    parts = shown.xpath("//*[@data-part]")
    assert parts
    for part in parts:
        assert len(part.xpath("./*[not(self::h2)]")) > 0, f"{part.get('data-part')} shows nothing"
    assert len(shown.xpath("//*[@id='sample-table']/tbody/tr")) == ROWS.get(state, 1)


def test_every_field_shows_what_is_wrong_with_it(person: Person) -> None:
    shown = person.open("/style?state=refused").page
    fields = set(shown.xpath("//form[@id='style']//@name")) - {"_csrf", "_form", "_key", "_language", "version", "kept"}
    assert fields == set(TYPED)
    assert len(shown.xpath("//form[@id='style']//*[@class='error']")) == len(TYPED)


def test_every_field_that_holds_words_shows_both_texts_after_somebody_else_was_faster(person: Person) -> None:
    shown = person.open("/style?state=conflict").page
    both = shown.xpath("//form[@id='style']//*[contains(@class, 'field')][.//*[contains(@class, 'both')]]//@name")
    assert set(both) == set(TYPED) - {"password", "file"}


@pytest.mark.parametrize("tag", OFFERED)
def test_the_page_is_in_the_language_of_its_reader(person: Person, tag: str) -> None:
    shown = person.open(f"/style?lang={tag}").page
    (printing,) = shown.xpath("//button[@data-print]")
    assert printing.text_content() == plain(words("Print"), LANGUAGES[tag])
    assert not shown.xpath("//*[@id='samples']/ancestor-or-self::*[@translate='no']")
