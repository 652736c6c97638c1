"""What is said of one answer, in this order: right to the digits typed; right from an earlier wrong number; a classical
mistake, the nearest; right but for rounding on the way, or for a last digit that is cut off; the old value; else not
recognised.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from engine.text.notation import number
from engine.trace.trace import Entry, Trace
from engine.tutor.answer import (
    LETTERS,
    WHICH,
    Answer,
    FollowUp,
    Mistaken,
    Slips,
    Verdict,
    as_plain,
    is_same,
    letter_choices,
    letter_options,
)
from engine.tutor.carrying import carry_on, spot_of
from engine.tutor.explanations import Explanation, Explanations
from engine.tutor.mistakes import records_of
from engine.tutor.mistakes_in_words import COMES_OUT, first_clause, is_same_thing, tell
from engine.tutor.near_misses import near_word, why_impossible
from engine.tutor.precision import DIGITS_ASKED, DIGITS_NEARLY, MOST_SHOWN, Precision
from engine.tutor.recognition import Recognition
from engine.tutor.variables import idea_of, skill_of
from engine.tutor.written_numbers import rounded_numbers

ROUNDED, LOOSE = "rounding on the way", 5e-3  # relative: what a formula with rounded numbers in it is off


@dataclass(frozen=True)
class Judgement:
    """One answer to the question about one step, and the verdict on it."""

    trace: Trace
    entry: Entry
    precision: Precision
    answer: Answer
    slips: Slips
    explanations: Explanations

    @property
    def verdict(self) -> Verdict:
        """The first that holds; a wrong number leaves a slip behind."""
        followed = self._following if self.slips else None  # comes before any mistake
        found = self._right or followed or self._mistaken or self._near or self._unmoved or self._unknown
        is_carried_on = bool(self.slips) and found is self._following
        if found.reason in ("exact", "rounded") or is_carried_on:
            return found
        return found._replace(slip=(spot_of(self.entry), self.answer.value))

    def _accept(self, reason: Literal["exact", "rounded", "follows"], message: str) -> Verdict:
        return Verdict(True, reason, message, done=True, value=self.entry.value)

    @property
    def _stated(self) -> str:
        """`Z3 = 0.3`, the truth."""
        return f"{self.entry.line.name} = {number(self.entry.value)}"

    @property
    def _right(self) -> Verdict | None:
        """Right, right so far, or with too few digits to be either; a formula with too few digits in it."""
        answer, precision = self.answer, self.precision
        if precision.is_right(answer):
            if precision.is_old(answer):
                return self._too_short_for_the_step
            return self._accept("rounded", f"Right but for {ROUNDED}: {self._stated}.") if self._is_loose else \
                self._accept("exact", f"{self._stated}.")
        if precision.old is not None and answer.value == precision.old:
            return self._too_short_for_the_step if precision.is_rounded_away(answer) else None
        is_nearly, coarse = precision.is_nearly(answer), precision.coarse_numbers(answer)
        if not (is_nearly or coarse or precision.is_too_short(answer)):
            return None
        made_here = self.explanations.here(self.entry)
        if (self._is_bare or coarse) and any(is_same(each.value, answer.value) for each in made_here):
            return None
        if coarse:
            return self._judge_coarse(coarse)
        digits = f"{DIGITS_ASKED} significant digits"
        return Verdict(True, "coarse", f"Right so far: give {digits}.") if is_nearly else \
            Verdict(False, "coarse", f"One digit says too little: give {digits}.")

    @property
    def _is_loose(self) -> bool:
        """Whether a formula with rounded numbers in it is right, but off; that of the screen is as it is."""
        typed, value = self.answer.typed, self.entry.value
        return typed is not None and bool(rounded_numbers(typed.expression, DIGITS_ASKED)) and \
            not math.isclose(self.answer.value, value, rel_tol=LOOSE) and not self.precision.is_shown(typed.text)

    def _judge_coarse(self, numbers: list[str]) -> Verdict:
        """Of a formula with numbers of two digits; what it comes to may do all the same."""
        plain = as_plain(self.answer, MOST_SHOWN - 1)
        if self.precision.is_right(plain) or self.precision.is_near(plain):
            return self._accept("rounded", f"Right but for {ROUNDED}: {self._stated}.")
        have = "has" if len(numbers) == 1 else "have"
        return Verdict(True, "coarse",
                       f"The way is right; {' and '.join(numbers)} {have} too few digits: use three or more.")

    @property
    def _too_short_for_the_step(self) -> Verdict:
        """The old value to the digits typed, which may be the right new one too."""
        text, line, old = self.answer.text, self.entry.line, self.entry.line.name.removeprefix("new ")
        more = f"{self.precision.digits_of_step} significant digits show the step."
        if self.answer.value == self.precision.old or not self.precision.is_right(self.answer):
            idea = records_of("not-updated")[0].idea
            not_updated = Mistaken("not-updated", line.name, skill_of(self.trace, self.entry), idea)
            return Verdict.on_mistakes(f"{text} is {old} as it was: {more}", not_updated)
        return Verdict(True, "coarse", f"Right so far, but so is the old {old}: {more}")

    @property
    def _is_bare(self) -> bool:
        """Whether the answer has so few digits that only the number itself can be meant: 1 is not 0.70889."""
        return self.answer.digits is not None and self.answer.digits < DIGITS_NEARLY

    @property
    def _mistaken(self) -> Verdict | None:
        """The mistakes that give the answer."""
        found = Recognition(self.entry, self.answer, self.precision, self.explanations).find()
        if not found:
            return None
        offered = [each for k, each in enumerate(found) if not any(is_same_thing(each, other) for other in found[:k])]
        follow_up = self._follow_up(offered) if len(offered) > 1 else None
        message = follow_up.question if follow_up else \
            self._impossible * found[0].outcome.mistake.vague + tell(self.trace, found[0], self.answer.text)
        return Verdict.on_mistakes(message, *map(self._place, found), follow_up=follow_up)

    def _place(self, each: Explanation) -> Mistaken:
        """A mistake, with the number in which it was made."""
        mistake = each.outcome.mistake
        return Mistaken(mistake.id, each.entry.line.name, skill_of(self.trace, each.entry), mistake.idea)

    def _follow_up(self, found: list[Explanation]) -> FollowUp:
        """What separates several mistakes: the learner says which was theirs."""
        typed, by_letter = self.answer.text, dict(zip(LETTERS, found, strict=False))
        told = {letter: tell(self.trace, each, typed) for letter, each in by_letter.items()}
        choices = letter_choices(f"it {first_clause(text, typed)}".replace(f"it {COMES_OUT}", "if")
                                 for text in told.values())
        ways = f"{typed} can come about in {len(choices)} ways"
        return FollowUp(f"{ways}: {letter_options(choices)}.{WHICH}", f"{ways}.{WHICH}", choices,
                        {letter: f"{told[letter]} {each.outcome.mistake.idea}" for letter, each in by_letter.items()},
                        {letter: self._place(each) for letter, each in by_letter.items()})

    @property
    def _near(self) -> Verdict | None:
        answer, precision = self.answer, self.precision
        if not precision.is_near(answer):
            return None
        off = "the last digit, which is cut off instead of rounded" if precision.is_cut(answer) else ROUNDED
        return self._accept("rounded", f"Right but for {off}: {self._stated}.")

    @cached_property
    def _following(self) -> Verdict | None:
        """Whether the answer is right for one who goes on from numbers that were wrong: no evidence of anything."""
        carried = carry_on(self.trace, self.entry, self.slips)
        if carried is None or is_same(carried.value, self.entry.value):
            return None
        entry, answer = self.entry._replace(value=carried.value), self.answer
        precision = Precision(self.trace, entry, carried.instead)
        is_near = precision.is_near(answer) and not self.precision.is_near(answer)
        if not is_near and (not precision.is_right(answer) or precision.is_old(answer)):
            return None
        (name, given), *others = carried.slips.items()
        from_yours = f"{', step by step,' * (not carried.is_at_once)} from your {number(given)} for {name}"
        if carried.is_trivial:
            nothing = "only, where a 0 or a 1 comes in, that tells nothing"
            return Verdict(False, "unknown", f"{answer.text} does follow{from_yours}; {nothing}.")
        right = f"with the right number{'s' * bool(others)} {self._stated}."
        return self._accept("follows", f"That follows{from_yours}; {right}")

    @property
    def _unmoved(self) -> Verdict | None:
        """The old value, to the digits typed."""
        return self._too_short_for_the_step if self.precision.is_old(self.answer) else None

    @property
    def _unknown(self) -> Verdict:
        near = near_word(self.entry, self.precision, self.answer)
        said = near or f"is not what {self.entry.line.name} comes to. {idea_of(self.trace, self.entry)}"
        return Verdict(False, "unknown", f"{self._impossible}{self.answer.text} {said}")

    @property
    def _impossible(self) -> str:
        """Why no such number can be it, if that is known."""
        why = why_impossible(self.trace, self.entry, self.answer.value)
        return f"{why} " if why else ""
