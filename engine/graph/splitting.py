"""Formulas taken apart until each does one thing: `L = (a*b + c)*f` becomes `u1 = a*b`, `u2 = u1 + c`, `L = u2*f`.

The nodes that are put in are called u1, u2, … in the order in which they are worked out, but for names that are taken.
What has no name in it, such as `−1` or `2/3`, stays in its place.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import count

from engine.graph.formulas import NamedFormula
from engine.graph.parts import name_part, names_in


def split(nodes: Sequence[NamedFormula], taken: Collection[str]) -> tuple[NamedFormula, ...]:
    """Nodes of one operation each, in the same order; `taken` are the names of what is no node."""
    unfit = {*taken, *(node.name for node in nodes)}
    free = (name for name in map("u{}".format, count(1)) if name not in unfit)
    return tuple(each for node in nodes for each in _apart(node, free))


def _apart(node: NamedFormula, free: Iterator[str]) -> Iterator[NamedFormula]:
    """What a node's parts need before it, then the node."""
    parts = []
    for part in node.root.parts:
        if part.parts and names_in(part):
            inner = NamedFormula("", part)
            *before, last = _apart(inner, free)
            yield from before
            name = next(free)
            yield last._replace(name=name)
            part = name_part(name)._replace(position=part.position)
        parts.append(part)
    yield node._replace(root=node.root._replace(parts=tuple(parts)))
