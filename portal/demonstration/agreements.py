"""Agreements in the demonstration: one signed by a nominee, one that waits, one signed by the person herself."""

from __future__ import annotations

from dataclasses import replace

from agreements import commands, document, queries
from agreements.model import Agreement
from portal.access.scope import visible
from portal.demonstration.scene import Scene
from portal.work import Work


def fill(scene: Scene) -> None:
    """Yusuf and Margaret have signed agreements; those of Mei are not offered yet."""
    _offer(scene, "yusuf", "sunrise", place="At home, and on the way to the library")
    _sign(scene, "amal", "yusuf", "sunrise", "ar", "أمل حداد")
    _sign(scene, "grace", "yusuf", "sunrise", "en", "Grace Tan")
    _offer(scene, "yusuf", "northside", place="")
    _offer(scene, "margaret", "greendoor", place="At my house", also="The worker rings the bell and waits.")
    _sign(scene, "margaret", "margaret", "greendoor", "en", "Margaret Walsh", helper="Tom Walsh")
    _sign(scene, "lucia", "margaret", "greendoor", "en", "Lucia Romano")


def _agreement(work: Work, scene: Scene, client: str, provider: str) -> Agreement:
    """The agreement between the two, as the one who acts may see it."""
    wanted = visible(work, Agreement).where(
        Agreement.client_id == scene.client[client], Agreement.provider_id == scene.organisation[provider]
    )
    return work.session.scalars(wanted).one()


def _offer(scene: Scene, client: str, provider: str, *, place: str, also: str = "") -> None:
    with scene.acting("priya") as work:
        found = _agreement(work, scene, client, provider)
        as_drafted = commands.Chosen(
            found.starts, found.ends, found.review, found.client_notice, found.provider_notice, found.cancel_notice,
            found.travel, found.place, found.also,
        )  # fmt: skip
        commands.change_terms(work, found, replace(as_drafted, place=place, also=also))
        texts = document.all_texts(found, queries.client_of(work, found), queries.provider_of(work, found))
        commands.offer(work, found, texts, document.BINDING, document.TEXT_VERSION)


def _sign(scene: Scene, who: str, client: str, provider: str, language: str, name: str, helper: str = "") -> None:
    with scene.acting(who) as work:
        found = _agreement(work, scene, client, provider)
        commands.sign(work, found, queries.texts(work, found)[language].sha256, name, helper)
