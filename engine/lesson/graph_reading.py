"""The formulas of a graph as a lesson writes them, `q = a*x + b`: each a name and what it stands for."""

import re
from functools import lru_cache
from typing import Any

from engine.graph.expression import LARGER, ExpressionError, parse
from engine.graph.formulas import NamedFormula
from engine.graph.functions import PRIME
from engine.graph.parts import any_part, names_in, with_constants
from engine.lesson.format import WIDEST_NAME
from engine.text.names import PRIMES, is_name, one_spelling
from engine.text.printable import printable

AN_EXAMPLE = "a formula, as q = a*x + b"
LONGEST_SHOWN = 60
WEIGHT = r"w[0-9]+,[0-9]+"  # the one name that the grammar knows with a comma


class FormulaError(Exception):
    """A text that is no node: what was found, and what is expected."""

    def __init__(self, found: str, expected: str) -> None:
        self.found, self.expected = found, expected
        super().__init__(f"{found}; expected {expected}")


def read_name(text: str) -> str:
    """A name as formulas that were read call it, `h'` with its prime as it is printed; nothing where it is none."""
    base = text.rstrip(PRIMES)
    name = one_spelling(base) + PRIME * (len(text) - len(base))
    return name if len(name) <= WIDEST_NAME and (is_name(base, WIDEST_NAME) or re.fullmatch(WEIGHT, base)) else ""


@lru_cache(maxsize=256)
def read_node(text: str) -> NamedFormula:
    """A node by its text. Raises FormulaError."""
    written, equals, formula = text.partition("=")
    if not equals:
        raise FormulaError(f'"{_cut_around(text)}", without =', AN_EXAMPLE)
    if not (name := read_name(written.strip())):
        raise FormulaError(f'"{_cut_around(written.strip())}" before =',
                           f"a name of 1 to {WIDEST_NAME} letters, digits and _, a letter first, primes last")
    try:
        root = parse(formula).root
        if any_part(root, lambda part: part.operation == LARGER):
            raise ExpressionError(f"{LARGER} has no place in a lesson, write relu(…)", formula.lower().find(LARGER))
        return NamedFormula(name, root)
    except ExpressionError as error:
        place = len(written) + 1 + error.position
        raise FormulaError(f'"{_cut_around(text, place)}": {error}, at character {place + 1}', AN_EXAMPLE) from None


def nodes_of(document: dict[str, Any]) -> list[NamedFormula]:
    """The nodes of a graph whose formulas can be read; e is Euler's number there, unless something is called so."""
    nodes, given = [read_node(text) for text in document["graph"]["nodes"]], document["parameters"]
    known = {*columns_of(document), *(node.name for node in nodes), *({} if "seed" in given else map(read_name, given))}
    return [node._replace(root=with_constants(node.root, known)) for node in nodes]


def names_to_draw(document: dict[str, Any]) -> list[str]:
    """What a seed draws for a graph whose formulas can be read: each name in them that is no column and no node."""
    nodes = nodes_of(document)
    known = {*columns_of(document), *(node.name for node in nodes)}
    return [name for name in dict.fromkeys(name for node in nodes for name in names_in(node.root))
            if name not in known]


def columns_of(document: dict[str, Any]) -> tuple[str, ...]:
    """The names of the columns, inputs first; none where there are no data."""
    data = document.get("data", {})
    return tuple(map(one_spelling, [*data.get("inputs", ()), *data.get("targets", ())]))


def _cut_around(text: str, place: int = 0) -> str:
    """A text as it may be shown, cut around a place in it."""
    start = max(0, min(place - LONGEST_SHOWN // 2, len(text) - LONGEST_SHOWN))
    return "…" * (start > 0) + printable(text[start:], LONGEST_SHOWN)
