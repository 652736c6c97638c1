"""Which formulas would give away what is asked for: those of formulas' own slopes, which may be the answer."""

from tui.view.lesson_view import LessonView

HINTS_TO_FORMULA = 2  # the first is the idea, the second the formula


def hides(view: LessonView, index: int) -> bool:
    """Whether a factor's formula is left out: it is asked for now, or further on. It comes with its hint."""
    if view.typed is None or view.lesson.formulas is None or index < view.in_hand:
        return False
    return index > view.in_hand or view.walk.attempt.hints_given < HINTS_TO_FORMULA
