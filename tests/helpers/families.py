"""Random lessons of every kind of network and of training, and the same networks written down as formulas."""

import random
from dataclasses import replace
from itertools import chain

from engine.graph.activations import ACTIVATIONS
from engine.graph.expression import parse as parse_formula
from engine.graph.formulas import Formulas, NamedFormula
from engine.graph.losses import MEAN_OF_RESULTS, SUM_OF_RESULTS
from engine.graph.network import Network, Unit
from engine.graph.optimizers import OPTIMIZERS
from engine.lesson.lesson import Lesson, parse
from lessons import UNIT_BY_UNIT, losses_with, toml
from scalar_autograd import EpochRecord, Updates, train

BIASES = ("true", "false", '"layer"')
SETTINGS = {"beta": (0.5, 0.9), "alpha": (0.9, 0.99), "beta1": (0.8, 0.9), "beta2": (0.9, 0.999),
            "epsilon": (1e-2, 1e-3)}  # a smaller one makes much of a gradient that is 0 but for rounding


def any_family(draw: random.Random, bias: str = "", optimizer: str = "", output: str = "", loss: str = "") -> Lesson:
    """Of 0 to 2 hidden layers; what is not given is drawn."""
    output = output or draw.choice([*UNIT_BY_UNIT, "softmax"])
    sizes = [draw.randint(1, 3), *(draw.randint(1, 4) for _ in range(draw.randint(0, 2))),
             draw.randint(2 if output == "softmax" else 1, 3)]
    activations = [*(draw.choice(UNIT_BY_UNIT) for _ in sizes[2:]), output]
    loss = loss or draw.choice([loss.name for loss in losses_with(output) if loss.is_mean])
    rows = [[*(round(draw.uniform(-2, 2), 1) for _ in range(sizes[0])), *_targets(draw, sizes[-1], output)]
            for _ in range(draw.randint(1, 7))]
    chosen = OPTIMIZERS[optimizer or draw.choice(list(OPTIMIZERS))]
    settings = "".join(f", {name} = {draw.choice(SETTINGS[name])}" for name in chosen.settings)
    training = [f"batch = {draw.randint(1, len(rows))}", f'optimizer = {{ name = "{chosen.name}"{settings} }}',
                f"weight_decay = {draw.choice([0, 0.01, 0.3])}"]
    lesson = parse(toml(sizes, activations, loss, rows, draw.randint(0, 10**6), draw.choice([0.05, 0.02]),
                        bias=bias or draw.choice(BIASES), training="\n".join(training)), "family.toml")
    fixed = [name for name in lesson.start if draw.random() < draw.choice([0, 0.2])]
    return replace(lesson, order=tuple(parameter for parameter in lesson.order if parameter.name not in fixed))


def _targets(draw: random.Random, count: int, output: str) -> list[float]:
    if output != "softmax":
        return [draw.choice([0.0, 1.0, 0.5]) for _ in range(count)]
    place = draw.randrange(count)
    return [float(index == place) for index in range(count)] if count < 3 or draw.random() < 0.7 else [0.25, 0.25, 0.5]


def updates_of(lesson: Lesson) -> Updates:
    """The independent calculation's."""
    parameters = lesson.model.parameters
    return Updates(lesson.learning_rate, lesson.optimizer.name, dict(lesson.settings), lesson.weight_decay,
                   tuple(name for name, parameter in parameters.items() if not lesson.decays(parameter)),
                   tuple(name for name, parameter in parameters.items() if parameter not in lesson.order))


def records_of(lesson: Lesson, epochs: int, changes: dict[int, dict[str, float]] | None = None) -> list[EpochRecord]:
    """What the independent calculation says of a network, batch by batch; `changes` come before so many updates."""
    return train(list(lesson.network.sizes), [f.name for f in lesson.network.activations], lesson.loss.name,
                 [list(row) for row in lesson.table], lesson.start, lesson.learning_rate, epochs, lesson.batch,
                 updates_of(lesson), changes or {})


def as_formulas(lesson: Lesson) -> Lesson:
    """The same lesson, its network as nodes: Z and A of every unit, and R, the row's loss."""
    network = lesson.network
    texts = {}
    for layer in network.layers[1:]:
        texts |= {f"Z{unit.number}": _net_input(network, unit) for unit in layer}
        texts |= {f"A{unit.number}": _activation(lesson, unit) for unit in layer}
    divisor = len(lesson.targets) if lesson.loss.is_mean and not lesson.loss.is_per_row else 1
    texts["R"] = f"({' + '.join(_term(lesson, unit) for unit in network.layers[-1])})/{divisor}"
    columns = (*(f"A{unit.number}" for unit in network.layers[0]), *(f"y{unit.number}" for unit in network.layers[-1]))
    nodes = tuple(NamedFormula(name, parse_formula(text).root) for name, text in texts.items())
    model = Formulas(columns, tuple(network.parameters), nodes, "R", lesson.loss.is_mean)
    return replace(lesson, model=model, order=tuple(model.parameters[parameter.name] for parameter in lesson.order),
                   loss=MEAN_OF_RESULTS if lesson.loss.is_mean else SUM_OF_RESULTS)


def _net_input(network: Network, unit: Unit) -> str:
    return " + ".join(
        name if parameter.source is None else f"{name}*A{network.layers[unit.layer - 1][parameter.source].number}"
        for name, parameter in network.parameters.items() if parameter.layer == unit.layer and
        (parameter.target == unit.index or (parameter.source is None and network.bias == "layer")))


def _activation(lesson: Lesson, unit: Unit) -> str:
    f = lesson.network.activations[unit.layer - 1]
    if f.takes_layer:
        return f"exp(Z{unit.number})/({' + '.join(f'exp(Z{other.number})' for other in lesson.network.layers[-1])})"
    return f"{f.spellings[0]}(Z{unit.number})" if f.spellings else f"Z{unit.number}"


def _term(lesson: Lesson, unit: Unit) -> str:
    y, A = f"y{unit.number}", f"A{unit.number}"
    return {"bce": f"(-({y}*ln({A}) + (1-{y})*ln(1-{A})))", "cross_entropy": f"(-{y}*ln({A}))"}.get(
        lesson.loss.name, f"({y}-{A})^2" + "/2" * lesson.loss.is_half)


ALL_FAMILIES = list(chain(
    ((bias, optimizer, "", "") for bias in BIASES for optimizer in OPTIMIZERS),
    (("", "", output, loss.name) for output in ACTIVATIONS for loss in losses_with(output) if loss.is_mean)))
