"""Plans in force in the demonstration: some providers have answered, one has not read its part yet."""

from __future__ import annotations

from portal.access.scope import visible
from portal.demonstration.scene import Scene
from portal.plans import commands
from portal.plans.model import Brief
from portal.plans.states import BriefState
from portal.work import Work


def fill(scene: Scene) -> None:
    """Sunrise and Green Door can deliver; Northside has not read Yusuf's and Mei's plans."""
    with scene.acting("grace") as work:
        said = "Yes. Ivy and Jing can come in the morning. They send a message before they ring the bell."
        commands.answer(work, _brief(work, scene, "mei", "sunrise"), BriefState.CAN, said)
        said = "Yes. The same two people come each morning, and both know Yusuf."
        commands.answer(work, _brief(work, scene, "yusuf", "sunrise"), BriefState.CAN, said)
    with scene.acting("priya") as work:
        said = "Cleaning and showers are no problem. We start with the garden in the second week."
        brief = _brief(work, scene, "margaret", "greendoor")
        commands.record_telephone_answer(work, brief, BriefState.CAN, "Lucia Romano", said)


def _brief(work: Work, scene: Scene, client: str, provider: str) -> Brief:
    """What a provider was sent, as the one who acts may see it."""
    wanted = visible(work, Brief).where(
        Brief.client_id == scene.client[client], Brief.provider_id == scene.organisation[provider]
    )
    return work.session.scalars(wanted).one()
