"""What a step of an epoch is: its kind, its phase, what it is about."""

from enum import Enum
from typing import NamedTuple

from engine.graph.network import Unit

MOST_EPOCHS = 1_000_000  # the last epoch that can be gone to


class Kind(Enum):
    """Kinds of step, by the names that programs see."""

    VALUE = "value"
    NET_INPUT = "net_input"
    ACTIVATION = "activation"
    ROW_LOSS = "row_loss"
    LOSS = "loss"
    DELTA = "delta"
    FACTOR = "factor"
    PRODUCT = "product"
    GRADIENT = "gradient"
    MOMENT = "moment"
    UPDATE = "update"


class Phase(Enum):
    """The three parts of an epoch."""

    FORWARD = "forward"
    BACKWARD = "backward"
    UPDATE = "update"


class Span(Enum):
    """Stretches of steps that a learner moves by."""

    BLOCK = "block"  # a unit's Z and A; a row's chain; any other number by itself
    SECTION = "section"  # the forward pass, one parameter's chain, the update


class Step(NamedTuple):
    """The smallest advance: one number appears. Rows (of the whole table), parameters, paths, factors, the graph's
    nodes, an optimizer's moments and batches count from 0.

    `parameter_index` is the parameter's in the lesson's order; `path` is −1 where the step is about all paths of a row.
    """

    kind: Kind
    phase: Phase
    row: int | None = None
    unit: Unit | None = None
    parameter_index: int | None = None
    path: int = -1
    factor: int | None = None
    node: int | None = None
    moment: int | None = None
    batch: int = 0
