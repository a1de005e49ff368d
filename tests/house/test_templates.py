"""What every template keeps to: strict about inline code, words, forms and fragments."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import markupsafe
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.utils import Namespace

from budgeting.words import words
from portal import templating
from portal.compiling import as_text
from portal.language import tongue
from portal.site.errors import Rejected
from portal.site.forms import Posted

ROOT = Path(__file__).parents[2]
KIT = ROOT / "portal" / "site" / "templates"
TEMPLATES = sorted(
    path
    for top in ("portal", "agreements", "feedback")
    for folder in (ROOT / top).glob("**/templates")
    for path in folder.glob("**/*.html")
)
FOR_MACHINES = {"portal/home/templates/home/health.html"}
NAMES = {str(path.relative_to(ROOT)): path for path in TEMPLATES if str(path.relative_to(ROOT)) not in FOR_MACHINES}
every_template = pytest.mark.parametrize("name", NAMES)

HTMX = {"get", "post", "target", "swap", "swap-oob", "trigger", "include", "sync", "confirm"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
READ_ALOUD = {
    *("aria-label", "aria-description", "aria-roledescription", "alt", "title", "placeholder"),
    *("data-label", "data-confirm", "data-hx-confirm"),
}
PROPER_NAMES = {"Coplan", "PDF", "CSV", "XLSX", "NDIS"}
PROGRAMS = {"NDIS", "Support at Home"}
SHOWN_ARGUMENTS = {
    *("label", "hint", "title", "text", "legend", "note", "lead", "over", "summary"),
    *("confirm", "desc", "unit", "caption", "blank"),
}
LETTERS = re.compile(r"[^\W\d_]+")
STOOD_HERE = "\ufffc"  # where Jinja puts a value


def without_jinja(source: str) -> str:
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.S)
    source = re.sub(r"\{% block private %\} data-private\{% endblock %\}", "", source)  # an attribute of <body>
    source = re.sub(r"\{%.*?%\}", "", source, flags=re.S)
    source = re.sub(r"\{\{.*?\}\}", STOOD_HERE, source, flags=re.S)
    return re.sub(r"\{[a-z_]+\}|\[[a-z_]+\]", STOOD_HERE, source)  # places and pieces of a shape, see language.filled


@dataclass
class Tag:
    name: str
    attributes: dict[str, str]
    depth: int


@dataclass
class Reader(HTMLParser):
    """Collects the tags of a template and its text that a reader would see untranslated."""

    tags: list[Tag] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    at_the_top: list[str] = field(default_factory=list)
    _open: list[tuple[str, bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.tags.append(Tag(tag, attributes, len(self._open)))
        exempt = attributes.get("translate") == "no" or (bool(self._open) and self._open[-1][1])
        if not exempt:
            for name in READ_ALOUD & attributes.keys():
                self._look(attributes[name])
        if tag not in VOID:
            self._open.append((tag, exempt))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(Tag(tag, {name: value or "" for name, value in attrs}, len(self._open)))

    def handle_endtag(self, tag: str) -> None:
        while self._open and any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.at_the_top.append(data.strip())
        if not (self._open and (self._open[-1][1] or self._open[-1][0] in ("script", "style"))):
            self._look(data)

    def _look(self, text: str) -> None:
        text = re.sub(r'[\w-]+="[^"]*"', "", text)  # a macro that makes attributes
        if set(LETTERS.findall(text)) - PROPER_NAMES:
            self.bare.append(text.strip())


def read(name: str) -> Reader:
    reader = Reader()
    reader.feed(without_jinja(NAMES[name].read_text()))
    reader.close()
    return reader


def tree(path: Path) -> nodes.Template:
    return Environment(autoescape=True).parse(path.read_text())


@lru_cache(maxsize=1)
def macros() -> dict[str, list[str]]:
    """Every macro of the kit with the names of its arguments in order."""
    found = [macro for path in (KIT / "macros").glob("*.html") for macro in tree(path).find_all(nodes.Macro)]
    return {macro.name: [str(argument.name) for argument in macro.args] for macro in found}


def untranslated_arguments(name: str) -> Iterator[str]:
    for call in tree(NAMES[name]).find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in macros():
            continue
        handed = [*zip(macros()[call.node.name], call.args, strict=False), *((k.key, k.value) for k in call.kwargs)]
        for argument, value in handed:
            text = value.value if isinstance(value, nodes.Const) else None
            if argument in SHOWN_ARGUMENTS and isinstance(text, str) and LETTERS.search(text) and text not in PROGRAMS:
                yield f"{call.node.name}({argument}={text!r})"


@every_template
def test_a_template_has_no_inline_style_handler_or_script(name: str) -> None:
    for tag in read(name).tags:
        assert tag.name != "style", "styles live in app.css"
        assert tag.name != "script" or "src" in tag.attributes, "scripts live in app.js and aloud.js"
        unwanted = [a for a in tag.attributes if a == "style" or a.startswith("on")]
        assert not unwanted, f"<{tag.name}> carries {unwanted}"
        assert not tag.attributes.get("href", "").lower().startswith("javascript:")


@every_template
def test_a_template_uses_only_the_small_part_of_htmx(name: str) -> None:
    for tag in read(name).tags:
        for attribute, value in tag.attributes.items():
            assert not attribute.startswith("hx-"), f"write data-{attribute}"
            if attribute.startswith("data-hx-"):
                assert attribute.removeprefix("data-hx-") in HTMX, f"{attribute} is outside the subset"
                assert "[" not in value or attribute != "data-hx-trigger", "a filter in a trigger needs eval"
                assert "js:" not in value


@every_template
def test_a_template_never_switches_escaping_off(name: str) -> None:
    parsed = tree(NAMES[name])
    assert not [f for f in parsed.find_all(nodes.Filter) if f.name == "safe"]
    assert "autoescape" not in without_comments(name)


def without_comments(name: str) -> str:
    return re.sub(r"\{#.*?#\}", "", NAMES[name].read_text(), flags=re.S)


@every_template
def test_every_word_a_reader_sees_can_be_translated(name: str) -> None:
    assert read(name).bare == []
    assert list(untranslated_arguments(name)) == []


@every_template
def test_no_latin_comma_stands_between_two_values(name: str) -> None:
    assert not re.findall(r"[}%]\}, \{\{ (?:show|[a-z_]+ \}\})", without_clauses(NAMES[name].read_text()))


def without_clauses(source: str) -> str:
    """Without the clause of a source, which is quoted as the source itself writes it."""
    return source.replace(", {{ show(figure.source.clause) }}", "")


@every_template
def test_every_form_that_changes_something_is_made_by_the_macro(name: str) -> None:
    if NAMES[name] == KIT / "macros" / "forms.html":
        pytest.skip("this is the macro")
    by_hand = [t for t in read(name).tags if t.name == "form" and t.attributes.get("method", "get").lower() == "post"]
    assert by_hand == []


#: Tables whose files stand elsewhere: beside the sheet, and as the signed document itself.
TAKEN_ELSEWHERE = {
    "portal/proposals/templates/proposals/_sheet.html",
    "agreements/templates/agreements/document.html",
    "portal/site/templates/macros/ui.html",
}


@every_template
def test_every_table_can_be_taken_along(name: str) -> None:
    if name not in TAKEN_ELSEWHERE and "<table" in NAMES[name].read_text():
        assert "{{ table_files(" in NAMES[name].read_text(), "a table shows the files it can be taken along in"


@pytest.mark.parametrize("name", [n for n in NAMES if Path(n).name.startswith("_")])
def test_a_fragment_has_one_root_with_an_id(name: str) -> None:
    macros_apart = re.sub(r"\{%-? macro .*?endmacro -?%\}", "", NAMES[name].read_text(), flags=re.S)
    reader = Reader()
    reader.feed(without_jinja(macros_apart))
    if not reader.tags and not any(reader.at_the_top):
        pytest.skip("only macros")
    roots = [tag for tag in reader.tags if tag.depth == 0]
    assert len(roots) == 1, [r.name for r in roots]
    assert roots[0].attributes.get("id")
    assert not any(reader.at_the_top)


@every_template
def test_macros_are_imported_with_context(name: str) -> None:
    need_it = {f"macros/{kit}.html" for kit in ("forms", "ui", "shell")}
    for found in tree(NAMES[name]).find_all(nodes.FromImport):
        if isinstance(found.template, nodes.Const) and found.template.value in need_it:
            assert found.with_context, f"line {found.lineno}: write `with context`"


@every_template
def test_every_macro_that_is_imported_is_there(name: str) -> None:
    """A page finds out only where it writes the macro: without this, one agreement of many would not open."""
    for found in tree(NAMES[name]).find_all(nodes.FromImport):
        assert isinstance(found.template, nodes.Const)
        asked = {each[0] if isinstance(each, tuple) else each for each in found.names}
        (there,) = (path for path in NAMES.values() if path.as_posix().endswith(f"/templates/{found.template.value}"))
        made = {node.name for node in tree(there).body if isinstance(node, nodes.Macro)}
        assert asked <= made, f"{found.template.value} has no {', '.join(sorted(asked - made))}"


def test_the_stylesheet_knows_no_left_or_right() -> None:
    css = re.sub(r"/\*.*?\*/", "", (ROOT / "portal/site/static/app.css").read_text(), flags=re.S)
    sides = r"(?:margin|padding|border|inset)-(?:left|right)|[{;]\s*(?:left|right)\s*:|text-align:\s*(?:left|right)"
    assert re.findall(sides, css) == []


def test_nothing_keeps_a_whole_page_on_one_line() -> None:
    css = (ROOT / "portal/site/static/app.css").read_text()
    kept = [one for rule in re.findall(r"([^{}]*){[^{}]*white-space:nowrap", css) for one in rule.split(",")]
    layout = re.findall(r'class="(.*?)">', (KIT / "layout.html").read_text())
    around = {f".{name}" for names in layout for name in re.findall(r"[a-z]+", names)}
    assert ".whole" in around
    assert around.isdisjoint(kept)


def test_on_paper_words_never_touch_the_edge_of_the_filled_box_of_a_figure() -> None:
    css = (ROOT / "portal/site/static/app.css").read_text()
    rules = re.findall(r"\.why-body{([^{}]*)}", css[css.index("@media print") :])
    assert rules
    assert not [rule for rule in rules if re.search(r"padding(-[a-z-]+)?:0", rule)]


def test_no_sign_that_the_stylesheet_draws_is_read_aloud() -> None:
    css = (ROOT / "portal/site/static/app.css").read_text()
    for drawn in re.findall(r'content:("[^"]+"|counter\([^)]*\))(?=[;}])', css):
        assert f'content:{drawn};content:{drawn}/""' in css, f"{drawn} needs its silent twin"


def test_a_first_visit_stays_small() -> None:
    static = ROOT / "portal/site/static"
    names = ("app.css", "app.js", "aloud.js", "vendor/htmx-4.0.1/htmx.min.js", "icon.svg")
    text = [static / name for name in names]
    font = static / "vendor/atkinson-hyperlegible-next-5.3.0/latin.woff2"
    assert sum(len(gzip.compress(path.read_bytes())) for path in text) + font.stat().st_size < 75_000


def test_vendored_files_are_what_the_list_says() -> None:
    for listing in (ROOT / "portal/site/static/vendor/VENDORED.txt", ROOT / "tests/journeys/vendor/VENDORED.txt"):
        text = listing.read_text()
        kept = [p for p in listing.parent.glob("*/*") if p.suffix in (".js", ".woff2")]
        assert kept
        for path in kept:
            assert hashlib.sha256(path.read_bytes()).hexdigest() in text, path.name


PAGE = """{% from "macros/forms.html" import form, text_field, password_field, date_field, checks with context %}
{% call form("/goals", id="g", version=7) %}{{ text_field("g", "words", "Goal", "stored", hint="Any") }}
{{ password_field("g", "secret", "Password") }}{{ date_field("g", "first", "First day", "2026-07-01") }}
{{ checks("g", "days", "Days", [("mon", "Monday"), ("tue", "Tuesday")], ["tue"]) }}{% endcall %}"""


def shown(rejected: Rejected | None = None) -> dict[str, Tag]:
    """The controls of a small form by id, as the macros make them."""
    environment = Environment(loader=FileSystemLoader(KIT), autoescape=True, undefined=StrictUndefined)
    environment.globals.update(_=str, plain=str, new_key=lambda: "fresh", csrf="token", tongue=tongue)
    reader = Reader()
    state = Namespace(labels={}, differ=0)
    reader.feed(environment.from_string(PAGE).render(rejected=rejected, form_state=state))
    return {tag.attributes.get("id") or tag.attributes.get("name", tag.name): tag for tag in reader.tags}


def turned_down(**typed: list[str]) -> Rejected:
    found = {"words": words("Write a few words."), "first": words("This day does not exist.")}
    return Rejected("g", Posted(typed), found, None, False, 422)


def test_a_form_carries_its_token_its_name_a_fresh_key_and_the_version_it_was_made_from() -> None:
    controls = shown()
    hidden = {name: controls[name].attributes["value"] for name in ("_csrf", "_form", "_key", "version")}
    assert hidden == {"_csrf": "token", "_form": "g", "_key": "fresh", "version": "7"}


def test_whoever_hears_something_to_open_hears_of_what_and_its_fields_stand_in_a_group_of_that_name() -> None:
    environment = Environment(loader=FileSystemLoader(KIT), autoescape=True, undefined=StrictUndefined)
    call = '{% from "macros/ui.html" import more %}{% call more("Note it", about=part) %}-{% endcall %}'
    page = environment.from_string(call).render(part=markupsafe.Markup("<bdi>Core &amp; more</bdi>"))
    assert 'Note it<span class="vh"> <bdi>Core &amp; more</bdi></span></span></summary>' in page
    assert 'role="group" aria-label="Core &amp; more"' in page


def test_a_rejected_form_keeps_what_was_typed_and_ties_each_error_to_its_field() -> None:
    controls = shown(turned_down(words=["أريد <b>"], days=["mon"]))
    assert controls["g-words"].attributes["value"] == "أريد <b>"
    assert controls["g-words"].attributes["aria-describedby"] == "g-words-hint g-words-error"
    assert controls["g-words"].attributes["aria-invalid"] == "true"
    assert "checked" in controls["g-days"].attributes
    assert "checked" not in controls["g-days-2"].attributes
    assert "data-focus" in controls["g-errors"].attributes


def test_an_empty_day_or_choice_is_not_called_wrong_before_it_was_sent() -> None:
    environment = Environment(loader=FileSystemLoader(KIT), autoescape=True, undefined=StrictUndefined)
    names = '{% from "macros/forms.html" import date_field, select with context %}'
    call = names + '{{ date_field("g", "first", "", required=true) }}{{ select("g", "to", "To", [], required=true) }}'
    for rejected, said in ((None, ["false", "false"]), (turned_down(), ["true", "false"])):
        reader = Reader()
        state = Namespace(labels={}, differ=0)
        reader.feed(environment.from_string(call).render(rejected=rejected, form_state=state, _=str, plain=str))
        fields = [tag.attributes for tag in reader.tags if tag.name in ("input", "select")]
        assert [one["aria-invalid"] for one in fields] == said


def test_a_rejected_form_never_shows_a_password_again() -> None:
    assert "value" not in shown(turned_down(secret=["open sesame"]))["g-secret"].attributes


def test_a_day_that_does_not_exist_comes_back_as_it_was_typed() -> None:
    assert shown()["g-first"].attributes["type"] == "date"
    again = shown(turned_down(first=["31/02/2026"]))["g-first"].attributes
    assert (again["type"], again["value"]) == ("text", "31/02/2026")


def test_a_form_that_was_not_the_rejected_one_shows_what_is_stored() -> None:
    other = Rejected("another", Posted({"words": ["typed"]}), {}, None, False, 422)
    assert shown(other)["g-words"].attributes["value"] == "stored"


@pytest.mark.parametrize("text", ["", "Mei Chen", "<b>&'\"</b>", "&amp;", "喂 <مرحبا>", "\x00<"])
def test_text_is_escaped_as_the_library_escapes_it_and_by_its_quick_way(text: str) -> None:
    """That way has no public name: a release of MarkupSafe without it would make every page slower, and fails here."""
    assert as_text is not markupsafe.escape
    assert as_text(text) == str(markupsafe.escape(text))


MACROS = [path for path in TEMPLATES if path.parent.name == "macros"]


@pytest.mark.parametrize("path", MACROS, ids=lambda path: path.name)
def test_macros_made_once_for_all_pages_keep_nothing_of_the_first_page(path: Path) -> None:
    env = templating.environment([KIT])
    kept = [node for node in env.parse(path.read_text()).body if not isinstance(node, nodes.Output | nodes.Macro)]
    assert all(isinstance(node, nodes.FromImport) for node in kept)
    used = {each for node in kept for each in node.find_all(nodes.Const) if str(each.value).endswith(".html")}
    assert all(str(each.value).startswith("macros/") for each in used)


def test_the_same_macros_write_each_page_with_what_is_its_own() -> None:
    env = templating.environment([KIT])
    env.globals["new_key"] = lambda: "fresh"
    text = '{% from "macros/forms.html" import form_start with context %}{{ form_start("/to", "f") }}'
    template = env.from_string(text)
    written = []
    for own in ("hers", "his"):
        with templating.page({"csrf": own, "rejected": None}) as values:
            written.append(template.render(values))
    assert ['value="hers"' in one for one in written] == [True, False]
    assert ['value="his"' in one for one in written] == [False, True]
