"""The epochs of a lesson: computed when first asked for, any of them quick to reach again, in flat memory.

Checkpoints of the parameters are kept at equal distances, at most MOST_CHECKPOINTS of them: when they get more, every
other one goes.
"""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import cached_property

from engine.graph.numeric import Array
from engine.graph.passes import Epoch, Passes, copies
from engine.graph.step import MOST_EPOCHS
from engine.lesson.lesson import Lesson

MOST_CHECKPOINTS = 256
MOST_CHECKPOINT_NUMBERS = 1_000_000  # of large networks there are fewer
MOST_KEPT_EPOCHS = 8  # with all their arrays
MOST_KEPT_NUMBERS = 4_000_000
KEPT_LOSSES = 10_000


class History:
    """Every epoch's numbers. One that branches off another has that one's epochs before its first."""

    def __init__(self, lesson: Lesson, first: int = 1, start: Sequence[Array] | None = None,
                 before: "History | None" = None) -> None:
        """From epoch `first` on, with the parameters `start` (by layer); without, from the lesson's own."""
        self.lesson, self.first, self._before, self._start = lesson, first, before, start
        work = lesson.rows * len(lesson.network.parameters)
        self._part = max(1, min(1000, 2_000_000 // work))  # epochs that take some hundredths of a second
        numbers = 5 * lesson.rows * sum(lesson.network.sizes) + 3 * len(lesson.network.parameters)
        self._most_epochs = max(2, min(MOST_KEPT_EPOCHS, MOST_KEPT_NUMBERS // numbers))
        self._epochs: OrderedDict[int, Epoch] = OrderedDict()
        self._losses: dict[int, float] = {}

    @cached_property
    def _training(self) -> "_Training":
        """Made when the first number is asked for."""
        return _Training(self.lesson, self.first, self.lesson.parameters() if self._start is None else self._start)

    def lesson_at(self, number: int) -> Lesson:
        """The lesson whose rate and targets an epoch has."""
        return self._before.lesson_at(number) if self._before and number < self.first else self.lesson

    def is_branch(self, number: int) -> bool:
        """Whether an epoch's numbers are others than the lesson's own."""
        return self._before is not None and (number >= self.first or self._before.is_branch(number))

    def epoch(self, number: int) -> Epoch:
        """All numbers of an epoch, from 1. Raises IndexError past MOST_EPOCHS."""
        if not 1 <= number <= MOST_EPOCHS:
            raise IndexError(number)
        if self._before and number < self.first:
            return self._before.epoch(number)
        if number not in self._epochs:
            for _ in self.train_towards(number):
                pass
            self._keep(self._training.epoch())
        self._epochs.move_to_end(number)
        return self._epochs[number]

    def is_near(self, number: int) -> bool:
        """Whether an epoch is there, or a few parts of training away."""
        if self._before and number < self.first:
            return self._before.is_near(number)
        near = 4 * self._part
        return number - self.first <= near or number in self._epochs or \
            number - self._training.start_for(number) <= near

    def train_towards(self, number: int) -> Iterator[int]:
        """Train until the epoch's parameters are there, a part at a time; yields the epoch reached so far.

        Between the parts other epochs can be asked for: they don't turn this training back.
        """
        if self._before and number < self.first:
            yield from self._before.train_towards(number)
        else:
            yield from self._training.towards(number, self._part)

    def losses(self, first: int, last: int) -> list[float]:
        """The Loss of each epoch from the first to the last."""
        return [self._losses[epoch] if epoch in self._losses else self.epoch(epoch).loss
                for epoch in range(first, last + 1)]

    def _keep(self, epoch: Epoch) -> None:
        self._epochs[epoch.number] = epoch
        if len(self._losses) >= KEPT_LOSSES:
            self._losses.clear()
        self._losses[epoch.number] = epoch.loss
        while len(self._epochs) > self._most_epochs:
            self._epochs.popitem(last=False)


class _Training:
    """The parameters on their way through the epochs, and those kept at equal distances."""

    def __init__(self, lesson: Lesson, first: int, start: Sequence[Array]) -> None:
        self._lesson, self._first = lesson, first
        self._passes = self._new_passes(start)
        self._next = first  # the epoch that the passes' parameters belong to
        self._stride = 1
        self._checkpoints = {first: copies(start)}
        self._most_checkpoints = max(8, min(MOST_CHECKPOINTS,
                                            MOST_CHECKPOINT_NUMBERS // len(lesson.network.parameters)))

    def start_for(self, number: int) -> int:
        """From which epoch to train towards another: where the passes are, or the nearest checkpoint before it."""
        nearest = max(epoch for epoch in self._checkpoints if epoch <= number)
        return self._next if nearest <= self._next <= number else nearest

    def towards(self, number: int, most: int) -> Iterator[int]:
        """Train until an epoch's parameters are there, at most so many epochs at a time."""
        if (reached := self.start_for(number)) == number == self._next:
            return
        passes = self._new_passes(self._passes.parameters if reached == self._next else self._checkpoints[reached])
        while reached < number:
            part = min(number - reached, self._stride - (reached - self._first) % self._stride, most)
            passes.train(part)
            reached += part
            self._note_checkpoint(reached, passes)
            yield reached
        self._passes, self._next = passes, number

    def epoch(self) -> Epoch:
        """The epoch whose parameters are there, with all its numbers."""
        epoch = self._passes.epoch(self._next)
        self._next += 1
        self._note_checkpoint(self._next, self._passes)
        return epoch

    def _new_passes(self, parameters: Sequence[Array]) -> Passes:
        lesson = self._lesson
        return Passes(lesson.network, lesson.loss, lesson.X, lesson.Y, lesson.learning_rate, parameters)

    def _note_checkpoint(self, number: int, passes: Passes) -> None:
        """The parameters are those of an epoch: keep them if it is time for a checkpoint."""
        if (number - self._first) % self._stride == 0 and number not in self._checkpoints:
            self._checkpoints[number] = copies(passes.parameters)
            if len(self._checkpoints) > self._most_checkpoints:
                self._stride *= 2
                self._checkpoints = {epoch: parameters for epoch, parameters in self._checkpoints.items()
                                     if (epoch - self._first) % self._stride == 0}
