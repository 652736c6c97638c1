"""The words around a lesson: notes that appear at places of the walk, and what is to be reached."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from engine.graph.epoch import Epoch
from engine.graph.step import Step
from engine.text.notation import with_count


class Note(NamedTuple):
    """A text that belongs to every place where all that is given matches. Rows, factors, batches and epochs count from
    1; `node` is the name of one of a graph's, `moment` that of one of an optimizer's numbers; `form`, "paths" or
    "delta", is how the backward pass is written.
    """

    text: str
    phase: str | None = None
    kind: str | None = None
    parameter: str | None = None
    row: int | None = None
    unit: int | None = None
    factor: int | None = None
    epoch: int | None = None
    node: str | None = None
    moment: str | None = None
    batch: int | None = None
    form: str | None = None

    def belongs_to(self, place: Mapping[str, str | int | None]) -> bool:
        """Whether it belongs to a place, of which all is given that a note can ask for."""
        return all(getattr(self, name) in (None, value) for name, value in place.items())

    @property
    def precision(self) -> int:
        """How much is asked of a place: of several notes the most precise is shown."""
        return sum(value is not None for value in self[1:])


def conditions(epoch: int, step: Step, names: Mapping[str, str | None]) -> dict[str, str | int | None]:
    """All that a note at a step of an epoch can ask for, and what it is there; `names` are those of the step's
    parameter, node and moment, and of the form.
    """
    return {"phase": step.phase.value, "kind": step.kind.value,
            "row": None if step.row is None else step.row + 1, "unit": step.unit.number if step.unit else None,
            "factor": None if step.factor is None else step.factor + 1, "epoch": epoch, "batch": step.batch + 1,
            **names}


class Goal(NamedTuple):
    """What is to be reached in the forward pass of an epoch: rows right, or a small Loss. A lesson may be about a
    start that fails: then it is not reached by that epoch. `loss` is what the Loss is called.
    """

    epoch: int
    rows_right: int | None = None
    loss_below: float | None = None
    fails: bool = False
    loss: str = "Loss"

    def is_met(self, numbers: Epoch, rows_right: int) -> bool:
        """Whether an epoch's numbers are what is to be reached."""
        return (self.rows_right is None or rows_right >= self.rows_right) and \
            (self.loss_below is None or numbers.loss < self.loss_below)

    def __str__(self) -> str:
        rows = "" if self.rows_right is None else f"{with_count(self.rows_right, 'row')} right"
        loss = "" if self.loss_below is None else f"{self.loss} below {self.loss_below:g}".replace("-", "−")
        wanted = " and ".join(filter(None, (rows, loss)))
        return f"{wanted}: not reached by epoch {self.epoch}" if self.fails else f"{wanted} by epoch {self.epoch}"


def without_emphasis(text: str) -> str:
    """A text without Markdown's emphasis: `**so**` is `so`. A list's items begin with `- `, as they do there."""
    return re.sub(r"(\*\*|\*|`)(\S|\S.*?\S)\1", r"\2", text)


def unwrap_lines(text: str) -> list[str]:
    """A text's paragraphs and list items, each in one line, whatever lines it was written in."""
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=- )", text) if part.strip()]
