"""An agreement is drafted from what was accepted, offered, signed by both, and then never changes."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pikepdf
import pytest
from sqlalchemy import select
from weasyprint import CSS, HTML

from agreements import commands, copies, document, queries
from agreements.checks import Level, notes
from agreements.model import Agreement, AgreementText
from agreements.printing import STYLE
from agreements.states import PERMITTED, SignedAs, State
from portal.access.scope import unscoped
from portal.access.table import Relationship, Scope
from portal.accounts.model import Account
from portal.app import Coplan
from portal.db import Stale
from portal.language import OFFERED
from portal.people import due
from portal.people.model import AuthorityKind
from portal.proposals.frozen import thaw
from portal.work import NeedsStepUp, NotVisible, Refusal
from tests.beginnings import Beginning
from tests.builders import a_nominee, a_tie, acting, an_account, reading
from tests.portal.plans.people import OTHER_SUPPORT, OURS, SECRET_NEED, THEIRS, Circle


@pytest.fixture
def circle(begins_in_force: Beginning, coplan: Coplan) -> Circle:
    return begins_in_force.everybody(coplan)


def _of(circle: Circle) -> Agreement:
    """The agreement with Sunrise, as it is stored."""
    with circle.coplan.open_reading() as work:
        wanted = select(Agreement).where(Agreement.provider_id == circle.sunrise.id)
        return work.session.scalars(unscoped(wanted, "a test")).one()


def _texts(circle: Circle) -> dict[str, AgreementText]:
    with circle.coplan.open_reading() as work:
        wanted = select(AgreementText).where(AgreementText.agreement_id == _of(circle).id).order_by(AgreementText.round)
        return {text.language: text for text in work.session.scalars(unscoped(wanted, "a test"))}


def _offer(circle: Circle) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        found = queries.one(work, circle.client.id, _of(circle).id)
        made = document.all_texts(found, queries.client_of(work, found), queries.provider_of(work, found))
        commands.offer(work, found, made, document.BINDING, document.TEXT_VERSION)


def _sign(circle: Circle, who: Account, language: str = "en", *, confirmed: bool = True, sha256: str = "") -> None:
    with acting(circle.coplan, who, confirmed=confirmed) as work:
        found = queries.one(work, circle.client.id, _of(circle).id)
        commands.sign(work, found, sha256 or _texts(circle)[language].sha256, who.name, "Tom")


def _change(circle: Circle, also: str) -> None:
    with acting(circle.coplan, circle.daniel) as work:
        found = queries.one(work, circle.client.id, _of(circle).id)
        chosen = commands.Chosen(found.starts, found.ends, found.review, 7, 28, 1, True, "At home", also)
        commands.change_terms(work, found, chosen)


def _write_down_a_yes(circle: Circle, who: Account, heard: str) -> None:
    with acting(circle.coplan, who) as work:
        found = queries.one(work, circle.client.id, _of(circle).id)
        commands.record_spoken_yes(work, found, _texts(circle)["en"].sha256, "Mei Chen", heard)


def test_each_provider_gets_a_draft_of_its_own_lines_and_no_others(circle: Circle) -> None:
    content = _of(circle).content
    (line,) = thaw(content).lines
    assert (line.name, line.terms.price) == ("Help in the shower", OURS)
    for canary in (OTHER_SUPPORT, str(THEIRS.minor), SECRET_NEED):
        assert canary not in content


def test_a_provider_sees_nothing_before_the_agreement_is_offered(circle: Circle) -> None:
    with reading(circle.coplan, circle.grace) as work:
        assert queries.for_us(work) == []
    _offer(circle)
    with reading(circle.coplan, circle.grace) as work:
        assert [found.id for found in queries.for_us(work)] == [_of(circle).id]
    with reading(circle.coplan, circle.owen) as work:
        assert queries.for_us(work) == []


def test_offering_keeps_a_text_in_every_language_and_the_others_name_the_binding_one(circle: Circle) -> None:
    _offer(circle)
    texts = _texts(circle)
    assert set(texts) == set(OFFERED)
    assert [language for language, text in texts.items() if text.binding] == ["en"]
    for language, text in texts.items():
        assert hashlib.sha256(text.html).hexdigest() == text.sha256
        if language != "en":
            assert texts["en"].sha256 in text.html.decode()
    assert b'dir="rtl"' in texts["ar"].html
    assert b"$68.00" in texts["en"].html


def test_it_holds_only_when_both_have_signed_and_then_the_text_stays_byte_for_byte(circle: Circle) -> None:
    _offer(circle)
    before = {language: text.html for language, text in _texts(circle).items()}
    _sign(circle, circle.mei)
    assert _of(circle).state is State.SIGNED_BY_CLIENT
    _sign(circle, circle.grace)
    assert _of(circle).state is State.IN_FORCE
    with reading(circle.coplan, circle.mei) as work:  # and from then on its days are among what is due
        days = [one.day for one in due.all_of(work, {circle.client.id: circle.client})]
        assert {_of(circle).review, _of(circle).ends} <= set(days)
    with pytest.raises(Refusal):
        _change(circle, "Something else")
    assert {language: text.html for language, text in _texts(circle).items()} == before


def test_the_kept_copy_is_a_tagged_pdf_that_nobody_can_swap(circle: Circle) -> None:
    _offer(circle)
    _sign(circle, circle.mei, "zh-Hans")
    _sign(circle, circle.grace)
    kept = _of(circle).print_sha256
    assert kept is not None
    content = copies.take(circle.coplan.settings.files, kept)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "zh-Hans"
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
        assert _headings(pdf.Root.StructTreeRoot)
        assert len(pdf.pages) >= 2
    copies.place(circle.coplan.settings.files, kept).write_bytes(content + b"\n")
    with pytest.raises(ValueError, match="not what was kept"):
        copies.take(circle.coplan.settings.files, kept)


def test_the_number_of_a_page_is_read_in_the_direction_of_the_text_on_it() -> None:
    texts = "".join(f'<div class="part"><article dir="{way}">1</article></div>' for way in ("rtl", "ltr"))
    printed = HTML(string=f'<html lang="ar" dir="rtl"><body>{texts}<p class="part">2</p></body></html>')
    pages = printed.render(stylesheets=[CSS(string=STYLE.read_text("utf-8"))]).pages
    feet = [
        box for page in pages for box in page._page_box.children if getattr(box, "at_keyword", "") == "@bottom-center"
    ]
    assert [foot.style["direction"] for foot in feet] == ["rtl", "ltr", "rtl"]


@pytest.mark.parametrize(("tag", "way"), [("ar", "rtl"), ("en", "ltr")])
def test_a_printed_agreement_begins_below_its_title(tag: str, way: str) -> None:
    article = f'<div class="part"><article dir="{way}"><p>1</p></article></div>'
    printed = HTML(string=f'<html lang="{tag}" dir="{way}"><body><h1>0</h1>{article}</body></html>')
    assert len(printed.render(stylesheets=[CSS(string=STYLE.read_text("utf-8"))]).pages) == 1


def _headings(node: pikepdf.Object | None) -> int:
    """How many first-level headings the structure of a PDF holds."""
    if not isinstance(node, pikepdf.Dictionary):
        return 0
    own = 1 if node.get("/S") == pikepdf.Name.H1 else 0
    children = node.get("/K")
    every = list(children) if isinstance(children, pikepdf.Array) else [children]
    return sum((_headings(child) for child in every), own)


def test_a_text_that_has_changed_since_it_was_read_is_not_signed(circle: Circle) -> None:
    _offer(circle)
    read = _texts(circle)["en"].sha256
    with acting(circle.coplan, circle.mei) as work:
        commands.ask_for_change(work, queries.one(work, circle.client.id, _of(circle).id), "Later in the morning")
    _change(circle, "From half past nine")
    _offer(circle)
    with pytest.raises(Stale):
        _sign(circle, circle.mei, sha256=read)
    assert _of(circle).state is State.OFFERED
    _sign(circle, circle.mei)


def test_asking_for_a_change_voids_a_yes_to_the_old_text(circle: Circle) -> None:
    _offer(circle)
    _sign(circle, circle.mei)
    with acting(circle.coplan, circle.grace) as work:
        commands.ask_for_change(work, queries.one(work, circle.client.id, _of(circle).id), "")
    with reading(circle.coplan, circle.mei) as work:
        found = queries.one(work, circle.client.id, _of(circle).id)
        assert (found.state, list(queries.signatures(work, found))) == (State.CHANGE_ASKED, [])


def test_a_nominee_signs_by_authority_and_which_one_is_kept(circle: Circle) -> None:
    _offer(circle)
    _sign(circle, circle.amal)
    with reading(circle.coplan, circle.mei) as work:
        (signature,) = queries.signatures(work, queries.one(work, circle.client.id, _of(circle).id))
    assert signature.signed_as is SignedAs.AUTHORITY
    assert signature.authority_kind is AuthorityKind.PLAN_NOMINEE
    assert signature.authority_id is not None
    assert signature.on_behalf_of == circle.client.id
    assert signature.helper == "Tom"


def test_authority_that_does_not_reach_agreements_does_not_sign(circle: Circle) -> None:
    _offer(circle)
    with circle.coplan.open_work() as work:
        other = an_account(work, "Ines Planner")
        a_nominee(work, circle.client, other, Scope.PLANNING)
    with pytest.raises(NotVisible):
        _sign(circle, other)


def test_a_supporter_alone_can_never_sign_nor_can_the_lead_or_another_provider(circle: Circle) -> None:
    _offer(circle)
    with pytest.raises(NotVisible):
        _sign(circle, circle.tom)
    with pytest.raises(NotVisible):
        _sign(circle, circle.owen)
    with pytest.raises(NotVisible):
        _sign(circle, circle.karim)
    with pytest.raises(Refusal):
        _sign(circle, circle.daniel)
    assert _of(circle).state is State.OFFERED


def test_signing_asks_again_whether_it_is_really_you(circle: Circle) -> None:
    _offer(circle)
    for who in (circle.mei, circle.amal, circle.grace):
        with pytest.raises(NeedsStepUp):
            _sign(circle, who, confirmed=False)


def test_a_side_signs_once(circle: Circle) -> None:
    _offer(circle)
    _sign(circle, circle.mei)
    with pytest.raises(Refusal):
        _sign(circle, circle.amal)


def test_a_spoken_yes_is_written_down_by_the_lead_with_its_words(circle: Circle) -> None:
    _offer(circle)
    with pytest.raises(NotVisible):
        _write_down_a_yes(circle, circle.grace, "Yes")
    _write_down_a_yes(circle, circle.daniel, "Yes. My hands are weak today.")
    with reading(circle.coplan, circle.mei) as work:
        (signature,) = queries.signatures(work, queries.one(work, circle.client.id, _of(circle).id))
    assert (signature.how.value, signature.account_id) == ("spoken", circle.daniel.id)


def test_what_is_closed_stays_closed() -> None:
    for state in (State.DECLINED, State.WITHDRAWN, State.ENDED):
        assert PERMITTED[state] == frozenset()
    assert PERMITTED[State.IN_FORCE] == {State.ENDED}
    assert set(PERMITTED) == set(State)


def test_an_agreement_that_misses_something_it_must_have_cannot_be_offered(circle: Circle) -> None:
    with circle.coplan.open_reading() as work:
        found, provider = _of(circle), work.session.get_one(type(circle.sunrise), circle.sunrise.id)
        lines = thaw(found.content).lines
        assert [note for note in notes(found, lines, circle.client, provider) if note.level is Level.MUST] == []
        provider.abn = None
        found.provider_notice, found.client_notice, found.cancel_notice = 7, 60, 8
        seen = [(note.id, note.level) for note in notes(found, (), circle.client, provider)]
        must = [("AG-01", Level.MUST), ("AG-11", Level.MUST), ("AG-18", Level.MUST), ("AG-20", Level.MUST)]
        assert seen == [*must, ("AG-18", Level.SHOULD)]


def test_someone_whose_tie_has_ended_finds_no_agreement(circle: Circle) -> None:
    _offer(circle)
    with circle.coplan.open_work() as work:
        was_lead = an_account(work, "Former Lead")
        a_tie(work, circle.client, Relationship.LEAD, was_lead, ends=work.day - timedelta(days=1))
    with pytest.raises(NotVisible), reading(circle.coplan, was_lead) as work:
        queries.one(work, circle.client.id, _of(circle).id)
