"""Random graphs of formulas, each with the same calculation on the scalar autograd's numbers."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from families import SETTINGS, updates_of

import scalar_autograd as scalar
from engine.graph.optimizers import OPTIMIZERS
from engine.lesson.lesson import Lesson, parse
from scalar_autograd import Value

Calculation = Callable[..., Value]
FORMS: dict[str, Calculation] = {  # of values u and v; none leaves its domain
    "{u} + {v}": lambda u, v: u + v,
    "{u} - {v}": lambda u, v: u - v,
    "{u}*{v}": lambda u, v: u * v,
    "{u}*{u}": lambda u, _: u * u,
    "-{u}/3 + {v}*2": lambda u, v: -u / 3 + v * 2,
    "{u}/({v}^2 + 1)": lambda u, v: u / (v * v + 1),
    "({u} - {v})^2/2": lambda u, v: (u - v) ** 2 / 2,
    "{u}^3": lambda u, _: u ** 3,
    "({u}^2 + 1)^(-1)": lambda u, _: (u * u + 1) ** -1,
    "({u}^2 + 1)^({v}/2)": lambda u, v: (u * u + 1) ** (v / 2),
    "2^{u}": lambda u, _: scalar.as_value(2.0) ** u,
    "exp({u}/2)*{v}": lambda u, v: scalar.exp(u / 2) * v,
    "ln({u}^2 + 0.5)": lambda u, _: scalar.log(u * u + 0.5),
    "sqrt({u}^2 + {v}^2 + 0.1)": lambda u, v: scalar.sqrt(u * u + v * v + 0.1),
    "tanh({u} + {v})": lambda u, v: scalar.tanh(u + v),
    "sig({u})": lambda u, _: scalar.sigmoid(u),
    "sig({u})*(1 - sig({u}))": lambda u, _: scalar.sigmoid(u) * (scalar.as_value(1.0) - scalar.sigmoid(u)),
    "relu({u}) - {v}": lambda u, v: scalar.relu(u) - v,
    "leaky({u}*{v})": lambda u, v: scalar.leaky_relu(u * v),
    "softplus({u})": lambda u, _: scalar.softplus(u),
    "step({u}) + {v}": lambda u, v: scalar.step(u) + v,
    "1/(1 + exp(-{u}))": lambda u, _: scalar.as_value(1.0) / (scalar.exp(-u) + 1),
    "tanh({u})^2*{v}": lambda u, v: scalar.tanh(u) ** 2 * v,
}
LARGEST = 8.0  # of a node at the start


@dataclass(frozen=True)
class RandomGraph:
    """A lesson, and its nodes as calculations: name, function, names of what it is of."""

    lesson: Lesson
    nodes: list[tuple[str, Calculation, tuple[str, ...]]]


@dataclass
class GraphRecord:
    """The numbers of one batch; `values` and `adjoints` by row, then by node."""

    loss: float
    values: list[list[float]]
    adjoints: list[list[float]]
    gradients: dict[str, float]
    updated: dict[str, float] = field(default_factory=dict)


def one_batch(graph: RandomGraph, rows: range, numbers: dict[str, float]) -> GraphRecord:
    """Forward and backward over some rows."""
    parameters = {name: Value(number) for name, number in numbers.items()}
    found = [_values(graph.nodes, dict(zip(graph.lesson.inputs, graph.lesson.table[row], strict=True)), parameters)
             for row in rows]
    total = sum((nodes[-1] for nodes in found), Value(0.0))
    loss = total * (1 / len(rows)) if graph.lesson.loss.is_mean else total
    loss.backward()
    return GraphRecord(loss.data, [[node.data for node in nodes] for nodes in found],
                       [[node.grad for node in nodes] for nodes in found],
                       {name: value.grad for name, value in parameters.items()})


def _values(nodes: list[tuple[str, Calculation, tuple[str, ...]]], row: dict[str, float],
            parameters: dict[str, Value]) -> list[Value]:
    known = {**{name: Value(number) for name, number in row.items()}, **parameters}
    for name, calculation, operands in nodes:
        known[name] = calculation(*(known[operand] for operand in operands))
    return [known[name] for name, _, _ in nodes]


def train(graph: RandomGraph, epochs: int) -> list[GraphRecord]:
    """Every batch of every epoch."""
    numbers, updates, records = dict(graph.lesson.start), updates_of(graph.lesson), []
    for _ in range(epochs):
        for rows in graph.lesson.batches:
            records.append(record := one_batch(graph, rows, numbers))
            record.updated = numbers = updates.move_all(numbers, record.gradients)
    return records


def _result(last: Value, *parameters: Value) -> Value:
    """What depends on every parameter."""
    return last + scalar.tanh(sum(parameters, Value(0.0))) ** 2


def random_graph(draw: random.Random) -> RandomGraph:
    """Of 3 to 40 nodes, over 1 to 16 rows of 0 to 2 columns and 1 to 4 parameters; later nodes are of late ones more
    often, and so that many are used more than once.
    """
    columns = ["x", "z"][:draw.randint(0, 2)]
    parameters = {name: draw.choice([-1, 1]) * draw.randint(1, 15) / 10 for name in "abcd"[:draw.randint(1, 4)]}
    rows = [[round(draw.uniform(-2, 2), 1) for _ in columns] for _ in range(draw.randint(1, 16) if columns else 1)]
    nodes: list[tuple[str, Calculation, tuple[str, ...]]] = []
    texts: list[str] = []
    for index in range(draw.randint(2, 39)):
        names = [*columns, *parameters, *(name for name, _, _ in nodes), *(name for name, _, _ in nodes[-4:])]
        while True:
            form, operands = draw.choice(list(FORMS)), (draw.choice(names), draw.choice(names))
            node = (f"n{index}", FORMS[form], operands)
            if all(abs(_values([*nodes, node], dict(zip(columns, row, strict=True)),
                               {name: Value(value) for name, value in parameters.items()})[-1].data) <= LARGEST
                   for row in rows):
                break
        nodes.append(node)
        texts.append(f"{node[0]} = {form.format(u=operands[0], v=operands[1])}")
    nodes.append(("L", _result, (nodes[-1][0], *parameters)))
    texts.append(f"L = {nodes[-2][0]} + tanh({' + '.join(parameters)})^2")
    return RandomGraph(_lesson(draw, columns, rows, parameters, texts), nodes)


def _lesson(draw: random.Random, columns: list[str], rows: list[list[float]], parameters: dict[str, float],
            texts: list[str]) -> Lesson:
    optimizer = OPTIMIZERS[draw.choice(list(OPTIMIZERS))]
    settings = "".join(f", {name} = {draw.choice(SETTINGS[name])}" for name in optimizer.settings)
    data = ["[data]", f"inputs = {columns}", "targets = []", f"rows = {rows}"] if columns else []
    return parse("\n".join([
        "format = 1", 'id = "graph"', 'title = "a random graph"', *data,
        "[graph]", f"nodes = {texts}", f'rows = "{draw.choice(["mean", "sum"])}"',
        "[parameters]", *(f"{name} = {value}" for name, value in parameters.items()),
        "[training]", f"learning_rate = {draw.choice([1e-3, 1e-4])}", f"batch = {draw.randint(1, len(rows))}",
        f'optimizer = {{ name = "{optimizer.name}"{settings} }}', f"weight_decay = {draw.choice([0, 0.1])}"]),
        "graph.toml")
