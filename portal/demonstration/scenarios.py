"""What people in the demonstration try out: kept, shared, and the same week bought differently."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from budgeting.money import Money, Percent
from budgeting.package import Weekly
from budgeting.period import Band
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.options import commands as options
from portal.options.model import Came
from portal.people.model import Client
from portal.proposals import draft_rows, queries, scenario_commands, way_commands
from portal.proposals.kept import KeptLine, Scenario, WayKind
from portal.proposals.model import Proposal, ProposalState
from portal.proposals.terms import Terms
from portal.proposals.ways import Told
from portal.work import Work


def fill(scene: Scene) -> None:
    """Mei tries out Sundays and shares it, and something for herself; Yusuf's coordinator compares three."""
    _mei(scene)
    _yusuf(scene)
    _margaret(scene)


def _draft(work: Work, client: Client) -> Proposal:
    found = queries.proposals(work, client)
    return next((one for one in found if one.state is ProposalState.DRAFT), found[0])


def _keep(
    work: Work, client: Client, title: str, note: str, changed: dict[str, Terms | None], came: Came = Came.ASKED
) -> Scenario:
    """A copy of the draft in which some supports, by name, say something else or are left out."""
    draft = _draft(work, client)
    lines = []
    for line in draft_rows.lines(work, draft):
        if line.counts:
            terms = changed.get(line.name, line.terms)
            lines.append(KeptLine(line.key, terms or line.terms, out=terms is None))
    made = scenario_commands.keep(work, client, draft, lines, title, came=came)
    if note:
        scenario_commands.rename(work, made, title, note, made.version, came)
    return made


def _says(work: Work, client: Client) -> dict[str, Terms]:
    return {line.name: line.terms for line in draft_rows.lines(work, _draft(work, client))}


def _mei(scene: Scene) -> None:
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        says = _says(work, client)
        morning = says["早上起床和洗澡"]
        sundays = replace(morning, schedule=Weekly((0, 2, 6), time(8), time(10)))
        shared = _keep(work, client, "星期天早上也有人来", "星期天早上我一个人最难。", {"早上起床和洗澡": sundays})
        scenario_commands.share(work, shared)
        beside = (f"draft-{_draft(work, client).id}", f"scenario-{shared.id}")
        options.explain_fewer(work, client, beside, "我们问过四家，只有这一家星期天早上能来。", private=False)
        longer = replace(morning, schedule=Weekly((0, 2, 4), time(8), time(11)))
        _keep(work, client, "早上不着急", "", {"早上起床和洗澡": longer, "打扫房间": None})
        worker = Told(
            {Band.DAY: Money(36_00), Band.SATURDAY: Money(48_00), Band.SUNDAY: Money(60_00)},
            {"superannuation": Percent(120_000), "casual": Percent(250_000), "compensation": Percent(25_000)},
            Money(450_00),
            Money(25_00),
        )
        way_commands.tell(work, client, "ndis", WayKind.EMPLOYMENT, "自己请小陈", worker)
        platform = Told({Band.DAY: Money(55_00), Band.SATURDAY: Money(70_00)}, {"fee": Percent(100_000)})
        way_commands.tell(work, client, "ndis", WayKind.PLATFORM, "平台上找人", platform)


def _yusuf(scene: Scene) -> None:
    with scene.acting("priya") as work:
        client = client_of(work, scene, "yusuf")
        says = _says(work, client)
        outing = says["الخروج إلى المكتبة بالترام"]
        saturday = replace(outing, schedule=Weekly((5,), time(10), time(13)))
        made = _keep(work, client, "Saturdays instead of Wednesdays", "", {outing.name: saturday}, Came.SUGGESTED)
        scenario_commands.share(work, made)
        speech = says["علاج النطق"]
        _keep(
            work,
            client,
            "Without speech therapy for now",
            "To see what it would free.",
            {speech.name: None},
            Came.SUGGESTED,
        )


def _margaret(scene: Scene) -> None:
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        prices = {Band.DAY: Money(86_00), Band.SATURDAY: Money(110_00), Band.SUNDAY: Money(128_00)}
        way_commands.tell(
            work, client, "support_at_home", WayKind.PROVIDER, "Price list of Harbour Home Care", Told(prices)
        )
        cheaper = {Band.DAY: Money(94_00), Band.SATURDAY: Money(99_00)}
        way_commands.tell(
            work, client, "support_at_home", WayKind.PROVIDER, "Price list of Gumtree Village Care", Told(cheaper)
        )
