"""Where the nodes of a graph of formulas go when it is drawn, and how its wires run.

Data and parameters stand at the left, nodes to the right in the order of their depth. What a node is made of comes on
its own line to a bus at the node's left; a wire goes straight on to all that it leads to. Buses pass over wires that
they don't join:

    a  2 ─┐ u1 = a·b
          ├ −6      ─┐ u2 = u1 + c
    b −3 ─┘          ├  4
    c 10 ────────────┘
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from engine.graph.graph import Graph
from engine.graph.quantity import Quantity
from tui.view.canvas import CORNERS, MARKED_CORNERS

MOST_NODES = 40  # that a search for their places is worth
WIDEST_GAP = 4  # columns of wire between two layers, besides the buses
PITCHES = (2, 1)  # lines from one datum or parameter to the next


class Shape(NamedTuple):
    """How many lines a node takes, how many columns each does, and how many data and parameters take."""

    height: int
    widths: Mapping[Quantity, int]
    source_width: int


class Piece(NamedTuple):
    """A part of a wire: later ones go over earlier ones."""

    x: int
    y: int
    text: str


@dataclass(frozen=True)
class Plan:
    """Columns and lines from the picture's corner. `rows` is the line on which each stands, of a node that of its
    value, where its wire begins; `lanes` which of its layer's buses is a node's.
    """

    graph: Graph
    layers: Sequence[Sequence[Quantity]]
    rows: Mapping[Quantity, int]
    lanes: Mapping[Quantity, int]
    shape: Shape
    width: int  # that it may take

    @cached_property
    def layer_of(self) -> Mapping[Quantity, int]:
        """0 for data and parameters."""
        return {quantity: layer for layer, each in enumerate(self.layers) for quantity in each}

    @property
    def height(self) -> int:
        """How many lines it takes."""
        below = self.shape.height - 2  # of a node below its value
        return 1 + max(row + below * (self.layer_of[quantity] > 0) for quantity, row in self.rows.items())

    @cached_property
    def least_width(self) -> int:
        """How many columns it takes without any gap."""
        return self.shape.source_width + sum(self._bus_width(layer) + self._widths[layer] + 2
                                       for layer in range(1, len(self.layers)))

    @cached_property
    def _gap(self) -> int:
        return min((self.width - self.least_width) // max(len(self.layers) - 1, 1), WIDEST_GAP)

    @cached_property
    def _widths(self) -> Sequence[int]:
        widths = (max((self.shape.widths[node] for node in layer), default=0) for layer in self.layers[1:])
        return [self.shape.source_width, *widths]

    def _bus_width(self, layer: int) -> int:
        return 1 + max((self.lanes.get(quantity, 0) for quantity in self.layers[layer]), default=0)

    @cached_property
    def _starts(self) -> Sequence[int]:
        """The column in which each layer's texts begin."""
        starts = [0]
        for layer in range(1, len(self.layers)):
            starts.append(self._end(layer - 1, starts[-1]) + 1 + self._gap + self._bus_width(layer) + 1)
        return starts

    def _end(self, layer: int, start: int) -> int:
        return start + self._widths[layer]

    def column(self, quantity: Quantity) -> int:
        """Where a node's text begins."""
        return self._starts[self.layer_of[quantity]]

    def _exit(self, quantity: Quantity) -> int:
        layer = self.layer_of[quantity]
        return self._end(layer, self._starts[layer])

    def _bus(self, node: Quantity) -> int:
        layer = self.layer_of[node]
        return self._starts[layer] - 1 - self._bus_width(layer) + self.lanes[node]

    @cached_property
    def _users(self) -> Mapping[Quantity, Sequence[Quantity]]:
        """The nodes that a wire leads to."""
        return users_of(self.graph)

    def wires(self) -> Iterator[Piece]:
        """All of them: along the lines, then the buses, then where they join."""
        nodes = [node.quantity for node in self.graph.nodes]
        for quantity, users in self._users.items():
            yield from self._along(quantity, users, "─")
        joined = [node for node in nodes if self.graph.operands(node)]
        for node in joined:
            yield Piece(self._bus(node), self.rows[node], "─" * (self.column(node) - 1 - self._bus(node)))
        for node in joined:
            yield from self._bus_pieces(node, self.graph.operands(node), "│")
        for node in joined:
            for row in {*(self.rows[operand] for operand in self.graph.operands(node)), self.rows[node]}:
                yield Piece(self._bus(node), row, CORNERS[self._arms(node, row, self.graph.operands(node))])

    def marked_wires(self, marked: Mapping[Quantity, Sequence[Quantity]]) -> Iterator[Piece]:
        """Those into nodes from some of their operands, doubled."""
        for node, operands in marked.items():
            for operand in operands:
                yield from self._along(operand, [node], "═")
            yield Piece(self._bus(node), self.rows[node], "═" * (self.column(node) - 1 - self._bus(node)))
        for node, operands in marked.items():
            yield from self._bus_pieces(node, operands, "║")
        for node, operands in marked.items():
            for row in {*(self.rows[operand] for operand in operands), self.rows[node]}:
                yield Piece(self._bus(node), row, self._marked_corner(node, row, operands))
        yield from self._branches(marked)

    def _along(self, quantity: Quantity, users: Sequence[Quantity], sign: str) -> Iterator[Piece]:
        """Along its own line as far as it leads."""
        x, end = self._exit(quantity), max(map(self._bus, users))
        yield Piece(x, self.rows[quantity], sign * (end - x))

    def _bus_pieces(self, node: Quantity, operands: Sequence[Quantity], sign: str) -> Iterator[Piece]:
        first, last = self._span(node, operands)
        for row in range(first, last + 1) if first < last else ():
            yield Piece(self._bus(node), row, sign)

    def _span(self, node: Quantity, operands: Sequence[Quantity]) -> tuple[int, int]:
        rows = [self.rows[quantity] for quantity in (node, *operands)]
        return min(rows), max(rows)

    def _arms(self, node: Quantity, row: int, operands: Sequence[Quantity]) -> str:
        """Where a bus leads from a line that it joins."""
        first, last = self._span(node, operands)
        here = [operand for operand in operands if self.rows[operand] == row]
        goes_on = any(self._bus(user) > self._bus(node) for operand in here for user in self._users[operand])
        return "u" * (row > first) + "d" * (row < last) + "l" * bool(here) + "r" * (goes_on or row == self.rows[node])

    def _marked_corner(self, node: Quantity, row: int, operands: Sequence[Quantity]) -> str:
        first, last = self._span(node, operands)
        left, right = any(self.rows[operand] == row for operand in operands), row == self.rows[node]
        arms = "u" * (row > first) + "d" * (row < last) + "l" * left + "r" * right
        corner = CORNERS.get(arms, "║")
        return "═" if corner == "─" else MARKED_CORNERS.get(corner, "║")

    def _branches(self, marked: Mapping[Quantity, Sequence[Quantity]]) -> Iterator[Piece]:
        """Where a marked wire goes straight on past another that branches off, the branching stays."""
        for node, operands in marked.items():
            for operand in operands:
                for user in self._users[operand]:
                    if self._bus(user) < self._bus(node) and operand not in marked.get(user, ()):
                        row = self.rows[operand]
                        yield Piece(self._bus(user), row, CORNERS[self._arms(user, row, self.graph.operands(user))])


def users_of(graph: Graph) -> Mapping[Quantity, Sequence[Quantity]]:
    """The nodes in whose formulas each quantity stands, whether they lead to the result or not."""
    users: dict[Quantity, list[Quantity]] = {}
    for node in graph.nodes:
        for operand in graph.operands(node.quantity):
            users.setdefault(operand, []).append(node.quantity)
    return users


def make_plan(graph: Graph, shape: Shape, width: int, height: int) -> Plan | None:
    """A plan that fits a box, if there is one."""
    if len(graph.nodes) > MOST_NODES:
        return None
    layers = _layers(graph)
    for pitch in PITCHES:
        if rows := _place(graph, layers, shape, pitch, height):
            plan = Plan(graph, layers, rows, _lanes(graph, layers, rows), shape, width)
            if plan.least_width <= width:
                return plan
    return None


def _layers(graph: Graph) -> Sequence[Sequence[Quantity]]:
    """Data and parameters in the order in which the result comes to them; the nodes by depth."""
    depths: dict[Quantity, int] = {}
    for node in graph.nodes:
        depths[node.quantity] = 1 + max((depths.get(each, 0) for each in graph.operands(node.quantity)), default=0)
    sources = dict.fromkeys(source for node in reversed(graph.nodes)
                            for source in _sources(graph, node.quantity, depths))
    return [list(sources), *([node for node, depth in depths.items() if depth == layer]
                             for layer in range(1, max(depths.values()) + 1))]


def _sources(graph: Graph, of: Quantity, nodes: Mapping[Quantity, int]) -> Iterator[Quantity]:
    """What a node is made of in the end, in the order of its formula; through a node that was met before no more."""
    met, stack = {of}, [of]
    while stack:
        quantity = stack.pop()
        if quantity not in nodes:
            yield quantity
            continue
        new = [operand for operand in graph.operands(quantity) if operand not in met]
        met.update(new)
        stack += reversed(new)


def _place(graph: Graph, layers: Sequence[Sequence[Quantity]], shape: Shape, pitch: int,
           height: int) -> dict[Quantity, int] | None:
    """The line of each: near the middle of what a node is made of, clear of wires that pass it and of other nodes."""
    depth = {quantity: layer for layer, each in enumerate(layers) for quantity in each}
    reaches = {quantity: [depth[user] for user in users] for quantity, users in users_of(graph).items()}
    rows = {source: pitch * k for k, source in enumerate(layers[0])}
    if rows and max(rows.values()) >= height:
        return None
    for layer, nodes in enumerate(layers[1:], 1):
        wires = [quantity for quantity in reaches if depth[quantity] < layer <= max(reaches[quantity])]
        taken = {rows[quantity] for quantity in wires if max(reaches[quantity]) > layer}
        middles = {node: _middle(rows, graph.operands(node)) for node in nodes}
        for node in sorted(nodes, key=middles.__getitem__):
            own = {operand for operand in graph.operands(node) if reaches[operand].count(layer) == 1}
            foreign = {rows[quantity] for quantity in wires if quantity not in own}
            row = _nearest(middles[node], shape.height, height, taken, foreign)
            if row is None:
                return None
            rows[node] = row
            taken.update(_lines(row, shape.height))
    return rows


def _middle(rows: Mapping[Quantity, int], operands: Sequence[Quantity]) -> float:
    return sum(rows[operand] for operand in operands) / len(operands) if operands else 0.0


def _lines(row: int, node_height: int) -> range:
    """Those that a node takes: its formula stands above its value."""
    return range(row - 1, row - 1 + node_height)


def _nearest(middle: float, node_height: int, height: int, taken: Set[int], foreign: Set[int]) -> int | None:
    """The line nearest to a middle on which a node has room, and no wire comes that is not its own alone."""
    free = [row for row in range(1, height - node_height + 2)
            if row not in foreign and taken.isdisjoint(_lines(row, node_height))]
    return min(free, key=lambda row: (abs(row - middle), row), default=None)


def _lanes(graph: Graph, layers: Sequence[Sequence[Quantity]], rows: Mapping[Quantity, int]) -> dict[Quantity, int]:
    """Which bus of its layer each node has: the first of which no other has the same lines."""
    lanes: dict[Quantity, int] = {}
    for nodes in layers[1:]:
        taken: list[set[int]] = []
        for node in nodes:
            ends = [rows[quantity] for quantity in (node, *graph.operands(node))]
            lines = set(range(min(ends), max(ends) + 1))
            lane = next((k for k, others in enumerate(taken) if others.isdisjoint(lines)), len(taken))
            if lane == len(taken):
                taken.append(set())
            taken[lane] |= lines
            lanes[node] = lane
    return lanes
