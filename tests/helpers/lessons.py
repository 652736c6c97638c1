"""Lessons for tests: the shipped AND lesson, and random ones."""

import random
import re
from collections.abc import Iterable, Mapping

from hypothesis import strategies as st

from engine.graph.activations import ACTIVATIONS
from engine.graph.formulas import Formulas
from engine.graph.losses import LOSSES, Loss
from engine.lesson.lesson import Lesson, load, parse, shipped_lessons
from engine.trace.trace import Trace

NETWORKS = [name for name in shipped_lessons() if load(name).formulas is None]  # of the course, but those of formulas


def _shape(lesson: Lesson) -> object:
    """What its screens are made of, but for numbers and words."""
    model = lesson.id if isinstance(lesson.model, Formulas) else lesson.model
    return model, lesson.rows, lesson.loss.name, lesson.optimizer.name, lesson.batch, lesson.weight_decay


SHAPES = sorted({_shape(load(name)): name for name in reversed(shipped_lessons())}.values())  # one of each shape


def and_trace() -> Trace:
    return Trace(load("and-gate"))


def toml(sizes: list[int], activations: list[str], loss: str, rows: list[list[float]],
         parameters: dict[str, float] | int, learning_rate: float = 0.5, title: str = "a random lesson",
         bias: str = "true", training: str = "") -> str:
    """A lesson file. `parameters` by name, or a seed; `bias` and `training`, as TOML, more of it."""
    hidden = ", ".join(f'{{ units = {units}, activation = "{name}" }}'
                       for units, name in zip(sizes[1:-1], activations, strict=False))
    values = {"seed": parameters} if isinstance(parameters, int) else parameters
    return "\n".join([
        "format = 1", 'id = "random"', f'title = "{title}"',
        "[data]", f"inputs = {[f'x{i + 1}' for i in range(sizes[0])]}",
        f"targets = {[f'y{k + 1}' for k in range(sizes[-1])]}", f"rows = {rows}",
        "[network]", *[f"bias = {bias}"] * (bias != "true"),
        f"hidden = [{hidden}]", f'output = {{ activation = "{activations[-1]}" }}',
        "[parameters]", *(f'"{name}" = {value}' for name, value in values.items()),
        "[training]", f'loss = "{loss}"', f"learning_rate = {learning_rate}", training, ""])


def seeded(sizes: list[int], activations: list[str], rows: int = 4, seed: int = 7, loss: str = "mse") -> Lesson:
    """A lesson of a given shape; its data are zeros and ones."""
    data = [[float((row >> column) % 2) for column in range(sizes[0] + sizes[-1])] for row in range(rows)]
    return parse(toml(sizes, activations, loss, data, seed), "seeded.toml")


CLASSES = [[1.0, 0.0, 1.0, 0.0, 0.0], [0.0, 1.0, 0.0, 1.0, 0.0], [1.0, 1.0, 0.0, 0.0, 1.0]]  # two inputs, three of them
AND_ROWS = [[1.0, 1.0, 1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
AND_START = {"w13": 0.8, "w23": -0.6, "b3": 0.1, "w14": 0.7, "w24": 0.5, "b4": -0.3, "w35": -0.4, "w45": 0.9, "b5": 0.2}
FAMILIES = {  # by what is other than in the course's first lessons
    "three classes": toml([2, 3], ["softmax"], "cross_entropy", CLASSES, 5),
    "adam, batches of 3, fixed": toml([2, 2, 1], ["relu", "sigmoid"], "mse", AND_ROWS, AND_START, training="""
batch = 3
optimizer = "adam"
weight_decay = 0.01
fixed = ["b3", "w35"]""").replace("'y1'", "'y'"),
    "one bias a layer, momentum": toml([2, 2, 2], ["sigmoid", "sigmoid"], "half_sse", [[0.05, 0.1, 0.01, 0.99]], 3,
                                       bias='"layer"', training='optimizer = "momentum"'),
    "no bias, row by row": toml([2, 2, 1], ["tanh", "linear"], "mse", AND_ROWS[:2], 3, bias="false",
                                training="batch = 1"),
}


def family(name: str) -> Lesson:
    """One of these."""
    return parse(FAMILIES[name], "family.toml")


def graph(nodes: Iterable[str], values: Mapping[str, float], data: str = "", more: str = "", rows: str = "mean",
          ) -> Lesson:
    """A lesson of formulas, with those of the values that they name; `data` and `more`, behind the values, as TOML."""
    nodes = list(nodes)
    used = {name for node in nodes for name in re.findall(r"[^\W\d]\w*", node.partition("=")[2])}
    own = {node.partition("=")[0].strip() for node in nodes}
    return parse("\n".join([
        "format = 1", 'id = "graph"', 'title = "a graph"', data, "[graph]", f"nodes = {nodes}", f'rows = "{rows}"',
        "[parameters]", *(f"{name} = {value}" for name, value in values.items() if name in used - own), more]),
        "graph.toml")


def losses_with(output: str) -> list[Loss]:
    """The losses that go with an activation of the outputs: softmax has one of its own."""
    f = ACTIVATIONS[output]
    return [loss for loss in LOSSES.values() if loss.output is f or (loss.output is None and not f.takes_layer)]


UNIT_BY_UNIT = [name for name, f in ACTIVATIONS.items() if not f.takes_layer]
numbers = st.integers(-30, 30).map(lambda n: n / 10)


@st.composite
def random_lessons(draw: st.DrawFn, most_units: int = 4, most_hidden: int = 2, most_rows: int = 6,
                   has_sums: bool = True) -> Lesson:
    """Fully connected networks of every kind, with their data and starting values; `has_sums`: losses sse, half_sse."""
    units = st.integers(1, most_units)
    sizes = [draw(units), *draw(st.lists(units, max_size=most_hidden)), draw(units)]
    activations = [draw(st.sampled_from(UNIT_BY_UNIT)) for _ in sizes[1:]]
    loss = draw(st.sampled_from([loss for loss in losses_with(activations[-1]) if has_sums or loss.is_mean]))
    least, largest = max(loss.targets[0], -3.0), min(loss.targets[1], 3.0)
    targets = st.integers(round(10 * least), round(10 * largest)).map(lambda n: n / 10)
    row = st.tuples(*[numbers] * sizes[0], *[targets] * sizes[-1]).map(list)
    rows = draw(st.lists(row, min_size=1, max_size=most_rows))
    seed = draw(st.integers(0, 2**32 - 1))
    return parse(toml(sizes, activations, loss.name, rows, seed, 0.1), "random.toml")


def any_lesson(draw: random.Random) -> Lesson:
    """0 to 4 hidden layers of 1 to 8 units, 1 to 3 outputs, every activation and loss, 1 to 16 rows, tiny data too."""
    sizes = [draw.randint(1, 5), *(draw.randint(1, 8) for _ in range(draw.randint(0, 4))), draw.randint(1, 3)]
    activations = [draw.choice(UNIT_BY_UNIT) for _ in sizes[1:]]
    losses = [loss.name for loss in losses_with(activations[-1])]
    scale = draw.choice([1, 1, 1e-9, 1234.5])
    rows = [[*(round(draw.uniform(-2, 2), 1) * scale for _ in range(sizes[0])),
             *(draw.choice([0.0, 1.0]) for _ in range(sizes[-1]))] for _ in range(draw.randint(1, 16))]
    return parse(toml(sizes, activations, draw.choice(losses), rows, draw.randint(0, 10**6), draw.choice([0.1, 1.0])),
                 "any.toml")


OTHER_KINDS = {
    "a graph": graph(["q = a*x + b", "e = tanh(q)", "s = a*e - exp(b*x)/2", "p = 1/(q^2 + 1)", "L = (s + p)^3"],
                     {"a": 0.7, "b": -0.4}, '[data]\ninputs = ["x"]\ntargets = []\nrows = [[0.5], [1.5], [-1.2]]',
                     '[training]\nlearning_rate = 0.1\nbatch = 2\nweight_decay = 0.1\noptimizer = { name = "adam" }'),
    "softmax": parse(toml([2, 3], ["softmax"], "cross_entropy", [[1, 0.5, 1, 0, 0], [0.2, -1.3, 0, 0.3, 0.7]], 3,
                          bias='"layer"', training="batch = 1\noptimizer = { name = 'nesterov', beta = 0.9 }"),
                     "softmax.toml"),
    "no biases": parse(toml([2, 2, 1], ["tanh", "sigmoid"], "mse", [[1, 0.5, 1], [0.3, 2, 0], [0.1, -1.2, 1]], 3,
                            bias="false", training="batch = 2\noptimizer = { name = 'adamw' }\nweight_decay = 0.1"),
                       "none.toml")}
