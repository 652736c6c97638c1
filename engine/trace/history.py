"""The epochs of a lesson: computed when first asked for, any of them quick to reach again, in flat memory.

A history may branch off another: it has that one's epochs before its first, and trains nothing before it is asked for a
number. All that branch off one lesson share one memory.
"""

from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from engine.graph.epoch import Epoch, copies
from engine.graph.quantity import Source
from engine.graph.step import MOST_EPOCHS
from engine.late import LateModule
from engine.lesson.lesson import Lesson
from engine.trace.losses import Losses, Span, Spans

if TYPE_CHECKING:
    from engine.graph import passes
    from engine.trace import training
else:
    passes = LateModule("engine.graph.passes")
    training = LateModule("engine.trace.training")

LARGEST_PART = 500  # epochs; a part takes a hundredth of a second or so
MOST_OUTPUTS = 100_000  # kept of a part, for its Losses
PARTS_NEAR = 8
KEPT_LOSSES = 1000  # of late epochs that are looked at


class History:
    """Every epoch's numbers."""

    def __init__(self, lesson: Lesson, first: int = 1, before: "History | None" = None,
                 replaced: Mapping[str, float] | None = None) -> None:
        """From epoch `first` on, with the parameters of that epoch in the history `before`, but for those replaced, by
        their names; without one, with the lesson's own.
        """
        self.lesson, self.first, self._before, self._replaced = lesson, first, before, replaced or {}
        self._later_losses: dict[int, float] = {}
        self.branches: WeakValueDictionary[Hashable, History] = WeakValueDictionary()  # off this one, while in use

    @cached_property
    def _part(self) -> int:
        """How many epochs are trained at once."""
        rows, columns = self.lesson.rows, max(1, len(self.lesson.targets))
        work = rows * len(self.lesson.model.parameters)
        return max(1, min(LARGEST_PART // training.passes_like(self.lesson), 1_000_000 // max(1, work),
                          MOST_OUTPUTS // (rows * columns)))

    @cached_property
    def _memory(self) -> "training.Memory":
        return self._before._memory if self._before else training.Memory(self.lesson)

    @cached_property
    def _training(self) -> "training.Training":
        """Made when the first number is asked for."""
        return training.Training(self.lesson, self.first, self._start(), self._memory)

    def _start(self) -> "passes.State":
        """The parameters of the first epoch, and what their optimizer keeps."""
        if self._before is None:
            return training.first_state(self.lesson)
        start = self._before.state(self.first)
        parameters = copies(start.parameters)
        for name, value in self._replaced.items():
            parameter = self.lesson.model.parameters[name]
            parameters[parameter.layer][self.lesson.model.places(parameter)] = value
        return passes.State(parameters, start.moments)

    def lesson_at(self, number: int) -> Lesson:
        """The lesson whose rate and targets an epoch has."""
        return self._before.lesson_at(number) if self._before and number < self.first else self.lesson

    @property
    def own_lesson(self) -> Lesson:
        """The one without changes."""
        return self._before.own_lesson if self._before else self.lesson

    @property
    def last_epoch(self) -> int:
        """The last one that can be gone to: where nothing is trained, the first."""
        return MOST_EPOCHS if self.lesson.trains else 1

    def is_branch(self, number: int) -> bool:
        """Whether an epoch's numbers are others than the lesson's own."""
        return self._before is not None and (number >= self.first or self._before.is_branch(number))

    def epoch(self, number: int) -> Epoch:
        """All numbers of an epoch, from 1. Raises IndexError past the last."""
        if not 1 <= number <= self.last_epoch:
            raise IndexError(number)
        if self._before and number < self.first:
            return self._before.epoch(number)
        if found := self._memory.epoch(self, number):
            return found
        for _ in self.train_towards(number):
            pass
        epoch = self._training.epoch()
        self._memory.keep(self, epoch)
        self._keep_loss(epoch)
        return epoch

    def _keep_loss(self, epoch: Epoch) -> None:
        """Of an epoch that is looked at, so late that the Losses don't keep it exactly."""
        if self._training.losses.of(epoch.number) is None:
            if len(self._later_losses) >= KEPT_LOSSES:
                self._later_losses.clear()
            self._later_losses[epoch.number] = epoch.loss

    def state(self, number: int) -> "passes.State":
        """What an epoch begins with; not to be written to."""
        if self._before and number < self.first:
            return self._before.state(number)
        if found := self._memory.epoch(self, number):
            arrays = found.batches[0].arrays
            return passes.State(list(arrays[Source.PARAMETER]), list(arrays[Source.OLD_MOMENT]))
        for _ in self.train_towards(number):
            pass
        return self._training.state

    def is_near(self, number: int) -> bool:
        """Whether an epoch is there, or a few parts of training away."""
        return self._distance(number) <= PARTS_NEAR * self._part

    def is_at_hand(self, number: int) -> bool:
        """Whether an epoch is there: nothing is trained to look at it."""
        return self._distance(number) == 0

    def _distance(self, number: int) -> int:
        """How many epochs are to be trained until one is there."""
        if self._before and number < self.first:
            return self._before._distance(number)
        if self._memory.epoch(self, number):
            return 0
        if self._has_begun:
            return number - self._training.start_for(number)
        return number - self.first + (self._before._distance(self.first) if self._before else 0)

    @property
    def _has_begun(self) -> bool:
        return "_training" in vars(self)

    def train_towards(self, number: int) -> Iterator[int]:
        """Train until the epoch's state is there, a part at a time; yields the epoch reached so far.

        Between the parts other epochs can be asked for: they don't turn this training back.
        """
        if self._before and number < self.first:
            yield from self._before.train_towards(number)
            return
        if self._before and not self._has_begun and self._before._distance(self.first):
            yield from self._before.train_towards(self.first)
        yield from self._training.towards(number, self._part)

    @property
    def epochs_at_hand(self) -> int:
        """How many epochs up to any one can be looked at in turn and stay in memory, with one of another history."""
        return self._memory.most_epochs - 1

    def loss(self, number: int) -> float | None:
        """The Loss of an epoch; None where that is neither known nor near."""
        if self._before and number < self.first:
            return self._before.loss(number)
        if (known := self.known_loss(number)) is not None:
            return known
        return self.epoch(number).loss if self.is_near(number) else None

    def known_loss(self, number: int) -> float | None:
        """The Loss of an epoch, if it is there: nothing is calculated for it."""
        if self._before and number < self.first:
            return self._before.known_loss(number)
        exact = self._training.losses.of(number) if self._has_begun else None
        return self._later_losses.get(number) if exact is None else exact

    @property
    def losses_until(self) -> int:
        """The last epoch up to which every Loss is known; 0 where none is."""
        if self._before and self._before.losses_until < self.first - 1:
            return self._before.losses_until
        return self._training.losses.until if self._has_begun else self.first - 1

    def train_losses(self, last: int) -> Iterator[int]:
        """Train until every Loss up to an epoch is known, a part at a time; yields the last one that is so far."""
        last = min(last, self.last_epoch)
        if self._before:
            yield from self._before.train_losses(min(last, self.first - 1))
        if self.losses_until < last:
            for _ in self.train_towards(last):
                yield self.losses_until
            self.epoch(last)
            yield last

    def loss_spans(self, first: int, last: int, count: int) -> list[Span]:
        """The least and the greatest Loss of at most so many spans of epochs, as far as they are known."""
        return self._losses.sum_up(first, last, count)

    @property
    def _losses(self) -> Spans:
        """All that are known, before this history began and since."""
        own = self._training.losses.spans if self._has_begun else Losses(self.first).spans
        return Spans.join([self._before._losses.cut(1, self.first - 1), own]) if self._before else own
