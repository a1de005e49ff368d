"""The sentences of every clause, in plain words, by the id they have in clauses.toml.

"You" is the person, "we" is the provider. Values in braces come from the agreement; each keeps its type until it is
shown. A sentence that changes its meaning belongs to a clause with a new id.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from budgeting.words import Words, words

Sentences = tuple[Words, tuple[Words, ...]]  # a heading and what stands below it

SENTENCES: Mapping[str, Sentences] = MappingProxyType(
    {
        "who": (
            words("Who makes this agreement"),
            (
                words("In this agreement “you” is {client}, and “we” is {provider}."),
                words("Someone with legal authority may sign for you, as far as that authority reaches."),
                words("People you choose may help you to understand and decide. They do not decide for you."),
            ),
        ),
        "dates": (
            words("From when until when"),
            (
                words("This agreement starts on {starts} and ends on {ends}."),
                words(
                    "We look at it again together by {review}, and whenever you ask or something in your life changes."
                ),
            ),
        ),
        "how": (
            words("How we work together"),
            (
                words("You decide how your days go. We ask you before we do something, and we listen to your answer."),
                words(
                    "We send people who are trained and checked, and we tell you who comes. If someone cannot "
                    "come, we tell you as soon as we know."
                ),
                words(
                    "You treat the people who come with respect, and you tell us what we need to know so that "
                    "everyone is safe."
                ),
                words(
                    "We write and speak in the way that you understand best. You can ask for an interpreter at "
                    "any time."
                ),
            ),
        ),
        "ndis_paying": (
            words("Paying"),
            (
                words("We ask for money only after a support was given, and only at the prices above."),
                words(
                    "Where the agency or a plan manager pays, the price is never above the NDIS price limit of "
                    "that day."
                ),
                words("There is no other fee: none for paying late, by card, for starting or for leaving."),
                words("Most supports are free of GST. If one is not, its price above includes it."),
            ),
        ),
        "sah_paying": (
            words("Paying"),
            (
                words("Support at Home pays its part to us. Your own part is shown in the table for each support."),
                words(
                    "Your part follows the letter about your contribution. Until there is a letter it is an "
                    "estimate, and we say so."
                ),
                words(
                    "There is no separate fee for administration, travel or managing your package, and none for "
                    "starting or leaving."
                ),
                words(
                    "Each month you get a statement of what was given, what it cost, what you paid and what is left."
                ),
            ),
        ),
        "price_change": (
            words("When prices change"),
            (
                words(
                    "A price changes only if you agree to the new one before it applies. Not answering is not agreeing."
                ),
                words("When a public price limit goes up, our price does not go up by itself."),
            ),
        ),
        "changes": (
            words("When something else changes"),
            (
                words(
                    "Supports, days, hours and other terms change only when both of us agree, in writing or "
                    "recorded as a spoken yes."
                ),
                words("Each change gets its own date and its own version. You can always see what was before."),
            ),
        ),
        "ndis_cancelling": (
            words("Calling off a visit"),
            (
                words(
                    "Tell us if you do not need a visit. If you tell us at least {cancel_notice} before, it costs"
                    " nothing."
                ),
                words(
                    "If you tell us later, or nobody is there, we may ask for the price of the visit, but only if"
                    " we found no other paid work for the worker and have to pay them."
                ),
                words("If we call off a visit, you pay nothing, and we offer you another time."),
            ),
        ),
        "sah_cancelling": (
            words("Calling off a visit"),
            (
                words(
                    "Tell us if you do not need a visit. If you tell us at least {cancel_notice} before, it costs"
                    " nothing."
                ),
                words(
                    "If you tell us later, we may ask for the price of the visit. We do not ask for it when you "
                    "are ill, in hospital or in an emergency."
                ),
                words("If we call off a visit, you pay nothing, and we offer you another time."),
            ),
        ),
        "ndis_travel": (
            words("Travel"),
            (
                words(
                    "You agree that we may charge our travel time to you: at most {travel_minutes} for each "
                    "visit, at the price of the support or less."
                ),
                words("When we visit several people on one trip, each pays only a fair part of it."),
                words("You can take back this yes at any time, for visits after that."),
            ),
        ),
        "no_travel": (
            words("Travel"),
            (words("We do not charge for our travel to you."),),
        ),
        "ndis_extras": (
            words("What is not agreed here"),
            (
                words(
                    "Reports, work without you, support by telephone, and kilometres are not part of this "
                    "agreement. We ask you about each before it costs anything."
                ),
                words(
                    "If a visit falls in two price times, we split it at the border, unless you agreed to "
                    "something else in writing."
                ),
                words(
                    "If we also give you coordination or other advice, we tell you, and you are free to choose "
                    "other providers."
                ),
            ),
        ),
        "ndis_ending": (
            words("Ending this agreement"),
            (
                words(
                    "You can end this agreement at any time, for any reason. We ask you to tell us "
                    "{client_notice} before."
                ),
                words(
                    "We can end it only in writing, with our reason, {provider_notice} before, and we help you to"
                    " find someone else."
                ),
                words("If one of us seriously breaks this agreement, the other can end it at once."),
            ),
        ),
        "sah_ending": (
            words("Ending this agreement"),
            (
                words(
                    "You can change your provider or leave at any time, for any reason. We ask you to tell us "
                    "{client_notice} before."
                ),
                words(
                    "We can end it only for a reason that the program allows, in writing, at least "
                    "{provider_notice} before."
                ),
                words(
                    "Our letter then says why, from which day, how to complain, and who can speak for you. Your "
                    "care goes on until others take over."
                ),
                words("What is left of your funding stays yours, and we send the numbers to your next provider."),
            ),
        ),
        "complaints": (
            words("If you are not happy"),
            (
                words(
                    "Tell us, in any way and in any language, named or not. Nobody may treat you worse because "
                    "you spoke up."
                ),
                words(
                    "You can also speak to someone outside, at any time and without telling us first. Their "
                    "numbers are below."
                ),
            ),
        ),
        "privacy": (
            words("What we know about you"),
            (
                words(
                    "We keep only what we need for your supports. We share it with others only if you agree, or "
                    "if a law demands it."
                ),
                words("You can see what we keep, ask us to correct it, and take back a consent at any time."),
            ),
        ),
        "ndis_rights": (
            words("Your rights"),
            (
                words(
                    "We keep the NDIS Code of Conduct. You have the right to be safe, to be respected, to your "
                    "privacy, and to make your own choices, also risky ones."
                ),
                words("You can have someone speak for you, and bring whom you like to every talk with us."),
            ),
        ),
        "sah_rights": (
            words("Your rights"),
            (
                words(
                    "The law has a Statement of Rights for you. We give it to you in your language and talk it through."
                ),
                words(
                    "It says, among others: you choose how, when and by whom you are supported; you are safe and "
                    "respected; your culture and identity are honoured; your privacy is kept; you may have "
                    "someone at your side; you may complain without harm."
                ),
            ),
        ),
        "copies": (
            words("Your copy"),
            (
                words("Everyone who signs gets a copy of this text, to read here, to keep as a file or on paper."),
                words("You agree that this is done electronically. You can ask for paper at any time."),
            ),
        ),
    }
)
