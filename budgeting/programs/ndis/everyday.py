"""NDIS supports by their everyday names. Item numbers are those of the NDIS Support Catalogue 2025-26 and 2026-27."""

from __future__ import annotations

from budgeting.families import DatedCategory, Family
from budgeting.period import Band
from budgeting.words import Words, words

BANDS = (Band.DAY, Band.EVENING, Band.NIGHT, Band.SATURDAY, Band.SUNDAY, Band.HOLIDAY, Band.SLEEPOVER)


def _family(key: str, items: str, label: Words, search: Words, unit: str = "H", hours: str = "standard") -> Family:
    """A family from its item numbers: one, or up to seven in the order of ``BANDS``.

    A dash means that the catalogue has no item for that time.
    """
    numbers = items.split()
    bands = BANDS if len(numbers) > 1 else (Band.ANY,)
    by_band = {band: number for band, number in zip(bands, numbers, strict=False) if number != "-"}
    return Family(key, label, search, unit, (DatedCategory(numbers[0][:2]),), by_band, hours)


FAMILIES: tuple[Family, ...] = (
    _family(
        "self_care",
        "01_011_0107_1_1 01_015_0107_1_1 01_002_0107_1_1 01_013_0107_1_1 "
        "01_014_0107_1_1 01_012_0107_1_1 01_010_0107_1_1",
        words("Help with personal care"),
        words(
            "shower, bath, wash, dress, getting up, going to bed, toilet, eating, grooming, carer, "
            "support worker, sleepover"
        ),
    ),
    _family(
        "self_care_high",
        "01_400_0104_1_1 01_401_0104_1_1 01_405_0104_1_1 01_402_0104_1_1 "
        "01_403_0104_1_1 01_404_0104_1_1 01_010_0107_1_1",
        words("Help with personal care, by a worker with extra training"),
        words("complex care, high intensity, tube feeding, bowel care, catheter, ventilator, seizure, shower"),
    ),
    _family(
        "community",
        "04_104_0125_6_1 04_103_0125_6_1 - 04_105_0125_6_1 04_106_0125_6_1 04_102_0125_6_1",
        words("Going out and joining in, with a support worker"),
        words("outing, community access, sport, hobby, friends, shopping, library, swimming, social, recreation"),
    ),
    _family(
        "community_high",
        "04_400_0104_1_1 04_401_0104_1_1 - 04_402_0104_1_1 04_403_0104_1_1 04_404_0104_1_1",
        words("Going out and joining in, with a worker with extra training"),
        words("outing, complex care, high intensity, community access, social, recreation"),
    ),
    _family(
        "group_activities",
        "04_102_0136_6_1 04_103_0136_6_1 - 04_104_0136_6_1 04_105_0136_6_1 04_106_0136_6_1",
        words("Group activities"),
        words("day program, group, centre, club, class, art, music, cooking, together with others"),
    ),
    _family(
        "group_activities_high",
        "04_600_0104_6_1 04_601_0104_6_1 - 04_602_0104_6_1 04_603_0104_6_1 04_604_0104_6_1",
        words("Group activities, with a worker with extra training"),
        words("day program, group, centre, high intensity, complex care"),
    ),
    _family(
        "centre",
        "04_599_0136_6_1",
        words("Use of a centre during group activities"),
        words("centre capital cost, building, venue, day program"),
    ),
    _family(
        "cleaning",
        "01_020_0120_1_1",
        words("House cleaning and other household jobs"),
        words("clean, laundry, washing, ironing, vacuum, kitchen, bathroom, household, domestic"),
    ),
    _family(
        "garden",
        "01_019_0120_1_1",
        words("Garden and home maintenance"),
        words("yard, lawn, mowing, gutters, weeds, repairs, handyman, house"),
    ),
    _family(
        "home_tasks",
        "01_004_0107_1_1",
        words("Help with everyday tasks at home"),
        words("cooking, meal preparation, shopping list, tidy, domestic, daily tasks"),
    ),
    _family(
        "meals",
        "01_023_0120_1_1",
        words("Meals made and delivered"),
        words("meal delivery, food, lunch, dinner, frozen meals"),
        "E",
    ),
    _family(
        "child_at_home",
        "01_016_0104_1_1",
        words("Care for a child at home"),
        words("child, babysitting, family, after school, respite, kids"),
    ),
    _family(
        "registered_nurse",
        "01_606_0114_1_1 01_607_0114_1_1 01_611_0114_1_1 01_608_0114_1_1 01_609_0114_1_1 01_610_0114_1_1",
        words("Care by a registered nurse"),
        words("nurse, wound, injection, catheter, medication, diabetes, health, tube feeding"),
        hours="nurse",
    ),
    _family(
        "enrolled_nurse",
        "01_600_0114_1_1 01_601_0114_1_1 01_605_0114_1_1 01_602_0114_1_1 01_603_0114_1_1 01_604_0114_1_1",
        words("Care by an enrolled nurse"),
        words("nurse, wound, medication, blood pressure, health, continence"),
        hours="nurse",
    ),
    _family(
        "shared_living",
        "01_801_0115_1_1 01_802_0115_1_1 01_803_0115_1_1 01_804_0115_1_1 "
        "01_805_0115_1_1 01_806_0115_1_1 01_832_0115_1_1",
        words("Support in a shared home"),
        words("supported independent living, SIL, group home, housemates, sleepover, overnight"),
    ),
    _family(
        "occupational_therapy",
        "15_617_0128_1_3",
        words("Occupational therapy"),
        words("OT, equipment, home modifications, daily skills, hands, sensory, therapist"),
    ),
    _family(
        "speech_therapy",
        "15_622_0128_1_3",
        words("Speech therapy"),
        words("speech pathologist, talking, communication, swallowing, language, AAC, therapist"),
    ),
    _family(
        "physiotherapy",
        "15_055_0128_1_3",
        words("Physiotherapy"),
        words("physio, walking, movement, strength, balance, pain, hydrotherapy, therapist"),
    ),
    _family(
        "psychology",
        "15_054_0128_1_3",
        words("Psychology"),
        words("psychologist, feelings, anxiety, mood, mental health, assessment, therapist"),
    ),
    _family(
        "dietitian",
        "15_062_0128_3_3",
        words("Dietitian"),
        words("food, nutrition, diet, weight, eating, tube feeding plan"),
    ),
    _family(
        "exercise_physiology",
        "15_200_0126_1_3",
        words("Exercise physiology"),
        words("exercise, fitness, gym, strength, movement, rehabilitation"),
    ),
    _family("podiatry", "15_619_0128_1_3", words("Podiatry"), words("feet, foot, toenails, podiatrist, shoes")),
    _family(
        "social_work",
        "15_621_0128_1_3",
        words("Social work"),
        words("social worker, family, counselling, advice, services"),
    ),
    _family(
        "counselling",
        "15_043_0128_1_3",
        words("Counselling"),
        words("counsellor, talk, feelings, grief, stress, relationship"),
    ),
    _family(
        "art_therapy",
        "15_610_0128_1_3",
        words("Art therapy"),
        words("art, drawing, painting, creative, therapist"),
    ),
    _family("music_therapy", "15_615_0128_1_3", words("Music therapy"), words("music, singing, rhythm, therapist")),
    _family(
        "developmental_educator",
        "15_613_0128_1_3",
        words("Developmental educator"),
        words("learning, skills, autism, teaching, behaviour"),
    ),
    _family(
        "other_therapy",
        "15_056_0128_1_3",
        words("Another therapist"),
        words("therapy, assessment, training, professional, allied health"),
    ),
    _family(
        "therapy_assistant",
        "15_053_0128_1_3",
        words("Therapy assistant, working without the therapist in the room"),
        words("therapy assistant, practice, exercises, level 2"),
    ),
    _family(
        "therapy_assistant_supervised",
        "15_052_0128_1_3",
        words("Therapy assistant, with the therapist close by"),
        words("therapy assistant, practice, exercises, level 1"),
    ),
    _family(
        "child_psychology",
        "15_001_0118_1_3",
        words("Psychology for a young child"),
        words("early childhood, psychologist, child, behaviour, play"),
    ),
    _family(
        "child_physiotherapy",
        "15_003_0118_1_3",
        words("Physiotherapy for a young child"),
        words("early childhood, physio, child, walking, movement"),
    ),
    _family(
        "child_occupational_therapy",
        "15_617_0118_1_3",
        words("Occupational therapy for a young child"),
        words("early childhood, OT, child, play, sensory, kindergarten"),
    ),
    _family(
        "child_speech_therapy",
        "15_622_0118_1_3",
        words("Speech therapy for a young child"),
        words("early childhood, speech pathologist, child, talking, language"),
    ),
    _family(
        "transport",
        "02_051_0108_1_1",
        words("Transport, in dollars"),
        words("taxi, ride, travel to work, bus, train, fares, getting around"),
        "YR",
    ),
    _family(
        "activity_transport",
        "04_590_0125_6_1",
        words("Driving during an activity, in dollars"),
        words("kilometres, car, parking, tolls, drive, outing"),
        "E",
    ),
    _family(
        "group_transport",
        "04_591_0136_6_1",
        words("Driving during group activities, in dollars"),
        words("kilometres, bus, van, parking, tolls, day program"),
        "E",
    ),
    _family(
        "worker_travel",
        "01_799_0107_1_1",
        words("A worker's kilometres to you, in dollars"),
        words("travel, kilometres, car, parking, tolls, mileage"),
        "E",
    ),
    _family(
        "worker_travel_community",
        "04_799_0125_6_1",
        words("A worker's kilometres to your activity, in dollars"),
        words("travel, kilometres, car, parking, tolls, mileage"),
        "E",
    ),
    _family(
        "therapist_travel",
        "15_799_0128_1_3",
        words("A therapist's kilometres to you, in dollars"),
        words("travel, kilometres, car, parking, tolls, mileage"),
        "E",
    ),
    _family(
        "support_connection",
        "07_001_0106_8_3",
        words("Support coordination, level 1: getting connected"),
        words("support coordinator, connect, find providers, help with plan"),
    ),
    _family(
        "support_coordination",
        "07_002_0106_8_3",
        words("Support coordination, level 2: coordination of supports"),
        words("support coordinator, organise, providers, plan, crisis"),
    ),
    _family(
        "specialist_coordination",
        "07_004_0132_8_3",
        words("Support coordination, level 3: specialist"),
        words("specialist support coordinator, complex, justice, housing, hospital"),
    ),
    _family(
        "recovery_coach",
        "07_101_0106_6_3 07_102_0106_6_3 07_103_0106_6_3 07_104_0106_6_3 07_105_0106_6_3 07_106_0106_6_3",
        words("Recovery coach"),
        words("mental health, psychosocial, coaching, peer, lived experience"),
    ),
    _family(
        "plan_management",
        "14_034_0127_8_3",
        words("Plan manager, each month"),
        words("plan manager, invoices, paying bills, monthly fee, budget"),
        "MON",
    ),
    _family(
        "self_management_training",
        "01_134_0117_8_1",
        words("Learning to manage your own plan"),
        words("self-management, training, budgeting, paperwork"),
    ),
    _family(
        "housing_help",
        "08_005_0106_2_3",
        words("Help to find and keep a home"),
        words("rent, lease, tenancy, landlord, moving, accommodation, housing"),
    ),
    _family(
        "life_skills",
        "15_037_0117_1_3",
        words("Learning everyday skills"),
        words("cooking skills, public transport training, money skills, independence, training"),
    ),
    _family(
        "decision_support",
        "15_035_0106_1_3",
        words("Help with decisions, daily planning and budgeting"),
        words("decision making, planning, money, budget, support"),
    ),
    _family(
        "carer_training",
        "15_038_0117_1_3",
        words("Training for parents and carers"),
        words("family, parent, carer, teaching, learn"),
    ),
    _family(
        "life_transition",
        "09_006_0106_6_3",
        words("Mentoring and peer support through a change in life"),
        words("mentor, peer, planning, leaving school, change, skills"),
    ),
    _family(
        "skills_training",
        "09_009_0117_6_3",
        words("Skills training for taking part in the community"),
        words("skills, class, training, community, independence"),
    ),
    _family(
        "job_help",
        "10_016_0102_5_3",
        words("Help to find and keep a job"),
        words("employment, work, job, interview, resume, career"),
    ),
    _family(
        "supported_work",
        "04_801_0133_5_1 04_802_0133_5_1 - 04_803_0133_5_1 04_804_0133_5_1 04_805_0133_5_1",
        words("Support at work"),
        words("employment, job, workplace, on the job, work"),
    ),
    _family(
        "behaviour_support",
        "11_022_0110_7_3",
        words("Behaviour support"),
        words("positive behaviour support, practitioner, specialist, safety, plan"),
    ),
    _family(
        "social_skills",
        "11_024_0117_7_3",
        words("Learning social skills"),
        words("friends, relationships, social skills, talking with people"),
    ),
    _family(
        "diet_advice",
        "12_025_0128_3_3",
        words("Advice on food and health"),
        words("dietitian, diet, nutrition, weight, wellbeing"),
    ),
    _family(
        "exercise_advice",
        "12_027_0126_3_3",
        words("Advice on exercise"),
        words("exercise physiologist, fitness, wellbeing, health"),
    ),
    _family(
        "personal_training",
        "12_029_0126_3_3",
        words("Personal trainer"),
        words("gym, fitness, exercise, training, strength"),
    ),
    _family(
        "study_help",
        "13_030_0102_4_3",
        words("Help to move from school to further study"),
        words("school, university, TAFE, study, course, learning"),
    ),
    _family(
        "continence_products",
        "03_093021079_0103_1_1",
        words("Continence products"),
        words("pads, incontinence, disposable, underwear, bladder, bowel"),
        "E",
    ),
    _family(
        "low_cost_equipment",
        "03_090000911_0103_1_1",
        words("Low cost equipment for personal care and safety"),
        words("equipment, shower chair, rails, aids, safety, assistive technology"),
        "E",
    ),
    _family(
        "mobility_equipment",
        "03_120000911_0105_1_1",
        words("Low cost equipment for moving about"),
        words("walker, walking stick, wheelchair cushion, ramp, mobility, assistive technology"),
        "E",
    ),
    _family(
        "communication_equipment",
        "03_222100911_0124_1_1",
        words("Low cost equipment for communication"),
        words("tablet, app, communication, memory, cards, assistive technology"),
        "E",
    ),
    _family(
        "interpreting",
        "03_090_0121_1_1",
        words("Interpreting and translating"),
        words("interpreter, language, Auslan, sign, translation"),
    ),
    _family(
        "telephone_interpreting",
        "03_091_0121_1_1",
        words("Interpreting by telephone or video"),
        words("interpreter, language, phone, video, Auslan, sign"),
    ),
)
