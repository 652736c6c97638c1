"""The truth table: inputs, targets, predictions, squared errors, and which rows are right."""

from collections.abc import Sequence
from functools import lru_cache

from engine.lesson import Lesson
from engine.notation import number
from engine.symbols import LOSS
from tui.scene import Scene
from tui.view import Box, Canvas, Role, figure, rule, window

GAP = 1


def draw(canvas: Canvas, box: Box, scene: Scene) -> None:
    """Draw it: a head, a line for each row that fits, the Loss and how many rows are right."""
    box = rule(canvas, box, "Truth table")
    shown = window(scene.lesson.rows, box.height - 3, scene.row)
    table = _Table(canvas, box, scene)
    table.head()
    for y, row in enumerate(shown, box.y + 1):
        more = (y == box.y + 1 and row > 0) or (row == shown[-1] and row < scene.lesson.rows - 1)
        table.row(y, row, "…" if more else "▸" if scene.is_row_marked(row) else "")
    table.foot(box.y + 1 + len(shown))


class _Table:
    """Columns laid out from left to right; of inputs and outputs that don't fit, `…` stands for the rest."""

    def __init__(self, canvas: Canvas, box: Box, scene: Scene) -> None:
        self.canvas, self.box, self.scene = canvas, box, scene
        lesson = scene.lesson
        self.outputs = lesson.network.layers[-1]
        self.number_width = scene.digits + 4  # a bracket, a sign or another bracket, 0.70889
        self.verdict = len(" wrong") if lesson.classifies else 0
        widths = _widths(lesson, scene.digits)
        self.input_widths, self.target_widths = widths[:len(lesson.inputs)], widths[len(lesson.inputs):]
        room = box.width - 2 - self.verdict - (self.number_width - 1)
        self.output_count = _fitting([width + 1 + self.number_width for width in self.target_widths],
                                     max(room - self.input_widths[0], room // 2))
        room -= sum(self.target_widths[:self.output_count]) + self.output_count * (1 + self.number_width)
        self.input_count = _fitting(self.input_widths, room)

    def head(self) -> None:
        """The columns' names."""
        lesson, x, y = self.scene.lesson, self.box.x + 2, self.box.y
        for name, width in zip(lesson.inputs[:self.input_count], self.input_widths, strict=False):
            self.canvas.put_right(x + width - GAP, y, name, Role.NAME)
            x += width
        if self.input_count < len(self.input_widths):
            self.canvas.put(x - 1, y, "…", Role.MUTED)
        for name, width in zip(lesson.targets[:self.output_count], self.target_widths, strict=False):
            x += width
            self.canvas.put_right(x, y, name, Role.NAME)
        for output in self.outputs[:self.output_count]:
            name = f"ŷ=A{output.number}" if len(self.outputs) == 1 else f"A{output.number}"
            self.canvas.put(x + 3, y, name, Role.NAME)
            x += self.number_width
        squared = "(y−ŷ)²" if len(self.outputs) == 1 and lesson.loss.name == "mse" else "loss"
        if self.output_count < len(self.outputs):
            squared = "… loss"
        self.canvas.put(x + 2, y, squared, Role.NAME)

    def row(self, y: int, row: int, mark: str) -> None:
        """One line of the table; what is not reached is `·`."""
        scene, lesson, x = self.scene, self.scene.lesson, self.box.x + 2
        role = Role.PATH if mark == "▸" else Role.TEXT
        self.canvas.put(self.box.x, y, mark, Role.PATH)
        for value, width in zip(lesson.X[row, :self.input_count], self.input_widths, strict=False):
            self.canvas.put_right(x + width - GAP, y, scene.number(value), role)
            x += width
        for value, width in zip(lesson.Y[row, :self.output_count], self.target_widths, strict=False):
            x += width
            self.canvas.put_right(x, y, scene.number(value), role)
        units = len(scene.script.units)
        for place, output in enumerate(self.outputs[:self.output_count], units - len(self.outputs)):
            index = scene.script.unit_index(row, place) + 1
            figure(self.canvas, x + 2, y, scene.shown(index, scene.trace.symbols.A(output), row), scene.role(index))
            x += self.number_width
        index = scene.script.row_loss_index(row)
        figure(self.canvas, x + 2, y, scene.shown(index, scene.trace.lines.row_loss().quantity, row),
               scene.role(index), before=1)
        if self.verdict and scene.reached(scene.script.unit_index(row, units - 1) + 1):
            right = lesson.is_right(scene.epoch.outputs)[row]
            self.canvas.put_right(self.box.right, y, "right" if right else "wrong", Role.RIGHT if right else Role.WRONG)

    def foot(self, y: int) -> None:
        """The Loss, and the verdict once all rows have their predictions."""
        scene, lesson = self.scene, self.scene.lesson
        index = scene.script.forward_end - 1
        line = scene.trace.lines.loss()
        head = f"Loss = {line.formula} = "
        if self.canvas.length(head) + scene.digits + 6 > self.box.width:
            head = "Loss = "
        x = self.canvas.put(self.box.x + 2, y, head, Role.NAME)
        figure(self.canvas, x, y, scene.shown(index, LOSS), scene.role(index), before=1)
        if lesson.classifies and scene.reached(index):
            right = int(lesson.is_right(scene.epoch.outputs).sum())
            text = f"all {lesson.rows} rows right" if right == lesson.rows else f"{right} of {lesson.rows} rows right"
            self.canvas.put(self.box.x + 2, y + 1, text, Role.RIGHT if right == lesson.rows else Role.TEXT)


@lru_cache(maxsize=4)
def _widths(lesson: Lesson, digits: int) -> list[int]:
    """Of the inputs' and targets' columns: head or widest number, and a gap. Kept: a lesson may have many rows."""
    columns = zip([*lesson.inputs, *lesson.targets], [*lesson.X.T, *lesson.Y.T], strict=True)
    return [max(len(name), *(len(number(value, digits)) for value in values)) + GAP for name, values in columns]


def _fitting(widths: Sequence[int], room: int) -> int:
    """How many of some columns fit; at least one."""
    count = len(widths)
    while count > 1 and sum(widths[:count]) > room:
        count -= 1
    return count
