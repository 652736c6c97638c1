"""The questions of the last line: to which place, what to calculate, what to change."""

from collections.abc import Callable

from engine.trace.cursor import Cursor
from engine.trace.what_if import FORM
from engine.tutor.tutor import Tutor
from engine.walk.session import ActionError, Session, WhatIf, parse_cursor
from tui.view.prompt import Prompt


def for_place(session: Session, go: Callable[[Cursor], object]) -> Prompt:
    """To which place; `go` goes there."""
    def enter(text: str) -> str:
        try:
            place = parse_cursor(text, session.trace)
        except ActionError as error:
            return str(error)
        go(place)
        return ""
    return Prompt("go to", "EPOCH or EPOCH:STEP", enter=enter)


def for_change(do: Callable[[WhatIf], str], history: list[str]) -> Prompt:
    """Which value to change; `do` makes the change and returns what is wrong with it."""
    def enter(text: str) -> str:
        history.append(text)
        return do(WhatIf(text))
    return Prompt("what if", FORM, enter=enter, history=history)


def for_calculation(session: Session, history: list[str]) -> Prompt:
    """What to calculate, by the numbers known at a session's place; what is entered is kept in the history."""
    def enter(text: str) -> str:
        cursor = session.cursor
        history.append(text)
        step = min(cursor.step, session.trace.script.length - 1)
        return Tutor(session.trace).calculate(cursor.epoch, step, text)
    return Prompt("calculate", "such as sig(Z5)·(1−sig(Z5))", enter=enter, history=history)
