"""What is rare about a line: told in a form, kept, counted, said before and after, and never lost on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings, strategies as st

from budgeting.explain.particulars import PRICED_APART
from budgeting.extras import (
    ActiveHours,
    Centre,
    Establishment,
    Irregular,
    Leg,
    ProgramOfSupport,
    RowKind,
    Telehealth,
    Transport,
    Travel,
    Vehicle,
    Work,
    WorkKind,
)
from budgeting.money import Minutes, Money, Quantity
from budgeting.package import Boundary, Package, Priority, Role, Unpaid
from budgeting.period import Band, Place
from portal.app import Coplan
from portal.changes import line_form as changing
from portal.changes.edits import Edit, Move, pack, unpack
from portal.plans.rows import prices
from portal.proposals import commands, queries, talk_commands
from portal.proposals.acceptance import frozen_now
from portal.proposals.frozen import digest, thaw
from portal.proposals.line_form import LineForm, terms_of, typed
from portal.proposals.model import SuggestionKind
from portal.proposals.particulars import ELSEWHERE, OPEN, OWN, PLAIN, BandPrice, Particulars
from portal.proposals.sheet import sheet
from portal.proposals.terms import Terms, applied, from_json
from portal.site.forms import read
from portal.work import Refusal
from tests.budgeting.examples import YEAR, line, priced as calculated, weekly
from tests.builders import acting, reading, signed_in
from tests.person import Person
from tests.portal.proposals.people import FIRST, LAST, Circle, a_circle
from tests.portal.proposals.test_line_form import posted

FIXED = UUID(int=1)


cents = st.integers(1, 500_00).map(Money)
maybe = st.one_of(st.none(), cents)
minutes = st.integers(1, 240)
km = st.integers(1, 90_000).map(Quantity)
trips = st.one_of(st.none(), st.integers(1, 99))
travels = st.builds(
    Travel,
    legs=st.one_of(
        st.builds(lambda there: (Leg(there),), minutes),
        st.builds(lambda there, back: (Leg(there), Leg(back, back=True)), minutes, minutes),
    ),
    mmm=st.one_of(st.none(), st.integers(1, 7)),
    rate=maybe,
    kilometres=km,
    per_kilometre=maybe,
    other=cents,
    of=st.integers(1, 3),
    trips=trips,
)
drives = st.builds(Transport, km, maybe, cents, st.sampled_from(Vehicle), trips=trips)
work = st.builds(Work, st.sampled_from(WorkKind), st.integers(1, 5000), maybe)
active = st.builds(ActiveHours, st.integers(1, 600), st.booleans())
unforeseen = st.builds(Irregular, st.integers(1, 5000), st.sampled_from([Band.DAY, Band.SUNDAY]), maybe)
afar = st.builds(Telehealth, st.none() | st.just("remote"), st.booleans())
begun = st.builds(Establishment, st.booleans())
others = st.one_of(unforeseen, afar, begun, st.just(Centre()), st.just(ProgramOfSupport()))


def kind_of(extra: Any) -> Any:
    return getattr(extra, "kind", type(extra))


particulars = st.builds(
    Particulars,
    role=st.sampled_from(Role),
    priority=st.one_of(st.none(), st.sampled_from(Priority)),
    payers=st.sampled_from(((), (OWN,), (OWN, ELSEWHERE))),
    participants=st.integers(1, 6),
    workers=st.integers(1, 3),
    boundary=st.sampled_from(Boundary),
    skips=st.sets(st.dates(FIRST, LAST), max_size=5).map(lambda days: tuple(sorted(days))),
    extras=st.lists(st.one_of(travels, drives, work, active, others), unique_by=kind_of, max_size=5).map(tuple),
    bands=st.lists(
        st.builds(BandPrice, st.sampled_from(PRICED_APART), cents), unique_by=lambda one: one.band, max_size=4
    ).map(tuple),
    given=st.one_of(st.none(), st.builds(Unpaid, maybe, st.one_of(st.none(), st.integers(0, 10080).map(Minutes)))),
    third_party=maybe,
    fee=maybe,
    sought=st.just(True),
    likely=st.one_of(st.none(), st.dates(FIRST, LAST)),
)


@pytest.fixture
def circle(coplan: Coplan) -> Circle:
    return a_circle(coplan)


def with_more(circle: Circle, **told: Any) -> Any:
    return circle.terms(more=Particulars(**told))


def priced(circle: Circle, terms: Terms) -> Any:
    """What the calculator says about one line of Mei's draft."""
    circle.add(**{name: getattr(terms, name) for name in ("name", "more", "component", "schedule", "provider_name")})
    with reading(circle.coplan, circle.mei) as seen:
        return queries.draft(seen, circle.client, circle.fresh(seen)).quote


@given(particulars)
def test_particulars_written_as_json_read_back_the_same(told: Particulars) -> None:
    terms = Terms("Help", FIRST, LAST, component="core", more=told)
    assert from_json(terms.as_json()) == terms
    assert unpack(pack([Edit(FIXED, terms)])) == (Edit(FIXED, terms),)


def test_a_line_without_particulars_is_written_as_it_always_was() -> None:
    written = json.loads(Terms("Help", FIRST, LAST).as_json())
    assert "more" not in written
    assert from_json(json.dumps(written)).more is PLAIN


def test_particulars_go_through_the_form_and_come_back_the_same(circle: Circle) -> None:
    with reading(circle.coplan, circle.mei) as seen:
        draft = queries.draft(seen, circle.client, circle.fresh(seen))

    @settings(max_examples=60)
    @given(particulars)
    def each(told: Particulars) -> None:
        terms = Terms("Help", FIRST, LAST, component=OWN, price=Money(68_00), more=told)
        assert terms_of(read(LineForm, posted(dict(typed(terms, "ndis")))), draft, terms) == terms
        change = read(changing.LineForm, posted({"what": "change", **changing.typed(terms)}))
        assert changing.changed_terms(change, terms, {}) == terms

    each()


def test_a_form_that_shows_no_rare_fields_leaves_them_as_they_are(circle: Circle) -> None:
    with reading(circle.coplan, circle.mei) as seen:
        draft = queries.draft(seen, circle.client, circle.fresh(seen))
    terms = with_more(circle, role=Role.RESERVE, extras=(Centre(),), participants=3)
    fields = {**typed(terms, "ndis"), "asked": []}
    assert terms_of(read(LineForm, posted(fields)), draft, terms) == terms


def test_another_payer_needs_somebody_who_pays_first(circle: Circle) -> None:
    with reading(circle.coplan, circle.mei) as seen:
        draft = queries.draft(seen, circle.client, circle.fresh(seen))
    sent = posted({**typed(circle.terms(), "ndis"), "second_payer": OWN})
    with pytest.raises(Refusal) as refused:
        terms_of(read(LineForm, sent), draft)
    assert refused.value.field == "component"
    with pytest.raises(Refusal):
        terms_of(read(LineForm, posted({**typed(circle.terms(), "ndis"), "second_payer": "nobody"})), draft)


def test_help_from_family_is_counted_in_hours_and_has_no_price(circle: Circle) -> None:
    quote = priced(circle, with_more(circle, given=Unpaid(weekly=Minutes(120))))
    assert quote.amount == Money(0)
    assert quote.unpaid == Minutes(8 * 120)  # Monday and Wednesday for four weeks
    assert "carer_over_limit" in [one.kind for one in quote.findings]


def test_a_backup_is_priced_and_never_counted(circle: Circle) -> None:
    quote = priced(circle, with_more(circle, role=Role.BACKUP))
    assert quote.amount == Money(0)
    assert quote.backup == Money(8 * 136_00)


def test_what_nobody_gives_yet_holds_money_back_from_its_likely_day(circle: Circle) -> None:
    later = FIRST + timedelta(weeks=2)
    quote = priced(circle, with_more(circle, sought=True, likely=later))
    assert quote.amount == Money(4 * 136_00)
    (found,) = [one for one in quote.findings if one.kind == "sought"]
    assert found.day == later


def test_somebody_else_who_pays_directly_leaves_the_funding_alone(circle: Circle) -> None:
    quote = priced(circle, replace(circle.terms(), component=ELSEWHERE))
    (paid,) = quote.open
    assert paid.planned == Money(8 * 136_00)
    assert [one.planned for one in quote.components] == [Money(0)]


def test_nobody_is_asked_for_a_price_that_somebody_else_pays_directly() -> None:
    mine = line(weekly("Mon", "09:00", "10:00"), id="mine", support="telephone_interpreting")
    theirs = replace(mine, id="theirs", payers=(ELSEWHERE,))
    whole = Package("ndis", YEAR, Place("NSW"), None, (mine, theirs), others=tuple(OPEN.values()))
    found = [(one.line, one.kind) for one in calculated(whole).findings]
    assert ("mine", "no_limit") in found
    assert ("theirs", "no_limit") not in found
    assert ("theirs", "paid_directly") in found


def test_a_day_on_which_nobody_comes_costs_nothing(circle: Circle) -> None:
    assert priced(circle, with_more(circle, skips=(FIRST,))).amount == Money(7 * 136_00)


def test_a_price_book_with_two_prices_is_counted_by_the_time(circle: Circle) -> None:
    evening = (BandPrice(Band.EVENING, Money(80_00)),)
    weekly = replace(circle.terms().schedule, start=time(19), end=time(21))  # type: ignore[type-var]  # weekly
    # personal care in the evening begins at 8 pm: one hour at 68 and one at 80, eight times
    quote = priced(circle, circle.terms(more=Particulars(bands=evening), schedule=weekly))
    assert quote.amount == Money(8 * 148_00)


def test_undo_gives_particulars_back(circle: Circle) -> None:
    line = circle.add(more=Particulars(participants=2))
    with acting(circle.coplan, circle.mei) as seen:
        row = queries.line(seen, circle.fresh(seen), line.id)
        commands.edit_line(seen, row, circle.fresh(seen), replace(row.terms, more=PLAIN), row.version)
        assert row.terms.more is PLAIN
    with acting(circle.coplan, circle.mei) as seen:
        row = queries.line(seen, circle.fresh(seen), line.id)
        commands.undo(seen, row, circle.fresh(seen), row.version)
        assert row.terms.more == Particulars(participants=2)


def test_an_accepted_suggestion_keeps_what_was_changed_meanwhile(circle: Circle) -> None:
    was = circle.terms()
    then = replace(was, more=Particulars(role=Role.RESERVE))
    now = replace(was, more=Particulars(participants=2))
    assert applied(was, then, now).more == Particulars(role=Role.RESERVE, participants=2)


def test_a_suggestion_says_each_particular_before_and_after(circle: Circle) -> None:
    line = circle.add()
    with acting(circle.coplan, circle.daniel) as seen:
        row = queries.line(seen, circle.fresh(seen), line.id)
        then = replace(row.terms, more=Particulars(extras=(Travel((Leg(20),)),), priority=Priority.MUST))
        talk_commands.suggest(seen, circle.fresh(seen), SuggestionKind.CHANGE, row, then, "")
    with reading(circle.coplan, circle.mei) as seen:
        (row,) = sheet(seen, queries.draft(seen, circle.client, circle.fresh(seen)))["rows"]
        said = [str(each) for part in row.suggestions[0].parts for change in part.changes for each in change]
    assert any("A worker's travel to you" in text.replace("&#39;", "'") for text in said)
    assert any("It has to be there" in text for text in said)


def test_a_frozen_version_carries_particulars_to_the_calculator(circle: Circle) -> None:
    told = Particulars(role=Role.RESERVE, given=Unpaid(Money(60_00), Minutes(600)))
    circle.add(more=told)
    with acting(circle.coplan, circle.mei) as seen:
        lines = queries.lines(seen, circle.fresh(seen))
        text, proof, _quote = frozen_now(seen, circle.client, circle.fresh(seen), lines)
    assert digest(text) == proof
    frozen = thaw(text)
    assert frozen.lines[0].terms.more == told
    (line,) = frozen.package().lines
    assert (line.role, line.price) == (Role.RESERVE, told.given)


def test_a_frozen_version_tells_travel_apart_from_the_visits(circle: Circle) -> None:
    circle.add(more=Particulars(extras=(Travel((Leg(30),)),)))
    with acting(circle.coplan, circle.mei) as seen:
        lines = queries.lines(seen, circle.fresh(seen))
        text, _proof, _quote = frozen_now(seen, circle.client, circle.fresh(seen), lines)
    (line,) = thaw(text).lines
    assert {row.kind for row in line.amounts} == {RowKind.SUPPORT, RowKind.TRAVEL_TIME}
    assert "Travel time of the worker" in [price.when.text for price in prices(line)]


def test_a_provider_reads_neither_who_pays_next_nor_how_much_it_matters(circle: Circle) -> None:
    told = Particulars(payers=(OWN,), priority=Priority.NICE, participants=2)
    terms = circle.terms(provider_name="Sunrise", component="core", more=told)
    seen = Move(FIXED, None, terms).seen_by((None, "Sunrise")).after
    assert seen is not None
    assert seen.more == Particulars(participants=2)


def test_unpaid_help_is_added_from_what_is_often_forgotten_and_never_costs_nothing(
    person: Person, circle: Circle
) -> None:
    mei = signed_in(person, circle.mei).open(f"{circle.address}/add")
    mei.follow("Help from family or friends, without pay")
    mei.send(
        "line",
        name="Karim stays with me",
        how="weekly",
        weekdays=["5"],
        begins="10:00",
        finishes="12:00",
        carer_hours="1.5",
        provider_name="Karim",
    )
    mei.open(circle.address)
    text = mei.answer.text
    assert "Given without pay" in text
    assert "Karim gives" in mei.text
    assert "busiest week" in text
    mei.open(f"{circle.address}/add").follow("Help from family or friends, without pay")
    mei.send("line", name="Somebody reads to me", how="weekly", weekdays=["6"], begins="10:00", finishes="11:00")
    (row,) = mei.open(circle.address).page.xpath("//tr[.//a[normalize-space()='Somebody reads to me']]")
    assert "Nobody named" in row.text_content()


def test_the_form_offers_only_what_the_program_knows_for_a_support(person: Person, circle: Circle) -> None:
    care, cleaning = circle.add(), circle.add(support="cleaning")
    mei = signed_in(person, circle.mei).open(f"{circle.address}/lines/{care.id}")
    assert 'name="sleepover"' in mei.answer.text
    assert 'name="driving_km"' not in mei.answer.text
    mei.open(f"{circle.address}/lines/{cleaning.id}")
    assert 'name="sleepover"' not in mei.answer.text
    mei.send("line", role="reserve", travel_km="12")
    mei.open(f"{circle.address}/lines/{cleaning.id}")
    assert "Held back for something likely" in mei.answer.text
    assert "12 km" in mei.text


def test_what_was_typed_wrongly_stays_in_its_open_group(person: Person, circle: Circle) -> None:
    line = circle.add()
    mei = signed_in(person, circle.mei).open(f"{circle.address}/lines/{line.id}")
    mei.send("line", skips="the third of never")
    assert mei.status == 422
    assert "the third of never" in mei.answer.text


def test_a_new_support_that_is_suggested_says_what_is_rare_about_it(circle: Circle) -> None:
    terms = with_more(circle, given=Unpaid(weekly=Minutes(120)), role=Role.RESERVE)
    with acting(circle.coplan, circle.daniel) as seen:
        talk_commands.suggest(seen, circle.fresh(seen), SuggestionKind.ADD, None, terms, "")
    with reading(circle.coplan, circle.mei) as seen:
        (one,) = sheet(seen, queries.draft(seen, circle.client, circle.fresh(seen)))["new_ones"]
        said = [str(each) for part in one.parts for change in part.changes for each in change]
    assert any("Given without pay" in text for text in said)
    assert any("Held back for something likely" in text for text in said)


@pytest.mark.parametrize("typed", ["0", "-2", "1.5", "two"])
@pytest.mark.parametrize("field", ["participants", "workers"])
def test_a_number_of_people_that_cannot_be_is_asked_about_in_place(
    person: Person, circle: Circle, field: str, typed: str
) -> None:
    line = circle.add(more=Particulars(participants=3))
    mei = signed_in(person, circle.mei).open(f"{circle.address}/lines/{line.id}")
    fields: dict[str, Any] = {field: typed}
    mei.send("line", **fields)
    assert mei.status == 422
    assert mei.form("line").fields[field] == typed
    (wrong,) = mei.page.xpath(f"//*[@name='{field}']/@aria-invalid")
    assert wrong == "true"
    assert circle.lines()[0].terms.more == Particulars(participants=3)
