"""What a view shows of a graph of formulas: its title, what is in hand, and which numbers that goes through."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from engine.graph.quantity import Quantity, Source
from engine.graph.step import Kind, Phase
from engine.trace.chain import Chains
from tui.view.lesson_view import LessonView


def title(view: LessonView) -> str:
    """`Graph, row 2`; at a step that is about no row, it says that the numbers are the last row's."""
    still = "still " * bool(view.step and view.step.row is None)
    return f"Graph, {still}row {view.row + 1}" if view.has_rows else "Graph"


def node_in_hand(view: LessonView) -> Quantity | None:
    """The node that the step is about: the one that is calculated, or whose formula is differentiated; at the end of a
    chain what is differentiated.
    """
    step, graph = view.step, view.chains.graph
    if step is None or step.phase is Phase.UPDATE or step.kind is Kind.LOSS:
        return None
    if step.node is not None:
        return graph.adjoint_of(step.node) if step.kind is Kind.DELTA else graph.nodes[step.node].quantity
    trail = _trail(view)
    return trail[min(step.factor or 0, len(trail) - 2)] if trail else None


def marked_wires(view: LessonView) -> Mapping[Quantity, Sequence[Quantity]]:
    """By node, from which of its operands a wire into it is on the path in hand: of a node that is calculated all; of
    its ∂Loss/∂ those to its users; of a chain its path.
    """
    step, graph, node = view.step, view.chains.graph, node_in_hand(view)
    if step is None or node is None:
        return {}
    nodes = {each.quantity for each in graph.nodes}
    if step.kind is Kind.DELTA:
        return {user: [node] for user in graph.users(node) if user in nodes}
    if step.node is not None:
        return {node: graph.operands(node)} if graph.operands(node) else {}
    return {user: [operand] for user, operand in pairwise(_trail(view)) if user in nodes}


def _trail(view: LessonView) -> Sequence[Quantity]:
    """Of the path in hand; at a sum of the last one."""
    step = view.step
    trails = view.chains.trails(step.parameter_index) if step and step.parameter_index is not None else ()
    return trails[step.path] if step and trails else ()


def source_now(view: LessonView, source: Quantity) -> float:
    """A datum of the row in hand, or a parameter as it stands: the new value once it is updated."""
    if source.source is not Source.PARAMETER:
        return view.read(source, view.row)
    parameters = view.trace.symbols.model.parameters
    return view.trace.parameter_now(view.cursor.epoch, view.cursor.step, parameters[source.name])


def adjoint_now(view: LessonView, node: Quantity) -> float | None:
    """∂Loss/∂node in the row in hand, once it is known: by paths, once all the products of the first chain are there
    whose every path from the Loss to the node is a part of one. Nothing where the learner's own numbers are not judged.
    """
    chains, row = view.chains, view.row
    index = chains.adjoint_index.get(node)
    if index is None:
        return None
    quantity = chains.graph.adjoints[index].quantity
    if not chains.by_paths:
        return view.value_at(view.script.adjoint_index(row, index), quantity, row)
    parameter_index, paths = _paths_through(chains).get(node, (0, ()))
    def product(path: int) -> int:
        return view.script.chain_index(parameter_index, row, path, None)
    is_known = bool(paths) and view.is_reached(product(paths[-1]))
    is_own = bool(view.written) and any(view.is_written(product(path)) for path in paths)
    return view.read(quantity, row) if is_known and not is_own else None


@lru_cache(maxsize=8)  # from one picture to the next they are the same
def _paths_through(chains: Chains) -> Mapping[Quantity, tuple[int, Sequence[int]]]:
    """By node the first parameter that has paths through it, and which."""
    found: dict[Quantity, tuple[int, list[int]]] = {}
    for index in range(len(chains.order)):
        for path, trail in enumerate(chains.trails(index)):
            for node in trail:
                first, paths = found.setdefault(node, (index, []))
                if first == index:
                    paths.append(path)
    return found
