"""The rights people have, in our own plain words."""

from __future__ import annotations

from budgeting.words import words

#: Statement of Rights, Aged Care Act 2024, section 23, in our plain words (confidence A for its content).
AGED_CARE_RIGHTS = (
    words("You choose how you live, who helps you, when and how. You may take risks. You get support to decide."),
    words("You get a fair assessment of what you need, and care at the end of life when you need it."),
    words("You are safe and treated with dignity. Your identity and culture are respected. Workers are qualified."),
    words("Your privacy is kept. You get information about your care that you can understand, and see your records."),
    words("People talk with you in your language or your way. You may complain, and nobody may make you pay for it."),
    words("You may have an advocate, and keep in touch with the people and places that matter to you."),
)

#: What NDIS participants can count on when they complain: NDIS Act 2013, section 73W, and the complaints rules of 2018.
DISABILITY_RIGHTS = (
    words("Anyone may complain to a provider, also without giving a name. It must be easy and cost nothing."),
    words("You get help to complain, and an advocate may be with you."),
    words("You are told what happens with it, what is decided, why, and what you can do next."),
    words("You may go to the NDIS Commission at any time, before, during or after. The provider must help."),
    words("Nobody may treat you worse because you complained."),
    words("You may ask for a plan decision to be looked at again within three months, and then by a tribunal."),
)
