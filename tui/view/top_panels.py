"""Which panels stand at the top of a lesson's screen: what is given, and what is calculated from it."""

from collections.abc import Sequence
from typing import Protocol

from tui.view.canvas import Box, Canvas, Hint
from tui.view.data_column import Column
from tui.view.lesson_view import LessonView
from tui.view.panels import graph, network, node_list, parameters, truth_table, unit_list


class GivenPanel(Protocol):
    """The table of rows; of a lesson without data the parameters."""

    def draw(self, canvas: Canvas, box: Box, view: LessonView, beside: Sequence[Hint] = ()) -> None:
        """Draw it; what other keys bring stands in its title."""

    def widths(self, view: LessonView) -> tuple[int, int]:
        """How much would show all of it, and how much without what it can do without."""

    def wanted_height(self, view: LessonView) -> int:
        """How many lines show all of it, its title's too."""

    def page_count(self, box: Box, view: LessonView) -> int:
        """How many pages of columns there are in a box."""

    def row_in_hand(self, view: LessonView) -> Sequence[Column]:
        """What of it belongs to the row in hand."""


class DrawnPanel(Protocol):
    """The network or graph, drawn."""

    def draw(self, canvas: Canvas, box: Box, view: LessonView) -> bool:
        """Draw it if it fits; returns whether it did."""

    def fits(self, view: LessonView, box: Box) -> bool:
        """Whether it would."""


class ListedPanel(Protocol):
    """The same as a list."""

    def draw(self, canvas: Canvas, box: Box, view: LessonView) -> None:
        """Draw as much as fits around what is in hand."""

    def widths(self, view: LessonView) -> tuple[int, int]:
        """How much shows it all, and how much without what it can do without."""


def given_panel_of(view: LessonView) -> GivenPanel:
    """What stands at the left."""
    return truth_table if view.lesson.table[0] else parameters


def drawn_panel_of(view: LessonView) -> DrawnPanel:
    """What stands at the right, if it has room."""
    return graph if view.lesson.formulas else network


def drawn_height(view: LessonView) -> int:
    """How many lines that would take, its title's too."""
    return graph.wanted_height(view) if view.lesson.formulas else network.wanted_height(view.lesson)


def listed_panel_of(view: LessonView) -> ListedPanel:
    """What stands there else."""
    return node_list if view.lesson.formulas else unit_list
