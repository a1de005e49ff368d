"""The services of the Support at Home list by their everyday names; units and dated categories are in services.csv."""

from __future__ import annotations

import csv
from datetime import date
from importlib import resources

from budgeting.everyday_words import OUTINGS
from budgeting.explain import Confidence, Source
from budgeting.families import DatedCategory, Family, Forgotten
from budgeting.words import Name, Words, words

LIST = "Support at Home service list (Department of Health, Disability and Ageing; Aged Care Rules 2025)"


def _read() -> dict[str, list[dict[str, str]]]:
    text = (resources.files(__package__) / "services.csv").read_text(encoding="utf-8")
    by_key: dict[str, list[dict[str, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        by_key.setdefault(row["key"], []).append(row)
    return by_key


ROWS = _read()

# money that is held apart from the account, by the services it is for
CARE_MANAGEMENT, RESTORATIVE = "care_management", "restorative"
EQUIPMENT, HOME_CHANGES = "assistive_technology", "home_modifications"
FUNDS = {
    "care_management": CARE_MANAGEMENT,
    "restorative_care_management": RESTORATIVE,
    "equipment": EQUIPMENT,
    "home_modifications": HOME_CHANGES,
}


def service_category(service: str, day: date, *, announced: bool = False) -> str:
    """The contribution category on a day of a service by its name in the list, or by the beginning of its name.

    Announced changes count only when asked for. A name that is not in the list, or not one service, is a ValueError.
    """
    wanted = service.strip().casefold()
    every = [row for rows in ROWS.values() for row in rows]
    rows = [row for row in every if row["service"].casefold() == wanted]
    rows = rows or [row for row in every if wanted and row["service"].casefold().startswith(wanted)]
    if len({row["service"] for row in rows}) != 1:
        raise ValueError(f"{service!r} is not one service of the list")
    counted = [row for row in rows if row["status"] == "in_force" or announced]
    begun = [row for row in counted if date.fromisoformat(row["since"]) <= day] or counted[:1]
    return max(begun, key=lambda row: row["since"])["category"]


def _service(key: str, label: Words, search: Words, also: str = "") -> Family:
    """A family from its rows in services.csv; a key without a row is a KeyError."""
    rows = ROWS[key]
    categories = tuple(
        DatedCategory(
            row["category"],
            date.fromisoformat(row["since"]),
            Source(LIST, row["service"], date.fromisoformat(row["since"]), Confidence(row["confidence"])),
            announced=row["status"] != "in_force",
        )
        for row in rows
    )
    return Family(key, label, search, rows[0]["unit"], categories, fund=FUNDS.get(key), also=also)


FAMILIES: tuple[Family, ...] = (
    _service(
        "registered_nurse", words("Care by a registered nurse"),
        words("nurse, wound, injection, medication, health, catheter"),
    ),
    _service(
        "enrolled_nurse", words("Care by an enrolled nurse"),
        words("nurse, wound, medication, blood pressure, health"),
    ),
    _service("nursing_assistant", words("Care by a nursing assistant"), words("nurse, nursing, health, assistant")),
    _service(
        "nursing_consumables", words("Nursing products, such as dressings"),
        words("bandage, dressing, wound, continence, products"),
    ),
    _service(
        "health_practitioner", words("Aboriginal and Torres Strait Islander health practitioner"),
        words("First Nations, culture, health, community"),
    ),
    _service(
        "health_worker", words("Aboriginal and Torres Strait Islander health worker"),
        words("First Nations, culture, health, community"),
    ),
    _service("therapy_assistant", words("Therapy assistant"), words("exercises, practice, therapy, allied health")),
    _service("counselling", words("Counselling"), words("talk, feelings, grief, stress, psychotherapy")),
    _service("dietitian", words("Dietitian"), words("food, diet, nutrition, weight, eating")),
    _service(
        "exercise_physiology", words("Exercise physiology"), words("exercise, fitness, strength, balance, falls"),
    ),
    _service("music_therapy", words("Music therapy"), words("music, singing, memory")),
    _service(
        "occupational_therapy", words("Occupational therapy"),
        words("OT, equipment, home safety, hands, daily tasks"),
    ),
    _service("physiotherapy", words("Physiotherapy"), words("physio, walking, movement, strength, balance, pain")),
    _service("podiatry", words("Podiatry"), words("feet, foot, toenails, podiatrist")),
    _service("psychology", words("Psychology"), words("psychologist, feelings, anxiety, mood, memory")),
    _service("social_work", words("Social work"), words("social worker, family, advice, services")),
    _service(
        "speech_therapy", words("Speech therapy"), words("speech pathologist, talking, swallowing, communication"),
    ),
    _service("prescribed_nutrition", words("Prescribed nutrition"), words("tube feeding, supplement drinks, food")),
    _service("care_management", words("Care management"), words("care partner, plan, review, coordination")),
    _service(
        "restorative_care_management", words("Restorative care management"),
        words("restorative care partner, recovery, goals"),
    ),
    _service(
        "personal_care", words("Help with personal care"),
        words("shower, bath, wash, dress, getting up, going to bed, toilet, eating, carer"),
    ),
    _service(
        "medication_help", words("Help to take your own medicines"),
        words("medication, tablets, pills, reminder, webster pack"),
    ),
    _service("continence_help", words("Help with continence"), words("toilet, pads, bladder, bowel")),
    _service("group_social", words("Group activities"), words("group, club, centre, outing, friends, social")),
    _service(
        "social_support", words("Company and social support"),
        words("visit, company, lonely, friends, outing, social"),
    ),
    _service(
        "accompanied_activities", words("Someone to go with you"),
        words("shopping, appointment, doctor, outing, company"), OUTINGS,
    ),
    _service("cultural_support", words("Cultural support"), words("culture, language, community, faith, country")),
    _service(
        "digital_help", words("Help with phone and computer"), words("tablet, internet, video call, phone, computer"),
    ),
    _service(
        "personal_affairs", words("Help with letters and personal business"),
        words("letters, bills, forms, paperwork, banking"),
    ),
    _service(
        "personal_affairs_costs", words("Costs of keeping up personal business"),
        words("internet, phone, bills, costs"),
    ),
    _service("acupuncture", words("Acupuncture"), words("pain, needles, therapy")),
    _service("art_therapy", words("Art therapy"), words("art, drawing, painting, creative")),
    _service("chiropractic", words("Chiropractic"), words("back, spine, pain")),
    _service("diversional_therapy", words("Diversional therapy"), words("games, hobby, activities, memory")),
    _service("osteopathy", words("Osteopathy"), words("back, joints, pain")),
    _service("massage", words("Remedial massage"), words("massage, muscles, pain")),
    _service(
        "respite", words("Respite: a break for you and your carer"),
        words("respite, carer, break, rest, stay with, overnight"),
    ),
    _service(
        "transport", words("Transport with a driver, each way"),
        words("drive, car, lift, appointment, shopping, trip"),
    ),
    _service("taxi", words("Taxi or ride share"), words("taxi, ride share, cab, fare, trip")),
    _service(
        "cleaning",
        words("House cleaning"),
        words("clean, vacuum, mop, bathroom, kitchen, household, domestic, help at home"),
    ),
    _service("laundry", words("Laundry"), words("washing, ironing, sheets, clothes")),
    _service("shopping", words("Help with shopping"), words("groceries, supermarket, shopping list")),
    _service("gardening", words("Gardening"), words("yard, lawn, mowing, weeds, garden")),
    _service(
        "home_maintenance", words("Home maintenance and repairs"),
        words("handyman, gutters, repairs, light bulb, smoke alarm"),
    ),
    _service(
        "home_maintenance_costs", words("Materials for maintenance and repairs"),
        words("materials, parts, costs, repairs"),
    ),
    _service("meal_preparation", words("Meals cooked at your home"), words("cook, cooking, food, lunch, dinner")),
    _service("meal_delivery", words("Meals delivered"), words("meals on wheels, food, lunch, dinner, frozen")),
    _service(
        "equipment", words("Equipment and products"),
        words("walker, shower chair, bed, wheelchair, assistive technology"),
    ),
    _service("home_modifications", words("Changes to the home"), words("rails, ramp, bathroom, home modification")),
)

# The number is in the guide of TIS National (confidence C). Who pays is in no rule that we read (confidence U).
FORGOTTEN: tuple[Forgotten, ...] = (
    Forgotten(
        "coordination",
        words("The hours of your care partner"),
        words("Care management is due in every month. Your provider holds money for it."),
        "care_management",
    ),
    Forgotten(
        "interpreter",
        words("An interpreter"),
        words(
            "Plan its time, even when it costs you nothing. Ask first who pays: the Translating and Interpreting "
            "Service ({phone}) or your provider.",
            phone=Name("131 450"),
        ),
        free=True,
        confidence=Confidence.U,
    ),
)
