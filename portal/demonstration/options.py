"""What there is near the people of the demonstration: providers that say what they do not do, clubs, and a library."""

from __future__ import annotations

from datetime import date, timedelta

from budgeting.money import Money
from budgeting.options.coverage import Coverage
from budgeting.period import Band
from portal.accounts import coverage
from portal.catalogue import book_commands
from portal.demonstration.scene import Scene
from portal.demonstration.stories import client_of
from portal.options import (
    commands,
    library_commands as library,
    organisation_commands as organisations,
    organisation_queries,
)
from portal.options.commands import Something
from portal.options.library_commands import Material
from portal.options.library_model import LibraryKind
from portal.options.model import Came
from portal.options.organisation_commands import Declared, Said
from portal.options.organisation_model import InterestKind
from portal.work import Work

HOURLY = (Band.DAY, Band.SATURDAY, Band.SUNDAY, Band.HOLIDAY)
#: Made up: who tells it, for which provider and program; each support with its price of a weekday, and of other days.
OFFERS: tuple[tuple[str, str, str, tuple[tuple[str, tuple[int, ...]], ...]], ...] = (
    (
        *("grace", "sunrise", "ndis"),
        (("self_care", (68_00,)), ("community", (67_00,)), ("cleaning", (55_00,)), ("transport", ())),
    ),
    (
        *("owen", "northside", "ndis"),
        (("occupational_therapy", (193_99,)), ("speech_therapy", (193_99,)), ("art_therapy", (210_00,))),
    ),
    (
        *("lucia", "greendoor", "support_at_home"),
        (("personal_care", (99_00, 134_00, 169_00, 204_00)), ("cleaning", (89_00,)), ("gardening", (92_00,))),
    ),
)
SAID = {
    "grace": Said(
        offers="Help in the morning and evening, going out, cleaning. The same two people come whenever we can.",
        limits="We do not come between 10 at night and 6 in the morning. We do not lift without a hoist.",
        places="Inner Sydney, and the north of Melbourne.",
        owned_by="Sunrise Support Pty Ltd, owned by its two founders",
        registration="Registered for daily activities and community participation",
        complaints="Ring Grace, or write to office@sunrise.example. We answer within two days.",
    ),
    "owen": Said(
        offers="Occupational therapy, speech therapy and art therapy, at our rooms or by video.",
        limits="There is a waiting list for speech therapy. We do not come to your home.",
        places="Sydney and Melbourne",
        owned_by="Northside Therapy, a company of five therapists",
        complaints="Ask for Owen.",
    ),
    "lucia": Said(
        offers="Personal care, cleaning and gardening for older people.",
        limits="No nursing. No visits after eight in the evening.",
        places="Brisbane, south side",
        owned_by="Green Door Co-operative, owned by the people who work in it",
        registration="Registered provider of home care",
        complaints="Ring Lucia, or the chair of the co-operative.",
    ),
}


def fill(scene: Scene) -> None:
    """Pages, offers and coverage; things near home for everybody and for one circle; the library; interests."""
    for who, key, program, offers in OFFERS:
        with scene.acting(who) as work:
            one = organisation_queries.organisation(work, scene.organisation[key])
            said = SAID[who]
            organisations.write_page(work, one, said, 0)
            for support, asked in offers:
                prices = {band: Money(cents) for band, cents in zip(HOURLY, asked, strict=False)}
                organisations.offer(work, one, program, support)
                book_commands.publish(work, one, program, support, prices, work.day - timedelta(200))
    _coverage(scene)
    with scene.acting("daniel") as work:
        _near(work)
        _library(work)
        harbour = organisation_queries.organisation(work, scene.organisation["harbour"])
        told = Declared(
            InterestKind.REFERRAL_FEE,
            work.day - timedelta(200),
            None,
            scene.organisation["northside"],
            "Northside pays for the first talk with people we send. It is the same for everybody.",
            "Agreement with Northside, page 3",
        )
        organisations.declare(work, harbour, told)
    _circles(scene)


def _coverage(scene: Scene) -> None:
    with scene.acting("grace") as work:
        one = organisation_queries.organisation(work, scene.organisation["sunrise"])
        can = ("home", "woman", "quiet")
        days, tongues = tuple(range(6)), ("en", "ar")
        coverage.confirm(work, one.id, one.version, ("NSW", "VIC"), days, tongues, ("morning", "evening"), can)
    with scene.acting("daniel") as work:
        one = organisation_queries.organisation(work, scene.organisation["northside"])
        by_telephone = Coverage(
            work.day,
            ("NSW", "VIC"),
            tuple(range(5)),
            ("en", "zh-Hans"),
            ("morning", "afternoon"),
            ("wheelchair", "telehealth", "device"),
            work.day + timedelta(21),
            spoke_with="Owen",
        )
        coverage.confirm_by_telephone(work, one, one.version, by_telephone)


def _near(work: Work) -> None:
    """Clubs and places, free ones among them."""
    for something in (
        Something("Men’s shed", _covers(work.day, "QLD", (1,), ("morning",), ("wheelchair",)),
                  "Woodwork, tea and talk. Anybody may come and only watch.", "Community hall, Annerley",
                  "Ring the hall", Money(0)),
        Something("Choir without notes", _covers(work.day, "QLD", (3,), ("afternoon",), ("wheelchair", "transport")),
                  "Singing old and new songs. The bus of the parish picks people up.", "St James, Sunnybank",
                  "choir@stjames.example", Money(0)),
        Something("Painting in the park", _covers(work.day, "NSW", (5, 6), ("afternoon",), ("wheelchair", "quiet")),
                  "People meet under the fig trees and paint. Bring your own paper.", "Victoria Park, Camperdown",
                  "No need to ring", Money(0)),
        Something("Library tram tour", _covers(work.day, "VIC", (2,), ("morning",), ("easy",)),
                  "The library shows how to come by tram, with pictures.", "Carlton", "Ask at the desk", Money(0)),
        Something("Swimming for everybody", _covers(work.day, "NSW", (0, 2, 4), ("morning",), ("wheelchair", "woman")),
                  "Warm water, a hoist, and an hour for women only.", "Aquatic centre, Ultimo", "", Money(8_50)),
    ):  # fmt: skip
        commands.tell(work, something)


def _covers(
    day: date, state: str, weekdays: tuple[int, ...], times: tuple[str, ...], access: tuple[str, ...]
) -> Coverage:
    return Coverage(day, (state,), weekdays, times=times, access=access)


def _library(work: Work) -> None:
    """Reference, easy words, and something that only promotes somebody."""
    soon, year = work.day + timedelta(20), work.day + timedelta(300)
    for material in (
        Material("What a plan meeting is", LibraryKind.EASY_READ, "Harbour Coordination", "en", year,
                 "What happens, who may come with you, and that you may say no.",
                 text="You can bring somebody.\nYou can ask for a break.\nYou can say: I want to think about it."),
        Material("计划会议是什么", LibraryKind.EASY_READ, "Harbour Coordination", "zh-Hans", year,
                 "会发生什么，谁可以陪你，你可以说不。",
                 text="你可以带一个人来。\n你可以要求休息。\n你可以说：我想再想一想。"),
        Material("ما هو اجتماع الخطة", LibraryKind.EASY_READ, "Harbour Coordination", "ar", year,
                 "ماذا يحدث، ومن يمكن أن يأتي معك.", text="يمكنك أن تحضر شخصاً معك.\nيمكنك أن تطلب استراحة."),
        Material("Your rights in aged care", LibraryKind.REFERENCE, "Harbour Coordination", "en", soon,
                 "Where the law stands that says what you may expect.", "https://www.agedcarequality.gov.au/"),
        Material("Northside: our art therapy", LibraryKind.PROMOTIONAL, "Northside Therapy", "en", year,
                 "A leaflet of the provider.", text="Come and try one hour."),
    ):  # fmt: skip
        library.keep(work, material)


def _circles(scene: Scene) -> None:
    """What only one circle knows, and what was kept for later."""
    with scene.acting("mei") as work:
        client = client_of(work, scene, "mei")
        covers = _covers(work.day, "NSW", (6,), ("afternoon",), ("quiet",))
        row = commands.tell_circle(
            work, client, Something("和小林一起画画", covers, "她家有大桌子，也有茶。", "小林家", cost=Money(0))
        )
        commands.keep(work, client, f"own-{row.id}", Came.ASKED, "", "下个月开始？")
    with scene.acting("amal") as work:
        client = client_of(work, scene, "yusuf")
        covers = _covers(work.day, "VIC", (4,), ("afternoon",), ())
        commands.tell_circle(
            work, client, Something("صلاة الجمعة مع الأخ", covers, "يأخذه أخوه ويعيده.", "المسجد", cost=Money(0))
        )
    with scene.acting("priya") as work:
        client = client_of(work, scene, "margaret")
        commands.keep(work, client, f"org-{scene.organisation['greendoor']}", Came.FOUND, "garden", "")
