"""The map of an output over a plane, or its curve over a number, in words: for who hears it, and below the picture."""

from collections.abc import Iterator, Sequence

from engine.graph.numeric import Array, np
from engine.text.notation import number
from engine.trace.plane import Plane, Surface
from engine.trace.trace import Trace

FINENESS, CURVE_FINENESS = 60, 1000  # points along an axis, of a plane and of a curve
MOST_NAMED = 12  # rows; more are counted
COUNTS = {1: "one line", 2: "two lines"}
MOST_FOLLOWED, MOST_POINTS = 3, 200  # lines, and points of one
MOST_PLACES, SAME_PLACE = 6, 9  # rows whose place is told; decimals up to which two are one


def plane_in_words(trace: Trace, epoch: int, plane: Plane) -> str:
    """Where the boundary runs, on which side each row is, and which are wrong; where nothing is told apart between
    what the output lies, and how far it is from its targets.
    """
    surface = Surface(trace, epoch, plane)
    if not surface.is_finite:
        return "Training has diverged: there is nothing to see."
    return _join([*_of_shape(surface), *_of_places(surface), *_of_rows(surface)], trace)


def sight_sentences(trace: Trace, epoch: int, plane: Plane) -> Iterator[str]:
    """What of it who sees the map is told besides: its shape, and where nothing is told apart how far it is off."""
    surface = Surface(trace, epoch, plane)
    if shape := list(_of_shape(surface)):
        yield _join(shape, trace)
    if not surface.classifies:
        yield _join(list(_of_rows(surface)), trace)


def stuck_sentences(trace: Trace, epoch: int, planes: Sequence[Plane]) -> Iterator[str]:
    """Which rows a hidden layer has at one place, though they should be told apart: why training is stuck there."""
    layers = {plane.layer: plane for plane in planes if plane.layer}
    for plane in layers.values():
        for sentence in _of_one_place(Surface(trace, epoch, plane)):
            yield f"Over {_list(plane.axes)} {sentence}"


def _join(sentences: Sequence[str], trace: Trace) -> str:
    """With what they are about, which is an epoch as it begins, where it has several updates."""
    when = "before the epoch's first update, " * (len(trace.script.batches) > 1)
    return " ".join(text[0].upper() + text[1:] for text in (when * (not i) + each for i, each in enumerate(sentences)))


def _of_shape(surface: Surface) -> Iterator[str]:
    """What is seen of the output."""
    plane = surface.plane
    over = f"over {_list(plane.axes)}, {plane.name}"
    if plane.is_curve:
        yield from _of_curve(surface, over)
    elif plane.output is not None:
        values = surface.grid(FINENESS, FINENESS)
        yield f"{over} {_sides(surface, values) if surface.classifies else _between(values)}."


def _of_curve(surface: Surface, over: str) -> Iterator[str]:
    """From where to where it goes, where it turns, and where it is ½."""
    x = surface.ranges[0].centres(CURVE_FINENESS)
    values, places = surface.over(x[None]), [f"{surface.plane.axes[0]} = {_short(place)}" for place in x]
    yield f"{over} goes from {_short(values[0])} at {places[0]} to {_short(values[-1])} at {places[-1]}."
    for word, index in (("lowest", int(values.argmin())), ("highest", int(values.argmax()))):
        if 0 < index < len(x) - 1 and _short(values[index]) not in (_short(values[0]), _short(values[-1])):
            yield f"it is {word} at {places[index]}: {_short(values[index])}."
    if surface.classifies and len(at := np.flatnonzero(np.diff(surface.sides(values)))):
        yield f"it is ½ at {_list([f'{surface.plane.axes[0]} = {number(x[index], 3)}' for index in at])}."


def _between(values: Array) -> str:
    least, greatest = _short(np.fmin.reduce(values, axis=None)), _short(np.fmax.reduce(values, axis=None))
    return f"is about {least} everywhere in sight" if least == greatest else f"goes from {least} to {greatest}"


def _sides(surface: Surface, values: Array) -> str:
    """Along which lines it is ½."""
    sides = surface.sides(values)
    if (sides == sides[0, 0]).all():
        return f"is {'above' if sides[0, 0] == 1 else 'below'} ½ everywhere in sight"
    lines = _lines(sides)
    count = COUNTS.get(len(lines), f"{len(lines)} lines")
    return f"is ½ on {count}: {_list([_way(surface, line) for line in lines[:MOST_FOLLOWED]])}"


def _lines(sides: Array) -> Sequence[Array]:
    """The borders between sides, each as its points (n, 2), the longest first."""
    is_border = np.zeros(sides.shape, dtype=bool)
    is_border[:, :-1] |= sides[:, :-1] != sides[:, 1:]
    is_border[:-1] |= sides[:-1] != sides[1:]
    left, found = {(int(y), int(x)) for y, x in np.argwhere(is_border)}, []
    while left:
        line, new = list[tuple[int, int]](), [left.pop()]
        while new:
            y, x = new.pop()
            line.append((y, x))
            near = {(y + down, x + across) for down in (-1, 0, 1) for across in (-1, 0, 1)} & left
            left -= near
            new += near
        found.append(np.array(line))
    return sorted(found, key=len, reverse=True)


def _way(surface: Surface, line: Array) -> str:
    """`from x1 = 0.4, x2 = 1.5 to x1 = 1.5, x2 = 0.4`: the ends of a line, the two points of it farthest apart."""
    line = line[::len(line) // MOST_POINTS + 1]
    distances = np.abs(line[:, None] - line[None]).sum(axis=2)
    first, last = sorted(np.unravel_index(distances.argmax(), distances.shape), key=lambda end: line[end][1])
    return f"from {_point(surface, line[first])} to {_point(surface, line[last])}"


def _point(surface: Surface, place: Array) -> str:
    across, up = surface.ranges
    values = across.centres(FINENESS)[place[1]], up.centres(FINENESS)[::-1][place[0]]
    return ", ".join(f"{name} = {_short(value)}" for name, value in zip(surface.plane.axes, values, strict=True))


def _of_places(surface: Surface) -> Iterator[str]:
    """Where the rows lie in a hidden layer's plane; which no line can part any more."""
    if not surface.plane.layer:
        return
    if surface.lesson.rows <= MOST_PLACES:
        places = [" and ".join(map(_short, place)) for place in surface.places.T]
        names = f"{_list(surface.plane.axes)} are "
        yield names + ", ".join(f"{place} in {_rows(rows)}" for place, rows in _group(places)) + "."
    yield from _of_one_place(surface)


def _of_one_place(surface: Surface) -> Iterator[str]:
    """Which rows lie there, though their targets differ."""
    for _, rows in _group(list(map(str, surface.places.T.round(SAME_PLACE)))) if surface.classifies else ():
        if len({surface.targets[row] for row in rows}) > 1:
            yield f"{_rows(rows)} lie at one place, though their targets differ: no line parts them."


def _of_rows(surface: Surface) -> Iterator[str]:
    """On which side they are, and which are wrong; else which is the farthest from its target."""
    if not surface.classifies:
        distances = np.abs(surface.outputs - surface.targets)
        row = int(np.nanargmax(distances))
        numbers = f"{number(surface.outputs[row], 3)} instead of {number(surface.targets[row], 3)}"
        yield f"row {row + 1} is {'farthest ' * (len(distances) > 1)}off, by {_short(distances[row])}: {numbers}."
        return
    if surface.plane.output is None:
        sides = [surface.plane.targets[side] for side in surface.sides(surface.outputs)]
        yield "the greatest is " + ", ".join(f"{name} in {_rows(rows)}" for name, rows in _group(sides)) + "."
    else:
        sides = [("below ½", "above ½")[side] for side in np.maximum(surface.sides(surface.outputs), 0)]
        yield ", ".join(f"{side}: {_rows(rows)}" for side, rows in _group(sides)) + "."
    wrong = [int(row) for row in np.flatnonzero(surface.are_wrong)]
    if wrong:
        yield f"{_rows(wrong)} {'is' if len(wrong) == 1 else 'are'} on the wrong side."
    else:
        yield "every row is on its side."


def _group(keys: Sequence[str]) -> Sequence[tuple[str, list[int]]]:
    """The rows that have each key, in the order in which they come."""
    found: dict[str, list[int]] = {}
    for row, key in enumerate(keys):
        found.setdefault(key, []).append(row)
    return list(found.items())


def _rows(rows: Sequence[int]) -> str:
    """`row 1`, `rows 1, 2 and 4`; of many how many."""
    if len(rows) > MOST_NAMED:
        return f"{len(rows)} rows"
    return f"row{'s' * (len(rows) > 1)} {_list([str(row + 1) for row in rows])}"


def _list(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def _short(value: float) -> str:
    """To two significant digits, which is enough to hear; from 100 on to whole numbers."""
    return number(float(f"{value:.2g}" if abs(value) < 100 else f"{value:.0f}"))
