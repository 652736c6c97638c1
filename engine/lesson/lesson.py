"""Lessons: one TOML file each, read into a `Lesson` or refused with every problem it has."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.graph.formulas import Formulas
from engine.graph.losses import Loss
from engine.graph.network import Network, Parameter
from engine.graph.numeric import Array, np
from engine.graph.optimizers import SGD, Optimizer
from engine.graph.symbols import LOSS
from engine.late import LateModule
from engine.lesson.contradictions import problems
from engine.lesson.course_file import COURSE_FILE, Group, read_groups
from engine.lesson.format import lists_of_tables
from engine.lesson.graph_reading import read_name
from engine.lesson.models import loss_of, model_of, optimizer_of, starting_values
from engine.lesson.notes import Goal, Note
from engine.lesson.schema import Problem
from engine.lesson.toml_file import TomlError, parse_toml, read_text
from engine.text.names import one_spelling
from engine.text.printable import printable, suggestion

if TYPE_CHECKING:
    from engine.lesson import location
else:
    location = LateModule("engine.lesson.location")

WHAT = "a lesson"
MOST_PROBLEMS = 200  # reported in one go
MOST_NAMED = 20  # lessons, in one message
SHIPPED = Path(__file__).with_name("shipped")


class LessonError(Exception):
    """A lesson that can't be read: its name, and every problem. As text, one line per problem."""

    def __init__(self, name: str, *problems: Problem) -> None:
        self.name, self.problems = name, problems
        super().__init__("\n".join(f"{printable(name, 200)}: {problem}" for problem in problems))


@dataclass(frozen=True, eq=False)
class Lesson:
    """Data, what is calculated from them, starting parameters, loss, learning rate and the words around them.

    `table` has a line for each row, inputs before targets; `start` has a value for every parameter; `order` is the
    gradients', without those parameters that are fixed. `model` is a network, or the formulas of a graph. A learning
    rate of 0 means that there is no update, and one epoch. `batch` is how many rows an update uses, in their order, 0
    all of them; `settings` are the optimizer's, each by its name. `claimed` has gradients of the first epoch as
    somebody else's sheet has them, by the parameters' names: right or wrong.
    """

    id: str
    title: str
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    table: tuple[tuple[float, ...], ...]
    model: Network | Formulas
    start: dict[str, float]
    loss: Loss
    learning_rate: float
    order: tuple[Parameter, ...]
    batch: int = 0
    optimizer: Optimizer = SGD
    settings: Mapping[str, float] = field(default_factory=dict)
    weight_decay: float = 0.0
    introduction: str = ""
    goal: Goal | None = None
    requires: tuple[str, ...] = ()
    next: str = ""
    notes: tuple[Note, ...] = ()
    claimed: Mapping[str, float] = field(default_factory=dict)
    drawn_from: "Lesson | None" = None  # the lesson with its own starting values, where these are drawn

    @property
    def network(self) -> Network:
        """The network, where it is one: who asks knows that. Raises TypeError."""
        if isinstance(self.model, Network):
            return self.model
        raise TypeError("formulas are no network")

    @property
    def formulas(self) -> Formulas | None:
        """The formulas, where it is no network."""
        return None if isinstance(self.model, Network) else self.model

    @property
    def trains(self) -> bool:
        """Whether there are updates."""
        return self.learning_rate > 0

    @cached_property
    def fixed(self) -> tuple[Parameter, ...]:
        """The parameters that are shown, not trained."""
        trained = set(self.order)
        return tuple(each for each in self.model.parameters.values() if each not in trained)

    @property
    def loss_name(self) -> str:
        """The name of what is differentiated: of formulas with a single row their result, else the Loss."""
        return self.formulas.result if self.formulas and self.rows == 1 else LOSS.name

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return len(self.table)

    @cached_property
    def batches(self) -> tuple[range, ...]:
        """The rows that each update of an epoch uses; the last may have fewer."""
        size = self.batch or self.rows
        return tuple(range(first, min(first + size, self.rows)) for first in range(0, self.rows, size))

    @property
    def terms(self) -> int:
        """How many terms the Loss has, of all rows together."""
        return self.terms_of(self.rows)

    def terms_of(self, rows: int) -> int:
        """How many terms the Loss has of so many rows: one for each target of each, or one for each row."""
        return rows * (1 if self.loss.is_per_row else len(self.targets))

    def decays(self, parameter: Parameter) -> bool:
        """Whether weight decay pulls at a parameter: at weights, not at biases; at every one of a graph's."""
        return self.weight_decay > 0 and parameter.source is not None

    def inputs_of(self, row: int) -> tuple[float, ...]:
        """The inputs of a row, from 0."""
        return self.table[row][:len(self.inputs)]

    def targets_of(self, row: int) -> tuple[float, ...]:
        """The targets of a row, from 0."""
        return self.table[row][len(self.inputs):]

    @cached_property
    def X(self) -> Array:  # noqa: N802
        """The inputs, (rows, inputs)."""
        return np.array(self.table)[:, :len(self.inputs)]

    @cached_property
    def Y(self) -> Array:  # noqa: N802
        """The targets, (rows, targets)."""
        return np.array(self.table)[:, len(self.inputs):]

    @cached_property
    def classifies(self) -> bool:
        """Whether an output can be right or wrong: there are outputs, and all targets are 0 or 1."""
        return self.formulas is None and all(
            target in (0.0, 1.0) for row in range(self.rows) for target in self.targets_of(row))

    @cached_property
    def table_name(self) -> str:
        """What the table is called: a truth table has truth values alone."""
        return "Truth table" if all(value in (0.0, 1.0) for row in self.table for value in row) else "Data"

    def is_right(self, A: Array) -> Array:
        """For outputs (rows, targets): whether each row's lie on their targets' side of ½. Shape (rows,); what comes
        behind the targets in `A` comes behind the rows.
        """
        targets = self.Y.reshape(*self.Y.shape, *[1] * (A.ndim - 2))
        return np.asarray((((A >= 0.5) == (targets == 1.0)) & np.isfinite(A)).all(axis=1))

    def parameters(self, start: Mapping[str, float] | None = None) -> list[Array]:
        """The starting parameters, or others by name, by layer, each (units before + 1, units); the first, the inputs',
        is empty. A layer's one bias stands below each of its units, no bias is 0; a graph's are one column.
        """
        start, model = self.start if start is None else start, self.model
        arrays = [np.zeros(shape) for shape in model.shapes]
        for name, parameter in model.parameters.items():
            arrays[parameter.layer][model.places(parameter)] = start[name]
        return arrays


@cache
def shipped_lessons() -> Mapping[str, Path]:
    """The ids of the lessons that come with handgrad, in the order of the course, each with its file."""
    return {name: SHIPPED / f"{name}.toml" for group in shipped_groups() for name in group.lessons}


@cache
def shipped_groups() -> Sequence[Group]:
    """The groups of the lessons that come with handgrad."""
    return read_groups((SHIPPED / COURSE_FILE).read_text("utf-8"))


def load(name: str) -> Lesson:
    """A lesson by a shipped one's id, or by the path of a file. Raises LessonError."""
    lessons = shipped_lessons()
    if name in lessons:
        return parse(lessons[name].read_text("utf-8"), f"{name}.toml")
    if not name.endswith(".toml") and "/" not in name and not os.path.exists(name):
        raise no_such_lesson(name, list(lessons))
    return load_file(name)


def no_such_lesson(name: str, known: Sequence[str]) -> LessonError:
    """That none has that id; `known` are those that there are."""
    more = f" and {len(known) - MOST_NAMED} more" if len(known) > MOST_NAMED else ""
    return LessonError(name, Problem("", "no such lesson", f"one of {', '.join(known[:MOST_NAMED])}{more}, or a file's "
                                     "path" + suggestion(name, known)))


def load_file(path: str) -> Lesson:
    """A lesson from a file. Raises LessonError."""
    return parse(read_lesson(path), path)


def read_lesson(path: str) -> str:
    """The text of a lesson's file. Raises LessonError."""
    try:
        return read_text(path, WHAT)
    except TomlError as error:
        raise LessonError(path, *error.problems) from None


def parse(text: str, name: str) -> Lesson:
    """A lesson from TOML; `name` is the file's, for messages. Raises LessonError."""
    document = _toml(text, name)
    if found := list(islice(problems(document), MOST_PROBLEMS)):
        more = [Problem("", f"and more; these are the first {MOST_PROBLEMS}")] * (len(found) == MOST_PROBLEMS)
        raise LessonError(name, *location.locate(found, text), *more)
    return _build(document)


def _toml(text: str, name: str) -> dict[str, Any]:
    if not text.strip():
        raise LessonError(name, Problem("", "empty", "a lesson in TOML"))
    try:
        return parse_toml(text, WHAT, lists_of_tables())
    except TomlError as error:
        raise LessonError(name, *error.problems) from None


def _build(document: dict[str, Any]) -> Lesson:
    """The lesson of a document without problems."""
    data, training = document.get("data", {}), document.get("training", {})
    table = data.get("rows", [()])
    model = model_of(document)
    optimizer, settings = optimizer_of(training)
    fixed = set(map(read_name, training.get("fixed", ())))
    order = map(read_name, training["order"]) if "order" in training else model.parameters
    return Lesson(
        id=document["id"], title=document["title"],
        inputs=tuple(map(one_spelling, data.get("inputs", ()))),
        targets=tuple(map(one_spelling, data.get("targets", ()))),
        table=tuple(tuple(map(float, row)) for row in table), model=model,
        start=starting_values(document, model), loss=loss_of(document),
        learning_rate=float(training.get("learning_rate", 0)),
        order=tuple(model.parameters[name] for name in order if name not in fixed),
        batch=0 if training.get("batch") in (None, len(table)) else training["batch"],
        optimizer=optimizer, settings=settings, weight_decay=float(training.get("weight_decay", 0)),
        introduction=document.get("introduction", "").strip(), requires=tuple(document.get("requires", ())),
        next=document.get("next", ""), goal=_goal(document, model) if "goal" in document else None,
        notes=tuple(map(_note, document.get("notes", ()))),
        claimed={read_name(name): float(value)
                 for name, value in document.get("check", {}).get("gradients", {}).items()})


def _goal(document: dict[str, Any], model: Network | Formulas) -> Goal:
    """The goal, in which the only row's result is called by its name."""
    goal, rows = Goal(**document["goal"]), document.get("data", {}).get("rows", [()])
    return goal._replace(loss=model.result) if isinstance(model, Formulas) and len(rows) == 1 else goal


def _note(given: dict[str, Any]) -> Note:
    """A note, with its parameter's and its node's name as the lesson has them."""
    names: dict[str, Any] = {key: read_name(given[key]) for key in ("parameter", "node") if key in given}
    return Note(**{**given, **names})
