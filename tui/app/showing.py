"""How a learner has the lesson's screen: its digits, its columns, what is opened where there is little room."""

from textual.geometry import Size

from engine.walk.actions import Action, Do
from engine.walk.walk import Walk
from tui.view import layout
from tui.view.compact import Opened, gives_way
from tui.view.glyphs import Signs
from tui.view.layout import Digits, Status


class Showing:
    """It says what of it a key changed. `opened` is what stands in place of the chain."""

    def __init__(self, signs: Signs, digits: int | None) -> None:
        """`digits`: those of the learner's own choice; None for as many as suit the width."""
        self.opened: Opened = ""
        self._signs, self._digits = signs, digits
        self._turns = 0  # to the columns without room
        self._has_switched = False  # to the other form, by the last action

    def begin(self, is_other_lesson: bool) -> None:
        """It shows another walk."""
        self._turns, self._has_switched = 0, False
        if is_other_lesson:
            self.opened = ""

    def follow(self, before: Walk, walk: Walk, action: Action) -> None:
        """The walk has acted."""
        self.opened = "" if gives_way(before, walk) else self.opened
        self._has_switched = action is Do.SWITCH_FORM
        if _turning_place(before) != _turning_place(walk):
            self._turns = 0

    def add_to(self, status: Status) -> Status:
        """What is under way, with how it is shown."""
        return status._replace(digits=self._digits, turns=self._turns, has_switched=self._has_switched,
                               opened=self.opened)

    def show_more(self, name: str, walk: Walk, size: Size) -> str:
        """Turn to what has no room, show more digits, ASCII alone, the table or the network; returns what is said."""
        match name:
            case "others":
                self._turns += 1
                return ""
            case "signs":
                return self._signs.switch()
            case "table" | "network":
                return self._open(name, walk, size)
        self._digits = self.digits_now(walk, size).following
        return str(self.digits_now(walk, size))

    def _open(self, name: Opened, walk: Walk, size: Size) -> str:
        """The truth table or the network in place of the chain, or that again."""
        is_there = layout.is_on_screen(walk, *size, name)
        self.opened = "" if is_there or name == self.opened else name
        return f"the {name} is on the screen" * is_there

    def covers(self, walk: Walk, size: Size) -> bool:
        """Whether something stands in place of the chain."""
        return bool(self.opened) and not layout.is_on_screen(walk, *size, self.opened)

    def digits_now(self, walk: Walk, size: Size) -> Digits:
        """How many a screen of a size has."""
        return layout.digits_for(walk, *size, self._digits)


def _turning_place(walk: Walk) -> int:
    """What has turned tables turn back when it is another: the number shown last, or asked for, in the backward phase,
    where it may be in a column that was turned away; else the phase.
    """
    batch = walk.trace.script.batch_at(index := walk.cursor.step - (walk.typed is None))
    return min(max(index, batch.forward_end - 1), batch.backward_end)
