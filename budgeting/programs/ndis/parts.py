"""The parts of an NDIS plan under the names their letters use, each explained in plain words."""

from __future__ import annotations

from budgeting.parts import Part
from budgeting.words import words

# Names and numbers: NDIS Pricing Arrangements and Price Limits 2025-26, page 12 (confidence A).
# Which are usually stated: NDIA practice (U), so it is only the first suggestion; the letter decides.
_CORE = words("Everyday help at home and outside, travel and small things. You can usually move money between these.")
_BUILDING = words("For learning and becoming more independent, for instance therapy. Each kind keeps its own money.")

PARTS: tuple[Part, ...] = (
    Part("core", "Core supports", words("Core supports"), _CORE, ("01", "02", "03", "04")),
    Part(
        "capacity_building",
        "Capacity building supports",
        words("Capacity building supports"),
        _BUILDING,
        ("08", "09", "10", "11", "12", "13", "15"),
    ),
    Part(
        "daily_life",
        "Assistance with daily life",
        words("Assistance with daily life"),
        words("Help at home: washing, dressing, meals, cleaning."),
        ("01",),
    ),
    Part(
        "transport",
        "Transport",
        words("Transport"),
        words("Getting to work, study and activities when public transport does not work for you."),
        ("02",),
    ),
    Part(
        "consumables",
        "Consumables",
        words("Consumables"),
        words("Small things you use up, such as continence products, and low-cost equipment."),
        ("03",),
    ),
    Part(
        "participation",
        "Assistance with social, economic and community participation",
        words("Assistance with social, economic and community participation"),
        words("Someone to go out, join in, learn or work with you."),
        ("04",),
    ),
    Part(
        "technology",
        "Assistive technology",
        words("Assistive technology"),
        words("Equipment such as a wheelchair, a hoist or a communication device."),
        ("05",),
        True,
    ),
    Part(
        "modifications",
        "Home modifications",
        words("Home modifications"),
        words("Changes to your home, such as a ramp or a bathroom you can use."),
        ("06",),
        True,
    ),
    Part(
        "coordination",
        "Support coordination and psychosocial recovery coaches",
        words("Support coordination and psychosocial recovery coaches"),
        words("Someone who helps you understand and use your plan."),
        ("07",),
        True,
    ),
    Part(
        "living_arrangements",
        "Improved living arrangements",
        words("Improved living arrangements"),
        words("Help to find and keep a place to live."),
        ("08",),
    ),
    Part(
        "social_participation",
        "Increased social and community participation",
        words("Increased social and community participation"),
        words("Learning skills to take part in groups, sport and the community."),
        ("09",),
    ),
    Part(
        "job",
        "Finding and keeping a job",
        words("Finding and keeping a job"),
        words("Help to get ready for work, find a job and stay in it."),
        ("10",),
    ),
    Part(
        "relationships",
        "Relationships",
        words("Relationships"),
        words("Learning to get on with people and to manage hard feelings."),
        ("11",),
    ),
    Part(
        "health",
        "Health and wellbeing",
        words("Health and wellbeing"),
        words("Exercise and food advice for your health."),
        ("12",),
    ),
    Part(
        "learning",
        "Lifelong learning",
        words("Lifelong learning"),
        words("Help to move from school to further study."),
        ("13",),
    ),
    Part(
        "choice",
        "Choice and control",
        words("Choice and control"),
        words("Pays the plan manager who pays your invoices. Some letters call it improved life choices."),
        ("14",),
        True,
    ),
    Part(
        "daily_skills",
        "Improved daily living skills",
        words("Improved daily living skills"),
        words("Therapy and training for everyday skills, for instance speech or occupational therapy."),
        ("15",),
    ),
    Part(
        "home_living",
        "Home and living",
        words("Home and living"),
        words("Support in a shared home or around the clock. It is spent only as the plan says."),
        ("16",),
        True,
    ),
    Part(
        "specialist_housing",
        "Specialist disability accommodation",
        words("Specialist disability accommodation"),
        words("A home built for people with very high support needs."),
        ("17",),
        True,
    ),
    Part(
        "recurring_transport",
        "Recurring transport",
        words("Recurring transport"),
        words("Paid to you regularly. Nothing is claimed from it."),
        ("18",),
    ),
    Part(
        "technology_repair",
        "Assistive technology maintenance, repair and rental",
        words("Assistive technology maintenance, repair and rental"),
        words("Keeps your equipment working, or lends you some."),
        ("19",),
        True,
    ),
    Part(
        "behaviour",
        "Behaviour support",
        words("Behaviour support"),
        words("A specialist who helps when behaviour is a way of showing distress."),
        ("20",),
        True,
    ),
)
