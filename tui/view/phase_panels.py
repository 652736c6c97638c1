"""Which panel is that of the phase in hand, large or small."""

from typing import Protocol

from engine.graph.step import Phase
from tui.view.canvas import Box, Canvas
from tui.view.lesson_view import LessonView
from tui.view.panels import chain_rule, deltas, derivation, forward, summary, update


class Panel(Protocol):
    """A module that draws a view into a box."""

    def draw(self, canvas: Canvas, box: Box, view: LessonView) -> None:
        """Draw it."""


class PhasePanel(Panel, Protocol):
    """One of a phase, which knows how much of its box it fills."""

    def wanted_height(self, view: LessonView) -> int:
        """How many lines show all that it must show, its title's too."""


class BackwardPanel(PhasePanel, Protocol):
    """One that can draw the row in hand alone, too."""

    def draw_row(self, canvas: Canvas, box: Box, view: LessonView) -> None:
        """Draw that."""

    def row_height(self, view: LessonView) -> int:
        """How many lines show all of that, its title's too."""


def panel_of(view: LessonView) -> Panel:
    """The panel of the phase, or between two epochs."""
    return summary if view.phase is None else phase_panel_of(view)


def phase_panel_of(view: LessonView) -> PhasePanel:
    """The panel of the phase."""
    match view.phase:
        case Phase.FORWARD:
            return forward
        case Phase.UPDATE:
            return update
        case _:
            return backward_panel_of(view)


def backward_panel_of(view: LessonView) -> BackwardPanel:
    """That of the backward pass: δ, the chain, or where sig′ comes from."""
    if view.walk.derivation:
        return derivation
    return deltas if view.step and view.step.parameter_index is None else chain_rule
