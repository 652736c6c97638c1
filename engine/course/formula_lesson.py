"""A lesson of formulas as they are typed on a command line: `L = (a*b + c)*f`, `a=2`, `b=-3`, in any order."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from engine.graph.expression import Expression, ExpressionError
from engine.graph.formulas import NamedFormula
from engine.graph.parts import names_in
from engine.lesson.graph_reading import FormulaError, read_node
from engine.lesson.schema import join_keys
from engine.text.printable import printable

NO_NUMBERS = ("nan", "inf", "infinity")  # as programs print them
SEPARATOR, RESULT, LONGEST_TITLE = ";", "L", 60
EXPECTED = "a formula, as 'L = (a*b + c)*f', and a=2, b=-3 and so on"
TEMPLATE = """\
# A lesson for handgrad. Change anything; `handgrad check {file}` says what is wrong, and where.
format = 1
id = "{id}"
title = {title}

[graph]
# A name and its formula each, over parameters, columns of [data] and the nodes before it.
nodes = [
{nodes}
]
result = "{result}" # what is differentiated
split = true # every operation is a node of its own
# rows = "mean"                            # or "sum": what the rows of [data] make together

[parameters]
{values}

# [data]                                   # a value of every column in each row
# inputs = ["x"]
# targets = []
# rows = [[0.5], [1.5]]

# [training]                               # without it there is no update
# learning_rate = 0.1
# batch = 1                                # rows an update uses; left out: all
# optimizer = {{ name = "momentum", beta = 0.9 }}
# fixed = ["{fixed}"]                            # shown, not trained
"""


class _Typed(NamedTuple):
    """A piece of what was typed, and how it was read."""

    text: str
    node: NamedFormula

    @property
    def is_value(self) -> bool:
        """Whether it says what a parameter is: there is no name in it."""
        return not names_in(self.node.root)


def compose_formula_lesson(pieces: Sequence[str], file: str, lesson_id: str) -> str:
    """The text of a lesson; `file` is what its comments call it. Whether it can be played is not looked at, only that
    each piece can be read. Raises FormulaError.
    """
    typed = [_read(text) for piece in pieces for text in split_formulas(piece)]
    formulas, values = [each for each in typed if not each.is_value], [each for each in typed if each.is_value]
    if not formulas:
        raise FormulaError("no formula with a name in it", EXPECTED)
    seen = dict[str, str]()
    for each in typed:
        if each.node.name in seen:
            raise FormulaError(f"{each.text}: {each.node.name} a second time, beside {seen[each.node.name]}", "it once")
        seen[each.node.name] = each.text
    return TEMPLATE.format(
        file=file, id=lesson_id, title=quote_text(printable(formulas[-1].text, LONGEST_TITLE)),
        nodes="\n".join(f"    {quote_text(each.text)}," for each in formulas), result=formulas[-1].node.name,
        values="\n".join(f"{join_keys('', each.node.name)} = {_value_of(each)!r}" for each in values),
        fixed=values[0].node.name if values else "a")


def split_formulas(text: str) -> list[str]:
    """The formulas in a line."""
    return [piece.strip() for piece in text.split(SEPARATOR) if piece.strip()]


def quote_text(text: str | Sequence[str]) -> str:
    """A text, or a list of them, as TOML has it."""
    return json.dumps(text, ensure_ascii=False)


def _read(text: str) -> _Typed:
    """A formula, or a value; what has no name is the result."""
    text = text if "=" in text else f"{RESULT} = {text}"
    if text.partition("=")[2].strip().lower().lstrip("+-−") in NO_NUMBERS:
        raise FormulaError(printable(text, LONGEST_TITLE), "a formula, or a finite number")
    return _Typed(text, read_node(text))


def _value_of(typed: _Typed) -> float:
    try:
        return Expression(typed.node.root, None).compute({})
    except ExpressionError as error:
        raise FormulaError(f"{typed.text}: {error}", "a number") from None
