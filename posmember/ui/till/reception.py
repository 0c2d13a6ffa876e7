"""What becomes of a scanned or typed text: it is looked up, asked about, or turned away."""

from __future__ import annotations

from dataclasses import dataclass, field

from posmember.domain.identifier import Identifier, IdentifierKind
from posmember.domain.withheld import any_by_phone
from posmember.scanning.burst import Misread
from posmember.scanning.identifier import NEVER_KEPT, Classification
from posmember.scanning.test_code import is_test_code
from posmember.settings.declared import PhoneLookup
from posmember.ui.messages import (
    caps_lock_text,
    double_text,
    identifier_problem_text,
    misread_text,
    others_text,
    phone_masked_text,
    phone_off_text,
    question_answers,
    question_text,
    test_code_text,
)
from posmember.ui.till.intake import Intake
from posmember.ui.view.screen import Hint, Severity


@dataclass(frozen=True, slots=True)
class LookUp:
    """Look a member up.

    Args:
        identifiers: what to try, in order.
        note: what to say about the code meanwhile, or None.
        continues: whether another code of the same burst is looked up already.
    """

    identifiers: tuple[Identifier, ...]
    note: Hint | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """Only say something.

    Args:
        keeps_member: whether the member on the screen stays.
        gives_way: whether what is said already, such as why nobody was found, is said on.
        keeps_text: whether the text may stay in the scan field; payment data may not.
        asks_about: the code that a question is about, "" for none; shown in the scan field, so
            that Enter there answers.
        wrong: whether it sounds wrong.
    """

    hint: Hint
    keeps_member: bool = False
    gives_way: bool = False
    keeps_text: bool = True
    asks_about: str = field(default="", repr=False)
    wrong: bool = False


Decision = LookUp | Say


class Reception:
    """Takes codes and answers, and decides.

    Args:
        phone: what the policy says of lookups by a phone number.
    """

    def __init__(self, intake: Intake, phone: PhoneLookup = PhoneLookup.FULL) -> None:
        self._intake = intake
        self._phone = phone
        self._asked: Classification | None = None
        self._looks_up = False
        """Whether a code of the present burst is looked up."""

    def begin_burst(self) -> None:
        """Know that a burst has begun, whoever takes its first code."""
        self._looks_up = False

    def scan(self, text: str, *, in_flight: bool) -> Decision:
        """Take the first code of a burst; its kind is told by its shape alone.

        Args:
            in_flight: whether the platform has not answered to the last code yet.
        """
        self.begin_burst()
        if is_test_code(text):
            return Say(Hint(Severity.INFO, test_code_text()), keeps_member=True)
        if self._asked is None and self._intake.is_double(text, in_flight=in_flight):
            return Say(Hint(Severity.INFO, double_text()), keeps_member=True, gives_way=True)
        return self._decide(self._intake.begin(text, None))

    def scan_another(self, text: str) -> Decision | None:
        """Take a further code of the same burst: it may be the member's, or is only named."""
        if is_test_code(text):
            return None
        found = self._intake.another(text)
        return self._decide(found) if found is not None else None

    def misread(self, misread: Misread) -> Decision:
        """Take something scanned that is no code, and of which nothing is known therefore.

        Behind a whole code of the same burst, that one stays.
        """
        follows = misread.place > 1
        if not follows:
            self.begin_burst()
            self.forget()
        hint = Hint(Severity.WARNING, misread_text(misread.flaw))
        keeps_text = follows or misread.typed
        return Say(hint, keeps_member=follows, keeps_text=keeps_text, wrong=True)

    def type(self, text: str, kind: IdentifierKind | None) -> Decision:
        """Take what was typed. Enter on a question that is open says yes to it.

        Args:
            kind: the one that the cashier chose, or None for automatic.
        """
        self.begin_burst()
        if is_test_code(text):  # from a scanner so slow that it is taken for a person
            return Say(Hint(Severity.INFO, test_code_text()), keeps_member=True)
        asked, self._asked = self._asked, None
        found = self._intake.begin(text, kind)
        if asked is not None and found == asked:
            self._looks_up = True
            return LookUp(asked.alternative)
        return self._decide(found)

    def answer(self, place: int) -> Decision | None:
        """Take the answer to the question that is open: 0 is what the code looks like."""
        asked, self._asked = self._asked, None
        if asked is None:
            return None
        return LookUp(asked.identifiers if place else asked.alternative)

    def after_nobody(self) -> Decision | None:
        """The next code of the burst, as the platform knows no member by this one."""
        found = self._intake.after_nobody()
        self._looks_up = True
        return self._decide(found) if found is not None else None

    def note(self) -> Hint | None:
        """Name the other codes of the burst, where there are any."""
        others = self._intake.others
        return Hint(Severity.INFO, others_text(others)) if others else None

    def forget(self) -> None:
        """Forget every code: the same one again is no double."""
        self._asked = None
        self._intake.forget_all()

    def _decide(self, found: Classification) -> Decision:
        self._asked = found if found.question is not None else None
        if found.problem is not None:
            words = identifier_problem_text(found.problem, found)
            keeps_text = found.problem not in NEVER_KEPT
            return Say(Hint(Severity.WARNING, words), keeps_text=keeps_text, wrong=True)
        if self._phone is PhoneLookup.OFF and any_by_phone(
            (*found.identifiers, *found.alternative)
        ):
            self._asked = None
            self._intake.forget_all()
            hint = Hint(Severity.WARNING, phone_off_text())
            return Say(hint, keeps_text=False, wrong=True)
        if found.question is not None:
            answers = question_answers(found.question)
            hint = Hint(Severity.WARNING, question_text(found.question), answers=answers)
            return Say(hint, asks_about=found.identifiers[0].value)
        note = self.note()
        if self._phone is PhoneLookup.MASKED and any_by_phone(found.identifiers):
            note = Hint(Severity.INFO, phone_masked_text())
        if found.caps_lock_undone:
            note = Hint(Severity.WARNING, caps_lock_text())
        continues, self._looks_up = self._looks_up, True
        return LookUp(found.identifiers, note, continues)
