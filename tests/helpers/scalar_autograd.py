"""An independent check of the engine: reverse-mode automatic differentiation of single numbers, in plain Python.

It shares no code with the engine and works differently: it records every operation on every number and goes back
through the record, adding up what each number gets from all its uses.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(eq=False)
class Value:
    data: float
    parents: tuple[tuple["Value", float], ...] = ()  # each with ∂self/∂parent
    grad: float = 0.0

    def __add__(self, other: "Value | float") -> "Value":
        other = as_value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other: "Value | float") -> "Value":
        other = as_value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __sub__(self, other: "Value | float") -> "Value":
        return self + as_value(other) * -1.0

    def apply(self, value: float, slope: float) -> "Value":
        return Value(value, ((self, slope),))

    def backward(self) -> None:
        order: list[Value] = []
        seen: set[int] = set()

        def visit(node: Value) -> None:
            if id(node) not in seen:
                seen.add(id(node))
                for parent, _ in node.parents:
                    visit(parent)
                order.append(node)
        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in node.parents:
                parent.grad += slope * node.grad


def as_value(x: "Value | float") -> Value:
    return x if isinstance(x, Value) else Value(x)


ZERO = 1e-12  # a Z up to this is 0 but for rounding: by hand it is 0, and so is ReLU′


def relu(z: Value) -> Value:
    return z.apply(z.data if z.data > 0 else 0.0, 1.0 if z.data > ZERO else 0.0)


def leaky_relu(z: Value) -> Value:
    return z.apply(z.data if z.data > 0 else 0.01 * z.data, 1.0 if z.data > ZERO else 0.01)


def sigmoid(z: Value) -> Value:
    s = 1 / (1 + math.exp(-z.data))
    return z.apply(s, s * (1 - s))


def tanh(z: Value) -> Value:
    t = math.tanh(z.data)
    return z.apply(t, 1 - t * t)


def softplus(z: Value) -> Value:
    small = math.exp(-abs(z.data))
    return z.apply(max(z.data, 0.0) + math.log1p(small), (1.0 if z.data > 0 else small) / (1 + small))


def step(z: Value) -> Value:
    return z.apply(1.0 if z.data > ZERO else 0.0, 0.0)


def linear(z: Value) -> Value:
    return z


FUNCTIONS: dict[str, Callable[[Value], Value]] = {
    "relu": relu, "leaky_relu": leaky_relu, "sigmoid": sigmoid, "tanh": tanh, "linear": linear,
    "softplus": softplus, "step": step}


def one_number(activation: str, z: float) -> float:
    return FUNCTIONS[activation](Value(z)).data


def slope_of_one_number(activation: str, z: float) -> float:
    point = Value(z)
    FUNCTIONS[activation](point).backward()
    return point.grad


def log(x: Value) -> Value:
    return x.apply(math.log(x.data), 1 / x.data)


def term(loss: str, y: float, a: Value) -> Value:
    if loss != "bce":
        return (as_value(y) - a) * (as_value(y) - a) * (0.5 if loss.startswith("half") else 1.0)
    return (log(a) * y + log(as_value(1.0) - a) * (1 - y)) * -1.0


@dataclass
class EpochRecord:
    parameters: dict[str, float]
    Z: list[dict[int, float]] = field(default_factory=list)
    A: list[dict[int, float]] = field(default_factory=list)
    row_losses: list[float] = field(default_factory=list)
    loss: float = 0.0
    gradients: dict[str, float] = field(default_factory=dict)


def train(sizes: list[int], activations: list[str], loss: str, rows: list[list[float]], start: dict[str, float],
          learning_rate: float, epochs: int) -> list[EpochRecord]:
    """Every epoch's numbers. Units count from 1 through the layers; `start` names parameters as the lessons do."""
    comma = "," if sum(sizes) > 9 else ""
    firsts = [1 + sum(sizes[:layer]) for layer in range(len(sizes))]
    numbers, records = dict(start), []
    for _ in range(epochs):
        parameters = {name: Value(value) for name, value in numbers.items()}
        record, total = EpochRecord(dict(numbers)), Value(0.0)
        for row in rows:
            activation = {1 + i: Value(row[i]) for i in range(sizes[0])}
            net_input: dict[int, Value] = {}
            for layer in range(1, len(sizes)):
                for j in range(firsts[layer], firsts[layer] + sizes[layer]):
                    z = parameters[f"b{j}"]
                    for i in range(firsts[layer - 1], firsts[layer]):
                        z = z + parameters[f"w{i}{comma}{j}"] * activation[i]
                    net_input[j], activation[j] = z, FUNCTIONS[activations[layer - 1]](z)
            row_loss = Value(0.0)
            for k in range(sizes[-1]):
                row_loss = row_loss + term(loss, row[sizes[0] + k], activation[firsts[-1] + k])
            total = total + row_loss
            record.Z.append({j: z.data for j, z in net_input.items()})
            record.A.append({j: a.data for j, a in activation.items()})
            record.row_losses.append(row_loss.data)
        whole = total if loss.endswith("sse") else total * (1 / (len(rows) * sizes[-1]))
        whole.backward()
        record.loss = whole.data
        record.gradients = {name: value.grad for name, value in parameters.items()}
        records.append(record)
        numbers = {name: value.data - learning_rate * value.grad for name, value in parameters.items()}
    return records
