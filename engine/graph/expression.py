"""The calculator's small grammar: what a learner may type as an answer, read and computed without Python's `eval`.

    sum      = term { ("+" | "−") term }
    term     = factor { ("·" | "/") factor }          "·" may be left out before a bracket or a name: sig(Z5)[1−sig(Z5)]
    factor   = { "−" | "+" } power
    power    = atom [ "^" factor | raised ]           "²", "⁻³"
    atom     = number | name | function [ "²" | "^2" ] "(" sum ")" | "max" "(" sum "," sum ")" | "(" sum ")"
             | "[" sum "]"

Numbers take a decimal point or comma, a `%` behind them, and as text of their own also `1.5·10⁻³`; a name is one of
the lesson's (`Z3`, `w13`, `w1,13`, `x1`, `Größe`, `h_1`, `x′`, `n`, `lr`), but a function's with a `′` is its
derivative. What can be read as two numbers is asked about, not read as one of them.
Bounded in length, depth and number of parts, so that reading and computing take no time worth speaking of.
"""

import math
import operator
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from engine.graph.functions import functions
from engine.graph.tokens import LONGEST_QUOTED, Token, tokens_of
from engine.graph.tokens import ExpressionError as ExpressionError
from engine.text.pasted import apart, find_doubt, power_of_ten_as_exponent, retype
from engine.text.printable import printable

LONGEST, DEEPEST, MOST_PARTS = 500, 20, 120
CANCELLED = 1e-14  # of the larger term: what is left below that is rounding
LARGEST_EXPONENT, SQUARE = 40.0, 2.0
LARGER = "max"


class Part(NamedTuple):
    """A part of an expression: a number, a name, or an operation on other parts."""

    operation: str
    position: int
    parts: tuple["Part", ...] = ()
    value: float = 0.0
    name: str = ""

    def names(self) -> Iterator[str]:
        """The names in it, in their order, as often as they stand there."""
        if self.operation == "name":
            yield self.name
        for part in self.parts:
            yield from part.names()


class Expression(NamedTuple):
    """A text that was read. `literal` is the number it is, as typed, if it is just a number; `numbers` are those in it,
    as typed, by their places.
    """

    root: Part
    literal: str | None
    numbers: Mapping[int, str] = MappingProxyType({})

    def names(self) -> list[str]:
        """The names in it."""
        return list(self.root.names())

    def compute(self, names: Mapping[str, float]) -> float:
        """Its value, finite, with the values of the names in it. Raises ExpressionError."""
        value = _compute(self.root, names)
        if not math.isfinite(value):
            raise ExpressionError("too large a number", self.root.position)
        return value


@lru_cache(maxsize=512)  # formulas are read again with every picture, an answer by who asks and who judges
def parse(text: str) -> Expression:
    """Read what was typed. Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(f"longer than {LONGEST} characters", LONGEST)
    text = apart(retype(text))
    if doubt := find_doubt(text):
        raise ExpressionError(doubt.question, doubt.position)
    text = power_of_ten_as_exponent(text)
    tokens = [*tokens_of(text), Token("end", "", len(text))]
    if len(tokens) > 2 * MOST_PARTS:
        raise ExpressionError("too many parts", tokens[2 * MOST_PARTS].position)
    return _read(tokens)


def parse_whole(text: str) -> Expression:
    """Read a formula of our own, however long it is. Raises ExpressionError."""
    text = apart(retype(text))
    return _read([*tokens_of(text), Token("end", "", len(text))])


def _read(tokens: list[Token]) -> Expression:
    reader = _Reader(tokens)
    root = reader.sum(0)
    if reader.ahead.kind == "number":
        raise ExpressionError(f"{reader.ahead.quoted} is a second number beside the first", reader.ahead.position)
    if reader.ahead.kind != "end":
        raise ExpressionError(f"{reader.ahead.quoted} was not expected here", reader.ahead.position)
    return Expression(root, _literal(tokens),
                      {token.position: token.digits for token in tokens if token.kind == "number"})


def _literal(tokens: list[Token]) -> str | None:
    """`-0.25` for the tokens of a number, with or without a sign."""
    signs, number = tokens[:-2], tokens[-2] if len(tokens) > 1 else tokens[-1]
    if number.kind != "number" or len(signs) > 1 or any(token.text not in "+-" for token in signs):
        return None
    return "".join([*(token.text for token in signs), number.digits])


class _Reader:
    """Reads tokens from left to right, a method for each rule of the grammar."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens, self._at, self._functions = tokens, 0, functions()

    @property
    def ahead(self) -> Token:
        """The next token."""
        return self._tokens[self._at]

    def take(self, *texts: str) -> Token | None:
        """The next token if it is one of these signs."""
        token = self.ahead
        if token.kind == "sign" and token.text in texts:
            self._at += 1
            return token
        return None

    def _take_exponent(self) -> Part | None:
        """The next token if it is an exponent in raised digits."""
        token = self.ahead
        if token.kind != "raised":
            return None
        self._at += 1
        return Part("number", token.position, value=float(token.digits))

    def _take_typed_exponent(self) -> Part | None:
        """The same as a keyboard writes it: the `^2` of `tanh^2(Z)`."""
        if self.ahead.text != "^" or (token := self._tokens[self._at + 1]).kind != "number":
            return None
        self._at += 2
        return Part("number", token.position, value=float(token.digits))

    def sum(self, depth: int) -> Part:
        node = self._term(depth)
        while sign := self.take("+", "-"):
            node = Part(sign.text, sign.position, (node, self._term(depth)))
        return node

    def _term(self, depth: int) -> Part:
        node = self._factor(depth)
        while True:
            if sign := self.take("*", "/"):
                node = Part(sign.text, sign.position, (node, self._factor(depth)))
            elif self.ahead.kind == "name" or (self.ahead.kind == "sign" and self.ahead.text == "("):
                node = Part("*", self.ahead.position, (node, self._power(depth)))
            else:
                return node

    def _factor(self, depth: int) -> Part:
        _check_depth(depth, self.ahead)
        if sign := self.take("-", "+"):
            part = self._factor(depth + 1)
            return Part("negative", sign.position, (part,)) if sign.text == "-" else part
        return self._power(depth)

    def _power(self, depth: int) -> Part:
        base = self._atom(depth)
        if raised := self._take_exponent():
            return Part("^", raised.position, (base, raised))
        if sign := self.take("^"):
            return Part("^", sign.position, (base, self._factor(depth + 1)))
        return base

    def _atom(self, depth: int) -> Part:
        _check_depth(depth, self.ahead)
        token = self.ahead
        if self.take("("):
            return self._bracket(depth)
        if token.kind == "end":
            raise ExpressionError("something is missing at the end", token.position)
        if token.kind in ("sign", "raised"):
            raise ExpressionError(f"{token.quoted} was not expected here", token.position)
        self._at += 1
        if token.kind == "number":
            return Part("number", token.position, value=float(token.digits))
        if token.text in self._functions:
            return self._call(token, depth)
        if token.text.lower() == LARGER and self.take("("):
            return self._larger(token, depth)
        return Part("name", token.position, name=token.text)

    def _call(self, function: Token, depth: int) -> Part:
        """What follows a function's name; `tanh²(Z)` is the square of tanh(Z), and no other power is written so."""
        square = self._take_exponent() or self._take_typed_exponent()
        if not self.take("(") or (square and square.value != SQUARE):
            raise ExpressionError(f"{function.text} needs a bracket, as in {function.text}(Z)", function.position)
        call = Part("call", function.position, (self._bracket(depth),), name=function.text)
        return Part("^", square.position, (call, square)) if square else call

    def _larger(self, function: Token, depth: int) -> Part:
        """The larger of two numbers, whose bracket is open."""
        first = self.sum(depth + 1)
        if not self.take(";"):
            raise ExpressionError("max needs two numbers, as in max(0, Z)", function.position)
        return Part(LARGER, function.position, (first, self._bracket(depth)))

    def _bracket(self, depth: int) -> Part:
        node = self.sum(depth + 1)
        if not self.take(")"):
            raise ExpressionError("a closing bracket is missing", self.ahead.position)
        return node


def _check_depth(depth: int, token: Token) -> None:
    if depth > DEEPEST:
        raise ExpressionError("nested too deeply", token.position)


def _compute(node: Part, names: Mapping[str, float]) -> float:
    if node.operation == "number":
        return node.value
    if node.operation == "name":
        if node.name not in names:
            shown = printable(node.name, LONGEST_QUOTED)
            raise ExpressionError(f"{shown} is no number that is known here", node.position)
        return names[node.name]
    parts = [_compute(part, names) for part in node.parts]
    try:
        return functions()[node.name](*parts) if node.operation == "call" else OPERATIONS[node.operation](*parts)
    except ZeroDivisionError:
        raise ExpressionError("a division by 0", node.position) from None
    except OverflowError:
        return math.inf  # e^800: 1/(1+e^800) is 0, and alone it is too large
    except ValueError:
        raise ExpressionError("no number comes of this", node.position) from None


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > LARGEST_EXPONENT:
        base, exponent = float(base), float(exponent)  # of a fraction it would take long
    try:
        result: float = base ** exponent
    except OverflowError:
        raise (ValueError if base < 0 else OverflowError) from None
    if isinstance(result, complex):
        raise ValueError
    return result


def _add(left: float, right: float) -> float:
    """A sum, as by hand: what is left of numbers that cancel but for rounding, as 0.1 + 0.2 − 0.3 do, is 0."""
    total = left + right
    return 0.0 if abs(total) < CANCELLED * max(abs(left), abs(right)) else total


OPERATIONS: Mapping[str, Callable[..., float]] = {
    "+": _add, "-": lambda left, right: _add(left, -right), "*": operator.mul, "/": operator.truediv, "^": _power,
    "negative": operator.neg, LARGER: max}
