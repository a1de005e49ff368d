"""What people of the demonstration asked to be told, and how far everybody's money reaches today."""

from __future__ import annotations

from portal.demonstration.scene import Scene
from portal.outlook import commands
from portal.outlook.commands import Wanted
from portal.outlook.kinds import AlarmKind
from portal.people import queries as people
from portal.work import Work


def fill(scene: Scene) -> None:
    """Mei wants to know when hours get few and what is to be claimed; Yusuf's mother when the money would end early."""
    with scene.acting("mei") as work:
        mei = people.client(work, scene.client["mei"])
        commands.set_alarm(work, mei, Wanted(AlarmKind.EARLY))
        commands.set_alarm(work, mei, Wanted(AlarmKind.CLAIM, number=60, by_mail=False))
    with scene.acting("amal") as work:
        yusuf = people.client(work, scene.client["yusuf"])
        commands.set_alarm(work, yusuf, Wanted(AlarmKind.WITHIN, number=26))
        commands.set_alarm(work, yusuf, Wanted(AlarmKind.HOURS, number=400, by_mail=False))
    with scene.acting("margaret") as work:
        margaret = people.client(work, scene.client["margaret"])
        told = (scene.account["priya"],)
        commands.set_alarm(work, margaret, Wanted(AlarmKind.EARLY, others=told))
    with scene.acting() as work:
        _everybody(work, scene)


def _everybody(work: Work, scene: Scene) -> None:
    """As every night."""
    for client_id in scene.client.values():
        work.later("outlook.refresh", client_id=client_id)
