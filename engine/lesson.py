"""Lessons: one TOML file each, read into a `Lesson` or refused with every problem it has."""

import os
import random
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from engine.functions import ACTIVATIONS, LOSSES, Array, Loss
from engine.network import Network, Parameter
from engine.schema import (
    POSITIVE,
    REAL,
    Check,
    Problem,
    joined,
    line,
    list_of,
    matching,
    one_of,
    satisfying,
    spelled,
    table,
    table_of,
    whole,
)
from engine.text import printable, suggestion

MOST_BYTES = 64 * 1024
MOST_LINE = 2_000  # characters; tomllib takes time quadratic in the length of a dotted key
MOST_UNITS, MOST_HIDDEN, MOST_ROWS = 64, 8, 1024
MOST_PROBLEMS = 200  # reported in one go

NAME: Check = satisfying(
    lambda value: isinstance(value, str) and value.isidentifier() and value.isascii() and len(value) <= 12,
    "a name of 1 to 12 letters, digits and _, a letter first")
LAYER: Check = table({"units": whole(1, MOST_UNITS), "activation": one_of(ACTIVATIONS)})


def _parameters(value: object, key: str) -> Iterator[Problem]:
    """A seed alone, or a value for each name; whether these are the network's is checked later."""
    if isinstance(value, dict) and "seed" in value and len(value) > 1:
        return iter([Problem(key, f"seed and {len(value) - 1} more", "either seed alone or every parameter")])
    if isinstance(value, dict) and "seed" in value:
        return table({"seed": whole(0, 2**32 - 1)})(value, key)
    return table_of(REAL, "a table of all parameters, or seed = 7")(value, key)


SCHEMA: Check = table({
    "format": whole(1, 1),
    "id": matching(r"[a-z0-9-]{1,60}", "lower-case letters, digits and hyphens, 60 at most"),
    "title": line(60),
    "data": table({
        "inputs": list_of(NAME, 1, MOST_UNITS, "column names"),
        "targets": list_of(NAME, 1, MOST_UNITS, "column names"),
        "rows": list_of(list_of(REAL, 2, 2 * MOST_UNITS, "numbers"), 1, MOST_ROWS, "rows"),
    }),
    "network": table({"output": table({"activation": one_of(ACTIVATIONS)})},
                     {"hidden": list_of(LAYER, 0, MOST_HIDDEN, "layers")}),
    "parameters": _parameters,
    "training": table({"loss": one_of(LOSSES), "learning_rate": POSITIVE},
                      {"order": list_of(satisfying(lambda value: isinstance(value, str), "a parameter's name"),
                                        1, 10**6, "parameter names")}),
})


class LessonError(Exception):
    """A lesson that can't be read: its name, and every problem. As text, one line per problem."""

    def __init__(self, name: str, *problems: Problem) -> None:
        self.name, self.problems = name, problems
        super().__init__("\n".join(f"{printable(name, 200)}: {problem}" for problem in problems))


@dataclass(frozen=True, eq=False)
class Lesson:
    """Data, network, starting parameters, loss, learning rate and the words around them.

    `X` (rows, inputs) and `Y` (rows, targets); `start` has a value for every parameter; `order` is the gradients'.
    """

    id: str
    title: str
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    X: Array
    Y: Array
    network: Network
    start: dict[str, float]
    loss: Loss
    learning_rate: float
    order: tuple[Parameter, ...]
    drawn_from: "Lesson | None" = None  # the lesson with its own starting values, where these are drawn

    @property
    def rows(self) -> int:
        """How many rows the truth table has."""
        return len(self.X)

    @cached_property
    def classifies(self) -> bool:
        """Whether an output can be right or wrong: all targets are 0 or 1."""
        return bool(np.isin(self.Y, (0.0, 1.0)).all())

    def is_right(self, A: Array) -> Array:
        """For outputs (rows, targets): whether each row's lie on their targets' side of ½. Shape (rows,)."""
        return np.asarray((((A >= 0.5) == (self.Y == 1.0)) & np.isfinite(A)).all(axis=1))

    def parameters(self) -> list[Array]:
        """The starting parameters by layer, each (units before + 1, units); the first, the inputs', is empty."""
        arrays = [np.empty((0, 0))]
        arrays += [np.empty((before + 1, units)) for before, units in
                   zip(self.network.sizes, self.network.sizes[1:], strict=False)]
        for name, parameter in self.network.parameters.items():
            arrays[parameter.layer][self.network.position(parameter)] = self.start[name]
        return arrays


def shipped() -> dict[str, str]:
    """The ids of the lessons that come with handgrad, each with its text."""
    files = sorted(resources.files("engine.lessons").iterdir(), key=lambda file: file.name)
    return {file.name.removesuffix(".toml"): file.read_text("utf-8") for file in files if file.name.endswith(".toml")}


def load(name: str) -> Lesson:
    """A lesson by a shipped one's id, or by the path of a file. Raises LessonError."""
    lessons = shipped()
    if name in lessons:
        return parse(lessons[name], f"{name}.toml")
    if not name.endswith(".toml") and "/" not in name and not os.path.exists(name):
        raise LessonError(name, Problem("", "no such lesson", f"one of {', '.join(lessons)}, or a file's path"
                                        + suggestion(name, lessons)))
    return load_file(name)


def load_file(path: str) -> Lesson:
    """A lesson from a file. Raises LessonError."""
    try:
        mode = Path(path).stat().st_mode
        if not stat.S_ISREG(mode):
            raise LessonError(path, Problem("", "a directory" if stat.S_ISDIR(mode) else "not a regular file",
                                            "a lesson file"))
        with open(path, "rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise LessonError(path, Problem("", reason.lower(), "a lesson file")) from None
    if len(content) > MOST_BYTES:
        raise LessonError(path, Problem("", "more than 64 KB", "a lesson of at most 64 KB"))
    try:
        return parse(content.decode("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise LessonError(path, Problem("", f"byte {error.start} is not UTF-8", "a text file")) from None


def parse(text: str, name: str) -> Lesson:
    """A lesson from TOML; `name` is the file's, for messages. Raises LessonError."""
    document = _toml(text, name)
    if problems := list(islice(_problems(document), MOST_PROBLEMS)):
        more = [Problem("", f"and more; these are the first {MOST_PROBLEMS}")] * (len(problems) == MOST_PROBLEMS)
        raise LessonError(name, *problems, *more)
    return _build(document)


def _toml(text: str, name: str) -> dict[str, Any]:
    if not text.strip():
        raise LessonError(name, Problem("", "empty", "a lesson in TOML"))
    for number, content in enumerate(text.split("\n"), 1):
        if len(content) > MOST_LINE:
            raise LessonError(name, Problem(f"line {number}", f"{len(content)} characters", f"at most {MOST_LINE}"))
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise LessonError(name, Problem("", "nested too deeply", "a lesson in TOML")) from None
    except ValueError as error:  # a syntax error, or a number that Python refuses to read
        raise LessonError(name, Problem("", f"not TOML: {printable(str(error), 200)}")) from None


def _build(document: dict[str, Any]) -> Lesson:
    """The lesson of a document without problems."""
    data, training, given = document["data"], document["training"], document["parameters"]
    inputs, targets = tuple(data["inputs"]), tuple(data["targets"])
    network, rows = _network(document), np.array(data["rows"], dtype=float)
    return Lesson(
        id=document["id"], title=document["title"], inputs=inputs, targets=targets,
        X=rows[:, :len(inputs)], Y=rows[:, len(inputs):], network=network,
        start=drawn(network, given["seed"]) if "seed" in given else {name: float(given[name]) for name in given},
        loss=LOSSES[training["loss"]], learning_rate=float(training["learning_rate"]),
        order=tuple(network.parameters[name] for name in training.get("order", network.parameters)))


def _network(document: dict[str, Any]) -> Network:
    data, layers = document["data"], document["network"].get("hidden", [])
    return Network(
        (len(data["inputs"]), *(layer["units"] for layer in layers), len(data["targets"])),
        tuple(ACTIVATIONS[layer["activation"]] for layer in [*layers, document["network"]["output"]]))


def drawn(network: Network, seed: int) -> dict[str, float]:
    """Starting parameters from a seed, the same on every machine: one decimal, from −1 to 1, never 0."""
    generator = random.Random(seed)  # noqa: S311  (numbers for an exercise, not for secrets)
    tenths = [t for t in range(-10, 11) if t]
    return {name: tenths[int(generator.random() * len(tenths))] / 10 for name in network.parameters}


def _problems(document: dict[str, Any]) -> Iterator[Problem]:
    """Every problem: what the schema finds, then the contradictions among those parts that are sound."""
    found = list(SCHEMA(document, ""))
    yield from found

    def sound(*keys: str) -> bool:
        return not any(f"{problem.key}.".startswith((f"{key}.", f"{key}[")) or key.startswith(f"{problem.key}.")
                       for problem in found for key in keys)

    if sound("data.inputs", "data.targets"):
        if isinstance(rows := document["data"].get("rows"), list):
            yield from _row_problems(document["data"], [row if isinstance(row, list) else None for row in rows])
        if sound("network"):
            network = _network(document)
            yield from _name_problems(document["data"], network)
            if isinstance(document.get("parameters"), dict):
                yield from _parameter_problems(document["parameters"], network)
            if sound("training.order") and "order" in document["training"]:
                yield from _order_problems(document["training"]["order"], network)
    if sound("data", "network.output", "training.loss") and document["training"]["loss"] == "bce":
        yield from _bce_problems(document)


def _row_problems(data: dict[str, Any], rows: list[list[object] | None]) -> Iterator[Problem]:
    names = data["inputs"] + data["targets"]
    for index, row in enumerate(rows):
        if row is not None and len(row) != len(names):
            yield Problem(f"data.rows[{index}]", f"{len(row)} numbers", f"{len(names)}: {', '.join(names)}")


def _name_problems(data: dict[str, Any], network: Network) -> Iterator[Problem]:
    reserved = {f"{letter}{unit.number}" for layer in network.layers for unit in layer for letter in "ZA"}
    reserved |= {*network.parameters, "Loss", "lr", "n", "e"}
    seen: set[str] = set()
    for group in ("inputs", "targets"):
        for column, name in enumerate(data[group]):
            if name in seen:
                yield Problem(f"data.{group}[{column}]", spelled(name), "a name that no other column has")
            if name in reserved and not (group == "inputs" and name == f"A{column + 1}"):
                yield Problem(f"data.{group}[{column}]", spelled(name), "a name that no number of the network has")
            seen.add(name)


def _bce_problems(document: dict[str, Any]) -> Iterator[Problem]:
    if (output := document["network"]["output"]["activation"]) != "sigmoid":
        yield Problem("training.loss", f'"bce" with output "{output}"', 'output "sigmoid": bce takes ln(A), ln(1−A)')
    for index, row in enumerate(document["data"]["rows"]):
        for column in range(len(document["data"]["inputs"]), len(row)):
            if not 0 <= row[column] <= 1:
                yield Problem(f"data.rows[{index}][{column}]", spelled(row[column]), 'a target from 0 to 1 with "bce"')


def _parameter_problems(given: dict[str, object], network: Network) -> Iterator[Problem]:
    if "seed" in given:
        return
    known = list(network.parameters)
    for name in known:
        if name not in given:
            yield Problem(joined("parameters", name), "missing", "a finite number (or for all of them: seed = 7)")
    for name in given:
        if name not in network.parameters:
            yield Problem(joined("parameters", name), "unknown parameter",
                          f"one of {known[0]} to {known[-1]}" + suggestion(name, known[:100]))


def _order_problems(order: list[str], network: Network) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, name in enumerate(order):
        if name not in network.parameters:
            yield Problem(f"training.order[{index}]", spelled(name), "a parameter of the network")
        elif name in seen:
            yield Problem(f"training.order[{index}]", f"{spelled(name)} again", "every parameter once")
        seen.add(name)
    for name in network.parameters:
        if name not in seen:
            yield Problem("training.order", f"{name} is missing", "every parameter once")
