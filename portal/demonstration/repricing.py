"""New prices, a new plan letter and a plan meeting in the demonstration, all of Yusuf, whose plan is in force."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from budgeting.letters import parts
from budgeting.money import dollars
from budgeting.package import Management
from portal.catalogue.model import Edition
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of, goals_of
from portal.funding import queries as funding
from portal.funding.releases import equal
from portal.funding.terms import NDIS, Letter, Terms
from portal.renewal import commands as renewal
from portal.repricing import commands, queries
from portal.review import commands as review
from portal.review.model import Part
from portal.start.draft import Draft

NOTE = "اتصلي بي إن أردتِ أن نتحدث عن ذلك قبل اجتماع الخطة."
UNUSED = "لم يأتِ أحد مرتين في الصباح، ولم نجد أحداً لأيام السبت."
WISHES = "نطلب ساعتين يوم السبت كي يذهب يوسف إلى المكتبة بالترام مع شخص يعرفه."
WORKED = "صار يوسف يعرف محطتين من خط الترام، ويحب الرحلة."
DID_NOT = "عندما يتغيّر العامل يعود يوسف إلى البداية."
TRAM = "أن يركب يوسف الترام وحده إلى المكتبة"


def fill(scene: Scene) -> None:
    """The newest price list is held against the plans; Amal types in a new letter and writes for the meeting."""
    _new_prices(scene)
    _new_plan(scene)
    _plan_meeting(scene)


def _new_prices(scene: Scene) -> None:
    with scene.acting("sam") as work:
        newest = (
            select(Edition).where(Edition.program == NDIS).order_by(Edition.valid_from.desc(), Edition.place.desc())
        )
        edition = work.session.scalars(newest).first()
        if edition is None:
            return
        run_id = commands.start(work, None, edition).id
    with scene.acting("priya") as work:
        client = client_of(work, scene, "yusuf")
        row, run = queries.of_client(work, client, run_id), queries.run(work, run_id)
        commands.write_note(work, row, run, NOTE)


def _new_plan(scene: Scene) -> None:
    """Half of a letter: one part less than now, and therapy is stated."""
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        now = funding.current(work, client)
        if now is None or now.ends is None:
            return
        starts = now.ends + timedelta(days=1)
        ends = starts + timedelta(days=364)
        letter = Letter(NDIS, starts, ends, ends, work.today(client) - timedelta(days=2))
        draft = Draft(letter=letter, state=client.state, zone=client.zone)
        for key, amount, management, stated in (
            ("core", "52800.00", Management.PLAN, False),
            ("daily_skills", "12000.00", Management.PLAN, True),
        ):
            part, money = parts.of(NDIS)[key], dollars(amount)
            released = equal(money, starts, ends, 3)
            draft = draft.with_part(Terms(part.name, management, part.categories, money, stated, released, key=key))
        renewal.begin(work, client, draft)


def _plan_meeting(scene: Scene) -> None:
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        plan, goal = funding.current(work, client), goals_of(work, client)[TRAM]
        if plan is None:
            return
        pack = review.write(work, client, plan, 0, WISHES, UNUSED, frozenset({Part.UNPAID}))
        review.look_back(work, goal, client, plan, pack.version, WORKED, DID_NOT)
        work.session.flush()
        review.let_read(work, client, plan, pack.version)
