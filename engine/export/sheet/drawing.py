"""A network drawn as SVG, with the values that it begins with; one that is too large for that is listed alone."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from engine.graph.network import Network, Parameter, Unit
from engine.lesson.lesson import Lesson
from engine.text.notation import number
from engine.text.width import columns

MOST_UNITS, MOST_WEIGHTS, MOST_LAYERS = 5, 30, 4  # of a layer; of all layers; behind the inputs
ACROSS, DOWN = 46, 24  # from unit to unit, in millimetres where it is not made smaller
RADIUS = 7.5
MARGIN = 12.5  # above and below the units: for a bias
OUTSIDE = 17  # for what stands before the inputs and behind the outputs
BESIDE, WIDEST = 132, 184  # millimetres: with room for a table beside it; all of a page
LEAST_SIZE = 0.75  # to which it is made smaller for that
LETTER, CHARACTER = 3.4, 1.95  # how high and how wide a sign is
WHERE = [step / 100 for step in range(38, 75, 4)]  # of the way from unit to unit: where a weight's value may stand

ALONG = [step / 40 for step in range(41)]  # of a line, to see what it goes through

Ends = tuple[float, float, float, float]  # a line's
Box = tuple[float, float, float]  # the middle, and how wide it is


def draw_network(lesson: Lesson) -> str:
    """Units in layers, their biases above them, weights on their lines; nothing where it would be too crowded."""
    network = lesson.network
    weights = sum(before * after for before, after in pairwise(network.sizes))
    if max(network.sizes) > MOST_UNITS or weights > MOST_WEIGHTS or network.last > MOST_LAYERS:
        return ""
    width = 2 * OUTSIDE + ACROSS * network.last
    height = DOWN * (max(network.sizes) - 1) + 2 * MARGIN
    size = min(1, next(room for room in (BESIDE, WIDEST) if room >= LEAST_SIZE * width or room == WIDEST) / width)
    lines = [parameter for parameter in network.parameters.values() if parameter.source is not None]
    pieces = [*(_line(lesson, parameter) for parameter in lines), *_values(lesson, lines),
              *(_unit(lesson, unit) for layer in network.layers for unit in layer)]
    return (f'<svg role="img" aria-label="The network; its values are listed below" viewBox="0 0 {width} {height}" '
            f'width="{size * width:.0f}mm" height="{size * height:.0f}mm">\n{"".join(pieces)}</svg>\n')


def _place(network: Network, unit: Unit) -> tuple[float, float]:
    spare = DOWN * (max(network.sizes) - network.sizes[unit.layer]) / 2
    return OUTSIDE + ACROSS * unit.layer, MARGIN + spare + DOWN * unit.index


def _ends(network: Network, parameter: Parameter) -> Ends:
    """Where a weight's line begins and ends."""
    assert parameter.source is not None  # noqa: S101
    return (*_place(network, network.layers[parameter.layer - 1][parameter.source]),
            *_place(network, network.layers[parameter.layer][parameter.target]))


def _line(lesson: Lesson, parameter: Parameter) -> str:
    x1, y1, x2, y2 = _ends(lesson.network, parameter)
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#000" stroke-width="0.25"/>\n'


def _values(lesson: Lesson, lines: Sequence[Parameter]) -> Iterator[str]:
    """Each on its line, which it interrupts, lest that looks like a minus sign; clear of those before and of
    units, and if it can be of other lines.
    """
    places = [_place(lesson.network, unit) for layer in lesson.network.layers for unit in layer]
    taken = [(x, y + down, 2 * RADIUS) for x, y in places for down in (-RADIUS / 2, 0, RADIUS / 2)]
    for parameter in lines:
        x1, y1, x2, y2 = _ends(lesson.network, parameter)
        text = _equation(lesson, parameter)
        width = columns(text) * CHARACTER + 1
        boxes = [(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part, width) for part in WHERE]
        others = [_ends(lesson.network, other) for other in lines if other is not parameter]
        clear = [each for each in boxes if not any(_overlap(each, other) for other in taken)] or boxes
        box = min(clear, key=lambda each: sum(_is_crossed(each, other) for other in others))
        taken.append(box)
        yield (f'<rect x="{box[0] - width / 2:.1f}" y="{box[1] - LETTER / 2:.1f}" width="{width:.1f}" '
               f'height="{LETTER}" fill="#fff"/>\n{_text(box[0], box[1] + 1.2, text)}')


def _overlap(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) < (one[2] + other[2]) / 2 and abs(one[1] - other[1]) < LETTER + 0.4


def _is_crossed(box: Box, line: Ends) -> bool:
    """Whether a line goes through it."""
    x1, y1, x2, y2 = line
    return any(_overlap(box, (x1 + (x2 - x1) * part, y1 + (y2 - y1) * part, 0)) for part in ALONG)


def _unit(lesson: Lesson, unit: Unit) -> str:
    """Its number and its function; a bias above it, before an input its name, behind an output what it should be."""
    network, (x, y) = lesson.network, _place(lesson.network, unit)
    pieces = [f'<circle cx="{x}" cy="{y}" r="{RADIUS}" fill="#fff" stroke="#000" stroke-width="0.4"/>\n']
    if not unit.layer:
        pieces += [_text(x, y + 1.2, str(unit.number)),
                   _text(x - RADIUS - 1.5, y + 1.2, lesson.inputs[unit.index], "end")]
    else:
        pieces += [_text(x, y - 0.4, str(unit.number)),
                   _text(x, y + 3.4, network.activations[unit.layer - 1].symbol)]
    for parameter in network.parameters.values():
        if parameter.source is None and parameter.layer == unit.layer and parameter.target == unit.index:
            pieces.append(_text(x, y - RADIUS - 1.5, _equation(lesson, parameter)))
    if unit.layer == network.last:
        pieces.append(_text(x + RADIUS + 1.5, y + 1.2, lesson.targets[unit.index], "start"))
    return "".join(pieces)


def _equation(lesson: Lesson, parameter: Parameter) -> str:
    return f"{parameter.name} = {number(lesson.start[parameter.name])}"


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>\n'
