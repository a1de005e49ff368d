"""Before a file about other people is given: the password, once more."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.access.table import Action, Resource
from portal.site import forms, taking
from portal.site.incoming import Incoming, bound_to
from portal.site.page import Asked, Go, View
from portal.site.routing import get, post
from portal.work import NeedsStepUp, NotVisible, Work


@get(taking.ASKS, access=(Resource.ACCOUNT, Action.READ))
def before_a_file(work: Work, asked: Asked) -> View:
    """Ask for the password, and say what is kept."""
    at = _of_ours(work, asked.query.get("at", ""))
    return View("accounts/before_a_file.html", {"at": at, "back_to": urlsplit(at).path})


@dataclass(frozen=True)
class FileForm:
    at: str = forms.text(1000)


@post(taking.ASKS, access=(Resource.ACCOUNT, Action.WRITE), form=FileForm, view=before_a_file)
def give_a_file(work: Work, form: FileForm, incoming: Incoming) -> Go:
    """Lead to the file, by an address that serves once."""
    if not work.stepped_up:
        raise NeedsStepUp
    return Go(taking.signed(work, bound_to(incoming), _of_ours(work, form.at)))


def _of_ours(work: Work, at: str) -> str:
    """The address of a file of ours; NotVisible for any other."""
    if not work.house.leads_home(at) or "as=" not in urlsplit(at).query or taking.SIGN + "=" in at:
        raise NotVisible
    return at
