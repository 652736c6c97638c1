"""A network worked out by hand, number by number, with a misconception in it: plain Python that shares no code with the
engine, but for the lesson that it reads. A misconception is made of one factor in every row, all else right.
"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from engine.lesson.lesson import Lesson

Key = tuple[str, int, int]  # a factor: its kind, the unit that it is of, and by; of a parameter its source, 0 a bias's


def _sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sigmoid": _sigmoid, "tanh": math.tanh, "linear": lambda z: z, "relu": lambda z: max(z, 0.0),
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z, "step": lambda z: float(z > 0),
    "softplus": lambda z: math.log1p(math.exp(z))}
SLOPES: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda z: _sigmoid(z) * (1 - _sigmoid(z)), "tanh": lambda z: 1 - math.tanh(z) ** 2,
    "linear": lambda _: 1.0, "relu": lambda z: float(z > 0), "leaky_relu": lambda z: 1.0 if z > 0 else 0.01,
    "step": lambda _: 0.0, "softplus": _sigmoid}


class Misconception(NamedTuple):
    """A wrong rule, the name of the factor that it is made of, and what it gives there in each row."""

    mistake: str
    where: str
    key: Key
    value: Callable[[int], float]


class Hand:
    """The first epoch of a network without batches, in plain gradient descent."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson, self.sizes = lesson, list(lesson.network.sizes)
        self.activations = [f.name for f in lesson.network.activations]
        self.loss, self.numbers, self.rate = lesson.loss.name, dict(lesson.start), lesson.learning_rate
        self.table = [list(map(float, row)) for row in lesson.table]
        firsts = [1 + sum(self.sizes[:layer]) for layer in range(len(self.sizes))]
        self.layers = [list(range(first, first + size)) for first, size in zip(firsts, self.sizes, strict=True)]
        self.comma = "," if sum(self.sizes) > 9 else ""
        self.layer_of = {unit: layer for layer, units in enumerate(self.layers) for unit in units}
        terms = len(self.table) * (1 if self.loss == "cross_entropy" else self.sizes[-1])
        self.count = 1 if self.loss.endswith("sse") else terms
        self.Z, self.A = zip(*map(self._forward, self.table), strict=True)

    def name(self, i: int, j: int) -> str:
        """Of the weight from a unit to another; from 0, of a bias."""
        return f"w{i}{self.comma}{j}" if i else f"b{j}"

    def w(self, i: int, j: int) -> float:
        return self.numbers.get(self.name(i, j), 0.0)

    def _forward(self, row: list[float]) -> tuple[dict[int, float], dict[int, float]]:
        Z, A = dict[int, float](), dict(zip(self.layers[0], row, strict=False))
        for layer, units in enumerate(self.layers[1:], 1):
            for j in units:
                Z[j] = sum(self.w(i, j) * A[i] for i in self.layers[layer - 1]) + self.w(0, j)
            if self.activations[layer - 1] == "softmax":
                total = sum(math.exp(Z[j]) for j in units)
                A |= {j: math.exp(Z[j]) / total for j in units}
            else:
                A |= {j: FUNCTIONS[self.activations[layer - 1]](Z[j]) for j in units}
        return Z, A

    def y(self, k: int, row: int) -> float:
        return self.table[row][self.sizes[0] + self.layers[-1].index(k)]

    def slope(self, j: int, row: int) -> float:
        name = self.activations[self.layer_of[j] - 1]
        return self.A[row][j] * (1 - self.A[row][j]) if name == "softmax" else SLOPES[name](self.Z[row][j])

    def factor(self, key: Key, row: int) -> float:
        """The right one."""
        kind, of, by = key
        A = self.A[row]
        if kind == "loss_slope":
            y = self.y(of, row)
            if self.loss in ("bce", "cross_entropy"):
                return (((1 - y) / (1 - A[of]) if self.loss == "bce" else 0.0) - y / A[of]) / self.count
            return -(1 if self.loss.startswith("half") else 2) * (y - A[of]) / self.count
        if kind == "slope":
            return self.slope(of, row)
        if kind == "cross_slope":
            return -A[of] * A[by]
        if kind == "weight":
            return self.w(by, of)
        return A[by] if kind == "input" else 1.0

    def factor_name(self, key: Key) -> str:
        """As the tutor calls it."""
        kind, of, by = key
        return {"loss_slope": f"∂Loss/∂A{of}", "weight": f"∂Z{of}/∂A{by}"}.get(kind) or (
            f"∂A{of}/∂Z{by}" if "slope" in kind else f"∂Z{of}/∂{self.name(by, of)}")

    def paths(self, i: int, j: int) -> list[list[Key]]:
        """From the Loss back to a parameter, the ways through later outputs behind those through earlier ones."""
        last = [("bias" if i == 0 else "input", j, i)]
        return [[*path, *last] for path in self._paths_to(j)]

    def _paths_to(self, j: int) -> list[list[Key]]:
        """To a unit's Z."""
        if self.layer_of[j] == len(self.layers) - 1:
            outputs = self.layers[-1] if self.activations[-1] == "softmax" else [j]
            return [[("loss_slope", k, k), ("slope" if k == j else "cross_slope", k, j)] for k in outputs]
        after = self.layers[self.layer_of[j] + 1]
        return [[*path, ("weight", k, j), ("slope", j, j)] for k in after for path in self._paths_to(k)]

    def row_product(self, i: int, j: int, row: int, wrong: Misconception | None = None) -> float:
        """What a row adds to a gradient, over all paths."""
        return sum(self.path_product(path, row, wrong) for path in self.paths(i, j))

    def path_product(self, path: list[Key], row: int, wrong: Misconception | None = None) -> float:
        return math.prod(wrong.value(row) if wrong and wrong.key == key else self.factor(key, row) for key in path)

    def gradient(self, i: int, j: int, wrong: Misconception | None = None) -> float:
        return sum(self.row_product(i, j, row, wrong) for row in range(len(self.table)))

    def updated(self, i: int, j: int, wrong: Misconception | None = None) -> float:
        return self.w(i, j) - self.rate * self.gradient(i, j, wrong)

    def delta(self, j: int, row: int, wrong: Misconception | None = None) -> float:
        """∂Loss/∂Z of a unit, by way of those after it."""
        if wrong and wrong.key == ("delta", j, j):
            return wrong.value(row)
        if self.layer_of[j] == len(self.layers) - 1:
            return sum(self.path_product(path, row) for path in self._paths_to(j))
        return self.slope(j, row) * sum(self.w(j, k) * self.delta(k, row, wrong) for k in self._after(j))

    def _after(self, j: int) -> list[int]:
        return self.layers[self.layer_of[j] + 1]

    def gradient_by_delta(self, i: int, j: int, wrong: Misconception | None = None) -> float:
        return sum(self.product_by_delta(i, j, row, wrong) for row in range(len(self.table)))

    def product_by_delta(self, i: int, j: int, row: int, wrong: Misconception | None = None) -> float:
        return self.delta(j, row, wrong) * (self.A[row][i] if i else 1.0)

    def delta_misconceptions(self, j: int) -> Iterator[Misconception]:
        """Of the δ of a unit and of those after it."""
        for unit in [j, *(unit for layer in self.layers[self.layer_of[j] + 1:] for unit in layer)]:
            for mistake, value in self._delta_rules(unit):
                yield Misconception(mistake, f"δ{unit}", ("delta", unit, unit), value)

    def _delta_rules(self, j: int) -> Iterator[tuple[str, Callable[[int], float]]]:
        yield "delta-sign", lambda row: -self.delta(j, row)
        if self.layer_of[j] == len(self.layers) - 1:
            if self.activations[-1] != "softmax":
                yield "delta-without-derivative", lambda row: self.factor(("loss_slope", j, j), row)
            return
        after, layer = self._after(j), self.layers[self.layer_of[j]]
        yield "delta-without-derivative", lambda row: sum(self.w(j, k) * self.delta(k, row) for k in after)
        if len(after) > 1:
            for out in after:
                yield "delta-sum-incomplete", lambda row, out=out: self.slope(j, row) * sum(  # type: ignore[misc]
                    self.w(j, k) * self.delta(k, row) for k in after if k != out)
        if len(after) == len(layer) > 1:
            own = after[layer.index(j)]
            yield "weights-transposed", lambda row: self.slope(j, row) * sum(
                self.w(i, own) * self.delta(k, row) for i, k in zip(layer, after, strict=True))
        if len(layer) > 1 and all(sum(self.w(i, k) for i in layer) for k in after):
            yield "error-shared", lambda row: self.slope(j, row) * sum(
                self.delta(k, row) * self.w(j, k) / sum(self.w(i, k) for i in layer) for k in after)

    def misconceptions(self, i: int, j: int) -> Iterator[Misconception]:
        """Of every factor in the chain of a parameter."""
        for key in dict.fromkeys(key for path in self.paths(i, j) for key in path):
            for mistake, value in self._rules(key, (i, j)):
                yield Misconception(mistake, self.factor_name(key), key, value)

    def _rules(self, key: Key, asked: tuple[int, int]) -> Iterator[tuple[str, Callable[[int], float]]]:
        """The wrong rules for a factor, each with what it gives in a row."""
        A, Z = (lambda unit: lambda row: self.A[row][unit]), (lambda unit: lambda row: self.Z[row][unit])
        kind, of, by = key
        right = lambda row: self.factor(key, row)  # noqa: E731
        if kind == "loss_slope":
            yield from self._loss_slope_rules(of, right)
        elif kind == "slope":
            yield from self._slope_rules(of, right, A(of), Z(of))
        elif kind == "cross_slope":
            yield "cross-sign", lambda row: -right(row)
            yield "cross-ignored", lambda _: 0.0
            yield "own-share-for-other", lambda row: self.A[row][of] * (1 - self.A[row][of])
            yield "cross-mixed", lambda row: self.A[row][of] * (1 - self.A[row][by])
        elif kind == "weight":
            new = self.updated(by, of)
            before = self.layers[self.layer_of[by]]
            yield "activation-for-weight", A(by)
            yield "updated-weight", lambda _: new
            yield "weights-summed", lambda _: sum(self.w(i, of) for i in before)
            yield "own-weight", lambda _: self.w(*asked)
            yield "weight-skipped", lambda _: 1.0
            if self.w(by, of) < 0:
                yield "weight-sign-dropped", lambda _: -self.w(by, of)
            yield from (("other-path-weight", lambda _, i=i: self.w(i, of)) for i in before if i != by)  # type: ignore[misc]
        elif kind == "input":
            yield "weight-for-input", lambda _: self.w(by, of)
            yield "input-skipped", lambda _: 1.0
            others = [i for i in self.layers[self.layer_of[by]] if i != by]
            yield from (("other-input", A(i)) for i in others)
            if self.layer_of[by]:
                yield "net-input-for-input", Z(by)
        elif kind == "bias":
            yield "bias-zero", lambda _: 0.0
            yield "bias-value", lambda _: self.w(0, of)

    def _loss_slope_rules(self, k: int, right: Callable[[int], float],
                          ) -> Iterator[tuple[str, Callable[[int], float]]]:
        n = self.count
        error = lambda row: self.y(k, row) - self.A[row][k]  # noqa: E731
        if self.loss == "cross_entropy":
            yield "entropy-slope-sign", lambda row: -right(row)
            yield "target-forgotten", lambda row: -1 / self.A[row][k] / n
            yield "delta-for-loss-slope", lambda row: -error(row) / n
            if n > 1:
                yield "entropy-count-forgotten", lambda row: right(row) * n
            return
        yield "residual-sign", lambda row: -right(row)
        if self.loss == "bce":
            return
        half = 0.5 if self.loss.startswith("half") else 1.0
        yield "two-forgotten", lambda row: -half * error(row) / n
        yield "square-kept", lambda row: half * error(row) ** 2 / n
        yield "target-missing", lambda row: 2 * half * self.A[row][k] / n
        if len(self.table) > 1:
            yield "rows-summed-early", lambda _: -2 * half * sum(map(error, range(len(self.table)))) / n
        if n > 1:
            yield "n-forgotten", lambda row: right(row) * n
            yield "two-and-n-forgotten", lambda row: right(row) * n / 2
        if half < 1:
            yield "two-kept", lambda row: 2 * right(row)

    def _slope_rules(self, j: int, right: Callable[[int], float], A: Callable[[int], float],
                     Z: Callable[[int], float]) -> Iterator[tuple[str, Callable[[int], float]]]:
        f = self.activations[self.layer_of[j] - 1]
        yield "activation-for-derivative", A
        yield "derivative-sign", lambda row: -right(row)
        yield "derivative-skipped", lambda _: 1.0
        yield "net-input-for-derivative", Z
        if f != "softmax":
            yield "derivative-at-A", lambda row: SLOPES[f](A(row))
        if f == "sigmoid":
            yield "one-minus-only", lambda row: 1 - A(row)
            yield "derivative-of-Z-product", lambda row: Z(row) * (1 - Z(row))
        if f == "softmax":
            yield "one-minus-share", lambda row: 1 - A(row)
            yield "other-share-for-own", lambda row: -A(row) ** 2
        if f == "relu":
            yield "derivative-flipped", lambda row: 1 - right(row)
        if f == "tanh":
            yield "net-input-in-derivative", lambda row: 1 - Z(row) ** 2
            yield "derivative-plus", lambda row: 1 + A(row) ** 2
            yield "one-forgotten", lambda row: A(row) ** 2
            yield "one-forgotten", lambda row: -A(row) ** 2
        if f in ("sigmoid", "tanh"):
            yield "times-activation", lambda row: A(row) * right(row)
            yield "times-net-input", lambda row: Z(row) * right(row)
        for other in self.layers[self.layer_of[j]]:
            if other != j:
                yield "other-units-derivative", lambda row, other=other: self.slope(other, row)  # type: ignore[misc]
