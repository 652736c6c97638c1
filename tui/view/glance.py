"""Training at a glance, as a value: which epoch is looked at, how far the curve goes, what stands beside it, which map
is shown, what is typed; and what keys make of it. Nothing is trained here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.graph.step import MOST_EPOCHS
from engine.lesson.lesson import Lesson
from engine.text.pasted import retype
from engine.trace.history import History
from engine.trace.plane import Plane, planes_of
from engine.trace.variants import Variant, VariantError, name_of, optimizers_beside, parse_variant, rates_beside
from engine.walk.known import is_known
from engine.walk.walk import ASKING, Walk
from tui.config.keys import GLANCE
from tui.view.prompt import Line, edit, is_writing

LEAST_LAST, USUAL_LAST, FARTHEST_GOAL = 5, 20, 100  # epochs of a curve; up to which a goal is in it at first
LETTERS = "abcd"  # of the curves: there is room for no more
FULL = f"{len(LETTERS)} curves are all that there is room for: take one away first ({GLANCE.sign('away')})"
EPOCHS = {"epoch_back": -1, "epoch": 1, "ten_back": -10, "ten_on": 10}
PLANES = {"plane_back": -1, "plane": 1}
NOTHING_TRAINED = "Nothing is trained in this lesson: there is no curve"
NO_SCALE = "Logarithms would tell the Loss that is to be found"


class Curve(NamedTuple):
    """A training, what it is called, and the letter that stands on its curve."""

    label: str
    history: History
    letter: str


class Glance(NamedTuple):
    """`lesson` is the one without changes, from whose start the `variants` beside it train too, some of them `typed`;
    `plane` counts `planes`. `line` is what is typed, an epoch's number or, if it `names` one, what shall stand beside;
    `said` what the last key has to say.
    """

    lesson: Lesson
    planes: Sequence[Plane]
    epoch: int
    last: int
    plane: int = 0
    is_log: bool = False
    variants: tuple[Variant, ...] = ()
    typed: tuple[Variant, ...] = ()
    line: Line | None = None
    names: bool = False
    said: str = ""

    @property
    def shown_plane(self) -> Plane | None:
        """The plane of the map, if there is one."""
        return self.planes[self.plane] if self.planes else None


def begin(walk: Walk) -> Glance:
    """A first look, at the epoch in hand; the curve holds the goal's too, if that is not far: one of 2000 epochs would
    show hardly more than a fall at its left.
    """
    lesson = _own_lesson(walk)
    goal = lesson.goal.epoch if lesson.goal and lesson.goal.epoch <= FARTHEST_GOAL else 1
    last = _holding(max(walk.cursor.epoch, goal, USUAL_LAST), walk)
    return Glance(lesson, planes_of(walk.trace.lesson), walk.cursor.epoch, last)


def keep_up(glance: Glance, walk: Walk) -> Glance:
    """The same of a walk that has become another meanwhile; of another lesson, or other starting values, anew."""
    if _own_lesson(walk) is not glance.lesson:
        return begin(walk)
    return glance._replace(variants=glance.variants[:room_beside(walk)])


def follow(glance: Glance, walk: Walk) -> Glance:
    """The same at the epoch in hand, nothing typed or said."""
    return look_at(keep_up(glance, walk), walk.cursor.epoch, walk)._replace(line=None, said="")


def look_at(glance: Glance, epoch: int, walk: Walk) -> Glance:
    """Look at an epoch, the nearest that there is; the curve goes as far."""
    epoch = max(1, min(epoch, walk.trace.history.last_epoch))
    return glance._replace(epoch=epoch, last=max(glance.last, _holding(epoch, walk)))


def press(glance: Glance, name: str, walk: Walk) -> Glance:
    """What a command of the table of keys makes of it, by its id."""
    glance = glance._replace(said="")
    ends = {"first": 1, "last": glance.last}
    if name in EPOCHS or name in ends:
        return look_at(glance, ends.get(name, glance.epoch + EPOCHS.get(name, 0)), walk)
    if name in PLANES:
        return glance._replace(plane=(glance.plane + PLANES[name]) % max(len(glance.planes), 1))
    if not glance.lesson.trains:
        return glance._replace(said=NOTHING_TRAINED)
    return OF_CURVES[name](glance, walk)


def _lengthen(glance: Glance, walk: Walk) -> Glance:
    return glance._replace(last=_holding(glance.last + 1, walk))


def _shorten(glance: Glance, walk: Walk) -> Glance:
    """As far as the epoch in sight stays in the curve."""
    shorter = max((last for last in _series() if last < glance.last), default=0)
    return glance._replace(last=max(shorter, _holding(glance.epoch, walk)))


def _show_rates(glance: Glance, walk: Walk) -> Glance:
    return _show_beside(glance, rates_beside(glance.lesson), walk)


def _show_optimizers(glance: Glance, walk: Walk) -> Glance:
    return _show_beside(glance, optimizers_beside(glance.lesson), walk)


def _show_beside(glance: Glance, made: Sequence[Variant], walk: Walk) -> Glance:
    """As many as there is room for beside what was typed; those that are there already go."""
    kept = tuple(variant for variant in glance.variants if variant in glance.typed)
    new = [variant for variant in made if variant.name not in _names(glance._replace(variants=kept))]
    beside = (*kept, *new)[:room_beside(walk)]
    if len(beside) == len(kept):
        return glance._replace(said=FULL)
    are_there = [variant.name for variant in beside] == [variant.name for variant in glance.variants]
    return glance._replace(variants=kept if are_there else beside)


def _ask(glance: Glance, walk: Walk) -> Glance:
    """What shall stand beside?"""
    if len(glance.variants) >= room_beside(walk):
        return glance._replace(said=FULL)
    return glance._replace(line=Line(), names=True)


def _take_away(glance: Glance, walk: Walk) -> Glance:  # noqa: ARG001  (as all of these)
    return glance._replace(variants=glance.variants[:-1], said="" if glance.variants else "no other curve is there")


def _change_scale(glance: Glance, walk: Walk) -> Glance:
    """Its figures are Losses."""
    return glance._replace(said=NO_SCALE) if is_any_hidden(walk) else glance._replace(is_log=not glance.is_log)


OF_CURVES: Mapping[str, Callable[[Glance, Walk], Glance]] = {
    "more": _lengthen, "fewer": _shorten, "rates": _show_rates, "optimizers": _show_optimizers, "beside": _ask,
    "away": _take_away, "scale": _change_scale}


def write(glance: Glance, key: str, character: str | None) -> Glance:
    """Write into the line; where there is none, a figure begins one for an epoch. Others mean nothing."""
    begins = is_writing(character) and retype(character or "").isdecimal()
    if glance.line is None and not begins:
        return glance
    line = edit(glance.line or Line(), key, character)
    names = glance.names and glance.line is not None
    return glance if line is None else glance._replace(line=line, names=names, said="")


def enter(glance: Glance, walk: Walk) -> Glance:
    """Take what is typed; what can't be taken can be mended."""
    text = glance.line.text.strip() if glance.line else ""
    if not text:
        return glance._replace(line=None)
    if glance.names:
        try:
            variant = parse_variant(text, glance.lesson)
        except VariantError as error:
            return glance._replace(said=str(error))
        if variant.name in _names(glance):
            return glance._replace(said=f"{variant.name} is there already")
        return glance._replace(variants=(*glance.variants, variant), typed=(*glance.typed, variant), line=None)
    last = walk.trace.history.last_epoch
    if not text.isdecimal() or not 1 <= int(text[:10]) <= last:
        return glance._replace(said=f"expected an epoch, 1 to {last}")
    return look_at(glance._replace(line=None), int(text), walk)


def room_beside(walk: Walk) -> int:
    """How many variants may stand beside the lesson's curve, and that without the changes."""
    return len(LETTERS) - 1 - (walk.own is not None)


def curves(glance: Glance, walk: Walk) -> list[Curve]:
    """The lesson's own first: as it is changed, and as it was."""
    own = f"what if {', '.join(map(str, walk.changes))}" if walk.own else name_of(glance.lesson, glance.lesson)
    histories = [(own, walk.trace.history)]
    if walk.own:
        histories.append(("without the change" + "s" * (len(walk.changes) > 1), walk.own.history))
    histories += glance.variants
    return [Curve(*histories[index], LETTERS[index]) for index in range(len(histories))]


def is_any_hidden(walk: Walk) -> bool:
    """Whether there is such an epoch, which may be the one where the curve begins, or ends."""
    return is_hidden(walk, walk.cursor.epoch)


def is_hidden(walk: Walk, epoch: int) -> bool:
    """Whether the learner is still to find an epoch's Loss, or to be judged: then no figure tells it."""
    script, trace = walk.trace.script, walk.trace
    index = script.batches[-1].loss_index if trace.graph.loss else script.value_index(0, trace.symbols.loss.i)
    return walk.mode in ASKING and epoch == walk.cursor.epoch and not is_known(walk, index)


def _names(glance: Glance) -> Sequence[str]:
    """What trains in the same way as one of the curves."""
    return [name_of(glance.lesson, glance.lesson), *(variant.name for variant in glance.variants)]


def _own_lesson(walk: Walk) -> Lesson:
    return (walk.own or walk.trace).lesson


def _holding(epoch: int, walk: Walk) -> int:
    """How far a curve goes that holds an epoch, if nothing else is wanted."""
    most = walk.trace.history.last_epoch
    return next((last for last in _series() if last >= min(epoch, most)), most)


def _series() -> Iterator[int]:
    """5, 10, 20, 50 and so on."""
    power = 1
    while power <= MOST_EPOCHS:
        yield from (step * power for step in (1, 2, 5) if LEAST_LAST <= step * power <= MOST_EPOCHS)
        power *= 10
