"""The update: old value, learning rate · gradient, new value, for each parameter."""

from engine.notation import pointed
from engine.quantity import Source
from tui.scene import Scene
from tui.view import Box, Canvas, Role, cut_mark, figure, rule, window


def draw(canvas: Canvas, box: Box, scene: Scene) -> None:
    """A line for each parameter, as many as fit around the one just updated."""
    rate = scene.number(scene.lesson_now.learning_rate)
    box = rule(canvas, box, f"Update: new w = w − lr·∂Loss/∂w; the learning rate lr is {rate}")
    order, step = scene.lesson.order, scene.step
    focus = step.place if step and step.place is not None else 0
    shown = window(len(order), box.height, focus)
    name_width = max(len(parameter.name) for parameter in order)
    for y, place in enumerate(shown, box.y):
        canvas.put(box.x, y, "▸" if place == focus else cut_mark(place, shown, len(order)), Role.PATH)
        _line(canvas, box.x + 2, y, scene, place, name_width)


def _line(canvas: Canvas, x: int, y: int, scene: Scene, place: int, name_width: int) -> None:
    parameter, symbols = scene.lesson.order[place], scene.trace.symbols
    index = scene.script.backward_end + place
    width = scene.digits + 5
    x = canvas.put(x, y, f"{f'({place + 1})':>5} {parameter.name:<{name_width}}", Role.NAME)
    old = pointed(scene.number(scene.read(symbols.parameter(parameter))), 3)
    x = canvas.put(x + 1, y, f"{old:<{width}}", Role.VALUE)
    gradient = scene.number(scene.read(symbols.parameter(parameter, Source.GRADIENT)))
    gradient = f"({gradient})" if gradient.startswith("−") else f" {gradient}"
    rate = scene.number(scene.lesson_now.learning_rate)
    role = Role.VALUE if scene.reached(index) else Role.MUTED
    canvas.put(x, y, f" −  {rate}·{gradient}", role)
    x += len(rate) + width + 8
    canvas.put(x, y, "=", role)
    figure(canvas, x + 3, y, scene.shown(index, symbols.parameter(parameter, Source.UPDATED)), scene.role(index))
