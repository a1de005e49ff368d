"""What the forms about speaking up send, as explicit fields."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from feedback.commands import Telling
from feedback.states import Danger, Kind, Outcome
from portal.site import forms

LONGEST = 8000


@dataclass(frozen=True)
class TellForm:
    kind: Kind = forms.choice(Kind)
    text: str = forms.text(LONGEST)
    danger: bool = forms.tick()
    wish: str = forms.text(2000, required=False)
    parties: tuple[str, ...] = forms.texts(40)
    about: str = forms.text(500, required=False)
    called: str = forms.text(120, required=False)
    reach: str = forms.text(200, required=False)
    no_answer: bool = forms.tick()

    def telling(self, language: str) -> Telling:
        """The same as a value the verb takes."""
        theirs = (self.danger, self.wish, self.about, self.called, self.reach, self.no_answer)
        return Telling(self.kind, self.text, language, *theirs)


@dataclass(frozen=True)
class CodeForm:
    code: str = forms.text(60)


@dataclass(frozen=True)
class SayForm:
    text: str = forms.text(LONGEST, required=False)
    do: str = forms.one_of(("write", "yes", "half", "no", "withdraw", "complaint"))
    version: int = forms.version()


@dataclass(frozen=True)
class CodeSayForm(SayForm):
    code: str = forms.text(60)


@dataclass(frozen=True)
class SafetyForm:
    danger: Danger = forms.choice(Danger)
    version: int = forms.version()


@dataclass(frozen=True)
class WriteForm:
    text: str = forms.text(LONGEST, required=False)
    translation: str = forms.text(LONGEST, required=False)
    do: str = forms.one_of(("acknowledge", "begin", "write", "answer"))
    version: int = forms.version()


@dataclass(frozen=True)
class CloseForm:
    outcome: Outcome = forms.choice(Outcome)
    text: str = forms.text(LONGEST)
    translation: str = forms.text(LONGEST, required=False)
    version: int = forms.version()


@dataclass(frozen=True)
class TranslationForm:
    """``number``: of the message it says in their language; without one it says the last words."""

    text: str = forms.text(LONGEST)
    number: int | None = forms.number(required=False)
    version: int = forms.version()


@dataclass(frozen=True)
class SubjectForm:
    party: str = forms.text(60)
    version: int = forms.version()


@dataclass(frozen=True)
class AskForm:
    complaint: UUID = forms.record_id()
    handler: UUID = forms.record_id()
    version: int = forms.version()
