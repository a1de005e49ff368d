"""Inviting and joining, sharing, authority, and keeping something from someone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from budgeting.words import words
from portal.access.scope import unscoped
from portal.access.table import Action, Relationship, Resource, Scope
from portal.accounts import commands as accounts
from portal.accounts.model import Account, Role, SignIn
from portal.app import Coplan
from portal.people import commands, parts, queries
from portal.people.model import AuthorityKind, Client, Consent, Invitation, InvitationState, Tie
from portal.work import NeedsStepUp, NotVisible, Refusal, Work
from tests.builders import (
    PASSWORD,
    a_client,
    a_consent,
    a_nominee,
    a_tie,
    acting,
    an_account,
    an_authority,
    an_organisation,
    reading,
    signed_in,
    somebody_at,
)
from tests.person import Person


@dataclass
class Story:
    """Yusuf, his brother, and their coordinator."""

    client: Client
    yusuf: Account
    karim: Account
    priya: Account


@pytest.fixture
def story(coplan: Coplan) -> Story:
    with coplan.open_work() as work:
        yusuf, karim = an_account(work, "Yusuf Haddad"), an_account(work, "Karim Haddad")
        priya = somebody_at(work, an_organisation(work, "Harbour"), "Priya Nair", Role.COORDINATOR)
        client = a_client(work, "Yusuf Haddad", account=yusuf)
        a_tie(work, client, Relationship.LEAD, priya)
        brother = a_tie(work, client, Relationship.FAMILY, karim, label="brother")
        for part in (Resource.IDENTITY, Resource.PLAN, Resource.DRAFT):
            a_consent(work, brother, part)
        return Story(client, yusuf, karim, priya)


def invited(coplan: Coplan, story: Story, email: str = "") -> str:
    """A code that invites a supporter who may see the plan."""
    covers = (Resource.PLAN,)
    with acting(coplan, story.yusuf) as work:
        invitation = commands.invite(work, story.client, Relationship.SUPPORTER, "", covers, False, email)
        return queries.code_of(work, invitation)


# Inviting and joining


def test_whoever_enters_the_code_joins_with_what_was_chosen(coplan: Coplan, story: Story) -> None:
    code = invited(coplan, story)
    with coplan.open_work() as work:
        tom = an_account(work, "Tom")
    with acting(coplan, tom) as work:
        assert commands.accept(work, code.lower()) == story.client.id
    with reading(coplan, tom) as work:
        assert queries.client(work, story.client.id).name == "Yusuf Haddad"
        assert work.can(Resource.PLAN, Action.READ, story.client.id)
        assert not work.can(Resource.DRAFT, Action.READ, story.client.id)
        assert not work.can(Resource.PLAN, Action.APPROVE, story.client.id)


def test_a_code_works_once(coplan: Coplan, story: Story) -> None:
    code = invited(coplan, story)
    with coplan.open_work() as work:
        tom, tina = an_account(work, "Tom"), an_account(work, "Tina")
    with acting(coplan, tom) as work:
        commands.accept(work, code)
    with pytest.raises(Refusal), acting(coplan, tina) as work:
        commands.accept(work, code)


def test_a_code_ends_after_fourteen_days(coplan: Coplan, story: Story) -> None:
    code = invited(coplan, story)
    with coplan.open_work() as work:
        for row in work.session.scalars(unscoped(select(Invitation), "time passes")):
            row.expires_at = work.now - timedelta(seconds=1)
    with pytest.raises(Refusal), acting(coplan, story.priya) as work:
        commands.accept(work, code)


def test_a_code_taken_back_no_longer_works(coplan: Coplan, story: Story) -> None:
    code = invited(coplan, story)
    with acting(coplan, story.yusuf) as work:
        commands.withdraw_invitation(work, queries.invitations(work, story.client)[0])
    with pytest.raises(Refusal), acting(coplan, story.karim) as work:
        commands.accept(work, code)


def test_only_a_hash_of_the_code_is_kept(coplan: Coplan, story: Story) -> None:
    code = invited(coplan, story)
    with coplan.open_reading() as work:
        kept = work.session.scalars(unscoped(select(Invitation), "a test")).one()
        assert code.encode() not in kept.code_hash
        assert kept.state is InvitationState.OPEN


def test_inviting_needs_a_fresh_confirmation(coplan: Coplan, story: Story) -> None:
    with pytest.raises(NeedsStepUp), acting(coplan, story.yusuf, confirmed=False) as work:
        commands.invite(work, story.client, Relationship.FAMILY, "", (), False, "")


def test_a_brother_invites_nobody(coplan: Coplan, story: Story) -> None:
    with pytest.raises(NotVisible), acting(coplan, story.karim) as work:
        commands.invite(work, story.client, Relationship.FAMILY, "", (), False, "")


def test_a_mailed_code_names_nobody(coplan: Coplan, story: Story) -> None:
    code = invited(coplan, story, email="tom@example.org")
    letters = [path.read_text() for path in coplan.settings.mail_folder.glob("invitation-*.eml")]
    assert len(letters) == 1
    assert queries.grouped(code) in letters[0].replace("=\n", "")
    assert "Yusuf" not in letters[0]
    assert "Haddad" not in letters[0]


@pytest.mark.parametrize(
    "email",
    [
        "tom@example.org, ann@example.org",
        "tom@example.org\nBcc: ann@example.org",
        "Tom <tom@example.org>",
        "@",
        "a@b@c",
    ],
)
def test_a_code_is_mailed_to_one_address_and_to_no_list_of_them(coplan: Coplan, story: Story, email: str) -> None:
    with pytest.raises(Refusal, match="Enter an e-mail address"):
        invited(coplan, story, email)
    with pytest.raises(Refusal, match="Enter an e-mail address"), coplan.open_work() as work:
        accounts.make_account(work, email, "Tom", "", "en")


def test_somebody_without_an_account_is_not_written_to_again_and_again(
    coplan: Coplan, story: Story, person: Person
) -> None:
    signed_in(person, story.yusuf)
    address = f"/people/{story.client.id}/circle/invite"
    for letter in range(1, 5):
        person.open(address).send("invite", relationship="supporter", email="Tom@example.org")
        assert person.status == (200 if letter < 4 else 422)
    assert "written to several times today" in person.text
    assert len(list(coplan.settings.mail_folder.glob("invitation-*.eml"))) == 3
    person.open(address).send("invite", relationship="supporter", email="")
    assert person.status == 200


def test_a_person_without_an_account_joins_from_the_code_to_the_record(
    coplan: Coplan, story: Story, person: Person
) -> None:
    code = invited(coplan, story)
    person.open("/join").send("join", code=queries.grouped(code))
    assert "Yusuf" not in person.text
    person.follow("Make an account").send(
        "new", name="Tom Walsh", login="tom@example.org", password="three small red wagons"
    )
    assert "Yusuf Haddad invites you" in person.text
    person.send("accept")
    assert person.status == 200
    assert person.address.endswith(f"/people/{story.client.id}")


def test_the_code_is_not_lost_by_signing_in(coplan: Coplan, story: Story, person: Person) -> None:
    code = invited(coplan, story)
    with coplan.open_work() as work:
        tom = an_account(work, "Tom")
    person.open(f"/join?code={code}").send("join")
    person.follow("I have an account").send("sign-in", login=tom.login, password=PASSWORD)
    assert "Yusuf Haddad invites you" in person.text


# Sharing


def test_what_is_taken_back_is_gone_at_once_and_needs_no_password(coplan: Coplan, story: Story) -> None:
    with acting(coplan, story.yusuf, confirmed=False) as work:
        brother = _brother(work, story)
        commands.withdraw_consent(work, brother.tie, Resource.PLAN)
    with reading(coplan, story.karim) as work:
        assert not work.can(Resource.PLAN, Action.READ, story.client.id)
        assert work.can(Resource.DRAFT, Action.READ, story.client.id)


def test_sharing_more_asks_for_the_password(coplan: Coplan, story: Story, person: Person) -> None:
    signed_in(person, story.yusuf)
    with coplan.open_work() as work:
        work.session.execute(update(SignIn).values(stepped_up_at=None))
    with reading(coplan, story.yusuf) as work:
        brother = _brother(work, story)
    person.open(f"/people/{story.client.id}/circle/{brother.tie.id}")
    person.send("share", covers=["plan", "draft", "budget"])
    assert person.status == 422
    assert "Type your password" in person.text
    person.send("share", _password=PASSWORD)
    assert person.status == 200
    with reading(coplan, story.karim) as work:
        assert work.can(Resource.BUDGET, Action.READ, story.client.id)


def test_beside_a_consent_stands_how_it_was_given(coplan: Coplan, story: Story, person: Person) -> None:
    with reading(coplan, story.yusuf) as work:
        address = f"/people/{story.client.id}/circle/{_brother(work, story).tie.id}"
    assert "on paper" in signed_in(person, story.yusuf).open(address).text
    assert "given here" not in person.text
    person.send("share", covers=["plan", "draft", "budget"])
    assert "given here" in person.open(address).text


def _brother(work: Work, story: Story) -> queries.Member:
    return next(m for m in queries.circle(work, story.client) if m.tie.label == "brother")


def test_a_consent_ends_by_itself_after_a_year_when_nobody_says_otherwise(coplan: Coplan, story: Story) -> None:
    code = invited(coplan, story)
    with coplan.open_work() as work:
        tom = an_account(work, "Tom")
    with acting(coplan, tom) as work:
        commands.accept(work, code)
        day = work.day
    with coplan.open_reading() as work:
        tie_consents = work.session.scalars(
            unscoped(select(Consent).where(Consent.given_how == "invitation"), "a test")
        )
        assert {consent.ends for consent in tie_consents} == {day + timedelta(days=365)}


def test_a_coordinator_changes_nobodys_consents(coplan: Coplan, story: Story) -> None:
    with reading(coplan, story.yusuf) as work:
        brother = _brother(work, story)
    with pytest.raises(NotVisible), acting(coplan, story.priya) as work:
        commands.withdraw_consent(work, brother.tie, Resource.PLAN)
    with pytest.raises(NotVisible), acting(coplan, story.priya) as work:
        commands.give_consent(work, brother.tie, Resource.BUDGET, False, work.day)


def test_whoever_is_removed_sees_nothing_more(coplan: Coplan, story: Story) -> None:
    with acting(coplan, story.yusuf, confirmed=False) as work:
        brother = _brother(work, story)
        commands.remove(work, brother.tie)
    with reading(coplan, story.karim) as work:
        assert queries.everyone(work) == []
        with pytest.raises(NotVisible):
            queries.client(work, story.client.id)


# Authority


def test_a_coordinator_who_saw_the_papers_lets_someone_decide_within_them(coplan: Coplan, story: Story) -> None:
    with acting(coplan, story.priya) as work:
        brother = _brother(work, story)
        commands.check_authority(
            work, brother.tie, AuthorityKind.ATTORNEY, (Scope.AGREEMENTS,), work.day, None, "Certified copy, on file"
        )
    with acting(coplan, story.karim) as work:
        assert work.can(Resource.AGREEMENT, Action.APPROVE, story.client.id)
        assert not work.can(Resource.DRAFT, Action.APPROVE, story.client.id)
        assert not work.can(Resource.BUDGET, Action.READ, story.client.id)


def test_nobody_checks_their_own_papers_and_no_client_needs_to(coplan: Coplan, story: Story) -> None:
    with coplan.open_work() as work:
        own = a_tie(work, story.client, Relationship.FAMILY, story.priya)
    for somebody in (story.priya, story.yusuf, story.karim):
        with pytest.raises(NotVisible), acting(coplan, somebody) as work:
            commands.check_authority(work, own, AuthorityKind.ATTORNEY, (Scope.MONEY,), work.day, None, "papers")


def test_a_letter_reader_never_decides(coplan: Coplan, story: Story) -> None:
    with reading(coplan, story.yusuf) as work:
        brother = _brother(work, story)
    kind = AuthorityKind.CORRESPONDENCE_NOMINEE
    with pytest.raises(Refusal), acting(coplan, story.priya) as work:
        commands.check_authority(work, brother.tie, kind, (Scope.MONEY,), work.day, None, "letter")


# Keeping something from someone


def test_hiding_everything_makes_the_record_vanish_for_one_person(coplan: Coplan, story: Story, person: Person) -> None:
    signed_in(person, story.karim)
    assert person.open(f"/people/{story.client.id}").status == 200
    with acting(coplan, story.yusuf) as work:
        commands.hide(work, story.client, story.karim.id, (None,))
    gone = person.open(f"/people/{story.client.id}")
    assert gone.status == 404
    hidden = gone.answer.text
    never = person.open("/people/00000000-0000-4000-8000-000000000000").answer.text
    assert _without_chance(hidden, str(story.client.id)) == _without_chance(
        never, "00000000-0000-4000-8000-000000000000"
    )
    assert person.open("/?q=Yusuf").page.xpath("//main//a[starts-with(@href, '/people/')]") == []
    assert list(coplan.settings.mail_folder.glob("*")) == []


def _without_chance(html: str, client_id: str) -> str:
    """A page without what differs between any two pages: its own address, and the keys of its forms."""
    return re.sub(r'(name="_key" value=")[^"]*', r"\1", html.replace(client_id, "ID"))


def test_hiding_one_part_beats_consent_and_leaves_the_rest(coplan: Coplan, story: Story) -> None:
    with acting(coplan, story.yusuf) as work:
        commands.hide(work, story.client, story.karim.id, (Resource.DRAFT,))
    with reading(coplan, story.karim) as work:
        assert not work.can(Resource.DRAFT, Action.READ, story.client.id)
        assert work.can(Resource.PLAN, Action.READ, story.client.id)


def test_hiding_beats_legal_authority_too(coplan: Coplan, story: Story) -> None:
    with coplan.open_work() as work:
        amal = an_account(work, "Amal")
        a_nominee(work, story.client, amal)
    with acting(coplan, story.yusuf) as work:
        commands.hide(work, story.client, amal.id, (Resource.DRAFT,))
    with reading(coplan, amal) as work:
        assert not work.can(Resource.DRAFT, Action.READ, story.client.id)


def test_only_a_coordinator_hides_something_from_a_guardian(coplan: Coplan, story: Story) -> None:
    with coplan.open_work() as work:
        amal = an_account(work, "Amal")
        tie = a_tie(work, story.client, Relationship.AUTHORITY, amal)
        an_authority(work, tie, Scope.PLANNING, Scope.HEALTH, kind=AuthorityKind.GUARDIAN)
    with pytest.raises(Refusal), acting(coplan, story.yusuf) as work:
        commands.hide(work, story.client, amal.id, (Resource.DRAFT,))
    with acting(coplan, story.priya) as work:
        commands.hide(work, story.client, amal.id, (Resource.DRAFT,))
    with reading(coplan, amal) as work:
        assert not work.can(Resource.DRAFT, Action.READ, story.client.id)
        assert queries.restrictions(work, story.client) == [], "not even a guardian who may read safety notes is told"


def test_what_is_hidden_appears_in_no_history_and_can_be_shown_again(
    coplan: Coplan, story: Story, person: Person
) -> None:
    with acting(coplan, story.yusuf) as work:
        commands.hide(work, story.client, story.karim.id, (Resource.PLAN,))
    signed_in(person, story.yusuf)
    assert "Karim" not in person.open(f"/people/{story.client.id}/history").text
    person.open(f"/people/{story.client.id}/circle/private")
    assert "Karim Haddad does not see" in person.text
    person.send("lift-1")
    with reading(coplan, story.karim) as work:
        assert work.can(Resource.PLAN, Action.READ, story.client.id)


def test_nobody_else_can_open_the_page_of_what_is_private(coplan: Coplan, story: Story, person: Person) -> None:
    with coplan.open_work() as work:
        amal = an_account(work, "Amal")
        a_nominee(work, story.client, amal, Scope.PLANNING, Scope.HEALTH)
    for somebody in (story.karim, amal):
        visitor = signed_in(person.another(), somebody)
        assert visitor.open(f"/people/{story.client.id}/circle/private").status == 404


def test_the_circle_page_says_what_each_may_see(coplan: Coplan, story: Story, person: Person) -> None:
    signed_in(person, story.yusuf).open(f"/people/{story.client.id}/circle")
    assert "Karim Haddad" in person.text
    assert "brother" in person.text
    assert "Works with you on the plan. Suggests; you decide." in person.text
    assert "the plan in force" in person.text


def test_of_a_provider_it_is_said_that_it_sees_its_own_invoices_and_not_the_budget() -> None:
    day = date(2026, 3, 2)
    said = parts.reach(Tie(relationship=Relationship.PROVIDER, starts=day), (), (), day).sees
    assert words("its own invoices") in said
    assert parts.PARTS[Resource.BUDGET] not in said


def test_a_brother_sees_only_himself_in_the_circle(coplan: Coplan, story: Story, person: Person) -> None:
    signed_in(person, story.karim).open(f"/people/{story.client.id}/circle")
    assert "Karim Haddad" in person.text
    assert "Priya" not in person.text
    assert "Who else is in the circle is not shown to you." in person.text
    assert "Nobody else yet" not in person.text
