"""What people of the demonstration keep to themselves: notes, one of them shown to one person, and a draft."""

from __future__ import annotations

from datetime import time

from budgeting.money import Money
from budgeting.package import Weekly
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.notes import commands
from portal.proposals import commands as proposals, queries
from portal.proposals.terms import Terms


def fill(scene: Scene) -> None:
    """Mei writes two notes and shows one to her coordinator; Margaret tries out a week that nobody knows of."""
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        commands.write(work, client, "洗澡的时候，我更希望是女的来帮我。当着哥哥的面我说不出口。")
        shown = commands.write(work, client, "下次见面的时候，我想和Daniel单独谈十分钟。")
        commands.show_to(work, shown, client, scene.account["daniel"])
    with scene.acting("margaret") as work:
        client = client_of(work, scene, "margaret")
        commands.write(work, client, "I would like to stay in this house, whatever anybody says.")
        plan = next(iter(queries.proposals(work, client)), None)
        if plan is not None:
            draft = proposals.start(work, client, "If I stay at home", plan.program, plan.starts, plan.ends, kept=True)
            daily = Weekly(tuple(range(7)), time(9), time(10))
            shower = Terms(
                "A shower every morning", draft.starts, draft.ends, "personal_care", schedule=daily, price=Money(99_00)
            )
            proposals.add_line(work, draft, shower)
