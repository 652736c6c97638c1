"""How a learner gets on with one skill in this session, as a value: what of it is due."""

from typing import NamedTuple

from engine.trace.cursor import Cursor

MOST_TRIES, IN_A_ROW = 10, 3  # so many tries without so many right ones one behind the other, and practice stops
FIRST_RETURN = 3  # numbers that are filled in before one that is known is asked again; each time it is right, twice


class MixedUp(NamedTuple):
    """What is to be asked again: at which question it was mixed up, and the name of the number that went wrong."""

    question: Cursor
    name: str


class Exercise(NamedTuple):
    """`tries` at a skill, answers that were judged, since three questions one behind the other were right at once, and
    how many are right in a row now; how many numbers of it were `passed_over` since one was asked for, and after how
    many it `returns`.

    `mixed_up` is what of it was, as long as it was not asked again; `is_shown`: a worked chain was, and practice does
    not stop for it once more.
    """

    tries: int = 0
    in_a_row: int = 0
    passed_over: int = 0
    returns: int = FIRST_RETURN
    mixed_up: MixedUp | None = None
    is_shown: bool = False

    @property
    def is_stuck(self) -> bool:
        """Whether trying on would not help."""
        return self.tries >= MOST_TRIES and not self.is_shown

    @property
    def comes_back(self) -> bool:
        """Whether enough numbers were filled in for one that is known to be asked again."""
        return self.passed_over >= self.returns

    def after_try(self) -> "Exercise":
        """After an answer, right or wrong."""
        return self._replace(tries=self.tries + 1)

    def after_attempt(self, is_right: bool) -> "Exercise":
        """After the first attempt at a question, right or not, or help without one."""
        in_a_row = self.in_a_row + 1 if is_right else 0
        return self._replace(tries=0 if in_a_row >= IN_A_ROW else self.tries, in_a_row=in_a_row)

    def after_question(self, was_due: bool) -> "Exercise":
        """Once a question is done with: if it was due, what was mixed up was asked again by it; what came back right
        stays away twice as long.
        """
        mixed_up = None if was_due else self.mixed_up
        returns = FIRST_RETURN if not self.in_a_row else self.returns * 2 if self.comes_back else self.returns
        return self._replace(mixed_up=mixed_up, passed_over=0, returns=returns)

    def after_number(self) -> "Exercise":
        """After a number that was filled in."""
        return self._replace(passed_over=self.passed_over + 1)
