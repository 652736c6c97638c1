"""A lesson file to start from: a gate, a network or formulas, starting values that teach, comments that say what may be
changed.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engine.course.formula_lesson import quote_text, split_formulas
from engine.graph.activations import ACTIVATIONS, SIGMOID, Activation
from engine.graph.losses import LOSSES
from engine.graph.network import Bias
from engine.graph.optimizers import OPTIMIZERS, SGD
from engine.lesson.lesson import Lesson, parse
from engine.lesson.schema import join_keys
from engine.trace.trace import Trace
from engine.tutor.starting_values import draw_starting_values

GATES: dict[str, Callable[[int, int], int]] = {
    "and": lambda a, b: a & b, "or": lambda a, b: a | b, "nand": lambda a, b: 1 - (a & b),
    "nor": lambda a, b: 1 - (a | b), "xor": lambda a, b: a ^ b, "xnor": lambda a, b: 1 - (a ^ b)}
MOST_HIDDEN_UNITS = 8
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l",
                             "đ": "d", "ı": "i"})  # what has no accent to lose, or is not written without one
LEARNS_WITHIN = 1000  # epochs: the starting values are drawn so that it does, where any do

TEMPLATE = """\
# A lesson for handgrad. Change anything; `handgrad check {file}` says what is wrong, and where.
# `handgrad play {file} --watch` shows every change as soon as you save it.
format = 1
id = "{id}"
title = "{title}"
# What the learner reads first, in a few lines. *Emphasis*, **strong** words and lists (- a line each) are allowed.
introduction = \"\"\"
{introduction}
\"\"\"
{goal}
# requires = ["and-gate"]                  # what is best done before; never enforced
# next = "xor-gate"                        # what comes next

[data]
inputs = ["x1", "x2"]
targets = {targets}
rows = {rows} # inputs, then targets

{model}

[parameters]
{meaning}
# Instead of all of them, `seed = 7` draws some.
{parameters}

[training]
{training}
# order = ["{last}", "{first}", …]                 # of the gradients; every parameter once
"""
NETWORK = """\
[network]
# One table a layer, none for a single neuron. Activations: {activations}
hidden = [{hidden}]
output = {{ activation = "{output}" }}
{bias} # each unit its own; false: none; "layer": one a layer"""
NUMBERED = "# w13 joins unit 1 to unit 3; {bias}Units are numbered through the layers, inputs first."
BIASES: Mapping[Bias, tuple[str, str]] = {  # in a file, and what one of them is
    "unit": ("true", "b3 is unit 3's bias. "), "layer": ('"layer"', "b1 is the first layer's bias behind the inputs. "),
    "none": ("false", "there are no biases. ")}
GRAPH = """\
[graph]
# A name and its formula each, over columns, parameters and the nodes before it.
nodes = [
{nodes}
]
# result = "{result}"                             # what is differentiated; left out: the last
# rows = "sum"                             # what the rows make together; left out: the mean
# split = true                             # every operation a node of its own"""
NOTE = """
# A note appears where all that is given matches: phase, kind, parameter, row, unit, factor, epoch.
[[notes]]
text = "The first factor is the same in every chain of this row."
phase = "backward"
factor = 1
epoch = 1
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new lesson is to be: a gate by its name, how many hidden units (0: none), their activation, the seed of
    its starting values, and how it is trained; `batch` 0 is all rows. With formulas, `;` between them, these stand in
    place of a network.
    """

    gate: str = "and"
    hidden: int = 2
    activation: str = "relu"
    seed: int = 1
    loss: str = "mse"
    bias: Bias = "unit"
    optimizer: str = SGD.name
    batch: int = 0
    weight_decay: float = 0.0
    formula: str = ""


def lesson_id(file: str) -> str:
    """An id made from a file's name, its letters without their accents; from one with letters that have no like among a
    to z, none is made.
    """
    name = unicodedata.normalize("NFC", Path(file).stem).lower()
    plain = unicodedata.normalize("NFKD", name.translate(SPELLED_OUT))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    if any(letter.isalpha() and not letter.isascii() for letter in plain):
        return "my-lesson"
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "my-lesson"


def compose_lesson(wish: Wish, file: str, lesson_id: str) -> str:
    """The text of a new lesson; `file` is what its comments call it. Raises LessonError where the formulas or what is
    wished together can't be.
    """
    filled = partial(_fill, wish, file, lesson_id)
    lesson = parse(filled(goal="", values={"seed": wish.seed}), file)
    if lesson.formulas:
        return filled(goal="# goal = { loss_below = 0.05, epoch = 100 } # fails = true: a start that fails",
                      values=lesson.start)
    lesson = draw_starting_values(lesson, wish.seed, LEARNS_WITHIN)
    return filled(goal=_goal(lesson), values=lesson.start)


def _fill(wish: Wish, file: str, lesson_id: str, goal: str, values: Mapping[str, float]) -> str:
    """The text with a goal and starting values."""
    names = list(values)
    text = TEMPLATE.format(
        file=file, id=lesson_id, title=f"{wish.gate.upper()} gate", introduction=_introduction(wish), goal=goal,
        targets=quote_text(_targets(wish)), rows=_rows(wish), model=_model(wish), training=_training(wish),
        meaning="# Every name in the formulas that is no column and no node." if wish.formula else
        NUMBERED.format(bias=BIASES[wish.bias][1]),
        parameters="\n".join(f"{join_keys('', name)} = {values[name]}" for name in names),
        first=names[0], last=names[-1])
    return text if wish.formula else text + NOTE


def _targets(wish: Wish) -> list[str]:
    """The outputs: two for shares that add up to 1."""
    return ["no", "yes"] if _output(wish).takes_layer else ["y"]


def _rows(wish: Wish) -> list[list[int]]:
    found = [(a, b, GATES[wish.gate](a, b)) for a, b in ((1, 1), (1, 0), (0, 1), (0, 0))]
    return [[a, b, 1 - y, y] if len(_targets(wish)) > 1 else [a, b, y] for a, b, y in found]


def _output(wish: Wish) -> Activation:
    """The activation that goes with the loss."""
    return (None if wish.formula else LOSSES[wish.loss].output) or SIGMOID


def _model(wish: Wish) -> str:
    """The network, or the graph."""
    if wish.formula:
        formulas = split_formulas(wish.formula)
        return GRAPH.format(nodes="\n".join(f"    {quote_text(formula)}," for formula in formulas),
                            result=formulas[-1].partition("=")[0].strip() if formulas else "L")
    hidden = f'{{ units = {wish.hidden}, activation = "{wish.activation}" }}' if wish.hidden else ""
    return NETWORK.format(activations=", ".join(ACTIVATIONS), hidden=hidden, output=_output(wish).name,
                          bias=f"bias = {BIASES[wish.bias][0]}")


def _training(wish: Wish) -> str:
    """How it is trained: what is not wished stands there as a comment."""
    others = ", ".join(name for name in LOSSES if name != wish.loss)
    lines = [] if wish.formula else [f'loss = "{wish.loss}" # or {others}']
    return "\n".join([
        *lines, "learning_rate = 0.5",
        "# " * (not wish.batch) + f"batch = {wish.batch or 1}" + " " * 33 + "# rows an update uses; left out: all",
        f'optimizer = "{wish.optimizer}" # or {{ name = "momentum", beta = 0.9 }}; {", ".join(OPTIMIZERS)}',
        "# " * (not wish.weight_decay) + f"weight_decay = {wish.weight_decay or 0.01}" +
        " " * 22 + "# what pulls weights towards 0",
        '# fixed = ["…"]                           # parameters that are shown, not trained'])


def _introduction(wish: Wish) -> str:
    """What is true of every lesson that is begun so."""
    symbol = ACTIVATIONS[wish.activation].symbol
    unit = f"a single {_output(wish).symbol} unit" if len(_targets(wish)) == 1 else \
        f"{len(_targets(wish))} {_output(wish).symbol} units"
    network = "formulas" if wish.formula else unit if not wish.hidden else f"one hidden {symbol} unit in between" \
        if wish.hidden == 1 else f"{wish.hidden} hidden {symbol} units in between"
    return (f"{wish.gate.upper()}, with {network}.\n"
            "Which row is furthest from its target, and what does the first update do about it?")


def _goal(lesson: Lesson) -> str:
    """All rows right, in the epoch in which they are; or that they are not."""
    trace = Trace(lesson)
    found = next((epoch for epoch in range(1, LEARNS_WITHIN + 1) if trace.rows_right(epoch).all()), None)
    fails = "" if found else ", fails = true"
    return (f"goal = {{ rows_right = {lesson.rows}, epoch = {found or LEARNS_WITHIN}{fails} }} "
            "# or { loss_below = 0.05, epoch = 100 }; fails = true: a start that fails")
