"""The door: sign in, try it as someone in the demonstration, sign out, set up, confirm, devices, language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from budgeting.words import Name, words
from portal.access.table import Action, Resource
from portal.accounts import commands, passwords, queries
from portal.accounts.model import Account, Role
from portal.language import LANGUAGES, OFFERED
from portal.site import forms
from portal.site.incoming import Incoming
from portal.site.page import Asked, Cookie, Go, No, Stay, View
from portal.site.routing import get, post
from portal.work import NotVisible, Work

OWN = (Resource.ACCOUNT, Action.READ)
CHANGE_OWN = (Resource.ACCOUNT, Action.WRITE)
DEMONSTRATION = "@demo.example"
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad")),
    *(("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")),
)
ROLES = {
    Role.COORDINATOR: words("Coordinator"),
    Role.PROVIDER_STAFF: words("Works for a provider"),
    Role.PLAN_MANAGER_STAFF: words("Works for a plan manager"),
    Role.OFFICER: words("Complaints officer"),
    Role.ADMINISTRATOR: words("Administrator"),
    Role.AUDITOR: words("Auditor"),
}


@get("/sign-in")
def sign_in_page(work: Work, asked: Asked) -> View | Go:
    """Where people sign in; in the demonstration it also offers everyone to try it as."""
    if work.account_id:
        return Go("/")
    people = work.house.demonstration(work) if work.house.settings.demo and work.house.demonstration else ()
    offered = [
        {
            "login": login,
            "key": login.partition("@")[0],
            "name": name,
            "about": about,
            "language": LANGUAGES[tag].own_name,
            "html_lang": LANGUAGES[tag].html_lang,
        }
        for login, name, about, tag in people
    ]
    return View("accounts/sign_in.html", {"next": asked.query.get("next", ""), "people": offered})


@dataclass(frozen=True)
class SignInForm:
    login: str = forms.text(254)
    password: str = forms.password()
    next: str = forms.text(500, required=False)


def _check_sign_in(work: Work, form: SignInForm) -> UUID | None:
    return queries.who_fits(work, form.login, form.password)


def within_sign_in(work: Work, login: str, network: str) -> bool:
    """Count one try of a password for a login, and say whether it is still within every limit."""
    login = login.strip().lower()
    tries = (
        (commands.SIGN_IN_PERSON, f"{login}|{network}"),
        (commands.SIGN_IN_LOGIN, login),
        (commands.SIGN_IN_NETWORK, network),
        (commands.SIGN_IN_ALL, "all"),
    )
    within = [commands.count_try(work, limit, who) for limit, who in tries]
    return all(within)


@post("/sign-in", form=SignInForm, view=sign_in_page, prepare=_check_sign_in)
def sign_in(work: Work, form: SignInForm, asked: Asked, incoming: Incoming, prepared: UUID | None) -> Go | No:
    """Check the password, count the try, start a session under a new token."""
    if not within_sign_in(work, form.login, asked.network):
        return No(commands.TOO_MANY)
    if prepared is None:
        commands.note_failed_sign_in(work, queries.account_with(work, form.login))
        return No(words("The e-mail address or the password does not fit. Look at both and try again."))
    commands.give_back(work, commands.SIGN_IN_NETWORK, asked.network)  # a whole office may stand behind one address
    return welcome(work, work.session.get_one(Account, prepared), incoming, form.next)


@dataclass(frozen=True)
class NewPassword:
    """What is slow about making an account, done beforehand: the hash, and whose it is if address and password fit."""

    hash: str
    fits: UUID | None


def new_password(work: Work, login: str, name: str, password: str) -> NewPassword:
    """Prepare ``account_for``; Refusal when the password is too short or too easy."""
    return NewPassword(passwords.new_password(password, login, name), queries.who_fits(work, login, password))


def account_for(work: Work, login: str, name: str, new: NewPassword, asked: Asked) -> Account | No:
    """The account to go on with: a new one, or one's own when its address and password were typed. Tries are counted.

    What a stranger to the address sees is the same whether or not there is an account with it.
    """
    within = within_sign_in(work, login, asked.network)
    if not (commands.count_try(work, commands.REGISTER_ADDRESS, login.strip().lower()) and within):
        return No(commands.TOO_MANY)
    if new.fits is not None:
        return work.session.get_one(Account, new.fits)
    language = asked.language.tag if asked.language.tag in OFFERED else "en"
    return commands.make_account(work, login, name, new.hash, language)


def welcome(work: Work, account: Account, incoming: Incoming, target: str) -> Go:
    """Start a session for someone whose password fits, and lead them to one of our own pages."""
    token = commands.sign_in(work, account, incoming.asked.device, incoming.token)
    safe = target if target and work.house.leads_home(target) else "/"
    return Go(safe, cookies=(Cookie("sid", token),))


@dataclass(frozen=True)
class TryForm:
    login: str = forms.text(254)


@post("/try", form=TryForm, view=sign_in_page)
def try_as(work: Work, form: TryForm, incoming: Incoming) -> Go:
    """In the demonstration only: be one of its people."""
    account = queries.account_with(work, form.login)
    if not work.house.settings.demo or account is None or not account.login.endswith(DEMONSTRATION):
        raise NotVisible
    return welcome(work, account, incoming, "/")


@get("/leave")
def left(work: Work) -> View:
    """Where the quick exit leads when there is no script: a page that says nothing about anyone."""
    return View("accounts/left.html")


@post("/leave", view=left, harmless=True)
def leave(work: Work, incoming: Incoming) -> Go:
    """The quick exit: end the session and show a neutral page."""
    return _out(work, incoming, "/leave")


@post("/sign-out", access=CHANGE_OWN, view=sign_in_page)
def sign_out(work: Work, incoming: Incoming) -> Go:
    """End this session."""
    return _out(work, incoming, "/sign-in")


def _out(work: Work, incoming: Incoming, target: str) -> Go:
    """End the session, and part this browser from a draft of the five minutes: somebody else may sit here next."""
    if incoming.token and work.account_id:
        commands.sign_out(work, incoming.token)
    return Go(target, cookies=(Cookie("sid", "", 0), Cookie("visitor", "", 0)), clear_site_data=True)


@get("/account", access=OWN)
def account_page(work: Work) -> View:
    """One's own account: language, password, devices."""
    return View(
        "accounts/account.html",
        {
            "holder": queries.account_of(work),
            "devices": [
                {
                    "device": _browser(d.device),
                    "seen_at": d.seen_at,
                    "here": queries.reference(d.token_hash) == work.actor.session_ref,
                }
                for d in queries.devices(work)
            ],
            "memberships": [
                {"organisation": Name(organisation.name), "role": ROLES[m.role], "starts": m.starts}
                for m, organisation in queries.memberships(work)
            ],
            "choices": [(tag, LANGUAGES[tag].own_name) for tag in OFFERED],
        },
    )


def _browser(device: str) -> str:
    """A device as people know it: the browser and the system, out of what the browser says of itself."""
    browser = next((name for mark, name in BROWSERS if mark in device), "")
    system = next((name for mark, name in SYSTEMS if mark in device), "")
    return ", ".join(filter(None, (browser, system))) or device


@dataclass(frozen=True)
class PasswordForm:
    old: str = forms.password()
    password: str = forms.password()


def _new_hash(work: Work, form: PasswordForm) -> str | None:
    """The hash of the new password, None when the old one does not fit: that is said once the try is counted."""
    account = queries.account_of(work)
    new = passwords.new_password(form.password, account.login, account.name)
    return new if passwords.password_fits(account.password_hash, form.old) else None


@post("/account/password", access=CHANGE_OWN, form=PasswordForm, view=account_page, prepare=_new_hash)
def change_password(work: Work, incoming: Incoming, prepared: str | None) -> Stay | No:
    """A new password; every other device is signed out. Tries count as those of confirming do."""
    if not commands.count_try(work, commands.SIGN_IN_PERSON, str(work.account_id)):
        return No(commands.TOO_MANY, "old")
    if prepared is None:
        return No(words("That password does not fit. Try again."), "old")
    commands.change_password(work, queries.account_of(work), prepared, incoming.token or "")
    return Stay(words("Your password is changed. Other devices were signed out."))


@post("/account/devices/end", access=CHANGE_OWN, view=account_page)
def end_devices(work: Work, incoming: Incoming) -> Stay:
    """Sign out everywhere else."""
    commands.end_other_devices(work, queries.account_of(work), incoming.token or "")
    return Stay(words("Every other device is signed out."))


@dataclass(frozen=True)
class LanguageForm:
    language: str = forms.one_of(tuple(LANGUAGES))  # the pseudo-locale too: testers choose it as anyone does
    next: str = forms.text(500, required=False)


@post("/account/language", access=CHANGE_OWN, form=LanguageForm, view=account_page)
def choose_language(work: Work, form: LanguageForm) -> Go:
    """Keep the language someone reads best, and stay on the page they were on."""
    commands.choose_language(work, queries.account_of(work), form.language)
    target = form.next if form.next and work.house.leads_home(form.next) else "/account"
    return Go(target, cookies=(Cookie("lang", form.language, 31_536_000),))


@post("/session/stay", access=CHANGE_OWN, view=account_page)
def stay_signed_in(work: Work, incoming: Incoming) -> Stay:
    """Extend the session, asked for by the person."""
    commands.touch(work, incoming.token or "")
    return Stay()


@get("/set-up")
def set_up_page(work: Work) -> View:
    """The first page of a new portal, for whoever holds the one-time code."""
    if not queries.set_up_pending(work.session):
        raise NotVisible
    return View("accounts/set_up.html", {"nav": (), "unasked": True})  # there is nowhere else to go


@dataclass(frozen=True)
class SetUpForm:
    code: str = forms.text(40)
    organisation: str = forms.text(120)
    name: str = forms.text(120)
    login: str = forms.text(254)
    password: str = forms.password()


def _set_up_hash(work: Work, form: Any) -> str:
    return passwords.new_password(form.password, form.login, form.name)


@post("/set-up", form=SetUpForm, view=set_up_page, prepare=_set_up_hash)
def set_up(work: Work, form: SetUpForm, asked: Asked, incoming: Incoming, prepared: str) -> Go | No:
    """Make the first administrator."""
    if not commands.count_try(work, commands.CODE_NETWORK, asked.network):
        return No(commands.TOO_MANY)
    if not queries.set_up_fits(work, form.code):
        return No(words("This code does not fit or is too old. Start the portal again to get a new one."), "code")
    account_id = commands.set_up(
        work, form.code, form.organisation, form.login, form.name, prepared, asked.language.tag
    )
    return welcome(work, work.session.get_one(Account, account_id), incoming, "/")
