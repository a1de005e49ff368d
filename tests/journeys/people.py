"""Who is there before the family comes, and what each of the family types, in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar.testing import TestClient

from portal.accounts.model import Account, Organisation, OrganisationKind, Role
from portal.app import Coplan
from tests.builders import an_organisation, somebody_at
from tests.portal.payments.conftest import Service


@dataclass(frozen=True)
class House:
    """The operator's own people and the providers of its directory."""

    coplan: Coplan
    service: Service
    sam: Account  # administrator
    ruth: Account  # complaints officer
    sunrise: Organisation
    grace: Account  # of Sunrise
    northside: Organisation  # nobody of it has an account
    greendoor: Organisation  # nor of this one

    def deliver(self, portal: TestClient[Any]) -> None:
        """Hand every waiting message of the payment service to the portal."""
        while self.service.messages:
            body, signature = self.service.messages.pop(0)
            headers = {"stripe-signature": signature, "content-type": "application/json"}
            assert portal.post("/stripe/webhook", content=body, headers=headers).status_code == 200


def a_house(coplan: Coplan, service: Service) -> House:
    """The portal on its first day."""
    with coplan.open_work() as work:
        harbour = an_organisation(work, "Harbour Coordination", OrganisationKind.COORDINATION)
        sunrise, northside, greendoor = (
            an_organisation(work, name) for name in ("Sunrise Support", "Northside Cleaning", "Green Door")
        )
        return House(
            coplan,
            service,
            somebody_at(work, harbour, "Sam Taylor", Role.ADMINISTRATOR),
            somebody_at(work, harbour, "Ruth Silva", Role.OFFICER),
            sunrise,
            somebody_at(work, sunrise, "Grace Tan"),
            northside,
            greendoor,
        )


@dataclass(frozen=True)
class Tongue:
    """What the family types in its own language."""

    tag: str
    name: str  # of the person whose plan it is
    week: str
    shower: str  # what the line of the week is called afterwards
    cleaning: str  # everyday words to look for a second support
    matters: str
    goal: str
    wish: str  # why something should change
    complaint: str


TONGUES = {
    "en": Tongue(
        "en",
        "Nora Quinn",
        "Mon and Wed 9–11, help in the shower, $68 an hour",
        "help in the shower",
        "somebody to clean",
        "My garden, and Sunday lunch with my sister.",
        "Take the bus alone",
        "I have swimming on Wednesdays now.",
        "Nobody came on Thursday.",
    ),
    "ar": Tongue(
        "ar",
        "نورة حداد",
        "الاثنين والأربعاء ٩–١١، مساعدة في الاستحمام، ٦٨ دولار في الساعة",
        "مساعدة في الاستحمام",
        "تنظيف",
        "حديقتي، وغداء الأحد مع أختي.",
        "أن أركب الحافلة وحدي",
        "عندي سباحة يوم الأربعاء.",
        "لم يأتِ أحد يوم الخميس.",
    ),
    "zh-Hans": Tongue(
        "zh-Hans",
        "陈美",
        "周一和周三 9点到11点，洗澡帮助，每小时68元",
        "洗澡帮助",
        "打扫",
        "我的花园，还有星期天和姐姐一起吃午饭。",
        "自己坐公共汽车",
        "我星期三要去游泳。",
        "星期四没有人来。",
    ),
}
