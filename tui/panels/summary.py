"""Between two epochs: what the update did to the Loss and to every prediction."""

from tui.scene import Scene
from tui.view import Box, Canvas, Role, figure, rule, window

INTRODUCTION = (
    "Train this network by hand, and see every number.",
    "",
    "forward   each row through the network: Z, A, the squared error; then Loss",
    "backward  each parameter's chain rule: every factor, row by row; then Σ",
    "update    every parameter moves against its gradient; then the next epoch",
    "",
    "Press → for the first number, ← to take one back, ? for all keys.",
)


def draw(canvas: Canvas, box: Box, scene: Scene) -> None:
    """Before the first epoch, what is going to happen; before any other, what the last update did."""
    if scene.cursor.epoch == 1:
        box = rule(canvas, box, scene.lesson.title)
        for y, text in enumerate(INTRODUCTION[:box.height], box.y):
            canvas.put(box.x + 2, y, text)
        return
    before = scene.trace.epoch(scene.cursor.epoch - 1)
    box = rule(canvas, box, f"What the update of epoch {before.number} did: before and after")
    outputs = scene.lesson.network.layers[-1]
    rows = window(scene.lesson.rows, box.height - 3, 0)
    width = scene.digits + 5
    x, y = box.x + 2, box.y
    canvas.put(x, y, "row", Role.NAME)
    columns = max(1, min(len(outputs), (box.width - 24) // (3 * width)))
    for k, output in enumerate(outputs[:columns]):
        left = x + 6 + 3 * width * k
        canvas.put(left, y, scene.lesson.targets[k], Role.NAME)
        canvas.put(left + 8, y, f"A{output.number} before", Role.NAME)
        canvas.put(left + 9 + width, y, "→   after" + (" …" if k == columns - 1 < len(outputs) - 1 else ""), Role.NAME)
    for line, row in enumerate(rows, y + 1):
        canvas.put(x, line, f"{row + 1}" + (" …" if row == rows[-1] < scene.lesson.rows - 1 else ""))
        for k in range(columns):
            left = x + 6 + 3 * width * k
            figure(canvas, left - 1, line, scene.number(scene.lesson.Y[row, k]), Role.TEXT)
            figure(canvas, left + 8, line, scene.number(before.outputs[row, k]), Role.VALUE)
            figure(canvas, left + 12 + width, line, scene.number(scene.epoch.outputs[row, k]), Role.VALUE)
        _verdict(canvas, x + 8 + 3 * width * columns, line, scene, row)
    _loss(canvas, x, y + 1 + len(rows), scene)


def _verdict(canvas: Canvas, x: int, y: int, scene: Scene, row: int) -> None:
    if not scene.lesson.classifies:
        return
    was = scene.lesson.is_right(scene.trace.epoch(scene.cursor.epoch - 1).outputs)[row]
    now = scene.lesson.is_right(scene.epoch.outputs)[row]
    text = ("right" if now else "wrong") if was == now else "now right" if now else "now wrong"
    canvas.put(x, y, text, Role.RIGHT if now else Role.WRONG)


def _loss(canvas: Canvas, x: int, y: int, scene: Scene) -> None:
    before = scene.trace.epoch(scene.cursor.epoch - 1).loss
    after = scene.epoch.loss
    x_end = canvas.put(x, y, f"Loss  {scene.number(before)} → ", Role.NAME)
    x_end = canvas.put(x_end, y, scene.number(after), Role.FRESH)
    canvas.put(x_end, y, f"   {scene.number(after - before)}: " + ("it fell." if after < before else "it did not fall."))
    if scene.lesson.classifies:
        right = int(scene.lesson.is_right(scene.epoch.outputs).sum())
        done = right == scene.lesson.rows
        canvas.put(x, y + 1, f"All {right} rows are right."
                   if done else f"{right} of {scene.lesson.rows} rows are right. → begins the next epoch.", Role.RIGHT if done else Role.TEXT)
