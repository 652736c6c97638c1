"""A trace's CSV calculated again from its lines alone, as a spreadsheet would; nothing of the engine is used."""

import math
import re
from collections.abc import Callable, Iterator

Line = dict[str, str]
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "ReLU": lambda z: max(0.0, z), "leaky": lambda z: max(0.01 * z, z), "tanh": math.tanh, "": lambda z: z,
    "sig": lambda z: 1 / (1 + math.exp(-z)), "softplus": lambda z: math.log(1 + math.exp(z))}
SLOPES: dict[str, Callable[[float], float]] = {
    "ReLU": lambda z: float(z > 0), "leaky": lambda z: 1.0 if z > 0 else 0.01, "tanh": lambda z: 1 - math.tanh(z) ** 2,
    "": lambda _: 1.0, "sig": lambda z: FUNCTIONS["sig"](z) * (1 - FUNCTIONS["sig"](z)), "softplus": FUNCTIONS["sig"]}
LOSSES: dict[str, Callable[[float, float], float]] = {
    "mse": lambda y, a: (y - a) ** 2, "half_mse": lambda y, a: (y - a) ** 2 / 2,
    "bce": lambda y, a: -(y * math.log(a) + (1 - y) * math.log(1 - a))}
LOSS_SLOPES: dict[str, Callable[[float, float], float]] = {
    "mse": lambda y, a: -2 * (y - a), "half_mse": lambda y, a: a - y, "bce": lambda y, a: (1 - y) / (1 - a) - y / a}


class Epoch:
    """One epoch's lines: what is given, and what each of the others must come to."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.parameters = {line["name"]: float(line["value"]) for line in self.of("parameter")}
        (self.rate,) = (float(line["value"]) for line in self.of("learning_rate"))
        self.inputs, self.targets, self.Z, self.A, self.deltas = (
            {(line["row"], line["name"]): float(line["value"]) for line in self.of(kind)}
            for kind in ("input", "target", "net_input", "activation", "delta"))
        self.inputs_by_unit = dict(enumerate(dict.fromkeys(name for _, name in self.inputs), 1))
        self.ends = {name: ends_of(name) for name in self.parameters}
        outputs = {target for _, target in self.ends.values()} - {source for source, _ in self.ends.values()}
        targets = dict.fromkeys(name for _, name in self.targets)
        self.target_of = dict(zip(sorted(outputs), targets, strict=True))
        self.functions = {int(line["name"][1:]): re.sub(r"\W*Z\d+\)?$", "", line["formula"])
                          for line in self.of("activation")}
        row_loss, loss = (next(self.of(kind))["formula"] for kind in ("row_loss", "loss"))
        self.loss = "bce" if "ln" in row_loss else "half_mse" if "²/2" in row_loss else "mse"
        self.terms = int(found[1]) if (found := re.match(r"1/(\d+)·", loss)) else 1
        self.factors, self.paths, self.row_losses = list[float](), list[float](), list[float]()
        self.products, self.gradients = dict[str, list[float]](), dict[str, float]()

    def of(self, kind: str) -> Iterator[Line]:
        return (line for line in self.lines if line["kind"] == kind)

    def calculate(self) -> Iterator[tuple[Line, float, bool]]:
        """Each line, what it must come to, and whether to the last digit."""
        for line in self.lines:
            if line["step"]:
                expected = getattr(self, f"calculate_{line['kind']}")(line, float(line["value"]))
                yield line, expected, line["kind"] in ("product", "update")

    def calculate_net_input(self, line: Line, _: float) -> float:
        return sum(w * self.source_of(line, p) for p, w in self.parameters.items() if self.ends[p][1] == unit_of(line))

    def calculate_activation(self, line: Line, _: float) -> float:
        return FUNCTIONS[self.functions[unit_of(line)]](self.Z[line["row"], f"Z{unit_of(line)}"])

    def calculate_row_loss(self, line: Line, value: float) -> float:
        self.row_losses.append(value)
        return sum(LOSSES[self.loss](self.targets[line["row"], target], self.activation(line, unit))
                   for unit, target in self.target_of.items())

    def calculate_loss(self, *_: object) -> float:
        return sum(self.row_losses) / self.terms

    def calculate_delta(self, line: Line, _: float) -> float:
        unit = unit_of(line)
        if unit in self.target_of:
            return self.loss_slope(line, unit) * self.slope(line, unit)
        after = [(w, self.ends[p][1]) for p, w in self.parameters.items() if self.ends[p][0] == unit]
        return sum(w * self.deltas[line["row"], f"δ{target}"] for w, target in after) * self.slope(line, unit)

    def calculate_factor(self, line: Line, value: float) -> float:
        self.factors.append(value)
        of, by = line["name"].replace("∂", "").split("/")
        if of == "Loss":
            return self.loss_slope(line, int(by[1:]))
        if of[0] == "A":
            return self.slope(line, int(of[1:]))
        if by in self.parameters:
            return self.source_of(line, by)
        return next(w for p, w in self.parameters.items() if self.ends[p] == (int(by[1:]), int(of[1:])))

    def calculate_product(self, line: Line, value: float) -> float:
        """A path's factors multiplied, a row's paths added, or δ by what flows in."""
        parameter, (factors, paths) = line["parameter"], (self.factors, self.paths)
        (paths if line["path"] else self.products.setdefault(parameter, [])).append(value)
        if factors:
            self.factors = []
            return math.prod(factors)
        if paths:
            self.paths = []
            return sum(paths)
        return self.deltas[line["row"], f"δ{self.ends[parameter][1]}"] * self.source_of(line, parameter)

    def calculate_gradient(self, line: Line, value: float) -> float:
        self.gradients[line["parameter"]] = value
        return sum(self.products[line["parameter"]])

    def calculate_update(self, line: Line, _: float) -> float:
        return self.parameters[line["parameter"]] - self.rate * self.gradients[line["parameter"]]

    def activation(self, line: Line, unit: int) -> float:
        row = line["row"]
        return self.inputs[row, self.inputs_by_unit[unit]] if unit in self.inputs_by_unit else self.A[row, f"A{unit}"]

    def source_of(self, line: Line, parameter: str) -> float:
        """What a parameter is multiplied by."""
        unit = self.ends[parameter][0]
        return 1.0 if unit is None else self.activation(line, unit)

    def slope(self, line: Line, unit: int) -> float:
        return SLOPES[self.functions[unit]](self.Z[line["row"], f"Z{unit}"])

    def loss_slope(self, line: Line, unit: int) -> float:
        y = self.targets[line["row"], self.target_of[unit]]
        return LOSS_SLOPES[self.loss](y, self.activation(line, unit)) / self.terms


def unit_of(line: Line) -> int:
    return int(line["name"][1:])


def ends_of(parameter: str) -> tuple[int | None, int]:
    """The unit that a parameter comes from (None: a bias), and its own."""
    if parameter[0] == "b":
        return None, int(parameter[1:])
    source, target = parameter[1:].split(",") if "," in parameter else parameter[1:]
    return int(source), int(target)
