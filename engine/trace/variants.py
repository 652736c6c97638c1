"""The same start trained in another way: by another learning rate, or another optimizer. Where nothing is trained there
is none.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from engine.graph.expression import ExpressionError, parse
from engine.graph.optimizers import ADAM, MOMENTUM, OPTIMIZERS, RMSPROP, SGD, Optimizer
from engine.graph.written import GREEK
from engine.lesson.format import OPTIMIZER
from engine.lesson.lesson import Lesson
from engine.lesson.schema import POSITIVE
from engine.text.notation import ALL_DIGITS, number
from engine.text.pasted import retype
from engine.text.printable import printable, suggestion
from engine.trace.history import History
from engine.trace.what_if import RATE

FORM = f"{RATE} = 0.1, adam, or adam {RATE} = 0.01"  # how one is asked for
TIMES = (1 / 3, 3, 10)  # other rates beside a lesson's own
BESIDE = (SGD, MOMENTUM, ADAM, RMSPROP)  # optimizers worth seeing side by side
LONGEST_QUOTED = 20


class Variant(NamedTuple):
    """One of them: what it is called, and its epochs."""

    name: str
    history: History


class VariantError(Exception):
    """One that there can't be; the message says what is expected."""


def name_of(lesson: Lesson, own: Lesson) -> str:
    """What tells a lesson's training from another's of the same start, `own`: `lr 0.1`, `adam lr 0.01 β1 0.8`."""
    optimizer = lesson.optimizer
    names = [] if optimizer is own.optimizer is SGD else [optimizer.name]
    settings = [f"{GREEK[name]} {number(value, ALL_DIGITS)}" for name, value in lesson.settings.items()
                if value != optimizer.settings[name]]
    return " ".join([*names, f"{RATE} {number(lesson.learning_rate)}", *settings])


def rates_beside(lesson: Lesson) -> list[Variant]:
    """A third, three times and ten times the lesson's learning rate, about."""
    return [_variant(lesson, rate=float(f"{times * lesson.learning_rate:.1e}")) for times in TIMES if lesson.trains]


def optimizers_beside(lesson: Lesson) -> list[Variant]:
    """Some optimizers that are not the lesson's, with its learning rate."""
    return [_variant(lesson, optimizer) for optimizer in BESIDE if optimizer is not lesson.optimizer and lesson.trains]


def parse_variant(text: str, lesson: Lesson) -> Variant:
    """One from `lr = 0.1`, `adam` or `adam lr = 0.01, beta1 = 0.8`; a value may be calculated. Raises VariantError."""
    if not lesson.trains:
        raise VariantError("nothing is trained in this lesson")
    begin, *pairs = re.split(r"[\s,;]+(?=[^\W\d_]\w*\s*=)", f" {retype(text)}")
    if not begin.strip() and not pairs:
        raise VariantError(f"expected {FORM}")
    optimizer = _optimizer(begin.strip()) if begin.strip() else lesson.optimizer
    values = {}
    for name, _, written in (pair.partition("=") for pair in pairs):
        values[name.strip()] = _value(name.strip(), written, optimizer, lesson)
    rate = values.pop(RATE, lesson.learning_rate)
    return _variant(lesson, optimizer, rate, values)


def _optimizer(name: str) -> Optimizer:
    """The one that has this name."""
    if (optimizer := OPTIMIZERS.get(name.lower())) is None:
        near = suggestion(name.lower(), OPTIMIZERS)
        raise VariantError(f"{printable(name, LONGEST_QUOTED)}: expected {FORM}{near or _names()}")
    return optimizer


def _names() -> str:
    return f"; there are {', '.join(OPTIMIZERS)}"


def _value(name: str, written: str, optimizer: Optimizer, lesson: Lesson) -> float:
    """A rate or a setting as it is written, as lessons may have it."""
    known = [RATE, *optimizer.settings]
    if name not in known:
        expected = " or ".join(filter(None, (", ".join(known[:-1]), known[-1])))
        raise VariantError(f"{printable(name, LONGEST_QUOTED)}: expected {expected}{suggestion(name, known)}")
    try:
        value = parse(written).compute({RATE: lesson.learning_rate})
    except ExpressionError as error:
        raise VariantError(f"{name}: {error}") from None
    problems = POSITIVE(value, name) if name == RATE else OPTIMIZER({"name": optimizer.name, name: value}, "")
    if problem := next(problems, None):
        raise VariantError(str(problem))
    return value


def _variant(lesson: Lesson, optimizer: Optimizer | None = None, rate: float | None = None,
             settings: Mapping[str, float] | None = None) -> Variant:
    """The lesson but for what is given; settings that are not are the lesson's, of another optimizer PyTorch's."""
    optimizer = optimizer or lesson.optimizer
    before = lesson.settings if optimizer is lesson.optimizer else optimizer.settings
    other = replace(lesson, optimizer=optimizer, settings={**before, **(settings or {})},
                    learning_rate=lesson.learning_rate if rate is None else rate)
    return Variant(name_of(other, lesson), History(other))
