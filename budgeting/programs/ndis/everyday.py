"""NDIS supports by their everyday names. Item numbers are those of the NDIS Support Catalogue 2025-26 and 2026-27."""

from __future__ import annotations

from budgeting.everyday_words import OUTINGS
from budgeting.explain import Confidence
from budgeting.families import Family, Forgotten
from budgeting.programs.ndis.items import family
from budgeting.programs.ndis.skills import SKILLS
from budgeting.words import Name, words

FAMILIES: tuple[Family, ...] = (
    family(
        "self_care",
        "01_011_0107_1_1 01_015_0107_1_1 01_002_0107_1_1 01_013_0107_1_1 "
        "01_014_0107_1_1 01_012_0107_1_1 01_010_0107_1_1",
        words("Help with personal care"),
        words(
            "shower, bath, wash, dress, getting up, going to bed, toilet, eating, grooming, carer, "
            "support worker, sleepover"
        ),
    ),
    family(
        "self_care_high",
        "01_400_0104_1_1 01_401_0104_1_1 01_405_0104_1_1 01_402_0104_1_1 "
        "01_403_0104_1_1 01_404_0104_1_1 01_010_0107_1_1",
        words("Help with personal care, by a worker with extra training"),
        words("complex care, high intensity, tube feeding, bowel care, catheter, ventilator, seizure, shower"),
    ),
    family(
        "community",
        "04_104_0125_6_1 04_103_0125_6_1 - 04_105_0125_6_1 04_106_0125_6_1 04_102_0125_6_1",
        words("Going out and joining in, with a support worker"),
        words("outing, community access, sport, hobby, friends, shopping, library, swimming, social, recreation"),
        also=OUTINGS,
    ),
    family(
        "community_high",
        "04_400_0104_1_1 04_401_0104_1_1 - 04_402_0104_1_1 04_403_0104_1_1 04_404_0104_1_1",
        words("Going out and joining in, with a worker with extra training"),
        words("outing, complex care, high intensity, community access, social, recreation"),
    ),
    family(
        "group_activities",
        "04_102_0136_6_1 04_103_0136_6_1 - 04_104_0136_6_1 04_105_0136_6_1 04_106_0136_6_1",
        words("Group activities"),
        words("day program, group, centre, club, class, art, music, cooking, together with others"),
    ),
    family(
        "group_activities_high",
        "04_600_0104_6_1 04_601_0104_6_1 - 04_602_0104_6_1 04_603_0104_6_1 04_604_0104_6_1",
        words("Group activities, with a worker with extra training"),
        words("day program, group, centre, high intensity, complex care"),
    ),
    family(
        "centre",
        "04_599_0136_6_1",
        words("Use of a centre during group activities"),
        words("centre capital cost, building, venue, day program"),
    ),
    family(
        "cleaning",
        "01_020_0120_1_1",
        words("House cleaning and other household jobs"),
        words("clean, laundry, washing, ironing, vacuum, kitchen, bathroom, household, domestic"),
    ),
    family(
        "garden",
        "01_019_0120_1_1",
        words("Garden and home maintenance"),
        words("yard, lawn, mowing, gutters, weeds, repairs, handyman, house"),
    ),
    family(
        "home_tasks",
        "01_004_0107_1_1",
        words("Help with everyday tasks at home"),
        words("cooking, meal preparation, shopping list, tidy, domestic, daily tasks"),
    ),
    family(
        "meals",
        "01_023_0120_1_1",
        words("Meals made and delivered"),
        words("meal delivery, food, lunch, dinner, frozen meals"),
        "E",
    ),
    family(
        "child_at_home",
        "01_016_0104_1_1",
        words("Care for a child at home"),
        words("child, babysitting, family, after school, respite, kids"),
    ),
    family(
        "registered_nurse",
        "01_606_0114_1_1 01_607_0114_1_1 01_611_0114_1_1 01_608_0114_1_1 01_609_0114_1_1 01_610_0114_1_1",
        words("Care by a registered nurse"),
        words("nurse, wound, injection, catheter, medication, diabetes, health, tube feeding"),
        hours="nurse",
    ),
    family(
        "enrolled_nurse",
        "01_600_0114_1_1 01_601_0114_1_1 01_605_0114_1_1 01_602_0114_1_1 01_603_0114_1_1 01_604_0114_1_1",
        words("Care by an enrolled nurse"),
        words("nurse, wound, medication, blood pressure, health, continence"),
        hours="nurse",
    ),
    family(
        "shared_living",
        "01_801_0115_1_1 01_802_0115_1_1 01_803_0115_1_1 01_804_0115_1_1 "
        "01_805_0115_1_1 01_806_0115_1_1 01_832_0115_1_1",
        words("Support in a shared home"),
        words("supported independent living, SIL, group home, housemates, sleepover, overnight"),
    ),
    *SKILLS,
    family(
        "transport",
        "02_051_0108_1_1",
        words("Transport, in dollars"),
        words("taxi, ride, travel to work, bus, train, fares, getting around"),
        "YR",
    ),
    family(
        "activity_transport",
        "04_590_0125_6_1",
        words("Driving during an activity, in dollars"),
        words("kilometres, car, parking, tolls, drive, outing"),
        "E",
    ),
    family(
        "group_transport",
        "04_591_0136_6_1",
        words("Driving during group activities, in dollars"),
        words("kilometres, bus, van, parking, tolls, day program"),
        "E",
    ),
    family(
        "worker_travel",
        "01_799_0107_1_1",
        words("A worker's kilometres to you, in dollars"),
        words("travel, kilometres, car, parking, tolls, mileage"),
        "E",
    ),
    family(
        "worker_travel_community",
        "04_799_0125_6_1",
        words("A worker's kilometres to your activity, in dollars"),
        words("travel, kilometres, car, parking, tolls, mileage"),
        "E",
    ),
    family(
        "therapist_travel",
        "15_799_0128_1_3",
        words("A therapist's kilometres to you, in dollars"),
        words("travel, kilometres, car, parking, tolls, mileage"),
        "E",
    ),
    family(
        "continence_products",
        "03_093021079_0103_1_1",
        words("Continence products"),
        words("pads, incontinence, disposable, underwear, bladder, bowel"),
        "E",
    ),
    family(
        "low_cost_equipment",
        "03_090000911_0103_1_1",
        words("Low cost equipment for personal care and safety"),
        words("equipment, shower chair, rails, aids, safety, assistive technology"),
        "E",
    ),
    family(
        "mobility_equipment",
        "03_120000911_0105_1_1",
        words("Low cost equipment for moving about"),
        words("walker, walking stick, wheelchair cushion, ramp, mobility, assistive technology"),
        "E",
    ),
    family(
        "communication_equipment",
        "03_222100911_0124_1_1",
        words("Low cost equipment for communication"),
        words("tablet, app, communication, memory, cards, assistive technology"),
        "E",
    ),
    family(
        "interpreting",
        "03_090_0121_1_1",
        words("Interpreting and translating"),
        words("interpreter, language, Auslan, sign, translation"),
    ),
    family(
        "telephone_interpreting",
        "03_091_0121_1_1",
        words("Interpreting by telephone or video"),
        words("interpreter, language, phone, video, Auslan, sign"),
    ),
)

# The number is in the guide of TIS National (confidence C). Who pays is in no rule that we read (confidence U).
FORGOTTEN: tuple[Forgotten, ...] = (
    Forgotten(
        "coordination",
        words("The hours of your coordinator"),
        words("Meetings, calls and letters take hours of their own. They have their own part in the plan."),
        "support_coordination",
    ),
    Forgotten(
        "interpreter",
        words("An interpreter"),
        words(
            "Plan its time, even when it costs you nothing. Ask first who pays: the Translating and Interpreting "
            "Service ({phone}), your provider or your plan.",
            phone=Name("131 450"),
        ),
        "telephone_interpreting",
        free=True,
        confidence=Confidence.U,
    ),
)
