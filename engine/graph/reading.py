"""Formulas with a name, as a lesson writes them: `q = a*x`. Every slip is told with where in the text it is."""

import math
from collections.abc import Collection, Mapping
from itertools import pairwise

from engine.graph.expression import LONGEST, LONGEST_QUOTED, ExpressionError, Part, Token, parse, tokens_of
from engine.graph.formulas import NamedFormula
from engine.graph.functions import functions, known_functions
from engine.text.names import one_spelling
from engine.text.pasted import retype
from engine.text.printable import printable, suggestion

CONSTANTS: Mapping[str, float] = {"e": math.e}
FORM = "as in q = a*x"


def read_node(text: str) -> NamedFormula:
    """A node; its parts know where in the text they are. Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(f"longer than {LONGEST} characters", LONGEST)
    text = retype(text)
    before, sign, formula = text.partition("=")
    start = len(before) + 1
    if not sign:
        raise ExpressionError(f"expected a name, = and a formula, {FORM}", len(text))
    if "=" in formula:
        raise ExpressionError(f"expected one = alone, {FORM}", start + formula.index("="))
    name = read_name(before)
    if not formula.strip():
        raise ExpressionError(f"expected a formula behind =, {FORM}", len(text))
    try:
        return NamedFormula(name, _move(parse(formula).root, start))
    except ExpressionError as error:
        raise ExpressionError(str(error), start + error.position) from None


def read_name(text: str) -> str:
    """A name as formulas know it, `h′` for `h'`. Raises ExpressionError for what they would read as something else."""
    text = retype(text)
    name, position = one_spelling(text.strip()).replace("'", "′"), len(text) - len(text.lstrip())
    shown = printable(name, LONGEST_QUOTED)
    if not name:
        raise ExpressionError(f"expected a name before =, {FORM}", position)
    try:
        kind, read, _ = next(tokens_of(name))
    except ExpressionError:
        kind = read = ""
    if kind == "name" and read in functions():
        raise ExpressionError(f"{shown} is a function; expected another name", position)
    if kind != "name" or read != name:
        raise ExpressionError(f"{shown} is no name; expected letters, digits and _, a letter first", position)
    return name


def settle_names(node: NamedFormula, text: str, known: Collection[str]) -> NamedFormula:
    """A node that was read from a text, once it is known which names there are: one that none of them is can be a
    constant, as e is. Raises ExpressionError for a name or a function that there is not.
    """
    text = retype(text)
    start = text.index("=") + 1
    tokens = [*tokens_of(" " * start + text[start:]), Token("end", "", len(text))]
    for token, following in pairwise(tokens):
        if token.kind == "name" and token.text not in {*known, *functions(), *CONSTANTS}:
            is_called = following.text == "("
            problem = f"is no function; expected one of {', '.join(known_functions())}" if is_called else \
                f"is no number that is known here{suggestion(token.text, known)}"
            raise ExpressionError(f"{token.quoted} {problem}", token.position)
    return node._replace(root=_with_constants(node.root, known))


def _with_constants(part: Part, known: Collection[str]) -> Part:
    """The same with constants as numbers, which keep their names."""
    if part.operation == "name" and part.name in CONSTANTS and part.name not in known:
        return part._replace(operation="number", value=CONSTANTS[part.name])
    return part._replace(parts=tuple(_with_constants(inner, known) for inner in part.parts))


def _move(part: Part, by: int) -> Part:
    """The same part, so much further on in a text. Raises ExpressionError for a number that is none."""
    if not math.isfinite(part.value):
        raise ExpressionError("too large a number", part.position)
    return part._replace(position=part.position + by, parts=tuple(_move(inner, by) for inner in part.parts))
