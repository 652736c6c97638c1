"""A network too large to draw: the Z and A of the units around the one in hand, and all that flows into that one."""

from engine.network import Unit
from engine.notation import fitted
from tui.glyphs import NOT_YET
from tui.scene import Scene
from tui.view import Box, Canvas, Role, cut_mark, figure, rule, window

Z_COLUMN, A_COLUMN, W_COLUMN = 7, 17, 26
WIDTH = 8  # of a number


def draw(canvas: Canvas, box: Box, scene: Scene) -> None:
    """Left, the units around the one in hand; right, its parameters, the one in hand in sight."""
    units = scene.lesson.network.computed_units
    unit = _in_hand(scene)
    sizes = "-".join(str(size) for size in scene.lesson.network.sizes)
    box = rule(canvas, box, f"Network, row {scene.row + 1}: unit {unit.number} of {sizes}")
    for x, head in ((2, "unit"), (Z_COLUMN + 2, "Z"), (A_COLUMN + 2, "A"), (W_COLUMN + 2, f"into unit {unit.number}")):
        canvas.put(box.x + x, box.y, head, Role.NAME)
    shown = window(len(units), box.height - 1, units.index(unit))
    for y, place in enumerate(shown, box.y + 1):
        _unit(canvas, box.x, y, scene, place, "▸" if units[place] == unit else cut_mark(place, shown, len(units)))
    _parameters(canvas, Box(box.x + W_COLUMN, box.y + 1, box.width - W_COLUMN, box.height - 1), scene, unit)


def _in_hand(scene: Scene) -> Unit:
    step = scene.step
    if step and step.unit:
        return step.unit
    if step and step.place is not None:
        return scene.trace.symbols.target_unit(scene.lesson.order[step.place])
    return scene.lesson.network.computed_units[0]


def _unit(canvas: Canvas, x: int, y: int, scene: Scene, place: int, mark: str) -> None:
    unit, symbols = scene.lesson.network.computed_units[place], scene.trace.symbols
    canvas.put(x, y, mark, Role.PATH)
    canvas.put(x + 2, y, f"({unit.number})", Role.PATH if unit.number in scene.path_units else Role.NAME)
    index = scene.script.unit_index(scene.row, place)
    for k, (column, quantity) in enumerate(((Z_COLUMN, symbols.Z(unit)), (A_COLUMN, symbols.A(unit)))):
        value = scene.known(index + k, quantity, scene.row)
        text = NOT_YET if value is None else fitted(value, WIDTH if value < 0 else WIDTH - 1)  # a place for the sign
        figure(canvas, x + column, y, text, scene.role(index + k))


def _parameters(canvas: Canvas, box: Box, scene: Scene, unit: Unit) -> None:
    sources = [*scene.lesson.network.layers[unit.layer - 1], None]
    step, symbols = scene.step, scene.trace.symbols
    parameter = scene.lesson.order[step.place] if step and step.place is not None else None
    focus = sources.index(symbols.source_unit(parameter)) if parameter else 0
    shown = window(len(sources), box.height, focus)
    for y, k in enumerate(shown, box.y):
        w = symbols.weight(sources[k], unit)
        role = Role.PATH if parameter and k == focus else Role.NAME
        canvas.put(box.x, y, cut_mark(k, shown, len(sources)), Role.MUTED)
        canvas.put(box.x + 1, y, f"{w.name:>8}", role)
        value = scene.parameter_now(sources[k], unit)
        figure(canvas, box.x + 10, y, fitted(value, WIDTH), Role.VALUE)
