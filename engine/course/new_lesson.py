"""A lesson file to start from: a gate, a network, starting values that teach, comments that say what may be changed."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engine.graph.activations import ACTIVATIONS
from engine.graph.losses import LOSSES
from engine.lesson.lesson import Lesson, parse
from engine.trace.many_starts import epochs_until_right
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
{goal} # or {{ loss_below = 0.05, epoch = 100 }}; fails = true: a start that fails
# requires = ["and-gate"]                  # what is best done before; never enforced
# next = "xor-gate"                        # what comes next

[data]
inputs = ["x1", "x2"]
targets = ["y"]
rows = {rows} # inputs, then targets

[network]
# One table a layer, none for a single neuron. Activations: {activations}
hidden = [{hidden}]
output = {{ activation = "sigmoid" }}

[parameters]
# w13 joins unit 1 to unit 3; b3 is unit 3's bias. Units are numbered through the layers, inputs first.
# Instead of all of them, `seed = 7` draws some.
{parameters}

[training]
loss = "mse" # or {other_losses}
learning_rate = 0.5
# order = ["b3", "w13", …]                 # of the gradients; every parameter once

# A note appears where all that is given matches: phase, kind, parameter, row, unit, factor, epoch.
[[notes]]
text = "The first factor is the same in every chain of this row."
phase = "backward"
factor = 1
epoch = 1
"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a new lesson is to be: a gate by its name, how many hidden units (0: none), their activation, and the seed
    of its starting values.
    """

    gate: str = "and"
    hidden: int = 2
    activation: str = "relu"
    seed: int = 1


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
    """The text of a new lesson; `file` is what its comments call it."""
    rows = [[a, b, GATES[wish.gate](a, b)] for a, b in ((1, 1), (1, 0), (0, 1), (0, 0))]
    hidden = f'{{ units = {wish.hidden}, activation = "{wish.activation}" }}' if wish.hidden else ""
    filled = partial(TEMPLATE.format, file=file, id=lesson_id, title=f"{wish.gate.upper()} gate",
                     introduction=_introduction(wish), rows=rows, hidden=hidden, activations=", ".join(ACTIVATIONS),
                     other_losses=", ".join(name for name in LOSSES if name != "mse"))
    lesson = draw_starting_values(parse(filled(goal="", parameters="seed = 1"), file), wish.seed, LEARNS_WITHIN)
    values = "\n".join(f'{name if "," not in name else chr(34) + name + chr(34)} = {value}'
                       for name, value in lesson.start.items())
    return filled(goal=_goal(lesson), parameters=values)


def _introduction(wish: Wish) -> str:
    """What is true of every lesson that is begun so."""
    symbol = ACTIVATIONS[wish.activation].symbol
    network = "a single sigmoid unit" if not wish.hidden else f"one hidden {symbol} unit in between" \
        if wish.hidden == 1 else f"{wish.hidden} hidden {symbol} units in between"
    return (f"{wish.gate.upper()}, with {network}.\n"
            "Which row is furthest from its target, and what does the first update do about it?")


def _goal(lesson: Lesson) -> str:
    """All rows right, in the epoch in which they are; or that they are not."""
    epochs = epochs_until_right(lesson, [lesson.start], LEARNS_WITHIN)[0]
    fails = "" if epochs else ", fails = true"
    return f"goal = {{ rows_right = {lesson.rows}, epoch = {epochs or LEARNS_WITHIN}{fails} }}"
