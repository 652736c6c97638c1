"""An independent check of the engine: reverse-mode automatic differentiation of single numbers, in plain Python.

It shares no code with the engine and works differently: it records every operation on every number and goes back
through the record, adding up what each number gets from all its uses.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


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

    def __truediv__(self, other: "Value | float") -> "Value":
        other = as_value(other)
        return Value(self.data / other.data, ((self, 1 / other.data), (other, -self.data / other.data ** 2)))

    def __pow__(self, other: "Value | float") -> "Value":
        """Of a negative number only by one that is not differentiated."""
        if not isinstance(other, Value):
            return self.apply(self.data ** other, other * self.data ** (other - 1) if other else 0.0)
        power = self.data ** other.data
        return Value(power, ((self, other.data * self.data ** (other.data - 1)), (other, power * math.log(self.data))))

    def __neg__(self) -> "Value":
        return self * -1.0

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


def exp(x: Value) -> Value:
    return x.apply(math.exp(x.data), math.exp(x.data))


def sqrt(x: Value) -> Value:
    return x.apply(math.sqrt(x.data), 0.5 / math.sqrt(x.data))


def softmax(z: list[Value]) -> list[Value]:
    most = max(each.data for each in z)
    powers = [exp(each - most) for each in z]
    total = sum(powers, Value(0.0))
    return [power / total for power in powers]


def term(loss: str, y: float, a: Value) -> Value:
    if loss == "cross_entropy":
        return log(a) * -y if y else Value(0.0)
    if loss != "bce":
        return (as_value(y) - a) * (as_value(y) - a) * (0.5 if loss.startswith("half") else 1.0)
    return (log(a) * y + log(as_value(1.0) - a) * (1 - y)) * -1.0


@dataclass
class Updates:
    """How parameters move, number by number, as PyTorch does it; those that are fixed don't."""

    learning_rate: float
    optimizer: str = "sgd"
    settings: dict[str, float] = field(default_factory=dict)
    decay: float = 0.0
    without_decay: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    count: int = 0
    kept: dict[str, tuple[float, float]] = field(default_factory=dict)  # a velocity; running means of g and g²

    def move(self, name: str, w: float, g: float) -> float:
        if name in self.fixed:
            return w
        decay, rate, own = 0.0 if name in self.without_decay else self.decay, self.learning_rate, self.settings
        if self.optimizer == "adamw":
            w -= rate * decay * w
        else:
            g += decay * w
        first, second = self.kept.get(name, (0.0, 0.0))
        if self.optimizer == "sgd":
            return w - rate * g
        if self.optimizer in ("momentum", "nesterov"):
            first = own["beta"] * first + g
            step = first if self.optimizer == "momentum" else g + own["beta"] * first
        elif self.optimizer == "rmsprop":
            first = own["alpha"] * first + (1 - own["alpha"]) * g * g
            step = g / (math.sqrt(first) + own["epsilon"])
        else:
            first = own["beta1"] * first + (1 - own["beta1"]) * g
            second = own["beta2"] * second + (1 - own["beta2"]) * g * g
            mean, square = first / (1 - own["beta1"] ** self.count), second / (1 - own["beta2"] ** self.count)
            step = mean / (math.sqrt(square) + own["epsilon"])
        self.kept[name] = first, second
        return w - rate * step

    def move_all(self, numbers: dict[str, float], gradients: dict[str, float]) -> dict[str, float]:
        self.count += 1
        return {name: self.move(name, w, gradients[name]) for name, w in numbers.items()}


@dataclass
class EpochRecord:
    """Of an epoch; or where it has several batches, of one of these."""

    parameters: dict[str, float]
    Z: list[dict[int, float]] = field(default_factory=list)
    A: list[dict[int, float]] = field(default_factory=list)
    row_losses: list[float] = field(default_factory=list)
    loss: float = 0.0
    gradients: dict[str, float] = field(default_factory=dict)
    updated: dict[str, float] = field(default_factory=dict)


def train(sizes: list[int], activations: list[str], loss: str, rows: list[list[float]], start: dict[str, float],
          learning_rate: float, epochs: int, batch: int = 0, updates: Updates | None = None,
          changes: Mapping[int, Mapping[str, float]] = MappingProxyType({})) -> list[EpochRecord]:
    """Every epoch's numbers, batch by batch. Units count from 1 through the layers; `start` names parameters as the
    lessons do: a layer without biases has none, and `b1` is the first hidden layer's where that is all it has. Before
    so many updates `changes` are made, of parameters or of the learning rate.
    """
    size, updates = batch or len(rows), updates or Updates(learning_rate)
    numbers, records = dict(start), []
    for _ in range(epochs):
        for first in range(0, len(rows), size):
            change = dict(changes.get(updates.count, {}))
            updates.learning_rate = change.pop("learning_rate", updates.learning_rate)
            numbers = {**numbers, **change}
            record = one_pass(sizes, activations, loss, rows[first:first + size], numbers)
            record.updated = numbers = updates.move_all(numbers, record.gradients)
            records.append(record)
    return records


def one_pass(sizes: list[int], activations: list[str], loss: str, rows: list[list[float]],
             numbers: dict[str, float]) -> EpochRecord:
    comma = "," if sum(sizes) > 9 else ""
    firsts = [1 + sum(sizes[:layer]) for layer in range(len(sizes))]
    is_shared = "b1" in numbers  # unit 1 is an input
    parameters = {name: Value(value) for name, value in numbers.items()}
    record, total = EpochRecord(dict(numbers)), Value(0.0)
    for row in rows:
        activation = {1 + i: Value(row[i]) for i in range(sizes[0])}
        net_input: dict[int, Value] = {}
        for layer in range(1, len(sizes)):
            units = range(firsts[layer], firsts[layer] + sizes[layer])
            for j in units:
                z = parameters.get(f"b{layer if is_shared else j}", Value(0.0))
                for i in range(firsts[layer - 1], firsts[layer]):
                    z = z + parameters[f"w{i}{comma}{j}"] * activation[i]
                net_input[j] = z
            if activations[layer - 1] == "softmax":
                activation |= dict(zip(units, softmax([net_input[j] for j in units]), strict=True))
            else:
                activation |= {j: FUNCTIONS[activations[layer - 1]](net_input[j]) for j in units}
        row_loss = Value(0.0)
        for k in range(sizes[-1]):
            row_loss = row_loss + term(loss, row[sizes[0] + k], activation[firsts[-1] + k])
        total = total + row_loss
        record.Z.append({j: z.data for j, z in net_input.items()})
        record.A.append({j: a.data for j, a in activation.items()})
        record.row_losses.append(row_loss.data)
    terms = len(rows) * (1 if loss == "cross_entropy" else sizes[-1])
    whole = total if loss.endswith("sse") else total * (1 / terms)
    whole.backward()
    record.loss = whole.data
    record.gradients = {name: value.grad for name, value in parameters.items()}
    return record
