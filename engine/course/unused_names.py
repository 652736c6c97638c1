"""Nodes of a graph that its result does not need, and columns that no formula uses: are they meant?"""

from collections.abc import Iterator

from engine.graph.parts import names_in
from engine.lesson.lesson import Lesson
from engine.lesson.schema import Problem


def unused_names(lesson: Lesson) -> Iterator[Problem]:
    """A warning for each that nothing uses; what only such a node uses is not told, too."""
    if formulas := lesson.formulas:
        used = {formulas.result, *(name for node in formulas.nodes for name in names_in(node.root))}
        for node in formulas.nodes:
            if node.name not in used:
                yield Problem("graph.nodes", f"{formulas.result} does not depend on {node.name}",
                              f"a formula that uses {node.name}, or none of this name")
        for name in formulas.columns:
            if name not in used:
                yield Problem("data", f"no formula uses {name}", f"a formula that does, or no column {name}")
