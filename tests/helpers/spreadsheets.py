"""A trace's CSV calculated again from its lines alone, as a spreadsheet would; nothing of the engine is used.

A line comes to what its formula says, with the numbers of the lines before it. Where the file has no line for a
derivative, as it has none of a δ form's last factors, the formula of the number is derived by a complex step.
"""

import cmath
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

Line = dict[str, str]
Number = complex | float
TINY = 1e-200  # a step in the imaginary direction: what comes back has no rounding of a difference in it
NAME = r"[^\W\d²³][^\W²³]*(?:,\d+)?′*"
TOKEN = re.compile(rf"∂{NAME}/∂{NAME}|(?:{NAME}²?|√)(?=\()|{NAME}")
SIGNS = str.maketrans({"·": "*", "−": "-", "^": "**", "²": "**2", "³": "**3", "[": "(", "]": ")"})


def sigmoid(z: Number) -> Number:
    return 1 / (1 + cmath.exp(-z))


FUNCTIONS: dict[str, Callable[[Number], Number]] = {
    "ReLU": lambda z: z if z.real > 0 else 0.0, "ReLU′": lambda z: float(z.real > 0),
    "step": lambda z: float(z.real > 0),
    "leaky": lambda z: z if z.real > 0 else 0.01 * z, "leaky′": lambda z: 1.0 if z.real > 0 else 0.01,
    "sig": sigmoid, "tanh": cmath.tanh, "tanh²": lambda z: cmath.tanh(z) ** 2, "ln": cmath.log, "exp": cmath.exp,
    "softplus": lambda z: cmath.log(1 + cmath.exp(z)), "√": cmath.sqrt}


def evaluate(formula: str, read: Callable[[str], Number]) -> Number:
    """What a formula comes to, its names read one by one."""
    pieces: dict[str, Callable[[Number], Number] | Number] = {}

    def place(found: re.Match[str]) -> str:
        is_function = formula[found.end():][:1] == "(" and found[0] in FUNCTIONS
        pieces[name := f"p{len(pieces)}"] = FUNCTIONS[found[0]] if is_function else read(found[0])
        return name
    code = TOKEN.sub(place, formula)
    code = re.sub(r"\)(?=\[)", ")*", code)  # sig(Z)[1−sig(Z)]
    return complex(eval(code.translate(SIGNS), pieces))  # of a file of our own


class Pass:
    """One batch's lines, worked through one after the other."""

    def __init__(self, given: Mapping[str, float], updates: int, before: Mapping[tuple[str, str], float]) -> None:
        """`given` is what is the same in every row; `before` are the optimizer's numbers of the update before, by
        parameter and name.
        """
        self.given, self.before = {**given, "t": float(updates), "e": math.e}, before
        self.rows: dict[str, dict[str, float]] = defaultdict(dict)
        self.formulas: dict[str, str] = {}
        self.row_losses: dict[str, float] = {}
        self.share, self.term = 1.0, ""  # of the Loss, by which a row's counts, and what of a row that is
        self.products: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        self.moments: dict[tuple[str, str], float] = {}
        self.gradients: dict[str, float] = {}

    def expect(self, line: Line) -> float:
        """What a line must come to."""
        found: Number = getattr(self, f"_{line['kind']}", self._formula)(line)
        return float(found.real)

    def note(self, line: Line) -> None:
        """A line's own number is what is gone on with."""
        kind, name, row, value = line["kind"], line["name"], line["row"], float(line["value"])
        if kind in ("value", "net_input", "activation", "row_loss"):
            self.formulas[name] = line["formula"]
        if kind == "row_loss":
            self.row_losses[row], self.term = value, line["formula"]
        elif kind == "product":
            self.products[line["parameter"], row][line["path"]] = value
        elif kind == "gradient":
            self.gradients[line["parameter"]] = self.given[name] = value
        elif kind == "moment":
            self.moments[line["parameter"], name] = value
        elif row:
            self.rows[row][name] = value

    def _formula(self, line: Line) -> Number:
        return evaluate(line["formula"], lambda name: self._read(name, line))

    def _read(self, name: str, line: Line) -> Number:
        """A name's number, where a line stands."""
        row, parameter = line["row"], line["parameter"]
        if name.endswith("_old"):
            return self.before.get((parameter, name.removesuffix("_old")), 0.0)
        for numbers in (self.rows[row], self.given):
            if name in numbers:
                return numbers[name]
        if (parameter, name) in self.moments:
            return self.moments[parameter, name]
        assert "/" in name, (name, line)
        of, by = name.removesuffix(" (direct)").replace("∂", "").split("/")
        delta = f"δ{by[1:]}"
        return self.rows[row][delta] if delta in self.rows[row] and of == "Loss" else self._derive(of, by, row)

    def _derive(self, of: str, by: str, row: str) -> Number:
        known = {**self.given, **self.rows[row]}
        known[by] += complex(0, TINY)
        share, formula = (1.0, self.formulas[of]) if of in self.formulas else (self.share, self.term)
        return share * evaluate(formula, known.__getitem__).imag / TINY

    def _loss(self, line: Line) -> Number:
        found = re.fullmatch(r"(?:1/(\d+)·)?(?:Σ )?(.+)", line["formula"])
        assert found
        self.share = 1 / int(found[1] or 1)
        if not self.row_losses:
            self.term = found[2]
        terms = self.row_losses or {row: numbers[self.term] for row, numbers in self.rows.items()
                                    if self.term in numbers}
        return sum(terms.values()) * self.share

    def _product(self, line: Line) -> Number:
        found = self.products[line["parameter"], line["row"]]
        if found and not line["path"]:
            return sum(found.values())
        return math.prod(self._read(name, line).real for name in line["formula"].split("·"))

    def _gradient(self, line: Line) -> Number:
        return sum(products[""] for (parameter, _), products in self.products.items()
                   if parameter == line["parameter"])


def calculate(lines: Iterable[Line]) -> Iterator[tuple[Line, float, bool]]:
    """Each line of a file that is calculated, what it must come to, and whether to the last digit: so it is where
    numbers of the file are only multiplied, or added in the order that they stand in. A formula that leaves something
    out is not checked.
    """
    given, data = dict[str, float](), defaultdict[str, dict[str, float]](dict)
    work, updates, updated = Pass({}, 0, {}), 0, dict[str, float]()
    has_begun = False
    for line in lines:
        kind, name = line["kind"], line["name"]
        if not line["step"]:
            has_begun = False
            if kind == "parameter" and name in updated:
                yield line, updated[name], True
            (data[line["row"]] if line["row"] else given)[name] = float(line["value"])
            continue
        if not has_begun:
            has_begun, updates = True, updates + 1
            work = Pass(given, updates, work.moments)
            for row, columns in data.items():
                work.rows[row].update(columns)
        if "…" not in line["formula"]:
            yield line, work.expect(line), kind == "product"
        work.note(line)
        if kind == "update":
            updated[line["parameter"]] = float(line["value"])
