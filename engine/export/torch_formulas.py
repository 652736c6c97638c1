"""Formulas as Python writes them with PyTorch: from what was read of them, never from their text."""

import math
from collections.abc import Mapping

from engine.graph.activations import ACTIVATIONS, LEAKY_RELU, RELU, SIGMOID, SOFTPLUS, TANH, Activation
from engine.graph.expression import LARGER, Part, parse
from engine.graph.functions import PRIME, known_functions
from engine.graph.parts import any_part, names_in, with_constants

SUM, PRODUCT, SIGN, POWER, ATOM = range(5)  # how strongly a part is held together, for Python
STRENGTHS = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "negative": SIGN, "^": POWER}
LARGEST_WHOLE = 1e6  # that is written without a point
TENSORS = ("name", "call", "^", LARGER)  # what is one, and makes all that it stands in one

FUNCTIONS: Mapping[str, str] = {  # of PyTorch, by the calculator's name; others are defined by their formulas
    "exp": "torch.exp({})", "ln": "torch.log({})", "sqrt": "torch.sqrt({})",
    RELU.spellings[0]: "torch.relu({})", LEAKY_RELU.spellings[0]: "nn.functional.leaky_relu({}, 0.01)",
    SIGMOID.spellings[0]: "torch.sigmoid({})", TANH.spellings[0]: "torch.tanh({})",
    SOFTPLUS.spellings[0]: "nn.functional.softplus({}, threshold=40)",  # exact in double precision, as 20 is not
}
AT_CORNER = "at_corner"
DEFINITIONS: Mapping[str, str] = {
    AT_CORNER: '''\
def at_corner(z):
    """z, but 0 where it is so but for rounding: there is a corner, and each program rounds in its own way."""
    return z - torch.where(z.abs() <= 1e-12, z, 0.0).detach()
''',
    "step": '''\
def step(z):
    """1 where z is above 0, else 0; its slope is 0 everywhere."""
    return torch.where(z > 0, 1.0, 0.0) + 0 * z
''',
}
SLOPES_WITH_A_CORNER: Mapping[str, str] = {  # whose derivatives the calculator knows by their names alone
    RELU.spellings[0]: "step(z)", LEAKY_RELU.spellings[0]: "0.01 + 0.99·step(z)"}


def python_name(name: str) -> str:
    """What a function of the calculator is called where it must be defined."""
    return name.replace(PRIME, "_prime")


class TorchFormulas:
    """Writes formulas, and knows which functions these need."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """`names` are Python's, by the lesson's."""
        self._names = names
        self._definitions: dict[str, str] = {}

    @property
    def definitions_in_full(self) -> str:
        """The functions that are needed and PyTorch does not have, each behind those that it needs itself."""
        return "".join(f"\n\n{text}" for text in self._definitions.values())

    def write(self, part: Part) -> str:
        """A formula whose value is a tensor, also where there is no name in it."""
        text = self._write(part, is_constant=not names_in(part))
        return text if _is_tensor(part) else f"torch.tensor({text})"

    def apply(self, f: Activation, Z: str, is_at_corner: bool) -> str:
        """An activation of a tensor; `is_at_corner` where it may be 0 but for rounding."""
        Z = self.call(AT_CORNER, Z) if is_at_corner and f.has_corner else Z
        return self.call(f.spellings[0], Z) if f.spellings else Z

    def call(self, name: str, argument: str) -> str:
        """A function, or its derivative, of something that is written already."""
        if name in FUNCTIONS:
            return FUNCTIONS[name].format(argument)
        if name not in self._definitions:
            self._definitions[name] = self._define(name)
        return f"{python_name(name)}({argument})"

    def _define(self, name: str) -> str:
        """A function that PyTorch does not have by itself."""
        if name in DEFINITIONS:
            return DEFINITIONS[name]
        inner, base = TorchFormulas({"z": "z", "a": "a"}), name.removesuffix(PRIME)
        if base == name:
            formula = next(f.numbers for f in ACTIVATIONS.values() if name in f.spellings)
        else:
            formula = SLOPES_WITH_A_CORNER.get(base) or known_functions()[base].derivative
        root = with_constants(parse(formula.format(Z="z", A="a")).root, ())
        value = f"    a = {inner.call(base, 'z')}\n" if "a" in names_in(root) else ""
        result = inner.write(root) + " + 0 * z" * (not names_in(root))
        self._definitions |= inner._definitions
        return f"def {python_name(name)}(z):\n{value}    return {result}\n"

    def _write(self, part: Part, is_constant: bool) -> str:
        match part.operation:
            case "number":
                return f"math.{part.name}" if part.name else _number(part.value, is_constant)
            case "name":
                return self._names[part.name]
            case "call":
                return self._call(part)
            case "negative":
                return f"-{self._operand(part.parts[0], SIGN, is_constant)}"
            case "^":
                return self._power(*part.parts)
            case operation if operation == LARGER:
                return f"torch.maximum({', '.join(map(self.write, part.parts))})"
        left, right = part.parts
        own = STRENGTHS[part.operation]
        return (f"{self._operand(left, own, is_constant)} {part.operation} "
                f"{self._operand(right, own + 1, is_constant, is_first=False)}")

    def _call(self, part: Part) -> str:
        argument = self.write(part.parts[0])
        has_corner = any(part.name in f.spellings for f in ACTIVATIONS.values() if f.has_corner)
        return self.call(part.name, self.call(AT_CORNER, argument) if has_corner else argument)

    def _power(self, base: Part, exponent: Part) -> str:
        """Of numbers alone it is PyTorch's, which ends in inf where Python's ends the script."""
        is_of_numbers = not (names_in(exponent) or _is_tensor(base))
        below = self.write(base) if is_of_numbers else self._operand(base, ATOM, is_constant=not names_in(base))
        return f"{below} ** {self._operand(exponent, ATOM, bool(exponent.parts), is_first=False)}"

    def _operand(self, part: Part, least: int, is_constant: bool, is_first: bool = True) -> str:
        """A part that is held together at least so strongly, in brackets if need be; so is a sign behind another."""
        text = self._write(part, is_constant)
        is_weak = STRENGTHS.get(part.operation, ATOM) < least
        return f"({text})" if is_weak or (text.startswith("-") and not is_first) else text


def _is_tensor(part: Part) -> bool:
    """Whether it is one as it is written, and no number of Python's."""
    return any_part(part, lambda each: each.operation in TENSORS)


def _number(value: float, is_constant: bool) -> str:
    """A number of a formula: among constants alone with its point, as Python's whole numbers calculate otherwise."""
    if not math.isfinite(value):
        return "math.inf"
    is_short = not is_constant and value.is_integer() and value < LARGEST_WHOLE
    return str(int(value)) if is_short else repr(value)
