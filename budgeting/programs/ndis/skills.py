"""NDIS supports that treat, teach or arrange: therapies, coordination, work. Item numbers as in everyday.py."""

from __future__ import annotations

from budgeting.families import Family
from budgeting.programs.ndis.items import family
from budgeting.words import words

SKILLS: tuple[Family, ...] = (
    family(
        "occupational_therapy",
        "15_617_0128_1_3",
        words("Occupational therapy"),
        words("OT, equipment, home modifications, daily skills, hands, sensory, therapist"),
    ),
    family(
        "speech_therapy",
        "15_622_0128_1_3",
        words("Speech therapy"),
        words("speech pathologist, talking, communication, swallowing, language, AAC, therapist"),
    ),
    family(
        "physiotherapy",
        "15_055_0128_1_3",
        words("Physiotherapy"),
        words("physio, walking, movement, strength, balance, pain, hydrotherapy, therapist"),
        also="pool",
    ),
    family(
        "psychology",
        "15_054_0128_1_3",
        words("Psychology"),
        words("psychologist, feelings, anxiety, mood, mental health, assessment, therapist"),
    ),
    family(
        "dietitian",
        "15_062_0128_3_3",
        words("Dietitian"),
        words("food, nutrition, diet, weight, eating, tube feeding plan"),
    ),
    family(
        "exercise_physiology",
        "15_200_0126_1_3",
        words("Exercise physiology"),
        words("exercise, fitness, gym, strength, movement, rehabilitation"),
    ),
    family("podiatry", "15_619_0128_1_3", words("Podiatry"), words("feet, foot, toenails, podiatrist, shoes")),
    family(
        "social_work",
        "15_621_0128_1_3",
        words("Social work"),
        words("social worker, family, counselling, advice, services"),
    ),
    family(
        "counselling",
        "15_043_0128_1_3",
        words("Counselling"),
        words("counsellor, talk, feelings, grief, stress, relationship"),
    ),
    family(
        "art_therapy",
        "15_610_0128_1_3",
        words("Art therapy"),
        words("art, drawing, painting, creative, therapist"),
    ),
    family("music_therapy", "15_615_0128_1_3", words("Music therapy"), words("music, singing, rhythm, therapist")),
    family(
        "developmental_educator",
        "15_613_0128_1_3",
        words("Developmental educator"),
        words("learning, skills, autism, teaching, behaviour"),
    ),
    family(
        "other_therapy",
        "15_056_0128_1_3",
        words("Another therapist"),
        words("therapy, assessment, training, professional, allied health"),
    ),
    family(
        "therapy_assistant",
        "15_053_0128_1_3",
        words("Therapy assistant, working without the therapist in the room"),
        words("therapy assistant, practice, exercises, level 2"),
    ),
    family(
        "therapy_assistant_supervised",
        "15_052_0128_1_3",
        words("Therapy assistant, with the therapist close by"),
        words("therapy assistant, practice, exercises, level 1"),
    ),
    family(
        "child_psychology",
        "15_001_0118_1_3",
        words("Psychology for a young child"),
        words("early childhood, psychologist, child, behaviour, play"),
    ),
    family(
        "child_physiotherapy",
        "15_003_0118_1_3",
        words("Physiotherapy for a young child"),
        words("early childhood, physio, child, walking, movement"),
    ),
    family(
        "child_occupational_therapy",
        "15_617_0118_1_3",
        words("Occupational therapy for a young child"),
        words("early childhood, OT, child, play, sensory, kindergarten"),
    ),
    family(
        "child_speech_therapy",
        "15_622_0118_1_3",
        words("Speech therapy for a young child"),
        words("early childhood, speech pathologist, child, talking, language"),
    ),
    family(
        "support_connection",
        "07_001_0106_8_3",
        words("Support coordination, level 1: getting connected"),
        words("support coordinator, connect, find providers, help with plan"),
    ),
    family(
        "support_coordination",
        "07_002_0106_8_3",
        words("Support coordination, level 2: coordination of supports"),
        words("support coordinator, organise, providers, plan, crisis"),
        usual=True,
    ),
    family(
        "specialist_coordination",
        "07_004_0132_8_3",
        words("Support coordination, level 3: specialist"),
        words("specialist support coordinator, complex, justice, housing, hospital"),
    ),
    family(
        "recovery_coach",
        "07_101_0106_6_3 07_102_0106_6_3 07_103_0106_6_3 07_104_0106_6_3 07_105_0106_6_3 07_106_0106_6_3",
        words("Recovery coach"),
        words("mental health, psychosocial, coaching, peer, lived experience"),
    ),
    family(
        "plan_management",
        "14_034_0127_8_3",
        words("Plan manager, each month"),
        words("plan manager, invoices, paying bills, monthly fee, budget"),
        "MON",
    ),
    family(
        "self_management_training",
        "01_134_0117_8_1",
        words("Learning to manage your own plan"),
        words("self-management, training, budgeting, paperwork"),
    ),
    family(
        "housing_help",
        "08_005_0106_2_3",
        words("Help to find and keep a home"),
        words("rent, lease, tenancy, landlord, moving, accommodation, housing"),
    ),
    family(
        "life_skills",
        "15_037_0117_1_3",
        words("Learning everyday skills"),
        words("cooking skills, public transport training, money skills, independence, training"),
    ),
    family(
        "decision_support",
        "15_035_0106_1_3",
        words("Help with decisions, daily planning and budgeting"),
        words("decision making, planning, money, budget, support"),
    ),
    family(
        "carer_training",
        "15_038_0117_1_3",
        words("Training for parents and carers"),
        words("family, parent, carer, teaching, learn"),
    ),
    family(
        "life_transition",
        "09_006_0106_6_3",
        words("Mentoring and peer support through a change in life"),
        words("mentor, peer, planning, leaving school, change, skills"),
    ),
    family(
        "skills_training",
        "09_009_0117_6_3",
        words("Skills training for taking part in the community"),
        words("skills, class, training, community, independence"),
    ),
    family(
        "job_help",
        "10_016_0102_5_3",
        words("Help to find and keep a job"),
        words("employment, work, job, interview, resume, career"),
    ),
    family(
        "supported_work",
        "04_801_0133_5_1 04_802_0133_5_1 - 04_803_0133_5_1 04_804_0133_5_1 04_805_0133_5_1",
        words("Support at work"),
        words("employment, job, workplace, on the job, work"),
    ),
    family(
        "behaviour_support",
        "11_022_0110_7_3",
        words("Behaviour support"),
        words("positive behaviour support, practitioner, specialist, safety, plan"),
    ),
    family(
        "social_skills",
        "11_024_0117_7_3",
        words("Learning social skills"),
        words("friends, relationships, social skills, talking with people"),
    ),
    family(
        "diet_advice",
        "12_025_0128_3_3",
        words("Advice on food and health"),
        words("dietitian, diet, nutrition, weight, wellbeing"),
    ),
    family(
        "exercise_advice",
        "12_027_0126_3_3",
        words("Advice on exercise"),
        words("exercise physiologist, fitness, wellbeing, health"),
    ),
    family(
        "personal_training",
        "12_029_0126_3_3",
        words("Personal trainer"),
        words("gym, fitness, exercise, training, strength"),
    ),
    family(
        "study_help",
        "13_030_0102_4_3",
        words("Help to move from school to further study"),
        words("school, university, TAFE, study, course, learning"),
    ),
)
