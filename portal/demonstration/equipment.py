"""Equipment in the demonstration: a chair that waits for an answer, a tablet in use, a ramp to be quoted."""

from __future__ import annotations

from datetime import timedelta

from budgeting.money import Money
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.equipment import commands
from portal.equipment.commands import Need, QuoteTold
from portal.equipment.model import Getting


def fill(scene: Scene) -> None:
    """One thing at each end of the way, and some in between."""
    _yusuf(scene)
    _mei(scene)
    _margaret(scene)


def _yusuf(scene: Scene) -> None:
    """A shower chair: tried, two quotes, approved, ordered with a deposit."""
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        today = work.today(client)
        row = commands.name_need(work, client, Need("كرسي استحمام", "ليجلس يوسف بأمان تحت الدش.", "at", "core"))
        commands.try_out(work, row, "Northside Therapy", today - timedelta(40), today - timedelta(33))
        commands.say_how_it_went(work, row, "ثابت ومريح، لكن العجلات كبيرة.")
        commands.keep_quote(
            work,
            row,
            QuoteTold(
                "Wheelhouse", Money(1_890_00), Money(45_00), Money(120_00), Money(95_00), Money(400_00),
                today + timedelta(20), 5,
            ),
        )  # fmt: skip
        chosen = commands.keep_quote(
            work,
            row,
            QuoteTold(
                "Able Homes",
                Money(1_740_00),
                Money(60_00),
                Money(120_00),
                None,
                Money(300_00),
                today + timedelta(12),
                8,
            ),
        )
        commands.ask_approval(work, row, chosen, Getting.BUY, None, today - timedelta(21))
        commands.approve(work, row, "Clear Books Plan Management", today - timedelta(14), None, given=True)
        commands.order(work, row, today - timedelta(12), today + timedelta(30), Money(300_00), Money(1_728_00))


def _mei(scene: Scene) -> None:
    """A tablet in use with a repair, and an easel that is only a wish yet."""
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        today = work.today(client)
        tablet = commands.name_need(work, client, Need("画画用的平板", "手累的时候也能画。", "at", "core"))
        quote = commands.keep_quote(work, tablet, QuoteTold("Pixel Place", Money(890_00), Money(0)))
        commands.ask_approval(work, tablet, quote, Getting.BUY, None, today - timedelta(80))
        commands.approve(work, tablet, "我自己", None, None, given=True)
        commands.order(work, tablet, today - timedelta(78), None, None, None)
        commands.deliver(work, tablet, today - timedelta(71))
        commands.set_up(work, tablet, today - timedelta(70), today + timedelta(295))
        commands.pay_rest(work, tablet, today - timedelta(70))
        commands.tell_repair(work, tablet, "屏幕有时没有反应。", today - timedelta(3))
        commands.name_need(work, client, Need("可以调高低的画架", "站着坐着都能画。"))


def _margaret(scene: Scene) -> None:
    """A ramp at the garden door: two prices are known, nothing is chosen."""
    with scene.acting("priya") as work:
        client = client_of(work, scene, "margaret")
        row = commands.name_need(
            work, client, Need("A ramp at the garden door", "So that I can sit in my garden.", "hm", "hm_2")
        )
        commands.keep_quote(work, row, QuoteTold("Steady Builders", Money(3_450_00), None, Money(0), weeks=6))
        commands.keep_quote(
            work, row, QuoteTold("Ramp Hire Co", Money(2_980_00), Money(90_00), Money(150_00), Money(140_00), weeks=1)
        )
        rail = commands.name_need(work, client, Need("A rail beside the bath", "To get out of the bath.", "hm", "hm_2"))
        quote = commands.keep_quote(work, rail, QuoteTold("Steady Builders", Money(420_00), None, Money(95_00)))
        today = work.today(client)
        commands.ask_approval(work, rail, quote, Getting.BUY, None, today - timedelta(9))
        commands.approve(work, rail, "Green Door Home Care", today - timedelta(4), None, given=True)
